"""Orders: where each stands, why, and what comes next."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from generation.admin.reading import Rows
from orders.models import SiteOrder, SoldAddOn

from .actions import REFUSALS
from .deeds import ORDER_DEEDS
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
    deeds = ORDER_DEEDS
    refusals = REFUSALS
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

    def row_name(self, row: SiteOrder) -> str:
        return f"{row} {self.business(row) or row.customer.name}"

    @admin.display(description=_("business"), ordering="business")
    def business(self, order: SiteOrder) -> str:
        return order.business or ""  # type: ignore[attr-defined]  # annotated above

    @admin.display(description=_("order id"))
    def subject(self, order: SiteOrder) -> str:
        return str(order.pk)

    @admin.display(description=_("job"), ordering="current_job__status")
    def job_status(self, order: SiteOrder) -> str:
        return order.current_job.get_status_display() if order.current_job else ""
