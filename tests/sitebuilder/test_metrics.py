"""/metrics: figures for Prometheus, from the database, for whoever has the token."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from prometheus_client.parser import text_string_to_metric_families

from generation import background, background_run, claims, services
from generation.claims import Beginning
from generation.errors import StepFailed
from generation.models import GenerationJob, JobAttempt, JobStatus
from generation.runner import GenerationFailed
from orders.models import Mail
from tests.generation.factories import request
from tests.orders.conftest import pipeline
from tests.orders.factories import make_answers, paid, run

if TYPE_CHECKING:
    from pytest_django import Settings
    from redis import Redis

    from tests.generation.conftest import TinyPipeline
    from tests.support.processes import StartProcess

__all__ = ["pipeline"]
pytestmark = pytest.mark.django_db(transaction=True)

TOKEN = "a-token-of-the-tests-alone"  # noqa: S105


@pytest.fixture(autouse=True)
def token(settings: Settings) -> None:
    settings.METRICS_TOKEN = TOKEN


def ask(authorization: str | None = f"Bearer {TOKEN}") -> Any:
    return Client().get("/metrics", headers={"Authorization": authorization} if authorization else {})


def figures() -> dict[tuple[str, ...], float]:
    """Each figure by its name, without what all have in common, and the values of its labels by their names."""
    families = text_string_to_metric_families(ask().content.decode())
    samples = (sample for family in families for sample in family.samples)
    return {
        (each.name.removeprefix("sitebuilder_"), *(each.labels[label] for label in sorted(each.labels))): each.value
        for each in samples
    }


@pytest.mark.parametrize("authorization", [None, "", "Bearer", "Bearer wrong", TOKEN, f"Basic {TOKEN}"])
def test_without_the_token_nothing_is_told(authorization: str | None) -> None:
    response = ask(authorization)
    assert (response.status_code, response.content) == (401, b"")
    assert response["WWW-Authenticate"] == "Bearer"


def test_no_token_is_no_way_in(settings: Settings) -> None:
    settings.METRICS_TOKEN = ""
    assert ask("Bearer ").status_code == 401


def test_jobs_attempts_steps_and_waits_are_counted(broker: Redis, pipeline: TinyPipeline) -> None:
    run(request())

    def fail() -> None:
        raise StepFailed("service_busy")

    pipeline.inside["verify"] = fail
    run(request())
    request()
    found = figures()
    assert found["jobs", "build", "queued"] == 1
    assert found["jobs", "build", "retrying"] == 1
    assert found["attempts_recent", "", "build", "succeeded"] == 1
    assert found["attempts_recent", "service_busy", "build", "failed"] == 1
    assert found["steps_recent", "render"] == 2
    assert found["step_mean_seconds_recent", "render"] >= 0
    assert found["step_longest_seconds_recent", "package"] >= 0
    assert found["queue_waits_recent", "default"] == 2
    assert found["queue_waiting", "default"] == 1
    assert found["queue_oldest_wait_seconds", "default"] > 0
    assert found["queue_oldest_wait_seconds", "low"] == 0


def test_a_worker_that_dies_shows_as_a_lease_that_is_over_and_an_attempt_interrupted(broker: Redis) -> None:
    job = request()
    claims.claim(GenerationJob, job.pk, 1, execution="a", worker="dead", begin=lambda _job: Beginning(60))
    GenerationJob.objects.update(lease_until="2020-01-01T00:00:00Z")
    assert figures()["leases_over",] == 1
    claims.claim(GenerationJob, job.pk, 2, execution="b", worker="next", begin=lambda _job: Beginning(60))
    found = figures()
    assert found["leases_over",] == 0
    assert found["attempts_recent", "", "build", "interrupted"] == 1
    assert found["attempts_recent", "", "build", "running"] == 1


def test_other_background_work_is_counted_too(broker: Redis) -> None:
    paid(make_answers())
    assert figures()["background_rows", "mail", "queued"] == 1
    background_run.run(background.kind("mail"), Mail.objects.get().pk, 1, execution="e", worker="w")
    found = figures()
    assert ("background_rows", "mail", "queued") not in found
    assert found["attempts_recent", "", "mail", "succeeded"] == 1


def test_workers_and_pauses_are_told_by_queue(start_worker: StartProcess) -> None:
    start_worker("high", "default")
    services.pause_queue(queue="low", by="Ana", why="tests")
    found = figures()
    assert found["broker_up",] == 1
    assert [found["queue_workers", queue] for queue in ("high", "default", "low", "maintenance")] == [1, 1, 0, 0]
    assert [found["queue_paused", queue] for queue in ("default", "low")] == [0, 1]


def test_without_a_broker_the_rest_is_told(settings: Settings) -> None:
    from generation import dispatch

    settings.BROKER_URL = "redis://127.0.0.1:1/0"
    dispatch._broker.cache_clear()
    try:
        found = figures()
    finally:
        dispatch._broker.cache_clear()
    assert found["broker_up",] == 0
    assert ("queue_waiting", "default") in found


def test_what_is_older_than_the_window_costs_and_counts_nothing(broker: Redis, pipeline: TinyPipeline) -> None:
    run(request())
    with CaptureQueriesContext(connection) as one:
        figures()
    for _number in range(5):
        run(request())
    with CaptureQueriesContext(connection) as more:
        figures()
    assert len(one) == len(more) < 25
    JobAttempt.objects.update(started_at="2020-01-01T00:00:00Z")
    assert not [name for name in figures() if name[0] in ("attempts_recent", "steps_recent", "queue_waits_recent")]


def test_a_failed_job_is_told_by_its_code(broker: Redis, pipeline: TinyPipeline) -> None:
    def fail() -> None:
        raise StepFailed("disk_full")

    pipeline.inside["render"] = fail
    job = request()
    with pytest.raises(GenerationFailed):
        run(job)
    job.refresh_from_db()
    assert job.status == JobStatus.FAILED
    assert figures()["attempts_recent", "disk_full", "build", "failed"] == 1
