"""On PostgreSQL: what the search of orders.searching finds by, and the list of those due last, whose nulls no index
that is the same everywhere puts at its end. Needs no extension. Safe before a deploy."""

from typing import Any

from django.db import migrations

LETTERS = """
CREATE FUNCTION orders_letters(words text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT array_agg(DISTINCT substr(upper(words), place, 3)) FROM generate_series(1, length(upper(words)) - 2) place
$$
"""
INDEXES = {
    "orders_customer_name_letters": "orders_customer USING gin (orders_letters(name))",
    "orders_customer_email_letters": "orders_customer USING gin (orders_letters(email))",
    "orders_onboarding_letters": "orders_onboarding USING gin (orders_letters(business_name))",
    "orders_order_last_due": "orders_siteorder (due_at DESC NULLS LAST, number DESC)",
}


def add(_apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(LETTERS)
        for name, place in INDEXES.items():
            schema_editor.execute(f"CREATE INDEX {name} ON {place}")


def remove(_apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for name in INDEXES:
            schema_editor.execute(f"DROP INDEX {name}")
        schema_editor.execute("DROP FUNCTION orders_letters(text)")


class Migration(migrations.Migration):
    dependencies = [("orders", "0008_lists_by_index")]
    operations = [migrations.RunPython(add, remove)]
