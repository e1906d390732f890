"""The fact check on sentences that people wrote for it: half to tune it on, half to say how good it is."""

import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from generation.contracts import Brief, Locale
from generation.ledger import Grounds
from generation.pipeline.brief import derive

CORPUS = Path(__file__).with_name("corpus")
RECALL, FALSE_ALARMS = 0.9, 0.1


class Judged(NamedTuple):
    """How many sentences there were, and those that were judged wrongly."""

    sentences: int
    wrong: list[str]


def corpus(locale: Locale) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((CORPUS / f"{locale}.json").read_text(encoding="utf-8"))
    return told


def judged(locale: Locale, half: str, kind: str) -> Judged:
    told = corpus(locale)
    sentences, wrong = 0, []
    for name, texts in told[half][kind].items():
        brief = Brief.model_validate(told["briefs"][name])
        grounds = Grounds(brief, derive(brief))
        sentences += len(texts)
        for text in texts:
            without = [found for found, source in grounds.entries(text) if source is None]
            if bool(without) != (kind == "invented"):
                wrong.append(f"{name}: {text} {without}")
    return Judged(sentences, wrong)


@pytest.mark.parametrize("locale", Locale)
@pytest.mark.parametrize("half", ["tuning", "reporting"])
def test_invented_facts_are_found_and_honest_sentences_pass(locale: Locale, half: str) -> None:
    invented, honest = judged(locale, half, "invented"), judged(locale, half, "honest")
    recall = 1 - len(invented.wrong) / invented.sentences
    false_alarms = len(honest.wrong) / honest.sentences
    print(f"{locale} {half}: recall {recall:.2f} of {invented.sentences}, ", end="")  # noqa: T201 -- the figures
    print(f"false alarms {false_alarms:.2f} of {honest.sentences}")  # noqa: T201 -- the figures
    if half == "tuning":
        print("\n".join(invented.wrong + honest.wrong))  # noqa: T201 -- to tune on
    assert recall >= RECALL
    assert false_alarms <= FALSE_ALARMS


@pytest.mark.parametrize("locale", Locale)
def test_the_corpus_has_sixty_of_each_and_no_sentence_twice(locale: Locale) -> None:
    told = corpus(locale)
    for kind in ("invented", "honest"):
        texts = [text for half in ("tuning", "reporting") for each in told[half][kind].values() for text in each]
        assert len(texts) == len(set(texts)) >= 60
