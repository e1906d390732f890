"""Transactions that outlast a deadlock or a locked database."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction
from django.utils.translation import gettext

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
        def once() -> R:
            with transaction.atomic():
                return work(*args, **kwargs)

        return once() if connection.in_atomic_block else again(once)

    return run


def again(transact: Callable[[], R]) -> R:
    """Do what is a whole transaction, and once more, and a last time, where the database asks for that."""
    for _attempt in range(ATTEMPTS - 1):
        try:
            return transact()
        except OperationalError as error:
            if not is_passing(error):
                raise
    return transact()


def trouble_with_database() -> str:
    """What keeps the database from being used and what to do, in one line; empty where nothing does."""
    try:
        if "django_migrations" in connection.introspection.table_names():
            return ""
    except DatabaseError as error:
        return gettext("The database cannot be used: %(reason)s. Start it, or correct DATABASE_URL.") % {
            "reason": one_line(error)
        }
    return gettext("The database is not set up. Set it up: manage.py migrate")


def one_line(error: DatabaseError) -> str:
    """What the database says, in one line."""
    return " ".join(str(error).split()).rstrip(".?")


def is_passing(error: OperationalError) -> bool:
    """Whether the database refused a transaction that may go through when it is run again."""
    code = getattr(error.__cause__, "pgcode", None)
    return code in _DEADLOCK_OR_SERIALISATION or "database is locked" in str(error)
