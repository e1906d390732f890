"""Mails as rows: written in the transaction of what they tell of, sent by a worker afterwards.

An order's moves call :func:`announce`. Here nothing talks to a mail server; :mod:`orders.mailing` does.
"""

from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Count
from django.utils import translation
from django.utils.translation import gettext as _

from generation import background
from generation.services import RequestRefused, retrying

from . import letters
from .models import Agency, Mail, MailEvent, OrderEvent, Recipient, SiteOrder, Status, WebhookEndpoint

TOLD = {
    Status.PAID: MailEvent.PAID,
    Status.ONBOARDING_PENDING: MailEvent.ONBOARDING,
    Status.REVIEW: MailEvent.REVIEW,
    Status.DELIVERED: MailEvent.DELIVERED,
    Status.FAILED: MailEvent.FAILED,
}
"""The states that somebody is told of when an order comes into them."""


class NotSentAgain(RequestRefused):
    """A mail that nobody could get, or that is being sent again already."""


def announce(order: SiteOrder, moved: OrderEvent) -> None:
    """Tell those who should know that the order has moved. To be called in the transaction of the move."""
    event = TOLD.get(Status(moved.moved_to))
    if event and not _is_known(order, event):
        tell(order, event, occurrence=str(moved.pk))


def _is_known(order: SiteOrder, event: MailEvent) -> bool:
    """Whether those to be told did it themselves: a generation that somebody has cancelled."""
    return bool(event is MailEvent.FAILED and order.current_job and order.current_job.status == "cancelled")


def tell(order: SiteOrder, event: MailEvent, *, occurrence: str, by: str = "") -> None:
    """Write the mails about this, to each who is to be told and has an address; they go out after the commit.

    ``by`` asked for it, where it is not what happened to the order. Raises IntegrityError where that was done before
    for the same ``occurrence``.
    """
    for recipient in Recipient:
        if (event, recipient) in letters.WORDS and (address := address_of(order, recipient)):
            _send(_written(order, event, recipient, occurrence=occurrence, to=address, requested_by=by))


def tell_of_webhook(endpoint: WebhookEndpoint, *, occurrence: str) -> None:
    """Tell staff that a webhook is switched off."""
    locale = _office_locale()
    if address := address_of(None, Recipient.STAFF):
        with translation.override(locale.lower()):
            written = letters.webhook_off(endpoint)
        words = {"subject": written.subject, "text": written.text, "html": written.html}
        about = {"event": MailEvent.WEBHOOK_OFF, "recipient": Recipient.STAFF, "occurrence": occurrence}
        _send(background.new_row(Mail, locale=locale, to=address, **about, **words))


def address_of(order: SiteOrder | None, recipient: Recipient) -> str:
    """Where mails to them go now; empty where nobody knows."""
    if recipient == Recipient.CUSTOMER:
        return order.customer.email if order else ""
    return settings.EMAIL_STAFF or Agency.objects.values_list("email", flat=True).first() or ""


def _written(order: SiteOrder, event: MailEvent, recipient: Recipient, **columns: str) -> Mail:
    is_customer = recipient is Recipient.CUSTOMER
    locale = order.customer.locale if is_customer else _office_locale()
    other = Recipient.STAFF if is_customer else Recipient.CUSTOMER
    with translation.override(locale.lower()):
        written = letters.write(order, event, recipient)
    mail: Mail = background.new_row(
        Mail, order=order, event=event, recipient=recipient, locale=locale, reply_to=address_of(order, other),
        subject=written.subject, text=written.text, html=written.html, **columns,
    )  # fmt: skip
    return mail


def _office_locale() -> str:
    """The back office's language, as sites name it."""
    language, _hyphen, region = settings.LANGUAGE_CODE.partition("-")
    return f"{language}-{region.upper()}" if region else language


def _send(mail: Mail) -> None:
    mail.save(force_insert=True)
    background.send_after_commit(mail)


@retrying
def send_again(*, mail_id: UUID, by: str, seen: int) -> Mail:
    """The same words once more, to where such mails go now. ``seen``: how often that had been done when it was asked
    for, so that a button pressed twice sends one. Raises NotSentAgain.
    """
    mail = Mail.objects.select_related("order__customer").annotate(times=Count("again")).get(pk=mail_id)
    to = address_of(mail.order, Recipient(mail.recipient)) or mail.to
    if mail.is_active:
        raise NotSentAgain(_("This mail is still to be sent."))
    same = {name: getattr(mail, name) for name in ("order", "event", "recipient", "locale", "reply_to")}
    words = {name: getattr(mail, name) for name in ("subject", "text", "html")}
    again: Mail = background.new_row(
        Mail, occurrence=f"{mail.pk} {seen + 1}", again_of=mail, requested_by=by, to=to, **same, **words
    )
    try:
        with transaction.atomic():
            _send(again)
    except IntegrityError:
        raise NotSentAgain(_("This mail is being sent again already.")) from None
    return again
