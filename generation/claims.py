"""Taking a row: the one place that decides whether a message may run now."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

import structlog
from django.db import IntegrityError
from django.db.models import Max

from . import closing, crash, errors, lease, queues
from .models import CLOSED, GenerationJob, JobStatus, Outcome, Work
from .moves import MoveRefused, move, prepare_move
from .prepared import Statement, by_id, prepare_select, select, update, updating
from .signals import Tell, job_started, telling
from .transactions import retrying

log = structlog.get_logger(__name__)

Row = TypeVar("Row", bound=Work)


class Beginning(NamedTuple):
    """How many seconds what a claimed row begins with may take, and what is written of it with the claim."""

    seconds: float
    changes: Mapping[str, Any] = MappingProxyType({})
    also: Sequence[Statement] = ()


def claim(
    rows: type[Row], row_id: UUID, attempt: int, *, execution: str, worker: str, begin: Callable[[Row], Beginning]
) -> Row | None:
    """The row, running under the lease ``execution``; None where this message has nothing to do.

    ``begin`` is asked what the row, as it is once it is claimed, begins with; again where the transaction is repeated.

    That is so for a message of another attempt, for a row that is closed or held by somebody alive, for one whose
    queue is held back (the dispatcher sends again when there is room), and for one that has no attempt left, which
    ends here.
    """

    @retrying
    def take(tell: Tell) -> Row | None:
        row = _take(rows, row_id, attempt, execution=execution, worker=worker, begin=begin)
        if isinstance(row, GenerationJob):
            tell(job_started, row)
        if row:
            crash.reach("claim.taken")
        return row

    try:
        row = telling(take)
    except IntegrityError:
        _count_anew(rows, row_id, attempt)
        return None
    if row:
        crash.reach("claim.committed")
    return row


def _count_anew(rows: type[Row], row_id: UUID, attempt: int) -> None:
    """The row, as it was changed by hand, begins an attempt that is on record already: the next one comes after it."""
    for row in rows._default_manager.filter(lease.DUE, pk=row_id, attempt=attempt - 1):
        last = row.attempt_rows.aggregate(last=Max("number"))["last"]
        rows._default_manager.filter(pk=row_id, attempt=row.attempt).update(attempt=last, message_seen_at=None)
        log.warning("attempts_counted_anew", kind=row.kind_of_work, row=str(row_id), said=row.attempt, attempt=last)


def _take(
    rows: type[Row], row_id: UUID, attempt: int, *, execution: str, worker: str, begin: Callable[[Row], Beginning]
) -> Row | None:
    found = select(rows, by_id(row_id))
    if not found or found[0].status in CLOSED or found[0].attempt != attempt - 1:
        return None
    (row,) = found
    if hold := queues.hold_of(row.queue, lock=True):
        update(rows, by_id(row_id), lease.claimable(attempt), message_seen_at=None)
        log.info("held_back", kind=row.kind_of_work, row=str(row_id), queue=row.queue, reason=hold.reason)
        return None
    try:
        if row.spent >= row.max_attempts:
            exhausted = errors.StepFailed("attempts_exhausted")
            closing.fail(row, exhausted, where=lease.claimable(attempt), by=worker)
            return None
        former = [updating(*row.under_way, outcome=Outcome.INTERRUPTED, ended_at=closing.NOW)] if attempt > 1 else []
        row.attempt = attempt
        seconds, changes, begun = begin(row)
        also = [*former, *row.adding_attempt(attempt, worker=worker, lease=execution), *begun]
        where, taken = lease.claimable(attempt, seconds=seconds), lease.take(execution, attempt=attempt)
        move(row, JobStatus.RUNNING, where=where, by=worker, also=also, **taken, **changes)
    except MoveRefused:
        return None
    return row


def prepare_claim(rows: type[Work], **changes: Any) -> None:
    """Write the statements of a claim with these changes now, and not when a row is claimed."""
    prepare_select(rows, by_id())
    queues.prepare_hold()
    prepare_move(rows, where=lease.claimable(), **lease.take("", attempt=1), **changes)
