"""The moves of a row of work: one table, one writer, compare-and-set, and an event in the same transaction."""

from typing import Any

from django.db.models import Q

from .models import ACTIVE, JobStatus, Work

CAME_FROM: dict[JobStatus, tuple[JobStatus, ...]] = {
    JobStatus.RUNNING: ACTIVE,
    # a job that has ended stays so, and another goes on; rows of other work are opened again (retry_work)
    JobStatus.QUEUED: (JobStatus.RUNNING, JobStatus.FAILED, JobStatus.CANCELLED),
    JobStatus.RETRYING: (JobStatus.RUNNING,),
    JobStatus.SUCCEEDED: (JobStatus.RUNNING,),
    JobStatus.FAILED: ACTIVE,
    JobStatus.CANCELLED: ACTIVE,
}


class MoveRefused(Exception):
    """The row is not in a state from which this move is possible, or is not this execution's to move."""


def move(  # the one writer of a row's status
    row: Work,
    to: JobStatus,
    *,
    where: Q,
    by: str,
    reason: str = "",
    **changes: Any,
) -> None:
    """Move ``row`` as it was read, if it still allows it and meets ``where``; raise MoveRefused otherwise.

    Call it inside a transaction. ``row`` has the new state afterwards.
    """
    came_from = row.status
    rows = type(row)._default_manager.filter(where, pk=row.pk, status=came_from)
    if came_from not in CAME_FROM[to] or rows.update(status=to, **changes) != 1:
        raise MoveRefused(f"{row.kind_of_work} {row.pk}: {came_from} → {to}")
    row.record_move(moved_from=came_from, moved_to=to, by=by, reason=reason)
    row.status = to
    for name, value in changes.items():
        if hasattr(value, "resolve_expression"):
            row.__dict__.pop(name, None)  # the database knows; it is read when it is asked for
        else:
            setattr(row, name, value)
