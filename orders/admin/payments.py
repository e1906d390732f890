"""Money: what Stripe has told, and what became of it."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from generation.admin.reading import ReadOnly, Rows, as_json, verbatim
from orders.models import Checkout, Payment, SiteOrder, StripeEvent
from orders.payments import events


class Payments(Rows[Payment, SiteOrder]):
    model = Payment
    fields = ("paid_at", "amount", "currency", "refunded", "refunded_at", "disputed_at", "dispute_reason", "intent")


class Checkouts(Rows[Checkout, SiteOrder]):
    model = Checkout
    fields = ("created_at", "state", "amount", "currency", "expires_at", "session")


@admin.register(StripeEvent)
class StripeEventAdmin(ReadOnly, admin.ModelAdmin[StripeEvent]):
    """Every event, once, with what came of it."""

    change_form_template = "admin/orders/stripe_event.html"
    list_display = ("received_at", "type", "order", "outcome", "words", "deliveries", "is_live")
    list_filter = ("outcome", "type", "is_live")
    list_select_related = ("order",)
    search_fields = ("=id", "=intent", "order__number", "=order__id")
    date_hierarchy = "received_at"
    list_per_page = 50
    show_full_result_count = False
    fields = (("outcome", "words"), "type", ("id", "intent"), "order", ("created", "received_at", "deliveries"),
              "is_live", "values", "trace")  # fmt: skip

    def get_urls(self) -> list[URLPattern]:
        again = self.admin_site.admin_view(require_POST(self.again_view))
        return [path("<str:pk>/again/", again, name="orders_stripeevent_again"), *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        event = self.get_object(request, object_id)
        is_open = bool(event and event.outcome in events.AGAIN)
        shown = {"can_handle": is_open and request.user.has_perm("orders.handle_stripeevent")}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **shown})

    def again_view(self, request: HttpRequest, pk: str) -> HttpResponse:
        if not (self.has_view_permission(request) and request.user.has_perm("orders.handle_stripeevent")):
            raise PermissionDenied
        try:
            event = events.handle_again(event_id=pk)
        except StripeEvent.DoesNotExist:
            raise Http404 from None
        self.log_change(request, event, gettext("Handled again"))
        messages.info(request, f"{event.get_outcome_display()}. {event.words}".strip())
        return redirect("admin:orders_stripeevent_change", pk)

    @admin.display(description=_("values"))
    def values(self, event: StripeEvent) -> SafeString:
        return as_json(event.payload)

    @admin.display(description=_("error"))
    def trace(self, event: StripeEvent) -> SafeString:
        return verbatim(event.error)
