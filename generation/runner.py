"""One run of a job: claim, the steps that are still to do, finish. Every write carries the lease."""

import time
import traceback
from collections.abc import Sequence
from datetime import timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

import structlog
from django.conf import settings
from django.db.models import DurationField, F, Q
from django.db.models.functions import Now
from django.utils import timezone
from pydantic import BaseModel, ValidationError

from . import closing, crash, errors, handback, lease, waiting
from .artifacts import StoredFiles
from .claims import Beginning, claim, prepare_claim
from .contracts import Brief, Package, SiteReport
from .guarded import write_guarded
from .joblog import JobLog
from .masking import masked_trace
from .models import (
    Artifact,
    GenerationJob,
    GenerationLog,
    JobAttempt,
    JobEvent,
    JobStatus,
    LogLevel,
    SiteVersion,
    StepRun,
    StepStatus,
)
from .moves import MoveRefused
from .pipeline import steps
from .pipeline.render import RENDERER_VERSION
from .pipeline.run import Run, Step, outputs_of
from .prepared import Given, Statement, Where, by_id, inserting, prepare_insert, prepare_update, updating
from .timeouts import within
from .transactions import DATABASE_GONE

log = structlog.get_logger(__name__)

OUTPUT_BYTES = 1_000_000
STEP = ("job", "step", "part")
BEGUN_COLUMNS = ("job", "step", "position", "attempt", "input_hash", "started_at")
STEP_COLUMNS = (
    "position", "status", "attempt", "input_hash", "output", "error_code", "error_detail", "started_at", "ended_at",
)  # fmt: skip

STANDS = {"current_step": "", "progress": 0}
"""Where a job stands, as columns."""

MINE = lease.HELD & Q(status=JobStatus.RUNNING)
HOLD = {"lease": F("lease")}
IN_TIME = Now() + Given("time", DurationField())


def prepare_statements() -> None:
    """Have what a job reads and writes prepared now, and not by its process."""
    prepare_claim(GenerationJob, **STANDS)
    closing.prepare_publishing()
    prepare_update(GenerationJob, by_id(), Where(MINE), **HOLD)
    prepare_update(GenerationJob, by_id(), Where(MINE), deadline=IN_TIME, **STANDS)
    prepare_insert(StepRun(started_at=timezone.now()), unique=STEP, update=STEP_COLUMNS)
    for row in (JobEvent(), JobAttempt(), GenerationLog(), Artifact(), SiteVersion()):
        prepare_insert(row)


class GenerationFailed(Exception):
    """The job is closed as failed; raised after its rows are committed, so that RQ lists it as failed too."""


class HandBack(Exception):
    """The worker is to stop: what is finished is stored, and the rest is another's."""


def run(job_id: UUID, attempt: int, *, execution: str, worker: str) -> None:
    """Run the job from its first unfinished step to its end, if this message may claim it.

    Raises GenerationFailed when the job failed for good. An error of the database itself passes through: the
    row still says *running*, and goes on under another claim once the lease is over.
    """
    claimed: list[JobRun] = []

    def begin(job: GenerationJob) -> Beginning:
        claimed[:] = [JobRun(job, execution, worker)]
        return claimed[0].beginning()

    if not claim(GenerationJob, job_id, attempt, execution=execution, worker=worker, begin=begin):
        log.info("nothing_to_claim", job=str(job_id), attempt=attempt)
        return
    try:
        claimed[0].to_the_end()
    except (errors.LeaseLost, MoveRefused):
        log.warning("fenced", job=str(job_id), attempt=attempt)


