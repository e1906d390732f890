"""What writers return: words, each tied to the facts that it rests on; never HTML."""

from .fields import Frozen, PageKind
from .spec import SectionKind


class Claim(Frozen):
    """A sentence or a heading, and the fields of the brief that it rests on (``services.0.name``).

    A claim without facts may say nothing that could be true or false of the business.
    """

    text: str
    facts: tuple[str, ...] = ()


class ItemCopy(Frozen):
    """One entry of a list: a service with its text, a question with its answer. Each claim is a paragraph."""

    title: Claim
    text: tuple[Claim, ...] = ()


class SectionCopy(Frozen):
    """The words of one section. Each of ``paragraphs`` is a paragraph of one or more claims."""

    section: SectionKind
    heading: Claim
    paragraphs: tuple[tuple[Claim, ...], ...] = ()
    items: tuple[ItemCopy, ...] = ()


class PageCopy(Frozen):
    """The words of one page: ``title`` and ``description`` are those of its head."""

    page: PageKind
    title: Claim
    description: Claim
    sections: tuple[SectionCopy, ...]


class SiteCopy(Frozen):
    """The words of a whole site, page by page, in the order of its plan."""

    writer: str
    pages: tuple[PageCopy, ...]
