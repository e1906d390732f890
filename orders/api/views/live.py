"""What happens to an order, as it happens."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework.response import Response

from orders.api import events
from orders.api.events import Place
from orders.api.problems import Problem, field_error
from orders.api.schema import operation
from orders.api.streams import KEY, Stream

from .base import OrderView
from .orders import READ

MEDIA_TYPE = "text/event-stream"
RETRY_SECONDS = 2
HEADER = "Last-Event-ID"
EVENT = {
    "type": "object",
    "description": "One event; `data` is JSON.",
    "properties": {
        "event": {"type": "string", "enum": ["state", "order", "job", "log"]},
        "id": {"type": "string"},
        "data": {"type": "string", "contentMediaType": "application/json"},
    },
}


class Events(OrderView):
    tag = "generation"
    name = "order_events"

    @operation(
        READ,
        "Listen to an order",
        "Server-sent events: `state` (where it stands: status, step, progress), `order` and `job` (moves), `log` "
        "(lines). Resumed by `Last-Event-ID`; without it the first event is the state as it is now. A connection is "
        "ended after a while; come again.",
        asks=[
            OpenApiParameter(
                HEADER,
                {"type": "string", "pattern": r"^[0-9]{1,18}-[0-9]{1,18}-[0-9]{1,18}$"},
                OpenApiParameter.HEADER,
                description="The id of the last event that was seen.",
            )
        ],
        gives={(200, MEDIA_TYPE): OpenApiResponse(EVENT, "Events, as they happen.")},  # type: ignore[dict-item]
    )
    def get(self, request: Any, **_ids: Any) -> HttpResponse | Response:
        order_id, language = self.reached(), get_language()
        seen = request.headers.get(HEADER)
        if seen is None:
            report = events.latest(order_id)
            place = report.place
        else:
            place = self._place(seen)
            report = events.look({order_id: place})[order_id]
        body = events.retry(RETRY_SECONDS) + b"".join(events.written(report, place, (), language))
        scope = getattr(request._request, "scope", {})  # without ASGI what there is now is all
        scope[KEY] = Stream(order_id, report.place, report.state, language, settings.API_STREAM_SECONDS)
        return HttpResponse(
            body,
            content_type=MEDIA_TYPE,
            headers={"Cache-Control": "no-cache, no-transform", "X-Accel-Buffering": "no"},
        )

    def _place(self, seen: str) -> Place:
        place = Place.parse(seen)
        if place is None:
            raise Problem("invalid_request", errors=[field_error(HEADER, "invalid", _("This is no id of an event."))])
        return place
