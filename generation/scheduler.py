"""The process that keeps everything going: it sends, fires schedules and reconciles, each second, from the database.

RQ's scheduler lends its place on RQ's cron pages: what is shown there is written from our rows, and read by nobody
else. A broker or a database that is away is tried again; nothing but a signal ends it.
"""

import time
from datetime import UTC, datetime
from itertools import groupby
from types import FrameType

import structlog
from django.conf import settings
from django.db import connections
from django_rq.cron import DjangoCronScheduler
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry
from rq import cron_job_registry
from rq.cron import CronJob
from rq.defaults import DEFAULT_CRON_JOB_HISTORY_TTL

from . import reconcile, schedules, troubles
from .models import Schedule, ScheduleRun
from .schedules import Unfit
from .ticks import Cron, Interval

log = structlog.get_logger(__name__)

LOOP_SECONDS = 0.5
SHOW_SECONDS = 5
SHOWN_RUNS = 500
SHOWING = "rq_pages"
FUNCTION = "generation.tasks.run_background"


class Scheduler(DjangoCronScheduler):
    """Does the duties of all until SIGTERM or SIGINT; then :meth:`start` returns at once."""

    def __init__(self) -> None:
        seconds = settings.BROKER_TIMEOUT_SECONDS
        connection: Redis = Redis.from_url(
            settings.BROKER_URL, socket_timeout=seconds, socket_connect_timeout=seconds, retry=Retry(NoBackoff(), 0)
        )
        super().__init__(connection=connection)
        self._stopping = False
        self._shown_at = float("-inf")

    def start(self) -> None:
        try:
            self._install_signal_handlers()  # type: ignore[no-untyped-call]  # RQ says no types
            log.info("scheduler_started", name=self.name)
            while not self._stopping:
                begun = time.monotonic()
                reconcile.look_after(fires=True)
                if begun - self._shown_at >= SHOW_SECONDS:
                    self._shown_at = begun
                    self._show()
                time.sleep(max(LOOP_SECONDS - (time.monotonic() - begun), 0))
        except KeyboardInterrupt:
            pass
        self._take_leave()
        log.info("scheduler_stopped", name=self.name)

    def _show(self) -> None:
        """Write for RQ's pages who we are and what is planned: all of it each time, as the broker may be a new one."""
        try:
            self._cron_jobs = [job for schedule in Schedule.objects.filter(enabled=True) if (job := _as_job(schedule))]
            self.heartbeat()
            self.save()
            self._show_runs()
        except Exception as error:  # a page that cannot be written must not end what keeps everything going
            if troubles.is_new(SHOWING, error):
                log.warning("not_shown_on_rq_pages", error=type(error).__name__, detail=str(error))
        else:
            troubles.is_over(SHOWING)
        finally:
            connections.close_all()

    def _show_runs(self) -> None:
        recent = ScheduleRun.objects.select_related("schedule").defer("arguments")[:SHOWN_RUNS]
        named = sorted(recent, key=lambda run: run.schedule.name)
        with self.connection.pipeline() as pipeline:
            for name, runs in groupby(named, key=lambda run: run.schedule.name):
                key = CronJob("maintenance", func_name=FUNCTION, name=name, interval=1).job_history_key
                ids = {f"{run.pk}-{max(run.attempt, 1)}-{run.dispatch}": run.created_at.timestamp() for run in runs}
                pipeline.delete(key)
                pipeline.zadd(key, dict(ids))
                pipeline.expire(key, DEFAULT_CRON_JOB_HISTORY_TTL)
                cron_job_registry.add(name, pipeline, enqueue_timestamp=max(ids.values()))
            pipeline.execute()

    def _take_leave(self) -> None:
        try:
            self.connection.zrem("rq:cron_schedulers", self.name)
            self.connection.delete(self.key)
        except RedisError:
            pass  # it is forgotten there after a while

    def _request_stop(self, signum: int, frame: FrameType | None) -> None:
        """End the loop wherever it is: all that it does may be broken off. Where an exception gets lost, as in a
        destructor, the mark ends it."""
        if not self._stopping:
            self._stopping = True
            raise KeyboardInterrupt


def _as_job(schedule: Schedule) -> CronJob | None:
    """The schedule as RQ's pages show one; None for one that cannot run, which is about to be disabled."""
    try:
        rule = schedules.rule_of(schedule)
    except Unfit:
        return None
    if isinstance(rule, Cron) and rule.after(datetime.now(UTC)) is None:
        return None
    moment = schedule.next_run_at
    match rule:
        case Interval(seconds):
            times: dict[str, int | str] = {"interval": seconds}
        case Cron(expression):
            times = {"cron": expression}
        case _:
            times = {"cron": f"{moment or datetime.now(UTC):%M %H %d %m} *"}
    job = CronJob(
        schedule.queue,
        func_name=FUNCTION,
        name=schedule.name,
        args=("schedule_run", schedule.task),
        **times,  # type: ignore[arg-type]
    )
    job.next_enqueue_time = moment
    return job
