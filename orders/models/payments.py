"""Money: what a customer was asked to pay, what Stripe told of it, and what has come in."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from .fields import CURRENCY, currency_field, known_value
from .order import SiteOrder


class CheckoutState(models.TextChoices):
    OPEN = "open", _("Open")
    PENDING = "pending", _("Money on its way")
    PAID = "paid", _("Paid")
    FAILED = "failed", _("Payment failed")
    EXPIRED = "expired", _("Expired")


def amount_field(label: Any, **options: Any) -> "models.DecimalField[Any, Any]":
    """An amount in the currency beside it."""
    return models.DecimalField(label, max_digits=12, decimal_places=2, **options)


class Checkout(models.Model):
    """One invitation to pay for an order at Stripe: all that its session is made of, and the session once it is there.

    The row is written before Stripe is asked, and its id is the idempotency key: whoever asks again gets that session.
    """

    order = models.ForeignKey(SiteOrder, models.CASCADE, related_name="checkouts", verbose_name=_("order"))
    state = models.CharField(_("state"), max_length=16, choices=CheckoutState, default=CheckoutState.OPEN)
    session = models.CharField(_("Stripe session"), max_length=255, unique=True, null=True, blank=True)
    url = models.TextField(_("page to pay at"), blank=True)
    amount = amount_field(_("amount"))
    currency = currency_field()
    success_url = models.TextField(_("then"))
    cancel_url = models.TextField(_("or else"))
    expires_at = models.DateTimeField(_("expires"))
    created_at = models.DateTimeField(_("begun"), db_default=Now())

    class Meta:
        verbose_name = _("checkout")
        verbose_name_plural = _("checkouts")
        ordering = ["-pk"]
        constraints = [
            known_value("checkout", "state", CheckoutState.values),
            models.CheckConstraint(condition=Q(amount__gt=0), name="orders_checkout_asks_for_money"),
            models.CheckConstraint(condition=Q(currency__regex=CURRENCY), name="orders_checkout_currency_is_iso"),
        ]

    def __str__(self) -> str:
        return f"{self.order} · {self.amount} {self.currency}"


class Payment(models.Model):
    """Money that has come in for an order, what of it went back, and whether the customer's bank disputes it."""

    order = models.ForeignKey(SiteOrder, models.CASCADE, related_name="payments", verbose_name=_("order"))
    intent = models.CharField(_("Stripe payment"), max_length=255, unique=True)
    amount = amount_field(_("amount"))
    currency = currency_field()
    refunded = amount_field(_("refunded"), default=0)
    refunded_at = models.DateTimeField(_("refunded on"), null=True, blank=True)
    disputed_at = models.DateTimeField(_("disputed on"), null=True, blank=True)
    dispute_reason = models.CharField(_("reason of the dispute"), max_length=64, blank=True)
    paid_at = models.DateTimeField(_("paid on"))

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(refunded__gte=0, refunded__lte=F("amount")), name="orders_payment_refunded_within_amount"
            ),
            models.CheckConstraint(condition=Q(currency__regex=CURRENCY), name="orders_payment_currency_is_iso"),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"


class EventOutcome(models.TextChoices):
    """What came of an event."""

    DONE = "done", _("Done")
    NOTHING = "nothing", _("Nothing to do")
    UNKNOWN = "unknown", _("Of a kind that is not used")
    WAITING = "waiting", _("Waits for the payment that it is about")
    MISMATCH = "mismatch", _("Does not fit the order")
    FAILED = "failed", _("Could not be handled")


class StripeEvent(models.Model):
    """One event of Stripe's, kept once however often it is sent.

    ``payload`` holds those of its values that are used here, and no data of people. ``created`` is Stripe's time.
    """

    id = models.CharField("id", max_length=255, primary_key=True)
    type = models.CharField(_("type"), max_length=100)
    created = models.DateTimeField(_("happened"))
    received_at = models.DateTimeField(_("received"), db_default=Now())
    deliveries = models.PositiveIntegerField(_("times sent"), default=1)
    is_live = models.BooleanField(_("real money"), default=False)
    order = models.ForeignKey(
        SiteOrder, models.SET_NULL, null=True, blank=True, related_name="stripe_events", verbose_name=_("order")
    )
    intent = models.CharField(_("Stripe payment"), max_length=255, blank=True, db_index=True)
    payload = models.JSONField(_("values"), default=dict)
    outcome = models.CharField(_("outcome"), max_length=16, choices=EventOutcome)
    words = models.TextField(_("in words"), blank=True)
    error = models.TextField(_("error"), blank=True)

    class Meta:
        verbose_name = _("event from Stripe")
        verbose_name_plural = _("events from Stripe")
        ordering = ["-received_at"]
        permissions = [("handle_stripeevent", "Can have an event from Stripe handled again")]
        constraints = [known_value("stripeevent", "outcome", EventOutcome.values)]
        indexes = [
            models.Index(fields=["-received_at"], name="orders_stripeevent_newest"),
            models.Index(fields=["intent"], condition=Q(outcome="waiting"), name="orders_stripeevent_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.id}"
