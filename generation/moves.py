"""The moves of a job: one table, one writer, compare-and-set, and an event in the same transaction."""

from typing import Any

from django.db.models import Q, QuerySet

from .models import GenerationJob, JobEvent, JobStatus

CAME_FROM: dict[JobStatus, tuple[JobStatus, ...]] = {
    JobStatus.RUNNING: (JobStatus.QUEUED, JobStatus.RETRYING, JobStatus.RUNNING),
    JobStatus.SUCCEEDED: (JobStatus.RUNNING,),
    JobStatus.FAILED: (JobStatus.QUEUED, JobStatus.RETRYING, JobStatus.RUNNING),
}


class MoveRefused(Exception):
    """The job is not in a state from which this move is possible, or is not this execution's to move."""


def move(  # the one writer of a job's status
    job: GenerationJob,
    to: JobStatus,
    *,
    where: Q,
    by: str,
    reason: str = "",
    **changes: Any,
) -> None:
    """Move ``job`` as it was read, if its row still allows it and meets ``where``; raise MoveRefused otherwise.

    Call it inside a transaction. ``job`` has the new state of its row afterwards.
    """
    rows: QuerySet[GenerationJob] = GenerationJob.objects.filter(where, pk=job.pk, status=job.status)
    if job.status not in CAME_FROM[to] or rows.update(status=to, **changes) != 1:
        raise MoveRefused(f"job {job.pk}: {job.status} → {to}")
    JobEvent.objects.create(job=job, moved_from=job.status, moved_to=to, by=by, reason=reason)
    job.refresh_from_db()
