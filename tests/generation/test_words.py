"""The built-in writer: every sentence in every language and niche, and the words of whole sites."""

import re
from pathlib import Path
from typing import Any

import pytest

from generation.assembly import SHOWN_SERVICES
from generation.contracts import Brief, Locale, Niche, PageKind, SectionKind, SiteSpec, Tone
from generation.language.messages import Messages, messages, words
from generation.ledger import Grounds
from generation.niches import plan_niche
from generation.pipeline.brief import derive
from generation.style import cliches
from generation.writers import voice
from generation.writers.builtin import ABOUT_MAX
from generation.writers.voice import Voice
from tests.generation.briefs import NUMBERS, sample, small, spec

WORDS = Path(words.__code__.co_filename).parent / "words"
PARTS = {"reach-phone", "reach-whatsapp", "reach-both", "reach-email"}  # of sentences, not sentences
NO_WORDS = re.compile(r"[{}$]|\?\?\?|\bNone\b|\bundefined\b|  |\.\.| [.,;:!?]")
PLACES = {
    "en": {"city": "Austin", "state": "TX", "street": "4102 Burnet Rd", "country": "US"},
    "pt-BR": {"city": "Campinas", "state": "SP", "street": "Rua Um, 10", "country": "BR"},
    "es": {"city": "Monterrey", "state": "NL", "street": "Calle Uno 10", "country": "MX"},
}
PHONES = {"en": "+15125550134", "pt-BR": "+551932321840", "es": "+528112345678"}


def full(locale: Locale, niche: Niche, **changes: Any) -> Brief:
    """A brief that says all there is to say."""
    answers: dict[str, Any] = {
        "business_name": "Norte",
        "niche": niche,
        "custom_niche": "Bakery" if niche is Niche.OTHER else None,
        "locale": locale,
        "address": PLACES[locale],
        "phone": PHONES[locale],
        "whatsapp": PHONES[locale][:-1] + "5",
        "email": "hi@norte.example",
        "booking_url": "https://book.example/norte",
        "services": [{"name": "Repairs", "description": "Quick ones."}, {"name": "Installation"}],
        "service_areas": [PLACES[locale]["city"], "Round Rock"],
        "years_in_business": 7,
        "team": [{"name": "Ana", "role": "Owner"}, {"name": "Luis"}],
        "testimonials": [{"author": "Eva", "text": "Came on time.", "rating": 5}],
        "hours": [{"days": ["mon", "tue"], "opens": "08:00", "closes": "18:00"}],
        "description": "Small shop near the park.",
        "about_owner": "Ana runs it with her brother.",
        "social": [{"network": "instagram", "url": "https://www.instagram.com/norte"}],
    }
    return Brief.model_validate(answers | changes)


def text_of(site: SiteSpec) -> str:
    """All that a visitor can read of a site, its facts included."""
    return site.model_dump_json(exclude={"notices", "theme"})


def copy_of(locale: Locale) -> Messages:
    return messages(voice.COPY / locale)


def source(locale: Locale) -> str:
    files = [*(voice.COPY / locale).glob("*.ftl"), *(WORDS / locale).glob("*.ftl")]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def said_by(locale: Locale, niche: Niche) -> set[str]:
    """The messages that a niche says: its own, and those for all of which it has none."""
    every = copy_of(locale)
    own = {message for message in every if message.endswith(f"-{niche}")}
    for_all = {message for message in every if not message.endswith(tuple(f"-{other}" for other in Niche))}
    return own | {message for message in for_all if f"{message}-{niche}" not in every}


