"""Between an order and generation: asking for its site, and following what becomes of the job.

An order follows its job by generation's signals, inside generation's transactions; what a signal missed,
:func:`mend_orders` finds. Lock order: the job's row, then the order's, then the onboarding's.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from generation import services as generation
from generation.services import Requested, RequestRefused, retrying

from .editing import AnswersChanged
from .findings import Refused
from .models import IN_WORK, Onboarding, SiteOrder, Status
from .moves import MoveRefused, move, record
from .stored_answers import brief_of

BY = "generation"
BATCH = 500
_CLOSED_AS = {"succeeded": Status.REVIEW, "failed": Status.FAILED, "cancelled": Status.FAILED}


class DoneByAPersonOnly(RequestRefused):
    """A site that is delivered, or in review and sound, is generated again only because a person wants it."""

    def __init__(self, order: SiteOrder) -> None:
        about = {"number": order.number, "stands": Status(order.status).label}
        super().__init__(
            _("Order #%(number)s is “%(stands)s”, and its site is sound: only a person has it generated again.") % about
        )


class ErasedOrder(RequestRefused):
    """The customer's data are erased: there is nothing to make a site from."""

    def __init__(self, order: SiteOrder) -> None:
        super().__init__(_("The personal data of order #%(number)s are erased.") % {"number": order.number})


@dataclass(frozen=True)
class Refusal:
    """An order that was passed over, and why, in words."""

    order: SiteOrder
    why: str


@dataclass
class Settled:
    """What came of asking for many: the orders whose site is being made now, and those that were passed over."""

    done: list[SiteOrder] = field(default_factory=list)
    skipped: list[Refusal] = field(default_factory=list)


# asking


@retrying
def request_build(*, order_id: UUID, by: str, trigger: str, another_look: bool = False) -> Requested:
    """Ask for the order's site from the answers as they stand; while one is being made, that job answers.

    ``another_look`` makes other choices from the same facts. Raises Refused, Unchanged, UnknownTheme,
    MoveRefused and AnswersChanged.
    """
    order = SiteOrder.objects.select_related("onboarding").get(pk=order_id)
    is_revision = order.onboarding.revision > 1 and not order.onboarding.locked_at
    return _request(
        order,
        kind="revision" if is_revision else "build",
        by=by,
        trigger=trigger,
        variation=order.variation + another_look,
        note=order.onboarding.note if is_revision else "",
    )


@retrying
def reset_site(*, order_id: UUID, by: str, trigger: str, first_step: str = "", reason: str = "") -> Requested:
    """Make the order's site anew, beside its versions; while one is being made, that job answers.

    Without ``first_step`` from the answers as they stand, changed or not; with one from the facts of the newest job,
    whose steps before it are kept. Raises Refused, UnknownStep, UnknownJob, MoveRefused and AnswersChanged.
    """
    order = SiteOrder.objects.select_related("onboarding").get(pk=order_id)
    if first_step:
        return generation.reset_generation(
            job_id=_job_id(order), by=by, trigger=trigger, first_step=first_step, reason=reason
        )
    return _request(order, kind="reset", by=by, trigger=trigger, variation=order.variation, note=reason, force=True)


def _request(order: SiteOrder, **wanted: Any) -> Requested:
    edits = order.onboarding.edits
    requested = generation.request_generation(
        subject=order.pk, brief=brief_of(order), theme=order.theme, requested_by=wanted.pop("by"), **wanted
    )
    if requested.created:
        taken = Onboarding.objects.filter(order=order, edits=edits)
        if taken.update(locked_at=timezone.now()) != 1:
            raise AnswersChanged
    return requested


@retrying
def retry_build(*, order_id: UUID, by: str, trigger: str = "admin") -> Requested:
    """Let the order's failed or cancelled job go on from its first unfinished step.

    Raises UnknownJob, NotRetriable and MoveRefused.
    """
    order = SiteOrder.objects.get(pk=order_id)
    return generation.retry_generation(job_id=_job_id(order), by=by, trigger=trigger)


@retrying
def cancel_build(*, order_id: UUID, by: str, reason: str = "") -> bool:
    """Cancel the order's job, wherever it stands; one that has ended stays as it ended. Raises UnknownJob.

    Returns whether it is this call that has cancelled it.
    """
    order = SiteOrder.objects.get(pk=order_id)
    return generation.cancel_work(kind="generation", row_id=_job_id(order), by=by, reason=reason)


def _job_id(order: SiteOrder) -> UUID:
    if order.current_job_id is None:
        raise generation.UnknownJob
    return order.current_job_id


# asking for many


def empty_generations(*, only: UUID | None = None) -> Iterator[tuple[SiteOrder, str]]:
    """Orders in generation or review that have no sound site and no living job, with what is wrong with it.

    ``only``: look at this order alone.
    """
    for order in _without_job(only, Status.GENERATING, Status.REVIEW):
        if trouble := generation.trouble_with_version(order.pk):
            yield order, trouble


def reset_empty_generations(*, by: str, trigger: str, only: UUID | None = None) -> Settled:
    """Make the sites of those orders anew."""
    settled = Settled()
    for order, trouble in empty_generations(only=only):
        _ask(settled, order, lambda o=order, t=trouble: reset_site(order_id=o.pk, by=by, trigger=trigger, reason=t))
    return settled


def stuck_orders(*, only: UUID | None = None) -> QuerySet[SiteOrder]:
    """Orders that are paid and whose onboarding is complete, with no living job. ``only``: look at this one alone."""
    return _without_job(
        only, Status.PAID, Status.ONBOARDING_PENDING, Status.BUILDING, onboarding__completed_at__isnull=False
    )


