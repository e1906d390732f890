"""The moves of a row of work: one table, one writer, compare-and-set, and an event in the same transaction."""

from collections.abc import Sequence
from typing import Any

from django.db.models import CharField, Q

from .models import ACTIVE, JobStatus, Work
from .prepared import Given, Statement, Where, by_id, prepare_update, send, update

CAME_FROM: dict[JobStatus, tuple[JobStatus, ...]] = {
    JobStatus.RUNNING: ACTIVE,
    # a job that has ended stays so, and another goes on; rows of other work are opened again (retry_work)
    JobStatus.QUEUED: (JobStatus.RUNNING, JobStatus.FAILED, JobStatus.CANCELLED),
    JobStatus.RETRYING: (JobStatus.RUNNING,),
    JobStatus.SUCCEEDED: (JobStatus.RUNNING,),
    JobStatus.FAILED: ACTIVE,
    JobStatus.CANCELLED: ACTIVE,
}


AS_READ = Q(status=Given("came_from", CharField()))


class MoveRefused(Exception):
    """The row is not in a state from which this move is possible, or is not this execution's to move."""


def move(  # the one writer of a row's status
    row: Work,
    to: JobStatus,
    *,
    where: Where,
    by: str,
    reason: str = "",
    also: Sequence[Statement] = (),
    **changes: Any,
) -> None:
    """Move ``row`` as it was read, if it still allows it and meets ``where``, and run the statements that belong to the
    move; raise MoveRefused otherwise.

    Call it inside a transaction. ``row`` has the new state afterwards.
    """
    came_from = row.status
    as_read = Where(AS_READ, {"came_from": came_from})
    is_lawful = came_from in CAME_FROM[to]
    if not is_lawful or update(type(row), by_id(row.pk), as_read, where, status=to, **changes) != 1:
        raise MoveRefused(f"{row.kind_of_work} {row.pk}: {came_from} → {to}")
    send([*row.recording_move(moved_from=came_from, moved_to=to, by=by, reason=reason), *also])
    row.status = to
    for name, value in changes.items():
        if hasattr(value, "resolve_expression"):
            row.__dict__.pop(name, None)  # the database knows; it is read when it is asked for
        else:
            setattr(row, name, value)


def prepare_move(rows: type[Work], *, where: Where, **changes: Any) -> None:
    """Write the statement of a move now, and not when it is made."""
    prepare_update(rows, by_id(), Where(AS_READ), where, status="", **changes)
