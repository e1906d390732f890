"""A process dies at every boundary between database, broker and file: each job comes to its one end all the same."""

from __future__ import annotations

import ast
import errno
import signal
from typing import TYPE_CHECKING, NamedTuple

import pytest

from generation import crash, dispatch
from generation.models import GenerationJob, JobStatus, SiteVersion
from tests.support.forks import Child
from tests.support.processes import ROOT

from .world import World, do

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_django import Settings

    from .conftest import NewWorld

pytestmark = pytest.mark.django_db(transaction=True)

IN_A_WORKERS_PARENT = {"message.popped", "death.noticed"}
"""Those at which a real worker is killed, in test_killed_workers."""
SUCCEEDED, FAILED, CANCELLED = JobStatus.SUCCEEDED, JobStatus.FAILED, JobStatus.CANCELLED


@pytest.fixture
def world(new_world: NewWorld) -> World:
    """One order that nothing has happened to."""
    return new_world(1)


class Operation(NamedTuple):
    """What is done before, what is done and killed at each of the points, and how the jobs end, oldest first.

    ``ends`` holds for each point; where what was asked for is lost with its transaction, it is asked for again.
    """

    before: Callable[[World], object]
    act: Callable[[World], object]
    points: tuple[str, ...]
    ends: tuple[JobStatus, ...]


def _requested(world: World) -> None:
    world.request(world.orders[0])


def _failed(world: World) -> None:
    _doomed(world)
    world.work()
    world.fail_no_more()


def _succeeded(world: World) -> None:
    _requested(world)
    world.work()


def _wiped(world: World) -> None:
    _requested(world)
    world.mend()
    world.broker.flushall()


def _lost(world: World) -> None:
    """Its message is gone, and that is known."""
    _requested(world)
    world.mend()
    world.broker.delete("rq:queue:default")
    world.let_time_pass()


def _strayed(world: World) -> None:
    _requested(world)
    world.cancel(world.orders[0])


def _busy(world: World) -> None:
    _requested(world)
    world.fail_next("check", errno.ECONNRESET)


def _doomed(world: World) -> None:
    _requested(world)
    world.fail_next("check", errno.ENOSPC)


def _take(world: World) -> None:
    do(world.message(), hands_back=False)


def _hand_back(world: World) -> None:
    do(world.message(), hands_back=True)


def _nothing(_world: World) -> None:
    pass


CLAIM = ("claim.taken", "claim.committed")
STEP = ("step.begun", "step.worked", "step.stored", "file.written", "file.kept")
FINISH = ("finish.begun", "finish.moved", "finish.received", "finish.committed")
ASK = ("request.inserted", "request.committed")
OPERATIONS = {
    "request": Operation(_nothing, _requested, ASK, (SUCCEEDED,)),
    "dispatch": Operation(_lost, World.mend, ("dispatch.counted", "dispatch.sent"), (SUCCEEDED,)),
    "dispatch to a wiped broker": Operation(
        _wiped, World.mend, ("dispatch.marked", "dispatch.counted", "dispatch.sent"), (SUCCEEDED,)
    ),
    "drop a stray": Operation(_strayed, World.mend, ("stray.removed",), (CANCELLED,)),
    "run": Operation(_requested, _take, CLAIM + STEP + FINISH, (SUCCEEDED,)),
    "run and fail for good": Operation(
        _doomed,
        _take,
        ("finish.moved", "finish.received", "finish.committed"),
        (FAILED,),
    ),
    "run and be tried again": Operation(_busy, _take, ("retry.moved", "retry.committed"), (SUCCEEDED,)),
    "hand back": Operation(_requested, _hand_back, ("retry.moved", "retry.committed"), (SUCCEEDED,)),
    "cancel": Operation(
        _requested, lambda world: world.cancel(world.orders[0]), ("cancel.moved", "cancel.committed"), (CANCELLED,)
    ),
    "retry": Operation(
        _failed, lambda world: world.retry(world.orders[0]), (*ASK, "reset.copied"), (FAILED, SUCCEEDED)
    ),
    "reset": Operation(_succeeded, lambda world: world.reset(world.orders[0]), ASK, (SUCCEEDED, SUCCEEDED)),
    "reset from a step": Operation(
        _succeeded, lambda world: world.reset(world.orders[0], "render"), (*ASK, "reset.copied"), (SUCCEEDED, SUCCEEDED)
    ),
}
WITHOUT_BROKER = {"dispatch.unsent"}
REPEATED = {"request", "cancel", "retry", "reset", "reset from a step"}
CASES = [(name, point) for name, operation in OPERATIONS.items() for point in operation.points]


@pytest.mark.parametrize(("name", "point"), CASES, ids=[f"{name} at {point}" for name, point in CASES])
def test_what_dies_at_a_crash_point_comes_to_its_one_end(world: World, name: str, point: str) -> None:
    operation = OPERATIONS[name]
    operation.before(world)
    world.check()

    child = Child(lambda: operation.act(world), at=point)
    assert child.is_killed, f"{point} is not reached"
    if name in REPEATED:
        operation.act(world)
        operation.act(world)
    world.settle(mends_faults=operation.ends[-1] != FAILED)

    world.check()
    ends = list(GenerationJob.objects.order_by("created_at").values_list("status", flat=True))
    assert tuple(ends) == operation.ends
    assert SiteVersion.objects.count() == operation.ends.count(SUCCEEDED)


def test_a_request_that_dies_before_it_is_on_record_that_the_broker_was_away(world: World, settings: Settings) -> None:
    url, settings.BROKER_URL = settings.BROKER_URL, "unix:///nobody/listens.sock"
    dispatch._broker.cache_clear()
    child = Child(lambda: _requested(world), at="dispatch.unsent")
    settings.BROKER_URL = url
    dispatch._broker.cache_clear()
    assert child.is_killed

    world.let_time_pass()
    world.settle()

    world.check()
    assert GenerationJob.objects.get().status == SUCCEEDED


def test_every_crash_point_is_named_and_dies_in_a_test() -> None:
    assert IN_A_WORKERS_PARENT | WITHOUT_BROKER | {point for _name, point in CASES} == set(crash.POINTS)
    assert len(crash.POINTS) == len(set(crash.POINTS))


def test_every_place_that_is_reached_is_listed() -> None:
    """Names that are put together when they are reached are found by the deaths above."""
    named = {
        argument.value
        for file in (ROOT / "generation").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "crash.reach"
        for argument in node.args
        if isinstance(argument, ast.Constant)
    }
    assert named
    assert named <= set(crash.POINTS)
    assert set(crash.POINTS) - named == {"cancel.moved", "cancel.committed", "finish.moved", "finish.committed"}


def test_a_child_that_is_stopped_goes_on() -> None:
    child = Child(lambda: crash.reach("here"), at="here", by=signal.SIGSTOP)
    assert child.is_stopped
    child.go_on()
