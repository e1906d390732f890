"""Whatever happens to jobs, in any order: histories drawn from a seed, after each step of which all promises hold.

One that fails prints its seed and what happened. ``FAULTS_SEED=123`` draws that history alone, ``FAULTS_HISTORIES``
says how many there are, and ``FAULTS_WORKER_HISTORIES`` how many with real workers: those look at the promises at
their end only, since much happens at once.
"""

from __future__ import annotations

import errno
import os
import random
import signal
from contextlib import suppress
from typing import TYPE_CHECKING

import psutil
import pytest
from django.db import OperationalError, transaction

from generation import crash, services
from generation.models import Queue
from generation.pipeline.names import NAMES
from tests.support.forks import Child
from tests.support.processes import kill, wait_until

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from redis import Redis

    from orders.models import SiteOrder
    from tests.support.processes import Started

    from .conftest import NewWorld, StartProbed
    from .world import World

pytestmark = pytest.mark.django_db(transaction=True)

HISTORIES = int(os.environ.get("FAULTS_HISTORIES", "50"))  # on each of two databases
SEED = os.environ.get("FAULTS_SEED", "")
WITH_WORKERS = int(os.environ.get("FAULTS_WORKER_HISTORIES", "0"))
LENGTH = 10
ASKING = tuple(name for name in crash.POINTS if name.startswith(("request.", "reset.", "cancel.", "dispatch.")))
WORKING = tuple(name for name in crash.POINTS if name.startswith(("claim.", "step.", "file.", "finish.", "retry.")))
OUTSIDE_TRANSACTIONS = ("claim.committed", "step.begun", "step.worked", "finish.begun", "finish.committed")


