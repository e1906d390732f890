"""Odd messages, rows changed by hand and clocks that jump: nothing is raised out of a worker, and all ends in words."""

from __future__ import annotations

import errno
import signal
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Now

from generation import dispatch, duties, queues, reconcile, tasks
from generation.errors import StepFailed
from generation.models import (
    ACTIVE,
    CLOSED,
    Duty,
    GenerationJob,
    JobAttempt,
    JobStatus,
    Queue,
    QueueControl,
    SiteVersion,
    StepRun,
)
from generation.signals import job_closed, job_started, job_waiting
from tests.generation.factories import request

from .conftest import wait_for_end

if TYPE_CHECKING:
    from redis import Redis

    from .conftest import NewWorld, StartProbed
    from .world import World

pytestmark = pytest.mark.django_db(transaction=True)

FAR = timedelta(days=400)


@pytest.fixture
def world(new_world: NewWorld) -> World:
    """One order, whose job was interrupted once, in the middle."""
    world = new_world(1)
    world.request(world.orders[0])
    world.fail_next("check", errno.ECONNRESET)
    world.work()
    world.fail_no_more()
    return world


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("",),
        (str(uuid4()), "1"),
        ("no id", "1"),
        (str(uuid4()), "one"),
        (str(uuid4()), "9" * 30),
        (str(uuid4()), float("inf")),
        (None, None),
        (12, 1.5),
        ([], {}),
        (b"\xff", "1"),
        (str(uuid4()), "1", "more", "and more"),
    ],
)
def test_a_message_with_odd_arguments_is_dropped_with_a_word(arguments: tuple[Any, ...]) -> None:
    tasks.run_generation(*arguments)
    tasks.run_background(*arguments)
    tasks.run_background("mail", *arguments)
    tasks.row_of("generation.tasks.run_generation", arguments)
    tasks.row_of("generation.tasks.run_background", arguments)


def test_a_message_for_a_finished_job_changes_nothing(world: World) -> None:
    world.settle()
    job = GenerationJob.objects.get()
    for attempt in range(5):
        tasks.run_generation(str(job.pk), str(attempt))
    world.check()


def test_messages_that_cannot_be_read_cost_no_worker(start_probed: StartProbed, broker: Redis) -> None:
    worker = start_probed()
    for number, data in enumerate([b"", b"no pickle", b"\x80\x05N."]):
        broker.hset(f"rq:job:odd-{number}", mapping={"data": data, "origin": "default", "timeout": "60"})
        broker.rpush("rq:queue:default", f"odd-{number}")
    broker.rpush("rq:queue:default", "never-heard-of", str(uuid4()))
    job = request()

    wait_for_end(job)

    assert job.status == JobStatus.SUCCEEDED
    assert worker.process.poll() is None, worker.output()


ODD: dict[str, list[Any]] = {
    "queue": ["low", "nowhere"],
    "status": [*JobStatus.values, "nonsense"],
    "attempt": [0, 7],
    "spent": [0, 99],
    "max_attempts": [0, 1],
    "dispatch": [0, 99],
    "message_seen_at": [None, Now() + FAR],
    "lease": ["", "somebody"],
    "lease_until": [None, Now() - FAR, Now() + FAR],
    "deadline": [None, Now() - FAR, Now() + FAR],
    "next_attempt_at": [None, Now() - FAR, Now() + FAR],
    "error_code": ["nonsense"],
    "error_detail": ["nonsense"],
    "error_traceback": ["nonsense"],
    "created_at": [Now() - FAR, Now() + FAR],
    "started_at": [None, Now() + FAR],
    "finished_at": [Now() + FAR],
    "subject": [uuid4()],
    "kind": ["nonsense"],
    "based_on": [None],
    "continues": [F("pk")],
    "first_step": ["nonsense"],
    "note": ["nonsense"],
    "variation": [99],
    "trigger": ["nonsense"],
    "requested_by": [""],
    "brief": [{}, [], "nonsense"],
    "brief_digest": [""],
    "theme": ["gone"],
    "locale": ["xx"],
    "current_step": ["nonsense"],
    "progress": [999],
    "tokens": [99],
    "cost": [None],
}


@pytest.mark.parametrize("state", [JobStatus.RETRYING, JobStatus.RUNNING])
@pytest.mark.parametrize("column", ODD)
def test_a_job_changed_by_hand_still_comes_to_an_end(world: World, column: str, state: JobStatus) -> None:
    if state == JobStatus.RUNNING:
        world.let_time_pass()
        world.mend()
        world.work(at="step.begun", parent=False)
    kept = {field.attname: field.value_from_object(GenerationJob.objects.get()) for field in _columns()}
    for value in ODD[column]:
        GenerationJob.objects.update(**kept)
        try:
            with transaction.atomic():
                GenerationJob.objects.update(**{column: value})
        except IntegrityError:
            continue  # the database refuses it
        if SiteVersion.objects.exists():
            break  # the value before has brought it to its end, once and for all
        world.settle()
        assert GenerationJob.objects.get().status in (*CLOSED, "nonsense")
        assert SiteVersion.objects.count() <= 1


