"""What a claim says, against the facts that it names.

Looks at what can be told from the text alone: numbers (and with them years, prices, telephone numbers and
licences), e-mail and web addresses, superlatives, guarantees and distinctions.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from .contracts import Brief, Claim, Facts, Locale, SiteCopy, fold
from .language import hours
from .language.money import PRICE

_NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*")
_ADDRESS = re.compile(r"\S+@\S+\.\w+|(?:https?://|www\.)\S+|\b[\w-]+\.(?:com|net|org|io|app|adv)(?:\.\w\w)?(?:/\S*)?\b")

# Beginnings of words that a business may say of itself only where the customer has said them; folded.
_STRONG = {
    Locale.EN: r"best|leading|leader|top|finest|cheapest|fastest|largest|biggest|premier|unmatched|unbeatable"
    r"|number one|guarantee\w*|warrant\w*|award\w*|certified|licensed|insured|accredited|free|24/7|trusted|experts?",
    Locale.PT_BR: r"melhor(?:es)?|maior(?:es)?|lider(?:es)?|numero um|[oa]s? mais|excelencia|garanti\w*|premi\w*"
    r"|certificad\w+|licenciad\w+|credenciad\w+|gratis|gratuit\w+|24 ?h(?:oras)?|especialistas?",
    Locale.ES: r"mejor(?:es)?|mayor(?:es)?|lider(?:es)?|numero uno|(?:el|la|los|las) mas|excelencia|garant\w*|premi\w*"
    r"|certificad\w+|licencia\w*|acreditad\w+|asegurad\w+|gratis|gratuit\w+|24 ?h(?:oras)?|expert[oa]s?",
}


def unfounded(copy: SiteCopy, brief: Brief, facts: Facts) -> list[str]:
    """What the copy says without a fact, one line each: the text and what in it has no ground."""
    strong = re.compile(rf"\b(?:{_STRONG[brief.locale]})\b")
    return [f"“{claim.text}”: {what}" for claim in claims(copy) for what in _groundless(claim, brief, facts, strong)]


def claims(copy: SiteCopy) -> Iterator[Claim]:
    """Every claim of a site, from the first to the last."""
    for page in copy.pages:
        yield page.title
        yield page.description
        for section in page.sections:
            yield section.heading
            for paragraph in section.paragraphs:
                yield from paragraph
            for item in section.items:
                yield item.title
                yield from item.text


def _groundless(claim: Claim, brief: Brief, facts: Facts, strong: re.Pattern[str]) -> Iterator[str]:
    try:
        ground = "\n".join(_evidence(claim.facts, brief, facts))
    except LookupError as unknown:
        yield str(unknown)
        return
    yield from sorted(set(_NUMBER.findall(claim.text)) - set(_NUMBER.findall(ground)))
    yield from (found for found in _ADDRESS.findall(claim.text) if found.rstrip(".,;") not in ground)
    yield from (price.group() for price in PRICE.finditer(claim.text) if price.group() not in ground)
    yield from sorted(set(strong.findall(fold(claim.text))) - set(strong.findall(fold(ground))))


def _evidence(paths: Iterable[str], brief: Brief, facts: Facts) -> Iterator[str]:
    """The values of the fields, and the forms in which other steps write them."""
    told = brief.model_dump(mode="json")
    written = {
        "business_name": [facts.short_name],
        "phone": [facts.phone.text] if facts.phone else [],
        "whatsapp": [facts.whatsapp.text] if facts.whatsapp else [],
        "hours": [hours.sentence(brief.hours, facts.language)],
    }
    for path in paths:
        yield from _texts(_at(path, told))
        yield from written.get(path, [])


def _at(path: str, told: Any) -> Any:
    for name in path.split("."):
        try:
            told = told[int(name) if isinstance(told, list) else name]
        except (LookupError, ValueError, TypeError):
            raise LookupError(f"no field {path!r}") from None
    return told


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from _texts(part)
    elif value is not None:
        yield str(value)
