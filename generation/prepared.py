"""Statements that Django writes once a process.

It writes each one anew, which takes ten times as long as the database then does: too long for ten thousand requests,
and for a job whose steps are small.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, islice
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Field, Model, QuerySet, Value
from django.db.models.constants import OnConflict
from django.db.models.sql import InsertQuery, UpdateQuery

PARAMETERS = 30_000
"""In one statement; SQLite takes 32,766."""


class Statement(NamedTuple):
    """``head VALUES row, row … tail``, and the fields whose values a row has, in their order."""

    head: str
    row: str
    tail: str
    fields: tuple[Field[Any, Any], ...]


_prepared: dict[Any, Statement] = {}


def insert(rows: Sequence[Model], *, unique: tuple[str, ...] = (), update: tuple[str, ...] = ()) -> None:
    """Insert rows of one class that leave the same columns to the database. Where one with the same ``unique`` columns
    stands, its columns ``update`` are updated instead."""
    if rows:
        statement = prepare(rows[0], unique=unique, update=update)
        _execute(statement, (_values(statement, row) for row in rows))


def prepare(row: Model, *, unique: tuple[str, ...] = (), update: tuple[str, ...] = ()) -> Statement:
    """The statement by which ``insert`` inserts rows that leave the same columns to the database as this one."""
    return _statement_for(row, OnConflict.UPDATE if update else None, unique, update)


def insert_alike(first: Model, rows: Sequence[Mapping[str, Any]]) -> int:
    """Insert a row for each of ``rows``: like ``first``, but for the columns that they give by name.

    Those that a unique constraint forbids are left out; returns how many were inserted. What the database fills in is
    not read back.
    """
    statement = _statement_for(first, OnConflict.IGNORE)
    places = {field.attname: (place, field) for place, field in enumerate(statement.fields)}
    common = _values(statement, first)

    def values_of(row: Mapping[str, Any]) -> list[Any]:
        values = common.copy()
        for name, value in row.items():
            place, field = places[name]
            values[place] = field.get_db_prep_save(value, connection)
        return values

    return _execute(statement, map(values_of, rows))


def _values(statement: Statement, row: Model) -> list[Any]:
    database = connections[DEFAULT_DB_ALIAS]  # ``connection`` looks it up for each attribute
    return [field.get_db_prep_save(getattr(row, field.attname), database) for field in statement.fields]


def _execute(statement: Statement, rows: Iterable[list[Any]]) -> int:
    inserted = 0
    with connection.cursor() as cursor:
        for page in _pages(rows, PARAMETERS // len(statement.fields)):
            every = ", ".join([statement.row] * len(page))
            cursor.execute(f"{statement.head} VALUES {every}{statement.tail}", list(chain.from_iterable(page)))
            inserted += cursor.rowcount
    return inserted


def _pages(rows: Iterable[list[Any]], size: int) -> Iterator[list[list[Any]]]:
    left = iter(rows)
    while page := list(islice(left, size)):
        yield page


def _statement_for(
    row: Model, on_conflict: OnConflict | None, unique: tuple[str, ...] = (), update: tuple[str, ...] = ()
) -> Statement:
    """The statement for rows that leave the same columns to the database as this one."""
    left = tuple(
        (field.attname, value)
        for field in row._meta.concrete_fields
        if hasattr(value := getattr(row, field.attname), "resolve_expression")
    )
    shape = (type(row), row.pk is None, left, on_conflict, unique, update)
    if shape not in _prepared:
        _prepared[shape] = _prepare(row, {name for name, _value in left}, on_conflict, unique, update)
    return _prepared[shape]


def _prepare(
    row: Model, left: set[str], on_conflict: OnConflict | None, unique: tuple[str, ...], update: tuple[str, ...]
) -> Statement:
    """The statement as Django writes it."""
    meta = row._meta
    fields = [field for field in meta.concrete_fields if not (field.primary_key and row.pk is None)]
    query = InsertQuery(
        type(row),
        on_conflict=on_conflict,
        update_fields=[meta.get_field(name) for name in update],
        unique_fields=[meta.get_field(name) for name in unique],
    )
    query.insert_values(fields, [row])
    ((sql, _parameters),) = query.get_compiler(connection=connection).as_sql()
    head, _between, rest = sql.partition(" VALUES ")
    one, clause, tail = rest.partition(" ON CONFLICT")
    return Statement(head, one, clause + tail, tuple(field for field in fields if field.attname not in left))


class Given(Value):
    """Stands in a prepared statement for a value that is given, by this name, each time."""

    def __init__(self, name: str, field: Field[Any, Any]) -> None:
        super().__init__(None, output_field=field)
        self.name = name

    def as_sql(self, _compiler: Any, _connection: Any) -> tuple[str, Any]:
        return "%s", (self,)


class Update:
    """An UPDATE of ``rows``; what differs from time to time is named by Given, in their filter and in the changes."""

    def __init__(self, rows: QuerySet[Any], **changes: Any) -> None:
        self._rows = rows
        self._changes = changes

    def execute(self, **given: Any) -> int:
        """Returns how many rows were updated."""
        sql, parameters = self.prepare()
        values = [
            each.output_field.get_db_prep_value(given[each.name], connection) if isinstance(each, Given) else each
            for each in parameters
        ]
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return int(cursor.rowcount)

    @cache  # noqa: B019 - there are few, as long as the process lives
    def prepare(self) -> tuple[str, tuple[Any, ...]]:
        """The text of the statement, and its parameters."""
        query: Any = self._rows.query.chain(UpdateQuery)
        query.add_update_values(self._changes)
        sql, parameters = query.get_compiler(connection=connection).as_sql()
        return sql, parameters