def auto_start_stuck_orders(*, by: str, trigger: str, only: UUID | None = None) -> Settled:
    """Have the sites of those orders made."""
    settled = Settled()
    for order in stuck_orders(only=only):
        if order.status == Status.BUILDING:
            _catch_up(order, order.current_job)  # its job has ended, unheard
        _ask(settled, order, lambda o=order: request_build(order_id=o.pk, by=by, trigger=trigger))
    return settled


def start_after_commit(*, order_id: UUID, by: str, trigger: str) -> None:
    """Have the order's site made as soon as this transaction has committed, if it is one of those.

    In a transaction of its own, since that begins with the job's row. If it comes to nothing, because the process dies
    or the database is busy, the schedule that looks for stuck orders finds the order.
    """
    transaction.on_commit(lambda: auto_start_stuck_orders(by=by, trigger=trigger, only=order_id), robust=True)


def _without_job(only: UUID | None, *statuses: Status, **conditions: Any) -> QuerySet[SiteOrder]:
    alive = generation.active_jobs().filter(subject=OuterRef("pk"))
    orders = SiteOrder.objects.filter(~Exists(alive), status__in=statuses, **conditions)
    return orders.filter(Q(pk=only) if only else Q()).select_related("onboarding").order_by("number")


def _ask(settled: Settled, order: SiteOrder, ask: Any) -> None:
    try:
        requested = ask()
    except (RequestRefused, Refused, AnswersChanged, generation.UnknownTheme) as refusal:
        settled.skipped.append(Refusal(order, "; ".join(str(refusal).splitlines())))
        return
    if requested.created:
        settled.done.append(order)
    else:
        settled.skipped.append(Refusal(order, _("The site is being generated already.")))


# following


def follow_requests(*, jobs: Sequence[Any]) -> None:
    """New jobs: their orders wait for a worker now. Raises MoveRefused and DoneByAPersonOnly."""
    by_order = {job.subject: job for job in jobs}
    for order in SiteOrder.objects.filter(pk__in=by_order):
        job = by_order[order.pk]
        if order.erased_at:
            raise ErasedOrder(order)
        if job.is_automatic and _is_sound(order):
            raise DoneByAPersonOnly(order)
        unerased = Q(erased_at=None)  # judged by the row itself, whoever erases at this moment
        move(order.pk, Status.BUILDING, by=job.requested_by, where=unerased, current_job=job, variation=job.variation)


def _is_sound(order: SiteOrder) -> bool:
    if order.status == Status.DELIVERED:
        return True
    return order.status == Status.REVIEW and not generation.trouble_with_version(order.pk)


def begin_generating(*, order_id: UUID, job_id: UUID) -> bool:
    """A worker has the order's job. An order that stands elsewhere is left alone.

    To be called inside a transaction, like those below. Returns whether there is such an order.
    """
    try:
        move(order_id, Status.GENERATING, by=BY, where=Q(current_job=job_id))
    except SiteOrder.DoesNotExist:
        return False
    except MoveRefused:
        pass
    return True


def wait_again(*, order_id: UUID, job_id: UUID, reason: str) -> None:
    """The order's job was given back unfinished. An order that stands elsewhere is left alone."""
    with suppress(SiteOrder.DoesNotExist, MoveRefused):
        move(order_id, Status.BUILDING, by=BY, reason=reason, where=Q(current_job=job_id, status=Status.GENERATING))


def settle_closed_job(*, order_id: UUID, job_id: UUID, outcome: str, reason: str) -> bool:
    """The order's job ended as ``outcome`` (succeeded, failed, cancelled): in review now, or failed with the reason.

    An order in another state, or with another job, only gets an event. A subject that is no order is nobody's: False.
    """
    try:
        move(order_id, _CLOSED_AS[outcome], by=BY, reason=reason, where=Q(current_job=job_id))
    except SiteOrder.DoesNotExist:
        return False
    except MoveRefused as refused:
        left = _("job %(job)s ended (%(outcome)s); the order was left as it is") % {"job": job_id, "outcome": outcome}
        record(refused.order, by=BY, reason=left)
    return True


def words_of_end(job: Any) -> str:
    """Why a closed job ended as it did, and what to do, for the order's page; empty for success."""
    if job.status == "cancelled":
        event = job.events.latest("pk")
        about = {"by": event.by, "reason": f": {event.reason}" if event.reason else ""}
        return _("The generation was cancelled by %(by)s%(reason)s. Retry it, or generate the site again.") % about
    return " ".join(filter(None, (job.error_message, job.error_remedy)))


def mend_orders(dry_run: bool) -> Iterator[str]:
    """Orders in work that have missed what became of their job follow it now; says which, in words."""
    waits, runs = Q(current_job__status__in=("queued", "retrying")), Q(current_job__status="running")
    follow = Q(waits, status=Status.BUILDING) | Q(runs, status=Status.GENERATING)
    behind = SiteOrder.objects.filter(~follow, status__in=IN_WORK, current_job__isnull=False)
    for order in behind.select_related("current_job")[:BATCH]:
        job: Any = order.current_job
        if not dry_run:
            _catch_up(order, job)
        about = {"number": order.number, "status": job.get_status_display()}
        yield _("order #%(number)s: follows its job, which is “%(status)s”") % about


@retrying
def _catch_up(order: SiteOrder, job: Any) -> None:
    if job.status in ("queued", "retrying"):
        wait_again(order_id=order.pk, job_id=job.pk, reason=job.error_message)
        return
    begin_generating(order_id=order.pk, job_id=job.pk)
    if job.status != "running":
        settle_closed_job(order_id=order.pk, job_id=job.pk, outcome=job.status, reason=words_of_end(job))
