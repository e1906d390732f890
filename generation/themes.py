"""The themes: folders under ``templates/themes`` that hold a ``theme.toml``. A new theme is a copied folder."""

import sys
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, NamedTuple

from django.utils.translation import gettext
from pydantic import Field

from .contracts import SectionKind, SiteSpec
from .contracts.fields import Frozen
from .contracts.spec import Variant

THEMES_DIR = Path(__file__).resolve().parent.parent / "templates" / "themes"
SHARED_DIR = THEMES_DIR / "shared"


class UnknownTheme(LookupError):
    """There is no theme of that name; the message names those that there are."""

    def __init__(self, name: str) -> None:
        super().__init__(
            gettext("There is no theme “%(name)s”; known: %(known)s") % {"name": name, "known": ", ".join(known())}
        )


class CannotDraw(ValueError):
    """The theme does not draw a section or a variant that a spec asks for; ``findings`` is (where, what) of each."""

    def __init__(self, findings: list[tuple[str, str]]) -> None:
        super().__init__("; ".join(f"{where}: {what}" for where, what in findings))
        self.findings = findings


class Lettering(Frozen):
    """A font file for drawn images, and its weight."""

    font: str
    weight: int


class Need(Frozen):
    """The content that a variant is made for: the least and the most of its entries, and of letters of its text."""

    items: tuple[int, int] = (0, sys.maxsize)
    letters: tuple[int, int] = (0, sys.maxsize)

    def is_met(self, content: "Content") -> bool:
        return all(
            least <= held <= most
            for (least, most), held in ((self.items, content.items), (self.letters, content.letters))
        )


class Content(NamedTuple):
    """How much a section has to show: its entries, and the letters of all its text."""

    items: int
    letters: int


class ThemeFolder(Frozen):
    """One theme as its ``theme.toml`` tells it. Paths are relative to its folder.

    ``variants`` names the ways to draw each section kind; a kind that is not there cannot be drawn. ``needs`` tells,
    by ``<kind>-<variant>``, which of them want a certain amount of content.
    """

    name: str
    title: str
    idea: str
    stylesheets: Annotated[tuple[str, ...], Field(min_length=1)]
    fonts: tuple[str, ...]
    heading: Lettering
    body: Lettering
    variants: Mapping[SectionKind, Annotated[tuple[Variant, ...], Field(min_length=1)]]
    needs: Mapping[str, Need] = {}

    @property
    def folder(self) -> Path:
        return THEMES_DIR / self.name

    def read(self, path: str) -> bytes:
        """The bytes of one of its files."""
        return (self.folder / path).read_bytes()

    def fitting(self, kind: SectionKind, content: Content) -> list[Variant]:
        """The variants that this content fills; all of them where none is made for it."""
        drawn = list(self.variants[kind])
        return [v for v in drawn if self.needs.get(f"{kind}-{v}", Need()).is_met(content)] or drawn

    def refuse_unless_drawn(self, spec: SiteSpec) -> None:
        """Raise CannotDraw with every section of ``spec`` that this theme has no template for."""
        findings = []
        for p, page in enumerate(spec.pages):
            for s, section in enumerate(page.sections):
                drawn = self.variants.get(section.kind, ())
                if section.variant not in drawn:
                    what = gettext("%(theme)s does not draw %(kind)s as “%(variant)s”; known: %(known)s")
                    told = {"theme": self.title, "kind": section.kind.value, "variant": section.variant}
                    findings.append(
                        (f"pages.{p}.sections.{s}.variant", what % {**told, "known": ", ".join(drawn) or "–"})
                    )
        if findings:
            raise CannotDraw(findings)


def known() -> tuple[str, ...]:
    """The names of all themes, sorted."""
    return tuple(sorted(path.parent.name for path in THEMES_DIR.glob("*/theme.toml")))


@cache
def load(name: str) -> ThemeFolder:
    """The theme of that name. Raises UnknownTheme."""
    if name not in known():
        raise UnknownTheme(name)
    told = tomllib.loads((THEMES_DIR / name / "theme.toml").read_text("utf-8"))
    return ThemeFolder.model_validate({"name": name, **told})
