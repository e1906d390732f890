"""What others may be told of, and the rows that tell them: written in the transaction of what happened."""

import json
from importlib import import_module
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from generation import background
from orders.models import OrderEvent, SiteOrder, Status, WebhookDelivery, WebhookEndpoint

TYPES = {
    "order": (
        _("Orders"),
        (
            "order.created", *(f"order.{status.value}" for status in Status if status is not Status.PENDING_PAYMENT),
            "order.checkout_expired", "order.payment_failed", "order.refunded", "order.disputed", "order.erased",
        ),
    ),
    "job": (
        _("Jobs"),
        ("job.requested", "job.started", "job.waiting", "job.succeeded", "job.failed", "job.cancelled"),
    ),
    "step": (_("Steps"), ("step.failed",)),
    "review": (_("Review"), ("review.ready", "review.changes_requested", "review.approved")),
    "delivered": (_("Delivery"), ("delivered",)),
}  # fmt: skip
"""The types by their family, with its name for people."""

TEST = "webhook.test"
_MORE = {
    Status.REVIEW: ("review.ready",),
    Status.DELIVERED: ("review.approved", "delivered"),
}


def is_wanted(endpoint: WebhookEndpoint, event_type: str) -> bool:
    """Whether the endpoint asked to be told of this."""
    return event_type in endpoint.events or f"{event_type.partition('.')[0]}.*" in endpoint.events


def tell_move(order: SiteOrder, event: OrderEvent) -> None:
    """Tell that the order has moved. To be called in the transaction of the move."""
    to = Status(event.moved_to)
    if to is Status.PENDING_PAYMENT:
        tell("order.created", order)
        return
    moved = {"moved": {"from": event.moved_from, "to": event.moved_to, "by": event.by}}
    tell(f"order.{to.value}", order, **moved)
    for more in _MORE.get(to, ()):
        tell(more, order)


def tell_jobs(event_type: str, *jobs: Any) -> None:
    """Tell of jobs, to be called in the transaction of what happened to them. A subject without order is nobody's."""
    if _listeners(event_type):
        for job in jobs:
            _tell_of_job(event_type, job)


def prepare_telling() -> None:
    """Load what writes events now, if anybody listens, and not in each job's process."""
    if WebhookEndpoint.objects.filter(is_active=True).exists():
        import_module("orders.api.shapes")


def tell_failed_step(job: Any, *, will_retry: bool) -> None:
    """Tell which step of the job has failed in its last attempt."""
    if not _listeners("step.failed"):
        return
    step = job.steps.filter(status="failed", attempt=job.attempt).order_by("-position").first()
    if step:
        with _office_language():
            error = {"code": job.error_code, "message": job.error_message, "remedy": job.error_remedy}
        about = {"name": step.step, "attempt": job.attempt, "error": error, "will_retry": will_retry}
        _tell_of_job("step.failed", job, step=about)


def _tell_of_job(event_type: str, job: Any, **about: Any) -> None:
    from orders.api.shapes import JobShape

    if order := SiteOrder.objects.filter(pk=job.subject).first():
        with _office_language():
            tell(event_type, order, job=dict(JobShape(job).data), **about)


def tell(event_type: str, order: SiteOrder, **about: Any) -> None:
    """Write a delivery for each endpoint that wants to be told; they go out after the commit."""
    endpoints = _listeners(event_type)
    if endpoints:
        event_id = f"evt_{uuid4().hex}"
        body = body_of(event_id, event_type, {"order": order_as_told(order.pk), **about})
        for endpoint in endpoints:
            deliver(endpoint, event_id=event_id, event_type=event_type, body=body, order=order)


def deliver(endpoint: WebhookEndpoint, *, order: SiteOrder | None = None, **columns: Any) -> WebhookDelivery:
    """Write one delivery."""
    row: WebhookDelivery = background.new_row(WebhookDelivery, endpoint=endpoint, order=order, **columns)
    row.save(force_insert=True)
    background.send_after_commit(row)
    return row


def body_of(event_id: str, event_type: str, data: dict[str, Any]) -> str:
    """What is sent, as it is signed."""
    from rest_framework.utils.encoders import JSONEncoder

    told = {"id": event_id, "type": event_type, "created": timezone.now(), "data": data}
    return json.dumps(told, cls=JSONEncoder, ensure_ascii=False, separators=(",", ":"))


def order_as_told(order_id: UUID) -> dict[str, Any]:
    """The order as the API shows it, without anything that opens something."""
    from orders.api.reading import with_all_told
    from orders.api.shapes import OrderShape, PaymentShape  # workers that tell nobody need no REST framework
    from orders.api.shaping import shaped

    order = with_all_told(SiteOrder.objects.all()).get(pk=order_id)
    with _office_language():
        shown = shaped(OrderShape, order)
    return {**shown, "payments": PaymentShape(order.payments.all(), many=True).data}


def _listeners(event_type: str) -> list[WebhookEndpoint]:
    return [each for each in WebhookEndpoint.objects.filter(is_active=True) if is_wanted(each, event_type)]


def _office_language() -> Any:
    """Programs get the same words whoever has caused them to be told."""
    return translation.override(settings.LANGUAGE_CODE)
