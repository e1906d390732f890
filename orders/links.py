"""The secret of a customer's link, and the order that it opens."""

import re
from uuid import UUID

from .models import SiteOrder

_SECRET = re.compile(r"[A-Za-z0-9_-]{20,64}")


def order_behind(secret: str) -> UUID | None:
    """The id of the order that the secret opens; None where it opens nothing, or nothing any more."""
    orders = SiteOrder.objects.filter(access_token=secret) if _SECRET.fullmatch(secret) else SiteOrder.objects.none()
    return orders.values_list("pk", flat=True).first()
