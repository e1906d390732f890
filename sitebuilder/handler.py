"""Django under ASGI with a bounded number of threads, and so of connections to the database."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from anyio import CapacityLimiter, to_thread
from django.core.handlers.asgi import ASGIHandler
from django.db import close_old_connections
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class Handler(ASGIHandler):
    """Answers so many requests at once; the others wait their turn.

    Django's own starts a thread for each request that arrives, and each thread opens a connection. Here they share a
    few threads. A request takes one when it has arrived whole, and leaves it, its connection closed, before its answer
    is sent: whoever is slow to send or to read holds up nobody. One that was given up keeps its thread until the view
    returns.
    """

    def __init__(self, at_once: int) -> None:
        super().__init__()
        self._turns = CapacityLimiter(at_once)

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
        return await to_thread.run_sync(self._answer, request, limiter=self._turns)

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        try:
            return self.get_response(request)
        finally:
            close_old_connections()
