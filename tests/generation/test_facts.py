"""What the first step derives from a brief."""

import pytest

from generation.contracts import Niche
from generation.niches import SCHEMA_TYPES
from generation.pipeline.brief import currency_of, derive
from tests.generation.briefs import NUMBERS, sample, small


def test_every_niche_has_a_type() -> None:
    assert set(SCHEMA_TYPES) == set(Niche)


@pytest.mark.parametrize(
    ("number", "language", "country", "currency", "schema_type"),
    [
        (1, "pt-BR", "BR", "BRL", "Dentist"),
        (2, "pt-BR", "BR", "BRL", "LegalService"),
        (3, "pt-BR", "BR", "BRL", "LocalBusiness"),
        (4, "en-US", "US", "USD", "Plumber"),
        (5, "en-US", "US", "USD", "RealEstateAgent"),
        (6, "es-US", "US", "USD", "HomeAndConstructionBusiness"),
    ],
)
def test_facts_of_the_samples(number: int, language: str, country: str, currency: str, schema_type: str) -> None:
    facts = derive(sample(number))
    assert (facts.language, facts.country, facts.currency, facts.schema_type) == (
        language,
        country,
        currency,
        schema_type,
    )


@pytest.mark.parametrize(
    ("locale", "country", "language"),
    [("es", "MX", "es-MX"), ("es", "ES", "es-ES"), ("es", None, "es"), ("en", "GB", "en-GB"), ("en", "JP", "en"),
     ("pt-BR", "PT", "pt-BR")],
)  # fmt: skip
def test_the_region_of_a_language_follows_the_country(locale: str, country: str | None, language: str) -> None:
    assert derive(small(locale=locale, address={"city": "X", "country": country})).language == language


def test_a_country_that_was_not_given_is_noted() -> None:
    facts = derive(small(locale="es", phone="+52 55 1234 5678"))
    assert (facts.country, facts.language) == ("MX", "es-MX")
    assert ("country_inferred", "MX") in [(notice.code, notice.detail) for notice in facts.notices]
    assert "country_inferred" not in [notice.code for notice in derive(sample(1)).notices]


def test_a_site_without_address_has_a_reserved_one_and_says_so() -> None:
    facts = derive(sample(3))
    assert facts.site_url == "https://doce-d-alma-filhos.example/"
    assert facts.site_url_reserved
    assert [notice.code for notice in facts.notices] == ["site_url_reserved"]


@pytest.mark.parametrize(
    ("given", "root"),
    [
        ("https://Norte.com.br", "https://Norte.com.br/"),
        ("https://norte.com/site/?a=1#b", "https://norte.com/site/"),
        ("https://norte.com/site//", "https://norte.com/site/"),
    ],
)
def test_a_given_address_becomes_a_root(given: str, root: str) -> None:
    facts = derive(small(site_url=given))
    assert facts.site_url.lower() == root.lower()
    assert not facts.site_url_reserved
    assert [notice.code for notice in facts.notices] == ["country_inferred"]


def test_a_name_that_leaves_no_slug_still_has_an_address() -> None:
    facts = derive(small(business_name="🍰"))
    assert facts.site_url == f"https://{facts.slug}.example/"
    assert facts.slug.startswith("site-")


def test_an_unknown_country_has_no_money() -> None:
    assert currency_of(None) is None


@pytest.mark.parametrize("number", NUMBERS)
def test_deriving_twice_gives_the_same(number: int) -> None:
    assert derive(sample(number)).model_dump_json() == derive(sample(number)).model_dump_json()
