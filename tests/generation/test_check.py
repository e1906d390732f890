"""The fact check: what no fact says stops the step, and facts are shown to the letter."""

import pytest

from generation.contracts import Claim, Facts, SectionKind, SiteCopy, SitePlan
from generation.errors import StepFailed
from generation.notices import words
from generation.pipeline.check import check
from tests.generation.briefs import sample, spec, written


@pytest.fixture
def made() -> tuple[Facts, SitePlan, SiteCopy]:
    return written(sample(4))


def with_heading(copy: SiteCopy, claim: Claim) -> SiteCopy:
    """The copy with other words at the head of the home page."""
    home = copy.pages[0]
    hero = home.sections[0].model_copy(update={"heading": claim})
    home = home.model_copy(update={"sections": (hero, *home.sections[1:])})
    return copy.model_copy(update={"pages": (home, *copy.pages[1:])})


@pytest.mark.parametrize(
    "text",
    [
        "Plumbers since 1987",
        "Leak repair from $49",
        "Call (512) 555-0199",
        "Write to boss@orourke.example",
        "See www.orourke.example",
        "See orourke.com for more",
        "The best plumbers in Austin",
        "Guaranteed work",
        "Award winning",
        "Free estimates",
        "Insured and certified",
        "License RMP-99999",
        "Open 24/7",
    ],
)
def test_what_no_fact_says_fails_the_step(made: tuple[Facts, SitePlan, SiteCopy], text: str) -> None:
    facts, planned, copy = made
    claim = Claim(text=text, facts=("business_name", "description", "phone", "services"))
    with pytest.raises(StepFailed) as failed:
        check(sample(4), facts, planned, with_heading(copy, claim))
    assert failed.value.code == "invented_fact"
    assert text in failed.value.detail


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("22 years in business", "years_in_business"),
        ("Licensed, RMP-41877", "description"),
        ("Call (512) 555-0134", "phone"),
        ("Monday to Friday, 7 am", "hours"),
        ("Find us at 4102 Burnet Rd, 78756", "address"),
    ],
)
def test_what_its_facts_say_passes_and_what_others_say_does_not(
    made: tuple[Facts, SitePlan, SiteCopy], text: str, fact: str
) -> None:
    facts, planned, copy = made
    site = check(sample(4), facts, planned, with_heading(copy, Claim(text=text, facts=(fact,))))
    assert site.pages[0].sections[0].heading == text
    with pytest.raises(StepFailed):
        check(sample(4), facts, planned, with_heading(copy, Claim(text=text, facts=("niche",))))


def test_a_claim_on_a_field_that_is_not_there_fails(made: tuple[Facts, SitePlan, SiteCopy]) -> None:
    facts, planned, copy = made
    with pytest.raises(StepFailed, match=r"services\.9\.name"):
        check(sample(4), facts, planned, with_heading(copy, Claim(text="Pipes", facts=("services.9.name",))))


def test_copy_of_another_plan_fails(made: tuple[Facts, SitePlan, SiteCopy]) -> None:
    facts, planned, copy = made
    shorter = copy.model_copy(update={"pages": copy.pages[:-1]})
    with pytest.raises(StepFailed) as failed:
        check(sample(4), facts, planned, shorter)
    assert failed.value.code == "copy_not_as_planned"


def test_a_writer_may_not_word_the_testimonials(made: tuple[Facts, SitePlan, SiteCopy]) -> None:
    facts, planned, copy = made
    entries = next(s.items for s in copy.pages[0].sections if s.section is SectionKind.SERVICES)
    home = copy.pages[0]
    sections = tuple(
        section.model_copy(update={"items": entries}) if section.section is SectionKind.TESTIMONIALS else section
        for section in home.sections
    )
    forged = copy.model_copy(update={"pages": (home.model_copy(update={"sections": sections}), *copy.pages[1:])})
    with pytest.raises(StepFailed, match="testimonials are facts"):
        check(sample(4), facts, planned, forged)


def test_testimonials_are_shown_to_the_letter() -> None:
    brief = sample(3)
    site = spec(brief)
    shown = [
        item
        for page in site.pages
        for section in page.sections
        if section.kind == "testimonials"
        for item in section.items
    ]
    assert {(item.title, *item.paragraphs) for item in shown} == {
        (said.author, said.text) for said in brief.testimonials
    }


def test_links_of_services_lead_to_their_anchors(made: tuple[Facts, SitePlan, SiteCopy]) -> None:
    site = check(sample(4), *made)
    home, services = site.pages[0], site.pages[1]
    anchors = [f"{services.file}#{item.anchor}" for item in services.sections[0].items]
    links = [item.href for section in home.sections if section.kind == "services" for item in section.items]
    assert links == anchors
    assert len(set(anchors)) == len(anchors)


def test_services_of_one_name_have_anchors_of_their_own() -> None:
    brief = sample(4, services=[{"name": "Hours"}, {"name": "Repair"}, {"name": "Repair!"}, {"name": "24 things"}])
    site = spec(brief)
    assert [item.anchor for item in site.pages[1].sections[0].items] == ["hours-1", "repair", "repair-3", "s-24-things"]


def test_warnings_inferences_and_left_out_pages_come_along() -> None:
    brief = sample(3)
    site = spec(brief)
    assert [notice.code for notice in site.notices] == ["site_url_reserved", "page_left_out"]
    assert words(site.notices[1]) == "pages: the page “gallery” was asked for, but there is nothing to show on it."
    assert site.identity.areas == brief.service_areas
    assert site.identity.address.street is None
