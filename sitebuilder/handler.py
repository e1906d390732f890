"""Django under ASGI with a bounded number of threads, and so of connections to the database."""

from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.db import close_old_connections
from django.http import HttpRequest
from django.http.response import HttpResponseBase

WATCHED = ("/healthz", "/metrics")
"""Asked by those who watch the web, to be answered also when all turns are taken: they have a thread of their own."""


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
        await self.handle(scope, receive, send)  # Django's own would make it a context with a thread of its own

    def load_middleware(self, is_async: bool = False) -> None:
        """Synchronous as all views are, so that middleware and view are one call in one thread."""
        super().load_middleware(is_async=False)

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
