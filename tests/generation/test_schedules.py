"""Schedules: what is refused, what is fired, and what becomes of rows that somebody has spoilt by hand."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone
from pydantic import BaseModel, ConfigDict, Field
from rq.cron import CronScheduler

from generation import background, background_run, schedules, troubles
from generation.models import BackgroundAttempt, JobStatus, Misfire, Schedule, ScheduleRun
from generation.scheduler import Scheduler
from generation.schedules import IN_TIME, Unfit, fire_due, run_schedule_now

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redis import Redis

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class Greeting(BaseModel):
    """What the task of these tests takes."""

    model_config = ConfigDict(extra="forbid")

    whom: str = Field("you", max_length=20, title="Whom")
    times: int = Field(1, ge=1, le=5, title="How often")


@pytest.fixture(autouse=True)
def greeted() -> Iterator[list[tuple[str, str]]]:
    """Registers the task *greet*, and returns whom it has greeted for whom."""
    done: list[tuple[str, str]] = []

    def greet(arguments: Greeting, by: str) -> dict[str, int]:
        done.extend([(arguments.whom, by)] * arguments.times)
        return {"greetings": arguments.times}

    Schedule.objects.all().delete()  # those that are shipped
    background.register_task("greet", "Greet", Greeting, greet)
    yield done
    background._tasks.pop("greet")


def schedule(**columns: Any) -> Schedule:
    times = {"cron": "* * * * *"} if not columns.keys() & {"cron", "every_seconds", "once_at"} else {}
    named = {"name": f"greet {Schedule.objects.count()}", "task": "greet"}
    return Schedule.objects.create(**{**named, **times, **columns})


def fired(at: datetime) -> list[datetime]:
    """The ticks of all runs after firing at this moment; each run is over at once."""
    fire_due(at)
    ScheduleRun.objects.update(status=JobStatus.SUCCEEDED)
    return list(ScheduleRun.objects.order_by("tick").values_list("tick", flat=True))


# firing


def test_a_new_schedule_runs_at_its_next_tick_and_not_at_once() -> None:
    schedule(cron="0 13 * * *")

    assert fired(NOON) == []
    assert Schedule.objects.get().next_run_at == NOON + timedelta(hours=1)
    assert fired(NOON + timedelta(hours=1)) == [NOON + timedelta(hours=1)]
    assert Schedule.objects.get().next_run_at == NOON + timedelta(hours=25)


def test_a_run_is_a_row_with_a_message() -> None:
    each = schedule(arguments={"whom": "Ana"})
    fire_due(NOON)
    fire_due(NOON + MINUTE)

    run = ScheduleRun.objects.get()
    assert (run.schedule, run.tick, run.status, run.queue) == (each, NOON + MINUTE, "queued", "maintenance")
    assert (run.task, run.arguments, run.dispatch, run.max_attempts) == ("greet", {"whom": "Ana"}, 1, 5)


def test_what_was_missed_runs_once_and_late() -> None:
    schedule()
    fire_due(NOON)

    assert fired(NOON + timedelta(days=3, seconds=30)) == [NOON + timedelta(days=3)]
    assert Schedule.objects.get().next_run_at == NOON + timedelta(days=3) + MINUTE


def test_what_was_missed_is_left_out_where_it_shall_be() -> None:
    schedule(cron="0 13 * * *", misfire=Misfire.SKIP)
    fire_due(NOON)

    assert fired(NOON + timedelta(hours=1) + IN_TIME + MINUTE) == []
    assert fired(NOON + timedelta(hours=25) + IN_TIME) == [NOON + timedelta(hours=25)]


def test_a_clock_that_goes_back_fires_no_tick_again_and_stops_nothing() -> None:
    schedule(every_seconds=60)
    begin = [NOON + n * MINUTE for n in range(5)]
    for moment in begin:
        fire_due(moment)
        ScheduleRun.objects.update(status=JobStatus.SUCCEEDED)

    again = [NOON - timedelta(hours=1) + n * MINUTE for n in range(70)]
    found = [fired(moment) for moment in again][-1]

    assert found == sorted({*begin[1:], *again[1:]})


def test_a_clock_that_leaps_ahead_and_comes_back_leaves_no_schedule_asleep() -> None:
    schedule(cron="0 * * * *")
    fire_due(NOON)
    fire_due(NOON + timedelta(days=365))
    ScheduleRun.objects.update(status=JobStatus.SUCCEEDED)

    fire_due(NOON + MINUTE)

    assert NOON + timedelta(hours=1) in fired(NOON + timedelta(hours=1))


def test_a_tick_is_left_out_while_an_earlier_run_is_under_way() -> None:
    schedule()
    for minutes in range(10):
        fire_due(NOON + minutes * MINUTE)

    assert ScheduleRun.objects.count() == 1


def test_a_moment_runs_once_and_the_schedule_says_so() -> None:
    schedule(once_at=NOON + MINUTE)
    fire_due(NOON)

    assert fired(NOON + MINUTE) == [NOON + MINUTE]
    over = Schedule.objects.get()
    assert (over.enabled, over.next_run_at, over.disabled_why) == (
        False,
        None,
        "It had one run, and its time has come.",
    )
    assert fired(NOON + 2 * MINUTE) == [NOON + MINUTE]


def test_a_moment_that_comes_during_a_run_that_somebody_asked_for_waits_for_its_end() -> None:
    waiting = schedule(once_at=NOON + MINUTE)
    fire_due(NOON)
    run_schedule_now(schedule_id=waiting.pk, by="Ana")

    fire_due(NOON + MINUTE)
    assert Schedule.objects.get().enabled

    ScheduleRun.objects.update(status=JobStatus.SUCCEEDED)
    assert NOON + MINUTE in fired(NOON + 2 * MINUTE)
    assert not Schedule.objects.get().enabled


# refused in words


@pytest.mark.parametrize(
    ("columns", "field", "said"),
    [
        ({"cron": "0 0 30 2 *"}, "cron", "No day is ever like this"),
        ({"cron": "each day"}, "cron", "not a cron expression"),
        ({"every_seconds": 0}, "every_seconds", "from 1 to"),
        ({"every_seconds": 10**9}, "every_seconds", "from 1 to"),
        ({"once_at": NOON - timedelta(days=9999)}, "once_at", "This moment has passed"),
        ({"zone": "Mars/Olympus"}, "zone", "“Mars/Olympus” is not a time zone"),
        ({"zone": "../../etc/passwd"}, "zone", "is not a time zone"),
        ({"task": "os.system"}, "task", "There is no task “os.system”"),
        ({"arguments": {"whom": "Ana", "times": 99}}, "arguments", "times: Input should be less than or equal to 5"),
        ({"arguments": {"who": "Ana"}}, "arguments", "who: Extra inputs are not permitted"),
        ({"arguments": [1]}, "arguments", "does not take these arguments"),
        ({"cron": "* * * * *", "every_seconds": 5}, "cron", "Give one of these"),
        ({"cron": ""}, "cron", "Give one of these"),
    ],
)
def test_what_can_never_run_is_refused_by_field(columns: dict[str, Any], field: str, said: str) -> None:
    times = {"cron": "* * * * *"} if not columns.keys() & {"cron", "every_seconds", "once_at"} else {}

    with pytest.raises(ValidationError) as refused:
        Schedule(**{"name": "greet", "task": "greet", **times, **columns}).clean()

    assert said in refused.value.message_dict[field][0]


@pytest.mark.parametrize(
    "columns",
    [
        {"cron": "* * * * *", "every_seconds": 5},
        {"cron": ""},
        {"every_seconds": 0},
        {"queue": "nowhere"},
        {"misfire": "later"},
    ],
)
def test_the_database_refuses_it_too(columns: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        schedule(**columns)


# spoilt by hand


@contextmanager
def without_constraints() -> Iterator[None]:
    """As for somebody who writes into the database by hand, and has taken the constraints away."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA ignore_check_constraints = 1")
            yield
            cursor.execute("PRAGMA ignore_check_constraints = 0")
        return
    with connection.schema_editor() as editor:
        for constraint in Schedule._meta.constraints:
            editor.remove_constraint(Schedule, constraint)
    try:
        yield
    finally:
        Schedule.objects.all().delete()
        with connection.schema_editor() as editor:
            for constraint in Schedule._meta.constraints:
                editor.add_constraint(Schedule, constraint)


