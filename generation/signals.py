"""What generation tells the rest of the program, inside its own transaction. Receivers write rows only.

Those of one job are sent with ``job``, a GenerationJob as it stands after the move; ``jobs_requested`` with ``jobs``.
A receiver that raises rolls back what it was told of; of a start and of a wait it is only told, and reconciliation
mends.
"""

from typing import Any

import structlog
from django.db import transaction
from django.dispatch import Signal

from .transactions import DATABASE_GONE

log = structlog.get_logger(__name__)

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


def tell(signal: Signal, job: Any) -> None:
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
