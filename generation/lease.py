"""Who may write: leases on a row, set and judged by the database's clock."""

from datetime import timedelta
from enum import Enum
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import CharField, DurationField, F, IntegerField, Q
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Coalesce, Now

from .models import JobStatus, Work
from .prepared import Given, Where


class Holding(Enum):
    """What a renewal found: held; closed or given back by this execution; cancelled; past its deadline; another's."""

    HELD = "held"
    DONE = "done"
    CANCELLED = "cancelled"
    LATE = "late"
    OTHER = "other"


def from_now(seconds: float) -> CombinedExpression:
    """A moment by the database's clock."""
    return Now() + timedelta(seconds=seconds)


OVER = Q(status=JobStatus.RUNNING, lease_until__lt=Now())
DUE = (
    Q(status=JobStatus.QUEUED)
    | Q(status=JobStatus.RETRYING) & (Q(next_attempt_at__lte=Now()) | Q(next_attempt_at=None))
    | OVER
)
"""Rows that may be claimed now: nobody has, or nobody alive holds them, and it is not before their time."""


def renew(work: type[Work], row_id: UUID, lease: str) -> Holding:
    """Renew the lease, also after its time as long as nobody else has claimed the row.

    OTHER means that the row names another lease: not claimed yet by this execution, or lost. A row past its deadline
    and the grace after it is not renewed.
    """
    held = from_now(settings.GENERATION_LEASE_SECONDS)
    mine = work._default_manager.filter(pk=row_id, lease=lease)
    in_time = Q(deadline=None) | Q(deadline__gte=from_now(-settings.GENERATION_KILL_GRACE_SECONDS))
    if mine.filter(in_time, status=JobStatus.RUNNING).update(lease_until=held) == 1:
        return Holding.HELD
    match mine.values_list("status", flat=True).first():
        case None:
            return Holding.OTHER
        case JobStatus.RUNNING:
            return Holding.LATE
        case JobStatus.CANCELLED:
            return Holding.CANCELLED
    return Holding.DONE


CLAIMABLE = Q(attempt=Given("former_attempt", IntegerField())) & DUE
HELD = Q(lease=Given("holder", CharField()))
TAKEN: dict[str, Any] = {
    "spent": F("spent") + 1,
    "lease_until": Now() + Given("lease_time", DurationField()),
    "deadline": Now() + Given("time", DurationField()),
    "message_seen_at": None,
    "next_attempt_at": None,
    "started_at": Coalesce("started_at", Now()),
}


def claimable(attempt: int = 1, *, seconds: float = 0) -> Where:
    """A row that a message for this attempt may claim, to be done in so many seconds."""
    times = {"lease_time": timedelta(seconds=settings.GENERATION_LEASE_SECONDS), "time": timedelta(seconds=seconds)}
    return Where(CLAIMABLE, {"former_attempt": attempt - 1, **times})


def held_by(execution: str = "", **given: Any) -> Where:
    """A row that this execution was the last to claim, with what is ``given`` in its changes."""
    return Where(HELD, {"holder": execution, **given})


def take(lease: str, *, attempt: int) -> dict[str, Any]:
    """The changes of a ``claimable`` row that is claimed for this attempt under ``lease``."""
    return {"attempt": attempt, "lease": lease, **TAKEN}
