"""Events as Stripe sends them, signed with the shop's secret."""

from __future__ import annotations

import json
import time
from itertools import count
from typing import TYPE_CHECKING, Any

from django.test import Client

from sitebuilder.standin.sessions import signature

if TYPE_CHECKING:
    from orders.models import Checkout

WEBHOOK = "/api/site-orders/webhook"
_numbers = count(1)


def session_of(checkout: Checkout, **changes: Any) -> dict[str, Any]:
    """The checkout's session, as it is once it was paid by card."""
    return {
        "id": checkout.session,
        "object": "checkout.session",
        "amount_total": int(checkout.amount * 100),
        "currency": checkout.currency.lower(),
        "payment_status": "paid",
        "payment_intent": f"pi_{checkout.pk}",
        "client_reference_id": str(checkout.order_id),
        "customer_details": {"name": "Mike Reed", "email": "mike@example.com"},
        "metadata": {"order": str(checkout.order_id)},
        **changes,
    }


def event(kind: str, thing: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {
        "id": f"evt_test{next(_numbers)}",
        "object": "event",
        "created": int(time.time()),
        "livemode": False,
        "type": kind,
        "data": {"object": thing},
        **changes,
    }


def send(told: dict[str, Any] | bytes, *, key: str = "", at: int | None = None, **headers: str) -> Any:
    """Send an event to the webhook; returns the answer."""
    body = told if isinstance(told, bytes) else json.dumps(told).encode()
    signed = {"Stripe-Signature": signature(body.decode(errors="replace"), secret=key, at=at), **headers}
    return Client().post(WEBHOOK, body, content_type="application/json", headers=signed)
