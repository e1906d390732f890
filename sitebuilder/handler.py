"""Django under ASGI with a bounded number of threads, and so of connections to the database, and bounded bodies."""

import os
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import IO, Any

from asgiref.sync import sync_to_async
from django.conf import settings
from django.core.exceptions import RequestAborted, RequestDataTooBig
from django.core.handlers.asgi import ASGIHandler, ASGIRequest
from django.db import close_old_connections
from django.http import HttpRequest
from django.http.response import HttpResponseBase

WATCHED = ("/healthz", "/metrics")
"""Asked by those who watch the web, to be answered also when all turns are taken: they have a thread of their own."""
Receive = Callable[[], Awaitable[Mapping[str, Any]]]


class _TooBig(Exception):
    """More has come than may be sent."""


class _Unread(BytesIO):
    """What has come of such a body: whoever looks at its length can say so, whoever reads it is told so."""

    def read(self, size: int | None = -1, /) -> bytes:
        raise RequestDataTooBig


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
        receive: Receive,
        send: Callable[[Mapping[str, Any]], Awaitable[None]],
    ) -> None:
        try:
            await self.handle(scope, receive, send)  # Django's own would make it a context with a thread of its own
        except _TooBig:
            made = self.create_request(_without_body(scope), _Unread())
            response = made[1] if made[0] is None else await self.run_get_response(made[0])
            await self.send_response(response, send)
            response.close()

    def load_middleware(self, is_async: bool = False) -> None:
        """Synchronous as all views are, so that middleware and view are one call in one thread."""
        super().load_middleware(is_async=False)

    async def read_body(self, receive: Receive) -> IO[bytes]:
        """Raises _TooBig, where Django's own would fill the disk before anybody could refuse it."""
        left = settings.MAX_BODY_BYTES

        async def bounded() -> Mapping[str, Any]:
            nonlocal left
            message = await receive()
            left -= len(message.get("body", b""))
            return message if left >= 0 else {"type": "http.disconnect"}

        try:
            return await super().read_body(bounded)
        except RequestAborted:
            if left < 0:
                raise _TooBig from None
            raise

    def create_request(
        self, scope: Mapping[str, Any], body_file: IO[bytes]
    ) -> tuple[ASGIRequest, None] | tuple[None, HttpResponseBase]:
        """Tell how long a body is that came in chunks: without a length it would be read as none."""
        made = super().create_request(scope, body_file)
        if (request := made[0]) and (size := body_file.seek(0, os.SEEK_END)):
            request.META.setdefault("CONTENT_LENGTH", str(size))
        body_file.seek(0)
        return made

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


def _without_body(scope: Mapping[str, Any]) -> dict[str, Any]:
    """The request whose body was not read, with a length that says that it is too big."""
    length = (b"content-length", str(settings.MAX_BODY_BYTES + 1).encode())
    others = (header for header in scope["headers"] if header[0] != length[0])
    return {**scope, "headers": [*others, length]}
