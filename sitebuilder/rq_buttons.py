"""The buttons on RQ's pages, for messages that are ours: they act on rows, and the messages follow.

Requeue lets a job go on, as the button *Retry* does. Delete, stop and empty cancel it; a message that is left over from
an attempt of before is only deleted. What is not ours is left to RQ.
"""

from collections.abc import Callable
from contextlib import suppress
from itertools import islice

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from generation import background, dispatch, services
from generation.admin.deeds import Outcome, name_of, record
from generation.models import WAITING, JobStatus, Work
from generation.services import RequestRefused, retrying

MOST = 500
"""How many rows one press of a button is for, while somebody waits for the page."""

ONE = {"delete_job": "delete", "stop_job": "stop", "requeue_job": "requeue", "enqueue_job": "requeue"}
ALL_FAILED = {"delete_failed_jobs": "delete", "requeue_all": "requeue"}
LABELS: dict[str, str | Promise] = {
    "delete": gettext_lazy("Cancel"),
    "stop": gettext_lazy("Cancel"),
    "requeue": gettext_lazy("Retry"),
}

Page = Callable[[], HttpResponse]


class LeftOver(RequestRefused):
    """The message is not that of an attempt that runs or is still to come."""

    def __init__(self) -> None:
        super().__init__(_("Only its message is deleted; the work itself has ended, or gone on to another attempt."))


class UnderWay(RequestRefused):
    """It goes on already."""

    def __init__(self) -> None:
        super().__init__(_("It is under way already."))


def press(request: HttpRequest, name: str, queue_index: int, message: str, page: Page) -> HttpResponse:
    """Do what the button ``name`` says to the rows behind it, and leave the rest to RQ's ``page``.

    Raises dispatch.Unreachable.
    """
    queue = queue_name(queue_index)
    back = redirect("admin:django_rq_jobs", queue_index)
    if name == "clear":
        return back if _empty(request, queue) else page()
    verb, chosen = _chosen(request, name, queue, message)
    ours = {each: row for each in chosen if verb in LABELS and (row := services.row_of_message(each))}
    if not ours:
        return page()
    outcome = Outcome(LABELS[verb])
    for each, row in ours.items():
        _press(request, verb, queue, each, row, outcome)
    outcome.tell(request)
    others = [each for each in chosen if each not in ours]
    if not others:
        return back
    if name == "actions":
        posted = request.POST.copy()
        posted.setlist("job_ids", others)
        request.POST = posted  # type: ignore[assignment]  # its page reads it from there
    return page()


def queue_name(queue_index: int) -> str:
    """The queue that RQ's pages know by this number."""
    return sorted(settings.RQ_QUEUES)[queue_index]


def _chosen(request: HttpRequest, name: str, queue: str, message: str) -> tuple[str, list[str]]:
    """What the button does, and to which messages."""
    if name in ONE:
        return ONE[name], [message]
    if name in ALL_FAILED:
        return ALL_FAILED[name], dispatch.failed_messages(queue, MOST)
    return request.POST.get("action", ""), request.POST.getlist("job_ids")[:MOST]


def _press(request: HttpRequest, verb: str, queue: str, message: str, row: Work, outcome: Outcome) -> None:
    is_being_done = row.status == JobStatus.RUNNING and services.is_current(row, message)
    try:
        if verb == "requeue":
            _retry(request, row)
        else:
            _cancel(request, row, message)
    except RequestRefused as refusal:
        outcome.skip(_named(row), refusal)
    else:
        outcome.done.append(_named(row))
    row.refresh_from_db()
    is_needed = row.is_active and services.is_current(row, message)
    if not (is_needed or is_being_done):  # that one the worker puts away, as it ends
        with suppress(dispatch.Unreachable):  # then reconciliation drops it
            dispatch.forget(queue, message)


@retrying
def _retry(request: HttpRequest, row: Work) -> None:
    """Have it go on, with its line in the record, or neither."""
    if not services.retry_work(kind=row.kind_of_work, row_id=row.pk, by=name_of(request.user)):
        raise UnderWay
    record(request, row, "requeue")


@retrying
def _cancel(request: HttpRequest, row: Work, message: str = "") -> None:
    """Cancel it, with its line in the record, or neither."""
    if message and not services.is_current(row, message):
        raise LeftOver
    if not services.cancel_work(kind=row.kind_of_work, row_id=row.pk, by=name_of(request.user)):
        raise LeftOver
    record(request, row, "cancel")


def _empty(request: HttpRequest, queue: str) -> bool:
    """Cancel what waits in the queue. Returns whether that is all; otherwise RQ empties it of what is not ours."""
    outcome = Outcome(LABELS["delete"])
    waiting = (
        row
        for rows in background.classes_of_work()
        for row in rows._default_manager.filter(queue=queue, status__in=WAITING).order_by("created_at")[: MOST + 1]
    )
    rows = list(islice(waiting, MOST + 1))
    for row in rows[:MOST]:
        message = dispatch.message_id(row)
        try:
            _cancel(request, row)
        except RequestRefused as refusal:
            outcome.skip(_named(row), refusal)
            continue
        outcome.done.append(_named(row))
        with suppress(dispatch.Unreachable):
            dispatch.forget(queue, message)
    outcome.tell(request)
    if len(rows) > MOST:
        about = {"most": MOST, "queue": queue}
        messages.warning(request, _("At most %(most)s are cancelled at once. Empty “%(queue)s” again.") % about)
    return len(rows) > MOST or bool(rows and not dispatch.has_messages(queue))


def _named(row: Work) -> str:
    return f"{row.kind_of_work} {row.pk}"
