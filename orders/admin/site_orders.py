"""Orders: where each stands, why, and what comes next."""

from typing import Annotated, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import ValidationError
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import AfterValidator, TypeAdapter
from pydantic import ValidationError as Invalid

from generation.admin.reading import Rows
from generation.contracts.fields import Line
from generation.contracts.rules import check_web_address
from generation.services import Unchanged, UnknownTheme, versions_of
from orders.findings import Refused, findings_of
from orders.models import OrderEvent, SiteOrder, SoldAddOn, Status
from orders.moves import MoveRefused
from orders.services import AnswersChanged, request_build

REFUSALS = (AnswersChanged, MoveRefused, Refused, Unchanged, UnknownTheme)
WEB_ADDRESS = TypeAdapter(Annotated[Line, AfterValidator(check_web_address)])
EDITABLE = ("site_url", "due_at", "notes")
NEXT = {
    Status.PENDING_PAYMENT: _("The payment is awaited."),
    Status.PAID: _("The onboarding is complete: the site can be generated."),
    Status.ONBOARDING_PENDING: _("The customer's answers are awaited; with them the site can be generated."),
    Status.BUILDING: _("A worker takes the job as soon as one is free."),
    Status.GENERATING: _("The site is being made and comes to review when it is finished."),
    Status.REVIEW: _("Somebody looks at the site, then approves it or sends it back."),
    Status.DELIVERED: _("Nothing is due. Another site can still be generated."),
    Status.FAILED: _("Do what stands beside the error, then generate the site again."),
    Status.CANCELLED: _("Nothing: a cancelled order stays as it is."),
}


class AddOns(Rows[SoldAddOn, SiteOrder]):
    model = SoldAddOn
    fields = ("name", "price", "currency")


class Events(Rows[OrderEvent, SiteOrder]):
    model = OrderEvent
    fields = ("at", "moved_from", "moved_to", "by", "reason")


class OrderForm(forms.ModelForm[SiteOrder]):
    """What staff may write on an order by hand."""

    class Meta:
        model = SiteOrder
        fields = EDITABLE

    def clean_site_url(self) -> str:
        given: str = self.cleaned_data["site_url"]
        try:
            return given and WEB_ADDRESS.validate_python(given)
        except Invalid as error:
            raise ValidationError([str(finding) for finding in findings_of(error)]) from error


@admin.register(SiteOrder)
class SiteOrderAdmin(admin.ModelAdmin[SiteOrder]):
    """Orders. States are moved by services alone, so a page saves only those columns that somebody changed."""

    form = OrderForm
    list_display = (
        "number",
        "customer",
        "business",
        "product_name",
        "status",
        "job_status",
        "due_at",
        "pending_payment_at",
    )
    list_filter = ("status", "theme", "locale", "product")
    search_fields = (
        "number", "customer__name", "customer__email", "onboarding__business_name", "=id", "current_job__error_code",
    )  # fmt: skip
    search_help_text = _("Order number, customer, e-mail, business, order id or error code.")
    date_hierarchy = "pending_payment_at"
    list_per_page = 50
    actions = ("generate_site",)
    inlines = (AddOns, Events)
    fieldsets = (
        (None, {"fields": (("number", "customer"), ("business", "answers"), "notes")}),
        (_("State"), {"fields": ("status", "why", "remedy", "next", "job", "versions", "due_at")}),
        (_("Site"), {"fields": (("theme", "variation", "locale"), "site_url", "subject")}),
        (
            _("Sale"),
            {
                "fields": (
                    ("product_name", "price", "currency"),
                    ("pages", "delivery_days"),
                    ("revisions", "revisions_used"),
                    "stripe_session",
                )
            },
        ),
        (_("Times"), {"fields": tuple(f"{status}_at" for status in Status)}),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_generate_site_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("orders.generate_site")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [name for name in flatten_fieldsets(self.fieldsets) if name not in EDITABLE]

    def get_queryset(self, request: HttpRequest) -> QuerySet[SiteOrder]:
        orders = super().get_queryset(request).select_related("customer", "current_job")
        named = orders.annotate(business=F("onboarding__business_name"))
        return named.defer("current_job__brief", "current_job__error_traceback")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[SiteOrder], search_term: str
    ) -> tuple[QuerySet[SiteOrder], bool]:
        return super().get_search_results(request, queryset, search_term.removeprefix("#"))

    def save_model(self, request: HttpRequest, obj: SiteOrder, form: Any, change: bool) -> None:
        obj.save(update_fields=form.changed_data)

    @admin.display(description=_("business"), ordering="business")
    def business(self, order: SiteOrder) -> str:
        return order.business or ""  # type: ignore[attr-defined]  # annotated above

    @admin.display(description=_("order id"))
    def subject(self, order: SiteOrder) -> str:
        return str(order.pk)

    @admin.display(description=_("job"), ordering="current_job__status")
    def job_status(self, order: SiteOrder) -> str:
        return order.current_job.get_status_display() if order.current_job else ""

    @admin.display(description=_("job"))
    def job(self, order: SiteOrder) -> str:
        if not order.current_job:
            return ""
        address = reverse("admin:generation_generationjob_change", args=[order.current_job.pk])
        return format_html('<a href="{}">{}</a>', address, self.job_status(order))

    @admin.display(description=_("reason"))
    def why(self, order: SiteOrder) -> str:
        return (order.current_job and order.current_job.error_message) or order.reason

    @admin.display(description=_("what to do"))
    def remedy(self, order: SiteOrder) -> str:
        return order.current_job.error_remedy if order.current_job else ""

    @admin.display(description=_("what comes next"))
    def next(self, order: SiteOrder) -> str:
        waits_in_vain = order.status == Status.ONBOARDING_PENDING and order.onboarding.completed_at
        return str(NEXT[Status.PAID if waits_in_vain else Status(order.status)])

    @admin.display(description=_("onboarding"))
    def answers(self, order: SiteOrder) -> str:
        address = reverse("admin:orders_onboarding_change", args=[order.onboarding.pk])
        words = gettext("Revision %(number)s") % {"number": order.onboarding.revision}
        return format_html('<a href="{}">{}</a>', address, words)

    @admin.display(description=_("versions"))
    def versions(self, order: SiteOrder) -> str:
        shown = (
            (
                reverse("admin:generation_siteversion_change", args=[version.pk]),
                version.number,
                version.get_state_display(),
            )
            for version in versions_of(order.pk)
        )
        return format_html_join(", ", '<a href="{}">{}: {}</a>', shown)

    @admin.action(description=_("Generate site"), permissions=["generate_site"])
    def generate_site(self, request: HttpRequest, queryset: QuerySet[SiteOrder]) -> None:
        """Ask for each chosen order's site, and say of each what came of it."""
        by = request.user.get_full_name() or request.user.get_username()  # type: ignore[union-attr]  # who is let in has a name
        for order in queryset.order_by("number"):
            self.message_user(request, *_asked(order, by))


def _asked(order: SiteOrder, by: str) -> tuple[str, int]:
    """Ask for the order's site; returns what came of it, in words, and the level of that message."""
    try:
        requested = request_build(order_id=order.pk, by=by, trigger="admin")
    except REFUSALS as refusal:
        reason = "; ".join(str(refusal).splitlines())
        return gettext("%(order)s: refused. %(reason)s") % {"order": order, "reason": reason}, messages.WARNING
    if requested.created:
        return gettext("%(order)s: the site will be generated.") % {"order": order}, messages.SUCCESS
    return gettext("%(order)s: its site is being generated already.") % {"order": order}, messages.INFO
