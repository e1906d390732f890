"""What the customer decides about a finished site: approve it, or have it changed. A refusal changes nothing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from generation.services import NothingToApprove
from orders import services
from orders.decision_forms import NoteForm, SeenForm
from orders.decisions import NoteRefused, Outdated
from orders.models import SiteOrder
from orders.moves import MoveRefused
from orders.services import NoRevisionsLeft, Party

from .door import BY, for_customer, order_of
from .views import order_page

REFUSALS = (MoveRefused, NoRevisionsLeft, NoteRefused, NothingToApprove, Outdated)


@require_POST
@for_customer
def approve(request: HttpRequest, order: SiteOrder) -> HttpResponse:
    try:
        services.approve(order_id=order.pk, by=BY, seen=SeenForm(request.POST).seen())
    except REFUSALS as refusal:
        messages.error(request, _words(refusal))
    else:
        messages.success(request, _("You have approved your site."))
    return redirect("customer_order", order.access_token)


@require_POST
@for_customer
def ask_for_changes(request: HttpRequest, order: SiteOrder) -> HttpResponse:
    """The note stays on the page until it is taken."""
    try:
        services.send_back(
            order_id=order.pk,
            note=NoteForm(request.POST).note_given(),
            by=BY,
            party=Party.CUSTOMER,
            seen=SeenForm(request.POST).seen(),
        )
    except REFUSALS as refusal:
        return order_page(request, order_of(order.pk), note=request.POST.get("note", ""), refused=_words(refusal))
    messages.success(request, _("Thank you, we have your wishes."))
    return redirect("customer_order", order.access_token)


def _words(refusal: Exception) -> str:
    """Those of the shop's own rules name states that a customer does not know."""
    if isinstance(refusal, MoveRefused | NothingToApprove | Outdated):
        return _("Nothing was changed: the order has moved on since you opened this page. This is how it stands now.")
    return str(refusal)
