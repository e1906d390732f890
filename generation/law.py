"""What a profession may not say of itself in a country: the facts of a brief without what its law forbids.

Lawyers in Brazil: OAB Provimento 205/2021. Dentists in Brazil: CFO Resolução 196/2019 and the code of ethics.
Real estate in the USA: Fair Housing Act, 42 U.S.C. 3604(c).
"""

import re
from itertools import count
from typing import NamedTuple

from .contracts import Brief, Niche, Notice, PageKind, Testimonial
from .contracts.sentences import paragraphs, sentences
from .language.money import PRICE


class Law(NamedTuple):
    """``forbidden`` finds sentences that may not be published; ``pages`` may not be made."""

    pages: frozenset[PageKind]
    forbidden: re.Pattern[str]


_PRICES = (
    rf"{PRICE.pattern}|\d+\s*x\s+(?:de|sem juros)|\bdescontos?\b|\bpromoç(?:ão|ões)\b"
    r"|\bgr[aá]tis\b|\bgratuit[oa]s?\b"
)
_PROMISES = (
    r"\bgarantimos\b|\b(?:resultado|sucesso|vitória)s? (?:é |são )?(?:cert[oa]|garantid[oa])s?"
    r"|\bcausas? ganhas?\b|\bganho de causa\b"
)
_SUPERLATIVES = (
    r"\b(?:[oa]s?|d[oa]s?|n[oa]s?) (?:melhor(?:es)?|maior(?:es)?)\b"
    r"|\bn[º°o.]\s*1\b|\bnúmero (?:1|um)\b|\blíder(?:es)?\b"
)
_STEERING = (
    r"\b(?:safe|exclusive|white|black|hispanic|latino|asian|christian|catholic|jewish|muslim)"
    r"(?: and \w+)? (?:neighbou?rhoods?|communit(?:y|ies)|areas?|famil(?:y|ies)|buyers?)"
    r"|\bfamily[- ]friendly\b|\b(?:no|without) (?:children|kids)\b|\badults? only\b|\bempty nesters?\b"
    r"|\b(?:perfect|ideal|great) for (?:young |growing )?(?:famil(?:y|ies)|couples|singles|professionals)"
    r"|\b(?:near|close to) (?:a |the )?(?:church|synagogue|mosque)"
)


def _law(pages: set[PageKind], *forbidden: str) -> Law:
    return Law(frozenset(pages), re.compile("|".join(forbidden), re.IGNORECASE))


LAWS: dict[tuple[Niche, str], Law] = {
    (Niche.LAWYER, "BR"): _law({PageKind.PRICING, PageKind.TESTIMONIALS}, _PRICES, _PROMISES, _SUPERLATIVES),
    (Niche.DENTIST, "BR"): _law({PageKind.PRICING}, _PRICES),
    (Niche.REAL_ESTATE, "US"): _law(set(), _STEERING),
}

# The register whose number the profession has to show.
REGISTRATIONS: dict[tuple[Niche, str], str] = {(Niche.LAWYER, "BR"): "OAB", (Niche.DENTIST, "BR"): "CRO"}


def lawful(brief: Brief) -> tuple[Brief, tuple[Notice, ...]]:
    """The brief as its profession may publish it, and a notice of each thing left out."""
    law = LAWS.get((brief.niche, brief.country or ""))
    if law is None:
        return brief, ()
    publisher = _Publisher(law)
    changes = {
        "pages": publisher.pages(brief),
        "description": publisher.text("description", brief.description),
        "about_owner": publisher.text("about_owner", brief.about_owner),
        "cta_text": publisher.text("cta_text", brief.cta_text),
        "seo": brief.seo.model_copy(
            update={
                "title": publisher.text("seo.title", brief.seo.title),
                "description": publisher.text("seo.description", brief.seo.description),
            }
        ),
        "services": tuple(
            service.model_copy(update={"description": publisher.text(f"services.{n}.description", service.description)})
            for n, service in enumerate(brief.services)
        ),
        "testimonials": publisher.testimonials(brief),
        "team": tuple(
            member.model_copy(update={"role": publisher.text(f"team.{n}.role", member.role)})
            for n, member in enumerate(brief.team)
        ),
    }
    return brief.model_copy(update=changes), tuple(publisher.notices)


class _Publisher:
    """Applies one law, and remembers what it left out."""

    def __init__(self, law: Law) -> None:
        self.law = law
        self.notices: list[Notice] = []

    def pages(self, brief: Brief) -> tuple[PageKind, ...]:
        forbidden = [page for page in brief.pages if page in self.law.pages]
        self.notices += [Notice(code="page_unlawful", where="pages", detail=page) for page in forbidden]
        lawful = tuple(page for page in brief.pages if page not in forbidden)
        return lawful or (PageKind.HOME,) if forbidden else brief.pages

    def testimonials(self, brief: Brief) -> tuple[Testimonial, ...]:
        """Those that may be published; each stays whole or goes whole."""
        barred = PageKind.TESTIMONIALS in self.law.pages
        kept = tuple(said for said in brief.testimonials if not (barred or self.law.forbidden.search(said.text)))
        if left_out := len(brief.testimonials) - len(kept):
            self.notices.append(Notice(code="testimonials_unlawful", where="testimonials", detail=str(left_out)))
        return kept

    def text(self, where: str, text: str | None) -> str | None:
        """The text without its forbidden sentences, which are counted from 1."""
        if text is None or not self.law.forbidden.search(text):
            return text
        kept, numbers = [], count(1)
        for paragraph in paragraphs(text):
            lawful = []
            for sentence, number in zip(sentences(paragraph), numbers, strict=False):
                if self.law.forbidden.search(sentence):
                    self.notices.append(Notice(code="sentence_unlawful", where=where, detail=str(number)))
                else:
                    lawful.append(sentence)
            kept.append(" ".join(lawful))
        return "\n\n".join(filter(None, kept)) or None
