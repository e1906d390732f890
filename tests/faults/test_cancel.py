"""A cancel that is committed first wins, wherever the job stands, and never turns into finished."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psutil
import pytest
from rq.command import send_stop_job_command

from generation import services
from generation.models import GenerationJob, JobStatus, Outcome
from tests.generation.factories import request
from tests.support.processes import wait_until

from .conftest import versions_of, wait_for_end

if TYPE_CHECKING:
    from redis import Redis

    from tests.support.probe_folder import Probe
    from tests.support.processes import Started

    from .conftest import StartProbed

pytestmark = pytest.mark.django_db(transaction=True)

MOMENTS = ("message.popped", "claim.committed", "step.begun", "write", "finish.begun")
"""Popped, claimed, between two steps, in one, and with all of them done."""


def cancel(job: GenerationJob) -> None:
    assert services.cancel_generation(job_id=job.pk, by="Ana", reason="as the test wants it").status == "cancelled"


def check_cancelled(job: GenerationJob, *, began: bool) -> None:
    job.refresh_from_db()
    assert (job.status, job.lease_until, versions_of(job)) == (JobStatus.CANCELLED, None, 0)
    assert [a.outcome for a in job.attempts.all()] == ([Outcome.CANCELLED] if began else [])
    assert job.events.latest("pk").by == "Ana"


def is_idle(worker: Started) -> bool:
    return not psutil.Process(worker.pid).children()


def test_what_rqs_stop_command_ends_is_cancelled(start_probed: StartProbed, probe: Probe, broker: Redis) -> None:
    worker = start_probed()
    probe.hold("write")
    job = request()
    probe.wait_held("write")

    send_stop_job_command(broker, f"{job.pk}-1-1")

    wait_for_end(job)
    wait_until(lambda: is_idle(worker), 30, "the work-horse is stopped")
    job.refresh_from_db()
    assert (job.status, [a.outcome for a in job.attempts.all()]) == (JobStatus.CANCELLED, [Outcome.CANCELLED])
    assert job.events.latest("pk").by == "RQ"


def test_a_cancelled_job_stays_cancelled_whenever_it_was_cancelled(start_probed: StartProbed, probe: Probe) -> None:
    waiting = request()
    cancel(waiting)
    worker = start_probed()
    for moment in MOMENTS:
        probe.hold(moment)
        job = request()
        probe.wait_held(moment)

        cancel(job)
        if moment == "write":  # whoever does not listen is stopped
            wait_until(lambda: is_idle(worker), 30, "the work-horse is stopped")
            (probe.folder / "held-write").unlink()
            probe.release(moment)
        else:
            probe.release(moment)
            wait_until(lambda: is_idle(worker), 30, "the work-horse has ended")
        after = request()
        wait_for_end(after)

        assert after.status == JobStatus.SUCCEEDED, moment
        check_cancelled(job, began=moment != "message.popped")
    check_cancelled(waiting, began=False)
    assert worker.process.poll() is None


def test_a_cancel_that_comes_after_the_end_changes_nothing(start_probed: StartProbed, probe: Probe) -> None:
    probe.hold("finish.committed")
    start_probed()
    job = request()
    probe.wait_held("finish.committed")

    assert services.cancel_generation(job_id=job.pk, by="Ana").status == JobStatus.SUCCEEDED
    probe.release("finish.committed")

    job.refresh_from_db()
    assert (job.status, versions_of(job)) == (JobStatus.SUCCEEDED, 1)
