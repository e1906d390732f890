"""Mails that tell customers and staff how an order stands: each a row of background work."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from generation.background import BackgroundRow

from .fields import LOCALES, known_value, locale_field
from .order import SiteOrder


class MailEvent(models.TextChoices):
    """What a mail tells of."""

    PAID = "paid", _("Payment received")
    ONBOARDING = "onboarding", _("Onboarding open")
    ONBOARDING_REMINDER = "onboarding_reminder", _("Reminder of the onboarding")
    REVIEW = "review", _("Site in review")
    REVIEW_REMINDER = "review_reminder", _("Reminder of the review")
    REVISION = "revision", _("Revision asked for")
    DELIVERED = "delivered", _("Site delivered")
    FAILED = "failed", _("Site failed")
    PAYMENT_TROUBLE = "payment_trouble", _("Trouble with a payment")
    WEBHOOK_OFF = "webhook_off", _("Webhook switched off")


class Recipient(models.TextChoices):
    CUSTOMER = "customer", _("Customer")
    STAFF = "staff", _("Staff")


class Mail(BackgroundRow):
    """One mail. What it says stands here as it was written, together with what it tells of.

    ``occurrence`` tells one time that something happened from the next (the id of the order's event, the number of
    a reminder); with it nothing is mailed twice. In place of the secret of the customer's link stands LINK, which is
    filled in when the mail is sent. ``again_of`` is the mail that this one repeats because somebody wanted it.
    """

    kind_of_work: ClassVar[str] = "mail"
    LINK: ClassVar[str] = "https://link-of-the-customer.invalid/"

    order = models.ForeignKey(
        SiteOrder, models.CASCADE, null=True, blank=True, related_name="mails", verbose_name=_("order")
    )
    event = models.CharField(_("about"), max_length=32, choices=MailEvent)
    recipient = models.CharField(_("who"), max_length=16, choices=Recipient)
    occurrence = models.CharField(_("occurrence"), max_length=64)
    again_of = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="again", verbose_name=_("repeats")
    )
    requested_by = models.CharField(_("by"), max_length=160, blank=True)
    to = models.CharField(_("to"), max_length=254)
    reply_to = models.CharField(_("answers to"), max_length=254, blank=True)
    locale = locale_field(_("language"))
    subject = models.CharField(_("subject"), max_length=250)
    text = models.TextField(_("text"))
    html = models.TextField(_("HTML"))

    class Meta(BackgroundRow.Meta):
        abstract = False
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["-created_at"]
        permissions = [("send_mail_again", "Can have a mail sent again")]
        constraints = [
            *BackgroundRow.Meta.constraints,
            known_value("mail", "event", MailEvent.values),
            known_value("mail", "recipient", Recipient.values),
            known_value("mail", "locale", dict(LOCALES)),
            models.UniqueConstraint(
                fields=["order", "event", "recipient", "occurrence"], name="orders_mail_once_an_occurrence"
            ),
            models.UniqueConstraint(
                fields=["event", "recipient", "occurrence"],
                condition=Q(order__isnull=True),
                name="orders_mail_of_no_order_once",
            ),
        ]
        indexes = [
            *BackgroundRow.Meta.indexes,
            models.Index(fields=["-created_at"], name="orders_mail_newest"),
        ]

    def __str__(self) -> str:
        return self.subject

    def attempts(self) -> models.QuerySet[Any]:
        """The attempts at sending it, first to last."""
        return self.attempt_rows.order_by("number")
