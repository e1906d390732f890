"""A mail server on this machine that does as a test wants: takes a mail, refuses it, stalls, or hangs up."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from typing import TYPE_CHECKING, Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from tests.support.web import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage

USER, PASSWORD = "shop", "a pass/word:"
HANG, VANISH = "hang", "vanish"


@dataclass
class MailServer:
    """``answers`` are those to the next mails, one each; then all is taken. ``got`` is what it took, in order."""

    port: int
    answers: list[str] = field(default_factory=list)
    got: list[EmailMessage] = field(default_factory=list)
    tried: int = 0

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:
        self.tried += 1
        answer = self.answers.pop(0) if self.answers else "250 taken"
        if answer == HANG:
            await asyncio.sleep(3600)
        if answer == VANISH:
            server.transport.abort()
        if answer.startswith("250"):
            self.got.append(message_from_bytes(envelope.original_content, policy=policy.default))
        return answer


@contextmanager
def mail_server(*answers: str, asks_for_password: bool = False) -> Iterator[MailServer]:
    """Runs until the block ends."""

    def check(_server: Any, _session: Any, _envelope: Any, _mechanism: str, given: Any) -> AuthResult:
        return AuthResult(success=(given.login, given.password) == (USER.encode(), PASSWORD.encode()), handled=False)

    server = MailServer(free_port(), list(answers))
    options = {"authenticator": check, "auth_required": True, "auth_require_tls": False} if asks_for_password else {}
    controller = Controller(server, hostname="127.0.0.1", port=server.port, **options)  # type: ignore[arg-type]
    controller.start()
    try:
        yield server
    finally:
        controller.stop()
