"""What holds a queue back: a pause, how many may run at once, how many may start a minute."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import CharField, Q
from django.db.models.functions import Now

from .background import classes_of_work
from .lease import from_now
from .models import BackgroundAttempt, JobAttempt, JobStatus, QueueControl
from .prepared import Given, Where, prepare_select, select
from .transactions import retrying

PAUSED = Q(paused_at__isnull=False) & (Q(paused_until=None) | Q(paused_until__gt=Now()))


CONTROL = Q(queue=Given("queue", CharField()))


@dataclass(frozen=True)
class Hold:
    """Why a queue lets nothing start now: ``reason`` is paused, running or starts."""

    reason: str
    control: QueueControl


def hold_of(queue: str, *, lock: bool = False) -> Hold | None:
    """What holds the queue back now. ``lock`` makes those who ask wait for each other, until their transactions end."""
    found = select(QueueControl, Where(CONTROL, {"queue": queue}), lock=lock)
    if not found:
        return None
    (control,) = found
    if control.paused_at and QueueControl.objects.filter(PAUSED, queue=queue).exists():
        return Hold("paused", control)
    if control.max_running is not None and running(queue) >= control.max_running:
        return Hold("running", control)
    if control.max_starts_a_minute is not None and starts(queue) >= control.max_starts_a_minute:
        return Hold("starts", control)
    return None


def prepare_hold() -> None:
    """Write the statement by which a worker asks now, and not when it asks."""
    prepare_select(QueueControl, Where(CONTROL), lock=True)


def rooms() -> dict[str, int]:
    """How many more rows may start now, of each queue that something limits."""
    paused = set(QueueControl.objects.filter(PAUSED).values_list("queue", flat=True))
    return {
        control.queue: 0 if control.queue in paused else max(min(left), 0)
        for control in QueueControl.objects.all()
        if (left := list(_left(control))) or control.queue in paused
    }


def _left(control: QueueControl) -> Iterator[int]:
    if control.max_running is not None:
        yield control.max_running - running(control.queue)
    if control.max_starts_a_minute is not None:
        yield control.max_starts_a_minute - starts(control.queue)


def running(queue: str) -> int:
    """How many rows of the queue are held by somebody alive."""
    live = Q(queue=queue, status=JobStatus.RUNNING, lease_until__gte=Now())
    return sum(work._default_manager.filter(live).count() for work in classes_of_work())


def starts(queue: str) -> int:
    """How many attempts have begun within the last minute."""
    recent = Q(started_at__gte=from_now(-60), started_at__lte=Now())
    jobs = JobAttempt.objects.filter(recent, job__queue=queue).count()
    return jobs + BackgroundAttempt.objects.filter(recent, queue=queue).count()


@retrying
def pause_queue(*, queue: str, by: str, why: str, until: datetime | None = None) -> None:
    """Let nothing of the queue start any more, until a moment or until it is let go on. What runs goes on."""
    paused = {"paused_at": Now(), "paused_by": by, "paused_why": why, "paused_until": until}
    QueueControl.objects.update_or_create(queue=queue, defaults=paused)


@retrying
def resume_queue(*, queue: str) -> None:
    """Let a paused queue go on. Nothing changes where it is not paused."""
    QueueControl.objects.filter(queue=queue).update(paused_at=None, paused_by="", paused_why="", paused_until=None)


@retrying
def set_limits(*, queue: str, max_running: int | None, max_starts_a_minute: int | None) -> None:
    """How many of the queue may run at once and may start a minute, at least 1 each; None for no limit."""
    limits = {"max_running": max_running, "max_starts_a_minute": max_starts_a_minute}
    QueueControl.objects.update_or_create(queue=queue, defaults=limits)
