"""A worker and its work-horse are killed; the job goes on by itself under the next worker, and only once."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from generation.models import Artifact, ArtifactKind, GenerationJob, JobStatus, Outcome, SiteVersion
from tests.generation.factories import request
from tests.support.processes import kill, processes_with, wait_until

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.processes import StartProcess

pytestmark = pytest.mark.django_db(transaction=True)

QUICK = {"GENERATION_LEASE_SECONDS": "3", "GENERATION_RENEW_SECONDS": "1", "GENERATION_SWEEP_SECONDS": "1"}
STEPS = ["brief", "plan", "write", "check", "render", "verify", "package"]


@pytest.fixture
def probe(tmp_path: Path) -> dict[str, str]:
    """The environment of a worker whose steps are counted and can be held."""
    (tmp_path / "calls").touch()
    return {**QUICK, "DJANGO_SETTINGS_MODULE": "tests.support.probe", "PROBE_DIR": str(tmp_path)}


def calls(probe: dict[str, str], folder: Path) -> list[str]:
    return (folder / "calls").read_text().split()


def zip_of(job: GenerationJob) -> str:
    return Artifact.objects.get(job=job, kind=ArtifactKind.ZIP).sha256


def wait_for_end(job: GenerationJob) -> None:
    def ended() -> bool:
        job.refresh_from_db()
        return not job.is_active

    wait_until(ended, 60, "the job ends")


@pytest.mark.parametrize("step", ["plan", "render", "package"])
def test_a_killed_job_goes_on_at_its_first_unfinished_step(
    start_worker: StartProcess, probe: dict[str, str], tmp_path: Path, step: str
) -> None:
    hold = tmp_path / f"hold-{step}"
    hold.touch()
    start_worker(env=probe)
    job = request()
    wait_until(lambda: step in calls(probe, tmp_path), 30, f"step {step} begins")

    kill(processes_with("SB_TEST", str(tmp_path)))
    hold.unlink()
    start_worker(env=probe)
    wait_for_end(job)

    assert (job.status, job.error_message) == (JobStatus.SUCCEEDED, "")
    assert Counter(calls(probe, tmp_path)) == Counter([*STEPS, step])
    assert [a.outcome for a in job.attempts.all()] == [Outcome.INTERRUPTED, Outcome.SUCCEEDED]
    assert SiteVersion.objects.filter(subject=job.subject).count() == 1
    undisturbed = request()
    wait_for_end(undisturbed)
    assert zip_of(job) == zip_of(undisturbed)


def test_a_killed_work_horse_costs_one_attempt_and_its_worker_goes_on(
    start_worker: StartProcess, probe: dict[str, str], tmp_path: Path
) -> None:
    import psutil

    hold = tmp_path / "hold-render"
    hold.touch()
    worker = start_worker(env=probe)
    job = request()
    wait_until(lambda: "render" in calls(probe, tmp_path), 30, "step render begins")

    for horse in psutil.Process(worker.pid).children():
        horse.kill()
    hold.unlink()
    wait_for_end(job)

    assert (job.status, job.attempt) == (JobStatus.SUCCEEDED, 2)
    assert Counter(calls(probe, tmp_path)) == Counter([*STEPS, "render"])
    assert worker.process.poll() is None


def test_a_lease_is_renewed_while_a_step_takes_longer_than_it(
    start_worker: StartProcess, probe: dict[str, str], tmp_path: Path
) -> None:
    hold = tmp_path / "hold-render"
    hold.touch()
    start_worker(env=probe)
    start_worker(env=probe)
    job = request()
    wait_until(lambda: "render" in calls(probe, tmp_path), 30, "step render begins")
    job.refresh_from_db()
    first = job.lease_until
    assert first

    def renewed_twice_over() -> bool:
        job.refresh_from_db()
        return bool(job.lease_until and (job.lease_until - first).total_seconds() > 2 * 3)

    wait_until(renewed_twice_over, 30, "the lease is renewed for twice its length")
    hold.unlink()
    wait_for_end(job)

    assert (job.status, job.attempt) == (JobStatus.SUCCEEDED, 1)
    assert Counter(calls(probe, tmp_path)) == Counter(STEPS)
