"""The only module that touches a queue: turns rows that are due into messages.

The row is the truth and a message a hint. A message names the attempt that it may claim, so doubles are
harmless; its RQ id holds a counter of sends, because RQ never takes an id again whose message was lost.
"""

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry
from rq import Queue, Worker
from rq.exceptions import NoSuchJobError
from rq.job import Job
from rq.queue import EnqueueData
from rq.registry import FailedJobRegistry

from . import background, crash, lease, queues
from .lease import from_now
from .models import ACTIVE, WAITING, GenerationJob, JobStatus, Work
from .transactions import retrying

log = structlog.get_logger(__name__)

BATCH = 500
MAX_BATCHES = 40
RESULT_SECONDS = 600
FAILURE_SECONDS = 30 * 24 * 3600
SPARE_SECONDS = 60  # beyond the time-outs of our own, at which RQ's would end a message
EPOCH_KEY = "sitebuilder:epoch"

NEW: Mapping[str, Any] = {"dispatch": 1, "message_seen_at": Now()}
"""Columns of a new row whose first message is counted as it is inserted, which saves a write after the commit."""


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

    @contextmanager
    def talk(self) -> Iterator[Redis]:
        """The connection; raises Unreachable where nobody answers, or nobody did a moment ago."""
        if time.monotonic() < self.silent_until:
            raise Unreachable
        try:
            yield self.connection
        except RedisError as error:
            self.silent_until = time.monotonic() + settings.BROKER_RETRY_PAUSE_SECONDS
            log.warning("broker_unreachable", error=type(error).__name__)
            raise Unreachable from error


@cache
def _broker() -> _Broker:
    return _Broker()


def is_answering() -> bool:
    """Whether the broker answers now."""
    try:
        return bool(_broker().connection.ping())
    except RedisError:
        return False


def is_away() -> bool:
    """Whether no broker answers: that is known for a while, in which nobody waits for one."""
    try:
        with _broker().talk() as connection:
            connection.ping()
    except Unreachable:
        return True
    return False


def missing_broker() -> str:
    """One line that says where no broker answers and what to do; never with its password."""
    url = urlsplit(settings.BROKER_URL)
    place = url.path if url.scheme == "unix" else f"{url.hostname}:{url.port or 6379}"
    if settings.EMBEDDED_BROKER:
        return gettext("No broker answers at %(place)s. Start it: manage.py broker") % {"place": place}
    return gettext("No broker answers at %(place)s. Start it, or correct REDIS_URL.") % {"place": place}


def workers_of(queue: str) -> int:
    """How many workers that listen to this queue have been heard of lately. Raises Unreachable."""
    with _broker().talk() as connection:
        found = Worker.all(queue=Queue(queue, connection=connection))
    since = datetime.now(UTC) - timedelta(seconds=3 * settings.GENERATION_SWEEP_SECONDS)
    return sum(bool(worker.last_heartbeat and worker.last_heartbeat > since) for worker in found)


def has_worker(queue: str) -> bool:
    """Whether a worker that listens to this queue has been heard of lately. False where no broker answers."""
    try:
        return workers_of(str(queue)) > 0
    except Unreachable:
        return False


def message_id(row: Work) -> str:
    """The RQ id of the message that was last sent for the row's next attempt."""
    return f"{row.pk}-{row.attempt + 1}-{row.dispatch}"


def row_id(message: str) -> UUID | None:
    """The row that a message is about, by its RQ id; None for a message of somebody else's."""
    try:
        return UUID(message.rsplit("-", 2)[0])
    except ValueError:
        return None


def send_after_commit(*rows: Work) -> None:
    """Send these rows, inserted with the columns NEW, when the caller's transaction is through.

    What fails then, the dispatcher does later.
    """

    def send_now() -> None:
        crash.reach("request.committed")
        with suppress(Unreachable):
            _put(rows)

    if rows:
        transaction.on_commit(send_now, robust=True)


def look_after_commit(row: Work) -> None:
    """Send this row, if it is due and has no message, when the caller's transaction is through."""

    def look_now() -> None:
        send_due(type(row), Q(pk=row.pk))

    transaction.on_commit(look_now, robust=True)


def send_due(only: type[Work] | None = None, where: Q | None = None) -> int:
    """Send each row that is due and has no message: queued, retry due, or its lease over. Returns how many.

    A message that was popped and lost is found by its absence from the queue, once the time of a lease has
    passed since it was last seen; a broker that was wiped, by the absence of a mark. A queue that is held back gets
    no more than it has room for, and keeps no other waiting. A broker that is away makes this return early.
    """
    sent = 0
    try:
        if only is None:
            _notice_wipe()
        for rows in [only] if only else list(background.classes_of_work()):
            are_due = rows._default_manager.filter(due(rows), where or Q())
            for queue in list(are_due.order_by().values_list("queue", flat=True).distinct()):
                for _batch in range(MAX_BATCHES):
                    settled, gone_out = _send_batch(are_due.filter(queue=queue), queue)
                    sent += gone_out
                    if settled < BATCH:
                        break
    except Unreachable:
        pass
    return sent


def due(rows: type[Work]) -> Q:
    """Rows that are due and whose message, if there was one, has not been seen for the time of a lease."""
    unseen = Q(message_seen_at=None) | Q(message_seen_at__lt=from_now(-settings.GENERATION_LEASE_SECONDS))
    return lease.DUE & unseen


def _send_batch(are_due: QuerySet[Any], queue: str) -> tuple[int, int]:
    """Looks at one batch of rows of a queue: how many have a message now, and how many of those were sent one."""
    waiting, room = _waiting(queue), queues.rooms().get(queue)
    free = BATCH if room is None else min(room - len(waiting), BATCH)
    if free <= 0:
        return 0, 0
    there, missing = _count(are_due, waiting, free)
    crash.reach("dispatch.counted")
    _put(missing)
    crash.reach("dispatch.sent")
    return there + len(missing), len(missing)


