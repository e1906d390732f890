"""Writers: what turns facts into words. Each is one module with a class, and one line here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from .builtin import BuiltinWriter

if TYPE_CHECKING:
    from generation.contracts import Brief, Facts, SiteCopy, SitePlan
    from generation.pipeline.run import Say

DEFAULT = "builtin"


class Writer(Protocol):
    """Writes the copy of a whole plan."""

    @property
    def name(self) -> str:
        """Its stable name, kept with what it wrote."""

    def write(self, brief: Brief, facts: Facts, plan: SitePlan, *, variation: int, say: Say) -> SiteCopy:
        """The copy of every section that the plan has, in its order, reporting page by page.

        The same arguments give the same words. Testimonials, people, hours, areas and contacts are no words of a
        writer: the step after it takes them from the facts.
        """


_WRITERS: dict[str, Writer] = {writer.name: writer for writer in (BuiltinWriter(),)}


def get(name: str) -> Writer:
    """The writer of that name. Raises LookupError naming the known ones."""
    if name not in _WRITERS:
        raise LookupError(f"there is no writer {name!r}; known: {', '.join(sorted(_WRITERS))}")
    return _WRITERS[name]