def _columns() -> list[Any]:
    return [field for field in GenerationJob._meta.concrete_fields if not field.primary_key]


def test_each_column_of_a_job_is_changed_by_hand_in_a_test() -> None:
    assert set(ODD) == {field.name for field in _columns()}


def test_a_finished_job_opened_by_hand_ends_again_and_its_version_never_changes(world: World) -> None:
    world.settle()
    version = SiteVersion.objects.get()
    GenerationJob.objects.update(status=JobStatus.QUEUED, message_seen_at=None)

    world.settle()

    assert GenerationJob.objects.get().status == JobStatus.SUCCEEDED
    assert SiteVersion.objects.get().manifest == version.manifest


def test_an_attempt_that_is_on_record_already_is_counted_anew(world: World) -> None:
    JobAttempt.objects.update(number=4)
    GenerationJob.objects.update(attempt=3, spent=1)

    world.settle()

    job = GenerationJob.objects.get()
    assert (job.status, job.attempt) == (JobStatus.SUCCEEDED, 5)


def test_a_step_whose_output_cannot_be_read_any_more_is_done_again(world: World) -> None:
    StepRun.objects.filter(step="plan").update(output={"what": "is this"})

    world.settle()

    assert GenerationJob.objects.get().status == JobStatus.SUCCEEDED
    assert [call.step for call in world.probe.calls()].count("plan") == 2


def test_a_job_that_is_deleted_while_it_waits_or_runs_is_nobodys(world: World) -> None:
    world.settle()
    for _number in range(2):
        request()
    world.work(at="step.begun", by=signal.SIGSTOP)
    GenerationJob.objects.filter(status__in=ACTIVE).delete()

    world.settle()

    world.check()
    assert reconcile.reconcile() == []


def test_a_clock_that_is_set_back_holds_nothing_up(world: World) -> None:
    duties.do(duties.RECONCILE, lambda: None, every=10)
    ours = {name: F(name) + FAR for name in ("message_seen_at", "next_attempt_at", "lease_until", "deadline")}
    GenerationJob.objects.update(**ours)
    JobAttempt.objects.update(started_at=F("started_at") + FAR)
    Duty.objects.update(begun_at=F("begun_at") + FAR)
    QueueControl.objects.create(queue=Queue.DEFAULT, max_starts_a_minute=1)

    reconcile.look_after()
    world.let_time_pass(timedelta(seconds=5))
    reconcile.look_after()

    assert queues.hold_of(Queue.DEFAULT) is None
    world.work()
    assert GenerationJob.objects.get().status == JobStatus.SUCCEEDED


def test_a_clock_that_jumps_forward_costs_an_attempt_at_most(world: World) -> None:
    world.let_time_pass()
    world.mend()
    world.work(at="step.begun", parent=False)
    world.let_time_pass(FAR)

    world.settle()

    world.check()
    job = GenerationJob.objects.get()
    assert (job.status, job.spent) == (JobStatus.SUCCEEDED, 3)


def test_a_queue_without_room_keeps_no_other_waiting(broker: Redis, world: World) -> None:
    QueueControl.objects.create(queue=Queue.DEFAULT, max_running=1)
    many = [request() for _number in range(3)]
    GenerationJob.objects.filter(pk=many[-1].pk).update(queue=Queue.HIGH)
    GenerationJob.objects.update(message_seen_at=None, created_at=Now() - FAR)
    GenerationJob.objects.filter(pk=many[-1].pk).update(created_at=Now())
    dispatch.BATCH, former = 1, dispatch.BATCH
    try:
        dispatch.send_due()
    finally:
        dispatch.BATCH = former

    assert broker.llen("rq:queue:high") == 1


def test_an_attempt_does_not_begin_before_its_time(world: World) -> None:
    job = GenerationJob.objects.get()
    GenerationJob.objects.update(next_attempt_at=Now() + timedelta(hours=1))

    tasks.run_generation(str(job.pk), str(job.attempt + 1))

    job.refresh_from_db()
    assert (job.status, job.attempt) == (JobStatus.RETRYING, 1)


@pytest.mark.parametrize("told", [job_started, job_waiting, job_closed], ids=["started", "waiting", "closed"])
def test_a_receiver_that_fails_keeps_no_job_and_no_other_receiver_from_it(new_world: NewWorld, told: Any) -> None:
    world = new_world(1)

    def fail(**_of_the_signal: Any) -> None:
        raise RuntimeError("as the test wants it")

    told.connect(fail, weak=False)
    try:
        world.request(world.orders[0])
        world.fail_next("check", errno.ECONNRESET)
        world.work()
        world.settle()
    finally:
        told.disconnect(fail)
    world.check()
    assert GenerationJob.objects.get().status == JobStatus.SUCCEEDED


def test_what_no_database_takes_is_taken_out_of_an_error() -> None:
    assert StepFailed("service_unreachable", "a\0b\udc80").detail == "a\N{REPLACEMENT CHARACTER}b?"
