"""What each queue has to do, who does it, and what holds it back."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min, Q
from django.db.models.functions import Coalesce, Now

from . import dispatch, queues
from .background import classes_of_work
from .models import WAITING, JobStatus, Queue, QueueControl


@dataclass(frozen=True)
class Load:
    """One queue now. ``workers`` is None where no broker answers; ``oldest`` is since when the first in it waits."""

    queue: Queue
    waiting: int
    running: int
    starts: int
    workers: int | None
    oldest: datetime | None
    control: QueueControl
    is_paused: bool


def loads() -> list[Load]:
    """Every queue, whether or not something was ever said of it."""
    controls = {control.queue: control for control in QueueControl.objects.all()}
    paused = set(QueueControl.objects.filter(queues.PAUSED).values_list("queue", flat=True))
    return [_load(queue, controls.get(queue) or QueueControl(queue=queue), queue in paused) for queue in Queue]


def _load(queue: Queue, control: QueueControl, is_paused: bool) -> Load:
    here = Q(queue=queue, status__in=WAITING)
    due = Q(status=JobStatus.QUEUED) | Q(next_attempt_at=None) | Q(next_attempt_at__lte=Now())
    waiting, first = 0, []
    for rows in classes_of_work():
        waiting += rows._default_manager.filter(here).count()
        since = rows._default_manager.filter(here & due).aggregate(at=Min(Coalesce("next_attempt_at", "created_at")))
        first.append(since["at"])
    return Load(
        queue=queue,
        waiting=waiting,
        running=queues.running(queue),
        starts=queues.starts(queue),
        workers=_workers(queue),
        oldest=min(filter(None, first), default=None),
        control=control,
        is_paused=is_paused,
    )


def _workers(queue: Queue) -> int | None:
    try:
        return dispatch.workers_of(queue)
    except dispatch.Unreachable:
        return None
