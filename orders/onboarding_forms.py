"""The onboarding as a form, whole or in part. It has no rules of its own: what is sent goes through those of every
onboarding.
"""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django import forms
from django.forms.models import fields_for_model
from django.http import QueryDict
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from generation.contracts import PageKind, Weekday
from generation.contracts.fields import LIST_ITEMS

from .answers import Answers
from .brief import accept
from .findings import Finding, Refused
from .models import Onboarding, OpeningHours, Service, TeamMember, Testimonial
from .stored_answers import GROUPS, load

WEEKDAYS = dict(zip(Weekday, WEEKDAYS_ABBR.values(), strict=True))
PAGES = {
    PageKind.HOME: _("Home"),
    PageKind.SERVICES: _("Services"),
    PageKind.PRICING: _("Prices"),
    PageKind.GALLERY: _("Gallery"),
    PageKind.ABOUT: _("About"),
    PageKind.TESTIMONIALS: _("Testimonials"),
    PageKind.FAQ: _("Questions"),
    PageKind.CONTACT: _("Contact"),
}
SECTIONS = (
    (_("Business"), ("business_name", "niche", "custom_niche", "locale", "years_in_business")),
    (_("Address"), ("street", "city", "state", "postal_code", "country", "service_areas")),
    (_("Contact"), ("phone", "whatsapp", "email", "booking_url", "site_url")),
    (_("Texts"), ("primary_service", "objective", "description", "about_owner")),
    (_("Look"), ("tone", "primary_cta", "cta_text", "pages", "colour_primary", "colour_secondary", "colour_accent")),
    (_("Search engines"), ("seo_title", "seo_description", "seo_keywords")),
    (_("Social networks"), tuple(f"social_{name}" for name in GROUPS["social"][1].model_fields)),
)
REQUIRED_BY_RULES = ("business_name", "niche", "locale", "city")


class LinesField(forms.CharField):
    """A list of short texts, one a line."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 4}), help_text=_("One a line."), **options)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> Any:
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]


def _field(name: str) -> forms.Field:
    """The column's own form field; its rules are those of the onboarding, so nothing is required by the form."""
    field: forms.Field = fields_for_model(Onboarding, [name])[name]
    if name in ("service_areas", "seo_keywords"):
        return LinesField(label=field.label, required=False)
    if name == "pages":
        choices = [(kind.value, label) for kind, label in PAGES.items()]
        return forms.MultipleChoiceField(
            choices=choices, label=field.label, required=False, widget=forms.CheckboxSelectMultiple
        )
    field.required = False
    if isinstance(field.widget, forms.Textarea):
        field.widget.attrs["rows"] = 5
    if name in REQUIRED_BY_RULES:
        field.widget.attrs["aria-required"] = "true"
    return field


