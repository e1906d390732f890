"""What staff have done to rows, to one by its button or to many by an action of their list.

A page before it says of each row what will come of it. Then it is done, row by row, each with its line in the record,
and what was done and what was passed over is said.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, ClassVar, Generic, TypeVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from generation.transactions import retrying

MOST = 200
"""How many rows are done at once, while somebody waits for the page."""
SHOWN_NAMES = 10
REASON_LETTERS = 300

Row = TypeVar("Row", bound=Model)


class Skipped(Exception):
    """The row is passed over; the message says why."""


@dataclass(frozen=True)
class Asked:
    """Who wants it done, and what they said of it."""

    by: str
    reason: str = ""
    first_step: str = ""


@dataclass(frozen=True)
class Deed(Generic[Row]):
    """Something that can be done to a row, by those who have the permission.

    ``about`` says on the page before it what it does; ``asks`` names what that page asks for. ``do`` raises Skipped,
    or one of the admin's refusals, where a row is passed over. ``is_offered`` says which rows' pages have a button
    for it. ``all`` gives the rows to which it could be done, where the list offers it without choosing.
    """

    label: str | Promise
    about: str | Promise
    permission: str
    do: Callable[[Row, Asked], object]
    asks: tuple[str, ...] = ()
    is_offered: Callable[[Row], bool] = lambda _row: True
    all: Callable[[], Iterable[Row]] | None = None


@dataclass
class Outcome:
    """What came of it: the names of the rows to which it was done, and of those passed over, by the reason why."""

    what: str | Promise
    done: list[str] = field(default_factory=list)
    skipped: dict[str, list[str]] = field(default_factory=dict)

    def skip(self, name: str, why: object) -> None:
        self.skipped.setdefault("; ".join(str(why).splitlines()), []).append(name)

    def tell(self, request: HttpRequest) -> None:
        """Say it on the next page."""
        if self.done:
            about = {"what": self.what, "count": len(self.done), "names": _listed(self.done)}
            messages.success(request, _("%(what)s: done (%(count)s): %(names)s.") % about)
        for why, names in self.skipped.items():
            about = {"what": self.what, "count": len(names), "names": _listed(names), "why": why}
            messages.warning(request, _("%(what)s: passed over (%(count)s): %(names)s. %(why)s") % about)


def _listed(names: list[str]) -> str:
    more = len(names) - SHOWN_NAMES
    listed = ", ".join(names[:SHOWN_NAMES])
    return _("%(names)s and %(count)s more") % {"names": listed, "count": more} if more > 0 else listed


def name_of(user: AbstractBaseUser | AnonymousUser) -> str:
    """The user as they stand in the history of orders and jobs."""
    return getattr(user, "get_full_name", str)() or user.get_username()


def record(request: HttpRequest, row: Model, what: str, why: str = "") -> None:
    """A line in the record of what staff changed: who, what, which, why."""
    words = f"{what}: {why}" if why else what
    LogEntry.objects.log_actions(str(request.user.pk), [row], CHANGE, words, single_object=True)


class AskedForm(forms.Form):
    """What the page before a deed asks for, of these fields."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=REASON_LETTERS,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("It stands in the history, for whoever looks into it later."),
    )
    first_step = forms.ChoiceField(
        label=gettext_lazy("Begin at"),
        required=False,
        help_text=gettext_lazy(
            "What the steps before it gave is kept. A step counts only if all before it ended well."
        ),
    )

    def __init__(self, asks: Iterable[str], posted: Any = None) -> None:
        super().__init__(posted)
        from generation.pipeline.steps import LABELS  # it brings the libraries that render

        choices = [("", _("the very beginning")), *((name, _(label)) for name, label in LABELS.items())]
        self.fields["first_step"].choices = choices  # type: ignore[attr-defined]  # it is a ChoiceField
        for name in self.fields.keys() - set(asks):
            del self.fields[name]


