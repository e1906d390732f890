"""Programs of others that are told what happens: where they listen, and what they were told."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from generation.background import BackgroundRow

from .order import SiteOrder


class WebhookEndpoint(models.Model):
    """An address that is told of events.

    ``events`` holds types such as ``order.paid``, or ``order.*`` for all of a kind. The secrets are sealed; after a
    change the one before signs too until ``previous_until``. ``failing_since`` is empty while it answers.
    """

    name = models.CharField(_("name"), max_length=80)
    url = models.CharField(_("address"), max_length=2000)
    events = models.JSONField(_("events"), default=list)
    is_active = models.BooleanField(_("on"), default=True)
    secret = models.TextField(editable=False)
    previous_secret = models.TextField(blank=True, editable=False)
    previous_until = models.DateTimeField(null=True, editable=False)
    failing_since = models.DateTimeField(_("failing since"), null=True, editable=False)
    last_success_at = models.DateTimeField(_("last reached"), null=True, editable=False)
    switched_off_at = models.DateTimeField(_("switched off"), null=True, editable=False)
    switched_off_why = models.CharField(_("why"), max_length=300, blank=True, editable=False)
    created_at = models.DateTimeField(_("made"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["name", "pk"]
        permissions = [
            ("test_webhook", "Can send a test to a webhook"),
            ("rotate_webhook_secret", "Can give a webhook a new secret"),
        ]

    def __str__(self) -> str:
        return self.name


class WebhookDelivery(BackgroundRow):
    """One event told to one endpoint. ``event_id`` is that of the event, the same for all who are told of it and
    each time that they are; ``body`` is what is sent, byte by byte. ``again_of`` is the delivery that this repeats.
    """

    kind_of_work: ClassVar[str] = "webhook"

    endpoint = models.ForeignKey(WebhookEndpoint, models.CASCADE, related_name="deliveries", verbose_name=_("webhook"))
    order = models.ForeignKey(
        SiteOrder, models.CASCADE, null=True, blank=True, related_name="webhook_deliveries", verbose_name=_("order")
    )
    event_id = models.CharField(_("event id"), max_length=64)
    event_type = models.CharField(_("event"), max_length=64)
    body = models.TextField(_("body"))
    status_code = models.PositiveSmallIntegerField(_("last answer"), null=True, blank=True)
    again_of = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="again", verbose_name=_("repeats")
    )
    requested_by = models.CharField(_("by"), max_length=160, blank=True)

    class Meta(BackgroundRow.Meta):
        abstract = False
        verbose_name = _("webhook delivery")
        verbose_name_plural = _("webhook deliveries")
        ordering = ["-created_at"]
        permissions = [("resend_webhook", "Can have a webhook delivered again")]
        constraints = [
            *BackgroundRow.Meta.constraints,
            models.UniqueConstraint(
                fields=["endpoint", "event_id"],
                condition=Q(again_of__isnull=True),
                name="orders_webhook_event_once_an_endpoint",
            ),
        ]
        indexes = [
            *BackgroundRow.Meta.indexes,
            models.Index(fields=["-created_at"], name="orders_webhook_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.event_type} {self.event_id}"

    def calls(self) -> models.QuerySet[Any]:
        """Each time that the endpoint was called, first to last."""
        return self.call_rows.order_by("pk")


class WebhookCall(models.Model):
    """One call of an endpoint: what it answered, at most so much of it, or why there was no answer."""

    delivery = models.ForeignKey(
        WebhookDelivery, models.CASCADE, related_name="call_rows", verbose_name=_("webhook delivery")
    )
    attempt = models.PositiveIntegerField(_("attempt"))
    at = models.DateTimeField(_("when"), db_default=Now())
    milliseconds = models.PositiveIntegerField(_("milliseconds"))
    status_code = models.PositiveSmallIntegerField(_("status"), null=True, blank=True)
    response = models.TextField(_("answer"), blank=True)
    error = models.TextField(_("error"), blank=True)

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.delivery_id} #{self.attempt}"
