"""Django under ASGI with a bounded number of threads, and so of connections to the database, and bounded bodies."""

import asyncio
import os
import tempfile
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import IO, Any

from asgiref.sync import sync_to_async
from django.conf import settings
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, ASGIRequest
from django.db import close_old_connections
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

WATCHED = ("/healthz", "/metrics")
"""Asked by those who watch the web, to be answered also when all turns are taken: they have a thread of their own."""
SAY_IT_THEMSELVES = ("/api/", "/order/")
"""Pages that refuse a body which is too big in a form of their own."""


class _TooBig(Exception):
    """More has come than may be sent."""


class Handler(ASGIHandler):
    """Answers so many requests at once; the others wait their turn.

    Django's own starts a thread for each request that arrives, and each thread opens a connection. Here they share a
    few threads. A request takes one when it has arrived whole, and leaves it, its connection closed, before its answer
    is sent: whoever is slow to send or to read holds up nobody. One that was given up keeps its thread until the view
    returns.
    """

    def __init__(self, at_once: int) -> None:
        super().__init__()
        self._in_turn, self._for_watchers = self._answered_by(at_once), self._answered_by(1)

    async def __call__(
        self,
        scope: dict[str, Any],
        receive: Callable[[], Awaitable[Mapping[str, Any]]],
        send: Callable[[Mapping[str, Any]], Awaitable[None]],
    ) -> None:
        try:
            await self.handle(scope, receive, send)  # Django's own would make it a context with a thread of its own
        except _TooBig:
            await self.handle(_without_body(scope), _nothing_more(), send)

    def load_middleware(self, is_async: bool = False) -> None:
        """Synchronous as all views are, so that middleware and view are one call in one thread."""
        super().load_middleware(is_async=False)

    async def read_body(self, receive: Callable[[], Awaitable[Mapping[str, Any]]]) -> IO[bytes]:
        """Raises _TooBig, where Django's own would fill the disk before anybody could refuse it."""
        body: IO[bytes] = tempfile.SpooledTemporaryFile(settings.FILE_UPLOAD_MAX_MEMORY_SIZE)  # noqa: SIM115 - Django's
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                body.close()
                raise RequestAborted
            body.write(message.get("body", b""))
            if body.tell() > settings.MAX_BODY_BYTES:
                body.close()
                raise _TooBig
            more = message.get("more_body", False)
        return body

    def create_request(
        self, scope: Mapping[str, Any], body_file: IO[bytes]
    ) -> tuple[ASGIRequest, None] | tuple[None, HttpResponseBase]:
        """Tell how long a body is that came in chunks: without a length it would be read as none."""
        size = body_file.seek(0, os.SEEK_END)
        body_file.seek(0)
        made = super().create_request(scope, body_file)
        request = made[0]
        if request is None:
            return made
        if size:
            request.META.setdefault("CONTENT_LENGTH", str(size))
        is_too_big = int(request.META.get("CONTENT_LENGTH") or 0) > settings.MAX_BODY_BYTES
        if is_too_big and not request.path_info.startswith(SAY_IT_THEMSELVES):
            words = _("What you sent is bigger than we can take. Go back, and send a smaller picture.")
            return None, HttpResponse(words, status=413, content_type="text/plain; charset=utf-8")
        return request, None

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        answer = self._for_watchers if request.path_info in WATCHED else self._in_turn
        return await answer(request)

    def _answered_by(self, threads: int) -> Callable[[HttpRequest], Awaitable[HttpResponseBase]]:
        pool = ThreadPoolExecutor(threads, "request")
        return sync_to_async(self._answer, thread_sensitive=False, executor=pool)

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        try:
            return self.get_response(request)
        finally:
            close_old_connections()


def _without_body(scope: dict[str, Any]) -> dict[str, Any]:
    """The request as one whose body nobody has read, and whose length says that it is too big."""
    length = (b"content-length", str(settings.MAX_BODY_BYTES + 1).encode())
    others = (header for header in scope["headers"] if header[0] != length[0])
    return {**scope, "headers": [*others, length]}


def _nothing_more() -> Callable[[], Awaitable[Mapping[str, Any]]]:
    """What is received from whoever is not listened to any more."""
    ended = iter([{"type": "http.request", "body": b"", "more_body": False}])

    async def receive() -> Mapping[str, Any]:
        for message in ended:
            return message
        await asyncio.Event().wait()  # until the answer is sent
        return {"type": "http.disconnect"}

    return receive
