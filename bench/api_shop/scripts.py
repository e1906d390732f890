"""The statements of a request, taken down word for word, with names in place of what is fresh each time."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

_INSERT = re.compile(r'INSERT INTO "(\w+)" .*RETURNING', re.DOTALL)
_LITERAL = re.compile(r"('(?:[^']|'')*')")


class Statement(NamedTuple):
    """``whole``: which transaction it belongs to, 0 for none; ``returns``: the name of what it returns."""

    sql: str
    whole: int
    returns: str = ""


@dataclass
class Script:
    """A request's statements, and what it was answered, by order."""

    statements: list[Statement]
    answers: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.statements = [Statement(*each) for each in self.statements]

    def named(self, values: Mapping[str, Any]) -> "Script":
        """The same with names in place of these values."""
        statements = [each._replace(sql=_in_sql(each.sql, values)) for each in self.statements]
        return Script(statements, {order: _in_text(text, values) for order, text in self.answers.items()})

    def write(self) -> str:
        return json.dumps({"statements": self.statements, "answers": self.answers})


@contextmanager
def taken_down() -> Iterator[list[Statement]]:
    """The statements that run in the context, as they are sent; transactions numbered from 1."""
    from django.db import connection

    found: list[Statement] = []
    number, was_whole = 0, False

    def take(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal number, was_whole
        is_whole = connection.in_atomic_block
        number += is_whole and not was_whole
        was_whole = is_whole
        connection.ensure_connection()
        sent = connection.connection.cursor().mogrify(sql, params or None).decode()
        inserts = _INSERT.match(sent)
        found.append(Statement(sent, number if is_whole else 0, inserts[1] if inserts else ""))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(take):
        yield found


def _in_sql(sql: str, values: Mapping[str, Any]) -> str:
    """Names in place of whole literals, and of numbers outside of them."""
    literals = {f"'{value}'": f"%({name})s" for name, value in values.items()}
    numbers = {name: value for name, value in values.items() if isinstance(value, int)}
    parts = _LITERAL.split(sql)
    parts[::2] = [_in_text(part, numbers) for part in parts[::2]]
    parts[1::2] = [literals.get(part) or part.replace("%", "%%") for part in parts[1::2]]
    return "".join(parts)


def _in_text(text: str, values: Mapping[str, Any]) -> str:
    text = text.replace("%", "%%")
    for name, value in values.items():
        text = re.sub(rf"(?<![\w-]){re.escape(str(value))}(?![\w-])", f"%({name})s", text)
    return text
