"""Which pages and sections a site has, and where its main button leads."""

from typing import Any

import pytest

from generation import themes
from generation.contracts import Brief, PageKind, SectionKind, SitePlan
from generation.errors import StepFailed
from generation.notices import words
from generation.pipeline.brief import derive
from generation.pipeline.plan import HOME_ORDERS, plan
from tests.generation.briefs import NUMBERS, sample, small


def planned(brief: Brief, variation: int = 0) -> SitePlan:
    return plan(brief, derive(brief), theme="prisma", variation=variation)


def kinds(made: SitePlan) -> list[str]:
    return [page.kind.value for page in made.pages]


def sections(made: SitePlan, page: PageKind) -> list[str]:
    return next([s.kind.value for s in p.sections] for p in made.pages if p.kind is page)


def notices(made: SitePlan) -> list[tuple[str, str]]:
    return [(notice.code, notice.detail) for notice in made.notices]


@pytest.mark.parametrize(
    ("number", "files"),
    [
        (1, "index servicos sobre depoimentos duvidas contato"),
        (2, "index servicos sobre duvidas contato"),
        (3, "index servicos precos depoimentos contato"),
        (4, "index services about testimonials faq contact"),
        (5, "index services about faq contact"),
        (6, "index servicios precios preguntas contacto"),
    ],
)
def test_pages_of_the_samples(number: int, files: str) -> None:
    assert [page.file for page in planned(sample(number)).pages] == [f"{name}.html" for name in files.split()]


def test_a_page_without_content_is_left_out_and_named() -> None:
    made = planned(small(pages=["home", "about", "testimonials", "gallery", "faq", "contact"]))
    assert kinds(made) == ["home", "contact"]
    assert [detail for code, detail in notices(made) if code == "page_left_out"] == [
        "about",
        "testimonials",
        "gallery",
        "faq",
    ]


def test_without_pages_those_with_content_are_made_and_nothing_is_missed() -> None:
    made = planned(sample(1, pages=None))
    assert kinds(made) == ["home", "services", "about", "testimonials", "faq", "contact"]
    assert not made.notices


def test_a_pricing_page_is_made_unasked_only_where_there_is_a_price() -> None:
    assert "pricing" not in kinds(planned(small()))
    assert "pricing" in kinds(planned(small(services=[{"name": "Repairs", "description": "From $80 an hour."}])))


def test_home_is_always_there() -> None:
    assert kinds(planned(small(pages=["contact"]))) == ["home", "contact"]


def test_what_has_no_page_of_its_own_stands_on_the_home_page() -> None:
    everything = sample(4, pages=["home"])
    on_home = set(sections(planned(everything), PageKind.HOME))
    assert on_home == {"hero", "services", "about", "team", "testimonials", "areas", "hours", "contact"}
    with_pages = set(sections(planned(sample(4)), PageKind.HOME))
    assert with_pages == {"hero", "services", "about", "testimonials", "areas", "call"}


def test_empty_is_absent() -> None:
    assert sections(planned(small(pages=["home"])), PageKind.HOME) == ["hero", "services", "contact"]


def test_every_variant_is_one_that_the_theme_draws() -> None:
    drawn = themes.load("prisma").variants
    for number in NUMBERS:
        for page in planned(sample(number)).pages:
            assert all(section.variant in drawn[section.kind] for section in page.sections)


def test_the_seed_and_another_look_change_the_layout() -> None:
    def layout(brief: Brief, variation: int) -> tuple[Any, ...]:
        home = planned(brief, variation).pages[0]
        return tuple((section.kind, section.variant) for section in home.sections)

    names = [sample(4, business_name=f"Shop {n}") for n in range(10)]
    assert len({layout(brief, 0) for brief in names}) >= 4
    assert len({layout(sample(4), variation) for variation in range(10)}) >= 4
    assert layout(sample(4), 0) == layout(sample(4, phone="(512) 555-0199"), 0)


def test_variants_are_those_that_the_content_fills() -> None:
    needs = themes.load("prisma").needs
    for variation in range(12):
        one_voice = planned(sample(6), variation).pages[0]
        drawn = {section.kind: section.variant for section in one_voice.sections}
        assert drawn[SectionKind.TESTIMONIALS] != "columns"
        assert drawn[SectionKind.SERVICES] != "columns"  # three entries in two columns leave a hole
    assert needs["testimonials-columns"].items[0] == 2


def test_every_home_order_has_the_same_sections() -> None:
    assert {tuple(sorted(order.split())) for order in HOME_ORDERS.values()} == {
        ("about", "areas", "gallery", "services", "team", "testimonials")
    }


@pytest.mark.parametrize(
    ("cta", "href"),
    [
        ("call", "tel:+15125550134"),
        ("whatsapp", "https://wa.me/15125550135"),
        ("email", "mailto:a+b@norte.example?subject=Ask%20us"),
        ("form", "mailto:a+b@norte.example?subject=Ask%20us"),
        ("book_online", "https://book.example/norte"),
    ],
)
def test_the_main_button_leads_where_it_was_asked_to(cta: str, href: str) -> None:
    brief = small(
        primary_cta=cta, cta_text="Ask us", phone="(512) 555-0134", whatsapp="(512) 555-0135",
        email="a+b@norte.example", booking_url="https://book.example/norte",
    )  # fmt: skip
    made = planned(brief)
    assert made.action.label == "Ask us"
    assert made.action.href.replace("%2B", "+") == href
    assert [code for code, _ in notices(made)] == (["form_by_mail"] if cta == "form" else [])


def test_a_button_whose_contact_is_missing_takes_another_and_other_words() -> None:
    made = planned(small(primary_cta="whatsapp", cta_text="Write on WhatsApp"))
    assert made.action.href.startswith("mailto:hi@norte.example")
    assert "WhatsApp" not in made.action.label
    assert [code for code, _ in notices(made)] == ["action_changed"]


def test_an_unknown_theme_fails_with_the_known_names() -> None:
    brief = small()
    with pytest.raises(StepFailed, match="prisma") as failed:
        plan(brief, derive(brief), theme="baroque", variation=0)
    assert failed.value.code == "theme_unknown"


def test_sections_close_with_a_call_where_no_contacts_stand() -> None:
    for page in planned(sample(1)).pages:
        shown = {section.kind for section in page.sections}
        assert (SectionKind.CALL in shown) != (SectionKind.CONTACT in shown)


def test_every_notice_has_words() -> None:
    changes: list[dict[str, Any]] = [
        {"pages": ["pricing"], "description": "Somos os melhores.", "primary_cta": "whatsapp"},
        {"testimonials": [{"author": "Ana", "text": "Bom."}], "pages": ["gallery"]},
    ]
    made = [notice for change in changes for notice in planned(sample(2, **change)).notices]
    assert {notice.code for notice in made} == {
        "page_unlawful",
        "sentence_unlawful",
        "testimonials_unlawful",
        "page_left_out",
        "action_changed",
        "form_by_mail",
    }
    assert all(notice.where in words(notice) for notice in made)
