"""Signatures of Standard Webhooks: HMAC-SHA256 over id, time and body, by a secret that the receiver has too."""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime

from django.utils import timezone

from generation.services import unseal
from orders.models import WebhookEndpoint

MARK = "whsec_"
SECRET_BYTES = 32


def new_secret() -> str:
    return MARK + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def headers(endpoint: WebhookEndpoint, *, event_id: str, at: datetime, body: str) -> dict[str, str]:
    """The three headers by which the receiver knows who sent this, and when. Raises CannotOpen."""
    sealed = [endpoint.secret]
    if endpoint.previous_until and endpoint.previous_until > timezone.now():
        sealed.append(endpoint.previous_secret)
    moment = str(int(at.timestamp()))
    signed = f"{event_id}.{moment}.{body}".encode()
    signatures = [f"v1,{_signature(unseal(secret), signed)}" for secret in sealed]
    return {"webhook-id": event_id, "webhook-timestamp": moment, "webhook-signature": " ".join(signatures)}


def _signature(secret: str, signed: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(MARK))
    return base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
