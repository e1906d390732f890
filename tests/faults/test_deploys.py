"""Workers are told to stop, and old and new code work side by side: no attempt is spent, and no step done twice."""

from __future__ import annotations

import signal
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from rq import Queue

from generation import dispatch
from generation.models import GenerationJob, JobStatus, Outcome
from generation.pipeline.names import NAMES as STEPS
from tests.generation.factories import request
from tests.support.processes import wait_until

from .conftest import versions_of, wait_for_end

if TYPE_CHECKING:
    from redis import Redis

    from tests.support.probe_folder import Probe

    from .conftest import OwnBroker, StartProbed

pytestmark = pytest.mark.django_db(transaction=True)


def outcomes(job: GenerationJob) -> list[str]:
    return list(job.attempts.values_list("outcome", flat=True))


def test_a_worker_told_to_stop_ends_its_step_and_hands_the_job_back_unspent(
    start_probed: StartProbed, probe: Probe
) -> None:
    probe.hold("write")
    first = start_probed()
    job = request()
    probe.wait_held("write")

    first.process.send_signal(signal.SIGTERM)
    wait_until(lambda: "warm shut down" in first.output(), 30, "the worker has heard it")
    probe.release("write")
    assert first.process.wait(60) == 0
    job.refresh_from_db()
    assert (job.status, job.attempt, job.spent, outcomes(job)) == ("queued", 1, 0, [Outcome.HANDED_BACK])

    start_probed()
    wait_for_end(job)
    assert (job.status, job.attempt, job.spent, versions_of(job)) == (JobStatus.SUCCEEDED, 2, 1, 1)
    assert probe.steps(job) == Counter(STEPS)


def test_a_worker_told_twice_kills_its_work_horse_and_hands_the_job_back_unspent(
    start_probed: StartProbed, probe: Probe
) -> None:
    probe.hold("write")
    first = start_probed()
    job = request()
    probe.wait_held("write")

    first.process.send_signal(signal.SIGTERM)
    wait_until(lambda: "warm shut down" in first.output(), 30, "the worker has heard it")

    def told_again() -> bool:  # within a second RQ takes it for the same
        first.process.send_signal(signal.SIGTERM)
        return first.process.poll() is not None

    wait_until(told_again, 60, "the worker ends")
    (probe.folder / "held-write").unlink()
    probe.release("write")
    job.refresh_from_db()
    assert (job.status, job.spent, outcomes(job)) == ("queued", 0, [Outcome.HANDED_BACK])

    start_probed()
    wait_for_end(job)
    assert (job.status, job.spent, versions_of(job)) == (JobStatus.SUCCEEDED, 1, 1)
    assert probe.steps(job) == Counter([*STEPS, "write"])


def test_a_worker_told_to_stop_without_a_broker_hands_the_job_back_too(own_broker: OwnBroker, probe: Probe) -> None:
    probe.hold("write")
    worker = own_broker.start_worker()
    job = request()
    probe.wait_held("write")

    own_broker.die()
    worker.process.send_signal(signal.SIGTERM)
    wait_until(lambda: "warm shut down" in worker.output(), 30, "the worker has heard it")
    probe.release("write")
    worker.process.wait(90)

    job.refresh_from_db()
    assert (job.status, job.spent, outcomes(job)) == ("queued", 0, [Outcome.HANDED_BACK])
    assert probe.steps(job) == Counter(STEPS[: STEPS.index("write") + 1])


def test_a_worker_told_to_stop_while_it_looks_after_rows_ends_that_first(
    start_probed: StartProbed, probe: Probe, broker: Redis
) -> None:
    job = request()
    broker.flushall()
    GenerationJob.objects.update(message_seen_at=None)
    probe.hold("dispatch.counted")
    worker = start_probed()
    probe.wait_held("dispatch.counted")

    worker.process.send_signal(signal.SIGTERM)
    wait_until(lambda: "warm shut down" in worker.output(), 30, "the worker has heard it")
    probe.release("dispatch.counted")

    assert worker.process.wait(60) == 0
    assert "Traceback" not in worker.output()
    assert Queue("default", connection=broker).count == 1
    job.refresh_from_db()
    assert (job.status, job.attempt) == ("queued", 0)


def test_old_and_new_code_side_by_side_run_nothing_twice(
    start_probed: StartProbed, probe: Probe, broker: Redis
) -> None:
    """New code has a step that old code does not know, and sends more with a message than old code asks for."""
    probe.hold("check")
    new = start_probed(env={"PROBE_TINY": "8"})
    begun_by_new = request()
    probe.wait_held("check")
    new.process.send_signal(signal.SIGTERM)
    wait_until(lambda: "warm shut down" in new.output(), 30, "the new worker has heard it")
    probe.release("check")
    assert new.process.wait(60) == 0

    sent_by_new = request()
    broker.flushall()
    Queue("default", connection=broker).enqueue_call(
        "generation.tasks.run_generation",
        args=(str(sent_by_new.pk), "1", "what old code does not ask for"),
        kwargs={"nor": "this"},
        job_id=f"{sent_by_new.pk}-1-1",
    )
    start_probed()  # the old
    start_probed(env={"PROBE_TINY": "8"})
    more = [request() for _number in range(10)]
    jobs = [begun_by_new, sent_by_new, *more]
    dispatch.send_due()
    wait_for_end(*jobs)

    assert [(job.status, versions_of(job)) for job in jobs] == [(JobStatus.SUCCEEDED, 1)] * len(jobs)
    for job in jobs:
        steps = probe.steps(job)
        assert set(steps.values()) == {1}, steps
        assert set(STEPS) <= set(steps) <= {*STEPS, "polish"}