@pytest.mark.parametrize("locale", Locale)
@pytest.mark.parametrize("niche", [niche for niche in Niche if niche is not Niche.OTHER])
def test_every_form_of_every_message_can_be_said_with_every_niche(locale: Locale, niche: Niche) -> None:
    settings: list[dict[str, Any]] = [{"tone": tone} for tone in Tone]
    settings += [  # what is said only with it, or only without
        {"address": {**PLACES[locale], "street": None}},
        {"business_name": "Restaurant Law Dental Real Plumb Electri Landscap Clean"},
    ]
    said: dict[str, str] = {}
    for changes in settings:
        brief = full(locale, niche, **changes)
        speaker = Voice(brief, derive(brief), variation=0, main="call")
        for message in said_by(locale, niche):
            said |= {f"{message}.{form}": claim.text for form, claim in speaker.forms(message).items()}
    trade = niche is not Niche.GENERAL  # a general business has no word for its trade
    wanted = {
        f"{message}.{form}"
        for message in said_by(locale, niche)
        for form, words in copy_of(locale).forms(message).items()
        if trade or not words.variables & {"trade", "Trade", "new_trade", "New_trade"}
    }
    assert wanted - said.keys() == set()
    assert {name: text for name, text in said.items() if NO_WORDS.search(text)} == {}


@pytest.mark.parametrize("locale", Locale)
@pytest.mark.parametrize("niche", [niche for niche in Niche if niche is not Niche.OTHER])
def test_no_form_of_any_message_says_more_than_its_facts(locale: Locale, niche: Niche) -> None:
    brief, claims = full(locale, niche), set()
    for tone in Tone:
        toned = brief.model_copy(update={"tone": tone})
        speaker = Voice(toned, derive(toned), variation=0, main="call")
        for message in said_by(locale, niche):
            claims |= {(claim.text, tuple(claim.facts or ("niche",))) for claim in speaker.forms(message).values()}
    derived = derive(brief)
    grounds = {facts: Grounds(brief, derived, facts) for _text, facts in claims}
    said = [(text, found) for text, facts in claims for found, source in grounds[facts].entries(text) if source is None]
    assert len(claims) > 100
    assert said == []


@pytest.mark.parametrize("locale", Locale)
def test_languages_have_the_same_messages_and_each_five_forms(locale: Locale) -> None:
    english, own = copy_of(Locale.EN), copy_of(locale)
    assert set(own) == set(english)
    assert {message for message in own if len(own.forms(message)) < 5} == PARTS
    assert {m for m in set(own) - PARTS for tone in Tone if len(set(own.forms(m)) - (set(Tone) - {tone})) < 4} == set()
    assert set(words(locale)) - {"articles"} == set(words(Locale.EN))
    for niche in Niche:
        assert words(locale).forms(niche).keys() == words(Locale.EN).forms(niche).keys()


@pytest.mark.parametrize("locale", Locale)
def test_the_tone_steers_the_words(locale: Locale) -> None:
    sites = {tone: text_of(spec(full(locale, Niche.CLEANING, tone=tone))) for tone in Tone}
    assert len(set(sites.values())) == len(Tone)
    for tone, site in sites.items():
        brief = full(locale, Niche.CLEANING, tone=tone)
        speaker = Voice(brief, derive(brief), variation=0, main="call")
        others = {form for m in copy_of(locale) for form in speaker.forms(m)} & (set(Tone) - {tone})
        assert site
        assert others == set()


@pytest.mark.parametrize(
    ("locale", "trade", "niche"),
    [
        (Locale.EN, "Wedding cakes and pastry", Niche.RESTAURANT),
        (Locale.EN, "Wood-fired bakery", Niche.RESTAURANT),
        (Locale.EN, "Roof repair", Niche.PLUMBER),
        (Locale.EN, "Violin lessons", Niche.GENERAL),
        (Locale.PT_BR, "Confeitaria & doces", Niche.RESTAURANT),
        (Locale.PT_BR, "confeitria", Niche.RESTAURANT),
        (Locale.PT_BR, "Fisioterapia", Niche.DENTIST),
        (Locale.PT_BR, "Aulas de violão", Niche.GENERAL),
        (Locale.ES, "Cerrajería y llaves", Niche.PLUMBER),
        (Locale.ES, "Lavandería", Niche.CLEANING),
        (Locale.ES, "Clases de guitarra", Niche.GENERAL),
    ],
)
def test_another_trade_takes_the_words_of_the_nearest_niche(locale: Locale, trade: str, niche: Niche) -> None:
    brief = full(locale, Niche.OTHER, custom_niche=trade)
    assert plan_niche(brief) is niche
    assert NO_WORDS.search(_sentences(spec(brief))) is None


