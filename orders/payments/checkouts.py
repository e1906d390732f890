"""Checkouts: a customer is asked to pay for an order.

Two steps, with the network between no transaction's begin and end: the row with all that the session is made of, then
the session. Whoever died between them, or lost Stripe's answer, asks again and gets that same session.
"""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from generation.services import RequestRefused, retrying
from orders.models import Checkout, CheckoutState, SiteOrder, Status
from orders.moves import record

from . import amounts
from .stripe_api import SessionRefused, create_session

BY = "Stripe"
SHORTEST = timedelta(minutes=30, seconds=30)
"""Stripe makes no session that would end sooner."""


class CheckoutRefused(RequestRefused):
    """An order that cannot be paid for at Stripe as it stands; the words say why."""


@retrying
def begin_checkout(*, order_id: UUID, success_url: str, cancel_url: str, by: str) -> Checkout:
    """The row of an invitation to pay: the one that is open, if there is one. Raises CheckoutRefused."""
    order = SiteOrder.objects.select_for_update().get(pk=order_id)
    if order.status != Status.PENDING_PAYMENT:
        about = {"number": order.number, "stands": Status(order.status).label}
        raise CheckoutRefused(_("Order #%(number)s is “%(stands)s”: there is nothing to pay.") % about)
    now = timezone.now()
    checkouts = Checkout.objects.filter(order=order)
    checkouts.filter(state=CheckoutState.OPEN, expires_at__lte=now).update(state=CheckoutState.EXPIRED)
    checkouts.filter(state=CheckoutState.OPEN, session=None, expires_at__lte=now + SHORTEST).update(
        state=CheckoutState.EXPIRED
    )
    if checkouts.filter(state=CheckoutState.PENDING).exists():
        raise CheckoutRefused(_("The money for order #%(number)s is on its way.") % {"number": order.number})
    if known := checkouts.filter(state=CheckoutState.OPEN).first():
        return known
    _check_amount(order)
    record(order, by=by, reason=_("checkout begun"))
    return Checkout.objects.create(
        order=order, amount=order.total, currency=order.currency, success_url=success_url, cancel_url=cancel_url,
        expires_at=now + timedelta(minutes=settings.STRIPE_SESSION_MINUTES),
    )  # fmt: skip


def open_session(*, checkout_id: int) -> Checkout:
    """The checkout with its session, made now if there is none yet. Not to be called in a transaction.

    Raises CheckoutRefused, and what create_session raises. What Stripe has refused has ended: another one can begin.
    """
    checkout = Checkout.objects.select_related("order__customer").get(pk=checkout_id)
    if checkout.session:
        return checkout
    if checkout.state != CheckoutState.OPEN or checkout.expires_at <= timezone.now() + SHORTEST:
        raise CheckoutRefused(_("This checkout was not finished in time. Begin another one for the order."))
    try:
        session = create_session(checkout)
    except SessionRefused:
        Checkout.objects.filter(pk=checkout_id, session=None).update(state=CheckoutState.FAILED)
        raise
    _keep(checkout, session.id, session.url)
    return Checkout.objects.select_related("order").get(pk=checkout_id)


@retrying
def _keep(checkout: Checkout, session: str, url: str) -> None:
    Checkout.objects.filter(pk=checkout.pk).update(session=session, url=url)
    SiteOrder.objects.filter(pk=checkout.order_id).update(stripe_session=session)


def _check_amount(order: SiteOrder) -> None:
    prices = [(order.price, order.currency), *order.add_ons.values_list("price", "currency")]
    if any(currency != order.currency for _price, currency in prices):
        raise CheckoutRefused(_("The add-ons of order #%(number)s have other currencies.") % {"number": order.number})
    try:
        units = [amounts.minor(price, currency) for price, currency in prices]
    except amounts.NotPayable:
        raise CheckoutRefused(_("There are no such amounts in %(currency)s.") % {"currency": order.currency}) from None
    if sum(units) == 0:
        raise CheckoutRefused(_("Order #%(number)s costs nothing: mark it as paid.") % {"number": order.number})
