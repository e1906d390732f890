"""The page of an order: where it stands, its site, and what its customer can decide."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from generation.services import address_of, latest_version, progress_of, zip_address_of
from orders.decisions import NOTE_LETTERS, Seen
from orders.letters import revisions_left
from orders.models import SiteOrder, Status
from orders.payments.amounts import in_words
from orders.standing import is_sent_back, stands

from . import standing
from .door import for_customer, page

SHOWN_IN = (Status.REVIEW, Status.DELIVERED)
LOOK_AGAIN_SECONDS = {Status.BUILDING: 2, Status.GENERATING: 2, Status.PAID: 5, Status.FAILED: 15,
                      Status.PENDING_PAYMENT: 15}  # fmt: skip
"""How often the page asks for news where it waits for somebody else, and nothing is being typed on it."""


@require_safe
@for_customer
def show(request: HttpRequest, order: SiteOrder) -> HttpResponse:
    return order_page(request, order)


@require_safe
@for_customer
def news(request: HttpRequest, order: SiteOrder) -> HttpResponse:
    """What has changed since the page was last told; nothing, if nothing has."""
    shown = context_of(order)
    if request.GET.get("known") == shown["known"]:
        return HttpResponse(status=204)
    return page(request, "standing.html", **shown, is_news=True)


@require_safe
@for_customer
def preview(request: HttpRequest, order: SiteOrder) -> HttpResponse:
    """To the newest version, by a link that is made now: one that stands on a page would expire there."""
    return redirect(address_of(_version(order), until=_until()))


@require_safe
@for_customer
def download(request: HttpRequest, order: SiteOrder) -> HttpResponse:
    """To the same as one file."""
    return redirect(zip_address_of(_version(order), until=_until()))


def order_page(request: HttpRequest, order: SiteOrder, **more: Any) -> HttpResponse:
    return page(request, "order.html", **context_of(order), **more)


def context_of(order: SiteOrder) -> dict[str, Any]:
    """The context of templates/customer/standing.html."""
    job, newest = order.current_job, latest_version(order.pk)
    progress = progress_of(job) if job and job.is_active else None
    doing = next((label for label, state in progress.steps if state == "now"), "") if progress else ""
    is_answered = order.onboarding.completed_at is not None
    return {
        "order": order,
        "onboarding": order.onboarding,
        "business": order.onboarding.business_name,
        "price": in_words(order.total, order.currency),
        "stages": tuple(standing.stages(order)),
        "standing": standing.standing(order),
        "whose_turn": standing.whose_turn(order),
        "ready_after": "" if is_answered or order.status not in _BEFORE else standing.ready_after(order),
        "repaid": standing.repaid(order),
        "progress": progress,
        "doing": doing,
        "may_answer": standing.may_answer(order),
        "in_review": order.status == Status.REVIEW,
        "is_sent_back": is_sent_back(order),
        "is_shown": bool(newest) and order.status in SHOWN_IN,
        "can_send_back": is_sent_back(order) or order.revisions_used < order.revisions,
        "revisions_left": revisions_left(order),
        "seen": Seen(version=newest.number if newest else 0, edits=order.onboarding.edits),
        "note_letters": NOTE_LETTERS,
        "look_again_seconds": LOOK_AGAIN_SECONDS.get(stands(order)),
        "known": f"{order.status} {order.onboarding.edits} {progress.percent if progress else ''} {doing}",
    }


_BEFORE = (Status.PENDING_PAYMENT, Status.PAID, Status.ONBOARDING_PENDING)


def _version(order: SiteOrder) -> Any:
    """Raises Http404 where there is none to be shown."""
    version = latest_version(order.pk) if order.status in SHOWN_IN else None
    if version is None:
        raise Http404
    return version


def _until() -> Any:
    return timezone.now() + timedelta(seconds=settings.API_LINK_SECONDS)
