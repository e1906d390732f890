"""Ten businesses of one niche in one town have ten sites: their words, their openings and their layouts differ."""

import json
import re
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import pytest

from generation.contracts import Brief, SiteSpec, fold
from generation.pipeline.brief import derive
from tests.generation.briefs import spec

NEIGHBOURS = Path(__file__).parent / "corpus" / "neighbours"
SETS = ("dentist.pt-BR", "plumber.en", "cleaning.es")
SHINGLE = 5
ALIKE, LAYOUTS = 0.35, 3


class Site(NamedTuple):
    """A business, its site, and the shingles of its text without names and addresses."""

    name: str
    spec: SiteSpec
    shingles: frozenset[tuple[str, ...]]
    opening: str


def neighbours(name: str) -> list[Brief]:
    told = json.loads((NEIGHBOURS / f"{name}.json").read_text(encoding="utf-8"))
    return [Brief.model_validate(told["all"] | each) for each in told["each"]]


def made(brief: Brief) -> Site:
    site, facts = spec(brief), derive(brief)
    contacts = [number.text for number in (facts.phone, facts.whatsapp) if number]
    own = (brief.business_name, facts.short_name, brief.address.city, brief.booking_url, brief.email, *contacts)
    texts = []
    for page in site.pages:
        texts += [page.title, page.description]
        for section in page.sections:
            texts += [section.heading, *section.paragraphs]
            texts += [part for item in section.items for part in (item.title, item.detail or "", *item.paragraphs)]
    bare = [_without(text, own) for text in texts]
    shingles = {tuple(words[n : n + SHINGLE]) for words in bare for n in range(len(words) - SHINGLE + 1)}
    opening = " ".join(_without(site.pages[0].sections[0].heading, own))
    return Site(brief.business_name, site, frozenset(shingles), opening)


def _without(text: str, own: tuple[str | None, ...]) -> list[str]:
    """The words of a text in which what belongs to one business alone is a dot."""
    folded = fold(text)
    for words in filter(None, own):
        folded = folded.replace(fold(words), ".")
    return re.findall(r"\w+|\.", folded)


def _jaccard(one: Site, other: Site) -> float:
    return len(one.shingles & other.shingles) / len(one.shingles | other.shingles)


@pytest.mark.parametrize("name", SETS)
def test_ten_businesses_of_one_niche_and_town_are_told_apart(name: str) -> None:
    sites = [made(brief) for brief in neighbours(name)]
    pairs = [(_jaccard(one, other), one.name, other.name) for one, other in combinations(sites, 2)]
    layouts = {
        tuple((page.kind, section.kind, section.variant) for page in site.spec.pages for section in page.sections)
        for site in sites
    }
    orders = {tuple(section.kind for section in site.spec.pages[0].sections) for site in sites}
    print(f"{name}: the two most alike {max(pairs)}, {len(layouts)} layouts, {len(orders)} orders of home")  # noqa: T201 -- the figures
    assert len(sites) == 10
    assert max(pairs)[0] <= ALIKE
    assert len({site.opening for site in sites}) == len(sites)
    assert len(orders) >= LAYOUTS


@pytest.mark.parametrize("name", SETS)
def test_the_measure_sees_the_same_site_again(name: str) -> None:
    brief = neighbours(name)[0]
    moved = Brief.model_validate(brief.model_dump(exclude={"seed"}) | {"email": "other@moved.example"})
    assert _jaccard(made(brief), made(moved)) > 1 - ALIKE
