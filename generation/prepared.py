"""Statements that Django writes once a process.

It writes each one anew, which takes ten times as long as the database then does: too long for ten thousand requests,
and for a job whose steps are small.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from itertools import chain, islice
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import CharField, Field, Model, Q, TextField, UUIDField
from django.db.models.constants import OnConflict
from django.db.models.expressions import DatabaseDefault, Expression
from django.db.models.sql import InsertQuery, UpdateQuery
from django.db.transaction import TransactionManagementError

PARAMETERS = 30_000
"""In one statement; SQLite takes 32,766."""

KEPT = 100
"""How many statements of a kind are kept, so that one with a value in its condition cannot fill the memory."""

Row = TypeVar("Row", bound=Model)


class Place(NamedTuple):
    """What stands for a column in a row: VALUE, and the field whose value it is; or an expression, and no field."""

    text: str
    field: Field[Any, Any] | None


class Statement(NamedTuple):
    """What the database is sent."""

    text: str
    parameters: Sequence[Any]


class WrittenInsert(NamedTuple):
    """``head VALUES (places), (places) … tail``."""

    head: str
    places: tuple[Place, ...]
    tail: str


VALUE = "%s"

_inserts: dict[Any, WrittenInsert] = {}


def inserting(rows: Sequence[Model], *, unique: tuple[str, ...] = (), update: tuple[str, ...] = ()) -> list[Statement]:
    """What inserts rows of one class that leave the same columns to the database: no statement for no rows, more than
    one for very many. Where a row with the same ``unique`` columns stands, its columns ``update`` are updated."""
    if not rows:
        return []
    head, places, tail = prepare_insert(rows[0], unique=unique, update=update)
    values = (_values(places, row) for row in rows)
    return list(_statements(f"{head} VALUES ", [place.text for place in places], tail, values))


def execute(statements: Iterable[Statement]) -> int:
    """Send one after the other; returns how many rows they changed."""
    changed = 0
    with connection.cursor() as cursor:
        for text, parameters in statements:
            cursor.execute(text, parameters)
            changed += cursor.rowcount
    return changed


def send(statements: Sequence[Statement]) -> None:
    """Send them, in one message to a database that takes several: the way there and back is what takes time."""
    if statements and connection.vendor == "postgresql":
        text = "; ".join(statement.text for statement in statements)
        statements = [Statement(text, list(chain.from_iterable(each.parameters for each in statements)))]
    execute(statements)


def prepare_insert(row: Model, *, unique: tuple[str, ...] = (), update: tuple[str, ...] = ()) -> WrittenInsert:
    """The statement by which ``inserting`` inserts rows that leave the same columns to the database, written now."""
    return _insert_of(row, OnConflict.UPDATE if update else None, unique, update)


def insert_alike(first: Model, rows: Sequence[Mapping[str, Any]]) -> int:
    """Insert a row for each of ``rows``: like ``first``, but for the columns that they give by name, all the same ones
    and at least one.

    What they have in common is sent once. Those that a unique constraint forbids are left out; returns how many were
    inserted. What the database fills in is not read back.
    """
    head, places, tail = _insert_of(first, OnConflict.IGNORE)
    names = list(rows[0])
    numbers = {name: number for number, name in enumerate(names, 1)}
    database = connections[DEFAULT_DB_ALIAS]
    own: dict[str, Field[Any, Any]] = {}
    chosen, common = [], []
    for text, field in places:
        if field and field.attname in numbers:
            own[field.attname] = field
            chosen.append(_cast(field, f"own.column{numbers[field.attname]}"))
        else:
            chosen.append(text)
            if field:
                common.append(_value(field, first, database))
    values = ([own[name].get_db_prep_save(row[name], database) for name in names] for row in rows)
    head = f"{head} SELECT {', '.join(chosen)} FROM (VALUES "  # noqa: S608 - columns and expressions, as Django writes them
    return execute(_statements(head, [VALUE] * len(names), f") AS own WHERE true{tail}", values, common))


def _cast(field: Field[Any, Any], place: str) -> str:
    """PostgreSQL takes what is written as a text for one; a cast to a shorter text would cut it without a word."""
    if connection.vendor != "postgresql" or isinstance(field, CharField | TextField):
        return place
    return f"CAST({place} AS {field.db_type(connection)})"


def _values(places: Iterable[Place], row: Model) -> list[Any]:
    database = connections[DEFAULT_DB_ALIAS]  # ``connection`` looks it up for each attribute
    return [_value(field, row, database) for _text, field in places if field]


def _value(field: Field[Any, Any], row: Model, database: Any) -> Any:
    return field.get_db_prep_save(getattr(row, field.attname), database)


def _statements(
    head: str, columns: Sequence[str], tail: str, rows: Iterable[list[Any]], common: Sequence[Any] = ()
) -> Iterator[Statement]:
    """``common`` are the values before those of the rows."""
    row = f"({', '.join(columns)})"
    for page in _pages(rows, PARAMETERS // len(columns)):
        yield Statement(head + ", ".join([row] * len(page)) + tail, [*common, *chain.from_iterable(page)])


def _pages(rows: Iterable[list[Any]], size: int) -> Iterator[list[list[Any]]]:
    left = iter(rows)
    while page := list(islice(left, size)):
        yield page


def _insert_of(
    row: Model, on_conflict: OnConflict | None, unique: tuple[str, ...] = (), update: tuple[str, ...] = ()
) -> WrittenInsert:
    """The statement for rows that leave the same columns to the database as this one."""
    left = tuple(
        (field.attname, None if isinstance(value, DatabaseDefault) else value)
        for field in row._meta.concrete_fields
        if hasattr(value := getattr(row, field.attname), "resolve_expression")
    )
    shape = (type(row), row.pk is None, left, on_conflict, unique, update)
    if shape not in _inserts:
        _inserts[shape] = _write_insert(row, on_conflict, unique, update)
    return _inserts[shape]


def _write_insert(
    row: Model, on_conflict: OnConflict | None, unique: tuple[str, ...], update: tuple[str, ...]
) -> WrittenInsert:
    """The statement as Django writes it, without the columns that have a default of the database's own."""
    meta = row._meta
    fields = [
        field
        for field in meta.concrete_fields
        if not ((field.primary_key and row.pk is None) or isinstance(getattr(row, field.attname), DatabaseDefault))
    ]
    query = InsertQuery(
        type(row),
        on_conflict=on_conflict,
        update_fields=[meta.get_field(name) for name in update],
        unique_fields=[meta.get_field(name) for name in unique],
    )
    query.insert_values(fields, [row])
    compiler: Any = query.get_compiler(connection=connection)
    ((sql, _parameters),) = compiler.as_sql()
    head, _between, rest = sql.partition(" VALUES ")
    _row, clause, tail = rest.partition(" ON CONFLICT")
    places = []
    for field in fields:
        value = compiler.prepare_value(field, compiler.pre_save_val(field, row))
        text, _values = compiler.field_as_sql(field, None, value)
        places.append(Place(text, None if hasattr(value, "as_sql") else field))
    return WrittenInsert(head, tuple(places), clause + tail)


