"""Lists a part at a time, by cursors that are ids: what comes after, or before, an item that the caller has."""

from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import F, Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from .fields import Strict, refusal

LIMIT, MOST = 20, 100


class Order(NamedTuple):
    """How a list is sorted: by a column, and by ``pk_name`` among equals. Rows without a value come last."""

    column: str
    is_descending: bool = False
    pk_name: str = "pk"

    def sorted(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        column = F(self.column)
        by = column.desc(nulls_last=True) if self.is_descending else column.asc(nulls_last=True)
        return rows.order_by(by, f"-{self.pk_name}" if self.is_descending else self.pk_name)

    def reversed(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        column = F(self.column)
        by = column.asc(nulls_first=True) if self.is_descending else column.desc(nulls_first=True)
        return rows.order_by(by, self.pk_name if self.is_descending else f"-{self.pk_name}")

    def after(self, row: Model) -> Q:
        """What comes after the row."""
        value, key = getattr(row, self.column), getattr(row, self.pk_name)
        word = "lt" if self.is_descending else "gt"
        among_equals = Q(**{self.column: value, f"{self.pk_name}__{word}": key})
        if value is None:
            return Q(**{f"{self.column}__isnull": True, f"{self.pk_name}__{word}": key})
        return among_equals | Q(**{f"{self.column}__{word}": value}) | Q(**{f"{self.column}__isnull": True})

    def before(self, row: Model) -> Q:
        return ~self.after(row) & ~Q(pk=row.pk)


class PageShape(Strict):
    """Which part of a list."""

    limit = serializers.IntegerField(min_value=1, max_value=MOST, default=LIMIT, help_text=_("How many at most."))
    starting_after = serializers.CharField(required=False, max_length=64, help_text=_("Id of the last one known."))
    ending_before = serializers.CharField(required=False, max_length=64, help_text=_("Id of the first one known."))

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if {"starting_after", "ending_before"} <= attrs.keys():
            raise serializers.ValidationError(_("Give starting_after or ending_before, not both."))
        return attrs


def page(rows: QuerySet[Any], asked: dict[str, Any], order: Order) -> tuple[list[Any], bool]:
    """The rows asked for in their order, and whether there are more that way.

    Raises ValidationError for a cursor that is none of the rows.
    """
    limit: int = asked["limit"]
    if cursor := asked.get("ending_before"):
        found = list(order.reversed(rows.filter(order.before(_row(rows, cursor, "ending_before"))))[: limit + 1])
        return found[:limit][::-1], len(found) > limit
    if cursor := asked.get("starting_after"):
        rows = rows.filter(order.after(_row(rows, cursor, "starting_after")))
    found = list(order.sorted(rows)[: limit + 1])
    return found[:limit], len(found) > limit


def listed(request: Request, data: Any, *, has_more: bool = False) -> Response:
    return Response({"object": "list", "url": request.path, "has_more": has_more, "data": data})


def _row(rows: QuerySet[Any], cursor: str, name: str) -> Model:
    try:
        row: Model | None = rows.filter(pk=rows.model._meta.pk.to_python(cursor)).first()
    except (ValidationError, OverflowError):
        row = None
    if row is None:
        raise refusal({name: _("This is none of the list.")}, "does_not_exist")
    return row
