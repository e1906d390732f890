"""What a profession may not say of itself."""

import pytest

from generation.contracts import Brief, PageKind
from generation.law import lawful
from generation.pipeline.brief import derive
from generation.pipeline.plan import plan
from tests.generation.briefs import sample

VOICE = {"author": "Ana", "text": "Ganhou a minha causa."}


def lawyer(**changes: object) -> Brief:
    return sample(2, **changes)


def test_lawyers_in_brazil_have_no_testimonials_and_no_prices() -> None:
    pages = ["home", "services", "pricing", "testimonials", "contact"]
    brief = lawyer(testimonials=[VOICE], pages=pages)
    made = plan(brief, derive(brief), theme="prisma", variation=0)
    assert [page.kind for page in made.pages] == [PageKind.HOME, PageKind.SERVICES, PageKind.CONTACT]
    assert [(n.code, n.detail) for n in made.notices] == [
        ("page_unlawful", "pricing"),
        ("page_unlawful", "testimonials"),
        ("testimonials_unlawful", "1"),
        ("form_by_mail", "contato@mouracavalcanti.adv.br"),
    ]
    assert not any(section.kind == "testimonials" for page in made.pages for section in page.sections)


def test_lawyers_elsewhere_may() -> None:
    address = {"city": "Austin", "country": "US"}
    brief = lawyer(testimonials=[VOICE], address=address, phone=None)
    assert lawful(brief) == (brief, ())


@pytest.mark.parametrize(
    "sentence",
    [
        "Somos os melhores do Recife.",
        "O maior escritório da cidade.",
        "Garantimos o seu direito.",
        "Aqui é causa ganha.",
        "Consulta por R$ 100.",
        "Primeira consulta gratuita.",
        "Escritório número um em divórcios.",
    ],
)
def test_sentences_that_lawyers_may_not_publish_are_left_out(sentence: str) -> None:
    brief, notices = lawful(lawyer(description=f"Atendemos no centro. {sentence} Fale conosco."))
    assert brief.description == "Atendemos no centro. Fale conosco."
    assert [(n.code, n.where, n.detail) for n in notices] == [("sentence_unlawful", "description", "2")]


def test_sentences_are_counted_over_paragraphs() -> None:
    _, notices = lawful(lawyer(description="Um. Dois.\n\nTrês. Somos os melhores."))
    assert [notice.detail for notice in notices] == ["4"]


def test_a_sober_text_stays_to_the_letter() -> None:
    brief = sample(2)
    assert lawful(brief) == (brief, ())


def test_dentists_in_brazil_give_no_prices() -> None:
    services = [{"name": "Clareamento", "description": "Em duas sessões. De R$ 900 por 10x de R$ 80."}]
    brief, notices = lawful(sample(1, services=services, primary_service=None))
    assert brief.services[0].description == "Em duas sessões."
    assert [(n.where, n.detail) for n in notices] == [("services.0.description", "2")]
    assert brief.testimonials


@pytest.mark.parametrize(
    "sentence",
    ["A safe neighborhood.", "Perfect for young families.", "No kids, please.", "Close to a church.", "Adults only."],
)
def test_real_estate_in_the_usa_steers_nobody(sentence: str) -> None:
    brief, notices = lawful(sample(5, description=f"Brokerage in Asheville. {sentence}"))
    assert brief.description == "Brokerage in Asheville."
    assert [notice.code for notice in notices] == ["sentence_unlawful"]


def test_pages_that_are_all_forbidden_leave_the_home_page() -> None:
    brief, _ = lawful(lawyer(pages=["pricing"]))
    assert brief.pages == (PageKind.HOME,)