class WrittenSelect(NamedTuple):
    """A SELECT, the names of its columns, and what makes Python's values of those of its rows."""

    text: str
    parameters: Sequence[Any]
    names: Sequence[str]
    read: Callable[[Sequence[Any]], Iterable[Sequence[Any]]]


class Given(Expression):
    """Stands in a condition or an expression for a value that is given, by this name, each time."""

    def __init__(self, name: str, field: Field[Any, Any]) -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, _compiler: Any, _connection: Any) -> tuple[str, Any]:
        return VALUE, (self,)

    def parameter(self, given: Mapping[str, Any], _changes: Mapping[str, Any], database: Any) -> Any:
        """What the database is sent."""
        return self.output_field.get_db_prep_value(given[self.name], database)


class Changed(Given):
    """Stands for the new value of a column."""

    def parameter(self, _given: Mapping[str, Any], changes: Mapping[str, Any], database: Any) -> Any:
        return self.output_field.get_db_prep_save(changes[self.name], database)


class Where(NamedTuple):
    """A condition that is the same each time, and the values that are Given in it, or in the changes that it allows."""

    condition: Q
    given: Mapping[str, Any] = MappingProxyType({})


def by_id(row_id: UUID | None = None) -> Where:
    """The row with this id."""
    return Where(BY_ID, {"row": row_id})


