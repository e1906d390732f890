"""What generation tells the rest of the program, inside its own transaction. Receivers write rows only.

Those of one job are sent with ``job``, a GenerationJob as it stands after the move; ``jobs_requested`` with ``jobs``.
A receiver that raises rolls back what it was told of. What is bound to happen is tried again, and at last happens
whatever the receivers do; reconciliation mends what one of them has missed.
"""

from collections.abc import Callable
from typing import Any, TypeVar

import structlog
from django.db import transaction
from django.dispatch import Signal

from .transactions import DATABASE_GONE

log = structlog.get_logger(__name__)

R = TypeVar("R")
Tell = Callable[[Signal, Any], None]

TIMES = 3
"""How often receivers are told of one move."""

worker_begins = Signal()
"""A worker is about to take its first message: what its children would each do for themselves is done now."""

jobs_requested = Signal()
"""New jobs stand in the queue."""

job_started = Signal()
"""A worker has claimed the job for the first time or again."""

job_waiting = Signal()
"""The job was given back unfinished: it waits for another attempt."""

job_closed = Signal()
"""The job ended: ``job.status`` is succeeded, failed or cancelled."""


class ReceiverFailed(Exception):
    """A receiver raised; it is the cause."""


def tell(signal: Signal, job: Any) -> None:
    """Tell of a move, in its transaction. Raises ReceiverFailed."""
    try:
        signal.send(type(job), job=job)
    except DATABASE_GONE:
        raise
    except Exception as error:
        raise ReceiverFailed from error


def tell_anyway(signal: Signal, job: Any) -> None:
    """Tell of a move that happens whatever the receivers do."""
    try:
        with transaction.atomic():  # where one of them has spoilt the transaction, what they did is taken back
            for _receiver, answer in signal.send_robust(type(job), job=job):
                if isinstance(answer, DATABASE_GONE):
                    raise answer
                if isinstance(answer, Exception):  # Django has logged it, with its traceback
                    log.error("receiver_failed", job=str(job.pk), status=job.status)
    except DATABASE_GONE:
        raise
    except Exception:
        log.exception("receiver_failed", job=str(job.pk), status=job.status)


def telling(transact: Callable[[Tell], R]) -> R:
    """Do a transaction that tells receivers by what it is given: by ``tell`` until one of them has failed too often."""
    for _time in range(TIMES - 1):
        try:
            return transact(tell)
        except ReceiverFailed:
            log.exception("receiver_failed", hint="the transaction is taken back and done again")
    return transact(tell_anyway)
