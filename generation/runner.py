"""One run of a job: claim, the steps that are still to do, finish. Every write carries the lease."""

import traceback
from collections.abc import Callable
from functools import cached_property
from typing import Any, NoReturn
from uuid import UUID

import structlog
from django.db.models.functions import Now
from pydantic import ValidationError

from . import closing, errors
from .artifacts import StoredFiles
from .claims import claim
from .contracts import Brief, Package, SiteReport
from .models import GenerationJob, GenerationLog, JobStatus, LogLevel, StepRun, StepStatus
from .moves import MoveRefused
from .pipeline import steps
from .pipeline.render import RENDERER_VERSION
from .pipeline.run import Run, Step, outputs_of
from .transactions import DATABASE_GONE, retrying

log = structlog.get_logger(__name__)

OUTPUT_BYTES = 1_000_000


class GenerationFailed(Exception):
    """The job is closed as failed; raised after its rows are committed, so that RQ lists it as failed too."""


def run(job_id: UUID, attempt: int, *, execution: str, worker: str) -> None:
    """Run the job from its first unfinished step to its end, if this message may claim it.

    Raises GenerationFailed when the job failed for good. An error of the database itself passes through: the
    row still says *running*, and goes on under another claim once the lease is over.
    """
    job = claim(job_id, attempt, execution=execution, worker=worker)
    if job is None:
        log.info("nothing_to_claim", job=str(job_id), attempt=attempt)
        return
    try:
        JobRun(job, execution, worker).to_the_end()
    except (errors.LeaseLost, MoveRefused):
        log.warning("fenced", job=str(job_id), attempt=attempt)


class JobRun:
    """The steps of one claimed job."""

    def __init__(self, job: GenerationJob, execution: str, worker: str) -> None:
        self.job = job
        self.execution = execution
        self.worker = worker
        self.step = ""

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

    def to_the_end(self) -> None:
        try:
            done = dict(self.job.steps.filter(status=StepStatus.SUCCEEDED, part="").values_list("step", "output"))
            self.run.outputs.update(outputs_of(steps.STEPS, done))
            for position, step in enumerate(steps.STEPS):
                if step.name not in done:
                    self.do(step, position)
        except (*DATABASE_GONE, errors.LeaseLost, MoveRefused):
            raise
        except Exception as error:
            self.fail(error)
        package, report = self.run.of(Package), self.run.of(SiteReport)
        closing.succeed(self.job, package, report, execution=self.execution, by=self.worker)

    def do(self, step: Step, position: int) -> None:
        """Run one step outside any transaction, with its row before and after."""
        self.step = step.name
        begun = {
            "position": position,
            "status": StepStatus.RUNNING,
            "attempt": self.job.attempt,
            "started_at": Now(),
            "ended_at": None,
            "error_code": "",
            "error_detail": "",
            "input_hash": self.run.input_hash(RENDERER_VERSION),
        }

        def begin() -> None:
            StepRun.objects.update_or_create(job=self.job, step=step.name, part="", defaults=begun)
            self.write_line(LogLevel.INFO, step.label)

        self.fenced(begin, current_step=step.name, progress=100 * position // len(steps.STEPS))
        output = step.work(self.run)
        if len(output.model_dump_json()) > OUTPUT_BYTES:
            raise errors.StepFailed("output_too_big", step.name)
        stored = output.model_dump(mode="json")
        self.fenced(lambda: self.end_step(StepStatus.SUCCEEDED, output=stored))
        self.run.outputs[step.name] = output

    def fail(self, error: Exception) -> NoReturn:
        """Record why the step failed, close the job, and tell RQ."""
        reason = errors.sort(error)
        trace = traceback.format_exc() if reason.code == "internal_error" else ""

        def record() -> None:
            self.end_step(StepStatus.FAILED, error_code=reason.code, error_detail=reason.detail)
            self.write_line(LogLevel.ERROR, errors.REASONS[reason.code].message, detail=reason.detail)

        self.fenced(record)
        closing.fail(self.job, reason, trace, execution=self.execution, by=self.worker)
        raise GenerationFailed(str(reason)) from error

    def say(self, message: str, /, **values: str | int) -> None:
        """Log one line of progress; ``message`` is English and marked for translation."""
        self.fenced(lambda: self.write_line(LogLevel.INFO, message, **values))

    def end_step(self, status: StepStatus, **changes: Any) -> None:
        self.job.steps.filter(step=self.step, part="").update(status=status, ended_at=Now(), **changes)

    def write_line(self, level: LogLevel, message: str, /, **values: str | int) -> None:
        GenerationLog.objects.create(
            job=self.job,
            attempt=self.job.attempt,
            step=self.step,
            level=level,
            message=message,
            values=values,
        )

    def fenced(self, work: Callable[[], object], **changes: Any) -> None:
        """Do ``work`` in a transaction that begins by asking whether this execution may still write."""

        @retrying
        def write() -> None:
            mine = GenerationJob.objects.filter(pk=self.job.pk, lease=self.execution, status=JobStatus.RUNNING)
            if mine.update(lease=self.execution, **changes) != 1:
                raise errors.LeaseLost(self.job.pk)
            work()

        write()
