"""``/healthz``: whether the shop works, for whoever watches it; what does not, and what to do.

It shows no customer's data and no secret, and answers within seconds whatever hangs: the broker has half a second, the
database five for a connection and two for a question.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import structlog
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from generation import dispatch, figures
from generation.duties import DISPATCH, RECONCILE
from generation.figures import Waiting
from generation.models import Queue

log = structlog.get_logger(__name__)

LATE_SECONDS = 60
QUESTION_MILLISECONDS = 2000


@never_cache
@require_safe
def healthz(_request: HttpRequest) -> JsonResponse:
    """200 where all is well, else 503 with the troubles, each with its remedy."""
    report: dict[str, Any] = {"queues": {queue: {} for queue in Queue.values}}
    troubles = [*_look_at_broker(report), *_look_at_database(report)]
    report = {"status": "trouble" if troubles else "ok", "troubles": troubles, **report}
    return JsonResponse(report, status=503 if troubles else 200)


Trouble = dict[str, str]


def _trouble(what: str, remedy: str) -> Trouble:
    return {"what": what, "remedy": remedy}


def _look_at_broker(report: dict[str, Any]) -> Iterator[Trouble]:
    """The broker, and the workers that have registered with it."""
    try:
        workers = {queue: dispatch.workers_of(queue) for queue in Queue.values}
    except dispatch.Unreachable:
        report["broker"] = "trouble"
        yield _trouble(
            _("The broker does not answer."), _("Start it, or correct REDIS_URL. Nothing is lost; all waits.")
        )
        return
    report["broker"] = "ok"
    for queue, count in workers.items():
        report["queues"][queue]["workers"] = count
        if not count:
            about = {"queue": queue}
            yield _trouble(
                _("No worker listens to the queue “%(queue)s”.") % about,
                _("Start one: manage.py rqworker %(queue)s") % about,
            )


def _look_at_database(report: dict[str, Any]) -> Iterator[Trouble]:
    """The database, and what the rows say about waits and duties."""
    try:
        waiting, paused, done = _read_rows()
    except DatabaseError as error:
        log.warning("health_without_database", error=type(error).__name__)
        report["database"] = "trouble"
        yield _trouble(
            _("The database cannot be used."),
            _("Start it, correct DATABASE_URL, or bring it up to date: manage.py migrate"),
        )
        return
    report["database"] = "ok"
    yield from _look_at_waits(report, waiting, paused)
    yield from _look_at_duties(report, done)


Rows = tuple[dict[str, Waiting], set[str], dict[str, datetime | None]]


def _read_rows() -> Rows:
    if connection.vendor != "postgresql":  # in SQLite who reads waits for nobody; a transaction would, for who writes
        return _rows()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = %s", [QUESTION_MILLISECONDS])
        return _rows()


def _rows() -> Rows:
    return figures.waiting_by_queue(), figures.paused_queues(), figures.duties()


def _look_at_waits(report: dict[str, Any], waiting: dict[str, Waiting], paused: set[str]) -> Iterator[Trouble]:
    for queue, found in waiting.items():
        oldest = round(found.oldest_seconds)
        report["queues"][queue] |= {
            "waiting": found.count, "oldest_wait_seconds": oldest, "paused": queue in paused,
        }  # fmt: skip
        if oldest > settings.HEALTH_WAIT_SECONDS and queue not in paused:
            yield _trouble(
                _("Work has waited in the queue “%(queue)s” for %(seconds)s seconds.")
                % {"queue": queue, "seconds": oldest},
                _("Start more workers, or look at the limits of the queue; HEALTH_WAIT_SECONDS sets what is too long."),
            )


def _look_at_duties(report: dict[str, Any], done: dict[str, datetime | None]) -> Iterator[Trouble]:
    """What the scheduler, and idle workers, do again and again."""
    often = {DISPATCH: settings.GENERATION_DISPATCH_SECONDS, RECONCILE: settings.GENERATION_SWEEP_SECONDS}
    for duty, every in often.items():
        last = done.get(duty)
        ago = round((timezone.now() - last).total_seconds()) if last else None
        report[duty] = {"last_done": last, "seconds_ago": ago}
        if ago is None or ago > LATE_SECONDS + every:
            yield _trouble(
                _("“%(duty)s” has not been done for a while.") % {"duty": duty},
                _("Start the scheduler (manage.py rqcron), or a worker; its log says what keeps it."),
            )
