"""What sentences may speak of: the facts of a brief as variables of messages, each with the fields it rests on."""

from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from babel import Locale

from generation.contracts import Brief, Facts, fold
from generation.language import addresses, hours
from generation.language.articles import named
from generation.language.lists import fitting, joined
from generation.language.messages import words
from generation.language.names import capital, cut, in_sentence
from generation.niches import plan_niche

LIST_LETTERS = 90
HEADING_LETTERS = 60
ANSWER_LETTERS = 900  # Fluent takes values of up to 1,000


class Known(NamedTuple):
    """A value, and the fields of the brief that say so."""

    value: str | int
    fields: tuple[str, ...]


def known(brief: Brief, facts: Facts) -> dict[str, Known]:
    """The variables that this brief can fill; what it does not say is not there.

    A name with a capital letter is the same fact at the start of a sentence: ``Trade`` is ``trade``.
    """
    groups = (_names, _trade, _services, _places, _contact, _experience)
    told = chain.from_iterable(group(brief, facts) for group in groups)
    variables = {name: Known(value, fields) for name, value, fields in told if value}
    large = {capital(n): k._replace(value=capital(k.value)) for n, k in variables.items() if isinstance(k.value, str)}
    return variables | large


_Variables = Iterator[tuple[str, str | int | None, tuple[str, ...]]]


def _names(brief: Brief, facts: Facts) -> _Variables:
    yield "name", brief.business_name, ("business_name",)
    yield "short", facts.short_name, ("business_name",)
    yield "the", named(facts.short_name, brief.locale).the, ("business_name",)
    yield "of", named(facts.short_name, brief.locale).of, ("business_name",)


def _trade(brief: Brief, facts: Facts) -> _Variables:
    nouns, niche, country = words(brief.locale), plan_niche(brief), {"country": facts.country or ""}
    for noun in ("offer", "which", "does", "serves", "clients"):
        yield noun, nouns.text(niche, country, form=noun), ("niche",)
    yield "quote", nouns.text("quote", country), ()
    yield "a_quote", nouns.text("quote", country, form="one"), ()
    name = fold(facts.short_name).split()
    if brief.custom_niche and len(brief.custom_niche) <= HEADING_LETTERS:
        trade, field = in_sentence(brief.custom_niche), "custom_niche"
        told = [fold(brief.custom_niche)[:5]]
    elif "trade" in nouns.forms(niche):
        trade, field = nouns.text(niche, country, form="trade"), "niche"
        told = fold(nouns.text(niche, form="said")).split()
    else:
        return
    yield "trade", trade, (field,)
    if not any(word.startswith(stem) for word in name for stem in told):
        yield "new_trade", trade, (field,)


def _services(brief: Brief, facts: Facts) -> _Variables:
    first = brief.primary_service
    order = sorted(range(len(brief.services)), key=lambda n: brief.services[n].name != first)
    fields = tuple(f"services.{n}.name" for n in order)
    names = [in_sentence(brief.services[n].name, _proper(brief)) for n in order]
    short = [name for name in names if len(name) <= HEADING_LETTERS / 2] or names
    some = fitting(short, LIST_LETTERS)
    yield "service", cut(short[0], HEADING_LETTERS), fields
    yield (
        "pair",
        joined(fitting([cut(name, HEADING_LETTERS) for name in short[:2]], HEADING_LETTERS), facts.language),
        fields,
    )
    yield "services", joined(some, facts.language), fields
    yield "any_service", joined(some, facts.language, "or"), fields
    yield "all_services", joined(fitting(names, ANSWER_LETTERS), facts.language), fields


def _places(brief: Brief, facts: Facts) -> _Variables:
    city, areas, fields = brief.address.city, list(brief.service_areas), ("service_areas",)
    yield "city", city, ("address.city",)
    yield "place", addresses.place(brief.address), ("address.city", "address.state")
    yield "address", addresses.one_line(brief.address, facts.country), ("address",)
    some, beyond = fitting(areas, LIST_LETTERS), [area for area in areas if fold(area) != fold(city)]
    yield "all_areas", joined(fitting(areas, ANSWER_LETTERS), facts.language), fields
    if beyond:
        yield "areas", joined(some, facts.language), fields
    if beyond and len(beyond) < len(areas):
        yield "beyond", joined(fitting(beyond, LIST_LETTERS), facts.language), (*fields, "address.city")
    if brief.address.street is None:
        yield "any_area", joined(some, facts.language, "or"), fields


def _contact(brief: Brief, facts: Facts) -> _Variables:
    phone, whatsapp = facts.phone, facts.whatsapp
    yield "phone", phone.text if phone else None, ("phone",)
    yield "whatsapp", whatsapp.text if whatsapp else None, ("whatsapp",)
    yield "email", brief.email, ("email",)
    yield "booking", brief.booking_url and brief.booking_url.partition("://")[2].rstrip("/"), ("booking_url",)
    yield "hours", hours.sentence(brief.hours, facts.language), ("hours",)


def _experience(brief: Brief, facts: Facts) -> _Variables:
    people = [f"{member.name} ({member.role})" if member.role else member.name for member in brief.team]
    yield "years", brief.years_in_business, ("years_in_business",)
    yield "people", joined(fitting(people, ANSWER_LETTERS), facts.language), ("team",)


def _proper(brief: Brief) -> frozenset[str]:
    """Words that keep their capital in a sentence: names of places and, in English, of languages, days and months."""
    places = " ".join((brief.address.city, brief.address.state or "", *brief.service_areas)).split()
    if brief.locale != "en":
        return frozenset(places)
    english = Locale("en")
    calendar = (*english.days["format"]["wide"].values(), *english.months["format"]["wide"].values())
    return frozenset((*places, *english.languages.values(), *calendar))
