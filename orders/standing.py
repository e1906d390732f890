"""Where an order stands, in words: what comes next, and whose turn it is."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from .models import SiteOrder, Status


class Turn(StrEnum):
    """Who has to do something."""

    CUSTOMER = "customer"
    STAFF = "staff"
    WORKER = "worker"
    NOBODY = "nobody"


NEXT = {
    Status.PENDING_PAYMENT: _("The customer pays; once the money is there, somebody marks the order as paid."),
    Status.PAID: _("The onboarding is complete: the site can be generated."),
    Status.ONBOARDING_PENDING: _("The customer's answers are awaited; with them the site can be generated."),
    Status.BUILDING: _("A worker takes the job as soon as one is free."),
    Status.GENERATING: _("The site is being made and comes to review when it is finished."),
    Status.REVIEW: _("Somebody looks at the site, then approves it or sends it back."),
    Status.DELIVERED: _("Nothing is due. Another site can still be generated."),
    Status.FAILED: _(
        "Do what stands beside the error, then retry: it goes on where it stopped. Or generate the site again."
    ),
    Status.CANCELLED: _("Nothing: a cancelled order stays as it is."),
}
SENT_BACK = _("The site was sent back: change the onboarding, then generate the site again.")
TURNS = {
    Status.PENDING_PAYMENT: Turn.CUSTOMER,
    Status.PAID: Turn.STAFF,
    Status.ONBOARDING_PENDING: Turn.CUSTOMER,
    Status.BUILDING: Turn.WORKER,
    Status.GENERATING: Turn.WORKER,
    Status.REVIEW: Turn.CUSTOMER,
    Status.DELIVERED: Turn.NOBODY,
    Status.FAILED: Turn.STAFF,
    Status.CANCELLED: Turn.NOBODY,
}


def is_sent_back(order: SiteOrder) -> bool:
    """In review, with answers that are open to be changed."""
    return order.status == Status.REVIEW and order.onboarding.locked_at is None


def next_step(order: SiteOrder) -> str:
    """What comes next, and who does it, in words."""
    if is_sent_back(order):
        return str(SENT_BACK)
    return str(NEXT[stands(order)])


def turn(order: SiteOrder) -> Turn:
    """Whose turn it is."""
    return Turn.STAFF if is_sent_back(order) else TURNS[stands(order)]


def stands(order: SiteOrder) -> Status:
    """The order's state; of one that is paid for, whether answers are awaited is told by the answers."""
    status = Status(order.status)
    if status in (Status.PAID, Status.ONBOARDING_PENDING):
        return Status.PAID if order.onboarding.completed_at else Status.ONBOARDING_PENDING
    return status
