"""Generation's door: what the rest of the program may ask. Keyword-only, typed, one transaction each."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext

from . import dispatch, themes
from .artifacts import StoredFiles
from .assets import MAX_BYTES as MAX_ASSET_BYTES
from .assets import Asset, AssetPurpose, AssetRefused, read_asset
from .contracts import AssetRef, Brief
from .history import Mark, News, deliverables_of, jobs_of, latest_numbers, lines_of, news_of
from .models import (
    ACTIVE,
    GenerationJob,
    JobEvent,
    JobKind,
    JobStatus,
    Queue,
    SiteVersion,
    Trigger,
    VersionState,
)
from .preview import address_of, zip_address_of
from .themes import ThemeFolder, UnknownTheme
from .transactions import retrying

__all__ = [
    "MAX_ASSET_BYTES",
    "Asset",
    "AssetPurpose",
    "AssetRefused",
    "Mark",
    "News",
    "NothingToApprove",
    "Progress",
    "Requested",
    "Unchanged",
    "UnknownTheme",
    "address_of",
    "approve_version",
    "asset_bytes",
    "deliverables_of",
    "jobs_of",
    "keep_asset",
    "known_themes",
    "latest_numbers",
    "latest_version",
    "lines_of",
    "news_of",
    "progress_of",
    "read_asset",
    "request_generation",
    "retrying",
    "store_asset",
    "theme_of",
    "versions_of",
    "zip_address_of",
]

_QUEUE_OF_KIND = {JobKind.REVISION: Queue.HIGH, JobKind.RESET: Queue.LOW}


class Unchanged(Exception):
    """The same facts, theme and variation gave the latest version already."""

    def __init__(self, version: SiteVersion) -> None:
        self.version = version
        super().__init__(
            gettext("Nothing has changed since version %(number)s. Change the onboarding, or ask for another look.")
            % {"number": version.number}
        )


class NothingToApprove(Exception):
    """There is no draft that could be published."""

    def __init__(self) -> None:
        super().__init__(gettext("There is no finished draft to approve. Generate the site first."))


@dataclass(frozen=True)
class Requested:
    """The job that answers a request: a new one, or the one that was active already."""

    job: GenerationJob
    created: bool


def store_asset(data: bytes, purpose: AssetPurpose) -> AssetRef:
    """Keep a customer's picture as its master. Raises AssetRefused, with nothing kept."""
    return keep_asset(read_asset(data, purpose))


def keep_asset(asset: Asset) -> AssetRef:
    """Keep a picture that has been read and found in order."""
    StoredFiles().put(asset.data)
    return asset.ref


def asset_bytes(asset: AssetRef) -> bytes:
    """The master of a kept picture. Raises FileNotFoundError where it is gone."""
    return StoredFiles().get(asset.sha256)


@dataclass(frozen=True)
class Progress:
    """How far a job is: each step in words with whether it is done, under way or still to come; per cent of all."""

    percent: int
    steps: tuple[tuple[str, str], ...]
    line: str


def progress_of(job: GenerationJob) -> Progress:
    """The job's progress in the reader's language; ``line`` is the last thing that it said."""
    # imported here: it brings the libraries that render, and few processes need them
    from .pipeline.steps import LABELS

    names = list(LABELS)
    under_way = names.index(job.current_step) if job.current_step in names else 0
    states = ("done" if n < under_way else "now" if n == under_way else "to come" for n in range(len(names)))
    last = job.logs.order_by("-pk").first()
    return Progress(
        percent=job.progress,
        steps=tuple(zip(map(gettext, LABELS.values()), states, strict=True)),
        line=last.text if last else "",
    )


def known_themes() -> tuple[str, ...]:
    return themes.known()


def theme_of(name: str) -> ThemeFolder:
    """What a theme says of itself. Raises UnknownTheme."""
    return themes.load(name)


@retrying
def request_generation(
    *,
    subject: UUID,
    brief: Brief,
    kind: JobKind | str,
    trigger: Trigger | str,
    requested_by: str,
    theme: str,
    variation: int = 0,
    note: str = "",
) -> Requested:
    """Ask for the site of ``subject``: a row in the caller's transaction, a message after its commit.

    While a job of that subject is active, that one answers. Raises UnknownTheme, and Unchanged where the
    latest version was made from the same brief, theme and variation.
    """
    themes.load(theme)
    if job := _active(subject):
        dispatch.send_after_commit(job.pk)
        return Requested(job, created=False)
    kind = JobKind(kind)
    _refuse_unchanged(subject, brief, theme, variation)
    wanted = GenerationJob(
        subject=subject,
        kind=kind,
        trigger=Trigger(trigger),
        requested_by=requested_by,
        note=note,
        queue=_QUEUE_OF_KIND.get(kind, Queue.DEFAULT),
        brief=brief.model_dump(mode="json"),
        brief_digest=brief.digest(),
        theme=theme,
        locale=brief.locale,
        variation=variation,
        max_attempts=settings.GENERATION_MAX_ATTEMPTS,
        based_on=latest_version(subject),
    )
    job = _inserted_or_active(wanted)
    dispatch.send_after_commit(job.pk)
    return Requested(job, created=job is wanted)


def _active(subject: UUID) -> GenerationJob | None:
    return GenerationJob.objects.filter(subject=subject, status__in=ACTIVE).first()


def _inserted_or_active(wanted: GenerationJob) -> GenerationJob:
    """The row as it was inserted, or the one that another caller inserted first."""
    while True:
        try:
            with transaction.atomic():
                wanted.save(force_insert=True)
                JobEvent.objects.create(job=wanted, moved_to=JobStatus.QUEUED, by=wanted.requested_by)
        except IntegrityError:
            if job := _active(wanted.subject):  # None: it has closed since, so the place is free again
                return job
        else:
            return wanted


def _refuse_unchanged(subject: UUID, brief: Brief, theme: str, variation: int) -> None:
    version = latest_version(subject)
    if version and (version.job.brief_digest, version.job.theme, version.job.variation) == (
        brief.digest(),
        theme,
        variation,
    ):
        raise Unchanged(version)


def latest_version(subject: UUID) -> SiteVersion | None:
    """The newest version of the subject's site, with its job."""
    return SiteVersion.objects.filter(subject=subject).select_related("job").order_by("-number").first()


def versions_of(subject: UUID) -> QuerySet[SiteVersion]:
    """The versions of the subject's site, the newest first, without the lists of their files and findings."""
    return SiteVersion.objects.filter(subject=subject).defer("manifest", "report").order_by("-number")


@retrying
def approve_version(*, subject: UUID, by: str) -> SiteVersion:
    """Publish the newest version if it is a draft; the one published before is superseded.

    Raises NothingToApprove. Of two callers at once one publishes and the other is told so.
    """
    newest = SiteVersion.objects.filter(subject=subject).aggregate(Max("number"))["number__max"]
    drafts = SiteVersion.objects.filter(subject=subject, number=newest, state=VersionState.DRAFT)
    version = drafts.first()
    if version is None:
        raise NothingToApprove
    SiteVersion.objects.filter(subject=subject, state=VersionState.PUBLISHED).update(state=VersionState.SUPERSEDED)
    if drafts.update(state=VersionState.PUBLISHED, published_at=Now()) != 1:
        raise NothingToApprove
    version.refresh_from_db()
    return version
