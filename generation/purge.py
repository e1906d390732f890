"""Clearing away what is old: logs, superseded versions, steps that nothing goes on from, runs of schedules, and files
that nothing names any more.

What a draft, approved or published version, a Brief, an order or a step that may still be gone on from names is never
touched. Bounded batches; whatever is left is for the next time.
"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from pydantic import BaseModel, ConfigDict, Field

from . import background
from .artifacts import DERIVED, path_of
from .lease import from_now
from .models import (
    ACTIVE,
    CLOSED,
    Artifact,
    BackgroundAttempt,
    GenerationJob,
    GenerationLog,
    ScheduleRun,
    SiteVersion,
    StepRun,
    VersionState,
)
from .transactions import retrying

BATCH = 500
LABEL = _("Purge old logs, superseded versions and files")

_SHA256 = re.compile(r"[0-9a-f]{64}")
_DAY = 24 * 3600


class Purge(BaseModel):
    """The arguments of the task."""

    model_config = ConfigDict(extra="forbid")

    most: int = Field(
        10_000,
        ge=1,
        le=1_000_000,
        title=_("At most so many"),
        description=_("Log lines, runs, steps and files each that are removed at one time; the rest is for the next."),
    )


def purge(arguments: Purge, _by: str) -> dict[str, int]:
    """Clear away what is older than the settings GENERATION_KEEP_… say; returns how much of each."""
    most = arguments.most
    return {
        _("log lines"): _purge_rows(_old_lines(), most),
        _("runs of schedules"): _purge_runs(most),
        _("versions"): sum(_purge_version(version) for version in _old_versions()[:most]),
        _("steps"): _purge_rows(_old_steps(), most),
        _("files"): sum(1 for _file in _purge_files(most)),
    }


# rows


def _purge_rows(rows: QuerySet[Any], most: int) -> int:
    """Delete rows that nothing hangs on, in batches, each a transaction of its own."""
    gone = 0
    while gone < most and (some := list(rows.values_list("pk", flat=True)[: min(BATCH, most - gone)])):
        model: type[Model] = rows.model
        gone += retrying(model._default_manager.filter(pk__in=some).delete)()[0]
    return gone


def _old_lines() -> QuerySet[GenerationLog]:
    old = Q(at__lt=from_now(-settings.GENERATION_KEEP_LOGS_DAYS * _DAY))
    return GenerationLog.objects.filter(old, job__status__in=CLOSED)


def _old_runs() -> QuerySet[ScheduleRun]:
    """Runs that have ended long ago; the newest of each schedule stays."""
    newer = ScheduleRun.objects.filter(schedule=OuterRef("schedule"), tick__gt=OuterRef("tick"))
    old = Q(finished_at__lt=from_now(-settings.GENERATION_KEEP_RUNS_DAYS * _DAY))
    return ScheduleRun.objects.filter(old, Exists(newer), status__in=CLOSED)


def _purge_runs(most: int) -> int:
    """Runs with their attempts; the attempts first, as a run is how they are found."""
    attempts = BackgroundAttempt.objects.filter(kind=ScheduleRun.kind_of_work, work__in=_old_runs().values("pk"))
    _purge_rows(attempts, 10 * most)
    return _purge_rows(_old_runs(), most)


def _old_versions() -> QuerySet[SiteVersion]:
    """Versions in whose place another was published long ago, and from which nobody goes on."""
    ago = from_now(-settings.GENERATION_KEEP_SUPERSEDED_DAYS * _DAY)
    same = SiteVersion.objects.filter(subject=OuterRef("subject"))
    replaced = same.filter(state=VersionState.PUBLISHED, published_at__lt=ago)
    followed = GenerationJob.objects.filter(based_on=OuterRef("pk"), status__in=ACTIVE)
    newer = same.filter(number__gt=OuterRef("number"))
    later_job = GenerationJob.objects.filter(subject=OuterRef("subject"), created_at__gt=OuterRef("job__created_at"))
    old = SiteVersion.objects.filter(Exists(replaced), ~Exists(followed), Exists(newer), Exists(later_job))
    return old.filter(state=VersionState.SUPERSEDED).defer("manifest", "report").order_by("pk")


def _old_steps() -> QuerySet[StepRun]:
    """Steps of jobs that gave no version and were followed by another."""
    ago = from_now(-settings.GENERATION_KEEP_SUPERSEDED_DAYS * _DAY)
    later_job = GenerationJob.objects.filter(
        subject=OuterRef("job__subject"), created_at__gt=OuterRef("job__created_at")
    )
    return StepRun.objects.filter(
        Exists(later_job), job__version=None, job__status__in=CLOSED, job__finished_at__lt=ago
    )


@retrying
def _purge_version(version: SiteVersion) -> bool:
    """Delete the version with its steps and the names of its files, if it is still superseded; its job stays."""
    gone, _of_each = SiteVersion.objects.filter(pk=version.pk, state=VersionState.SUPERSEDED).delete()
    if gone:
        Artifact.objects.filter(job=version.job_id).delete()
        StepRun.objects.filter(job=version.job_id).delete()
    return bool(gone)


# files


def _purge_files(most: int) -> Iterator[str]:
    """Delete files that nothing names and that nobody has put for long, and give their names.

    Whoever puts the bytes of an old file again makes it a new one (StoredFiles): none goes that is about to be named.
    """
    storage = storages["sites"]
    before = timezone.now() - timedelta(days=settings.GENERATION_KEEP_UNNAMED_FILES_DAYS)
    named = set(all_named())
    gone = 0
    for path, sha256 in _stored(storage):
        if sha256 not in named and _modified(storage, path) < before:
            storage.delete(path)
            gone += 1
            yield path
        if gone >= most:
            return


def all_named() -> Iterator[str]:
    """The SHA-256 of each file that something names."""
    yield from Artifact.objects.values_list("sha256", flat=True).iterator()
    yield from background.named_files()
    for rows, column in ((SiteVersion, "manifest"), (GenerationJob, "brief"), (StepRun, "output")):
        for value in rows._default_manager.values_list(column, flat=True).iterator(chunk_size=100):
            yield from hashes(value)


def hashes(value: Any) -> Iterator[str]:
    """Every SHA-256 in a piece of JSON."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from hashes(each)
    elif isinstance(value, str) and _SHA256.fullmatch(value):
        yield value


def _stored(storage: Storage) -> Iterator[tuple[str, str]]:
    """Each file with the SHA-256 for whose sake it is there: its own, or of what it notes; none if half-written."""
    if storage.exists(DERIVED):
        for folder in sorted(storage.listdir(DERIVED)[0]):
            for name in sorted(storage.listdir(f"{DERIVED}/{folder}")[1]):
                with storage.open(path := f"{DERIVED}/{folder}/{name}") as note:
                    yield path, next(iter(_SHA256.findall(note.read().decode(errors="replace"))), "")
    for folder in sorted(storage.listdir("")[0]) if storage.exists("") else ():
        if len(folder) == 2:
            for name in sorted(storage.listdir(folder)[1]):
                path = f"{folder}/{name}"
                yield path, name if path == path_of(name) else ""


def _modified(storage: Storage, path: str) -> datetime:
    try:
        return storage.get_modified_time(path)
    except FileNotFoundError:  # somebody else has just deleted it
        return timezone.now()
