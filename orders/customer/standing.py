"""Where an order stands, in words for its customer: the way that it goes, what is next, and who does it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from orders.models import IN_WORK, SiteOrder, Status
from orders.payments.amounts import in_words
from orders.standing import Turn, is_sent_back, stands, turn

Words = str | Promise

# The way as a customer sees it: what is one thing to them may be several states to us.
WAY: tuple[tuple[Words, tuple[Status, ...]], ...] = (
    (_("Payment"), (Status.PENDING_PAYMENT,)),
    (_("Your answers"), (Status.ONBOARDING_PENDING,)),
    (_("We make your site"), (Status.PAID, Status.BUILDING, Status.GENERATING, Status.FAILED)),
    (_("You look at it"), (Status.REVIEW,)),
    (_("Delivered"), (Status.DELIVERED,)),
)
_OURS = _("It is our turn: there is nothing that you need to do.")
TURNS: dict[Turn, Words] = {Turn.CUSTOMER: _("It is your turn."), Turn.STAFF: _OURS, Turn.WORKER: _OURS}
_WRITE = _("You may close this page: we write to you as soon as there is something to see.")


@dataclass(frozen=True)
class Stage:
    """One part of the way: ``when`` is done, now or ahead."""

    label: Words
    when: str


@dataclass(frozen=True)
class Standing:
    """What is now, and what comes next."""

    heading: Words
    lines: tuple[Words, ...]


WORDS: dict[str, Standing] = {
    Status.PENDING_PAYMENT: Standing(
        _("We are waiting for your payment"),
        (_("As soon as it has arrived, we go on. You can tell us about your business already."),),
    ),
    Status.ONBOARDING_PENDING: Standing(
        _("Tell us about your business"),
        (_("Seven short steps. Only a few answers are needed; what you leave out can come later."),),
    ),
    Status.PAID: Standing(_("Thank you, we have your answers"), (_("We begin with your site now."), _WRITE)),
    Status.BUILDING: Standing(_("We begin with your site"), (_WRITE,)),
    Status.GENERATING: Standing(_("We are making your site"), (_WRITE,)),
    Status.REVIEW: Standing(
        _("Your site is ready to look at"),
        (_("Look at it, on a computer and on a phone. Then approve it, or tell us what shall be changed."),),
    ),
    "sent_back": Standing(_("We are changing your site"), (_("We have your wishes, and make your site anew."), _WRITE)),
    Status.DELIVERED: Standing(_("Your site is delivered"), (_("Thank you! All is done."),)),
    Status.FAILED: Standing(
        _("We are looking after your site"),
        (_("Something in it needs a person's eye. We have been told, and are at it."), _WRITE),
    ),
    Status.CANCELLED: Standing(
        _("This order is cancelled"),
        (_("Nothing more is made, and nothing is asked of you. If that is not what you want, write to us."),),
    ),
}


def standing(order: SiteOrder) -> Standing:
    """Where the order stands."""
    return WORDS["sent_back" if is_sent_back(order) else stands(order)]


def whose_turn(order: SiteOrder) -> Words:
    """Who has to do something, as the customer is told; nothing where nobody has."""
    return TURNS.get(turn(order), "")


def stages(order: SiteOrder) -> Iterator[Stage]:
    """The way of the order; none for one that is cancelled."""
    if order.status == Status.CANCELLED:
        return
    here = next(place for place, (_label, states) in enumerate(WAY) if stands(order) in states)
    for place, (label, states) in enumerate(WAY):
        is_done = place < here or order.status == Status.DELIVERED
        if Status.ONBOARDING_PENDING in states:  # which some give before they have paid
            is_done = order.onboarding.completed_at is not None
        yield Stage(label, "done" if is_done else "now" if place == here else "ahead")


def may_answer(order: SiteOrder) -> bool:
    """Whether the customer is asked: the answers are open, and something can still come of them."""
    return order.onboarding.locked_at is None and order.status not in (*IN_WORK, Status.DELIVERED, Status.CANCELLED)


def repaid(order: SiteOrder) -> str:
    """What was given back of the customer's money, in words; empty where nothing was."""
    said = []
    for payment in order.payments.exclude(refunded=0):
        back, amount = (in_words(each, payment.currency) for each in (payment.refunded, payment.amount))
        about = {"back": back, "amount": amount}
        all_of_it = payment.refunded == payment.amount
        said.append(
            gettext("We have given your payment of %(amount)s back.") % about
            if all_of_it
            else gettext("We have given back %(back)s of your payment of %(amount)s.") % about
        )
    return " ".join(said)


def ready_after(order: SiteOrder) -> str:
    """When the site is ready, counted from the answers."""
    return ngettext(
        "Your site is ready one day after we have your answers.",
        "Your site is ready %(count)s days after we have your answers.",
        order.delivery_days,
    ) % {"count": order.delivery_days}
