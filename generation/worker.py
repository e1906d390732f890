"""Our RQ worker: its parent holds the lease of the job that its child runs, and looks after due rows when idle."""

import os
import time
from uuid import UUID

import structlog
from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connections
from redis.exceptions import RedisError
from rq import Queue
from rq import Worker as RQWorker
from rq.executions import Execution
from rq.job import Job

from . import dispatch, lease, tasks
from .lease import Holding

log = structlog.get_logger(__name__)

RUN_GENERATION = f"{tasks.__name__}.{tasks.run_generation.__name__}"


class Worker(RQWorker):
    """An RQ worker that outlives a database or a broker that is away for a while."""

    max_connection_wait_time = 5.0

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.setdefault("job_monitoring_interval", settings.GENERATION_RENEW_SECONDS)
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self._held = False

    def dequeue_job_and_maintain_ttl(
        self, timeout: int | None, max_idle_time: int | None = None
    ) -> tuple[Job, Queue] | None:
        """Wait for a job as RQ does, and send due rows at the start and each sweep while there is none."""
        idle_since = time.monotonic()
        while True:
            self._sweep()
            result = super().dequeue_job_and_maintain_ttl(timeout, settings.GENERATION_SWEEP_SECONDS)
            idle = time.monotonic() - idle_since
            if result or timeout is None or (max_idle_time is not None and idle >= max_idle_time):
                return result

    def fork_work_horse(self, job: Job, queue: Queue) -> None:
        """Fork without an open database connection, and tell the child under which lease it runs."""
        connections.close_all()
        self._held = False
        if self.execution:
            os.environ["RQ_EXECUTION_ID"] = self.execution.id
        super().fork_work_horse(job, queue)

    def maintain_heartbeats(self, job: Job, execution: Execution) -> None:
        """Renew the lease, then RQ's own heartbeat; what cannot be reached now is tried again at the next tick."""
        try:
            self._keep_lease(job, execution)
        except DatabaseError as error:
            log.warning("lease_not_renewed", rq_job=job.id, error=type(error).__name__)
            connections.close_all()
        try:
            super().maintain_heartbeats(job, execution)
        except RedisError as error:
            log.warning("heartbeat_not_sent", rq_job=job.id, error=type(error).__name__)

    def _keep_lease(self, job: Job, execution: Execution) -> None:
        if job.func_name != RUN_GENERATION:
            return
        holding = lease.renew(UUID(job.args[0]), execution.id)
        if holding is Holding.OTHER and self._held:
            log.warning("lease_lost", rq_job=job.id)
            self.kill_horse()
        self._held = self._held or holding is Holding.HELD

    def _sweep(self) -> None:
        try:
            sent = dispatch.send_due()
        except DatabaseError as error:
            log.warning("sweep_failed", error=type(error).__name__)
            connections.close_all()
        else:
            if sent:
                log.info("messages_sent", count=sent)
