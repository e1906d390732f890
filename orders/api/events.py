"""What happens to an order as server-sent events: its moves, its job's moves, progress and log lines.

Events have an id that says how far the three tables were read, so a listener goes on from the last that it saw.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q
from django.utils import timezone, translation

from generation.services import Mark, News, news_of
from orders.models import OrderEvent, SiteOrder

EVENTS_AT_ONCE = 500
_ID = re.compile(r"(\d{1,18})-(\d{1,18})-(\d{1,18})")
_STATE = ("status", "current_job_id", "current_job__status", "current_job__current_step", "current_job__progress")


class Place(NamedTuple):
    """How far a listener has come: the last order event, job event and log line."""

    event: int = 0
    move: int = 0
    line: int = 0

    def __str__(self) -> str:
        return "-".join(map(str, self))

    @classmethod
    def parse(cls, text: str) -> "Place | None":
        match = _ID.fullmatch(text.strip())
        return cls(*map(int, match.groups())) if match else None


@dataclass(frozen=True)
class Report:
    """What a look at the database found for one order: news since its place, and where it stands."""

    place: Place
    events: tuple[OrderEvent, ...] = ()
    news: News = News([], [])  # noqa: RUF009 - nobody writes into it
    state: tuple[Any, ...] = ()

    @property
    def is_news(self) -> bool:
        return bool(self.events or self.news.moves or self.news.lines)


def look(places: Mapping[UUID, Place]) -> dict[UUID, Report]:
    """What there is after each order's place, in four statements; an order that is gone is left out."""
    after = Q(pk__in=())
    for order_id, place in places.items():
        after |= Q(order=order_id, pk__gt=place.event)
    events: dict[UUID, list[OrderEvent]] = {order_id: [] for order_id in places}
    for event in OrderEvent.objects.filter(after).order_by("pk")[:EVENTS_AT_ONCE]:
        events[event.order_id].append(event)
    news = news_of({order_id: Mark(place.move, place.line) for order_id, place in places.items()})
    states = SiteOrder.objects.filter(pk__in=places).values_list("pk", *_STATE)
    return {
        pk: Report(_next(places[pk], events[pk], news[pk]), tuple(events[pk]), news[pk], tuple(state))
        for pk, *state in states
    }


def latest(order_id: UUID) -> Report:
    """Where an order stands, with nothing of what led there."""
    last = OrderEvent.objects.filter(order=order_id).order_by("-pk").values_list("pk", flat=True).first() or 0
    report = look({order_id: Place(event=last)})[order_id]
    return replace(report, events=(), news=News([], []))


def written(report: Report, place: Place, known: tuple[Any, ...], language: str) -> Iterator[bytes]:
    """The report as server-sent events for a listener at ``place`` who knows that state, in their language."""
    with translation.override(language):
        for event in report.events:
            if event.pk > place.event:
                place = place._replace(event=event.pk)
                yield _event("order", _of_order(event), place)
        for move in report.news.moves:
            if move.pk > place.move:
                place = place._replace(move=move.pk)
                yield _event("job", _of_job(move), place)
        for line in report.news.lines:
            if line.pk > place.line:
                place = place._replace(line=line.pk)
                yield _event("log", _of_line(line), place)
        if report.state != known:
            yield _event("state", _of_state(report.state), report.place)


def comment(text: str) -> bytes:
    """Something that keeps the connection open and is no event."""
    return f": {text}\n\n".encode()


def retry(seconds: float) -> bytes:
    """How long a listener waits before it comes again."""
    return f"retry: {round(seconds * 1000)}\n\n".encode()


def _next(place: Place, events: Iterable[OrderEvent], news: News) -> Place:
    return Place(
        max([place.event, *(event.pk for event in events)]),
        max([place.move, *(move.pk for move in news.moves)]),
        max([place.line, *(line.pk for line in news.lines)]),
    )


def _of_order(event: OrderEvent) -> dict[str, Any]:
    return {"at": _time(event.at), "from": event.moved_from, "to": event.moved_to, "reason": event.reason}


def _of_job(move: Any) -> dict[str, Any]:
    told = {"job": str(move.job_id), "at": _time(move.at), "from": move.moved_from, "to": move.moved_to}
    return {**told, "reason": move.reason}


def _of_line(line: Any) -> dict[str, Any]:
    told = {"id": line.pk, "job": str(line.job_id), "at": _time(line.at), "step": line.step, "level": line.level}
    return {**told, "text": line.text}


def _of_state(state: tuple[Any, ...]) -> dict[str, Any]:
    status, job, job_status, step, progress = state
    return {
        "status": status,
        "job": str(job) if job else None,
        "job_status": job_status,
        "step": step or "",
        "progress": progress or 0,
        "at": _time(timezone.now()),
    }


def _time(moment: Any) -> str:
    return str(moment.isoformat().replace("+00:00", "Z"))


def _event(name: str, data: dict[str, Any], place: Place) -> bytes:
    return f"id: {place}\nevent: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode()