@pytest.mark.parametrize(
    ("columns", "why"),
    [
        ({"cron": "0 0 30 2 *", "next_run_at": None}, "No day is ever like this"),
        ({"cron": "0 0 30 2 *", "next_run_at": NOON}, "No day is ever like this"),
        ({"cron": "nonsense"}, "not a cron expression"),
        ({"zone": "Mars/Olympus"}, "not a time zone"),
        ({"task": "os.system"}, "no task “os.system”"),
        ({"arguments": "x"}, "does not take these arguments"),
        ({"cron": "", "once_at": NOON - MINUTE, "next_run_at": None}, "This moment has passed"),
    ],
)
def test_a_spoilt_row_is_disabled_with_the_reason_and_logged_once(
    columns: dict[str, Any], why: str, caplog: pytest.LogCaptureFixture
) -> None:
    spoilt = schedule(next_run_at=NOON)
    Schedule.objects.update(**columns)
    schedule(next_run_at=NOON + MINUTE)

    for second in range(120):
        fire_due(NOON + timedelta(seconds=second))

    spoilt.refresh_from_db()
    assert (spoilt.enabled, spoilt.next_run_at) == (False, None)
    assert why in spoilt.disabled_why
    assert caplog.text.count("schedule_unfit") == 1
    assert [run.schedule_id for run in ScheduleRun.objects.all()] == [spoilt.pk + 1]


