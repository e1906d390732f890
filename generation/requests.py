"""Asking for generations: rows in the caller's transaction, messages after it."""

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.translation import gettext

from . import crash, dispatch, retries, themes
from .contracts import Brief
from .models import (
    ACTIVE,
    QUEUE_OF_KIND,
    GenerationJob,
    JobEvent,
    JobKind,
    JobStatus,
    Queue,
    SiteVersion,
    StepRun,
    StepStatus,
    Trigger,
)
from .prepared import insert_alike
from .signals import jobs_requested
from .transactions import retrying

CHUNK = 500
COLUMNS = [
    field.attname for field in GenerationJob._meta.concrete_fields if field.attname not in {"created_at", *dispatch.NEW}
]


class RequestRefused(Exception):
    """What is asked for cannot be had as things stand; the message says why and what to do."""


class Unchanged(RequestRefused):
    """The same facts, theme and variation gave the latest version already."""

    def __init__(self, version: SiteVersion) -> None:
        self.version = version
        super().__init__(
            gettext("Nothing has changed since version %(number)s. Change the onboarding, or ask for another look.")
            % {"number": version.number}
        )


class UnknownJob(RequestRefused):
    """There is no such job."""

    def __init__(self) -> None:
        super().__init__(gettext("There is no such job. It may have been deleted; look at the order's newest job."))


class NotRetriable(RequestRefused):
    """The job is not one that could go on."""

    def __init__(self, job: GenerationJob) -> None:
        if job.status == JobStatus.SUCCEEDED:
            words = gettext("The job has succeeded: there is nothing to go on with. Reset it to generate anew.")
        else:
            words = gettext("A later job has taken the place of this one. Retry that one.")
        super().__init__(words)


class UnknownStep(RequestRefused):
    """The step from which to begin is not one of the pipeline, or the steps before it are not finished."""

    def __init__(self, step: str, known: Iterable[str]) -> None:
        about = {"step": step, "known": ", ".join(known) or gettext("none")}
        super().__init__(gettext("It cannot begin at step “%(step)s”. It can begin at: %(known)s.") % about)


@dataclass(frozen=True)
class Wanted:
    """A generation that is asked for. ``force`` has it also where nothing has changed."""

    subject: UUID
    brief: Brief
    kind: JobKind | str
    trigger: Trigger | str
    requested_by: str
    theme: str
    variation: int = 0
    note: str = ""
    force: bool = False


@dataclass(frozen=True)
class Requested:
    """The job that answers a request: a new one, or the one that was active already."""

    job: GenerationJob
    created: bool


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
    force: bool = False,
) -> Requested:
    """Ask for the site of ``subject``: a row in the caller's transaction, a message after its commit.

    While a job of that subject is active, that one answers. Raises UnknownTheme, and Unchanged where the
    latest version was made from the same brief, theme and variation, unless ``force`` says that this is known.
    """
    wanted = Wanted(subject, brief, kind, trigger, requested_by, theme, variation, note, force)
    return request_generations([wanted])[0]


@retrying
def request_generations(wanted: Sequence[Wanted]) -> list[Requested]:
    """Ask for many at once, each of another subject, in a few statements; all or none."""
    for theme in {each.theme for each in wanted}:
        themes.load(theme)
    answers: list[Requested] = []
    with _collector_at_rest():
        for first in range(0, len(wanted), CHUNK):
            answers += _request(wanted[first : first + CHUNK])
    return answers


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Nothing here is cyclic, and the collector would look at all rows again and again."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _request(wanted: Sequence[Wanted]) -> list[Requested]:
    active = _active_jobs(each.subject for each in wanted)
    free = [each for each in wanted if each.subject not in active]
    versions = _latest_versions(each.subject for each in free)
    briefs = {id(each.brief): each.brief for each in free}
    facts = {key: Facts(brief.model_dump(mode="json"), brief.digest()) for key, brief in briefs.items()}
    for each in free:
        _refuse_unchanged(each, facts[id(each.brief)], versions.get(each.subject))
    new = [_job(each, facts[id(each.brief)], versions.get(each.subject)) for each in free]
    return _insert(new, active, [each.subject for each in wanted])


