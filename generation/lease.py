"""Who may write: leases on a job's row, set and judged by the database's clock."""

from datetime import timedelta
from enum import Enum
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import F, Q
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Now

from .models import GenerationJob, JobStatus


class Holding(Enum):
    """What a renewal found."""

    HELD = "held"
    CLOSED = "closed"
    OTHER = "other"


def until() -> CombinedExpression:
    """The moment until which a lease that is taken or renewed now holds."""
    return Now() + timedelta(seconds=settings.GENERATION_LEASE_SECONDS)


OVER = Q(status=JobStatus.RUNNING, lease_until__lt=Now())


def renew(job_id: UUID, lease: str) -> Holding:
    """Renew the lease, also after its time as long as nobody else has claimed the job.

    OTHER means that the row names another lease: not claimed yet by this execution, or lost.
    """
    mine = GenerationJob.objects.filter(pk=job_id, lease=lease)
    if mine.filter(status=JobStatus.RUNNING).update(lease_until=until()) == 1:
        return Holding.HELD
    return Holding.CLOSED if mine.exists() else Holding.OTHER


def claimable(attempt: int) -> Q:
    """Rows that a message for this attempt may claim: nobody has, and nobody alive holds them."""
    waiting = Q(status__in=(JobStatus.QUEUED, JobStatus.RETRYING))
    return Q(attempt=attempt - 1) & (waiting | OVER)


def take(lease: str) -> dict[str, Any]:
    """The changes of a row that is claimed under ``lease``."""
    return {
        "attempt": F("attempt") + 1,
        "spent": F("spent") + 1,
        "lease": lease,
        "lease_until": until(),
        "message_seen_at": None,
    }
