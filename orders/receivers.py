"""What orders do when generation reports: rows only, inside generation's transaction."""

from collections.abc import Sequence
from typing import Any

from generation.signals import job_closed, job_started, job_waiting, jobs_requested, worker_begins

from .builds import begin_generating, follow_requests, settle_closed_job, wait_again, words_of_end
from .moves import prepare_move
from .webhooks.events import prepare_telling, tell_failed_step, tell_jobs


def connect() -> None:
    """Listen to generation. To be called once the apps are ready."""
    worker_begins.connect(when_worker_begins, dispatch_uid="orders.worker_begins")
    jobs_requested.connect(when_jobs_requested, dispatch_uid="orders.jobs_requested")
    job_started.connect(when_job_started, dispatch_uid="orders.job_started")
    job_waiting.connect(when_job_waiting, dispatch_uid="orders.job_waiting")
    job_closed.connect(when_job_closed, dispatch_uid="orders.job_closed")


def when_worker_begins(**_: Any) -> None:
    prepare_move()
    prepare_telling()


def when_jobs_requested(*, jobs: Sequence[Any], **_: Any) -> None:
    follow_requests(jobs=jobs)
    tell_jobs("job.requested", *jobs)


def when_job_started(*, job: Any, **_: Any) -> None:
    if begin_generating(order_id=job.subject, job_id=job.pk):
        tell_jobs("job.started", job)


def when_job_waiting(*, job: Any, **_: Any) -> None:
    wait_again(order_id=job.subject, job_id=job.pk, reason=job.error_message)
    if job.status == "retrying":  # else it was handed back whole
        tell_failed_step(job, will_retry=True)
    tell_jobs("job.waiting", job)


def when_job_closed(*, job: Any, **_: Any) -> None:
    if settle_closed_job(order_id=job.subject, job_id=job.pk, outcome=job.status, reason=words_of_end(job)):
        if job.status == "failed":
            tell_failed_step(job, will_retry=False)
        tell_jobs(f"job.{job.status}", job)