BY_ID = Q(pk=Given("row", UUIDField()))


def select(rows: type[Row], *where: Where, only: tuple[str, ...] = (), lock: bool = False) -> list[Row]:
    """The rows that meet all of ``where``, of which only these columns are read now. ``lock`` keeps others from
    changing them until the transaction ends."""
    if lock and not connection.in_atomic_block:
        raise TransactionManagementError("A lock holds until the transaction ends, and there is none.")
    text, parameters, names, read = prepare_select(rows, *where, only=only, lock=lock)
    with connection.cursor() as cursor:
        cursor.execute(text, _parameters(parameters, where))
        return [rows.from_db(DEFAULT_DB_ALIAS, names, values) for values in read(cursor.fetchall())]


def prepare_select(rows: type[Row], *where: Where, only: tuple[str, ...] = (), lock: bool = False) -> WrittenSelect:
    """The statement of ``select``, written now."""
    return _write_select(rows, _conditions(where), only, lock)


def update(rows: type[Model], *where: Where, **changes: Any) -> int:
    """Update the rows that meet all of ``where``; returns how many did. A value may differ each time, an expression
    may not, but for what is Given in it."""
    return execute([updating(rows, *where, **changes)])


def updating(rows: type[Model], *where: Where, **changes: Any) -> Statement:
    """The statement of ``update``."""
    text, parameters = prepare_update(rows, *where, **changes)
    return Statement(text, _parameters(parameters, where, changes))


def prepare_update(rows: type[Model], *where: Where, **changes: Any) -> Statement:
    """The statement of ``update``, written now; what is given each time stands in it as itself."""
    expressions = {name: value for name, value in changes.items() if hasattr(value, "resolve_expression")}
    values = changes.keys() - expressions.keys()
    return _write_update(rows, _conditions(where), frozenset(values), frozenset(expressions.items()))


def _conditions(where: Iterable[Where]) -> tuple[Q, ...]:
    return tuple(each.condition for each in where)


@lru_cache(KEPT)
def _write_select(rows: type[Model], conditions: tuple[Q, ...], only: tuple[str, ...], lock: bool) -> WrittenSelect:
    compiler: Any = (
        rows._default_manager.filter(*conditions).order_by().only(*only).query.get_compiler(DEFAULT_DB_ALIAS)
    )
    text, parameters = compiler.as_sql()
    if lock and connection.features.has_select_for_update:
        text = f"{text} {connection.ops.for_update_sql(no_key=True)}"
    columns = [column for column, _sql, _alias in compiler.select]
    read = partial(compiler.apply_converters, converters=compiler.get_converters(columns))
    return WrittenSelect(text, parameters, [column.target.attname for column in columns], read)


@lru_cache(KEPT)
def _write_update(
    rows: type[Model], conditions: tuple[Q, ...], values: frozenset[str], expressions: frozenset[tuple[str, Any]]
) -> Statement:
    query: Any = rows._default_manager.filter(*conditions).query.chain(UpdateQuery)
    fields = {field.name: field for field in rows._meta.concrete_fields}
    given = {name: Changed(name, fields[name]) for name in sorted(values)}
    query.add_update_values({**given, **dict(expressions)})
    return Statement(*query.get_compiler(connection=connection).as_sql())


def _parameters(
    parameters: Iterable[Any], where: Iterable[Where], changes: Mapping[str, Any] = MappingProxyType({})
) -> list[Any]:
    given: dict[str, Any] = {}
    for each in where:
        given |= each.given
    database = connections[DEFAULT_DB_ALIAS]
    return [each.parameter(given, changes, database) if isinstance(each, Given) else each for each in parameters]
