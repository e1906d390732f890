"""How the engine stands, in figures, for those who watch it.

All of it is counted in the database, because many processes share the work. What happened is counted for the last
hour, by the index over the times of attempts: the cost grows with that hour's work, and not with the history.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Max, Min, Q, QuerySet
from django.db.models.functions import Coalesce, Now
from django.utils import timezone

from . import lease
from .background import classes_of_work
from .lease import from_now
from .models import ACTIVE, BackgroundAttempt, Duty, GenerationJob, JobAttempt, JobStatus, Queue, QueueControl, StepRun
from .queues import PAUSED

WINDOW_SECONDS = 3600

_DUE = Q(status=JobStatus.QUEUED) | Q(status=JobStatus.RETRYING, next_attempt_at__lte=Now())
_TOOK = ExpressionWrapper(F("ended_at") - F("started_at"), output_field=DurationField())
_WAITED = ExpressionWrapper(F("started_at") - F("job__created_at"), output_field=DurationField())


@dataclass(frozen=True)
class Waiting:
    """What waits in a queue to be taken now: how many rows, and for how many seconds the oldest."""

    count: int = 0
    oldest_seconds: float = 0


@dataclass(frozen=True)
class Durations:
    """How long things took in seconds: how many there were, their mean, and the longest."""

    count: int
    mean: float
    longest: float


def waiting_by_queue() -> dict[str, Waiting]:
    """What waits in each queue, of every kind of work."""
    found = dict.fromkeys(Queue.values, Waiting())
    for rows in classes_of_work():
        due = rows._default_manager.filter(_DUE).order_by().values("queue")
        oldest = Min(Coalesce("next_attempt_at", "created_at"))
        for queue, count, since in due.annotate(rows=Count("pk"), since=oldest).values_list("queue", "rows", "since"):
            before = found[queue]
            found[queue] = Waiting(before.count + count, max(before.oldest_seconds, _seconds_since(since)))
    return found


def paused_queues() -> set[str]:
    return set(QueueControl.objects.filter(PAUSED).values_list("queue", flat=True))


def duties() -> dict[str, datetime | None]:
    """When each duty was last done."""
    return dict(Duty.objects.values_list("name", "done_at"))


def active_jobs() -> dict[tuple[str, str], int]:
    """How many jobs of each kind are in each state in which there is something to be done."""
    active = GenerationJob.objects.filter(status__in=ACTIVE).order_by()
    return {(kind, status): count for kind, status, count in active.values_list("kind", "status").annotate(Count("pk"))}


def active_background() -> dict[tuple[str, str], int]:
    """The same for other background work."""
    return {
        (rows.kind_of_work, status): count
        for rows in classes_of_work()
        if rows is not GenerationJob
        for status, count in rows._default_manager.filter(status__in=ACTIVE)
        .order_by()
        .values_list("status")
        .annotate(Count("pk"))
    }


def leases_over() -> int:
    """How many rows are held by a worker that has not been heard of for the time of a lease."""
    return sum(rows._default_manager.filter(lease.OVER).count() for rows in classes_of_work())


def attempts() -> dict[tuple[str, str, str], int]:
    """How many attempts began within the window, by kind of work, how they ended, and the code of their error."""
    of_jobs, of_others = JobAttempt.objects.all(), BackgroundAttempt.objects.all()
    return {
        (kind, outcome, code): count
        for column, tries in (("job__kind", of_jobs), ("kind", of_others))
        for kind, outcome, code, count in _recent(tries)
        .values_list(column, "outcome", "error_code")
        .annotate(Count("pk"))
    }


def step_durations() -> dict[str, Durations]:
    """How long the steps took of jobs that were tried within the window."""
    jobs = JobAttempt.objects.filter(started_at__gte=from_now(-WINDOW_SECONDS)).values("job")
    ended = StepRun.objects.filter(job__in=jobs, ended_at__gte=from_now(-WINDOW_SECONDS), part="").order_by()
    return _durations(ended.annotate(took=_TOOK).values_list("step"))


def waits() -> dict[str, Durations]:
    """How long jobs whose first attempt began within the window had waited for it, by queue."""
    first = _recent(JobAttempt.objects.filter(number=1))
    return _durations(first.annotate(took=_WAITED).values_list("job__queue"))


def _recent(tries: QuerySet[Any]) -> QuerySet[Any]:
    return tries.filter(started_at__gte=from_now(-WINDOW_SECONDS)).order_by()


def _durations(grouped: QuerySet[Any, Any]) -> dict[str, Durations]:
    counted = grouped.annotate(Count("pk"), Avg("took"), Max("took"))
    return {
        name: Durations(count, mean / timedelta(seconds=1), longest / timedelta(seconds=1))
        for name, count, mean, longest in counted
    }


def _seconds_since(moment: datetime) -> float:
    return max((timezone.now() - moment).total_seconds(), 0)
