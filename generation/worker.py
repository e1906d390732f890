"""Our RQ worker: its parent holds the lease of what its child does, stops what has to be stopped, and looks after rows
when idle. Whatever the broker or the database does meanwhile, it lives on."""

import gc
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import wraps
from types import FrameType
from typing import Any, ParamSpec
from uuid import UUID

import structlog
from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import Error as DatabaseError
from django.db import connections
from django.urls import get_resolver, set_urlconf
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry
from rq import Queue, worker_registration
from rq import Worker as RQWorker
from rq.exceptions import DeserializationError, StopRequested
from rq.executions import Execution
from rq.job import Job
from rq.worker.base import WorkerStatus

from . import crash, handback, interventions, lease, reconcile, tasks, waiting
from .contracts.fields import learn_contracts
from .contracts.phones import learn_phones
from .errors import StepFailed
from .lease import Holding
from .models import Work
from .moves import MoveRefused
from .requests import RequestRefused
from .runner import prepare_statements
from .signals import worker_begins

log = structlog.get_logger(__name__)

Held = tuple[type[Work], UUID]
P = ParamSpec("P")
UNSETTLED = os.EX_TEMPFAIL


def _impatient(connection: Redis) -> Redis:
    """A connection to the same broker that gives up soon: while it waits, no lease is renewed."""
    pool = connection.connection_pool
    seconds = settings.BROKER_TIMEOUT_SECONDS
    hasty = {"socket_timeout": seconds, "socket_connect_timeout": seconds, "retry": Retry(NoBackoff(), 0)}
    return Redis(connection_pool=type(pool)(pool.connection_class, **{**pool.connection_kwargs, **hasty}))


def _row_of(job: Job) -> Held | None:
    try:
        return tasks.row_of(job.func_name, tuple(job.args or ()))
    except DeserializationError:  # RQ will say so, in the child
        return None