class History:
    """Draws what happens next, and keeps what has."""

    def __init__(self, seed: int, world: World) -> None:
        self.random, self.world = random.Random(seed), world  # noqa: S311 - to be drawn again from its seed
        self.past: list[str] = []
        self.happenings: tuple[tuple[int, Callable[[SiteOrder], str]], ...] = (
            (6, self.somebody_asks),
            (4, self.somebody_dies_asking),
            (4, self.a_worker_works),
            (6, self.a_worker_dies),
            (3, self.a_worker_falls_asleep),
            (3, self.one_wakes),
            (1, self.a_worker_is_told_to_stop),
            (2, self.a_step_begins_to_fail),
            (1, self.nothing_fails_any_more),
            (1, self.a_queue_is_held_or_let_go),
            (2, self.the_broker_is_wiped),
            (1, self.time_passes),
            (2, self.rows_are_mended),
            (4, self.time_passes_and_rows_are_mended),
        )

    def run(self) -> None:
        weights = [weight for weight, _happening in self.happenings]
        self.world.request(self.random.choice(self.world.orders))
        for _number in range(LENGTH):
            (_weight, happening), *_none = self.random.choices(self.happenings, weights)
            order = self.random.choice(self.world.orders)
            self.past.append(f"{happening.__name__} …")  # in case it does not come back
            self.past[-1] = f"{happening.__name__}: {happening(order)}"
            self.world.check()
        self.past.append("all is well again")
        self.world.settle()
        self.world.check()

    def asked(self, order: SiteOrder) -> tuple[str, Callable[[], object]]:
        """Something that may be asked for: its name, and what asks for it."""
        world, draw = self.world, self.random
        another, first_step = draw.random() < 0.3, draw.choice(["", *NAMES])
        return draw.choice(
            [
                ("request", lambda: world.request(order, another_look=another)),
                ("schedule", lambda: world.request(order, trigger="schedule")),
                ("retry", lambda: world.retry(order)),
                (f"reset {first_step}", lambda: world.reset(order, first_step)),
                ("cancel", lambda: world.cancel(order)),
                ("approve", lambda: world.approve(order)),
            ]
        )

    def somebody_asks(self, order: SiteOrder) -> str:
        name, ask = self.asked(order)
        ask()
        return name

    def somebody_dies_asking(self, order: SiteOrder) -> str:
        name, ask = self.asked(order)
        point = self.random.choice(ASKING)
        Child(ask, at=point).check()
        return f"{name} at {point}"

    def a_worker_works(self, _order: SiteOrder) -> str:
        return "something" if self.world.work() else "nothing"

    def a_worker_dies(self, _order: SiteOrder) -> str:
        point, parent = self.random.choice(WORKING), self.random.random() < 0.5
        child = self.world.work(at=point, parent=parent)
        how = "killed" if child and child.is_killed else "not reached"
        return f"{point}, {how}, {'noticed' if parent else 'unnoticed'}"

    def a_worker_falls_asleep(self, _order: SiteOrder) -> str:
        point = self.random.choice(OUTSIDE_TRANSACTIONS)
        self.world.work(at=point, by=signal.SIGSTOP)
        return point

    def one_wakes(self, _order: SiteOrder) -> str:
        self.world.wake()
        return f"{len(self.world.asleep)} still asleep"

    def a_worker_is_told_to_stop(self, _order: SiteOrder) -> str:
        return "something" if self.world.work(hands_back=True) else "nothing"

    def a_step_begins_to_fail(self, _order: SiteOrder) -> str:
        step, number = self.random.choice(NAMES), self.random.choice([errno.ENOSPC, errno.ECONNRESET, errno.EBADF])
        self.world.fail_next(step, number)
        return f"{step} {errno.errorcode[number]}"

    def nothing_fails_any_more(self, _order: SiteOrder) -> str:
        self.world.fail_no_more()
        return ""

    def a_queue_is_held_or_let_go(self, _order: SiteOrder) -> str:
        queue, is_held = self.random.choice(Queue.values[:3]), self.random.random() < 0.5
        if is_held:
            services.pause_queue(queue=queue, by="Ana", why="as the test wants it")
        else:
            services.resume_queue(queue=queue)
        return f"{queue} {'held' if is_held else 'let go'}"

    def the_broker_is_wiped(self, _order: SiteOrder) -> str:
        self.world.broker.flushall()
        return ""

    def time_passes(self, _order: SiteOrder) -> str:
        self.world.let_time_pass()
        return ""

    def time_passes_and_rows_are_mended(self, _order: SiteOrder) -> str:
        self.world.let_time_pass()
        self.world.mend()
        return ""

    def rows_are_mended(self, _order: SiteOrder) -> str:
        self.world.mend()
        return ""


def test_whatever_happens_every_promise_holds(broker: Redis, new_world: NewWorld) -> None:
    seeds = [int(SEED)] if SEED else [random.SystemRandom().randrange(2**32) for _number in range(HISTORIES)]
    for seed in seeds:
        broker.flushall()
        history = History(seed, new_world(1 + (seed % 4 == 0)))
        try:
            history.run()
        except BaseException:
            print("\n".join([f"FAULTS_SEED={seed}", *history.past]))  # noqa: T201 - so that it can be drawn again
            raise


