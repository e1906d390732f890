"""What Stripe tells: each event is kept once and handled once, in one transaction with what it does to the order.

Events may come twice, at once, late, in any order, and about things of which nothing is known here; none of that may
do harm. What an event says of money is compared with the order before anything is believed.
"""

import traceback
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext as _

from generation.services import DATABASE_GONE, masked_trace, retrying
from orders import mails, services
from orders.builds import start_after_commit
from orders.models import Checkout, CheckoutState, EventOutcome, MailEvent, Payment, SiteOrder, Status, StripeEvent
from orders.moves import MoveRefused, record
from orders.webhooks.events import tell

from .amounts import major
from .checkouts import BY
from .stripe_api import Event, Thing

log = structlog.get_logger(__name__)

AGAIN = (EventOutcome.FAILED, EventOutcome.WAITING, EventOutcome.MISMATCH)
"""Outcomes after which an event may be handled again."""
BATCH = 200


class Handled(NamedTuple):
    """What came of an event, in words where that needs saying, and whose order it is about."""

    outcome: EventOutcome
    words: str = ""
    order: SiteOrder | None = None


@retrying
def take_event(event: Event) -> StripeEvent:
    """Keep the event and handle it; one that is known is only counted, unless it failed before.

    A defect is kept with it and rolls back what it was about to do; its outcome says so.
    """
    thing = event.data.object
    row, is_new = StripeEvent.objects.get_or_create(
        pk=event.id,
        defaults={
            "type": event.type,
            "created": datetime.fromtimestamp(event.created, UTC),
            "is_live": event.livemode,
            "intent": thing.payment_intent,
            "payload": thing.model_dump(exclude_defaults=True),
            "outcome": EventOutcome.NOTHING,
        },
    )
    if not is_new:
        StripeEvent.objects.filter(pk=row.pk).update(deliveries=F("deliveries") + 1)
        row.refresh_from_db()
    if is_new or row.outcome == EventOutcome.FAILED:
        _handle(row)
    return row


@retrying
def handle_again(*, event_id: str) -> StripeEvent:
    """Handle an event once more that failed, waits or did not fit; another one stays as it is."""
    row = StripeEvent.objects.select_for_update().get(pk=event_id)
    if row.outcome in AGAIN:
        _handle(row)
    return row


def mend_events(dry_run: bool) -> Iterator[str]:
    """Events that came at the same moment as the payment that they are about: neither saw the other. Says which."""
    known = Payment.objects.filter(intent=OuterRef("intent"))
    for row in StripeEvent.objects.filter(Exists(known), outcome=EventOutcome.WAITING)[:BATCH]:
        if not dry_run:
            handle_again(event_id=row.pk)
        yield _("event %(event)s of Stripe: handled, since its payment is known") % {"event": row.pk}


def _handle(row: StripeEvent) -> None:
    handler = HANDLERS.get(row.type)
    try:
        with transaction.atomic():
            thing = Thing.model_validate(row.payload)
            came = handler(thing, row) if handler else Handled(EventOutcome.UNKNOWN)
        error = ""
    except DATABASE_GONE:
        raise
    except Exception:
        log.exception("stripe_event_failed", stripe_event=row.pk, type=row.type)
        came, error = Handled(EventOutcome.FAILED), masked_trace(traceback.format_exc())
    row.outcome, row.words, row.error = came.outcome, came.words, error
    row.order = came.order or row.order
    row.save(update_fields=["outcome", "words", "error", "order"])


def _completed(session: Thing, event: StripeEvent) -> Handled:
    """The customer has come through the checkout. Whether there is money is said by its payment status alone."""
    order = _order_of(session)
    if order is None:
        return Handled(EventOutcome.NOTHING, _("This is about no order of ours."))
    paid, wanted = (session.amount_total, session.currency.upper()), (order.total, order.currency)
    if paid[0] is None or (major(paid[0], paid[1]), paid[1]) != wanted:
        says = "–" if paid[0] is None else major(paid[0], paid[1])
        about = {"says": f"{says} {paid[1]}", "wanted": f"{wanted[0]} {wanted[1]}"}
        words = _("Stripe tells of %(says)s, but the order costs %(wanted)s. It is not taken as paid.") % about
        _tell_staff(order, words)
        return Handled(EventOutcome.MISMATCH, words, order)
    if session.payment_status != "paid":
        _settle_checkout(session, CheckoutState.PENDING)
        words = _("The money is on its way.")
        record(order, by=BY, reason=words)
        return Handled(EventOutcome.DONE, words, order)
    return _pay(order, session, event)


def _pay(order: SiteOrder, session: Thing, event: StripeEvent) -> Handled:
    intent = session.payment_intent or session.id
    was_paid_before = order.payments.exclude(intent=intent).exists()
    _payment, is_new = Payment.objects.get_or_create(
        intent=intent,
        defaults={"order": order, "amount": order.total, "currency": order.currency, "paid_at": event.created},
    )
    _settle_checkout(session, CheckoutState.PAID)
    if not is_new:
        return Handled(EventOutcome.NOTHING, _("This payment is known."), order)
    try:
        with transaction.atomic():
            services.mark_paid(order_id=order.pk, by=BY)
            start_after_commit(order_id=order.pk, by=BY, trigger="payment")  # who was faster with the answers
        words = ""
    except MoveRefused:
        stands = {"stands": Status(order.status).label}
        words = _("Money has come in, but the order was “%(stands)s”. Decide whether it goes back.") % stands
        if was_paid_before:
            words = _("The order was paid a second time. Give one of the payments back.")
        _tell_staff(order, words)
    for waiting in StripeEvent.objects.filter(intent=intent, outcome=EventOutcome.WAITING).exclude(pk=event.pk):
        _handle(waiting)
    return Handled(EventOutcome.DONE, words, order)


