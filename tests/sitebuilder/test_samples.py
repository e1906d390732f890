"""The six sample onboardings as finished pages: what must be true of each (samples/README.md)."""

from __future__ import annotations

import json
from functools import cache

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from generation.artifacts import MemoryFiles
from generation.contracts import SiteFiles, SiteReport
from generation.pipeline.run import Run
from generation.pipeline.steps import STEPS
from orders.brief import make_brief
from orders.onboarding_file import read_file
from tests.support.processes import ROOT

SAMPLES = sorted((ROOT / "samples").glob("*.json"))
DENTIST, LAWYER, BAKERY, PLUMBER, REALTOR, CLEANING = (path.stem for path in SAMPLES)


@cache
def made(sample: str, site_url: str | None = None) -> tuple[dict[str, str], SiteReport]:
    """The pages of the sample's site by name, and its report."""
    run = Run(
        brief=make_brief(read_file(ROOT / "samples" / f"{sample}.json"), site_url=site_url),
        theme="prisma",
        variation=0,
        files=MemoryFiles(),
        say=lambda *_line, **_values: None,
    )
    for step in STEPS:
        run.outputs[step.name] = step.work(run)
    pages = {
        path: run.files.get(ref.sha256).decode()
        for path, ref in run.of(SiteFiles).files.items()
        if path.endswith(".html")
    }
    return pages, run.of(SiteReport)


def text_of(sample: str) -> str:
    """All that a visitor of the site can read, with single spaces."""
    pages, _report = made(sample)
    bodies = (LexborHTMLParser(page).body for page in pages.values())
    return " ".join(" ".join(body.text(separator=" ").split()) for body in bodies if body)


def first(page: str, selector: str) -> LexborNode:
    node = LexborHTMLParser(page).css_first(selector)
    assert node is not None, selector
    return node


def warnings_of(sample: str) -> set[tuple[str, str]]:
    return {(warned.notice.code, warned.notice.where) for warned in made(sample)[1].warnings}


@pytest.mark.parametrize("sample", [path.stem for path in SAMPLES])
def test_every_sample_gives_a_site_without_findings(sample: str) -> None:
    _pages, report = made(sample)

    assert report.findings == ()
    assert all(check.looked_at for check in report.checks)


@pytest.mark.parametrize("sample", [DENTIST, PLUMBER])
def test_every_fact_for_visitors_is_on_the_site_and_what_steers_is_not(sample: str) -> None:
    given = json.loads((ROOT / "samples" / f"{sample}.json").read_text())
    text = text_of(sample)

    shown = [
        *given["service_areas"],
        *(service["name"] for service in given["services"]),
        *(service["description"] for service in given["services"]),
        *(voice["text"] for voice in given["testimonials"]),
        *(voice["author"] for voice in given["testimonials"]),
        *(member["name"] for member in given["team"]),
        *(member["role"] for member in given["team"]),
        given["business_name"], given["email"], given["phone"], given["address"]["street"],
        given["address"]["postal_code"], given["about_owner"], given["description"], str(given["years_in_business"]),
    ]  # fmt: skip
    assert [fact for fact in shown if fact not in text] == []
    assert [word for word in (given["objective"], *given["seo"]["keywords"]) if word in text] == []


@pytest.mark.parametrize("site_url", ["https://dentist.example.com", "https://example.com/dentist/"])
def test_a_site_with_an_address_of_its_own_passes_its_checks_and_says_it_on_paper(site_url: str) -> None:
    pages, report = made(DENTIST, site_url)

    assert report.findings == ()
    assert first(pages["index.html"], ".printed").text(strip=True) == f"{site_url.rstrip('/')}/"


def test_a_lawyer_in_brazil_is_sober() -> None:
    pages, _report = made(LAWYER)
    text = text_of(LAWYER).lower()

    assert "depoimentos.html" not in pages
    assert "OAB/PE 31.842" in text_of(LAWYER)
    assert [word for word in ("melhor", "garanti", "r$", " anos ", "depoimento") if word in text] == []


def test_the_hostile_sample_says_nothing_that_it_was_told_to() -> None:
    pages, _report = made(BAKERY)
    text = text_of(BAKERY)

    for page in pages.values():
        tree = LexborHTMLParser(page)
        assert {node.attributes.get("type") for node in tree.css("script")} <= {"application/ld+json"}
        assert not [node for node in tree.css("*") if any(name.startswith("on") for name in node.attributes)]
        assert not [link for link in tree.css("[href]") if (link.attributes["href"] or "").startswith("javascript")]
        assert "&amp;amp;" not in page
    for absent in ("alert", "{{", "49", "jndi", "instruções", "melhores", "1950", "<b>", "<i>"):
        assert absent not in text, absent


def test_the_hostile_sample_keeps_its_honest_words() -> None:
    pages, _report = made(BAKERY)
    text = text_of(BAKERY)

    for kept in (
        "A partir de 2 kg. Encomende com 3 dias de antecedência & retire na loja.",
        'Massa: pão-de-ló, "red velvet" ou chocolate 50%.',
        "Confeitaria de família no Tatuapé.",
        "Aceitamos encomendas por WhatsApp.",
        'Melhor bolo d\'este lado da cidade!!! 😍😍😍 "nota 10"',
        "sob consulta",
    ):
        assert kept in text, kept
    assert "galeria.html" not in pages
    assert "Equipe" not in text


def test_everything_repaired_or_left_out_of_the_hostile_sample_is_a_warning() -> None:
    assert warnings_of(BAKERY) == {
        ("markup_removed", "custom_niche"),
        ("markup_removed", "services[0].name"),
        ("markup_removed", "services[0].description"),
        ("markup_removed", "primary_service"),
        ("markup_removed", "description"),
        ("braces_left_out", "description"),
        ("colour_dropped", "colours.accent"),
        ("social_completed", "social.instagram"),
        ("social_dropped", "social.facebook"),
        ("site_url_reserved", "site_url"),
        ("page_left_out", "pages"),
    }


def test_without_a_street_only_the_areas_are_told() -> None:
    for sample in (BAKERY, CLEANING):
        business = json.loads(first(made(sample)[0]["index.html"], "script[type='application/ld+json']").text())
        graph = business.get("@graph", [business])
        told = next(node for node in graph if "telephone" in node)
        assert "address" not in told
        assert told["areaServed"]


def test_no_testimonials_given_no_section() -> None:
    assert "testimonials.html" not in made(REALTOR)[0]
    assert "testimonial" not in text_of(REALTOR).lower()


def test_spanish_of_the_united_states() -> None:
    pages, _report = made(CLEANING)

    assert first(pages["index.html"], "html").attributes["lang"] == "es-US"
    assert "8:00 a. m. a 6:00 p. m." in text_of(CLEANING).replace("\N{NO-BREAK SPACE}", " ")
    assert "https://wa.me/13055550162" in pages["index.html"]
    assert "precios.html" in pages
    assert "$" not in first(pages["precios.html"], "body").text()
