"""Schedules: whether one can run, firing those that are due, and doing what a run is for.

Each tick is one row at most, by a unique constraint, and ``next_run_at`` moves by compare-and-set: any number of
schedulers, and a clock that jumps, change nothing about that.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from django.db import Error as DatabaseError
from django.db import IntegrityError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from pydantic import BaseModel, ValidationError

from . import background, troubles
from .background import Task
from .errors import StepFailed
from .models import ACTIVE, Misfire, Schedule, ScheduleRun
from .ticks import LONGEST_INTERVAL_SECONDS, Cron, Interval, Once, Rule, is_cron, zones
from .transactions import DATABASE_GONE, retrying

log = structlog.get_logger(__name__)

BATCH = 500
IN_TIME = timedelta(seconds=60)
"""A tick that is fired within this time is not late; a clock that is set back by less is not looked into."""


class UnknownSchedule(Exception):
    """There is no such schedule, or not any more."""

    def __init__(self) -> None:
        super().__init__(_("There is no such schedule any more."))


class Unfit(Exception):
    """The schedule can never run as it stands: what is wrong and what is right, in words, by field."""

    def __init__(self, findings: Mapping[str, str]) -> None:
        self.findings = dict(findings)
        super().__init__(" ".join(self.findings.values()))


# whether it can run


def rule_of(schedule: Schedule) -> Rule:
    """When the schedule runs. Raises Unfit."""
    if schedule.zone not in zones():
        wrong = _("“%(zone)s” is not a time zone. Choose one such as America/Sao_Paulo.") % {"zone": schedule.zone}
        raise Unfit({"zone": wrong})
    given = (bool(schedule.cron), schedule.every_seconds is not None, schedule.once_at is not None)
    if sum(given) != 1:
        raise Unfit({"cron": _("Give one of these: a cron expression, a number of seconds, or a moment.")})
    if schedule.once_at is not None:
        return Once(schedule.once_at)
    if (seconds := schedule.every_seconds) is not None:
        if not 1 <= seconds <= LONGEST_INTERVAL_SECONDS:
            most = {"most": LONGEST_INTERVAL_SECONDS}
            raise Unfit({"every_seconds": _("The interval has to be from 1 to %(most)s seconds.") % most})
        return Interval(seconds)
    if not is_cron(schedule.cron):
        wrong = _("This is not a cron expression. Give five fields, such as 30 9 * * mon-fri.")
        raise Unfit({"cron": wrong})
    return Cron(schedule.cron, ZoneInfo(schedule.zone))


def task_of(task: str, arguments: Any) -> tuple[Task, BaseModel]:
    """What is to be done, and with what. Raises Unfit."""
    known = background.tasks().get(task)
    if known is None:
        raise Unfit({"task": _("There is no task “%(task)s”. Choose another one.") % {"task": task}})
    try:
        return known, known.arguments.model_validate(arguments)
    except ValidationError as error:
        wrong = "; ".join(
            f"{'.'.join(map(str, found['loc']))}: {found['msg']}" for found in error.errors(include_url=False)
        )
        raise Unfit({"arguments": _("The task does not take these arguments: %(wrong)s.") % {"wrong": wrong}}) from None


def check(schedule: Schedule, now: datetime) -> Rule:
    """The rule of a schedule that can run. Raises Unfit; one that is not enabled may have its moment behind it."""
    rule = rule_of(schedule)
    task_of(schedule.task, schedule.arguments)
    if schedule.enabled and rule.after(now) is None:
        _refuse_over(rule)
    return rule


def _refuse_over(rule: Rule) -> None:
    if isinstance(rule, Once):
        raise Unfit({"once_at": _("This moment has passed. Choose one that is still to come.")})
    raise Unfit({"cron": _("No day is ever like this. Correct day and month.")})


# firing


def fire_due(now: datetime) -> int:
    """Insert a run for each schedule that is due at ``now``, and work out when it runs next; returns how many runs.

    One that cannot run is disabled, with the reason on its row and one line in the log. An error of the database
    itself passes through.
    """
    clock_went_back = Q(reckoned_at__gt=now + IN_TIME)
    looks = Q(next_run_at=None) | Q(next_run_at__lte=now) | clock_went_back
    due = Schedule.objects.filter(looks, enabled=True).order_by("next_run_at").values_list("pk", flat=True)
    return sum(_attend_safely(pk, now) for pk in due[:BATCH])


def _attend_safely(pk: int, now: datetime) -> bool:
    """What is wrong with one must not keep the others from running."""
    what = f"schedule {pk}"
    try:
        fired = _attend(pk, now)
        troubles.is_over(what)
        return fired
    except DATABASE_GONE:
        raise
    except Unfit as unfit:
        _disable(pk, str(unfit))
    except DatabaseError as error:  # as between new code and its migrations: it passes
        if troubles.is_new(what, error):
            log.exception("schedule_failed", schedule=pk)
    except Exception as error:
        log.exception("schedule_failed", schedule=pk)
        _disable(pk, f"{type(error).__name__}: {error}")
    return False


@retrying
def _attend(pk: int, now: datetime) -> bool:
    """Move the schedule's next run behind ``now``, and insert the run that this has made due, if it has."""
    schedule = Schedule.objects.filter(pk=pk, enabled=True).first()
    if schedule is None:
        return False
    rule = rule_of(schedule)
    task_of(schedule.task, schedule.arguments)
    tick, following, planned = rule.latest(now), rule.after(now), schedule.next_run_at
    is_due = planned is not None and planned <= now and tick is not None and tick >= planned
    if following is None and not is_due:
        _refuse_over(rule)
    if following is None and schedule.runs.filter(status__in=ACTIVE).exists():
        return False  # its only run comes when the one that somebody asked for has ended
    changes: dict[str, Any] = {"next_run_at": following, "reckoned_at": now}
    if following is None:
        changes |= {"enabled": False, "disabled_why": _("It had one run, and its time has come.")}
    as_read = Schedule.objects.filter(pk=pk, enabled=True, next_run_at=planned)
    if as_read.update(**changes) != 1 or not is_due or tick is None:
        return False
    if now - tick > IN_TIME and schedule.misfire == Misfire.SKIP:
        log.info("tick_missed", schedule=schedule.name, tick=tick.isoformat())
        return False
    return _insert_run(schedule, tick) is not None


