"""Which pages and sections a site has, and how it looks: chosen before a word is written."""

from .brief import Notice
from .fields import Frozen, PageKind
from .spec import Action, SectionKind, Theme


class PlannedSection(Frozen):
    kind: SectionKind
    variant: str


class PlannedPage(Frozen):
    """One page to make: ``file`` is its name in the site's language, ``label`` its word in the navigation."""

    kind: PageKind
    file: str
    label: str
    sections: tuple[PlannedSection, ...]


class SitePlan(Frozen):
    theme: Theme
    action: Action
    pages: tuple[PlannedPage, ...]
    notices: tuple[Notice, ...] = ()
