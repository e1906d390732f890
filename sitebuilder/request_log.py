"""A log line for every request that reaches Django."""

import time
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

log = structlog.get_logger(__name__)


class RequestLog:
    """Middleware: method, route, status and duration; never the path itself, which may hold a customer's link."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.monotonic()
        response = self.get_response(request)
        log.info(
            "request",
            method=request.method,
            route=f"/{request.resolver_match.route}" if request.resolver_match else None,
            status=response.status_code,
            milliseconds=round((time.monotonic() - began) * 1000),
        )
        return response
