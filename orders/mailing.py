"""Sending one mail: what a worker does with its row.

A mail keeps its Message-ID for ever. When a worker dies after the server took a mail and before that is on record, it
goes out a second time under the same one, by which mail programs know it for the same.
"""

from email.mime.image import MIMEImage
from email.utils import formataddr
from smtplib import (
    SMTPAuthenticationError,
    SMTPException,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPResponseException,
)
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from generation.background import RetryPolicy, StepFailed
from generation.contracts import AssetRef
from generation.services import asset_bytes

from .characters import without_invisible
from .letters import customer_link
from .models import Agency, Mail

POLICY = RetryPolicy(attempts=12, first_pause_seconds=30, longest_pause_seconds=6 * 3600, growth=3)
"""For a day and a half, since a mail server that is away comes back, and some make strangers wait."""

DETAIL_LETTERS = 500
FIRST_PERMANENT = 500


def send(mail: Mail) -> None:
    """Hand the mail to the server. Raises StepFailed."""
    for address in filter(None, (mail.to, mail.reply_to)):
        try:
            validate_email(address)
        except ValidationError as error:
            raise StepFailed("mail_address_wrong", address) from error
    message = message_of(mail)
    try:
        message.send()
    except SMTPException as error:
        raise reason_of(error) from error
    except OSError as error:
        if settings.EMAIL_HOST:
            raise StepFailed("service_unreachable", f"{settings.EMAIL_HOST}: {error}") from error
        raise


def message_of(mail: Mail) -> EmailMultiAlternatives:
    """The mail as it goes out, with the customer's link as it is now."""
    agency = Agency.objects.first() or Agency(name=_("Site builder"))
    link = customer_link(mail.order) if mail.order else settings.PUBLIC_URL
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    sender = settings.EMAIL_FROM or agency.email or f"no-reply@{host}"
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text.replace(Mail.LINK, link),
        from_email=formataddr((" ".join(without_invisible(agency.name).split()), sender)),
        to=[mail.to],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers={"Message-ID": f"<{mail.pk}@{host}>", "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(mail.html.replace(Mail.LINK, link), "text/html")
    if logo := logo_of(agency):
        image = MIMEImage(logo, "png")
        image.add_header("Content-ID", "<logo>")
        image.add_header("Content-Disposition", "inline", filename="logo.png")
        message.attach(image)
    return message


def logo_of(agency: Agency) -> bytes | None:
    """The agency's logo as PNG, if there is one."""
    try:
        return asset_bytes(AssetRef.model_validate(agency.logo)) if agency.logo else None
    except FileNotFoundError:
        return None


def reason_of(error: SMTPException) -> StepFailed:
    """What the server's answer means for the mail: whether it is worth another try, and what to do if not."""
    match error:
        case SMTPResponseException():
            code, said = error.smtp_code, error.smtp_error
        case SMTPRecipientsRefused():
            code, said = next(iter(error.recipients.values()))
        case SMTPNotSupportedError():
            return StepFailed("mail_server_wrong", str(error))
        case _:
            return StepFailed("service_unreachable", f"{settings.EMAIL_HOST}: {error}")
    words = " ".join(str(said, errors="replace").split()) if isinstance(said, bytes) else said
    detail = f"{code} {words}"[:DETAIL_LETTERS]
    if code < FIRST_PERMANENT:
        return StepFailed("mail_deferred", detail)
    return StepFailed("mail_server_wrong" if isinstance(error, SMTPAuthenticationError) else "mail_refused", detail)
