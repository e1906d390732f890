"""Inserting many rows that are nearly alike, in a tenth of the time that it takes to prepare each by itself."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model
from django.db.models.constants import OnConflict
from django.db.models.sql import InsertQuery

PARAMETERS = 30_000
"""In one statement; SQLite takes 32,766."""


def insert_alike(first: Model, rows: Sequence[Mapping[str, Any]]) -> int:
    """Insert a row for each of ``rows``: like ``first``, but for the columns that they give by name.

    Left out are those that a unique constraint forbids; returns how many were inserted. Django prepares the statement
    once. What the database fills in is not read back.
    """
    fields = [field for field in first._meta.concrete_fields if not (field.primary_key and first.pk is None)]
    query = InsertQuery(type(first), on_conflict=OnConflict.IGNORE)
    query.insert_values(fields, [first])
    ((statement, parameters),) = query.get_compiler(connection=connection).as_sql()
    head, _values, rest = statement.partition(" VALUES ")
    one, closing, tail = rest.rpartition(")")
    given = [field for field in fields if not hasattr(getattr(first, field.attname), "resolve_expression")]
    places = {field.attname: (place, field) for place, field in enumerate(given)}
    inserted, a_page = 0, PARAMETERS // len(parameters)
    with connection.cursor() as cursor:
        for start in range(0, len(rows), a_page):
            values: list[Any] = []
            for row in rows[start : start + a_page]:
                at = len(values)
                values += parameters
                for name, value in row.items():
                    place, field = places[name]
                    values[at + place] = field.get_db_prep_save(value, connection)
            every = ", ".join([one + closing] * (len(values) // len(parameters)))
            cursor.execute(f"{head} VALUES {every}{tail}", values)
            inserted += cursor.rowcount
    return inserted
