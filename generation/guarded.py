"""What only the holder of a row may write, in one transaction that begins by asking whether it still holds it.

A job of small steps waits for the way to the database and back more than for what is done there. PostgreSQL takes a
message of several statements for one transaction, so that it is asked once instead of five times (its manual: message
flow, simple query, multiple statements).
"""

from collections.abc import Sequence
from functools import partial

from django.db import DataError, connection

from . import crash
from .prepared import Statement, execute, send
from .transactions import again, retrying

DIVISION_BY_ZERO = "22012"


def write_guarded(guard: Statement, statements: Sequence[Statement]) -> bool:
    """Run ``guard``, an update of one row, and if it met its row, the other statements; returns whether it did."""
    if connection.vendor == "postgresql" and not connection.in_atomic_block:
        return again(partial(_in_one_message, guard, statements))
    return _one_by_one(guard, statements)


@retrying
def _one_by_one(guard: Statement, statements: Sequence[Statement]) -> bool:
    if not execute([guard]):
        return False
    send(statements)
    crash.reach("step.stored")
    return True


def _in_one_message(guard: Statement, statements: Sequence[Statement]) -> bool:
    """Where the guard meets no row, its count makes an error, by which the database takes all of it back."""
    counted = f"WITH met AS ({guard.text} RETURNING 1) SELECT 1 / count(*) FROM met"  # noqa: S608 - a statement of ours
    try:
        send([Statement(counted, guard.parameters), *statements])
    except DataError as error:
        if getattr(error.__cause__, "pgcode", None) != DIVISION_BY_ZERO:
            raise
        return False
    crash.reach("step.stored")
    return True