@retrying
def _count(are_due: QuerySet[Any], waiting: set[str], free: int) -> tuple[int, list[Work]]:
    """Raise the counter of up to ``free`` rows whose message is missing, and return them, and how many have theirs;
    of several senders at once, each row falls to one."""
    locked = are_due.select_for_update(skip_locked=True).only("queue", "attempt", "dispatch").order_by("created_at")
    there: list[Work] = []
    missing: list[Work] = []
    for row in locked[:BATCH]:
        (there if message_id(row) in waiting else missing).append(row)
    del missing[free:]
    are_due.filter(pk__in=[row.pk for row in there]).update(message_seen_at=Now())
    if missing:
        ours = are_due.filter(pk__in=[row.pk for row in missing])
        ours.update(dispatch=F("dispatch") + 1, message_seen_at=Now())
    for row in missing:
        row.dispatch += 1
    return len(there), missing


def _waiting(queue: str) -> set[str]:
    with _broker().talk() as connection:
        return set(Queue(queue, connection=connection).get_job_ids())


def _put(rows: Iterable[Work]) -> None:
    """Put a message for each of these rows into its queue. Raises Unreachable, once it is on record that they have
    none."""
    by_queue: defaultdict[str, list[Work]] = defaultdict(list)
    for row in rows:
        by_queue[row.queue].append(row)
    for name, those in by_queue.items():
        for first in range(0, len(those), BATCH):
            batch = those[first : first + BATCH]
            try:
                with _broker().talk() as connection:
                    Queue(name, connection=connection).enqueue_many(map(_message, batch))
            except Unreachable:
                crash.reach("dispatch.unsent")
                _unsent(those[first:])
                raise


def _unsent(rows: Sequence[Work]) -> None:
    """Put on record that these have no message."""
    for kind in {type(row) for row in rows}:
        ids = [row.pk for row in rows if type(row) is kind]
        for first in range(0, len(ids), BATCH):
            kind._default_manager.filter(pk__in=ids[first : first + BATCH]).update(message_seen_at=None)


def _message(row: Work) -> EnqueueData:
    attempt = str(row.attempt + 1)
    arguments: tuple[str, ...]
    if isinstance(row, GenerationJob):
        function, arguments = "generation.tasks.run_generation", (str(row.pk), attempt)
    else:
        function, arguments = "generation.tasks.run_background", (row.kind_of_work, str(row.pk), attempt)
    return Queue.prepare_data(
        function,
        args=arguments,
        job_id=message_id(row),
        timeout=background.seconds_of(type(row)) + SPARE_SECONDS,
        result_ttl=RESULT_SECONDS,
        failure_ttl=FAILURE_SECONDS,
        description=f"{row.kind_of_work} {row.pk} attempt {attempt}",
    )


def _notice_wipe() -> None:
    """A broker without our mark is new, or has lost everything: what it was sent before is not there any more."""
    with _broker().talk() as connection:
        is_new = connection.set(EPOCH_KEY, uuid4().hex, nx=True)
    if is_new:
        crash.reach("dispatch.marked")
        for rows in background.classes_of_work():
            rows._default_manager.filter(status__in=ACTIVE, message_seen_at__isnull=False).update(message_seen_at=None)


def strays(queue: str, most: int = BATCH) -> list[str]:
    """Messages at the head of the queue that no row waits for: of rows that are gone, closed, or further on.

    Raises Unreachable.
    """
    with _broker().talk() as connection:
        waiting = Queue(queue, connection=connection).get_job_ids(0, most)
    about = {message: row for message in waiting if (row := row_id(message))}
    wanted = set()
    for rows in background.classes_of_work():
        known = rows._default_manager.filter(pk__in=about.values(), status__in=[*WAITING, JobStatus.RUNNING])
        wanted |= {message_id(row) for row in known.only("attempt", "dispatch")}
    return [message for message in about if message not in wanted]


def forget_rows(rows: Iterable[Work]) -> None:
    """Take what the broker still holds of rows that are closed: messages, and what was said of their failures.

    A broker that is away keeps it until its own time is over.
    """
    keys: list[str] = []
    for row in rows:
        for attempt in range(1, row.attempt + 2):
            for sent in range(1, row.dispatch + 1):
                message = f"{row.pk}-{attempt}-{sent}"
                keys += [Job.key_for(message), f"rq:results:{message}"]
    with suppress(Unreachable), _broker().talk() as connection:
        for first in range(0, len(keys), BATCH):
            connection.delete(*keys[first : first + BATCH])


def remove(queue: str, messages: Iterable[str]) -> None:
    """Take messages out of their queue. Raises Unreachable."""
    with _broker().talk() as connection:
        for message in messages:
            Queue(queue, connection=connection).remove(message)
            crash.reach("stray.removed")
            connection.delete(Job.key_for(message))


def forget(queue: str, message: str) -> None:
    """Have the broker forget a message wherever it keeps it, lists of what failed included. Raises Unreachable."""
    with _broker().talk() as connection:
        with suppress(NoSuchJobError):
            Job.fetch(message, connection=connection).delete()
        Queue(queue, connection=connection).remove(message)


def failed_messages(queue: str, most: int = BATCH) -> list[str]:
    """Messages that the broker lists as failed, the oldest first. Raises Unreachable."""
    with _broker().talk() as connection:
        return FailedJobRegistry(queue, connection=connection).get_job_ids(0, most - 1, cleanup=False)


def has_messages(queue: str) -> bool:
    """Whether anything waits in the queue, of ours or not. Raises Unreachable."""
    return bool(_waiting(queue))
