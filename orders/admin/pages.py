"""The pages of one order: overview and progress, its buttons, its onboarding, and an order added by hand."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from generation.admin.deeds import Deeds, name_of
from orders import services
from orders.answers import Answers
from orders.models import SiteOrder
from orders.onboarding_forms import EditsForm, OnboardingForms
from orders.picture_forms import PictureForm, RemovalForm, picture, picture_card

from .actions import REFUSALS, act, ask_for_site
from .order_forms import EntryForm, FileForm
from .overview import overview


class OrderPages(Deeds[SiteOrder]):
    """What an order's page has beyond the admin's own."""

    change_form_template = "admin/orders/order.html"

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        picture = wrap(require_safe(self.picture_view))
        return [
            path("<uuid:pk>/do/<str:name>/", wrap(require_POST(self.do_view)), name="orders_siteorder_do"),
            path("<uuid:pk>/progress/", wrap(require_safe(self.progress_view)), name="orders_siteorder_progress"),
            path("<uuid:pk>/onboarding/", wrap(self.onboarding_view), name="orders_siteorder_onboarding"),
            path("<uuid:pk>/pictures/", wrap(require_POST(self.pictures_view)), name="orders_siteorder_pictures"),
            path("<uuid:pk>/pictures/<int:photo>/", picture, name="orders_siteorder_picture"),
            *super().get_urls(),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        order = self.get_object(request, object_id)
        shown = self._shown(request, order) if order and self.has_view_permission(request, order) else {}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **shown})

    def progress_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """How far the job is; all of the overview in its place as soon as the order has moved on."""
        order = self._order(request, pk)
        context = self._shown(request, order)
        if order.status == request.GET.get("status") and context["progress"]:
            return TemplateResponse(request, "admin/orders/progress.html", context)
        settled = {"HX-Retarget": "#overview", "HX-Reswap": "outerHTML"}
        return TemplateResponse(request, "admin/orders/overview.html", context, headers=settled)

    def do_view(self, request: HttpRequest, pk: UUID, name: str) -> HttpResponse:
        return act(request, self._order(request, pk), name)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """An order by hand: with its customer, what is sold, and if it is there the onboarding."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = EntryForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            order = form.place(name_of(request.user))
            messages.success(request, _("Order %(order)s is placed.") % {"order": order})
            return redirect("admin:orders_siteorder_change", order.pk)
        return self._page(request, "admin/orders/entry.html", title=_("Add an order"), form=form, is_failed=form.errors)

    def onboarding_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """The answers as a form, beside the note of whoever sent the site back; or from a file."""
        order = self._order(request, pk)
        if not request.user.has_perm("orders.change_onboarding"):
            raise PermissionDenied
        posted = request.POST if request.method == "POST" else None
        from_file = posted is not None and "from_file" in posted
        answers_form = OnboardingForms(order.onboarding, None if from_file else posted)
        file_form = FileForm(posted, request.FILES) if from_file else FileForm()
        edits = EditsForm(posted or {"edits": order.onboarding.edits})
        if posted is not None and edits.is_valid():
            answers = _from_file(file_form) if from_file else answers_form.accepted()
            if answers and self._keep(request, order, answers, edits.cleaned_data["edits"]):
                return redirect("admin:orders_siteorder_change", order.pk)
        return self._page(
            request,
            "admin/orders/onboarding.html",
            title=_("Onboarding of order %(order)s") % {"order": order},
            onboarding=order.onboarding,
            answers=answers_form,
            file_form=file_form,
            can_generate=request.user.has_perm("orders.generate_site"),
            **{**picture_card(order), "edits": edits["edits"].value()},
        )

    def pictures_view(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """A picture added to the answers or taken out of them; the card of pictures as it is then."""
        order = self._order(request, pk)
        if not request.user.has_perm("orders.change_onboarding"):
            raise PermissionDenied
        form, refusal, by = None, "", name_of(request.user)
        if "remove" in request.POST:
            refusal = RemovalForm(request.POST).take_out(order.pk, by)
        else:
            adding = PictureForm(request.POST, request.FILES)
            form = None if adding.add(order.pk, by) else adding
        if "HX-Request" in request.headers:
            order.onboarding.refresh_from_db(fields=["edits"])
            card = picture_card(order, form, refusal)
            return TemplateResponse(request, "admin/orders/pictures.html", {**card, "is_part": not (form or refusal)})
        for words in filter(None, (refusal, *(form.wrong() if form else ()))):
            messages.error(request, words)
        return redirect("admin:orders_siteorder_onboarding", order.pk)

    def picture_view(self, request: HttpRequest, pk: UUID, photo: int) -> HttpResponse:
        """One of the pictures, as it is kept."""
        return picture(self._order(request, pk).onboarding, photo)

    def _keep(self, request: HttpRequest, order: SiteOrder, answers: Answers, edits: int) -> bool:
        """Store the answers, and ask for the site if that was the button; whether they are stored."""
        by = name_of(request.user)
        try:
            services.submit_onboarding(order_id=order.pk, answers=answers, by=by, edits=edits)
        except REFUSALS as refusal:
            messages.error(request, "; ".join(str(refusal).splitlines()))
            return False
        messages.success(request, _("The onboarding is saved."))
        if "generate" in request.POST and request.user.has_perm("orders.generate_site"):
            try:
                messages.success(request, ask_for_site(order, by))
            except REFUSALS as refusal:
                messages.warning(request, "; ".join(str(refusal).splitlines()))
        return True

    def _shown(self, request: HttpRequest, order: SiteOrder) -> dict[str, Any]:
        return {**overview(order, request), **self.offered(request, order)}

    def _order(self, request: HttpRequest, pk: UUID) -> SiteOrder:
        order = self.get_queryset(request).filter(pk=pk).first()
        if order is None:
            raise Http404
        if not self.has_view_permission(request, order):
            raise PermissionDenied
        return order

    def _page(self, request: HttpRequest, template: str, **context: Any) -> HttpResponse:
        return TemplateResponse(
            request, template, {**self.admin_site.each_context(request), "opts": self.opts, **context}
        )


def _from_file(form: FileForm) -> Answers | None:
    return form.answers if form.is_valid() else None
