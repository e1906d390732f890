"""Orders with all that the API tells of them, and little else, in as few statements as that takes."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model, Prefetch, QuerySet

from generation.services import newest_number
from orders.models import Customer, SiteOrder, SoldAddOn

_JOB: Any = SiteOrder._meta.get_field("current_job").related_model
_NEWEST = newest_number("pk")
_OF_ONBOARDING = ("order", "business_name", "revision", "edits", "note", "completed_at", "submitted_at", "locked_at")


def with_all_told(orders: QuerySet[SiteOrder]) -> QuerySet[SiteOrder]:
    """The orders as the shapes want them: ``newest`` is the number of the newest version, ``sold`` the add-ons."""
    return (
        orders.select_related("customer", "onboarding", "current_job")
        .only(*_COLUMNS)
        .annotate(newest=_NEWEST)
        .prefetch_related(Prefetch("add_ons", SoldAddOn.objects.order_by("pk"), to_attr="sold"))
    )


def just_placed(order: SiteOrder) -> SiteOrder:
    """The same of an order that is at hand, fresh from the service: nothing has been made for it."""
    order.newest, order.sold = 0, list(order.add_ons.all())  # type: ignore[attr-defined]
    return order


def _columns(model: type[Model], without: tuple[str, ...] = ()) -> Iterator[str]:
    return (field.name for field in model._meta.concrete_fields if field.name not in without)


_COLUMNS = (
    *_columns(SiteOrder),
    *(f"customer__{name}" for name in _columns(Customer)),
    *(f"onboarding__{name}" for name in _OF_ONBOARDING),
    *(f"current_job__{name}" for name in _columns(_JOB, without=("brief", "error_traceback"))),
)
