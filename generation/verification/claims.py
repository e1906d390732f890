"""Claims: what finished pages say, against the facts of the brief and the law of its profession."""

from collections.abc import Iterator

from generation.contracts import Brief, LedgerEntry
from generation.law import LAWS, REGISTRATIONS
from generation.ledger import Grounds

from .reading import Looks, Problem, ReadSite

SHOWN_LETTERS = 80


def entries(site: ReadSite, grounds: Grounds) -> Iterator[tuple[str, LedgerEntry]]:
    """Everything that the pages state, with the text that states it; a source that is empty is none."""
    for page in site.listed:
        found: dict[LedgerEntry, str] = {}
        for text in page.texts:
            for words, source in grounds.entries(text):
                entry = LedgerEntry(text=words, where=page.file, source=source or "")
                found.setdefault(entry, text)
        yield from ((text, entry) for entry, text in found.items())


def founded(site: ReadSite, grounds: Grounds) -> Looks:
    """Whether each stands in the brief."""
    for text, entry in entries(site, grounds):
        shown = f"{entry.text}: {text[:SHOWN_LETTERS]}"
        yield None if entry.source else Problem("claim_unfounded", entry.where, shown)


def lawful(site: ReadSite, brief: Brief) -> Looks:
    """Whether the profession may say what the pages say, and says what it must."""
    law = LAWS.get((brief.niche, brief.country or ""))
    for page in site.listed if law else ():
        for text in page.texts:
            forbidden = law and law.forbidden.search(text)
            yield Problem("law_broken", page.file, text[:SHOWN_LETTERS]) if forbidden else None
    if required := _registration(brief):
        told = any(required in text for page in site.listed for text in page.texts)
        yield None if told else Problem("registration_missing", site.listed[0].file, required)


def _registration(brief: Brief) -> str | None:
    return REGISTRATIONS.get((brief.niche, brief.country or ""))