@pytest.mark.parametrize("locale", Locale)
def test_the_messages_hold_no_cliche_and_no_exclamation(locale: Locale) -> None:
    assert not cliches(locale).search(source(locale))
    assert "!" not in source(locale)


@pytest.mark.parametrize("locale", Locale)
@pytest.mark.parametrize("niche", Niche)
def test_the_smallest_and_the_fullest_brief_give_a_site_without_holes(locale: Locale, niche: Niche) -> None:
    smallest = small(locale=locale, niche=niche, custom_niche="Bakery" if niche is Niche.OTHER else None)
    for brief in (smallest, full(locale, niche)):
        site = spec(brief)
        assert not NO_WORDS.search(_sentences(site))
        assert all(len(page.title) <= 65 and 50 <= len(page.description) <= 165 for page in site.pages)


def _sentences(site: SiteSpec) -> str:
    lines = []
    for page in site.pages:
        lines += [page.title, page.description]
        for section in page.sections:
            lines += [section.heading, *section.paragraphs, *(p for item in section.items for p in item.paragraphs)]
    return "\n".join(lines)


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("variation", range(4))
def test_titles_and_descriptions_are_of_good_length_and_no_two_alike(number: int, variation: int) -> None:
    site = spec(sample(number), variation)
    titles, descriptions = [p.title for p in site.pages], [p.description for p in site.pages]
    assert all(30 <= len(title) <= 65 for title in titles)
    assert all(50 <= len(description) <= 165 for description in descriptions)
    assert len(set(titles)) == len(set(descriptions)) == len(site.pages)


@pytest.mark.parametrize("number", NUMBERS)
def test_every_fact_meant_for_visitors_is_on_the_site(number: int) -> None:
    brief = sample(number)
    page_text = "\n".join(
        part
        for page in spec(brief).pages
        for section in page.sections
        for part in (
            section.heading,
            *section.paragraphs,
            *(text for item in section.items for text in (item.title, item.detail or "", *item.paragraphs)),
        )
    )
    facts = derive(brief)
    wanted: list[str | None] = [service.name for service in brief.services]
    wanted += [service.description for service in brief.services if service.description]
    wanted += [line for text in (brief.description, brief.about_owner) for line in (text or "").split("\n") if line]
    wanted += [member.name for member in brief.team] + [member.role for member in brief.team if member.role]
    wanted += [said.text for said in brief.testimonials] + [said.author for said in brief.testimonials]
    wanted += [*brief.service_areas, brief.address.city, brief.address.street, brief.address.postal_code]
    wanted += [brief.email, *(number.text for number in (facts.phone, facts.whatsapp) if number)]
    wanted += [str(brief.years_in_business or "")]
    assert [fact for fact in wanted if fact and fact not in page_text] == []


@pytest.mark.parametrize("number", NUMBERS)
def test_what_steers_is_never_printed(number: int) -> None:
    brief = sample(number)
    site = text_of(spec(brief))
    steering = [brief.objective, *brief.seo.keywords]
    assert [words for words in steering if words and words in site] == []
    assert text_of(spec(sample(number, objective="Zzyzx", seo={"keywords": ["Zzyzx"]}))).count("Zzyzx") == 0


def test_the_customers_own_title_and_description_are_used() -> None:
    home = spec(sample(1)).pages[0]
    assert home.title == "Dentista em Campinas | Clínica Sorriso Vivo"
    assert home.description.startswith("Limpeza, clareamento, implante")


def test_the_recife_lawyer_has_no_years_and_no_praise() -> None:
    site = text_of(spec(sample(2)))
    assert not re.search(r"\banos?\b|melhor|maior|garant|R\$", site)


def test_the_confectioner_has_a_short_name_in_sentences_and_the_full_one_in_the_title() -> None:
    site = spec(sample(3))
    assert site.identity.short_name == "Doce d'Alma & Filhos"
    assert site.pages[0].title == "Doce d'Alma & Filhos — Confeitaria Artesanal, Bolos de Festa"
    pricing = next(page for page in site.pages if page.kind == "pricing").sections[0]
    assert {item.paragraphs for item in pricing.items} <= {(text,) for text in on_request(Locale.PT_BR)}
    assert "R$" not in text_of(site)
    assert {section.kind.value for page in site.pages for section in page.sections}.isdisjoint({"team", "hours"})


