"""The broker is dead, wiped, restarted, read-only or silent: nothing accepted is lost, nothing is done twice."""

from __future__ import annotations

import shutil
import time
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from django.db import transaction

from generation.models import GenerationJob, JobEvent, JobStatus, SiteVersion
from generation.pipeline.names import NAMES as STEPS
from orders import services as orders
from orders.models import Mail, OrderEvent, SiteOrder
from tests.generation.factories import request
from tests.orders.factories import make_answers, paid
from tests.support.processes import wait_until

from .conftest import versions_of, wait_for_end

if TYPE_CHECKING:
    from collections.abc import Callable

    from redis import Redis

    from tests.support.probe_folder import Probe

    from .conftest import OwnBroker, StartProbed

pytestmark = pytest.mark.django_db(transaction=True)

IN_FLIGHT = 50


def test_with_a_dead_broker_a_request_is_answered_at_once_and_runs_once_after_it_is_back(
    own_broker: OwnBroker, probe: Probe
) -> None:
    own_broker.die()
    begun = time.monotonic()
    job = request()
    assert time.monotonic() - begun < 5
    job.refresh_from_db()
    assert (job.status, job.message_seen_at) == (JobStatus.QUEUED, None)

    own_broker.start()
    own_broker.start_worker()
    wait_for_end(job)

    assert (job.status, job.attempt) == (JobStatus.SUCCEEDED, 1)
    assert probe.steps(job) == Counter(STEPS)


def test_a_request_that_is_rolled_back_leaves_no_job_no_event_no_mail_and_no_message(broker: Redis) -> None:
    order = paid(make_answers())
    before = (OrderEvent.objects.count(), Mail.objects.count(), broker.dbsize())

    with pytest.raises(RuntimeError), transaction.atomic():
        orders.request_build(order_id=order.pk, by="Ana", trigger="admin")
        raise RuntimeError("as the test wants it")

    assert not GenerationJob.objects.exists()
    assert not JobEvent.objects.exists()
    assert (OrderEvent.objects.count(), Mail.objects.count(), broker.dbsize()) == before
    assert SiteOrder.objects.get(pk=order.pk).status == order.status


def test_fifty_jobs_in_flight_all_end_once_when_the_broker_is_wiped(
    start_probed: StartProbed, broker: Redis, probe: Probe
) -> None:
    probe.hold("render")
    start_probed()
    jobs = [request() for _number in range(IN_FLIGHT)]
    probe.wait_held("render")

    broker.flushall()
    probe.release("render")
    wait_for_end(*jobs, seconds=180)

    assert {job.status for job in jobs} == {JobStatus.SUCCEEDED}
    assert SiteVersion.objects.count() == IN_FLIGHT
    assert Counter(call.step for call in probe.calls()) == Counter(dict.fromkeys(STEPS, IN_FLIGHT))
    assert broker.scard("rq:workers") == 1


def restart(broker: OwnBroker) -> None:
    broker.die()
    broker.start()


def fail_over_to_one_that_lacks_the_last_writes(broker: OwnBroker) -> None:
    """What it had stored before the last requests is what the new one knows."""
    kept, files = broker.folder / "kept", broker.folder / "broker" / "appendonlydir"
    broker.die()
    shutil.rmtree(files)
    shutil.copytree(kept, files)
    broker.start()


def lose_all(broker: OwnBroker) -> None:
    broker.die()
    shutil.rmtree(broker.folder / "broker" / "appendonlydir")
    broker.start()


def be_read_only(broker: OwnBroker) -> None:
    broker.command("REPLICAOF", "127.0.0.1", "1")
    late = request()  # cannot be sent
    late.refresh_from_db()
    assert late.message_seen_at is None
    broker.command("REPLICAOF", "NO", "ONE")


@pytest.mark.parametrize("trouble", [restart, fail_over_to_one_that_lacks_the_last_writes, lose_all, be_read_only])
def test_jobs_outlive_what_befalls_the_broker(
    own_broker: OwnBroker, probe: Probe, trouble: Callable[[OwnBroker], None]
) -> None:
    probe.hold("write")
    worker = own_broker.start_worker()
    first = request()
    probe.wait_held("write")
    own_broker.command("WAITAOF", "1", "0", "2000")
    shutil.copytree(own_broker.folder / "broker" / "appendonlydir", own_broker.folder / "kept")
    jobs = [first, *(request() for _number in range(5))]

    trouble(own_broker)
    probe.release("write")
    jobs += GenerationJob.objects.exclude(pk__in=[job.pk for job in jobs])
    wait_for_end(*jobs)

    assert worker.process.poll() is None, worker.output()
    assert [(job.status, job.attempt, versions_of(job)) for job in jobs] == [(JobStatus.SUCCEEDED, 1, 1)] * len(jobs)
    assert Counter(call.step for call in probe.calls()) == Counter(dict.fromkeys(STEPS, len(jobs)))
    wait_until(lambda: own_broker.connection.scard("rq:workers") == 1, 30, "the worker is known again")


def test_a_silent_broker_keeps_no_caller_waiting_and_costs_no_worker_its_lease(
    own_broker: OwnBroker, probe: Probe
) -> None:
    probe.hold("write")
    worker = own_broker.start_worker()
    job = request()
    probe.wait_held("write")
    own_broker.freeze()
    begun = time.monotonic()
    late = request()
    assert time.monotonic() - begun < 5
    job.refresh_from_db()
    first = job.lease_until
    assert first

    def renewed_twice_over() -> bool:
        job.refresh_from_db()
        return bool(job.lease_until and (job.lease_until - first).total_seconds() > 2 * 3)

    wait_until(renewed_twice_over, 60, "the lease is renewed for twice its length")
    own_broker.thaw()
    probe.release("write")
    wait_for_end(job, late)

    assert [(each.status, each.attempt) for each in (job, late)] == [(JobStatus.SUCCEEDED, 1)] * 2
    assert probe.steps(job) == Counter(STEPS)
    assert worker.process.poll() is None


def test_a_work_horse_that_ends_while_the_broker_is_away_has_ended_well(own_broker: OwnBroker, probe: Probe) -> None:
    probe.hold("write")
    worker = own_broker.start_worker()
    job = request()
    probe.wait_held("write")

    own_broker.die()
    probe.release("write")
    wait_for_end(job)
    assert (job.status, job.attempt) == (JobStatus.SUCCEEDED, 1)

    own_broker.start()
    after = request()
    wait_for_end(after)
    assert (after.status, worker.process.poll()) == (JobStatus.SUCCEEDED, None)
