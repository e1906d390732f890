"""Ending a row of work: its last move and its attempt; of a job its version too, and the order's move with it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db.models import Q, UUIDField
from django.db.models.functions import Now

from . import artifacts, crash, lease
from .contracts import Package, SiteReport
from .errors import StepFailed
from .models import Artifact, ArtifactKind, GenerationJob, JobStatus, Outcome, SiteVersion, Work
from .moves import move, prepare_move
from .prepared import Given, Statement, Where, inserting, prepare_select, prepare_update, select, updating
from .signals import Tell, job_closed, tell_anyway, telling
from .transactions import retrying

_OUTCOMES = {
    JobStatus.SUCCEEDED: Outcome.SUCCEEDED,
    JobStatus.FAILED: Outcome.FAILED,
    JobStatus.CANCELLED: Outcome.CANCELLED,
}


NOW = Now()  # one and the same, so that a statement with it is found again at once
ENDED = {"lease_until": None, "deadline": None, "next_attempt_at": None, "finished_at": NOW}
WITHOUT_ERROR: dict[str, Any] = {"error_code": "", "error_detail": ""}
FINISHED = {"progress": 100, "current_step": ""}
SUBJECT = Q(subject=Given("subject", UUIDField()))
IDENTITY = ("job", "number")


def publish(
    job: GenerationJob, package: Package, report: SiteReport, *, execution: str, by: str, also: Sequence[Statement]
) -> None:
    """Make the version and close the job, and run ``also``, in one transaction, which may be repeated.

    Raises MoveRefused where the lease is lost.
    """

    def version() -> list[Statement]:
        numbers = {
            each.job_id: each.number
            for each in select(SiteVersion, Where(SUBJECT, {"subject": job.subject}), only=IDENTITY)
        }
        if job.pk in numbers:
            return [*also]  # a job that was closed and opened by hand: a version never changes
        made = SiteVersion(
            subject=job.subject,
            number=max(numbers.values(), default=0) + 1,
            job=job,
            manifest={path: ref.model_dump() for path, ref in package.manifest.items()},
            report=report.model_dump(mode="json"),
        )
        return [*also, *inserting(_artifacts(job, package)), *inserting([made])]

    where = lease.held_by(execution)
    _close(job, JobStatus.SUCCEEDED, where=where, by=by, changes={**WITHOUT_ERROR, **FINISHED}, also=version)


def prepare_publishing() -> None:
    """Write the statements of publishing now, and not when a job ends."""
    prepare_move(GenerationJob, where=lease.held_by(), **ENDED, **WITHOUT_ERROR, **FINISHED)
    prepare_select(SiteVersion, Where(SUBJECT), only=IDENTITY)
    prepare_update(*GenerationJob().under_way, outcome="", ended_at=NOW, **WITHOUT_ERROR)


def succeed(row: Work, changes: Mapping[str, Any], *, execution: str, by: str) -> None:
    """Close a row of other work as done. Raises MoveRefused where the lease is lost."""
    _close(row, JobStatus.SUCCEEDED, where=lease.held_by(execution), by=by, changes={**WITHOUT_ERROR, **changes})


def fail(row: Work, error: StepFailed, *, where: Where, by: str, traceback: str = "") -> None:
    """Close the row as failed. Raises MoveRefused where it does not meet ``where``."""
    _close(row, JobStatus.FAILED, where=where, by=by, changes=columns_of(error, traceback))


def cancel(row: Work, *, by: str, reason: str) -> None:
    """Close the row as cancelled, whoever holds it. Raises MoveRefused where it has moved since it was read."""
    _close(row, JobStatus.CANCELLED, where=Where(Q()), by=by, reason=reason, changes={})


def columns_of(error: StepFailed, traceback: str = "") -> dict[str, str]:
    """An error as columns of a row."""
    return {"error_code": error.code, "error_detail": error.detail, "error_traceback": traceback}


def _close(
    row: Work,
    to: JobStatus,
    *,
    where: Where,
    by: str,
    changes: Mapping[str, Any],
    reason: str = "",
    also: Callable[[], list[Statement]] = list,
) -> None:
    """Close with the receivers' rows; in the end whatever they do, which is on record."""
    came_from = row.status
    name = "cancel" if to == JobStatus.CANCELLED else "finish"

    @retrying
    def close(tell: Tell) -> None:
        row.status = came_from
        why = "receivers_failed" if tell is tell_anyway else reason or changes.get("error_code", "")
        statements = [*ending_attempt(row, _OUTCOMES[to], changes), *also()]
        move(row, to, where=where, by=by, reason=why, also=statements, **ENDED, **changes)
        if to != JobStatus.SUCCEEDED:
            row.stop_steps()
        crash.reach(f"{name}.moved")
        if isinstance(row, GenerationJob):
            tell(job_closed, row)
            if to != JobStatus.CANCELLED:
                crash.reach("finish.received")

    try:
        telling(close)
    except Exception:
        row.status = came_from  # as the database has it
        raise
    crash.reach(f"{name}.committed")


def ending_attempt(row: Work, outcome: Outcome, changes: Mapping[str, Any]) -> list[Statement]:
    """What closes the attempt that is under way, with the error that the row has after these changes."""
    error = {name: changes.get(name, getattr(row, name)) for name in WITHOUT_ERROR}
    return [updating(*row.under_way, outcome=outcome, ended_at=NOW, **error)]


def _artifacts(job: GenerationJob, package: Package) -> list[Artifact]:
    named = [(ArtifactKind.SITE_FILE, path, ref) for path, ref in package.manifest.items()]
    named += [
        (ArtifactKind.ZIP, "site.zip", package.zip),
        (ArtifactKind.REPORT, "report.json", package.report),
        (ArtifactKind.SPEC, "spec.json", package.spec),
    ]
    return [
        Artifact(
            job=job,
            kind=kind,
            name=name,
            path=artifacts.path_of(ref.sha256),
            sha256=ref.sha256,
            size=ref.size,
        )
        for kind, name, ref in named
    ]
