"""The moves of an order: one table, one writer, compare-and-set, and an event in the same transaction."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from generation.services import RequestRefused, by_id, prepare_select, select

from . import mails
from .models import IN_WORK, OPEN, OrderEvent, SiteOrder, Status
from .webhooks.events import tell_move

CAME_FROM: dict[Status, tuple[Status, ...]] = {
    Status.PAID: (Status.PENDING_PAYMENT,),
    Status.ONBOARDING_PENDING: (Status.PAID,),
    Status.BUILDING: (
        Status.PAID, Status.ONBOARDING_PENDING, Status.GENERATING, Status.REVIEW, Status.DELIVERED, Status.FAILED,
    ),
    Status.GENERATING: (Status.BUILDING,),
    Status.REVIEW: (Status.GENERATING,),
    Status.FAILED: (Status.BUILDING, Status.GENERATING),
    Status.DELIVERED: (Status.REVIEW,),
    Status.CANCELLED: OPEN,
}  # fmt: skip


# Those that a person, or a program for them, asks for; the others follow by themselves.
BY_HAND = (Status.PAID, Status.BUILDING, Status.DELIVERED, Status.CANCELLED)


class MoveRefused(RequestRefused):
    """The order does not stand where this move is lawful; the words name both states and the lawful ones."""

    def __init__(self, order: SiteOrder, to: Status) -> None:
        self.order, self.stands, self.to = order, Status(order.status), to
        self.lawful = goes_by_hand(self.stands)
        super().__init__(
            _("Order #%(number)s is “%(stands)s” and cannot become “%(to)s”. It can become: %(lawful)s.")
            % {
                "number": order.number,
                "stands": self.stands.label,
                "to": to.label,
                "lawful": ", ".join(str(status.label) for status in self.lawful) or _("nothing else"),
            }
        )


def goes_by_hand(status: Status) -> tuple[Status, ...]:
    """The states that somebody may ask for, for an order in ``status``. What is in work waits again by itself, when
    its job does."""
    to_ask_for = [to for to in BY_HAND if to is not Status.BUILDING or status not in IN_WORK]
    return tuple(to for to in to_ask_for if status in CAME_FROM[to])


def move(order_id: UUID, to: Status, *, by: str, reason: str = "", where: Q | None = None, **changes: Any) -> SiteOrder:
    """Move the order, with ``changes`` to its other columns, if its row allows it and meets ``where``.

    To be called inside a transaction, in which those who should know of it are written to. Returns the order as it
    stands then; raises MoveRefused otherwise.
    """
    found = select(SiteOrder, by_id(order_id), lock=True)
    if not found:
        raise SiteOrder.DoesNotExist
    (order,) = found
    rows = SiteOrder.objects.filter(where or Q(), pk=order_id, status__in=CAME_FROM[to])
    changes |= {"previous_status": order.status, "status": to, "reason": reason}
    if rows.update(**{f"{to.value}_at": Now()}, **changes) != 1:
        raise MoveRefused(order, to)
    for name, value in changes.items():
        setattr(order, name, value)
    delattr(order, f"{to.value}_at")  # set by the database; read when it is asked for
    event = OrderEvent.objects.create(order=order, moved_from=order.previous_status, moved_to=to, by=by, reason=reason)
    mails.announce(order, event)
    tell_move(order, event)
    return order


def prepare_move() -> None:
    """Write the statement by which an order is read, now, and not when it is moved."""
    prepare_select(SiteOrder, by_id(), lock=True)


def record(order: SiteOrder, *, by: str, reason: str) -> OrderEvent:
    """Keep in the order's history something that left it in its state."""
    return OrderEvent.objects.create(order=order, moved_from=order.status, moved_to=order.status, by=by, reason=reason)
