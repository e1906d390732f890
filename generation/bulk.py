"""Inserting many rows that are nearly alike, in a tenth of the time that it takes to prepare each by itself."""

from collections.abc import Sequence
from itertools import chain

from django.db import connection
from django.db.models import Model
from django.db.models.constants import OnConflict
from django.db.models.sql import InsertQuery

PARAMETERS = 30_000
"""In one statement; SQLite takes 32,766."""


def insert_alike(rows: Sequence[Model]) -> None:
    """Insert rows of one class, leaving out those that a unique constraint forbids.

    Django prepares the statement for the first; of the others only the columns are prepared that differ from it.
    What the database fills in is not read back.
    """
    if not rows:
        return
    first = rows[0]
    fields = [field for field in first._meta.concrete_fields if not (field.primary_key and first.pk is None)]
    query = InsertQuery(type(first), on_conflict=OnConflict.IGNORE)
    query.insert_values(fields, [first])
    ((statement, parameters),) = query.get_compiler(connection=connection).as_sql()
    head, _values, rest = statement.partition(" VALUES ")
    one, closing, tail = rest.rpartition(")")
    given = [field for field in fields if not hasattr(getattr(first, field.attname), "resolve_expression")]
    differing = [
        (place, field)
        for place, field in enumerate(given)
        if any(getattr(row, field.attname) is not getattr(first, field.attname) for row in rows)
    ]
    a_page = PARAMETERS // max(len(parameters), 1)
    with connection.cursor() as cursor:
        for start in range(0, len(rows), a_page):
            page = [list(parameters) for _row in rows[start : start + a_page]]
            for row, values in zip(rows[start : start + a_page], page, strict=True):
                for place, field in differing:
                    values[place] = field.get_db_prep_save(getattr(row, field.attname), connection)
            every = ", ".join([one + closing] * len(page))
            cursor.execute(f"{head} VALUES {every}{tail}", list(chain.from_iterable(page)))
