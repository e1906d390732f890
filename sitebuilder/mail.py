"""Where mails go: to a mail server, or, where none is set, into a folder."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


class MailServer(NamedTuple):
    """What Django wants to know of it."""

    backend: str
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    starttls: bool = False
    tls: bool = False


def mail_server(url: str) -> MailServer:
    """The server that EMAIL_URL names; for none, the folder."""
    if not url:
        return MailServer("sitebuilder.mail.MailFolder")
    parts = urlsplit(url)
    return MailServer(
        "django.core.mail.backends.smtp.EmailBackend",
        host=parts.hostname or "",
        port=parts.port or _PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starttls=parts.scheme == "smtp+tls",
        tls=parts.scheme == "smtps",
    )


class MailFolder(BaseEmailBackend):
    """Writes each mail, whole or not at all, to a file that its owner alone can read. It is named after the
    Message-ID: a mail that is sent twice is there once."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for mail in email_messages:
            message = mail.message()
            name = str(message["Message-ID"]).strip("<>").partition("@")[0]
            passing = folder / f".{name}.{os.getpid()}"
            passing.write_bytes(message.as_bytes())
            passing.replace(folder / f"{name}.eml")
        return len(email_messages)
