"""What generation holds of people, by the subjects that are theirs: told in full, or taken away.

What stays of an erased job is what was counted: states, dates, attempts, tokens and cost.
"""

from collections.abc import Collection, Iterator
from pathlib import PurePosixPath
from typing import Any
from uuid import UUID

from django.core.files.storage import storages
from django.db import transaction
from django.db.models import Model, QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from . import dispatch, purge
from .artifacts import path_of
from .models import (
    ACTIVE,
    Artifact,
    ArtifactKind,
    BackgroundAttempt,
    GenerationJob,
    GenerationLog,
    JobAttempt,
    JobEvent,
    JobStatus,
    Outcome,
    SiteVersion,
    StepRun,
)
from .requests import RequestRefused

OF_THE_ENGINE = frozenset({"lease", "lease_until", "deadline", "dispatch", "message_seen_at"})
SHARED = frozenset({".css", ".woff2"})
"""Files without anything of the customer's, which the sites of others share: they are left to the purge, as another
job may be about to name the same bytes."""


class StillInWork(RequestRefused):
    """A job is alive: it would write anew what is taken away."""

    def __init__(self) -> None:
        super().__init__(_("A site is being made. Wait until the job has ended, or cancel it."))


def columns_of(row: Model, leave_out: Collection[str] = ()) -> dict[str, Any]:
    """A row as its columns, by their names."""
    fields = row._meta.concrete_fields
    return {each.attname: getattr(row, each.attname) for each in fields if each.attname not in leave_out}


def tell_subject(subject: UUID) -> dict[str, Any]:
    """Everything that is held of the subject's jobs and versions, but no files."""
    jobs = GenerationJob.objects.filter(subject=subject).order_by("created_at")
    versions = SiteVersion.objects.filter(subject=subject).order_by("number")
    return {
        "jobs": [
            {
                **columns_of(job, OF_THE_ENGINE),
                "attempts": [columns_of(each, OF_THE_ENGINE) for each in job.attempts.all()],
                "moves": [columns_of(each) for each in job.events.all()],
                "steps": [columns_of(each) for each in job.steps.all()],
                "log": [{**columns_of(each), "text": each.text} for each in job.logs.all()],
            }
            for job in jobs
        ],
        "versions": [columns_of(version) for version in versions],
    }


def zips_of(subject: UUID) -> Iterator[tuple[int, bytes]]:
    """Each version's number and its site as one file; what was purged is left out."""
    storage = storages["sites"]
    packed = Artifact.objects.filter(kind=ArtifactKind.ZIP, job__version__subject=subject)
    for number, path in packed.order_by("job__version__number").values_list("job__version__number", "path"):
        if storage.exists(path):
            with storage.open(path) as file:
                yield number, file.read()


def erase_subjects(subjects: Collection[UUID]) -> dict[str, int]:
    """Take away the briefs, outputs, logs, versions and files of these subjects, in the caller's transaction.

    Files go after the commit, unless something else names them. Returns how much of each. Raises StillInWork.
    """
    jobs = list(GenerationJob.objects.select_for_update().filter(subject__in=subjects).order_by("pk"))
    if any(job.is_active for job in jobs):
        raise StillInWork
    mine = {"job__in": jobs}
    files = set(_files_of(jobs))
    versions = SiteVersion.objects.filter(subject__in=subjects)
    taken = {
        "versions": versions.delete()[0],
        "steps": StepRun.objects.filter(**mine).delete()[0],
        "log_lines": GenerationLog.objects.filter(**mine).delete()[0],
        "artifacts": Artifact.objects.filter(**mine).delete()[0],
    }
    JobEvent.objects.filter(**mine).exclude(reason="").update(reason="")
    JobAttempt.objects.filter(**mine).exclude(error_detail="").update(error_detail="")
    GenerationJob.objects.filter(pk__in=[job.pk for job in jobs]).update(
        brief={}, brief_digest="", note="", error_detail="", error_traceback=""
    )
    transaction.on_commit(lambda: discard_files(files), robust=True)
    transaction.on_commit(lambda: dispatch.forget_rows(jobs), robust=True)
    return {**taken, "jobs": len(jobs)}


def erase_work(rows: QuerySet[Any]) -> None:
    """Of rows of other background work: what waits is called off, and what was said of failures is taken away."""
    known = list(rows.only("pk", "attempt", "dispatch"))
    rows.filter(status__in=ACTIVE).update(
        status=JobStatus.CANCELLED, lease_until=None, next_attempt_at=None, finished_at=Now()
    )
    rows.update(error_detail="", error_traceback="")
    attempts = BackgroundAttempt.objects.filter(work__in=[row.pk for row in known])
    attempts.filter(outcome=Outcome.RUNNING).update(outcome=Outcome.CANCELLED, ended_at=Now())
    attempts.update(error_detail="")
    transaction.on_commit(lambda: dispatch.forget_rows(known), robust=True)


def discard_files(files: Collection[str]) -> None:
    """Delete those of these files, by their SHA-256, that nothing names. What fails is left to the purge."""
    named = set(purge.all_named()) if files else set()
    storage = storages["sites"]
    for sha256 in sorted(set(files) - named):
        if storage.exists(path_of(sha256)):
            storage.delete(path_of(sha256))


def _files_of(jobs: Collection[GenerationJob]) -> Iterator[str]:
    """The SHA-256 of each file that these jobs and their versions name, but for those that are shared."""
    shared = set()
    for name, sha256 in Artifact.objects.filter(job__in=jobs).values_list("name", "sha256"):
        if PurePosixPath(name).suffix in SHARED:
            shared.add(sha256)
        else:
            yield sha256
    values = [job.brief for job in jobs]
    values += StepRun.objects.filter(job__in=jobs).values_list("output", flat=True)
    for sha256 in purge.hashes(values):
        if sha256 not in shared:
            yield sha256
