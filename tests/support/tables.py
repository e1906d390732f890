"""Empties the database after a test that commits.

Django's flush truncates, for which PostgreSQL makes some two hundred files anew, and then it writes content types and
permissions again. These stay here, and rows are deleted: a fortieth of the time.
"""

from __future__ import annotations

from functools import cache

from django.db import connection, transaction

SAME_IN_EVERY_TEST = {"django_migrations", "django_content_type", "auth_permission"}


def empty_tables(*_test_case: object) -> None:
    """Delete all rows, when nobody writes any more: for a process that was killed, the server goes on to the end of its
    statement, and would end up in a deadlock with this."""
    with connection.constraint_checks_disabled(), transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
                " WHERE datname = current_database() AND backend_type = 'client backend' AND state <> 'idle'"
                " AND pid <> pg_backend_pid()"
            )
            cursor.execute("SET LOCAL session_replication_role = replica")  # no foreign key is looked at
            cursor.execute(f"LOCK TABLE {', '.join(_tables())} IN EXCLUSIVE MODE")
            cursor.execute(";".join(_deletions()))  # the way there and back takes longer than what is done there
        else:
            for deletion in _deletions():
                cursor.execute(deletion)


@cache
def _deletions() -> list[str]:
    return [f"DELETE FROM {table}" for table in _tables()]  # noqa: S608 - Django's names of its tables


@cache
def _tables() -> list[str]:
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return [connection.ops.quote_name(name) for name in names if name not in SAME_IN_EVERY_TEST]