class Deeds(admin.ModelAdmin[Row]):
    """An admin whose rows can have something done to them; who does it, and when, is on record."""

    change_list_template = "admin/deed_list.html"
    deeds: ClassVar[Mapping[str, Deed[Any]]] = {}
    refusals: ClassVar[tuple[type[Exception], ...]] = ()

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.deed_view))
        return [path("deeds/<str:name>/", view, name=self._address_name("deed")), *super().get_urls()]

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions: dict[str, Any] = super().get_actions(request)
        for name, deed in self.deeds.items():
            if self.may(request, deed):
                actions[name] = (partial(_choose, name), name, str(deed.label))
        return actions

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        offered = {name: deed for name, deed in self.deeds.items() if deed.all and self.may(request, deed)}
        context = {
            "deeds": offered,
            "deed_address": f"admin:{self._address_name('deed')}",
            "back": request.get_full_path(),
        }
        return super().changelist_view(request, {**(extra_context or {}), **context})

    def may(self, request: HttpRequest, deed: Deed[Row], row: Row | None = None) -> bool:
        """Whether this user may do it, to this row where one is given."""
        return self.has_view_permission(request, row) and request.user.has_perm(deed.permission)

    def offered(self, request: HttpRequest, row: Row) -> dict[str, Any]:
        """What the template admin/deed_buttons.html shows on the page of this row."""
        offered = {name: deed for name, deed in self.deeds.items() if self.may(request, deed, row)}
        return {
            "deeds": {name: deed for name, deed in offered.items() if deed.is_offered(row)},
            "deed_address": f"admin:{self._address_name('deed')}",
            "row_id": row.pk,
            "back": reverse(f"admin:{self._address_name('change')}", args=[row.pk]),
        }

    def row_name(self, row: Row) -> str:
        """How the row is called in lists and messages."""
        return str(row)

    def deed_view(self, request: HttpRequest, name: str) -> HttpResponse:
        """The page before the deed; from that page, the deed itself."""
        deed = self.deeds.get(name)
        if deed is None:
            raise Http404
        if not self.may(request, deed):
            raise PermissionDenied
        form = AskedForm(deed.asks, request.POST if "confirmed" in request.POST else None)
        rows = self._chosen(request, deed)
        if not form.is_valid():
            return self.page_before(request, name, rows, form)
        asked = Asked(name_of(request.user), **form.cleaned_data)
        outcome = Outcome(deed.label)
        for row in rows[:MOST]:
            try:
                self._do(request, name, row, asked)
            except self._refusals() as refusal:
                outcome.skip(self.row_name(row), refusal)
            else:
                outcome.done.append(self.row_name(row))
        outcome.tell(request)
        return redirect(self._back(request))

    def page_before(
        self, request: HttpRequest, name: str, rows: QuerySet[Row], form: AskedForm | None = None, back: str = ""
    ) -> HttpResponse:
        """Which rows it will be done to, which are passed over and why, and what has to be said of it."""
        deed = self.deeds[name]
        chosen = [(row, self._foreseen(request, name, row)) for row in rows[:MOST]]
        left = rows.count() - len(chosen)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": deed.label,
            "deed": deed,
            "name": name,
            "form": form or AskedForm(deed.asks),
            "will_do": [(row, self.row_name(row)) for row, why in chosen if not why],
            "skipped": [(row, self.row_name(row), why) for row, why in chosen if why],
            "left": left,
            "most": MOST,
            "deed_address": f"admin:{self._address_name('deed')}",
            "row_address": f"admin:{self._address_name('change')}",
            "list_address": f"admin:{self._address_name('changelist')}",
            "back": back or self._back(request),
        }
        return TemplateResponse(request, "admin/deed.html", context)

    def _foreseen(self, request: HttpRequest, name: str, row: Row) -> str:
        """Why the row would be passed over; empty where it would not. It is done, and all of it rolled back, so that
        the page says what the services say."""
        with transaction.atomic():
            try:
                self._do(request, name, row, Asked(name_of(request.user)))
            except self._refusals() as refusal:
                return "; ".join(str(refusal).splitlines())
            finally:
                transaction.set_rollback(True)
        return ""

    @retrying
    def _do(self, request: HttpRequest, name: str, row: Row, asked: Asked) -> None:
        """Do it to one row, with its line in the record, or neither."""
        deed = self.deeds[name]
        if not self.may(request, deed, row):
            raise Skipped(_("You may not do this to it."))
        deed.do(row, asked)
        record(request, row, name, "; ".join(filter(None, (asked.first_step, asked.reason))))

    def _refusals(self) -> tuple[type[Exception], ...]:
        return (Skipped, *self.refusals)

    def _chosen(self, request: HttpRequest, deed: Deed[Row]) -> QuerySet[Row]:
        if deed.all and "all" in request.POST:
            keys = [row.pk for row in deed.all()]
        else:
            keys = [self._key(given) for given in request.POST.getlist(ACTION_CHECKBOX_NAME)]
        return self.get_queryset(request).filter(pk__in=[key for key in keys if key is not None])

    def _key(self, given: str) -> Any:
        try:
            return self.opts.pk.to_python(given) if self.opts.pk else None
        except ValidationError:
            return None

    def _back(self, request: HttpRequest) -> str:
        back = request.POST.get("back", "")
        is_ours = url_has_allowed_host_and_scheme(back, None)
        return back if is_ours else reverse(f"admin:{self._address_name('changelist')}")

    def _address_name(self, page: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{page}"


def _choose(name: str, model_admin: Deeds[Any], request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse:
    """What an action of a list does: it shows the page before."""
    return model_admin.page_before(request, name, queryset, back=request.get_full_path())