class JobRun:
    """The steps of one claimed job."""

    def __init__(self, job: GenerationJob, execution: str, worker: str) -> None:
        self.job = job
        self.execution = execution
        self.worker = worker
        self.under_way: StepRun | None = None
        self.is_new = job.attempt == 1 and not job.continues_id
        self.log = JobLog(job, is_new=self.is_new)
        self.ends_at = time.monotonic() + settings.GENERATION_JOB_TIMEOUT_SECONDS

    @cached_property
    def run(self) -> Run:
        try:
            brief = Brief.model_validate(self.job.brief)
        except ValidationError as error:
            raise errors.StepFailed("brief_not_usable", str(error)) from error
        return Run(
            brief=brief,
            theme=self.job.theme,
            variation=self.job.variation,
            files=StoredFiles(),
            say=self.say,
        )

    def beginning(self) -> Beginning:
        """The first step of a new job, which begins with the claim; what another's is has to be read first."""
        if self.is_new:
            first = steps.STEPS[0]
            try:
                begun, changes = self.begin(first, 0)
                return Beginning(self.seconds(first), changes, self.writing([begun]))
            except Exception:  # as from a brief that cannot be read: where the step is done, it will be on record
                self.under_way = None
                self.log.forget_written()
        return Beginning(settings.GENERATION_JOB_TIMEOUT_SECONDS, {name: getattr(self.job, name) for name in STANDS})

    def to_the_end(self) -> None:
        self.log.forget_written()
        try:
            last = self.do_steps()
            crash.reach("finish.begun")
            package, report = self.run.of(Package), self.run.of(SiteReport)
            also = self.writing(self.ended_rows(last))
            closing.publish(self.job, package, report, execution=self.execution, by=self.worker, also=also)
        except (*DATABASE_GONE, errors.LeaseLost, MoveRefused):
            raise
        except HandBack:
            waiting.hand_back(self.job, execution=self.execution, by=self.worker)
        except Exception as error:
            self.stop(error)

    def do_steps(self) -> BaseModel | None:
        """Run each step that is not finished, and store it as the next begins; returns what the last one has given."""
        if not self.is_new:
            stored = dict(self.job.steps.filter(status=StepStatus.SUCCEEDED, part="").values_list("step", "output"))
            self.run.outputs.update(outputs_of(steps.STEPS, stored))
        ended: BaseModel | None = None
        for position, step in enumerate(steps.STEPS):
            if step.name not in self.run.outputs:
                if not (self.under_way and self.under_way.step == step.name):  # else it has begun with the claim
                    self.pass_on(ended, step, position)
                crash.reach("step.begun")
                with within(self.seconds(step)):
                    ended = step.work(self.run)
                crash.reach("step.worked")
                self.run.outputs[step.name] = ended
        return ended

    def pass_on(self, ended: BaseModel | None, step: Step, position: int) -> None:
        """Store what the step under way has given, and begin the next, in one transaction.

        Raises HandBack where the worker is to stop, and StepFailed where the job's time is over.
        """
        rows = self.ended_rows(ended)
        is_asked, is_late = handback.is_asked(), time.monotonic() >= self.ends_at
        if is_asked or is_late:
            self.fenced(rows)
            raise HandBack if is_asked else errors.StepFailed("timed_out", "GENERATION_JOB_TIMEOUT_SECONDS")
        begun, changes = self.begin(step, position)
        self.fenced([*rows, begun], self.seconds(step), deadline=IN_TIME, **changes)

    def begin(self, step: Step, position: int) -> tuple[StepRun, dict[str, Any]]:
        """The row of a step that begins, and what it changes of the job; both are still to be written."""
        self.under_way = StepRun(
            job=self.job,
            step=step.name,
            position=position,
            attempt=self.job.attempt,
            input_hash=self.run.input_hash(RENDERER_VERSION),
            started_at=timezone.now(),
        )
        self.log.add(LogLevel.INFO, step.label, step=step.name)
        return self.under_way, {"current_step": step.name, "progress": 100 * position // len(steps.STEPS)}

    def seconds(self, step: Step) -> float:
        """How long the step may take: its own time, or what is left of the job's."""
        own = settings.GENERATION_STEP_TIMEOUTS.get(step.name, settings.GENERATION_STEP_TIMEOUT_SECONDS)
        return min(own, self.ends_at - time.monotonic())

    def ended_rows(self, output: BaseModel | None) -> list[StepRun]:
        """The row of the step that is under way, if one is, with what it gave."""
        if not (self.under_way and output):
            return []
        if len(output.model_dump_json()) > OUTPUT_BYTES:
            raise errors.StepFailed("output_too_big", self.under_way.step)
        same = {name: getattr(self.under_way, name) for name in BEGUN_COLUMNS}
        stored = output.model_dump(mode="json")
        return [StepRun(**same, status=StepStatus.SUCCEEDED, output=stored, ended_at=timezone.now())]

    def stop(self, error: Exception) -> None:
        """Record why the step failed; then the job waits for another try, or is closed and RQ told so."""
        reason = errors.sort(error)
        trace = masked_trace(traceback.format_exc()) if reason.code == "internal_error" else ""

        step = self.under_way.step if self.under_way else ""
        self.log.add(LogLevel.ERROR, errors.REASONS[reason.code].message, step=step, detail=reason.detail)
        self.fenced()
        given_back = waiting.settle_error(self.job, reason, execution=self.execution, by=self.worker, traceback=trace)
        if not given_back:
            raise GenerationFailed(str(reason)) from error

    def say(self, message: str, /, **values: str | int) -> None:
        """Log one line of progress; ``message`` is English and marked for translation."""
        self.log.add(LogLevel.INFO, message, step=self.under_way.step if self.under_way else "", **values)
        if not self.log.is_held_back():
            self.fenced()

    def fenced(self, rows: Sequence[StepRun] = (), seconds: float = 0, **changes: Any) -> None:
        """Write rows of steps, and the log, in a transaction that begins by asking whether this execution may write,
        and changes the job where there is something to change.

        Raises LeaseLost.
        """
        mine = Where(MINE, {"holder": self.execution, "time": timedelta(seconds=seconds)})
        guard = updating(GenerationJob, by_id(self.job.pk), mine, **(changes or HOLD))
        if not write_guarded(guard, self.writing(rows)):
            raise errors.LeaseLost(self.job.pk)
        self.log.forget_written()

    def writing(self, rows: Sequence[StepRun]) -> list[Statement]:
        """What writes rows of steps, and the log."""
        return [*inserting(rows, unique=STEP, update=STEP_COLUMNS), *self.log.writing()]
