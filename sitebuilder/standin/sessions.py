"""What the stand-in keeps: sessions, the answers given to idempotency keys, and the events it has told."""

import json
import re
import secrets
import time
from dataclasses import dataclass, field
from typing import Any

import httpcore
import stripe
from django.conf import settings

MINUTE, DAY = 60, 24 * 3600
SEND_SECONDS = 10.0


class Refused(Exception):
    """What Stripe would refuse: the type of its error and its words."""

    def __init__(self, message: str, kind: str = "invalid_request_error", status: int = 400) -> None:
        super().__init__(message)
        self.kind, self.status = kind, status


@dataclass
class Told:
    """An event, and what the shop answered to it; 0 where nobody was there."""

    event: dict[str, Any]
    status: int = 0


@dataclass
class Standin:
    """All of its memory. ``webhook`` is where events go."""

    webhook: str = ""
    sessions: dict[str, dict[str, Any]] = field(default_factory=dict)
    answers: dict[str, tuple[Any, str]] = field(default_factory=dict)
    told: dict[str, list[Told]] = field(default_factory=dict)

    def create(self, given: dict[str, Any], key: str, base: str) -> dict[str, Any]:
        """A session; the same key gives the same one, and is refused for another."""
        if key and key in self.answers:
            before, known = self.answers[key]
            if before != given:
                raise Refused("Keys for idempotent requests can only be used with the same parameters.",
                              "idempotency_error")  # fmt: skip
            return self.sessions[known]
        session = _session(given, base)
        self.sessions[session["id"]] = session
        if key:
            self.answers[key] = given, session["id"]
        return session

    def tell(self, session: dict[str, Any], kind: str, thing: dict[str, Any]) -> Told:
        """Sign an event and send it to the shop."""
        event = {
            "id": f"evt_{secrets.token_hex(12)}",
            "object": "event",
            "api_version": "standin",
            "created": int(time.time()),
            "livemode": False,
            "type": kind,
            "data": {"object": thing},
        }
        told = Told(event)
        self.told.setdefault(session["id"], []).append(told)
        self.send(told)
        return told

    def send(self, told: Told) -> None:
        """Send an event, for the first time or again."""
        body = json.dumps(told.event)
        headers = [("Content-Type", "application/json"), ("Stripe-Signature", signature(body))]
        timeouts = dict.fromkeys(("connect", "read", "write", "pool"), SEND_SECONDS)
        try:
            answer = httpcore.request(
                "POST", self.webhook, headers=headers, content=body.encode(), extensions={"timeout": timeouts}
            )
            told.status = answer.status
        except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError):
            told.status = 0


def signature(body: str, *, secret: str = "", at: int | None = None) -> str:
    """The header Stripe-Signature for this body, by the shop's own secret unless another is given."""
    made: str = stripe.WebhookSignature.generate_signature_header(body, secret or settings.STRIPE_WEBHOOK_SECRET, at)
    return made


def nested(given: dict[str, str]) -> dict[str, Any]:
    """Stripe's form fields (``line_items[0][price_data][currency]``) as what they mean."""
    whole: dict[str, Any] = {}
    for name, value in given.items():
        *way, last = re.findall(r"[^\[\]]+", name)
        place = whole
        for part in way:
            place = place.setdefault(part, {})
        place[last] = value
    return whole


def _session(given: dict[str, Any], base: str) -> dict[str, Any]:
    prices = [line["price_data"] for line in given.get("line_items", {}).values()]
    currencies = {price["currency"] for price in prices}
    total = sum(int(price["unit_amount"]) for price in prices)
    lasts = int(given.get("expires_at", time.time() + DAY)) - time.time()
    if given.get("mode") != "payment" or len(currencies) != 1 or total <= 0:
        raise Refused("mode must be payment, and line_items must have one currency and cost something.")
    if not 30 * MINUTE - 5 <= lasts <= DAY + 5:
        raise Refused("expires_at must be between 30 minutes and 24 hours from now.")
    for name in ("success_url", "cancel_url"):
        if not given.get(name, "").startswith(("http://", "https://")):
            raise Refused(f"{name} must be an address.")
    session_id = f"cs_test_{secrets.token_hex(16)}"
    return {
        "id": session_id,
        "object": "checkout.session",
        "amount_total": total,
        "currency": currencies.pop(),
        "mode": "payment",
        "status": "open",
        "payment_status": "unpaid",
        "payment_intent": None,
        "client_reference_id": given.get("client_reference_id"),
        "customer_email": given.get("customer_email"),
        "metadata": given.get("metadata", {}),
        "success_url": given["success_url"],
        "cancel_url": given["cancel_url"],
        "expires_at": int(given.get("expires_at", time.time() + DAY)),
        "livemode": False,
        "url": f"{base}/pay/{session_id}",
        "lines": [(price["product_data"]["name"], int(price["unit_amount"])) for price in prices],
    }
