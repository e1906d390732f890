"""Talking to Stripe by its own library, and reading what it sends. Nothing here touches the database.

The library is imported where it is used: it is large, and most processes have no use for it.
"""

import json
from collections.abc import Container
from typing import Annotated, Any, NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from generation.contracts import Locale
from orders.models import Checkout

from .amounts import minor

RETRIES = 2
NAME_LETTERS = 250
_LOCALES = {Locale.EN: "en", Locale.PT_BR: "pt-BR", Locale.ES: "es"}


class NotSetUp(Exception):
    """There is no key for Stripe, or it does not take ours."""

    def __init__(self) -> None:
        super().__init__(_("Payments are not set up here: STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET."))


class Unreachable(Exception):
    """Stripe does not answer, or not now."""


class SessionRefused(Exception):
    """Stripe does not make such a session; its words say why."""


class NotFromStripe(Exception):
    """A signature that is missing, wrong or too old."""


class NoEvent(Exception):
    """Signed by Stripe, but in no shape that an event has."""


class Session(NamedTuple):
    id: str
    url: str


def is_set_up() -> bool:
    return bool(settings.STRIPE_SECRET_KEY and settings.STRIPE_WEBHOOK_SECRET)


def create_session(checkout: Checkout) -> Session:
    """The session of this checkout: made once, however often it is asked for. Not to be called in a transaction.

    Raises NotSetUp, Unreachable and SessionRefused.
    """
    import stripe

    if not is_set_up():
        raise NotSetUp
    client = stripe.StripeClient(
        settings.STRIPE_SECRET_KEY,
        base_addresses={"api": settings.STRIPE_API_BASE},
        http_client=stripe.RequestsClient(timeout=settings.STRIPE_TIMEOUT_SECONDS),
        max_network_retries=RETRIES,
    )
    try:
        made = client.v1.checkout.sessions.create(
            _parameters(checkout), {"idempotency_key": f"checkout-{checkout.order_id}-{checkout.pk}"}
        )
    except (stripe.AuthenticationError, stripe.PermissionError) as error:
        raise NotSetUp from error
    except (stripe.APIConnectionError, stripe.RateLimitError, stripe.APIError, stripe.IdempotencyError) as error:
        raise Unreachable from error  # the last of them: a twin is at it
    except stripe.StripeError as error:
        raise SessionRefused(error.user_message or str(error)) from error
    return Session(made.id, made.url or "")


def _parameters(checkout: Checkout) -> Any:
    """All that the session is made of. The same row gives the same, or Stripe refuses the key the second time."""
    order = checkout.order
    named = {"order": str(order.pk), "number": str(order.number)}
    lines = [(order.product_name, order.price), *((each.name, each.price) for each in order.add_ons.order_by("pk"))]
    return {
        "mode": "payment",
        "client_reference_id": str(order.pk),
        "metadata": named,
        "payment_intent_data": {"metadata": named},
        "line_items": [_line(name, minor(price, checkout.currency), checkout.currency) for name, price in lines],
        "success_url": checkout.success_url,
        "cancel_url": checkout.cancel_url,
        "expires_at": int(checkout.expires_at.timestamp()),
        "locale": _LOCALES[Locale(order.customer.locale)],
        "adaptive_pricing": {"enabled": False},  # what is paid is compared with the order, in its currency
        **({"customer_email": order.customer.email} if order.customer.email else {}),
    }


def _line(name: str, amount: int, currency: str) -> dict[str, Any]:
    price = {"currency": currency.lower(), "unit_amount": amount, "product_data": {"name": name[:NAME_LETTERS]}}
    return {"quantity": 1, "price_data": price}


def _id(value: Any) -> Any:
    """Stripe gives a thing or its id."""
    return value.get("id", "") if isinstance(value, dict) else value or ""


Id = Annotated[str, Field(max_length=255), BeforeValidator(_id)]
Word = Annotated[str, Field(max_length=255), BeforeValidator(lambda value: value or "")]
Units = Annotated[int, Field(ge=0, le=10**12)]


class Metadata(BaseModel):
    order: Word = ""


class Thing(BaseModel):
    """What an event is about, as far as it is used here: no names, addresses or cards."""

    model_config = ConfigDict(strict=True, extra="ignore")

    id: Id = ""
    object: Word = ""
    client_reference_id: Word = ""
    metadata: Annotated[Metadata, BeforeValidator(lambda value: value or {})] = Metadata()
    payment_intent: Id = ""
    payment_status: Word = ""
    currency: Word = ""
    amount: Units | None = None
    amount_total: Units | None = None
    amount_refunded: Units | None = None
    reason: Word = ""


class Data(BaseModel):
    object: Thing


class Event(BaseModel):
    """An event of Stripe's."""

    model_config = ConfigDict(strict=True, extra="ignore")

    id: Annotated[str, Field(pattern=r"^evt_[A-Za-z0-9_]{1,200}$")]
    type: Annotated[str, Field(pattern=r"^[a-z0-9_.\[\]]{1,100}$")]
    created: Annotated[int, Field(ge=0, le=253_402_300_799)]
    livemode: bool = False
    data: Data


def read_event(body: bytes, signature: str, *, used: Container[str]) -> Event:
    """The event in a body that Stripe signed not longer ago than is tolerated; what it is about, if its type is one of
    those that are ``used``: of others nothing is known. Raises NotFromStripe and NoEvent."""
    import stripe

    if not signature.isascii():
        raise NotFromStripe  # Stripe's library cannot compare it
    try:
        stripe.WebhookSignature.verify_header(
            body, signature, settings.STRIPE_WEBHOOK_SECRET, settings.STRIPE_TOLERANCE_SECONDS
        )
    except (stripe.SignatureVerificationError, UnicodeError) as error:
        raise NotFromStripe from error
    try:
        told = json.loads(body)
        if isinstance(told, dict) and str(told.get("type")) not in used:
            told["data"] = {"object": {}}
        return Event.model_validate(told)
    except (ValidationError, ValueError, RecursionError) as error:
        raise NoEvent from error