class Facts(NamedTuple):
    """A brief as it is stored."""

    stored: dict[str, Any]
    digest: str


def _job(wanted: Wanted, facts: Facts, version: SiteVersion | None) -> GenerationJob:
    kind = JobKind(wanted.kind)
    job = GenerationJob(
        subject=wanted.subject,
        kind=kind,
        trigger=Trigger(wanted.trigger),
        requested_by=wanted.requested_by,
        note=wanted.note,
        queue=QUEUE_OF_KIND.get(kind, Queue.DEFAULT),
        brief=facts.stored,
        brief_digest=facts.digest,
        theme=wanted.theme,
        locale=wanted.brief.locale,
        variation=wanted.variation,
        based_on=version,
        max_attempts=1,
        **dispatch.NEW,
    )
    job.max_attempts = retries.policy_of(job).attempts
    return job


def _insert(
    new: Sequence[GenerationJob], active: dict[UUID, GenerationJob], subjects: Sequence[UUID]
) -> list[Requested]:
    """Insert what no other caller has inserted first, and tell of it; the answers in the order of ``subjects``."""
    inserted: dict[UUID, GenerationJob] = {}
    left = list(new)
    while left:
        ours = left if _insert_rows(left) == len(left) else _found(left)
        inserted |= {job.subject: job for job in ours}
        left = [job for job in left if job.subject not in inserted]
        active |= _active_jobs(job.subject for job in left)
        left = [job for job in left if job.subject not in active]  # another's, closed since: the place is free again
    if inserted:
        _tell(list(inserted.values()))
    crash.reach("request.inserted")
    answers = [Requested(inserted.get(each) or active[each], created=each in inserted) for each in subjects]
    dispatch.send_after_commit(*inserted.values())
    for answer in answers:
        if not answer.created:
            dispatch.look_after_commit(answer.job)
    return answers


def _insert_rows(jobs: Sequence[GenerationJob]) -> int:
    """Insert the rows that no other caller has inserted first; returns how many."""
    first = jobs[0]
    differing = [  # one at least, also of a single job
        name for name in COLUMNS if name == "id" or any(getattr(job, name) is not getattr(first, name) for job in jobs)
    ]
    inserted = insert_alike(first, [{name: getattr(job, name) for name in differing} for job in jobs])
    for job in jobs:
        del job.created_at  # set by the database; read when it is asked for
    return inserted


def _found(jobs: Sequence[GenerationJob]) -> list[GenerationJob]:
    """Those of ``jobs`` that have a row."""
    there = set(GenerationJob.objects.filter(pk__in=[job.pk for job in jobs]).values_list("pk", flat=True))
    return [job for job in jobs if job.pk in there]


def _tell(jobs: Sequence[GenerationJob]) -> None:
    first = JobEvent(job=jobs[0], moved_to=JobStatus.QUEUED, by=jobs[0].requested_by)
    insert_alike(first, [{"job_id": job.pk, "by": job.requested_by} for job in jobs])
    jobs_requested.send(GenerationJob, jobs=jobs)


def _active_jobs(subjects: Iterable[UUID]) -> dict[UUID, GenerationJob]:
    if not (wanted := list(subjects)):
        return {}
    active = GenerationJob.objects.filter(subject__in=wanted, status__in=ACTIVE)
    return {job.subject: job for job in active.defer("brief", "error_traceback")}


def _latest_versions(subjects: Iterable[UUID]) -> dict[UUID, SiteVersion]:
    """The newest version of each subject, with what its job was made of."""
    made_of = ("job__brief_digest", "job__theme", "job__variation")
    versions = SiteVersion.objects.filter(subject__in=list(subjects)).select_related("job").order_by("number")
    return {version.subject: version for version in versions.only("subject", "number", *made_of)}


