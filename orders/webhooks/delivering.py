"""Delivering one webhook: what a worker does with its row, outside any transaction."""

import time
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from generation.background import RetryPolicy, StepFailed
from generation.services import AddressRefused, Answer, CannotOpen, NoAnswer, call, retrying
from orders import mails
from orders.models import WebhookCall, WebhookDelivery, WebhookEndpoint

from . import signing

POLICY = RetryPolicy(attempts=14, first_pause_seconds=5, longest_pause_seconds=12 * 3600, growth=5)
"""For about four days: seconds at first, half a day in the end."""

RESPONSE_BYTES = 4096
LONGEST_RETRY_AFTER = 24 * 3600.0
GONE, TOO_MANY, AWAY = 410, 429, 503


def deliver(delivery: WebhookDelivery) -> dict[str, Any]:
    """Call the endpoint; the call is on record, however it ends. Raises StepFailed unless it took the event."""
    endpoint = WebhookEndpoint.objects.get(pk=delivery.endpoint_id)
    if not endpoint.is_active:
        raise StepFailed("webhook_off", endpoint.name)
    begin = time.monotonic()
    try:
        answer = _call(endpoint, delivery)
    except (AddressRefused, CannotOpen, NoAnswer) as error:
        _record(delivery, begin, error=str(error) or type(error).__name__)
        _note_failure(endpoint)
        raise _reason(error) from error
    _record(delivery, begin, status_code=answer.status, response=_words(answer))
    WebhookDelivery.objects.filter(pk=delivery.pk).update(status_code=answer.status)
    if 200 <= answer.status < 300:
        now = timezone.now()
        WebhookEndpoint.objects.filter(pk=endpoint.pk).update(failing_since=None, last_success_at=now)
        return {}
    if answer.status == GONE:
        switch_off(endpoint_id=endpoint.pk, why=_("It answered that it is gone for good (410)."))
        raise StepFailed("webhook_off", endpoint.name)
    _note_failure(endpoint)
    after = retry_after(answer)
    code = "webhook_refused" if after is None else "service_busy"
    raise StepFailed(code, f"HTTP {answer.status}", retry_after=after)


def _call(endpoint: WebhookEndpoint, delivery: WebhookDelivery) -> Answer:
    signed = signing.headers(endpoint, event_id=delivery.event_id, at=timezone.now(), body=delivery.body)
    return call(
        "POST",
        endpoint.url,
        body=delivery.body.encode(),
        headers={"Content-Type": "application/json", "User-Agent": "site-builder", **signed},
        seconds=settings.WEBHOOK_TIMEOUT_SECONDS,
        most_bytes=RESPONSE_BYTES,
    )


def _reason(error: Exception) -> StepFailed:
    match error:
        case AddressRefused():
            return StepFailed("address_refused", str(error))
        case CannotOpen():
            return StepFailed("secret_unreadable")
    return StepFailed("service_unreachable", str(error))


def retry_after(answer: Answer) -> float | None:
    """Seconds after which the receiver wants to be asked again, at most a day; None where it does not say."""
    said = answer.headers.get("retry-after", "").strip()
    if answer.status not in (TOO_MANY, AWAY) or not said:
        return None
    if said.isascii() and said.isdecimal():
        seconds = float(said[:9])
    else:
        try:
            seconds = parsedate_to_datetime(said).timestamp() - time.time()
        except (ValueError, OverflowError):
            return None
    return min(max(seconds, 0), LONGEST_RETRY_AFTER)


def _words(answer: Answer) -> str:
    return answer.body.decode(errors="replace").replace("\0", "�")


def _record(delivery: WebhookDelivery, begin: float, **columns: Any) -> None:
    lasted = round((time.monotonic() - begin) * 1000)
    WebhookCall.objects.create(delivery=delivery, attempt=delivery.attempt, milliseconds=lasted, **columns)


@retrying
def _note_failure(endpoint: WebhookEndpoint) -> None:
    """An endpoint that has failed for days, and answered in none of them, is switched off."""
    now = timezone.now()
    rows = WebhookEndpoint.objects.filter(pk=endpoint.pk)
    rows.filter(failing_since=None).update(failing_since=now)
    days = settings.WEBHOOK_OFF_AFTER_DAYS
    if rows.filter(failing_since__lte=now - timedelta(days=days)).exists():
        switch_off(endpoint_id=endpoint.pk, why=_("It has failed for %(days)s days.") % {"days": days})


@retrying
def switch_off(*, endpoint_id: int, why: str) -> None:
    """Tell it nothing more, until somebody switches it on; staff get a mail."""
    now = timezone.now()
    on = WebhookEndpoint.objects.filter(Q(is_active=True), pk=endpoint_id)
    if on.update(is_active=False, switched_off_at=now, switched_off_why=why) == 1:
        endpoint = WebhookEndpoint.objects.get(pk=endpoint_id)
        mails.tell_of_webhook(endpoint, occurrence=f"{endpoint.pk} {now.timestamp():.6f}")
