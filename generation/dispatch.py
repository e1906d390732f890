"""The only module that touches a queue: turns rows that are due into messages.

The row is the truth and a message a hint. A message names the attempt that it may claim, so doubles are
harmless; its RQ id holds a counter of sends, because RQ never takes an id again whose message was lost.
"""

import time
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import cache
from urllib.parse import urlsplit
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Now
from django.utils.translation import gettext
from django_rq import get_queue
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry
from rq import Queue, Worker

from . import lease
from .models import GenerationJob, JobStatus

log = structlog.get_logger(__name__)

BATCH = 500
RESULT_SECONDS = 600
FAILURE_SECONDS = 30 * 24 * 3600

_WAITING = Q(status=JobStatus.QUEUED) | Q(status=JobStatus.RETRYING, next_attempt_at__lte=Now())
_DUE = _WAITING | lease.OVER


class Unreachable(Exception):
    """No broker answered, now or a moment ago."""


class _Broker:
    """A connection that gives up at once, and leaves a dead broker alone for a while."""

    def __init__(self) -> None:
        seconds = settings.BROKER_TIMEOUT_SECONDS
        self.connection: Redis = Redis.from_url(
            settings.BROKER_URL,
            socket_timeout=seconds,
            socket_connect_timeout=seconds,
            retry=Retry(NoBackoff(), 0),
        )
        self.silent_until = 0.0

    def queue(self, name: str) -> Queue:
        if time.monotonic() < self.silent_until:
            raise Unreachable
        return get_queue(name, connection=self.connection)

    def failed(self, error: RedisError) -> None:
        self.silent_until = time.monotonic() + settings.BROKER_RETRY_PAUSE_SECONDS
        log.warning("broker_unreachable", error=type(error).__name__)


@cache
def _broker() -> _Broker:
    return _Broker()


def is_answering() -> bool:
    """Whether the broker answers now."""
    try:
        return bool(_broker().connection.ping())
    except RedisError:
        return False


def missing_broker() -> str:
    """One line that says where no broker answers and what to do; never with its password."""
    url = urlsplit(settings.BROKER_URL)
    place = url.path if url.scheme == "unix" else f"{url.hostname}:{url.port or 6379}"
    if settings.EMBEDDED_BROKER:
        return gettext("No broker answers at %(place)s. Start it: manage.py broker") % {"place": place}
    return gettext("No broker answers at %(place)s. Start it, or correct REDIS_URL.") % {"place": place}


def has_worker(queue: Queue | str) -> bool:
    """Whether a worker that listens to this queue has been heard of lately. False where no broker answers."""
    try:
        found = Worker.all(queue=_broker().queue(str(queue)))
    except (RedisError, Unreachable):
        return False
    since = datetime.now(UTC) - timedelta(seconds=3 * settings.GENERATION_SWEEP_SECONDS)
    return any(worker.last_heartbeat and worker.last_heartbeat > since for worker in found)


def send_after_commit(job_id: UUID) -> None:
    """Send the job when the caller's transaction is through; what fails then, the dispatcher does later."""

    def send_now() -> None:
        send_due(Q(pk=job_id))

    transaction.on_commit(send_now, robust=True)


def send_due(only: Q | None = None) -> int:
    """Send each job that is due and has no message: queued, retry due, or its lease over. Returns how many.

    A message that was popped and lost is found by its absence from the queue, once the time of a lease has
    passed since it was last seen. A broker that is away makes this return early.
    """
    unseen = Q(message_seen_at=None) | Q(message_seen_at__lt=_lease_ago())
    due = GenerationJob.objects.filter(_DUE, unseen, only or Q()).order_by("message_seen_at", "created_at")
    by_queue: defaultdict[str, list[GenerationJob]] = defaultdict(list)
    for job in due.only("id", "queue", "attempt", "dispatch", "message_seen_at")[:BATCH]:
        by_queue[job.queue].append(job)
    try:
        return sum(_send_missing(name, jobs) for name, jobs in by_queue.items())
    except Unreachable:
        return 0


def _lease_ago() -> CombinedExpression:
    return Now() - timedelta(seconds=settings.GENERATION_LEASE_SECONDS)


def _send_missing(name: str, jobs: Iterable[GenerationJob]) -> int:
    queue = _broker().queue(name)
    try:
        waiting = set(queue.get_job_ids()) if any(job.message_seen_at for job in jobs) else set()
        return sum(_send(queue, job) for job in jobs if not _still_there(job, waiting))
    except RedisError as error:
        _broker().failed(error)
        raise Unreachable from error


def _still_there(job: GenerationJob, waiting: set[str]) -> bool:
    if _message_id(job) not in waiting:
        return False
    GenerationJob.objects.filter(pk=job.pk, dispatch=job.dispatch).update(message_seen_at=Now())
    return True


def _message_id(job: GenerationJob) -> str:
    return f"{job.pk}-{job.attempt + 1}-{job.dispatch}"


def _send(queue: Queue, job: GenerationJob) -> bool:
    """Raise the counter and send; of several senders at once the one whose count holds."""
    mine = GenerationJob.objects.filter(pk=job.pk, dispatch=job.dispatch, attempt=job.attempt)
    if mine.update(dispatch=job.dispatch + 1, message_seen_at=Now()) != 1:
        return False
    job.dispatch += 1
    try:
        queue.enqueue_call(
            "generation.tasks.run_generation",
            args=(str(job.pk), str(job.attempt + 1)),
            job_id=_message_id(job),
            timeout=settings.GENERATION_JOB_TIMEOUT_SECONDS,
            result_ttl=RESULT_SECONDS,
            failure_ttl=FAILURE_SECONDS,
            description=f"generation {job.pk} attempt {job.attempt + 1}",
        )
    except RedisError:
        GenerationJob.objects.filter(pk=job.pk, dispatch=job.dispatch).update(message_seen_at=None)
        raise
    return True
