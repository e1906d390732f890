"""What a niche means: its type in schema.org's vocabulary, and the plan and words that one of its own name takes."""

from functools import cache

from rapidfuzz import fuzz

from .contracts import Brief, Locale, Niche, fold
from .language.messages import words

SCHEMA_TYPES: dict[Niche, str] = {
    Niche.RESTAURANT: "Restaurant",
    Niche.LAWYER: "LegalService",
    Niche.DENTIST: "Dentist",
    Niche.REAL_ESTATE: "RealEstateAgent",
    Niche.PLUMBER: "Plumber",
    Niche.ELECTRICIAN: "Electrician",
    Niche.LANDSCAPING: "HomeAndConstructionBusiness",
    Niche.CLEANING: "HomeAndConstructionBusiness",
    Niche.GENERAL: "LocalBusiness",
    Niche.OTHER: "LocalBusiness",
}

NEAR = 85  # of 100: how alike two words must be; a slip of the pen passes, another word does not


def plan_niche(brief: Brief) -> Niche:
    """The niche whose plan and words a business takes: for *other*, the nearest by its own words, else *general*."""
    if brief.niche is not Niche.OTHER:
        return brief.niche
    own = fold(brief.custom_niche or "").split()
    likeness = {
        niche: max((fuzz.ratio(word, near) for word in own for near in known), default=0)
        for niche, known in _near(brief.locale).items()
    }
    nearest = max(likeness, key=likeness.__getitem__)
    return nearest if likeness[nearest] >= NEAR else Niche.GENERAL


@cache
def _near(locale: Locale) -> dict[Niche, list[str]]:
    nouns = words(locale)
    return {niche: fold(nouns.text(niche, form="near")).split() for niche in Niche if "near" in nouns.forms(niche)}
