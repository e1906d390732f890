"""Taking a job: the one place that decides whether a message may run now."""

from uuid import UUID

from django.db.models.functions import Coalesce, Now

from . import errors, lease
from .closing import fail_unclaimed
from .models import CLOSED, GenerationJob, JobAttempt, JobStatus, Outcome
from .moves import MoveRefused, move
from .signals import job_started
from .transactions import retrying


@retrying
def claim(job_id: UUID, attempt: int, *, execution: str, worker: str) -> GenerationJob | None:
    """The job, running under the lease ``execution``; None where this message has nothing to do.

    That is so for a message of another attempt, for a job that is closed or held by somebody alive,
    and for one that has no attempt left, which ends here.
    """
    job = GenerationJob.objects.filter(pk=job_id).first()
    if job is None or job.status in CLOSED:
        return None
    try:
        if job.spent >= job.max_attempts:
            fail_unclaimed(job, errors.StepFailed("attempts_exhausted"), where=lease.claimable(attempt), by=worker)
            return None
        move(
            job,
            JobStatus.RUNNING,
            where=lease.claimable(attempt),
            by=worker,
            started_at=Coalesce("started_at", Now()),
            next_attempt_at=None,
            **lease.take(execution),
        )
    except MoveRefused:
        return None
    job.attempts.filter(outcome=Outcome.RUNNING).update(outcome=Outcome.INTERRUPTED, ended_at=Now())
    JobAttempt.objects.create(job=job, number=job.attempt, worker=worker, lease=execution)
    job_started.send(GenerationJob, job=job)
    return job
