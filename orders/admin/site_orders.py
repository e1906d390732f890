"""Orders: where each stands, why, and what comes next."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import flatten_fieldsets
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from generation.admin.reading import Rows
from orders.models import SiteOrder, SoldAddOn
from orders.services import request_build

from .actions import REFUSALS, name_of
from .order_forms import EDITABLE, OrderForm
from .pages import OrderPages
from .payments import Checkouts, Payments


class AddOns(Rows[SoldAddOn, SiteOrder]):
    model = SoldAddOn
    fields = ("name", "price", "currency")


@admin.register(SiteOrder)
class SiteOrderAdmin(OrderPages):
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
    inlines = (AddOns, Payments, Checkouts)
    fieldsets = (
        (_("Notes"), {"fields": ("notes", "due_at", "site_url")}),
        (_("Site"), {"fields": (("theme", "variation", "locale"), "subject")}),
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
    )

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

    @admin.action(description=_("Generate site"), permissions=["generate_site"])
    def generate_site(self, request: HttpRequest, queryset: QuerySet[SiteOrder]) -> None:
        """Ask for each chosen order's site, and say of each what came of it."""
        for order in queryset.order_by("number"):
            self.message_user(request, *_asked(order, name_of(request.user)))


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
