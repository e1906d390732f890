"""What staff do with webhooks: add, test, give a new secret, switch on and off, deliver again."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone
from django.utils.translation import gettext as _

from generation.services import RequestRefused, check_address, retrying, seal
from orders.models import WebhookDelivery, WebhookEndpoint

from .events import TEST, body_of, deliver
from .signing import new_secret

OLD_SECRET_LASTS = timedelta(hours=24)


class DeliveryRefused(RequestRefused):
    """Something that is not sent as things stand."""


@retrying
def add_endpoint(*, name: str, url: str, events: list[str]) -> tuple[WebhookEndpoint, str]:
    """A new endpoint and its secret, which is shown this once. Raises AddressRefused."""
    check_address(url)
    secret = new_secret()
    return WebhookEndpoint.objects.create(name=name, url=url, events=events, secret=seal(secret)), secret


@retrying
def change_endpoint(*, endpoint_id: int, changes: dict[str, Any]) -> WebhookEndpoint:
    """Write these columns. Whoever switches it on begins anew, as if nothing had failed. Raises AddressRefused."""
    if "url" in changes:
        check_address(changes["url"])
    if changes.get("is_active"):
        changes = {**changes, "failing_since": None, "switched_off_at": None, "switched_off_why": ""}
    WebhookEndpoint.objects.filter(pk=endpoint_id).update(**changes)
    return WebhookEndpoint.objects.get(pk=endpoint_id)


@retrying
def rotate_secret(*, endpoint_id: int) -> str:
    """A new secret. For a day the old one signs beside it, so that the receiver can change over."""
    endpoint = WebhookEndpoint.objects.select_for_update().get(pk=endpoint_id)
    secret = new_secret()
    endpoint.previous_secret, endpoint.secret = endpoint.secret, seal(secret)
    endpoint.previous_until = timezone.now() + OLD_SECRET_LASTS
    endpoint.save(update_fields=["previous_secret", "secret", "previous_until"])
    return secret


@retrying
def send_test(*, endpoint_id: int, by: str) -> WebhookDelivery:
    """Send an event that tells of nothing. Raises DeliveryRefused."""
    endpoint = _switched_on(endpoint_id)
    event_id = f"evt_{uuid4().hex}"
    body = body_of(event_id, TEST, {"message": "This is a test."})
    return deliver(endpoint, event_id=event_id, event_type=TEST, body=body, requested_by=by)


@retrying
def resend(*, delivery_id: UUID, by: str) -> WebhookDelivery:
    """Deliver the same once more, under the same id, by which a receiver knows it. Raises DeliveryRefused."""
    told = WebhookDelivery.objects.select_for_update().get(pk=delivery_id)
    if told.is_active or told.again.filter(finished_at=None).exists():
        raise DeliveryRefused(_("It is still being delivered."))
    if not told.body:
        raise DeliveryRefused(_("What it told is erased."))
    return deliver(
        _switched_on(told.endpoint_id), order=told.order, again_of=told, requested_by=by,
        event_id=told.event_id, event_type=told.event_type, body=told.body,
    )  # fmt: skip


def _switched_on(endpoint_id: int) -> WebhookEndpoint:
    endpoint = WebhookEndpoint.objects.get(pk=endpoint_id)
    if not endpoint.is_active:
        raise DeliveryRefused(_("The webhook “%(name)s” is off. Switch it on first.") % {"name": endpoint.name})
    return endpoint