@pytest.mark.django_db(transaction=True)
def test_a_row_written_past_the_constraints_is_logged_once_and_stops_nobody(caplog: pytest.LogCaptureFixture) -> None:
    troubles._known.clear()
    spoilt, sound = schedule(every_seconds=60, next_run_at=NOON), schedule(next_run_at=NOON + MINUTE)
    with without_constraints():
        Schedule.objects.filter(pk=spoilt.pk).update(every_seconds=0)
        if connection.vendor == "postgresql":
            look_for_two_minutes(sound, caplog)
    if connection.vendor == "sqlite":  # which judges the whole row at each change of it
        look_for_two_minutes(sound, caplog)


def look_for_two_minutes(sound: Schedule, caplog: pytest.LogCaptureFixture) -> None:
    """Fire each second: the sound one runs, and of the other one line is said."""
    for second in range(120):
        fire_due(NOON + timedelta(seconds=second))
    assert caplog.text.count("schedule_unfit") == 1
    assert [run.schedule for run in ScheduleRun.objects.all()] == [sound]


def test_a_defect_in_one_disables_it_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    broken, sound = schedule(next_run_at=NOON), schedule(next_run_at=NOON)
    real = schedules.task_of

    def task_of(task: str, arguments: Any) -> Any:
        if arguments:
            raise RuntimeError("a defect")
        return real(task, arguments)

    monkeypatch.setattr(schedules, "task_of", task_of)
    Schedule.objects.filter(pk=broken.pk).update(arguments={"whom": "Ana"})

    assert fire_due(NOON) == 1

    broken.refresh_from_db()
    assert (broken.enabled, broken.disabled_why) == (False, "RuntimeError: a defect")
    assert ScheduleRun.objects.get().schedule == sound


