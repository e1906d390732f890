"""What the page of an order shows: the way that it has come, what is next and by whom, and the buttons for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from generation.services import Explanation, address_of, explain, latest_version, progress_of, versions_of
from orders.decisions import NOTE_LETTERS, Seen
from orders.models import IN_WORK, SiteOrder, Status
from orders.standing import is_sent_back, next_step

WAY = (
    Status.PENDING_PAYMENT,
    Status.PAID,
    Status.ONBOARDING_PENDING,
    Status.BUILDING,
    Status.GENERATING,
    Status.REVIEW,
    Status.DELIVERED,
)


@dataclass(frozen=True)
class Stage:
    """A state on the order's way: ``when`` is done, now or ahead."""

    label: str | Promise
    when: str
    at: datetime | None = None
    by: str = ""


@dataclass(frozen=True)
class Button:
    """Something that can be done now: ``name`` is that of its action."""

    name: str
    label: str | Promise
    is_main: bool = False


def stages(order: SiteOrder) -> Iterator[Stage]:
    """The order's way: what lies behind it with when and by whom, where it stands, and what is ahead."""
    way = _way(order)
    moves = order.events.exclude(moved_from=F("moved_to")).order_by("pk")
    moved_by = dict(moves.values_list("moved_to", "by"))
    here = way.index(Status(order.status))
    for place, status in enumerate(way):
        at: datetime | None = getattr(order, f"{status.value}_at")
        if place > here:
            yield Stage(status.label, "ahead")
        elif at:  # else it was passed over
            yield Stage(status.label, "now" if place == here else "done", at, moved_by.get(status.value, ""))


def _way(order: SiteOrder) -> tuple[Status, ...]:
    match order.status:
        case Status.FAILED:
            before = WAY.index(Status.REVIEW)
            return (*WAY[:before], Status.FAILED, *WAY[before:])
        case Status.CANCELLED:
            return (*(status for status in WAY if getattr(order, f"{status.value}_at")), Status.CANCELLED)
    return WAY


def buttons(order: SiteOrder, request: HttpRequest) -> Iterator[Button]:
    """What this user may do with the order as it stands. Approving and sending back have forms of their own."""
    can = request.user.has_perm
    if order.status == Status.PENDING_PAYMENT and can("orders.mark_paid"):
        yield Button("mark_paid", _("Mark as paid"), is_main=True)
    if not (order.onboarding.completed_at and can("orders.generate_site")):
        return
    is_revised = is_sent_back(order) or (order.status == Status.DELIVERED and order.onboarding.locked_at is None)
    if is_revised or order.status in (Status.PAID, Status.ONBOARDING_PENDING, Status.FAILED):
        yield Button("generate", _("Generate site"), is_main=True)
    if order.status in (Status.REVIEW, Status.DELIVERED, Status.FAILED) and latest_version(order.pk):
        yield Button("another_look", _("Another look"))


def seen(order: SiteOrder) -> Seen:
    """What a page of the order shows now, for whoever decides by it."""
    version = latest_version(order.pk)
    return Seen(version=version.number if version else 0, edits=order.onboarding.edits)


def explanation(order: SiteOrder) -> Explanation | None:
    """Why the order's job is not running, while it should be."""
    stands = explain(order.current_job) if order.current_job and order.status in IN_WORK else None
    return None if stands and stands.code == "running" else stands


def overview(order: SiteOrder, request: HttpRequest) -> dict[str, Any]:
    """The context of templates/admin/orders/overview.html."""
    job = order.current_job
    in_review, can = order.status == Status.REVIEW, request.user.has_perm
    return {
        "order": order,
        "onboarding": order.onboarding,
        "stages": tuple(stages(order)),
        "next_step": next_step(order),
        "job": job,
        "explanation": explanation(order),
        "progress": progress_of(job) if job and job.is_active else None,
        "buttons": tuple(buttons(order, request)),
        "can_approve": in_review and can("orders.approve_site"),
        "can_send_back": in_review and can("orders.send_back_site"),
        "can_see_versions": can("generation.view_siteversion"),
        "can_see_jobs": can("generation.view_generationjob"),
        "can_answer": can("orders.change_onboarding"),
        "offers_another_look": "unchanged" in request.GET,
        "seen": seen(order),
        "note_letters": NOTE_LETTERS,
        "versions": [(version, address_of(version)) for version in versions_of(order.pk)],
        "events": order.events.order_by("-pk"),
    }
