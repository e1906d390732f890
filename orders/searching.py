"""Finds orders by a part of what people call them: the number, the customer, the e-mail address or the business.

Each table that holds such words is searched by itself, so that each can use its index: on PostgreSQL one over all
sequences of three letters. Fewer letters than that are in nearly every row, and the newest orders are gone through.
"""

from typing import Any

from django.db import connection
from django.db.models import BooleanField, F, Func, Model, Q, QuerySet, Value

from .models import Customer, Onboarding, SiteOrder

INDEXED_LETTERS = 3
_MOST_DIGITS = 9


def search(orders: QuerySet[SiteOrder], text: str) -> QuerySet[SiteOrder]:
    """Those of the orders that the text may mean."""
    digits = text.removeprefix("#")
    number = Q(number=int(digits)) if digits.isdecimal() and len(digits) <= _MOST_DIGITS else Q(pk__in=())
    if len(text) < INDEXED_LETTERS:
        named = ("customer__name", "customer__email", "onboarding__business_name")
        return orders.filter(number | Q(*((f"{name}__icontains", text) for name in named), _connector=Q.OR))
    by_number = SiteOrder.objects.filter(number)
    by_customer = SiteOrder.objects.filter(customer__in=_holding(Customer, text, "name", "email"))
    by_business = _holding(Onboarding, text, "business_name")
    ids: Any = [by_number.values("pk"), by_customer.values("pk"), by_business.values("order")]
    first, *more = (rows.order_by() for rows in ids)
    return orders.filter(pk__in=first.union(*more))


def _holding(model: type[Model], text: str, *columns: str) -> QuerySet[Any]:
    """The rows with the text in one of the columns."""
    found = Q()
    for column in columns:
        found |= Q(**{f"{column}__icontains": text}) & _by_index(column, text)
    return model._default_manager.filter(found)


def _by_index(column: str, text: str) -> Q:
    """What is true of all that hold the text, and of few others, and known to an index; nothing where there is none."""
    if connection.vendor != "postgresql":
        return Q()
    between = ") @> orders_letters("
    return Q(Func(F(column), Value(text), function="orders_letters", arg_joiner=between, output_field=BooleanField()))
