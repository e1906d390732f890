"""Transactions that outlast a deadlock or a locked database."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import InterfaceError, OperationalError, connection, transaction

P = ParamSpec("P")
R = TypeVar("R")

DATABASE_GONE = (OperationalError, InterfaceError)
"""Errors of the database itself: what was being done is neither done nor refused."""

ATTEMPTS = 3
_DEADLOCK_OR_SERIALISATION = ("40P01", "40001")


def retrying(work: Callable[P, R]) -> Callable[P, R]:
    """Run ``work`` in one transaction, and the whole of it again where the database asks for that.

    Inside a transaction of the caller it only joins: the outermost one is what can be repeated.
    """

    @wraps(work)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if connection.in_atomic_block:
            with transaction.atomic():
                return work(*args, **kwargs)
        for _attempt in range(ATTEMPTS - 1):
            try:
                with transaction.atomic():
                    return work(*args, **kwargs)
            except OperationalError as error:
                if not is_passing(error):
                    raise
        with transaction.atomic():
            return work(*args, **kwargs)

    return run


def is_passing(error: OperationalError) -> bool:
    """Whether the database refused a transaction that may go through when it is run again."""
    code = getattr(error.__cause__, "pgcode", None)
    return code in _DEADLOCK_OR_SERIALISATION or "database is locked" in str(error)
