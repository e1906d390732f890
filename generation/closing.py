"""Ending a job: its last move, its attempt and its version, with the order's move in the same transaction."""

from collections.abc import Callable, Mapping
from typing import Any

import structlog
from django.db.models import Max, Q
from django.db.models.functions import Now

from . import artifacts
from .contracts import Package, SiteReport
from .errors import StepFailed
from .models import Artifact, ArtifactKind, GenerationJob, JobStatus, Outcome, SiteVersion
from .moves import MoveRefused, move
from .signals import job_closed
from .transactions import DATABASE_GONE, retrying

log = structlog.get_logger(__name__)

RECEIVER_ATTEMPTS = 3


def succeed(job: GenerationJob, package: Package, report: SiteReport, *, execution: str, by: str) -> None:
    """Publish the version and close the job, in one transaction. Raises MoveRefused where the lease is lost."""

    def version() -> None:
        _keep_artifacts(job, package)
        newest = SiteVersion.objects.filter(subject=job.subject).aggregate(Max("number"))["number__max"] or 0
        SiteVersion.objects.create(
            subject=job.subject,
            number=newest + 1,
            job=job,
            manifest={path: ref.model_dump() for path, ref in package.manifest.items()},
            report=report.model_dump(mode="json"),
        )

    changes = {"progress": 100, "current_step": ""}
    _close(job, JobStatus.SUCCEEDED, where=Q(lease=execution), by=by, changes=changes, also=version)


def fail(job: GenerationJob, error: StepFailed, traceback: str, *, execution: str, by: str) -> None:
    """Close the job as failed. Raises MoveRefused where the lease is lost."""
    _close(job, JobStatus.FAILED, where=Q(lease=execution), by=by, changes=_error(error, traceback))


def fail_unclaimed(job: GenerationJob, error: StepFailed, *, where: Q, by: str) -> None:
    """Close a job as failed that nobody holds. Raises MoveRefused where its row does not meet ``where``."""
    _close(job, JobStatus.FAILED, where=where, by=by, changes=_error(error))


def _error(error: StepFailed, traceback: str = "") -> dict[str, str]:
    return {"error_code": error.code, "error_detail": error.detail, "error_traceback": traceback}


def _close(
    job: GenerationJob,
    to: JobStatus,
    *,
    where: Q,
    by: str,
    changes: Mapping[str, Any],
    also: Callable[[], None] | None = None,
) -> None:
    """Close with the receivers' rows; after their third failure without them, which is on record."""
    came_from = job.status

    @retrying
    def close(*, tell: bool) -> None:
        job.status = came_from
        reason = changes.get("error_code", "") if tell else "receivers_failed"
        move(job, to, where=where, by=by, reason=reason, lease_until=None, finished_at=Now(), **changes)
        job.attempts.filter(outcome=Outcome.RUNNING).update(
            outcome=Outcome.SUCCEEDED if to == JobStatus.SUCCEEDED else Outcome.FAILED,
            ended_at=Now(),
            error_code=job.error_code,
            error_detail=job.error_detail,
        )
        if also:
            also()
        if tell:
            job_closed.send(GenerationJob, job=job)

    for attempt in range(1, RECEIVER_ATTEMPTS + 1):
        try:
            return close(tell=True)
        except (MoveRefused, *DATABASE_GONE):
            raise
        except Exception:
            log.exception("receiver_failed", job=str(job.pk), attempt=attempt)
    return close(tell=False)


def _keep_artifacts(job: GenerationJob, package: Package) -> None:
    named = [(ArtifactKind.SITE_FILE, path, ref) for path, ref in package.manifest.items()]
    named += [
        (ArtifactKind.ZIP, "site.zip", package.zip),
        (ArtifactKind.REPORT, "report.json", package.report),
        (ArtifactKind.SPEC, "spec.json", package.spec),
    ]
    Artifact.objects.bulk_create(
        Artifact(
            job=job,
            kind=kind,
            name=name,
            path=artifacts.path_of(ref.sha256),
            sha256=ref.sha256,
            size=ref.size,
        )
        for kind, name, ref in named
    )
