"""Briefs for tests: the samples as they are after cleaning, and small ones."""

import json
from pathlib import Path
from typing import Any

from generation.contracts import Brief, Facts, SiteCopy, SitePlan, SiteSpec
from generation.pipeline.brief import derive
from generation.pipeline.check import check
from generation.pipeline.plan import plan
from generation.pipeline.write import write

SAMPLES = Path(__file__).parents[2] / "samples"
NUMBERS = range(1, 7)
NOT_IN_A_BRIEF = ("colours", "social")

# What cleaning makes of the third sample.
_CLEAN = {
    "custom_niche": 'Confeitaria & "bolos de festa" artesanais',
    "primary_service": "Bolo de festa",
    "description": "Confeitaria de família no Tatuapé. A Dona Conceição faz os bolos; os filhos d'ela cuidam das "
    "entregas.\n\nAceitamos encomendas por WhatsApp.",
}


def answers(number: int) -> dict[str, Any]:
    """The onboarding answers of a sample by its number, cleaned."""
    path = next(SAMPLES.glob(f"{number:02}-*.json"))
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    if number == 3:
        data |= _CLEAN
        data["services"][0]["name"] = "Bolo de festa"
        data["services"][0]["description"] = (
            "A partir de 2 kg. Encomende com 3 dias de antecedência & retire na loja. "
            'Massa: pão-de-ló, "red velvet" ou chocolate 50%.'
        )
    return data


def sample(number: int, **changes: Any) -> Brief:
    """The brief of a sample, with some answers changed."""
    data = answers(number) | changes
    colours = {key: value.lower() for key, value in data.pop("colours").items() if len(value) == 7 and value[0] == "#"}
    links = [{"network": key, "url": url} for key, url in data.pop("social").items() if url.startswith("https:")]
    return Brief.model_validate(data | {"colours": colours, "social": links})


def small(**changes: Any) -> Brief:
    """The smallest brief that there is, with some answers more."""
    answers: dict[str, Any] = {
        "business_name": "Norte",
        "niche": "general",
        "locale": "en",
        "address": {"city": "Austin"},
        "email": "hi@norte.example",
        "services": [{"name": "Repairs"}],
    }
    return Brief.model_validate(answers | changes)


def written(brief: Brief, variation: int = 0) -> tuple[Facts, SitePlan, SiteCopy]:
    """What the first three steps make of a brief."""
    facts = derive(brief)
    planned = plan(brief, facts, theme="prisma", variation=variation)
    return facts, planned, write(brief, facts, planned, variation=variation, say=_keep_quiet)


def spec(brief: Brief, variation: int = 0) -> SiteSpec:
    """What the first four steps make of a brief."""
    return check(brief, *written(brief, variation))


def _keep_quiet(message: str, /, **values: str | int) -> None:
    """Takes reports of progress and tells nobody."""
