"""Retry, reset and cancel: a new job beside the one that ended, which stays as it ended."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from generation import runner, services
from generation.errors import StepFailed
from generation.models import GenerationJob, JobStatus, Outcome, Queue, SiteVersion, StepStatus
from generation.requests import NotRetriable, UnknownJob, UnknownStep, Wanted

from .factories import make_brief, request

if TYPE_CHECKING:
    from redis import Redis

    from .conftest import TinyPipeline

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("broker")]


def run(job: GenerationJob, execution: str = "mine") -> None:
    runner.run(job.pk, job.attempt + 1, execution=execution, worker="test")
    job.refresh_from_db()


def failed(pipeline: TinyPipeline, step: str = "verify") -> GenerationJob:
    """A job that failed in this step, which would go well now."""
    job = request()

    def fail() -> None:
        raise StepFailed("disk_full")

    pipeline.inside[step] = fail
    with pytest.raises(runner.GenerationFailed):
        run(job)
    pipeline.inside.clear()
    job.refresh_from_db()
    return job


def test_a_retry_goes_on_from_the_first_unfinished_step(pipeline: TinyPipeline) -> None:
    job = failed(pipeline)

    again = services.retry_generation(job_id=job.pk, by="Ana").job
    run(again)

    assert pipeline.calls == ["render", "verify", "verify", "package"]
    assert (again.status, again.continues, again.kind) == (JobStatus.SUCCEEDED, job, job.kind)
    job.refresh_from_db()
    assert job.status == JobStatus.FAILED
    assert SiteVersion.objects.get().job == again


def test_a_double_click_on_retry_makes_one_job(pipeline: TinyPipeline) -> None:
    job = failed(pipeline)

    first, second = (services.retry_generation(job_id=job.pk, by="Ana") for _click in range(2))

    assert first.job == second.job
    assert (first.created, second.created) == (True, False)


def test_only_the_newest_job_is_retried_and_none_that_has_succeeded(pipeline: TinyPipeline) -> None:
    job = failed(pipeline)
    again = services.retry_generation(job_id=job.pk, by="Ana").job
    run(again)

    for done in (job, again):
        with pytest.raises(NotRetriable):
            services.retry_generation(job_id=done.pk, by="Ana")
    with pytest.raises(UnknownJob):
        services.retry_generation(job_id=uuid4(), by="Ana")


def test_a_reset_starts_anew_beside_the_old_version(pipeline: TinyPipeline) -> None:
    job = request()
    run(job)

    reset = services.reset_generation(job_id=job.pk, by="Ana", reason="it looks odd").job
    run(reset)

    assert pipeline.calls == ["render", "verify", "package"] * 2
    assert (reset.kind, reset.queue, reset.note) == ("reset", Queue.LOW, "it looks odd")
    assert list(SiteVersion.objects.order_by("number").values_list("number", "job")) == [(1, job.pk), (2, reset.pk)]


def test_a_reset_from_a_step_keeps_what_the_steps_before_it_gave(pipeline: TinyPipeline) -> None:
    job = request()
    run(job)

    reset = services.reset_generation(job_id=job.pk, by="Ana", first_step="package").job
    assert list(reset.steps.values_list("step", "status")) == [
        ("render", StepStatus.SUCCEEDED),
        ("verify", StepStatus.SUCCEEDED),
    ]
    run(reset)

    assert pipeline.calls == ["render", "verify", "package", "package"]


def test_a_reset_from_a_step_that_cannot_be_names_those_that_can(pipeline: TinyPipeline) -> None:
    job = failed(pipeline)

    with pytest.raises(UnknownStep, match="render, verify"):
        services.reset_generation(job_id=job.pk, by="Ana", first_step="package")
    assert GenerationJob.objects.count() == 1


def test_a_queued_job_is_cancelled_and_its_message_does_nothing(pipeline: TinyPipeline) -> None:
    job = request()

    services.cancel_generation(job_id=job.pk, by="Ana", reason="paid twice")
    run(job)

    assert (job.status, pipeline.calls) == (JobStatus.CANCELLED, [])
    event = job.events.latest("pk")
    assert (event.by, event.reason) == ("Ana", "paid twice")


@pytest.mark.parametrize("step", ["render", "verify", "package"])
def test_a_cancel_in_the_middle_of_a_step_wins(pipeline: TinyPipeline, step: str) -> None:
    job = request()
    pipeline.inside[step] = lambda: services.cancel_generation(job_id=job.pk, by="Ana")

    run(job)

    assert job.status == JobStatus.CANCELLED
    assert job.attempts.get().outcome == Outcome.CANCELLED
    assert not job.steps.filter(status=StepStatus.RUNNING).exists()
    assert not SiteVersion.objects.exists()


def test_what_has_ended_stays_as_it_ended(pipeline: TinyPipeline) -> None:
    job = request()
    run(job)

    assert services.cancel_generation(job_id=job.pk, by="Ana").status == JobStatus.SUCCEEDED


def test_a_cancelled_job_can_be_retried_and_stays_cancelled(pipeline: TinyPipeline) -> None:
    job = request()
    pipeline.inside["verify"] = lambda: services.cancel_generation(job_id=job.pk, by="Ana")
    run(job)
    pipeline.inside.clear()

    again = services.retry_generation(job_id=job.pk, by="Ana").job
    run(again)

    assert pipeline.calls == ["render", "verify", "verify", "package"]
    job.refresh_from_db()
    assert (job.status, again.status) == (JobStatus.CANCELLED, JobStatus.SUCCEEDED)


def test_many_are_asked_for_in_a_few_statements(broker: Redis) -> None:
    wanted = [Wanted(uuid4(), make_brief(), "reset", "command", "test", "prisma") for _number in range(300)]

    with CaptureQueriesContext(connection) as queries:
        answers = services.request_generations(wanted)

    assert len(queries) < len(wanted) / 10
    assert all(answer.created for answer in answers)
    assert [answer.job.subject for answer in answers] == [each.subject for each in wanted]
    assert broker.llen("rq:queue:low") == len(wanted)


def test_one_request_takes_few_statements(broker: Redis) -> None:
    request()
    with CaptureQueriesContext(connection) as queries:
        request()

    assert len(queries) <= 8, [query["sql"][:80] for query in queries]


def test_a_job_of_a_full_second_can_be_retried() -> None:
    """SQLite keeps three digits after the point, and compares texts: “59.000” comes after “59”."""
    job = request()
    services.cancel_generation(job_id=job.pk, by="Ana", reason="tests")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE generation_generationjob SET created_at = '2026-11-26 14:03:59.000'")
    assert services.retry_generation(job_id=job.pk, by="Ana").created
