"""One run of a job: every step once, every write under the lease, one end."""

from __future__ import annotations

import errno
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db.models.functions import Now

from generation import runner
from generation.errors import StepFailed
from generation.models import GenerationJob, JobStatus, Outcome, SiteVersion, StepStatus
from generation.signals import job_closed, job_started

from .factories import request

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .conftest import TinyPipeline

pytestmark = pytest.mark.django_db(transaction=True)


def run(job: GenerationJob, attempt: int = 1, execution: str = "mine") -> None:
    runner.run(job.pk, attempt, execution=execution, worker="test-worker")
    job.refresh_from_db()


def let_lease_run_out(job: GenerationJob) -> None:
    GenerationJob.objects.filter(pk=job.pk).update(lease_until=Now() - timedelta(seconds=1))


@pytest.fixture
def closed() -> Iterator[list[str]]:
    """The states in which jobs were told to be closed."""
    states: list[str] = []

    def hear(job: GenerationJob, **_other: Any) -> None:
        states.append(job.status)

    job_closed.connect(hear, weak=False)
    yield states
    job_closed.disconnect(hear)


def test_a_job_runs_each_step_once_and_ends_in_a_version(pipeline: TinyPipeline, closed: list[str]) -> None:
    job = request()

    run(job)

    assert pipeline.calls == ["render", "verify", "package"]
    assert (job.status, job.progress, job.lease_until) == (JobStatus.SUCCEEDED, 100, None)
    assert [(s.step, s.status, s.attempt) for s in job.steps.all()] == [
        (name, StepStatus.SUCCEEDED, 1) for name in pipeline.calls
    ]
    version = SiteVersion.objects.get(subject=job.subject)
    assert (version.number, version.job) == (1, job)
    assert list(version.manifest) == ["index.html"]
    assert [(e.moved_from, e.moved_to) for e in job.events.all()] == [
        ("", "queued"),
        ("queued", "running"),
        ("running", "succeeded"),
    ]
    assert [a.outcome for a in job.attempts.all()] == [Outcome.SUCCEEDED]
    assert [line.text for line in job.logs.all()] == [step.label for step in pipeline.steps()]
    assert closed == [JobStatus.SUCCEEDED]


def test_a_second_message_for_the_same_attempt_does_nothing(pipeline: TinyPipeline) -> None:
    job = request()

    run(job)
    run(job)

    assert pipeline.calls == ["render", "verify", "package"]
    assert SiteVersion.objects.count() == 1


def test_an_interrupted_job_goes_on_at_its_first_unfinished_step(pipeline: TinyPipeline) -> None:
    job = request()
    pipeline.inside["verify"] = _die
    with pytest.raises(SystemExit):
        run(job)
    let_lease_run_out(job)
    del pipeline.inside["verify"]

    run(job, attempt=2, execution="another")

    assert pipeline.calls == ["render", "verify", "verify", "package"]
    assert [a.outcome for a in job.attempts.all()] == [Outcome.INTERRUPTED, Outcome.SUCCEEDED]
    assert SiteVersion.objects.count() == 1


def test_a_job_held_by_somebody_alive_is_not_claimed(pipeline: TinyPipeline) -> None:
    job = request()
    pipeline.inside["verify"] = _die
    with pytest.raises(SystemExit):
        run(job)

    run(job, attempt=2, execution="another")

    assert (job.attempt, job.lease) == (1, "mine")


def test_a_run_that_lost_its_lease_writes_nothing_more(pipeline: TinyPipeline) -> None:
    job = request()

    def lose() -> None:
        let_lease_run_out(job)
        pipeline.inside.clear()
        runner.run(job.pk, 2, execution="thief", worker="other-worker")

    pipeline.inside["verify"] = lose
    run(job)

    assert (job.status, job.lease, job.attempt) == (JobStatus.SUCCEEDED, "thief", 2)
    assert pipeline.calls == ["render", "verify", "verify", "package"]
    assert SiteVersion.objects.count() == 1


def test_a_failing_step_closes_the_job_with_its_reason(pipeline: TinyPipeline, closed: list[str]) -> None:
    job = request()
    pipeline.inside["verify"] = _raise(StepFailed("verification_failed", "two dead links"))

    with pytest.raises(runner.GenerationFailed):
        run(job)

    job.refresh_from_db()
    assert (job.status, job.error_code) == (JobStatus.FAILED, "verification_failed")
    assert "two dead links" in job.error_message
    assert job.error_remedy
    assert job.steps.get(step="verify").status == StepStatus.FAILED
    assert job.attempts.get().outcome == Outcome.FAILED
    assert not SiteVersion.objects.exists()
    assert closed == [JobStatus.FAILED]


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "disk_full"),
        (OSError(errno.EROFS, "Read-only file system"), "storage_not_writable"),
        (ZeroDivisionError("division by zero"), "internal_error"),
    ],
)
def test_errors_are_sorted(pipeline: TinyPipeline, error: Exception, code: str) -> None:
    job = request()
    pipeline.inside["render"] = _raise(error)

    with pytest.raises(runner.GenerationFailed):
        run(job)

    job.refresh_from_db()
    assert job.error_code == code
    assert bool(job.error_traceback) == (code == "internal_error")


def test_a_job_without_attempts_left_fails_instead_of_running_again(pipeline: TinyPipeline, closed: list[str]) -> None:
    job = request()
    pipeline.inside["render"] = _die
    for attempt in range(1, job.max_attempts + 1):
        with pytest.raises(SystemExit):
            run(job, attempt=attempt)
        let_lease_run_out(job)

    run(job, attempt=job.max_attempts + 1)

    assert (job.status, job.error_code) == (JobStatus.FAILED, "attempts_exhausted")
    assert len(pipeline.calls) == job.max_attempts == job.attempts.count()
    assert closed == [JobStatus.FAILED]


def test_a_receiver_that_fails_three_times_does_not_keep_the_job_open(pipeline: TinyPipeline) -> None:
    job, heard = request(), []

    def fail(job: GenerationJob, **_other: Any) -> None:
        heard.append(job.pk)
        raise RuntimeError("as the test wants it")

    job_closed.connect(fail, weak=False)
    try:
        run(job)
    finally:
        job_closed.disconnect(fail)

    assert heard == [job.pk] * 3
    assert job.status == JobStatus.SUCCEEDED
    assert job.events.latest("id").reason == "receivers_failed"
    assert SiteVersion.objects.filter(job=job).count() == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"brief": {"version": 9}}, "brief_not_usable"), ({"theme": "gone"}, "theme_unknown")],
)
def test_a_job_that_cannot_begin_says_why(changes: dict[str, Any], code: str) -> None:
    job = request()
    GenerationJob.objects.filter(pk=job.pk).update(**changes)

    with pytest.raises(runner.GenerationFailed):
        run(job)

    job.refresh_from_db()
    assert (job.status, job.error_code) == (JobStatus.FAILED, code)


def test_a_claim_tells_that_the_job_started(pipeline: TinyPipeline) -> None:
    job, heard = request(), []

    def hear(job: GenerationJob, **_other: Any) -> None:
        heard.append(job.status)

    job_started.connect(hear, weak=False)
    try:
        run(job)
    finally:
        job_started.disconnect(hear)

    assert heard == [JobStatus.RUNNING]


def _die() -> None:
    raise SystemExit("killed")


def _raise(error: Exception) -> Any:
    def fail() -> None:
        raise error

    return fail
