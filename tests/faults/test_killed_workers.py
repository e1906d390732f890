"""Workers, work-horses and both are killed or stopped: jobs go on by themselves, and nothing is done twice."""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from typing import TYPE_CHECKING

import psutil
import pytest

from generation.models import Artifact, ArtifactKind, GenerationJob, JobStatus, Outcome, SiteVersion
from generation.pipeline.names import NAMES as STEPS
from tests.generation.factories import request
from tests.support.probe_folder import Probe
from tests.support.processes import wait_until

from .conftest import versions_of, wait_for_end

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.support.processes import Started

    from .conftest import StartProbed

pytestmark = pytest.mark.django_db(transaction=True)

MANY = int(os.environ.get("FAULTS_POPPED", "30"))
LEASE, SWEEP, SEND = 3, 1, 1
SLACK = 12  # for a machine that is busy: a worker's fork, a process that waits for its turn


def zip_of(job: GenerationJob) -> str:
    return Artifact.objects.get(job=job, kind=ArtifactKind.ZIP).sha256


def outcomes(job: GenerationJob) -> list[str]:
    return list(job.attempts.values_list("outcome", flat=True))


def horses(worker: Started) -> list[psutil.Process]:
    return psutil.Process(worker.pid).children()


def test_workers_killed_right_after_the_pop_lose_no_job(start_probed: StartProbed, probe: Probe) -> None:
    jobs = [request() for _number in range(MANY)]
    for _kill in range(3):
        probe.kill("message.popped")
        worker = start_probed("high", "default")
        worker.process.wait(60)

    start_probed("high", "default")
    wait_for_end(*jobs, seconds=60 + MANY)

    assert {job.status for job in jobs} == {JobStatus.SUCCEEDED}
    assert SiteVersion.objects.count() == MANY
    assert Counter(call.step for call in probe.calls()) == Counter(dict.fromkeys(STEPS, MANY))
    assert {job.attempt for job in jobs} == {1}


def test_what_a_killed_worker_had_popped_is_claimed_within_lease_and_sweep(
    start_probed: StartProbed, probe: Probe
) -> None:
    first = start_probed("high", "default")
    probe.kill("message.popped")
    job = request()
    first.process.wait(60)
    killed = time.monotonic()
    start_probed("high", "default")
    ready = time.monotonic()

    wait_for_end(job)

    assert time.monotonic() - max(ready, killed + LEASE) < SWEEP + SEND + SLACK
    assert (job.status, job.attempt) == (JobStatus.SUCCEEDED, 1)


def test_a_worker_killed_as_it_notices_that_its_work_horse_is_dead_loses_nothing(
    start_probed: StartProbed, probe: Probe
) -> None:
    probe.kill("write")
    probe.kill("death.noticed")
    first = start_probed()
    job = request()
    first.process.wait(60)

    start_probed()
    wait_for_end(job)

    assert (job.status, job.attempt, versions_of(job)) == (JobStatus.SUCCEEDED, 2, 1)
    assert probe.steps(job) == Counter([*STEPS, "write"])


@pytest.mark.parametrize("step", ["plan", "render", "package"])
def test_a_killed_job_goes_on_at_its_first_unfinished_step(
    start_probed: StartProbed, kill_started: Callable[[], None], tmp_path: Path, step: str
) -> None:
    real = Probe(tmp_path, tiny=False)
    env = {**real.env, "PROBE_TINY": ""} if step == "render" else {}
    probe = Probe(tmp_path)
    probe.hold(step)
    start_probed(env=env)
    job = request()
    probe.wait_held(step)

    kill_started()
    (tmp_path / f"held-{step}").unlink()
    probe.release(step)
    start_probed(env=env)
    wait_for_end(job)

    assert (job.status, job.error_message) == (JobStatus.SUCCEEDED, "")
    assert probe.steps(job) == Counter([*STEPS, step])
    assert outcomes(job) == [Outcome.INTERRUPTED, Outcome.SUCCEEDED]
    assert versions_of(job) == 1
    undisturbed = request()
    wait_for_end(undisturbed)
    assert zip_of(job) == zip_of(undisturbed)


def test_a_killed_work_horse_costs_one_attempt_and_its_worker_goes_on(start_probed: StartProbed, probe: Probe) -> None:
    probe.hold("render")
    worker = start_probed()
    job = request()
    probe.wait_held("render")

    for horse in horses(worker):
        horse.kill()
    probe.release("render")
    wait_for_end(job)

    assert (job.status, job.attempt) == (JobStatus.SUCCEEDED, 2)
    assert outcomes(job) == [Outcome.INTERRUPTED, Outcome.SUCCEEDED]
    assert probe.steps(job) == Counter([*STEPS, "render"])
    assert worker.process.poll() is None