def _failed(session: Thing, _event: StripeEvent) -> Handled:
    return _ended(session, CheckoutState.FAILED, _("The payment has failed."), "order.payment_failed")


def _expired(session: Thing, _event: StripeEvent) -> Handled:
    return _ended(session, CheckoutState.EXPIRED, _("The checkout has expired unpaid."), "order.checkout_expired")


def _ended(session: Thing, state: CheckoutState, words: str, told: str) -> Handled:
    """A checkout that came to nothing; the order goes on waiting for payment."""
    order = _order_of(session)
    if order is None:
        return Handled(EventOutcome.NOTHING, _("This is about no order of ours."))
    if not _settle_checkout(session, state):
        return Handled(EventOutcome.NOTHING, _("That checkout had ended already."), order)
    record(order, by=BY, reason=words)
    tell(told, order)
    return Handled(EventOutcome.DONE, words, order)


def _refunded(charge: Thing, _event: StripeEvent) -> Handled:
    payment = _payment_of(charge)
    if payment is None:
        return _without_payment(charge)
    back = major(charge.amount_refunded or 0, payment.currency)
    if charge.currency.upper() != payment.currency or back > payment.amount:
        words = _("Stripe tells of a refund of %(amount)s %(currency)s, which cannot be.") % {
            "amount": back,
            "currency": charge.currency.upper(),
        }
        _tell_staff(payment.order, words)
        return Handled(EventOutcome.MISMATCH, words, payment.order)
    more = Payment.objects.filter(pk=payment.pk, refunded__lt=back)
    if not more.update(refunded=back, refunded_at=_event.created):
        return Handled(EventOutcome.NOTHING, _("This refund is known."), payment.order)
    about = {"back": back, "amount": payment.amount, "currency": payment.currency}
    words = _("%(back)s of %(amount)s %(currency)s were given back.") % about
    record(payment.order, by=BY, reason=words)
    tell("order.refunded", payment.order)
    return Handled(EventOutcome.DONE, words, payment.order)


def _disputed(dispute: Thing, event: StripeEvent) -> Handled:
    payment = _payment_of(dispute)
    if payment is None:
        return _without_payment(dispute)
    new = Payment.objects.filter(pk=payment.pk, disputed_at=None)
    if not new.update(disputed_at=event.created, dispute_reason=dispute.reason[:64]):
        return Handled(EventOutcome.NOTHING, _("This dispute is known."), payment.order)
    words = _("The customer's bank disputes the payment (%(reason)s). Answer it at Stripe in time.") % {
        "reason": dispute.reason or "–"
    }
    _tell_staff(payment.order, words)
    tell("order.disputed", payment.order)
    return Handled(EventOutcome.DONE, words, payment.order)


HANDLERS: dict[str, Callable[[Thing, StripeEvent], Handled]] = {
    "checkout.session.completed": _completed,
    "checkout.session.async_payment_succeeded": _completed,
    "checkout.session.async_payment_failed": _failed,
    "checkout.session.expired": _expired,
    "charge.refunded": _refunded,
    "charge.dispute.created": _disputed,
}


def _order_of(session: Thing) -> SiteOrder | None:
    """The order of a session: by its checkout, else by the id that we gave Stripe with it."""
    if known := Checkout.objects.filter(session=session.id).select_related("order").first():
        return known.order
    for name in (session.client_reference_id, session.metadata.order):
        try:
            found = SiteOrder.objects.filter(pk=UUID(name)).first()
        except ValueError:
            continue
        if found:
            return found
    return None


def _payment_of(thing: Thing) -> Payment | None:
    return Payment.objects.filter(intent=thing.payment_intent).select_related("order").first()


def _without_payment(thing: Thing) -> Handled:
    """Not known yet, if the payment is still to be told of; or never, if it is not one of ours."""
    return Handled(EventOutcome.WAITING, _("The payment is not known here."), _order_of(thing))


def _settle_checkout(session: Thing, state: CheckoutState) -> int:
    """Write what became of the checkout; what has ended stays as it is, but money counts whenever it comes."""
    open_ones = [CheckoutState.OPEN, CheckoutState.PENDING]
    if state is CheckoutState.PENDING:
        open_ones = [CheckoutState.OPEN]
    if state is CheckoutState.PAID:
        open_ones = [each for each in CheckoutState if each is not CheckoutState.PAID]
    return Checkout.objects.filter(session=session.id, state__in=open_ones).update(state=state)


def _tell_staff(order: SiteOrder, words: str) -> None:
    """Keep it in the order's history, and send staff a mail that says so."""
    kept = record(order, by=BY, reason=words)
    mails.tell(order, MailEvent.PAYMENT_TROUBLE, occurrence=str(kept.pk))
