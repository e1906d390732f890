"""What orders do when generation reports: rows only, inside generation's transaction."""

from typing import Any

from generation.signals import job_closed, job_started

from .services import begin_generating, settle_closed_job


def connect() -> None:
    """Listen to generation. To be called once the apps are ready."""
    job_started.connect(when_job_started, dispatch_uid="orders.job_started")
    job_closed.connect(when_job_closed, dispatch_uid="orders.job_closed")


def when_job_started(*, job: Any, **_: Any) -> None:
    begin_generating(order_id=job.subject, job_id=job.pk)


def when_job_closed(*, job: Any, **_: Any) -> None:
    reason = " ".join(filter(None, (job.error_message, job.error_remedy)))
    settle_closed_job(order_id=job.subject, job_id=job.pk, outcome=job.status, reason=reason)
