"""Giving a row back unfinished: for another attempt later, or at once; or its end, where no attempt is left."""

from datetime import timedelta
from typing import Any

from django.db.models import DurationField, F
from django.db.models.functions import Now

from . import closing, crash, retries
from .errors import StepFailed
from .lease import held_by
from .models import GenerationJob, JobStatus, Outcome, Work
from .moves import move
from .prepared import Given, Where
from .signals import Tell, job_waiting, telling
from .transactions import retrying

AFTER_PAUSE = Now() + Given("pause", DurationField())


def settle_error(row: Work, error: StepFailed, *, execution: str, by: str, traceback: str = "") -> bool:
    """Try the row again after a pause, if its policy says so; otherwise close it as failed.

    Returns whether it is tried again. Raises MoveRefused where the lease is lost.
    """
    outcome = Outcome.INTERRUPTED if error.code == "interrupted" else Outcome.FAILED
    pause = retries.pause_after(row, error)
    if pause is None:
        if error.code == "interrupted":
            error = StepFailed("attempts_exhausted")
        closing.fail(row, error, where=held_by(execution), by=by, traceback=traceback)
        return False
    changes: dict[str, Any] = {"next_attempt_at": AFTER_PAUSE, **closing.columns_of(error, traceback)}
    if not retries.is_counted(row, error):
        changes["spent"] = F("spent") - 1
    where = held_by(execution, pause=timedelta(seconds=pause))
    _give_back(row, JobStatus.RETRYING, outcome, where=where, by=by, reason=error.code, **changes)
    return True


def hand_back(row: Work, *, execution: str, by: str) -> None:
    """Let another worker go on at once, without an attempt spent. Raises MoveRefused where the lease is lost."""
    spent = F("spent") - 1 if row.attempt - row.spent < retries.MAX_UNCOUNTED else F("spent")
    where = held_by(execution)
    _give_back(row, JobStatus.QUEUED, Outcome.HANDED_BACK, where=where, by=by, reason="", spent=spent)


def _give_back(
    row: Work, to: JobStatus, outcome: Outcome, *, where: Where, by: str, reason: str, **changes: Any
) -> None:
    from . import dispatch  # which knows how messages are sent

    came_from = row.status
    freed = {"lease_until": None, "deadline": None, "message_seen_at": None}

    @retrying
    def give_back(tell: Tell) -> None:
        row.status = came_from
        also = closing.ending_attempt(row, outcome, changes)
        move(row, to, where=where, by=by, reason=reason, also=also, **freed, **changes)
        row.stop_steps()
        if isinstance(row, GenerationJob):
            tell(job_waiting, row)
        if to == JobStatus.QUEUED:
            dispatch.look_after_commit(row)
        crash.reach("retry.moved")

    telling(give_back)
    crash.reach("retry.committed")


@retrying
def after_death(row: Work, *, execution: str, by: str, error: StepFailed | None) -> None:
    """What the worker's parent does once its work-horse is gone: nothing where the row is not this execution's any
    more; otherwise ``error`` is settled, or without one the row handed back. Raises MoveRefused where another was
    faster."""
    row.refresh_from_db()
    if row.status != JobStatus.RUNNING or row.lease != execution:
        return
    if error:
        settle_error(row, error, execution=execution, by=by)
    else:
        hand_back(row, execution=execution, by=by)
