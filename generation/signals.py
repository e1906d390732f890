"""What generation tells the rest of the program, inside its own transaction. Receivers write rows only.

Those of one job are sent with ``job``, a GenerationJob as it stands after the move; ``jobs_requested`` with ``jobs``.
A receiver that raises rolls back what it was told of. What is bound to happen is tried again, and at last happens
without the receivers; reconciliation mends what they have missed.
"""

from collections.abc import Callable
from typing import Any, TypeVar

import structlog
from django.dispatch import Signal

from .transactions import DATABASE_GONE

log = structlog.get_logger(__name__)

R = TypeVar("R")

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


def telling(transact: Callable[[bool], R], row: Any) -> R:
    """Do a transaction about that row, which tells receivers if it is given True; after their last failure without."""
    for time in range(1, TIMES + 1):
        try:
            return transact(True)
        except ReceiverFailed:
            log.exception("receiver_failed", row=str(row), time=time)
    return transact(False)