class HistoryWithWorkers(History):
    """The same with two real workers, killed, stopped and woken."""

    def __init__(self, seed: int, world: World, start: Callable[[], Started]) -> None:
        super().__init__(seed, world)
        self.start, self.workers, self.stopped = start, [start(), start()], list[psutil.Process]()
        self.happenings = (
            (6, self.somebody_asks),
            (4, self.somebody_dies_asking),
            (3, self.a_work_horse_is_killed),
            (3, self.a_worker_is_killed),
            (2, self.a_worker_is_told_to_leave),
            (2, self.a_process_is_stopped),
            (2, self.a_process_is_woken),
            (2, self.a_step_begins_to_fail),
            (2, self.nothing_fails_any_more),
            (2, self.a_queue_is_held_or_let_go),
            (2, self.the_broker_is_wiped),
            (4, self.rows_are_mended),
            (3, self.a_step_is_held),
        )

    def run(self) -> None:
        weights = [weight for weight, _happening in self.happenings]
        for _number in range(2 * LENGTH):
            (_weight, happening), *_none = self.random.choices(self.happenings, weights)
            self.past.append(f"{happening.__name__}: {happening(self.random.choice(self.world.orders))}")
        self.past.append("all is well again")
        for file in [*self.world.probe.folder.glob("hold-*"), *self.world.probe.folder.glob("kill-*")]:
            file.unlink()
        self.world.fail_no_more()
        while self.stopped:
            self.a_process_is_woken(self.world.orders[0])
        for queue in Queue.values:
            services.resume_queue(queue=queue)
        wait_until(self._all_jobs_have_ended, 180, "all jobs end")
        self.world.check()

    def _all_jobs_have_ended(self) -> bool:
        self._one()  # one that was told to leave while it was stopped leaves when it is woken
        return not services.active_jobs().exists()

    def _one(self) -> Started:
        """A living worker, in place of which another is started once it is gone."""
        self.workers = [worker for worker in self.workers if worker.process.poll() is None]
        while len(self.workers) < 2:
            self.workers.append(self.start())
        return self.random.choice(self.workers)

    def _processes(self) -> list[psutil.Process]:
        """A worker and what it has forked."""
        while True:
            with suppress(psutil.NoSuchProcess):  # it has just left, and another takes its place
                worker = psutil.Process(self._one().pid)
                return [worker, *worker.children()]

    def a_work_horse_is_killed(self, _order: SiteOrder) -> str:
        horses = self._processes()[1:]
        kill(horses)
        return f"{len(horses)}"

    def a_worker_is_killed(self, _order: SiteOrder) -> str:
        worker = self._one()
        worker.process.kill()
        worker.process.wait(10)
        return "its work-horse is an orphan"

    def a_worker_is_told_to_leave(self, _order: SiteOrder) -> str:
        self._one().process.terminate()
        return ""

    def a_process_is_stopped(self, _order: SiteOrder) -> str:
        worker, *horses = self._processes()
        process = self.random.choice([worker, *horses])
        with suppress(psutil.NoSuchProcess):
            process.suspend()
            self.stopped.append(process)
        try:
            with transaction.atomic():
                pass
        except OperationalError:  # on SQLite, what stops in the middle of writing keeps all others out
            self.stopped.pop().resume()
        return "worker" if process == worker else "work-horse"

    def a_process_is_woken(self, _order: SiteOrder) -> str:
        if self.stopped:
            with suppress(psutil.NoSuchProcess):
                self.stopped.pop(0).resume()
        return f"{len(self.stopped)} still asleep"

    def a_step_is_held(self, _order: SiteOrder) -> str:
        """For as long as half of them are."""
        held = sorted(self.world.probe.folder.glob("hold-*"))
        for file in held:
            file.unlink()
        if held:
            return "no more"
        step = self.random.choice(NAMES)
        self.world.probe.hold(step)
        return step


@pytest.mark.skipif(not WITH_WORKERS, reason="run by make faults: FAULTS_WORKER_HISTORIES")
def test_whatever_happens_to_real_workers_every_promise_holds(
    broker: Redis, new_world: NewWorld, start_probed: StartProbed, sites: Path
) -> None:
    for _number in range(WITH_WORKERS):
        seed = int(SEED) if SEED else random.SystemRandom().randrange(2**32)
        broker.flushall()
        history = HistoryWithWorkers(seed, new_world(3), lambda: start_probed(env={"SITES_DIR": str(sites)}))
        try:
            history.run()
        except BaseException:
            print("\n".join([f"FAULTS_SEED={seed}", *history.past]))  # noqa: T201 - so that it can be drawn again
            raise
        for worker in history.workers:
            worker.process.kill()
            worker.process.wait(10)