def test_the_miami_cleaners_are_addressed_as_usted_with_a_twelve_hour_clock() -> None:
    site = text_of(spec(sample(6)))
    assert "8:00 a. m. a 6:00 p. m." in site
    assert "https://wa.me/13055550162" in site
    assert not re.search(r"\b(?:tú|tu|tus|te|contigo|escríbenos|llámanos)\b", site, re.IGNORECASE)


def test_spain_asks_for_a_presupuesto_and_mexico_for_a_cotizacion() -> None:
    for country, word, other in (("ES", "presupuesto", "cotización"), ("MX", "cotización", "presupuesto")):
        site = text_of(spec(small(locale="es", address={"city": "X", "country": country}, pages=["home", "pricing"])))
        assert word in site
        assert other not in site


def on_request(locale: Locale) -> set[str]:
    """What stands where no price is given."""
    return {copy_of(locale).text("pricing-item", form=form) for form in copy_of(locale).forms("pricing-item")}


def test_prices_that_are_given_are_told_and_no_others() -> None:
    services = [{"name": "Repairs", "description": "From $80 an hour. Same van."}, {"name": "Paint"}]
    pricing = spec(small(services=services)).pages[2].sections[0]
    assert pricing.items[0].paragraphs == ("From $80 an hour.",)
    assert pricing.items[1].paragraphs[0] in on_request(Locale.EN)


def test_one_year_is_singular() -> None:
    assert "há um ano" in text_of(spec(full(Locale.PT_BR, Niche.GENERAL, years_in_business=1))).lower()
    assert "year" not in text_of(spec(full(Locale.EN, Niche.GENERAL, years_in_business=0)))


def test_the_same_brief_has_the_same_words_and_other_businesses_others() -> None:
    assert spec(sample(4)) == spec(sample(4))
    headings = set()
    for number in range(10):
        site = spec(sample(4, business_name=f"Shop {number} Plumbing"))
        headings.add(site.pages[0].sections[0].heading.replace(f"Shop {number} Plumbing", ""))
    assert len(headings) > 1


def test_text_at_its_limits_still_makes_a_site() -> None:
    brief = small(
        business_name="Nome " * 31,
        address={"city": "Cidade " * 22, "street": "漢" * 300, "state": "Estado " * 20},
        services=[{"name": f"{n} {'palavra ' * 19}", "description": "x " * 2_000} for n in range(30)],
        service_areas=[f"{n} {'bairro ' * 20}" for n in range(50)],
        team=[{"name": f"{n} {'nome ' * 25}", "role": "cargo " * 45} for n in range(50)],
        cta_text="botão " * 50,
        seo={"title": "T" * 300, "description": "D" * 300},
        years_in_business=400,
    )
    assert len(spec(brief).pages) == 5


def test_the_home_page_shows_the_beginning_of_what_has_a_page_of_its_own() -> None:
    told = "We come on the day we said, and you get the price in writing before we begin. "
    services = [{"name": f"Service {n}", "description": told * 4} for n in range(30)]
    site = spec(small(services=services, description=told * 20))
    home, pages = site.pages[0], {page.kind: page for page in site.pages}
    shown = {section.kind: section for section in home.sections}
    assert len(shown[SectionKind.SERVICES].items) == SHOWN_SERVICES
    assert len(pages[PageKind.SERVICES].sections[0].items) == len(services)
    [beginning] = shown[SectionKind.ABOUT].paragraphs
    assert told.strip() in beginning
    assert len(beginning) <= ABOUT_MAX
    assert (told * 20).strip() in pages[PageKind.ABOUT].sections[0].paragraphs


def test_days_languages_and_places_keep_their_capital() -> None:
    services = [{"name": "Sunday lunch"}, {"name": "Spanish lessons"}, {"name": "Austin tours"}, {"name": "Dinner"}]
    lead = spec(small(services=services)).pages[0].sections[0].paragraphs[0]
    assert "Sunday lunch, Spanish lessons, Austin tours, and dinner" in lead