def _insert_run(schedule: Schedule, tick: datetime, asked_by: str = "") -> ScheduleRun | None:
    """The run of this tick; None where it has had one, or an earlier run of the schedule is not at its end."""
    if schedule.runs.filter(status__in=ACTIVE).exists():
        log.info("tick_left_out", schedule=schedule.name, tick=tick.isoformat(), why="an earlier run is under way")
        return None
    same = {"queue": schedule.queue, "task": schedule.task, "arguments": schedule.arguments}
    run: ScheduleRun = background.new_row(ScheduleRun, schedule=schedule, tick=tick, asked_by=asked_by, **same)
    ScheduleRun.objects.bulk_create([run], ignore_conflicts=True)
    if not ScheduleRun.objects.filter(pk=run.pk).exists():
        return None
    background.send_after_commit(run)
    return run


def _disable(pk: int, why: str) -> None:
    try:
        disabled = Schedule.objects.filter(pk=pk, enabled=True).update(
            enabled=False, next_run_at=None, disabled_why=why[:300]
        )
    except IntegrityError:  # written past the constraints, so that no change of it is accepted
        if troubles.is_new(f"schedule {pk}", why):
            log.error("schedule_unfit", schedule=pk, why=why, hint="correct or delete its row in the database")
        return
    if disabled:
        log.error("schedule_unfit", schedule=pk, why=why, hint="it is disabled; correct it, then let it go on")


# doing


def perform(run: ScheduleRun) -> dict[str, Any]:
    """Do what the run is for."""
    try:
        task, arguments = task_of(run.task, run.arguments)
    except Unfit as unfit:
        code = "task_unknown" if "task" in unfit.findings else "arguments_wrong"
        raise StepFailed(code, str(unfit)) from None
    by = run.asked_by or _("schedule “%(name)s”") % {"name": run.schedule.name}
    return {"outcome": dict(task.do(arguments, by))}


# what staff do with one


@retrying
def run_schedule_now(*, schedule_id: int, by: str) -> ScheduleRun:
    """Have the schedule run now, besides its ticks, enabled or not. While a run is under way, that one answers.

    Raises UnknownSchedule and Unfit.
    """
    schedule = _locked(schedule_id)
    task_of(schedule.task, schedule.arguments)
    under_way = schedule.runs.filter(status__in=ACTIVE).first()
    run = under_way or _insert_run(schedule, timezone.now(), asked_by=by)
    return run or schedule.runs.latest("tick")


@retrying
def pause_schedule(*, schedule_id: int, by: str) -> Schedule:
    """Let the schedule start nothing more; what runs goes on. Nothing changes where it is not enabled."""
    schedule = _locked(schedule_id)
    if schedule.enabled:
        schedule.enabled, schedule.next_run_at = False, None
        schedule.disabled_why = (_("Paused by %(name)s.") % {"name": by})[:300]
        schedule.save(update_fields=["enabled", "next_run_at", "disabled_why"])
    return schedule


@retrying
def resume_schedule(*, schedule_id: int) -> Schedule:
    """Let the schedule go on with its next tick; those of the pause are not made up for. Raises Unfit."""
    schedule = _locked(schedule_id)
    if not schedule.enabled:
        schedule.enabled = True
        plan(schedule, timezone.now())
        schedule.save(update_fields=["enabled", "next_run_at", "reckoned_at", "disabled_why"])
    return schedule


def plan(schedule: Schedule, now: datetime) -> None:
    """Set the columns that follow from the others, on a schedule that is to be saved. Raises Unfit."""
    rule = check(schedule, now)
    schedule.next_run_at = rule.after(now) if schedule.enabled else None
    schedule.reckoned_at = now
    if schedule.enabled:
        schedule.disabled_why = ""


def _locked(schedule_id: int) -> Schedule:
    schedule = Schedule.objects.select_for_update().filter(pk=schedule_id).first()
    if schedule is None:
        raise UnknownSchedule
    return schedule
