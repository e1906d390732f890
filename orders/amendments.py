"""What is done to an order by hand: some of its columns written, or the whole of it called off."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from generation.services import cancel_generation, retrying

from .models import IN_WORK, SiteOrder, Status
from .moves import move, record

AMENDABLE = ("site_url", "notes", "due_at")


@retrying
def amend_order(*, order_id: UUID, changes: dict[str, Any], by: str) -> SiteOrder:
    """Write these of an order's amendable columns. Raises KeyError for another one."""
    if others := changes.keys() - set(AMENDABLE):
        raise KeyError(*others)
    SiteOrder.objects.filter(pk=order_id).update(**changes)
    order = SiteOrder.objects.get(pk=order_id)
    if changes:
        record(order, by=by, reason=_("changed by hand: %(what)s") % {"what": ", ".join(sorted(changes))})
    return order


@retrying
def cancel_order(*, order_id: UUID, by: str, reason: str = "") -> SiteOrder:
    """Call the whole order off, with its job if that lives. What was made stays. Raises MoveRefused."""
    order = SiteOrder.objects.get(pk=order_id)
    if order.current_job_id and order.status in IN_WORK:
        cancel_generation(job_id=order.current_job_id, by=by, reason=reason)
    return move(order_id, Status.CANCELLED, by=by, reason=reason)
