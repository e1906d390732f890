"""Listeners to orders: an ASGI layer before Django that keeps their connections open, with no thread for each.

Django answers the request as any other: who may listen, what happened since. Its view leaves a Stream in the scope,
and this layer goes on from there. One look at the database a second serves all listeners of the process.
"""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import anyio
import structlog
from django.db import DatabaseError, InterfaceError, close_old_connections

from .events import Place, Report, comment, look, written

log = structlog.get_logger(__name__)

KEY = "orders.stream"
LOOK_SECONDS = 1.0
BEAT_SECONDS = 15.0

Message = Mapping[str, Any]
Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]


@dataclass
class Stream:
    """One listener: the order, how far they have come, what they know of its state, and their language."""

    order_id: UUID
    place: Place
    known: tuple[Any, ...]
    language: str
    seconds: float


class Lookout:
    """Looks at the database for all listeners at once: whoever finds the last look too old looks again for all."""

    def __init__(self) -> None:
        self._places: dict[UUID, dict[int, Place]] = {}
        self._reports: dict[UUID, Report] = {}
        self._looked_at = float("-inf")
        self._turn = anyio.Lock()

    def join(self, stream: Stream) -> None:
        self._places.setdefault(stream.order_id, {})[id(stream)] = stream.place

    def leave(self, stream: Stream) -> None:
        places = self._places[stream.order_id]
        del places[id(stream)]
        if not places:
            del self._places[stream.order_id]
            self._reports.pop(stream.order_id, None)

    def reached(self, stream: Stream) -> None:
        self._places[stream.order_id][id(stream)] = stream.place

    async def report(self, order_id: UUID) -> Report | None:
        """What is new about the order, not older than a second; None while the database does not answer."""
        async with self._turn:
            if anyio.current_time() - self._looked_at >= LOOK_SECONDS:
                self._looked_at = anyio.current_time()
                await self._look()
        return self._reports.get(order_id)

    async def _look(self) -> None:
        slowest = {order_id: Place(*map(min, zip(*of.values(), strict=True))) for order_id, of in self._places.items()}
        try:
            self._reports = await anyio.to_thread.run_sync(_look_now, slowest)
        except (DatabaseError, InterfaceError) as error:
            self._reports = {}
            log.warning("events_without_database", error=type(error).__name__)


def _look_now(places: dict[UUID, Place]) -> dict[UUID, Report]:
    close_old_connections()
    try:
        return look(places)
    finally:
        close_old_connections()


class Streams:
    """The ASGI layer."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.lookout = Lookout()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def pass_on(message: Message) -> None:
            await send(_endless(message) if KEY in scope else message)

        await self.application(scope, receive, pass_on)
        if stream := scope.get(KEY):
            await self._follow(stream, receive, send)

    async def _follow(self, stream: Stream, receive: Receive, send: Send) -> None:
        """Send what is new until the listener leaves or their time is over."""
        self.lookout.join(stream)
        try:
            with suppress(OSError):
                async with anyio.create_task_group() as tasks:
                    tasks.start_soon(_until_gone, receive, tasks.cancel_scope)
                    with anyio.move_on_after(stream.seconds):
                        await self._send_news(stream, send)
                    tasks.cancel_scope.cancel()
        finally:
            self.lookout.leave(stream)
        with suppress(OSError):
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _send_news(self, stream: Stream, send: Send) -> None:
        quiet_since = anyio.current_time()
        while True:
            await anyio.sleep(LOOK_SECONDS)
            report = await self.lookout.report(stream.order_id)
            chunk = b""
            if report:
                chunk = b"".join(written(report, stream.place, stream.known, stream.language))
                stream.place, stream.known = (
                    Place(*map(max, zip(report.place, stream.place, strict=True))),
                    report.state,
                )
                self.lookout.reached(stream)
            if not chunk and anyio.current_time() - quiet_since >= BEAT_SECONDS:
                chunk = comment("still here")
            if chunk:
                quiet_since = anyio.current_time()
                await send({"type": "http.response.body", "body": chunk, "more_body": True})


def _endless(message: Message) -> Message:
    """A part of Django's answer, after which there is more."""
    if message["type"] == "http.response.body":
        return {**message, "more_body": True}
    return {**message, "headers": [each for each in message["headers"] if each[0].lower() != b"content-length"]}


async def _until_gone(receive: Receive, listening: anyio.CancelScope) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    listening.cancel()
