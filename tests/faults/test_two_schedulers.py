"""Schedulers side by side, with clocks that jump and a broker that comes and goes: each tick is one run."""

from __future__ import annotations

import multiprocessing
import sqlite3
from collections import Counter
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection, connections
from django.urls import reverse
from django.utils import timezone
from redis.exceptions import RedisError

from generation import schedules
from generation.models import JobStatus, Misfire, Schedule, ScheduleRun
from generation.schedules import IN_TIME, fire_due
from tests.support.at_once import at_once
from tests.support.brokers import EmbeddedBroker
from tests.support.processes import wait_until
from tests.support.staff import staff

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from redis import Redis

    from tests.support.processes import Started, StartProcess

pytestmark = pytest.mark.django_db(transaction=True)

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
QUICK = {"GENERATION_LEASE_SECONDS": "3", "GENERATION_RENEW_SECONDS": "1", "BROKER_RETRY_PAUSE_SECONDS": "0.5"}


@pytest.fixture(autouse=True)
def _no_shipped_schedules(transactional_db: None) -> None:
    Schedule.objects.all().delete()


def schedule(name: str, **columns: Any) -> Schedule:
    return Schedule.objects.create(name=name, task="purge", **columns)


def close_runs() -> None:
    """As workers would: a run under way keeps the next tick from having one."""
    ScheduleRun.objects.exclude(status=JobStatus.SUCCEEDED).update(status=JobStatus.SUCCEEDED, lease_until=None)


# a thousand ticks


def moments() -> Iterator[datetime]:
    """1,000 minutes of a clock: over both changes of New York's, with leaps ahead, and back over ground covered."""
    now = datetime(2026, 3, 8, 2, 0, 10, tzinfo=UTC)
    for step in range(1000):
        now += MINUTE
        if step in (100, 350, 700):
            now -= 45 * MINUTE
        elif step in (200, 450, 800):
            now += 3 * HOUR
        elif step == 500:
            now = datetime(2026, 11, 1, 2, 0, 10, tzinfo=UTC)
        elif step in (850, 900):
            now -= 10 * timedelta(days=1)
        elif step in (860, 910):
            now += 10 * timedelta(days=1)
        yield now