class AnswersForm(forms.Form):
    """These columns, none of which is a list of rows."""

    def __init__(self, columns: Iterable[str], *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields |= {name: _field(name) for name in columns}

    def sections(self) -> Iterator[tuple[Any, list[forms.BoundField]]]:
        for heading, names in SECTIONS:
            yield heading, [self[name] for name in names]


class ServiceRow(forms.Form):
    name = forms.CharField(label=_("Name"), required=False)
    description = forms.CharField(label=_("Description"), required=False, widget=forms.Textarea(attrs={"rows": 2}))


class TestimonialRow(forms.Form):
    author = forms.CharField(label=_("Author"), required=False)
    text = forms.CharField(label=_("Text"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    rating = forms.IntegerField(label=_("Rating (1 to 5)"), required=False)


class MemberRow(forms.Form):
    name = forms.CharField(label=_("Name"), required=False)
    role = forms.CharField(label=_("Role"), required=False)


class HoursRow(forms.Form):
    days = forms.MultipleChoiceField(
        label=_("Days"),
        choices=[(day.value, label) for day, label in WEEKDAYS.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    opens = forms.CharField(label=_("Opens"), required=False, widget=forms.TextInput(attrs={"type": "time"}))
    closes = forms.CharField(label=_("Closes"), required=False, widget=forms.TextInput(attrs={"type": "time"}))


ROWS: dict[str, tuple[Any, type[forms.Form]]] = {
    "services": (Service._meta.verbose_name_plural, ServiceRow),
    "hours": (OpeningHours._meta.verbose_name_plural, HoursRow),
    "testimonials": (Testimonial._meta.verbose_name_plural, TestimonialRow),
    "team": (TeamMember._meta.verbose_name_plural, MemberRow),
}


MOST_ROWS = 2 * LIST_ITEMS
PICTURES = ("logo", "photos")  # added one by one: orders.picture_forms
ALL = tuple(name for name in Answers.model_fields if name not in ("version", *PICTURES))


class EditsForm(forms.Form):
    """The count of changes to the answers that the page knew of."""

    edits = forms.IntegerField(min_value=0)


class OnboardingForms:
    """These answers as one form and its lists, filled with what is stored or, if there is any, with what was sent."""

    def __init__(self, onboarding: Onboarding, data: QueryDict | None = None, answers: Collection[str] = ALL) -> None:
        stored = load(onboarding)
        self.is_refused = False
        self._wrong: dict[str, list[str]] = {}
        self._filled: dict[str, list[forms.Form]] = {}
        self._kept = {name: stored[name] for name in PICTURES}
        asked = [column for name in answers for column in _columns_of(name)]
        self.form = AnswersForm(asked, data, initial=_flat(stored), prefix="answers")
        self.lists = {
            name: _rows_of(row, extra=1 if stored[name] else 2)(data, initial=stored[name], prefix=name)
            for name, (_label, row) in ROWS.items()
            if name in answers
        }

    def rows(self) -> Iterator[tuple[str, Any, Any, list[str]]]:
        """Each list with its name, its label, and what is wrong with it as a whole."""
        for name, rows in self.lists.items():
            yield name, ROWS[name][0], rows, self._wrong.get(name, [])

    def pictures(self) -> list[dict[str, str]]:
        """The stored pictures as answers name them, the logo first."""
        logo, photos = (self._kept[name] for name in PICTURES)
        return [*([logo] if logo else []), *photos]

    def given(self) -> dict[str, Any] | None:
        """The answers that were sent, by the rules of nobody yet; None where they cannot be read, which is marked."""
        everything_read = [self.form.is_valid(), *(rows.is_valid() for rows in self.lists.values())]
        self.is_refused = not all(everything_read)
        if self.is_refused:
            self._wrong = {name: list(map(str, rows.non_form_errors())) for name, rows in self.lists.items()}
            return None
        self._filled = {
            name: [row for row in rows if any(row.cleaned_data.values())] for name, rows in self.lists.items()
        }
        entries = {name: [_plain(row.cleaned_data) for row in rows] for name, rows in self._filled.items()}
        columns = _plain(self.form.cleaned_data)
        if "pages" in columns:
            columns["pages"] = sorted(columns["pages"], key=self._place_of_page)
        return {**_nested(columns), **entries}

    def accepted(self) -> Answers | None:
        """All answers, if they were sent and are in order; else None, with each finding at its field."""
        given = self.given()
        if given is None:
            return None
        try:
            return accept({**given, **self._kept})
        except Refused as refused:
            self.refuse(refused)
        return None

    def refuse(self, refused: Refused) -> None:
        """Show each finding at the field that it is about."""
        self.is_refused = True
        self.mark(refused.findings)

    def mark(self, findings: Iterable[Finding]) -> None:
        """Show each finding at the field that it is about, or at the list."""
        for finding in findings:
            self._mark(finding)

    def _place_of_page(self, page: str) -> int:
        """Pages that were asked for before keep the customer's order, which a browser does not tell."""
        before = [*self.form.initial["pages"], *PAGES]
        return before.index(page)

    def _mark(self, finding: Finding) -> None:
        head, _dot, field = finding.where.partition(".")
        name, _bracket, index = head.rstrip("]").partition("[")
        words = f"{finding.wrong}; {finding.right}"
        rows = self._filled.get(name, [])
        if name in ROWS and index and int(index) < len(rows) and field.partition("[")[0] in rows[int(index)].fields:
            rows[int(index)].add_error(field.partition("[")[0], words)
        elif name in self.lists:
            self._wrong.setdefault(name, []).append(f"{finding.where}: {words}" if index else words)
        else:
            column = GROUPS[name][0] + field if name in GROUPS else name
            known = self.form.fields.get(column)
            if isinstance(known, forms.ChoiceField | forms.TypedChoiceField) and finding.code == "missing":
                words = gettext("%(wrong)s; choose one") % {"wrong": finding.wrong}
            self.form.add_error(column if known else None, words if known else f"{finding.where}: {words}")


def _rows_of(row: type[forms.Form], *, extra: int) -> Any:
    """A list of such rows: more than the rules allow, so that they say how many, and fewer than would be a burden."""
    return forms.formset_factory(row, extra=extra, max_num=MOST_ROWS, absolute_max=MOST_ROWS)


def _columns_of(answer: str) -> tuple[str, ...]:
    """The columns in which an answer stands; none for a list of rows or pictures."""
    if answer in GROUPS:
        prefix, part = GROUPS[answer]
        return tuple(prefix + name for name in part.model_fields)
    return () if answer in (*ROWS, *PICTURES) else (answer,)


def _flat(stored: dict[str, Any]) -> dict[str, Any]:
    """Groups of answers as the columns that they stand in."""
    return stored | {f"{prefix}{name}": stored[group][name] for group, prefix, name in _grouped()}


def _nested(columns: dict[str, Any]) -> dict[str, Any]:
    """The other way round."""
    data: dict[str, Any] = {}
    for group, prefix, name in _grouped():
        if prefix + name in columns:
            data.setdefault(group, {})[name] = columns.pop(prefix + name)
    return data | columns


def _grouped() -> Iterable[tuple[str, str, str]]:
    for group, (prefix, part) in GROUPS.items():
        for name in part.model_fields:
            yield group, prefix, name


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """Texts with the line ends that were stored: browsers send their own, which would count as a change."""
    return {k: v.replace("\r\n", "\n") if isinstance(v, str) else v for k, v in values.items()}
