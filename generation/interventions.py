"""What staff do to a row of work, of whatever kind: take it back, or have it go on after its end."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext

from . import background, closing, dispatch, retries
from .models import CLOSED, WAITING, GenerationJob, JobStatus, Work
from .moves import MoveRefused, move
from .prepared import Where
from .requests import RequestRefused, UnknownJob, retry_generation
from .transactions import retrying

CANCEL_TRIES = 10


class NothingToRetry(RequestRefused):
    """Only work that failed or was cancelled can go on."""

    def __init__(self) -> None:
        super().__init__(gettext("It has neither failed nor been cancelled, so there is nothing to retry."))


def cancel_generation(*, job_id: UUID, by: str, reason: str = "") -> GenerationJob:
    """Cancel the job at whatever moment, by its row alone; what has ended already stays as it ended.

    Its worker, if it has one, is stopped within seconds. Raises UnknownJob.
    """
    cancel_work(kind=GenerationJob.kind_of_work, row_id=job_id, by=by, reason=reason)
    return GenerationJob.objects.get(pk=job_id)


def cancel_work(*, kind: str, row_id: UUID, by: str, reason: str = "") -> bool:
    """As cancel_generation, of any kind of work. Returns whether it is this call that has cancelled the row."""
    rows = background.class_of(kind)._default_manager
    for _try in range(CANCEL_TRIES):
        row = rows.filter(pk=row_id).first()
        if row is None:
            raise UnknownJob
        if row.status in CLOSED:
            return False
        try:
            closing.cancel(row, by=by, reason=reason)
        except MoveRefused:  # it has moved since it was read
            continue
        return True
    raise RequestRefused(gettext("The job is moving too fast to be cancelled. Try again."))


def retry_work(*, kind: str, row_id: UUID, by: str) -> bool:
    """Have work that failed or was cancelled go on. Returns whether it is this call that has done so.

    A generation goes on in a new job, as retry_generation says; a row of another kind is opened again, with as many
    attempts as its policy allows. Raises UnknownJob, NotRetriable and NothingToRetry.
    """
    if kind == GenerationJob.kind_of_work:
        return retry_generation(job_id=row_id, by=by).created
    return _reopen(background.class_of(kind), row_id, by)


@retrying
def _reopen(rows: type[Work], row_id: UUID, by: str) -> bool:
    row = rows._default_manager.select_for_update().filter(pk=row_id).first()
    if row is None:
        raise UnknownJob
    if row.is_active:
        return False
    if row.status == JobStatus.SUCCEEDED:
        raise NothingToRetry
    afresh: dict[str, Any] = {
        "error_code": "",
        "error_detail": "",
        "error_traceback": "",
        "finished_at": None,
        "message_seen_at": None,
    }
    attempts = row.spent + retries.policy_of(row).attempts
    move(row, JobStatus.QUEUED, where=Where(Q()), by=by, max_attempts=attempts, **afresh)
    dispatch.look_after_commit(row)
    return True


def row_of_message(message: str) -> Work | None:
    """The row that a message is about; None where there is none, and for a message of somebody else's."""
    row_id = dispatch.row_id(message)
    found = (rows._default_manager.filter(pk=row_id).first() for rows in background.classes_of_work() if row_id)
    return next(filter(None, found), None)


def is_current(row: Work, message: str) -> bool:
    """Whether the message is that of the attempt that is under way or comes next, and not one left over."""
    return message.rsplit("-", 2)[1] == str(row.attempt + (row.status in WAITING))
