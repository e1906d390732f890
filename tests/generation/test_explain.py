"""Every reason why a job is not running has a code, words and a remedy."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db.models.functions import Now

from generation import dispatch, explain, runner, services
from generation.errors import StepFailed
from generation.models import Duty, GenerationJob, JobStatus, QueueControl
from generation.prepared import execute

from .factories import request

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import Settings
    from redis import Redis

    from generation.explain import Explanation

    from .conftest import TinyPipeline

pytestmark = pytest.mark.django_db(transaction=True)


def why(job: GenerationJob) -> Explanation:
    explained = explain.explain(job)
    assert explained.message
    assert explained.remedy
    return explained


def test_a_broker_that_is_away(settings: Settings, tmp_path: Path) -> None:
    settings.BROKER_URL = f"unix://{tmp_path}/nobody.sock"
    dispatch._broker.cache_clear()
    try:
        explained = why(request())
    finally:
        dispatch._broker.cache_clear()

    assert explained.code == "broker_unreachable"
    assert "nobody.sock" in explained.remedy


def test_the_row_that_is_explained_stays_as_it_was_read() -> None:
    job = request()
    GenerationJob.objects.update(status=JobStatus.SUCCEEDED)

    assert why(job).code == "succeeded"

    assert job.status == JobStatus.QUEUED


def test_nobody_listens(broker: Redis) -> None:
    explained = why(request())

    assert explained.code == "no_worker"
    assert "rqworker" in explained.remedy


@pytest.fixture
def a_worker_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    """One is registered, but takes nothing."""
    monkeypatch.setattr(dispatch, "workers_of", lambda _queue: 1)


@pytest.mark.usefixtures("broker", "a_worker_listens")
def test_it_waits_its_turn_behind_others() -> None:
    request()

    explained = why(request())

    assert (explained.code, explained.data["place"]) == ("waiting", 2)


@pytest.mark.usefixtures("broker", "a_worker_listens")
def test_nobody_has_sent_for_long() -> None:
    job = request()
    GenerationJob.objects.update(message_seen_at=None)
    Duty.objects.create(name="dispatch", done_at=Now() - timedelta(minutes=5))

    explained = why(job)

    assert explained.code == "dispatcher_silent"
    assert "rqcron" in explained.remedy


def test_a_pause_says_by_whom_why_and_until_when(broker: Redis) -> None:
    job = request()
    services.pause_queue(queue="default", by="Ana", why="moving house")

    explained = why(job)

    assert explained.code == "paused"
    assert "Ana" in explained.message
    assert "moving house" in explained.message
    assert explained.since is not None
    assert explained.until is None

    services.resume_queue(queue="default")
    assert why(job).code == "no_worker"


@pytest.mark.usefixtures("broker")
def test_a_limit_of_how_many_run_at_once_says_the_place_in_the_queue() -> None:
    running, _waiting, job = request(), request(), request()
    hold(running)
    QueueControl.objects.create(queue="default", max_running=1)

    explained = why(job)

    assert (explained.code, explained.data["place"]) == ("limit_running", 2)


@pytest.mark.usefixtures("broker", "pipeline")
def test_a_limit_of_how_many_start_a_minute() -> None:
    runner.run(request().pk, 1, execution="one", worker="test")
    QueueControl.objects.create(queue="default", max_starts_a_minute=1)

    assert why(request()).code == "limit_starts"


@pytest.mark.usefixtures("broker")
def test_a_running_job_names_its_worker_and_a_dead_one_too() -> None:
    job = request()
    hold(job)
    assert why(job).code == "running"

    GenerationJob.objects.filter(pk=job.pk).update(lease_until=Now() - timedelta(seconds=1))
    assert why(job).code == "lease_over"


@pytest.mark.usefixtures("broker")
def test_the_next_attempt_and_what_the_last_one_ended_with(pipeline: TinyPipeline) -> None:
    job = request()

    def busy() -> None:
        raise StepFailed("service_busy", "the writer", retry_after=300)

    pipeline.inside["verify"] = busy
    runner.run(job.pk, 1, execution="mine", worker="test")

    explained = why(job)
    assert explained.code == "next_attempt"
    assert "the writer" in explained.message
    job.refresh_from_db()
    assert explained.until == job.next_attempt_at


@pytest.mark.usefixtures("broker")
def test_what_has_ended_says_how(pipeline: TinyPipeline) -> None:
    done, cancelled = request(), request()
    runner.run(done.pk, 1, execution="mine", worker="test")
    services.cancel_generation(job_id=cancelled.pk, by="Ana")

    assert why(done).code == "succeeded"
    assert why(cancelled).code == "cancelled"

    def fail() -> None:
        raise StepFailed("disk_full")

    failed = request()
    pipeline.inside["render"] = fail
    with pytest.raises(runner.GenerationFailed):
        runner.run(failed.pk, 1, execution="mine", worker="test")
    assert why(failed).code == "disk_full"


def hold(job: GenerationJob) -> None:
    """Somebody alive has it."""
    held = {"status": JobStatus.RUNNING, "attempt": 1, "spent": 1, "lease_until": Now() + timedelta(minutes=1)}
    GenerationJob.objects.filter(pk=job.pk).update(**held)
    execute(job.adding_attempt(1, worker="worker-1", lease="theirs"))