@pytest.mark.parametrize(("moment", "again"), [("write", "write"), ("finish.begun", "package")])
def test_the_orphan_of_a_killed_worker_writes_and_publishes_nothing(
    start_probed: StartProbed, probe: Probe, moment: str, again: str
) -> None:
    probe.hold(moment)
    first = start_probed()
    job = request()
    probe.wait_held(moment)
    (orphan,) = horses(first)
    first.process.kill()
    first.process.wait(10)
    (probe.folder / f"held-{moment}").unlink()
    start_probed()
    probe.wait_held(moment)  # the second worker has claimed the job
    assert orphan.is_running()

    probe.release(moment)
    wait_until(lambda: "fenced" in first.output(), 60, "the orphan is refused")
    wait_for_end(job)

    assert (job.status, job.attempt) == (JobStatus.SUCCEEDED, 2)
    assert outcomes(job) == [Outcome.INTERRUPTED, Outcome.SUCCEEDED]
    assert probe.steps(job) == Counter([*STEPS, again])
    assert versions_of(job) == 1
    assert dict(job.steps.values_list("step", "attempt"))[again] == 2


def test_a_worker_stopped_for_twice_its_lease_and_woken_again_is_fenced(
    start_probed: StartProbed, probe: Probe
) -> None:
    probe.hold("write")
    first = start_probed()
    job = request()
    probe.wait_held("write")
    (horse,) = horses(first)
    asleep = [horse, psutil.Process(first.pid)]
    for process in asleep:
        process.send_signal(signal.SIGSTOP)
    (probe.folder / "held-write").unlink()
    start_probed()
    probe.wait_held("write")
    lapse = time.monotonic() + 2 * LEASE
    wait_until(lambda: time.monotonic() > lapse, 3 * LEASE, "twice the lease is over")
    probe.release("write")

    horse.send_signal(signal.SIGCONT)
    wait_until(lambda: "fenced" in first.output(), 60, "the stale write is refused")
    asleep[1].send_signal(signal.SIGCONT)
    wait_for_end(job)

    assert (job.status, job.attempt) == (JobStatus.SUCCEEDED, 2)
    assert probe.steps(job) == Counter([*STEPS, "write"])
    assert versions_of(job) == 1
    assert first.process.poll() is None
    again = request()
    wait_for_end(again)
    assert again.status == JobStatus.SUCCEEDED


def test_a_stopped_work_horse_ends_at_its_steps_deadline(start_probed: StartProbed, probe: Probe) -> None:
    probe.hold("write")
    worker = start_probed(env={"GENERATION_STEP_TIMEOUT_SECONDS": "2"})
    job = request()
    probe.wait_held("write")

    for horse in horses(worker):
        horse.send_signal(signal.SIGSTOP)
    wait_until(lambda: Outcome.FAILED in outcomes(job), 60, "the attempt ends")
    probe.release("write")
    wait_for_end(job)

    assert job.attempts.get(number=1).error_code == "timed_out"
    assert (job.status, job.attempt) == (JobStatus.SUCCEEDED, 2)
    assert worker.process.poll() is None


def test_a_step_that_no_signal_reaches_is_killed_within_its_grace(start_probed: StartProbed, probe: Probe) -> None:
    probe.deafen("write")
    worker = start_probed(env={"GENERATION_STEP_TIMEOUT_SECONDS": "2"})
    job = request()
    wait_until(lambda: probe.steps(job)["write"], 60, "the step begins")
    (probe.folder / "deaf-write").unlink()
    begun = time.monotonic()

    wait_until(lambda: Outcome.FAILED in outcomes(job), 60, "the attempt ends")
    assert time.monotonic() - begun < 2 + 1 + 1 + SLACK
    wait_for_end(job)

    assert job.attempts.get(number=1).error_code == "timed_out"
    assert job.status == JobStatus.SUCCEEDED
    assert probe.steps(job) == Counter([*STEPS, "write"])
    assert worker.process.poll() is None


def test_a_job_that_kills_its_work_horse_each_time_is_parked_with_all_its_attempts(
    start_probed: StartProbed, probe: Probe
) -> None:
    probe.kill("write", always=True)
    worker = start_probed()
    job = request()
    GenerationJob.objects.filter(pk=job.pk).update(max_attempts=3)

    wait_for_end(job)

    assert (job.status, job.error_code, job.spent) == (JobStatus.FAILED, "attempts_exhausted", 3)
    assert job.error_remedy
    assert outcomes(job) == [Outcome.INTERRUPTED, Outcome.INTERRUPTED, Outcome.FAILED]
    assert probe.steps(job) == Counter(["brief", "plan", *["write"] * 3])
    assert worker.process.poll() is None
    (probe.folder / "kill-write").unlink()
    after = request()
    wait_for_end(after)
    assert after.status == JobStatus.SUCCEEDED


def test_a_lease_is_renewed_while_a_step_takes_longer_than_it(start_probed: StartProbed, probe: Probe) -> None:
    probe.hold("render")
    start_probed()
    start_probed()
    job = request()
    probe.wait_held("render")
    job.refresh_from_db()
    first = job.lease_until
    assert first

    def renewed_twice_over() -> bool:
        job.refresh_from_db()
        return bool(job.lease_until and (job.lease_until - first).total_seconds() > 2 * LEASE)

    wait_until(renewed_twice_over, 60, "the lease is renewed for twice its length")
    probe.release("render")
    wait_for_end(job)

    assert (job.status, job.attempt) == (JobStatus.SUCCEEDED, 1)
    assert probe.steps(job) == Counter(STEPS)
