"""Why is it not running? The exact reason why a row of work stands where it stands, as data and in words."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from . import background, dispatch, duties, queues
from .lease import from_now
from .models import WAITING, Duty, JobStatus, Queue, Work

LATE_SWEEPS = 3


@dataclass(frozen=True)
class Explanation:
    """``code`` is stable; ``message`` and ``remedy`` are in the reader's language. ``data`` holds names and numbers."""

    code: str
    message: str
    remedy: str
    since: datetime | None = None
    until: datetime | None = None
    data: dict[str, Any] = field(default_factory=dict)


def explain(row: Work) -> Explanation:
    """The reason why the row is not running, or that it is, as the database has it now.

    The caller's row stays as it was read: a page that shows it beside others would else show two moments in one.
    """
    row = type(row)._default_manager.only(*(column.name for column in Work._meta.fields)).get(pk=row.pk)
    match row.status:
        case JobStatus.SUCCEEDED:
            return Explanation("succeeded", _("It is finished."), _("Nothing is due."), since=row.finished_at)
        case JobStatus.FAILED:
            return Explanation(row.error_code or "failed", row.error_message, row.error_remedy, since=row.finished_at)
        case JobStatus.CANCELLED:
            return Explanation(
                "cancelled", _("It was cancelled."), _("Retry it if it shall go on."), since=row.finished_at
            )
        case JobStatus.RUNNING:
            return _running(row)
    return next(_reasons(row))


def _running(row: Work) -> Explanation:
    attempt = row.attempt_rows.order_by("-number").first()
    about = {"worker": attempt.worker if attempt else "", "until": _time(row.lease_until), "attempt": row.attempt}
    if type(row)._default_manager.filter(pk=row.pk, lease_until__gte=Now()).exists():
        words = _("It is running: worker %(worker)s holds it until %(until)s, and goes on renewing that.") % about
        return Explanation(
            "running", words, _("Nothing: it goes on."), since=row.started_at, until=row.lease_until, data=about
        )
    words = _("Its worker %(worker)s has not been heard of; its hold on the work ended at %(until)s.") % about
    remedy = _("Nothing: it goes on by itself from its last finished step, as soon as a worker takes it.")
    return Explanation("lease_over", words, remedy, since=row.lease_until, data=about)


def _reasons(row: Work) -> Iterator[Explanation]:
    """What keeps a waiting row from running, the nearest cause first."""
    waits = type(row)._default_manager.filter(pk=row.pk, next_attempt_at__gt=Now(), status=JobStatus.RETRYING)
    if waits.exists():
        about = {"at": _time(row.next_attempt_at), "error": row.error_message, "spent": row.spent}
        words = _("It is tried again at %(at)s. The last attempt ended so: %(error)s") % about
        yield Explanation("next_attempt", words, row.error_remedy, until=row.next_attempt_at, data=about)
    if hold := queues.hold_of(row.queue):
        yield _held_back(row, hold)
    try:
        workers = dispatch.workers_of(row.queue)
    except dispatch.Unreachable:
        words = _("The broker cannot be reached, so no worker hears of it.")
        yield Explanation("broker_unreachable", words, dispatch.missing_broker())
        return
    about = {"queue": Queue(row.queue).label, "place": place(row), "workers": workers}
    if not workers:
        words = _("No worker listens to the queue “%(queue)s”.") % about
        yield Explanation("no_worker", words, _("Start one: manage.py rqworker"), data=about)
    if row.message_seen_at is None and (last := _silent_dispatcher()):
        words = _("Nobody has sent messages to the workers since %(last)s.") % {"last": _time(last.done_at)}
        yield Explanation("dispatcher_silent", words, _("Start the scheduler: manage.py rqcron"), since=last.done_at)
    words = _("It waits for a worker: number %(place)s in the queue “%(queue)s”.") % about
    yield Explanation("waiting", words, _("Nothing: it is taken as soon as a worker is free."), data=about)


def _held_back(row: Work, hold: queues.Hold) -> Explanation:
    control = hold.control
    about = {
        "queue": Queue(row.queue).label, "by": control.paused_by, "why": control.paused_why,
        "since": _time(control.paused_at), "running": control.max_running, "starts": control.max_starts_a_minute,
        "place": place(row),
    }  # fmt: skip
    if hold.reason == "paused":
        words = _("The queue “%(queue)s” is paused by %(by)s since %(since)s: %(why)s") % about
        until, since = control.paused_until, control.paused_at
        return Explanation("paused", words, _("Let the queue go on, if the reason is gone."), since, until, about)
    if hold.reason == "running":
        words = _("As many run in the queue “%(queue)s” as may at once (%(running)s); it is number %(place)s.") % about
    else:
        words = _("As many have started in the queue “%(queue)s” as may a minute (%(starts)s); it is number %(place)s.")
        words %= about
    return Explanation(f"limit_{hold.reason}", words, _("Nothing: it is taken when there is room."), data=about)


def place(row: Work) -> int:
    """The row's place among those that wait in its queue, from 1."""
    before = Q(queue=row.queue, status__in=WAITING, created_at__lt=row.created_at)
    others = (rows._default_manager.filter(before).exclude(pk=row.pk) for rows in background.classes_of_work())
    return 1 + sum(rows.count() for rows in others)


def _silent_dispatcher() -> Duty | None:
    """The duty of sending, where it has not been done for long."""
    late = from_now(-LATE_SWEEPS * settings.GENERATION_SWEEP_SECONDS)
    return Duty.objects.filter(name=duties.DISPATCH, done_at__lt=late).first()


def _time(moment: datetime | None) -> str:
    return date_format(localtime(moment), "DATETIME_FORMAT") if moment else "?"
