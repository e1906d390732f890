"""One run of a row of background work other than generation: claim, do, close."""

import traceback
from uuid import UUID

import structlog

from . import closing, errors, waiting
from .background import Kind
from .claims import Beginning, claim
from .masking import masked_trace
from .moves import MoveRefused
from .timeouts import within
from .transactions import DATABASE_GONE

log = structlog.get_logger(__name__)


class WorkFailed(Exception):
    """The row is closed as failed; raised after that is committed, so that RQ lists it as failed too."""


def run(kind: Kind, row_id: UUID, attempt: int, *, execution: str, worker: str) -> None:
    """Do the row, if this message may claim it. Raises WorkFailed when it failed for good.

    An error of the database itself passes through: the row still says *running*, and goes on under another claim
    once the lease is over.
    """
    whole = Beginning(kind.seconds)
    row = claim(kind.rows, row_id, attempt, execution=execution, worker=worker, begin=lambda _row: whole)
    if row is None:
        log.info("nothing_to_claim", kind=kind.rows.kind_of_work, row=str(row_id), attempt=attempt)
        return
    try:
        try:
            with within(kind.seconds):
                changes = kind.do(row)
        except DATABASE_GONE:
            raise
        except Exception as error:
            reason = errors.sort(error)
            trace = masked_trace(traceback.format_exc()) if reason.code == "internal_error" else ""
            if not waiting.settle_error(row, reason, execution=execution, by=worker, traceback=trace):
                raise WorkFailed(str(reason)) from error
        else:
            closing.succeed(row, changes or {}, execution=execution, by=worker)
    except MoveRefused:
        log.warning("fenced", kind=kind.rows.kind_of_work, row=str(row_id), attempt=attempt)
