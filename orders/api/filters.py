"""Which orders a list shows, and how it is sorted."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from orders.models import SiteOrder, Status

from .fields import EMAIL_LETTERS, TextField, locale_field
from .paging import Order, PageShape

ORDERS = {
    "-created": Order("number", is_descending=True),
    "created": Order("number"),
    "due": Order("due_at", pk_name="number"),
    "-due": Order("due_at", is_descending=True, pk_name="number"),
}
NEWEST = "-created"
MOST_IDS = 2**31 - 1
_COLUMNS = {
    "status": "status__in",
    "customer": "customer_id",
    "customer_email": "customer__email__iexact",
    "product": "product_id",
    "theme": "theme",
    "locale": "locale",
    "created_after": "pending_payment_at__gte",
    "created_before": "pending_payment_at__lt",
    "due_before": "due_at__lt",
}


class OrdersQuery(PageShape):
    """What a list of orders may be asked for. Times are ISO 8601."""

    status = serializers.MultipleChoiceField(
        choices=Status.values, required=False, allow_empty=False, help_text=_("Several times: those in any of them.")
    )
    customer = serializers.IntegerField(required=False, min_value=1, max_value=MOST_IDS)
    customer_email = TextField(required=False, max_length=EMAIL_LETTERS)
    product = serializers.IntegerField(required=False, min_value=1, max_value=MOST_IDS)
    theme = TextField(required=False, max_length=40)
    locale = locale_field(required=False)
    created_after = serializers.DateTimeField(required=False)
    created_before = serializers.DateTimeField(required=False)
    due_before = serializers.DateTimeField(required=False)
    search = TextField(required=False, max_length=200, help_text=_("Number, customer, e-mail or business."))
    order = serializers.ChoiceField(choices=list(ORDERS), default=NEWEST, help_text=_("How the list is sorted."))


def chosen(orders: QuerySet[SiteOrder], asked: dict[str, Any]) -> QuerySet[SiteOrder]:
    """The orders that were asked for."""
    for name, column in _COLUMNS.items():
        if name in asked:
            orders = orders.filter(**{column: asked[name]})
    return _found(orders, asked["search"]) if "search" in asked else orders


def _found(orders: QuerySet[SiteOrder], text: str) -> QuerySet[SiteOrder]:
    number = text.removeprefix("#")
    by_number = Q(number=int(number)) if number.isdecimal() and len(number) < 10 else Q(pk__in=())
    return orders.filter(
        by_number
        | Q(customer__name__icontains=text)
        | Q(customer__email__icontains=text)
        | Q(onboarding__business_name__icontains=text)
    )
