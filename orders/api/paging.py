"""Lists a part at a time, by cursors that are ids: what comes after, or before, an item that the caller has."""

from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import F, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from .fields import Strict, refusal

LIMIT, MOST = 20, 100


class Order(NamedTuple):
    """How a list is sorted: by a column, and by ``pk_name`` among equals. Rows without a value come last.

    Says only what it must, so that an index serves it from any place on: of nulls where there may be some, and of
    what lies beyond a row as a range. That row's value stays in the database: SQLite keeps times to the millisecond.
    """

    column: str
    is_descending: bool = False
    pk_name: str = "pk"
    may_be_missing: bool = False

    def sorted(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        column, last = F(self.column), self.may_be_missing or None
        by = column.desc(nulls_last=last) if self.is_descending else column.asc(nulls_last=last)
        return rows.order_by(by, f"-{self.pk_name}" if self.is_descending else self.pk_name)

    def reversed(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        column, first = F(self.column), self.may_be_missing or None
        by = column.asc(nulls_first=first) if self.is_descending else column.desc(nulls_first=first)
        return rows.order_by(by, self.pk_name if self.is_descending else f"-{self.pk_name}")

    def after(self, row: "Row") -> Q:
        """What comes after the row."""
        found = self._beyond(row, "lt" if self.is_descending else "gt")
        return found | Q(**{f"{self.column}__isnull": True}) if self.may_be_missing and not row.is_missing else found

    def before(self, row: "Row") -> Q:
        """What comes before the row."""
        found = self._beyond(row, "gt" if self.is_descending else "lt")
        return found | Q(**{f"{self.column}__isnull": False}) if row.is_missing else found

    def _beyond(self, row: "Row", word: str) -> Q:
        """What lies on that side of the row, among those that have a value, or among those that have none as it."""
        if row.is_missing:
            return Q(**{f"{self.column}__isnull": True, f"{self.pk_name}__{word}": row.key})
        other = {"lt": "gte", "gt": "lte"}[word]
        among_equals = Q(**{self.column: row.value, f"{self.pk_name}__{other}": row.key})
        return Q(**{f"{self.column}__{word}e": row.value}) & ~among_equals


class Row(NamedTuple):
    """A row that a list goes on from: its key, its value as the database has it, and whether it has one."""

    key: Any
    value: Subquery
    is_missing: bool


class PageShape(Strict):
    """Which part of a list."""

    limit = serializers.IntegerField(min_value=1, max_value=MOST, default=LIMIT, help_text=_("How many at most."))
    starting_after = serializers.CharField(required=False, max_length=64, help_text=_("Id of the last one known."))
    ending_before = serializers.CharField(required=False, max_length=64, help_text=_("Id of the first one known."))

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if {"starting_after", "ending_before"} <= attrs.keys():
            raise serializers.ValidationError(_("Give starting_after or ending_before, not both."))
        return attrs


def page(
    rows: QuerySet[Any], asked: dict[str, Any], order: Order, *, among: QuerySet[Any] | None = None, by: str = "pk"
) -> tuple[list[Any], bool]:
    """The rows asked for in their order, and whether there are more that way.

    ``among``: where the row of a cursor is looked for, for rows that may have left those asked for since they were
    listed. ``by``: the column that a cursor is of. Raises ValidationError for a cursor that is none of these rows.
    """
    limit: int = asked["limit"]
    known = rows if among is None else among
    if cursor := asked.get("ending_before"):
        before = order.before(_row(known, by, cursor, "ending_before", order))
        found = list(order.reversed(rows.filter(before))[: limit + 1])
        return found[:limit][::-1], len(found) > limit
    if cursor := asked.get("starting_after"):
        rows = rows.filter(order.after(_row(known, by, cursor, "starting_after", order)))
    found = list(order.sorted(rows)[: limit + 1])
    return found[:limit], len(found) > limit


def listed(request: Request, data: Any, *, has_more: bool = False) -> Response:
    return Response({"object": "list", "url": request.path, "has_more": has_more, "data": data})


def _row(rows: QuerySet[Any], by: str, cursor: str, name: str, order: Order) -> Row:
    meta = rows.model._meta
    try:
        known = (meta.pk if by == "pk" else meta.get_field(by)).to_python(cursor)
        found = rows.filter(**{by: known}).order_by().values_list("pk", order.pk_name, order.column).first()
    except (ValidationError, OverflowError):
        found = None
    if found is None:
        raise refusal({name: _("This is none of the list.")}, "does_not_exist")
    pk, key, value = found
    return Row(key, Subquery(rows.model._default_manager.filter(pk=pk).values(order.column)), value is None)
