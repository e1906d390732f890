"""Compares rows with the broker and with each other, and mends every difference.

Bounded batches, by the same compare-and-set as everybody's. It says what it mended, a line each.
"""

from collections.abc import Callable, Iterator
from functools import partial

import structlog
from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connections
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import background, closing, dispatch, duties, lease, retries, schedules, troubles
from .errors import StepFailed
from .models import ACTIVE, Queue, Work
from .moves import MoveRefused
from .prepared import Where

log = structlog.get_logger(__name__)

BATCH = 200
FIRE_SECONDS = 0.5
BY = "reconciliation"


def look_after(*, fires: bool = False) -> None:
    """What the scheduler does each second and idle workers at each sweep: send what is due, and mend what is not
    as it should be; ``fires``: start what schedules want, too. What fails is left to the next time."""
    _attend(duties.DISPATCH, dispatch.send_due, every=settings.GENERATION_DISPATCH_SECONDS)
    if fires:
        _attend(duties.SCHEDULES, lambda: schedules.fire_due(timezone.now()), every=FIRE_SECONDS)
    _attend(duties.RECONCILE, partial(reconcile, sends=False), every=settings.GENERATION_SWEEP_SECONDS)


def _attend(duty: str, work: Callable[[], object], *, every: float) -> None:
    """Do a duty; a database that is away, or a defect, must not end the process, nor keep it from the other duties.
    The same failure is logged once."""
    try:
        duties.do(duty, work, every=every)
    except Exception as error:
        if troubles.is_new(duty, error):
            if isinstance(error, DatabaseError):
                log.warning("not_looked_after", duty=duty, error=type(error).__name__)
            else:
                log.exception("duty_failed", duty=duty)
        connections.close_all()
    else:
        if troubles.is_over(duty):
            log.info("duty_done_again", duty=duty)


def reconcile(*, dry_run: bool = False, sends: bool = True) -> list[str]:
    """Mend all differences; returns what was mended in words. ``dry_run`` changes nothing and says what would be.

    ``sends``: also send the messages that are missing, which the dispatcher does anyway.
    """
    mended: list[str] = []
    for rows in background.classes_of_work():
        mended += [*_bring_back(rows, dry_run), *_park_exhausted(rows, dry_run)]
    for mend in background.reconcilers():
        mended += _safely(mend, dry_run)
    mended += _drop_strays(dry_run)
    if sends:
        mended += _send(dry_run)
    for line in mended:
        log.info("mended" if not dry_run else "would_mend", what=line)
    return mended


def _bring_back(rows: type[Work], dry_run: bool) -> Iterator[str]:
    """Moments farther away than anything sets them, since a clock was set back or a hand was at it: nobody would come
    by until then."""
    seconds = background.seconds_of(rows)
    farthest = {
        "message_seen_at": (1.0, 0.0),
        "lease_until": (2.0 * settings.GENERATION_LEASE_SECONDS, settings.GENERATION_LEASE_SECONDS),
        "deadline": (2.0 * seconds, seconds),
        "next_attempt_at": (2.0 * retries.LONGEST_PAUSE_SECONDS, 0.0),
    }
    for column, (limit, back_to) in farthest.items():
        beyond = rows._default_manager.filter(**{f"{column}__gt": lease.from_now(limit)}, status__in=ACTIVE)
        for row in beyond[:BATCH]:
            if not dry_run:
                beyond.filter(pk=row.pk).update(**{column: lease.from_now(back_to)})
            about = {**_about(row), "column": column}
            yield _("%(kind)s %(row)s: “%(column)s” was too far in the future, and is near again") % about


def _park_exhausted(rows: type[Work], dry_run: bool) -> Iterator[str]:
    """Rows whose worker died in their last attempt: they fail here, and not by a message that would be their next."""
    dead = rows._default_manager.filter(lease.OVER, spent__gte=F("max_attempts"))
    for row in dead[:BATCH]:
        if not dry_run:
            try:
                closing.fail(row, StepFailed("attempts_exhausted"), where=Where(lease.OVER), by=BY)
            except MoveRefused:
                continue
        yield _("%(kind)s %(row)s: failed, since its last attempt was interrupted") % _about(row)


def _drop_strays(dry_run: bool) -> Iterator[str]:
    try:
        for queue in Queue.values:
            if strays := dispatch.strays(queue):
                if not dry_run:
                    dispatch.remove(queue, strays)
                count = len(strays)
                words = ngettext(
                    "queue %(queue)s: %(count)s message dropped that no row waits for",
                    "queue %(queue)s: %(count)s messages dropped that no row waits for",
                    count,
                )
                yield words % {"count": count, "queue": queue}
    except dispatch.Unreachable:
        return


def _send(dry_run: bool) -> Iterator[str]:
    if dry_run:
        for rows in background.classes_of_work():
            for row in rows._default_manager.filter(dispatch.due(rows))[:BATCH]:
                yield _("%(kind)s %(row)s: due, and its message has not been seen") % _about(row)
    elif sent := dispatch.send_due():
        yield ngettext("%(count)s message sent", "%(count)s messages sent", sent) % {"count": sent}


def _safely(mend: background.Reconciler, dry_run: bool) -> list[str]:
    """What is wrong with one must not keep the others from mending."""
    try:
        return list(mend(dry_run))
    except DatabaseError:
        raise
    except Exception:
        log.exception("reconciler_failed", reconciler=getattr(mend, "__qualname__", repr(mend)))
        return []


def _about(row: Work) -> dict[str, str]:
    return {"kind": row.kind_of_work, "row": str(row.pk)}
