"""What no writer may write, true or not: hollow phrases, and more than one exclamation mark a page."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache

from .contracts import Brief, Claim, Facts, Locale, SiteCopy
from .ledger import Grounds, claims_of
from .mentions import PATTERNS

EXCLAMATIONS = 1  # a page


def hollow(copy: SiteCopy, brief: Brief, facts: Facts) -> list[str]:
    """What the copy should not say, one line each. The customer's own words are not the writer's."""
    given = Grounds(brief, facts)
    found = []
    for page in copy.pages:
        said = list(claims_of(page))
        found += [f"“{claim.text}”: {phrase}" for claim in said for phrase in _cliches(claim, brief.locale, given)]
        if sum(claim.text.count("!") for claim in said if not given.holds("!")) > EXCLAMATIONS:
            found.append(f"{page.page}: !")
    return found


def _cliches(claim: Claim, locale: Locale, given: Grounds) -> Iterator[str]:
    return (phrase.group() for phrase in cliches(locale).finditer(claim.text) if not given.holds(phrase.group()))


@cache
def cliches(locale: Locale) -> re.Pattern[str]:
    """The hollow phrases of a language."""
    told = tomllib.loads((PATTERNS / f"{locale}.toml").read_text(encoding="utf-8"))
    return re.compile(rf"\b(?:{told['style']['cliches']})", re.IGNORECASE)