def _refuse_unchanged(wanted: Wanted, facts: Facts, version: SiteVersion | None) -> None:
    asked = (facts.digest, wanted.theme, wanted.variation)
    if version and not wanted.force and (version.job.brief_digest, version.job.theme, version.job.variation) == asked:
        raise Unchanged(version)


def retry_generation(*, job_id: UUID, by: str, trigger: Trigger | str = Trigger.ADMIN) -> Requested:
    """Let a failed or cancelled job go on from its first unfinished step, as a new job beside it.

    The job that ended stays as it ended. While one is active, that one answers. Raises UnknownJob and NotRetriable.
    """
    return _again(job_id, by=by, trigger=trigger)


def reset_generation(
    *, job_id: UUID, by: str, trigger: Trigger | str = Trigger.ADMIN, first_step: str = "", reason: str = ""
) -> Requested:
    """Make the site anew from the facts of this job, as a new job beside it and beside its version.

    ``first_step`` keeps what the steps before it gave. While a job is active, that one answers. Raises UnknownJob
    and UnknownStep.
    """
    return _again(job_id, by=by, trigger=trigger, first_step=first_step, note=reason, kind=JobKind.RESET)


@retrying
def _again(job_id: UUID, *, by: str, trigger: Trigger | str, first_step: str = "", **changes: Any) -> Requested:
    job = GenerationJob.objects.filter(pk=job_id).first()
    if job is None:
        raise UnknownJob
    if active := _active_jobs([job.subject]):
        return _insert([], active, [job.subject])[0]
    is_reset = "kind" in changes
    if not is_reset:
        _refuse_retry(job)
    kept = _kept_steps(job, first_step if is_reset else None)
    new = _job_like(job, by=by, trigger=trigger, first_step=first_step, **changes)
    answer = _insert([new], {}, [job.subject])[0]
    if answer.created:
        _copy_steps(kept, answer.job)
        crash.reach("reset.copied")
    return answer


def _refuse_retry(job: GenerationJob) -> None:
    others = GenerationJob.objects.filter(subject=job.subject).exclude(pk=job.pk)
    is_newest = not others.filter(created_at__gt=job.created_at).exists()  # SQLite has a full second after itself
    if job.status == JobStatus.SUCCEEDED or not is_newest:
        raise NotRetriable(job)


def _kept_steps(job: GenerationJob, first_step: str | None) -> list[StepRun]:
    """The finished steps with which a new job begins: for a retry all, for a reset those before ``first_step``."""
    from .pipeline.steps import STEPS  # it brings the libraries that render

    finished = {run.step: run for run in job.steps.filter(status=StepStatus.SUCCEEDED, part="")}
    names = [step.name for step in STEPS]
    if first_step is None:
        return list(finished.values())
    begins = [name for number, name in enumerate(names) if finished.keys() >= set(names[:number])]
    if first_step and first_step not in begins:
        raise UnknownStep(first_step, begins)
    before = names[: names.index(first_step)] if first_step else []
    return [finished[name] for name in before]


def _job_like(job: GenerationJob, *, by: str, trigger: Trigger | str, **changes: Any) -> GenerationJob:
    same = ("subject", "kind", "note", "variation", "brief", "brief_digest", "theme", "locale", "queue")
    version = SiteVersion.objects.filter(subject=job.subject).order_by("-number").only("pk").first()
    columns = {**{name: getattr(job, name) for name in same}, **changes}
    new = GenerationJob(
        **columns, continues=job, based_on=version, requested_by=by, trigger=Trigger(trigger), max_attempts=1,
        **dispatch.NEW,
    )  # fmt: skip
    if "kind" in changes:
        new.queue = QUEUE_OF_KIND.get(JobKind(new.kind), Queue.DEFAULT)
    new.max_attempts = retries.policy_of(new).attempts
    return new


def _copy_steps(steps: Iterable[StepRun], job: GenerationJob) -> None:
    same = ("step", "part", "position", "status", "input_hash", "output", "started_at", "ended_at")
    StepRun.objects.bulk_create(
        StepRun(job=job, attempt=0, **{name: getattr(step, name) for name in same}) for step in steps
    )
