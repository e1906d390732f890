"""What may be written on an order by hand; everything else follows from its moves."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from generation.services import retrying

from .models import SiteOrder
from .moves import record

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
