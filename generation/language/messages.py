"""Messages in Fluent files: texts with variables, in one or several forms, parsed once a process."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.resolver import Pattern
from fluent.syntax import ast
from fluent.syntax.visitor import Visitor

Values = Mapping[str, str | int]
_TWO_STOPS = re.compile(r"(?<!\.)\.\.(?!\.)")


class Form(NamedTuple):
    """One way to say a message, and the variables that it needs."""

    pattern: Pattern
    variables: frozenset[str]


class Messages:
    """The messages of a folder of ``.ftl`` files in one language.

    A message is a value (``id = text``), or several forms or parts under names of their own (``.name = text``).
    Raises ValueError for a file that does not parse or a message that is there twice.
    """

    def __init__(self, folder: Path) -> None:
        self._bundle = FluentBundle([folder.name], use_isolating=False)
        self._forms: dict[str, dict[str, Form]] = {}
        for path in sorted(folder.glob("*.ftl")):
            resource = FluentResource(path.read_text(encoding="utf-8"))
            self._bundle.add_resource(resource)
            for entry in resource.body:
                if isinstance(entry, ast.Junk):
                    raise ValueError(f"{path.name}: cannot be read at: {entry.content}")
                if isinstance(entry, ast.Message):
                    self._add(entry, path)

    def _add(self, message: ast.Message, path: Path) -> None:
        if message.id.name in self._forms:
            raise ValueError(f"{path.name}: {message.id.name} is there twice")
        compiled = self._bundle.get_message(message.id.name)
        forms = {part.id.name: Form(compiled.attributes[part.id.name], _variables(part)) for part in message.attributes}
        if compiled.value is not None and message.value is not None:
            forms[""] = Form(compiled.value, _variables(message.value))
        self._forms[message.id.name] = forms

    def __iter__(self) -> Iterator[str]:
        return iter(self._forms)

    def __contains__(self, message: str) -> bool:
        return message in self._forms

    def forms(self, message: str) -> Mapping[str, Form]:
        """All forms of a message by name. Raises KeyError for an unknown one."""
        return self._forms[message]

    def text(self, message: str, values: Values | None = None, *, form: str = "") -> str:
        """A message in words. Raises KeyError for an unknown message, form or variable."""
        text, errors = self._bundle.format_pattern(self._forms[message][form].pattern, dict(values or {}))
        if errors:
            raise KeyError(f"{message}.{form}: {errors[0]}")
        return _TWO_STOPS.sub(".", str(text))


class _Variables(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:
        self.names.add(node.id.name)


def _variables(node: ast.BaseNode) -> frozenset[str]:
    visitor = _Variables()
    visitor.visit(node)
    return frozenset(visitor.names)


@cache
def messages(folder: Path) -> Messages:
    return Messages(folder)


def words(locale: str) -> Messages:
    """The site's own words in that locale: labels of pages, contacts and buttons, and the nouns of each niche."""
    return messages(Path(__file__).parent / "words" / locale)
