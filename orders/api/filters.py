"""Which orders a list shows, and how it is sorted."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from orders.models import Customer, SiteOrder, Status
from orders.searching import search

from .fields import EMAIL_LETTERS, TextField, locale_field
from .paging import Order, PageShape

ORDERS = {
    "-created": Order("pending_payment_at", is_descending=True, pk_name="number"),
    "created": Order("pending_payment_at", pk_name="number"),
    "due": Order("due_at", pk_name="number", may_be_missing=True),
    "-due": Order("due_at", is_descending=True, pk_name="number", may_be_missing=True),
}
NEWEST = "-created"
MOST_IDS = 2**31 - 1
_COLUMNS = {
    "status": "status__in",
    "customer": "customer_id",
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
    if "customer_email" in asked:
        orders = orders.filter(customer__in=Customer.objects.with_email(asked["customer_email"]))
    return search(orders, asked["search"]) if "search" in asked else orders