def _tolerant(method: Callable[P, None]) -> Callable[P, None]:
    @wraps(method)
    def tolerant(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            method(*args, **kwargs)
        except RedisError as error:
            log.warning("broker_not_told", what=method.__name__, error=type(error).__name__)

    return tolerant


class Worker(RQWorker):
    """An RQ worker that outlives a database or a broker that is away for a while."""

    max_connection_wait_time = 5.0

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs["job_monitoring_interval"] = settings.GENERATION_RENEW_SECONDS
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self._held: Held | None = None
        self._lease = ""
        self._was_held = self._was_stopped = False
        self._verdict: StepFailed | None = None
        self._exit_status: int | None = None
        self._looked_at = float("-inf")
        self._is_undisturbed = False
        self._impatient = _impatient(self.connection)

    # the loop

    def bootstrap(self, *args: object, **kwargs: object) -> None:
        """Do what every child would have to do for itself: they begin as copies of this process."""
        handback.listen()
        gc.disable()  # none of what is loaded now is garbage, and to look through it takes a tenth of the start
        super().bootstrap(*args, **kwargs)  # type: ignore[arg-type]
        set_urlconf(settings.PAGES_URLCONF)  # mails and events name addresses of pages
        get_resolver(settings.PAGES_URLCONF).reverse_dict  # noqa: B018 - it is filled when it is read
        learn_contracts()
        learn_phones()
        prepare_statements()
        worker_begins.send_robust(type(self))  # what cannot be prepared costs each child a moment, and not the worker
        gc.freeze()  # a child's collector would touch, and so copy, every page that it shares with us
        gc.enable()

    def dequeue_job_and_maintain_ttl(
        self, timeout: int | None, max_idle_time: int | None = None
    ) -> tuple[Job, Queue] | None:
        """Wait for a job as RQ does, and look after rows at the start and each sweep while there is none."""
        idle_since = time.monotonic()
        while True:
            self._look_after()
            if self._stop_requested:
                raise StopRequested
            try:
                self._register_again()
                result = super().dequeue_job_and_maintain_ttl(timeout, settings.GENERATION_SWEEP_SECONDS)
            except RedisError as error:  # a broker that answers, but not as it should: read-only, loading
                log.warning("broker_refuses", error=str(error))
                time.sleep(1)
                result = None
            idle = time.monotonic() - idle_since
            if result or timeout is None or (max_idle_time is not None and idle >= max_idle_time):
                return result

    def _look_after(self) -> None:
        if time.monotonic() - self._looked_at >= settings.GENERATION_SWEEP_SECONDS:
            self._looked_at = time.monotonic()
            with self._undisturbed():
                reconcile.look_after()
                connections.close_all()

    def execute_job(self, job: Job, queue: Queue) -> None:
        """Have a child do it. What a broker that is away does not hear of its end, the row says."""
        crash.reach("message.popped")
        try:
            super().execute_job(job, queue)
        except RedisError as error:
            log.warning("broker_not_told", what="the end of a job", rq_job=job.id, error=type(error).__name__)
            self.executions.clear()
            self.set_state(WorkerStatus.IDLE)
        finally:
            with self._undisturbed():
                self._settle(job)

    def fork_work_horse(self, job: Job, queue: Queue) -> None:
        """Fork without an open database connection, and tell the child under which lease it runs."""
        connections.close_all()
        self._held = _row_of(job)
        self._was_held, self._was_stopped = False, False
        self._verdict, self._exit_status = StepFailed("interrupted"), None
        if self.execution:
            self._lease = os.environ["RQ_EXECUTION_ID"] = self.execution.id
        super().fork_work_horse(job, queue)

    def perform_job(self, job: Job, queue: Queue, execution: Execution) -> bool:
        """In the child: leave word whether the row is settled, which spares the parent a look at it."""
        went_well = super().perform_job(job, queue, execution)
        if self._held and not tasks.is_settled:
            os._exit(UNSETTLED)
        return went_well

    def wait_for_horse(self) -> tuple[int | None, int | None, Any]:
        pid, self._exit_status, usage = super().wait_for_horse()
        return pid, self._exit_status, usage

    def handle_job_failure(self, job: Job, *args: Any, **kwargs: Any) -> None:
        """Keep that RQ's stop command has ended it: RQ forgets that in here."""
        self._was_stopped = self._stopped_job_id == job.id
        super().handle_job_failure(job, *args, **kwargs)

    # while a child works

    def maintain_heartbeats(self, job: Job, execution: Execution) -> None:
        """Renew the lease, then RQ's own heartbeat; what cannot be reached now is tried again at the next tick."""
        if self._stop_requested:
            self._ask_to_hand_back()
        try:
            self._keep_lease(execution)
        except DatabaseError as error:
            log.warning("lease_not_renewed", rq_job=job.id, error=type(error).__name__)
        finally:
            connections.close_all()
        patient, self.connection = self.connection, self._impatient
        try:
            super().maintain_heartbeats(job, execution)
            self._register_again()
        except RedisError as error:
            log.warning("heartbeat_not_sent", rq_job=job.id, error=type(error).__name__)
        finally:
            self.connection = patient

    def _keep_lease(self, execution: Execution) -> None:
        """Renew what the child holds; stop a child that holds nothing any more, or has missed its deadline."""
        if not self._held:
            return
        holding = lease.renew(*self._held, execution.id)
        if holding is Holding.HELD:
            self._was_held = True
        elif holding is Holding.LATE:
            log.warning("deadline_missed", row=str(self._held[1]))
            self._verdict = StepFailed("timed_out")
            self.kill_horse()
        elif holding is Holding.CANCELLED or (holding is Holding.OTHER and self._was_held):
            log.warning("lease_lost", row=str(self._held[1]), why=holding.value)
            self.kill_horse()

    def _settle(self, job: Job) -> None:
        """What the child has left running is settled now, and not only when its lease is over."""
        if not self._held:
            return
        if self._exit_status == os.EX_OK:
            self._held = None
            return
        crash.reach("death.noticed")
        rows, row_id = self._held
        is_stopped, self._held = self._was_stopped or self._stopped_job_id == job.id, None
        try:
            row = rows._default_manager.filter(pk=row_id, lease=self._lease).first()
            if row and is_stopped:
                interventions.cancel_work(kind=rows.kind_of_work, row_id=row_id, by="RQ")
            elif row:
                waiting.after_death(row, execution=self._lease, by=self.name, error=self._verdict)
        except (DatabaseError, MoveRefused, RequestRefused, ObjectDoesNotExist) as error:
            log.warning("left_to_its_lease", row=str(row_id), error=type(error).__name__)
        finally:
            connections.close_all()

    # stopping

    @contextmanager
    def _undisturbed(self) -> Iterator[None]:
        """A stop waits for what is done in here. RQ's exception would break it off, be taken there for a failure of
        that work, and be lost."""
        self._is_undisturbed = True
        try:
            yield
        finally:
            self._is_undisturbed = False

    def _shutdown(self) -> None:
        """Mark it first: RQ's exception may hit where it is lost, as in a line of the log."""
        self._stop_requested = True
        if not self._is_undisturbed:
            super()._shutdown()  # type: ignore[no-untyped-call]  # RQ says no types

    def handle_warm_shutdown_request(self) -> None:
        """The child stores what is finished and hands the rest back."""
        super().handle_warm_shutdown_request()  # type: ignore[no-untyped-call]  # RQ says no types
        self._ask_to_hand_back()

    def _ask_to_hand_back(self) -> None:
        if self.horse_pid:
            with suppress(ProcessLookupError):
                os.kill(self.horse_pid, handback.SIGNAL)

    def request_force_stop(self, signum: int, frame: FrameType | None) -> None:
        """A second signal: the child is killed, and what it held is handed back, since nobody but us has stopped it."""
        try:
            super().request_force_stop(signum, frame)
        except SystemExit:
            if self._verdict and self._verdict.code == "interrupted":
                self._verdict = None
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, signal.SIG_IGN)  # a third one must not keep us from handing it back
            raise

    def _register_again(self) -> None:
        """A broker that was wiped has forgotten us."""
        if not self.connection.sismember(self.redis_workers_keys, self.key):
            self.connection.hset(self.key, mapping=self.serialize())
            self.connection.expire(self.key, self.worker_ttl + 60)
            worker_registration.register(self)

    # what the broker cannot take now, it is told at the next tick, or need not know
    heartbeat = _tolerant(RQWorker.heartbeat)
    set_shutdown_requested_date = _tolerant(RQWorker.set_shutdown_requested_date)
    set_state = _tolerant(RQWorker.set_state)
    check_for_suspension = _tolerant(RQWorker.check_for_suspension)
    run_maintenance_tasks = _tolerant(RQWorker.run_maintenance_tasks)
    teardown = _tolerant(RQWorker.teardown)
