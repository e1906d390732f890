"""Generation's door: what the rest of the program may ask. Keyword-only, typed, one transaction each."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db.models import Max, QuerySet
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Now
from django.utils.translation import gettext

from . import themes
from .artifacts import StoredFiles
from .assets import MAX_BYTES as MAX_ASSET_BYTES
from .assets import Asset, AssetPurpose, AssetRefused, read_asset
from .contracts import AssetRef, Severity
from .dispatch import is_away as broker_is_away
from .explain import Explanation, explain
from .history import Mark, News, deliverables_of, jobs_of, lines_of, newest_number, news_of
from .interventions import NothingToRetry, cancel_generation, cancel_work, is_current, retry_work, row_of_message
from .masking import masked_trace
from .models import ACTIVE, GenerationJob, SiteVersion, VersionState
from .outgoing import AddressRefused, Answer, NoAnswer, call, check_address
from .personal import (
    OF_THE_ENGINE,
    StillInWork,
    columns_of,
    discard_files,
    erase_subjects,
    erase_work,
    tell_subject,
    zips_of,
)
from .pipeline.names import NAMES
from .prepared import by_id, prepare_select, select
from .preview import address_of, zip_address_of
from .queues import pause_queue, resume_queue, set_limits
from .requests import (
    NotRetriable,
    Requested,
    RequestRefused,
    Unchanged,
    UnknownJob,
    UnknownStep,
    Wanted,
    request_generation,
    request_generations,
    reset_generation,
    retry_generation,
)
from .schedules import (
    Unfit,
    UnknownSchedule,
    pause_schedule,
    resume_schedule,
    run_schedule_now,
)
from .sealing import CannotOpen, seal, unseal
from .themes import ThemeFolder, UnknownTheme
from .transactions import DATABASE_GONE, retrying

__all__ = [
    "DATABASE_GONE",
    "MAX_ASSET_BYTES",
    "OF_THE_ENGINE",
    "AddressRefused",
    "Answer",
    "Asset",
    "AssetPurpose",
    "AssetRefused",
    "CannotOpen",
    "Explanation",
    "Mark",
    "News",
    "NoAnswer",
    "NotRetriable",
    "NothingToApprove",
    "NothingToRetry",
    "Progress",
    "RequestRefused",
    "Requested",
    "StillInWork",
    "Unchanged",
    "Unfit",
    "UnknownJob",
    "UnknownSchedule",
    "UnknownStep",
    "UnknownTheme",
    "Wanted",
    "active_jobs",
    "address_of",
    "approve_version",
    "asset_bytes",
    "broker_is_away",
    "by_id",
    "call",
    "cancel_generation",
    "cancel_work",
    "check_address",
    "columns_of",
    "deliverables_of",
    "discard_files",
    "erase_subjects",
    "erase_work",
    "explain",
    "is_current",
    "jobs_of",
    "keep_asset",
    "known_themes",
    "latest_version",
    "lines_of",
    "masked_trace",
    "newest_number",
    "news_of",
    "pause_queue",
    "pause_schedule",
    "prepare_select",
    "progress_of",
    "read_asset",
    "request_generation",
    "request_generations",
    "reset_generation",
    "resume_queue",
    "resume_schedule",
    "retry_generation",
    "retry_work",
    "retrying",
    "row_of_message",
    "run_schedule_now",
    "seal",
    "select",
    "set_limits",
    "step_names",
    "store_asset",
    "tell_subject",
    "theme_of",
    "trouble_with_version",
    "unseal",
    "versions_of",
    "zip_address_of",
    "zips_of",
]


class NothingToApprove(Exception):
    """There is no draft that could be published."""

    def __init__(self) -> None:
        super().__init__(gettext("There is no finished draft to approve. Generate the site first."))


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


def step_names() -> tuple[str, ...]:
    """The steps of a job, in their order."""
    return NAMES


def active_jobs() -> QuerySet[GenerationJob]:
    """Jobs that wait or run, of whatever subject."""
    return GenerationJob.objects.filter(status__in=ACTIVE)


def trouble_with_version(subject: UUID) -> str:
    """What is wrong with the subject's newest version, in words; empty where it is sound."""
    versions = SiteVersion.objects.filter(subject=subject).order_by("-number")
    version = versions.annotate(findings=KeyTransform("findings", "report")).only("manifest").first()
    if version is None:
        return gettext("There is no version.")
    files = {"count": len(version.manifest), "least": settings.GENERATION_MIN_FILES}
    if files["count"] < files["least"]:
        return gettext("The newest version has %(count)s files; a site has at least %(least)s.") % files
    if any(finding["severity"] == Severity.ERROR for finding in version.findings):
        return gettext("The newest version did not pass its checks.")
    return ""


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
