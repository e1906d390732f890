"""What staff do with an order by a button on its page: each a POST with a permission of its own."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from generation.admin.deeds import name_of, record
from generation.services import NothingToApprove, RequestRefused, Unchanged, UnknownTheme, retrying
from orders import services
from orders.decision_forms import NoteForm, SeenForm
from orders.decisions import NoteRefused, Outdated
from orders.findings import Refused
from orders.models import SiteOrder
from orders.services import AnswersChanged, Party

REFUSALS = (AnswersChanged, NoteRefused, NothingToApprove, Outdated, Refused, RequestRefused, UnknownTheme)


def ask_for_site(order: SiteOrder, by: str, *, another_look: bool = False) -> str:
    """Ask for the order's site; returns what came of it, in words."""
    requested = services.request_build(order_id=order.pk, by=by, trigger="admin", another_look=another_look)
    if requested.created:
        return _("The site will be generated.")
    return _("The site is being generated already.")


def _mark_paid(order: SiteOrder, request: HttpRequest) -> str:
    services.mark_paid(order_id=order.pk, by=name_of(request.user))
    return _("The order is paid.")


def _generate(order: SiteOrder, request: HttpRequest) -> str:
    return ask_for_site(order, name_of(request.user))


def _another_look(order: SiteOrder, request: HttpRequest) -> str:
    return ask_for_site(order, name_of(request.user), another_look=True)


def _approve(order: SiteOrder, request: HttpRequest) -> str:
    services.approve(order_id=order.pk, by=name_of(request.user), seen=SeenForm(request.POST).seen())
    return _("The site is approved and the order delivered.")


def _send_back(order: SiteOrder, request: HttpRequest) -> str:
    services.send_back(
        order_id=order.pk,
        note=NoteForm(request.POST).note_given(),
        by=name_of(request.user),
        party=Party.STAFF,
        seen=SeenForm(request.POST).seen(),
    )
    return _("The site is sent back. Change what the note asks for, then generate the site again.")


@dataclass(frozen=True)
class Action:
    """Something that moves an order: who may do it, how, and which page comes after it."""

    permission: str
    do: Callable[[SiteOrder, HttpRequest], str]
    then: str = "change"


ACTIONS = {
    "mark_paid": Action("orders.mark_paid", _mark_paid),
    "generate": Action("orders.generate_site", _generate),
    "another_look": Action("orders.generate_site", _another_look),
    "approve": Action("orders.approve_site", _approve),
    "send_back": Action("orders.send_back_site", _send_back, then="onboarding"),
}


def act(request: HttpRequest, order: SiteOrder, name: str) -> HttpResponse:
    """Do what the button says, and show what came of it. A refusal changes nothing and says why."""
    if name not in ACTIONS:
        raise Http404
    action = ACTIONS[name]
    if not request.user.has_perm(action.permission):
        raise PermissionDenied
    page = reverse("admin:orders_siteorder_change", args=[order.pk])
    try:
        messages.success(request, _do(request, order, name))
    except Unchanged as unchanged:
        messages.warning(request, str(unchanged))
        return redirect(f"{page}?unchanged")
    except REFUSALS as refusal:
        messages.error(request, "; ".join(str(refusal).splitlines()))
        return redirect(page)
    if action.then == "onboarding" and request.user.has_perm("orders.change_onboarding"):
        return redirect("admin:orders_siteorder_onboarding", order.pk)
    return redirect(page)


@retrying
def _do(request: HttpRequest, order: SiteOrder, name: str) -> str:
    """Do it, with its line in the record, or neither."""
    said = ACTIONS[name].do(order, request)
    record(request, order, name)
    return said
