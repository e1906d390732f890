"""Paying: a checkout at Stripe, and what Stripe tells of it."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import UnsupportedMediaType
from rest_framework.parsers import BaseParser
from rest_framework.response import Response

from generation.contracts import Locale
from orders import services
from orders.api.fields import Strict, constant, refusal
from orders.api.problems import Problem
from orders.api.requests import PlaceRequest
from orders.api.schema import operation
from orders.models import Checkout, SiteOrder
from orders.payments import stripe_api
from orders.payments.checkouts import begin_checkout, open_session
from orders.payments.events import HANDLERS, take_event

from .base import ApiView
from .orders import PLACE, customer_of

EVENT_BYTES = 256 * 1024


class ReturnAddress(serializers.URLField):
    """Where the customer's browser goes from Stripe."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=2000, required=False, **options)

    def run_validators(self, value: Any) -> None:
        super().run_validators(value)
        allowed = ("https://",) if settings.OUTGOING_HTTPS_ONLY else ("https://", "http://")
        if not value.startswith(allowed):
            raise serializers.ValidationError(_("Write it like https://example.com/thanks."))


class CheckoutRequest(PlaceRequest):
    """A new order, as for placing one; or the id of one that still waits for payment."""

    order = serializers.UUIDField(required=False)
    success_url = ReturnAddress()
    cancel_url = ReturnAddress()

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        fields["product"].required = False
        return fields

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        own = ("order", "success_url", "cancel_url")
        rest: dict[str, Any] = {name: attrs.pop(name) for name in own if name in attrs}
        if "order" in rest:
            if attrs:
                raise refusal(dict.fromkeys(attrs, _("This stands in the order already.")), "order_known")
            return rest
        if "product" not in attrs:
            raise refusal({"product": _("Give what is ordered, or the id of an order.")}, "required")
        return {**super().validate(attrs), **rest}


class CheckoutShape(serializers.ModelSerializer[Checkout]):
    """An invitation to pay: send the customer to ``url``, before it expires."""

    object = constant("checkout")
    order = serializers.UUIDField(source="order_id", read_only=True)
    number = serializers.IntegerField(source="order.number", read_only=True)
    url = serializers.CharField(read_only=True)

    class Meta:
        model = Checkout
        fields = ("id", "object", "order", "number", "session", "url", "state", "amount", "currency", "expires_at")
        read_only_fields = fields


class CheckoutView(ApiView):
    tag = "payments"
    name = "checkout"

    @operation(
        PLACE,
        "Begin a checkout",
        "Places the order and asks Stripe for a page at which the customer pays. The order is paid when Stripe says "
        "so, by its webhook. With an Idempotency-Key whoever gets no answer asks again and gets the same page. An "
        "order that is not paid in time gets another checkout by its id.",
        takes=CheckoutRequest,
        gives={201: CheckoutShape},
        problems=("theme_unknown", "request_refused", "payments_not_set_up", "payment_refused", "payments_unreachable"),
        examples={
            "For a new customer": {
                "customer": {"name": "Mike Reed", "email": "mike@example.com", "locale": "en"},
                "product": 1,
                "add_ons": [],
                "success_url": "https://agency.example/thanks",
                "cancel_url": "https://agency.example/cart",
            }
        },
    )
    def post(self, request: Any) -> Response:
        """The order and its row of the checkout in one transaction, which is what a key repeats; then the session."""
        if not stripe_api.is_set_up():
            raise Problem("payments_not_set_up")

        def begin() -> Response:
            given = self.given(CheckoutRequest)
            pages = {
                name: given.pop(name, None) or request.build_absolute_uri(reverse(page))
                for name, page in (("success_url", "checkout_done"), ("cancel_url", "checkout_cancelled"))
            }
            order = self._order(given)
            checkout = begin_checkout(order_id=order, by=self.caller.name, **pages)
            return Response({"id": str(order), "checkout": checkout.pk}, 201)

        begun = self.change("order.checkout", begin)
        if begun.status_code >= 400:
            return begun
        try:
            checkout = open_session(checkout_id=begun.data["checkout"])
        except stripe_api.NotSetUp:
            raise Problem("payments_not_set_up") from None
        except stripe_api.SessionRefused as refused:
            raise Problem("payment_refused", detail=str(refused), order=begun.data["id"]) from None
        except stripe_api.Unreachable:
            raise Problem("payments_unreachable", headers={"Retry-After": "10"}, order=begun.data["id"]) from None
        return Response(CheckoutShape(checkout).data, 201, headers=dict(begun.headers))

    def _order(self, given: dict[str, Any]) -> UUID:
        if "order" in given:
            known: UUID = self.caller.orders().values_list("pk", flat=True).get(pk=given["order"])
            return known
        locale = Locale(given["locale"]) if "locale" in given else None
        rest = {name: given[name] for name in ("product", "add_ons", "theme", "site_url", "notes") if name in given}
        placed: SiteOrder = services.place_order(
            customer=customer_of(given["customer"], locale), locale=locale, by=self.caller.name, **rest
        )
        return placed.pk


class RawBody(BaseParser):
    """The bytes as they came: a signature is over these and no others."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        content: bytes = stream.read(EVENT_BYTES + 1)
        if len(content) > EVENT_BYTES:
            raise Problem("body_too_big")
        return content


class EventRequest(Strict):
    """An event as Stripe sends it."""


class ReceivedShape(serializers.Serializer[Any]):
    received = serializers.BooleanField(read_only=True)


class StripeWebhook(ApiView):
    """For Stripe alone, which is known by its signature."""

    tag = "payments"
    name = "webhook"
    authentication_classes: Any = []
    parser_classes: Any = [RawBody]

    @operation(
        None,
        "Take an event from Stripe",
        "For Stripe alone: signed in the header `Stripe-Signature`. Each event is kept and handled once.",
        takes={"application/json": {"type": "object"}},
        gives={200: ReceivedShape},
        problems=("signature_invalid", "event_not_handled"),
        known=False,
    )
    def post(self, request: Any) -> Response:
        try:
            body = request.data
        except UnsupportedMediaType:
            raise Problem("media_type_not_supported") from None
        try:
            event = stripe_api.read_event(body, request.headers.get("Stripe-Signature", ""), used=HANDLERS)
        except stripe_api.NotFromStripe:
            raise Problem("signature_invalid") from None
        except stripe_api.NoEvent:
            raise Problem("malformed_body") from None
        if take_event(event).outcome == "failed":
            raise Problem("event_not_handled")
        return Response({"received": True})