def test_an_error_of_the_database_passes_and_disables_nothing(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    schedule(next_run_at=NOON)
    with monkeypatch.context() as before_its_migrations:
        before_its_migrations.setattr(schedules, "_insert_run", raising(ProgrammingError("no such column")))
        assert [fire_due(NOON) for _second in range(3)] == [0, 0, 0]

    assert caplog.text.count("schedule_failed") == 1
    assert fire_due(NOON) == 1


def raising(error: Exception) -> Any:
    def fail(*_arguments: object, **_named: object) -> None:
        raise error

    return fail


def test_what_never_fires_and_is_not_due_keeps_no_page_from_being_written(broker: Redis) -> None:
    schedule(next_run_at=timezone.now() + timedelta(days=1))
    Schedule.objects.update(cron="0 0 30 2 *")
    schedule()
    scheduler = Scheduler()

    scheduler._show()

    assert len(CronScheduler.fetch(scheduler.name, broker).get_jobs()) == 1


# doing


def do(run: ScheduleRun) -> ScheduleRun:
    background_run.run(background.kind("schedule_run"), run.pk, run.attempt + 1, execution="one", worker="w")
    run.refresh_from_db()
    return run


def test_a_run_does_its_task_with_its_arguments(greeted: list[tuple[str, str]]) -> None:
    schedule(name="Mornings", arguments={"whom": "Ana", "times": 2}, next_run_at=NOON)
    fire_due(NOON)
    Schedule.objects.update(arguments={"whom": "Bia"})

    run = do(ScheduleRun.objects.get())

    assert greeted == [("Ana", "schedule “Mornings”")] * 2
    assert (run.status, run.outcome) == ("succeeded", {"greetings": 2})
    assert BackgroundAttempt.objects.get().outcome == "succeeded"


def test_a_run_whose_task_is_gone_fails_with_a_remedy() -> None:
    schedule(next_run_at=NOON)
    fire_due(NOON)
    ScheduleRun.objects.update(task="gone")

    with pytest.raises(background_run.WorkFailed):
        do(ScheduleRun.objects.get())

    run = ScheduleRun.objects.get()
    assert (run.status, run.error_code) == ("failed", "task_unknown")
    assert run.error_remedy


# what staff do


def test_run_now_runs_besides_the_ticks_and_twice_at_once_is_once(greeted: list[tuple[str, str]]) -> None:
    paused = schedule(enabled=False)

    run = schedules.run_schedule_now(schedule_id=paused.pk, by="Ana Lima")
    assert schedules.run_schedule_now(schedule_id=paused.pk, by="Ana Lima") == run
    do(run)
    assert schedules.run_schedule_now(schedule_id=paused.pk, by="Ana Lima") != run

    assert greeted == [("you", "Ana Lima")]
    assert ScheduleRun.objects.filter(asked_by="Ana Lima").count() == 2


def test_a_paused_schedule_fires_nothing_and_goes_on_with_its_next_tick() -> None:
    each = schedule(next_run_at=NOON)
    schedules.pause_schedule(schedule_id=each.pk, by="Ana Lima")

    assert fire_due(NOON + MINUTE) == 0
    each.refresh_from_db()
    assert each.disabled_why == "Paused by Ana Lima."
    schedules.resume_schedule(schedule_id=each.pk)
    each.refresh_from_db()
    assert each.enabled
    assert each.disabled_why == ""
    assert each.next_run_at
    assert timedelta() < each.next_run_at - timezone.now() <= MINUTE


def test_what_cannot_run_does_not_go_on() -> None:
    each = schedule(enabled=False, zone="Mars/Olympus")

    with pytest.raises(Unfit, match="is not a time zone"):
        schedules.resume_schedule(schedule_id=each.pk)

    each.refresh_from_db()
    assert not each.enabled


def test_a_schedule_that_is_gone_is_said_to_be() -> None:
    with pytest.raises(schedules.UnknownSchedule):
        schedules.pause_schedule(schedule_id=999_999, by="Ana Lima")
