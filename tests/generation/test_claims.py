"""What finished pages say: the ledger of their claims, and the law of the profession over them."""

import pytest

from generation.artifacts import MemoryFiles
from generation.contracts import Brief, Severity, SiteFiles, SiteReport
from generation.errors import StepFailed
from generation.pipeline.brief import derive
from generation.pipeline.check import check
from generation.pipeline.render import render
from generation.pipeline.verify import Truth, require_passed, verify
from tests.generation.briefs import NUMBERS, sample, small, spec, written


def reported(brief: Brief, old: str = "", new: str = "") -> SiteReport:
    """The report of a brief's site, in whose home page some words were changed."""
    store = MemoryFiles()
    files = dict(render(spec(brief), store).files)
    home = store.get(files["index.html"].sha256).decode()
    assert old in home
    files["index.html"] = store.put(home.replace(old, new, 1).encode())
    return verify(spec(brief), SiteFiles(files=files), store, Truth(brief, derive(brief)))


def codes(report: SiteReport) -> set[str]:
    return {found.code for found in report.findings}


@pytest.mark.parametrize("number", NUMBERS)
def test_every_claim_of_every_sample_points_to_a_field(number: int) -> None:
    report = reported(sample(number))
    assert report.findings == ()
    assert all(entry.source for entry in report.ledger)
    assert {entry.where for entry in report.ledger} == {page.file for page in spec(sample(number)).pages}
    looked = {check.name for check in report.checks if check.looked_at}
    assert ("claims" in looked, "law" in looked) == (True, number in (1, 2, 5))  # dentist, lawyer, US real estate


def test_the_ledger_names_field_and_rule() -> None:
    home = {entry.text: entry.source for entry in reported(sample(4)).ledger if entry.where == "index.html"}
    assert home["Pflugerville"] == "service_areas.3"
    assert home["22"] == "years_in_business (formatted)"
    assert home["(512) 555-0134"] in ("phone", "cta_text")
    assert home["monday to friday"] == "hours (formatted)"


@pytest.mark.parametrize(
    "invented",
    [
        "Since 1987.",
        "Twelve plumbers.",
        "Ask for our man Patrick.",
        "At your door within an hour.",
        "Open Sundays.",
        "Satisfaction guaranteed.",
        "Voted best in town.",
        "From $49.",
        "Fully insured.",
    ],
)
def test_what_the_pages_say_beyond_the_brief_stops_the_site(invented: str) -> None:
    report = reported(sample(4), "</h1>", f"</h1><p>{invented}</p>")
    assert codes(report) == {"claim_unfounded"}
    with pytest.raises(StepFailed, match="no field"):
        require_passed(report)


def test_what_the_law_took_out_of_the_brief_grounds_nothing() -> None:
    brief = sample(2, description="Atendemos no centro. Garantimos o resultado.")
    report = reported(brief, "</h1>", "</h1><p>Garantimos o resultado.</p>")
    assert {"law_broken", "claim_unfounded"} <= codes(report)


def test_a_name_that_the_profession_forbids_is_found_on_the_page() -> None:
    services = [{"name": "Divórcio"}, {"name": "Primeira consulta gratuita"}]
    report = reported(sample(2, services=services, primary_service=None))
    assert "law_broken" in codes(report)


def test_a_dentist_in_brazil_is_told_that_the_number_of_the_register_is_missing() -> None:
    dentist = {"locale": "pt-BR", "niche": "dentist", "services": [{"name": "Limpeza"}]}
    missing = reported(small(**dentist, address={"city": "Campinas", "country": "BR"}))
    (found,) = missing.findings
    assert (found.code, found.severity, found.detail) == ("registration_missing", Severity.WARNING, "CRO")
    require_passed(missing)
    assert codes(reported(small(**dentist, address={"city": "Lisboa", "country": "PT"}))) == set()


def test_a_spec_without_its_brief_is_checked_for_all_but_its_claims() -> None:
    store = MemoryFiles()
    site = spec(sample(4))
    report = verify(site, render(site, store), store)
    assert report.ledger == ()
    assert "claims" not in {check.name for check in report.checks}


@pytest.mark.parametrize(
    ("words", "passes"), [("Look no further.", False), ("Call us! Now!", False), ("Call us!", True)]
)
def test_hollow_words_and_a_second_exclamation_mark_stop_the_step(words: str, passes: bool) -> None:
    brief = sample(4)
    facts, planned, copy = written(brief)
    home = copy.pages[0]
    first, *others = home.sections
    heading = first.heading.model_copy(update={"text": words})
    home = home.model_copy(update={"sections": (first.model_copy(update={"heading": heading}), *others)})
    changed = copy.model_copy(update={"pages": (home, *copy.pages[1:])})
    if passes:
        assert check(brief, facts, planned, changed).pages[0].sections[0].heading == words
    else:
        with pytest.raises(StepFailed) as failed:
            check(brief, facts, planned, changed)
        assert failed.value.code == "hollow_words"


def test_the_customers_own_hollow_words_stay() -> None:
    brief = sample(4, description="Look no further! Peace of mind! We fix leaks!", services=[{"name": "Solutions!"}])
    assert "Look no further!" in spec(brief).model_dump_json()
