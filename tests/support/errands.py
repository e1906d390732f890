"""Background work of a kind of its own, for tests: a table that lives for one test."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.test.utils import isolate_apps

from generation import background

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def errands() -> Iterator[type[background.BackgroundRow]]:
    """A registered kind of work, *errand*, with its table. Not inside a transaction."""
    with isolate_apps("generation"):

        class Errand(background.BackgroundRow):
            kind_of_work = "errand"

            class Meta(background.BackgroundRow.Meta):
                abstract = False
                app_label = "generation"

        with connection.schema_editor() as editor:
            editor.create_model(Errand)
        background.register(Errand, do=lambda _row: None)
        try:
            yield Errand
        finally:
            del background._kinds["errand"]
            with connection.schema_editor() as editor:
                editor.delete_model(Errand)


def ask(rows: type[background.BackgroundRow], **columns: Any) -> background.BackgroundRow:
    """A new errand, whose message is sent."""
    row: background.BackgroundRow = background.new_row(rows, **columns)
    row.save(force_insert=True)
    background.send_after_commit(row)
    return row