def expected(period: timedelta, misfire: Misfire) -> set[datetime]:
    """What runs of the ticks at whole multiples of ``period``: the newest that the clock has passed since it was
    looked at, where it is in time or may be late."""
    runs: set[datetime] = set()
    before: datetime | None = None
    for now in moments():
        newest = datetime.fromtimestamp(now.timestamp() // period.total_seconds() * period.total_seconds(), UTC)
        if before and newest > before and (now - newest <= IN_TIME or misfire == Misfire.ONCE):
            runs.add(newest)
        before = now
    return runs


def test_two_schedulers_run_each_of_a_thousand_ticks_once() -> None:
    schedule("minutes", cron="* * * * *", zone="America/New_York")
    schedule("seldom", every_seconds=6 * 3600)
    schedule("seldom, in time only", every_seconds=6 * 3600, misfire=Misfire.SKIP)
    schedule("nights", cron="30 2 * * *", zone="America/New_York")
    schedule("repeated hour", cron="30 1 * * *", zone="America/New_York")
    number, together = multiprocessing.Value("i", 0), multiprocessing.Barrier(2)

    def fire_all() -> str:
        with number.get_lock():
            skew = number.value * timedelta(seconds=2)
            number.value += 1
        for now in moments():
            together.wait(60)
            fire_due(now + skew)
            together.wait(60)
            if not skew:
                close_runs()
        return "done"

    assert at_once(2, fire_all) == ["done", "done"]

    every = list(ScheduleRun.objects.values_list("schedule__name", "tick"))
    assert Counter(every).most_common(1)[0][1] == 1
    found = {
        name: {tick for of, tick in every if of == name} for name in Schedule.objects.values_list("name", flat=True)
    }
    assert found["minutes"] == expected(MINUTE, Misfire.ONCE)
    assert len(found["minutes"]) > 800
    assert found["seldom"] == expected(6 * HOUR, Misfire.ONCE)
    assert found["seldom, in time only"] == expected(6 * HOUR, Misfire.SKIP) < found["seldom"]
    assert datetime(2026, 3, 8, 7, 30, tzinfo=UTC) in found["nights"]  # 02:30, which there is not, at 03:30
    assert datetime(2026, 11, 1, 5, 30, tzinfo=UTC) in found["repeated hour"]
    assert datetime(2026, 11, 1, 6, 30, tzinfo=UTC) not in found["repeated hour"]
    assert all(Schedule.objects.values_list("enabled", flat=True))


# real processes


def text(sent: Any) -> str:
    """What a broker gives as bytes."""
    return bytes(sent).decode()


class Broker(EmbeddedBroker):
    """A broker of this test's own, and what a scheduler tells it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.env = {"VAR_DIR": str(folder), **QUICK}

    def messages(self) -> set[str]:
        try:
            return set(map(text, self.connection.lrange("rq:queue:maintenance", 0, -1)))
        except RedisError:
            return set()

    def knows_a_scheduler(self) -> bool:
        names = self.connection.zrange("rq:cron_schedulers", 0, -1)
        return any(self.connection.exists(f"rq:cron_scheduler:{text(name)}") for name in names)


@pytest.fixture
def own_broker(tmp_path: Path) -> Iterator[Broker]:
    broker = Broker(tmp_path / "var")
    yield broker
    broker.close()


def newest() -> ScheduleRun | None:
    return ScheduleRun.objects.order_by("-tick").first()


def next_run(after: ScheduleRun | None) -> ScheduleRun:
    """The first run after this one, which is over now."""
    close_runs()
    tick = after.tick if after else datetime(2000, 1, 1, tzinfo=UTC)

    def newer() -> ScheduleRun | None:
        return ScheduleRun.objects.filter(tick__gt=tick).order_by("tick").first()

    run = wait_until(newer, 20, "a new run")
    assert run
    return run


def arrives(run: ScheduleRun, broker: Broker) -> None:
    wait_until(lambda: any(str(run.pk) in message for message in broker.messages()), 20, "its message is there")


def ends_at_once(scheduler: Started) -> None:
    assert scheduler.process.poll() is None, scheduler.output()
    scheduler.process.terminate()
    assert scheduler.process.wait(5) == 0
    assert "Traceback" not in scheduler.output()


def test_a_scheduler_outlives_every_trouble_of_its_broker(start_process: StartProcess, own_broker: Broker) -> None:
    schedule("seconds", every_seconds=1)
    scheduler = start_process("rqcron", env=own_broker.env)
    run = next_run(None)  # there has been no broker yet

    own_broker.start()
    arrives(run, own_broker)
    wait_until(own_broker.knows_a_scheduler, 20, "it registers")

    own_broker.connection.flushall()
    wait_until(own_broker.knows_a_scheduler, 20, "it registers again")
    run = next_run(run)
    arrives(run, own_broker)

    own_broker.freeze()
    run = next_run(run)
    own_broker.thaw()
    arrives(run, own_broker)

    own_broker.connection.replicaof("127.0.0.1", "1")  # read-only
    run = next_run(run)
    own_broker.connection.replicaof("NO", "ONE")
    arrives(run, own_broker)

    own_broker.die()
    run = next_run(run)
    own_broker.start()
    arrives(run, own_broker)
    ends_at_once(scheduler)
    assert not own_broker.knows_a_scheduler()


def test_two_schedulers_share_the_seconds(start_process: StartProcess, broker: Redis) -> None:
    schedule("seconds", every_seconds=1)
    both = [start_process("rqcron", env=QUICK) for _number in range(2)]
    wait_until(lambda: broker.zcard("rq:cron_schedulers") == 2, 30, "both are there")
    run = None
    for _tick in range(8):
        run = next_run(run)
    both[0].process.kill()
    both[0].process.wait(10)
    for _tick in range(3):
        run = next_run(run)

    ends_at_once(both[1])
    assert set(ScheduleRun.objects.values_list("dispatch", flat=True)) == {1}
    assert ScheduleRun.objects.count() >= 11


def test_an_edit_counts_within_seconds(start_process: StartProcess, broker: Redis) -> None:
    each = schedule("seldom", cron="0 0 1 1 *")
    scheduler = start_process("rqcron", env=QUICK)
    wait_until(lambda: Schedule.objects.filter(next_run_at__isnull=False).exists(), 30, "it works out the next run")

    each.cron, each.every_seconds = "", 1
    schedules.plan(each, timezone.now())
    each.save()
    next_run(None)

    schedules.pause_schedule(schedule_id=each.pk, by="Ana Lima")
    close_runs()
    last = newest()
    wait_until(lambda: "seldom" not in shown(broker), 20, "the pause is shown")
    assert newest() == last
    ends_at_once(scheduler)


def test_rqs_cron_pages_show_the_schedules_and_their_runs(start_process: StartProcess, broker: Redis) -> None:
    each = schedule("Each second", every_seconds=1)
    scheduler = start_process("rqcron", env=QUICK)
    run = next_run(None)
    wait_until(lambda: broker.exists("rq:cron_job:Each second:jobs"), 20, "its runs are shown")
    (name,) = map(text, broker.zrange("rq:cron_schedulers", 0, -1))
    client = staff(is_superuser=True)

    of_scheduler = client.get(reverse("admin:django_rq_cron_scheduler_detail", args=[0, name]))
    of_job = client.get(reverse("admin:django_rq_cron_job_detail", args=[0, name, each.name]))

    assert [of_scheduler.status_code, of_job.status_code] == [200, 200]
    assert "Each second" in of_scheduler.content.decode()
    assert f"{run.pk}-1-1" in of_job.content.decode()
    ends_at_once(scheduler)


@contextmanager
def database_away() -> Iterator[None]:
    """PostgreSQL throws everybody out and lets nobody in; of SQLite the file is locked by somebody else."""
    name = str(connection.settings_dict["NAME"])
    connections.close_all()
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(name, timeout=30, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            yield
        return
    with _nodb_cursor() as cursor:
        cursor.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        try:
            yield
        finally:
            cursor.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')


def _nodb_cursor() -> Any:
    return connection._nodb_cursor()  # to the server, but to none of its databases


def test_a_scheduler_outlives_a_database_that_is_away(start_process: StartProcess, broker: Redis) -> None:
    schedule("seconds", every_seconds=1)
    scheduler = start_process("rqcron", env=QUICK)
    run = next_run(None)

    with database_away():
        wait_until(lambda: "not_looked_after" in scheduler.output(), 60, "it has looked after the rows in vain")

    next_run(run)
    assert scheduler.output().count("not_looked_after") <= 3  # once a duty, and not each second
    ends_at_once(scheduler)


def shown(broker: Redis) -> str:
    """What RQ's pages would say is planned."""
    names = map(text, broker.zrange("rq:cron_schedulers", 0, -1))
    return " ".join(text(broker.hget(f"rq:cron_scheduler:{name}", "cron_jobs") or b"") for name in names)
