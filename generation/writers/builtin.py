"""The built-in writer: sentences from Fluent files, each said only where the brief has its facts.

It needs no network and no key, and the same brief gets the same words. How a message finds its form is in
:mod:`generation.writers.voice`, what it may speak of in :mod:`generation.writers.known`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_noop as _

from generation.contracts import Brief, Claim, ItemCopy, PageCopy, PageKind, SectionCopy, SectionKind, SiteCopy
from generation.contracts.sentences import paragraphs, sentences
from generation.language.lists import fitting
from generation.language.money import has_price
from generation.language.names import cut

from .voice import Voice

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generation.contracts import Facts, PlannedPage, SitePlan
    from generation.pipeline.run import Say

TITLE_MIN, TITLE_MAX = 30, 65
DESCRIPTION_MAX = 160
HEADING_MAX = 110
SERVICE_MAX = 120  # letters of a service's text on the home page, in whole sentences
ABOUT_MAX = 320  # letters of what the home page has of the text about the business, likewise

# What a page's description goes on with after its own sentence, as far as there is room.
DESCRIPTIONS = {
    PageKind.HOME: ("lead-areas", "lead-years", "call-hours", "contact-reach"),
    PageKind.SERVICES: ("lead-areas", "services-ask"),
    PageKind.PRICING: ("lead-services", "services-ask"),
    PageKind.GALLERY: ("lead-services", "lead-areas", "lead-years", "contact-reach"),
    PageKind.ABOUT: ("lead-years", "lead-areas", "lead-services"),
    PageKind.TESTIMONIALS: ("lead-areas", "lead-years", "lead-services"),
    PageKind.FAQ: ("call-hours", "lead-areas", "contact-reach"),
    PageKind.CONTACT: ("contact-reach", "call-hours", "lead-areas", "lead-services"),
}
QUESTIONS = ("areas", "where", "hours", "contact", "booking", "team", "years")

Paragraph = tuple[Claim, ...]


class BuiltinWriter:
    """Writes offline, from messages and facts alone."""

    name = "builtin"

    def write(self, brief: Brief, facts: Facts, plan: SitePlan, *, variation: int, say: Say) -> SiteCopy:
        """The copy of every planned section. Raises LookupError for a message that these facts cannot fill."""
        contact = _contact(plan.action.href)
        voice = Voice(brief, facts, variation=variation, main=contact)
        kinds = {page.kind for page in plan.pages}
        pages = []
        for page in plan.pages:
            say(_("Writing the page “%(page)s”"), page=page.label)
            pages.append(_PageWriter(brief, voice, contact, page, kinds).copy())
        return SiteCopy(writer=self.name, pages=tuple(pages))


def _contact(href: str) -> str:
    """The contact that the main button leads to."""
    starts = {"tel:": "call", "https://wa.me/": "whatsapp", "mailto:": "email"}
    return next((contact for start, contact in starts.items() if href.startswith(start)), "book_online")


class _PageWriter:
    """Writes one page. ``made`` are the pages of the site: what has its own is told shorter on the home page."""

    def __init__(self, brief: Brief, voice: Voice, contact: str, page: PlannedPage, made: set[PageKind]) -> None:
        self.brief, self.voice, self.contact, self.page, self.made = brief, voice, contact, page, made

    def copy(self) -> PageCopy:
        return PageCopy(
            page=self.page.kind,
            title=self._title(),
            description=self._description(),
            sections=tuple(self._section(section.kind) for section in self.page.sections),
        )

    def _title(self) -> Claim:
        """The customer's own, else the form of the best length; a long name stands alone, cut at a word."""
        if self.page.kind is PageKind.HOME and self.brief.seo.title:
            return Claim(text=self.brief.seo.title, facts=("seo.title",))
        forms = list(self.voice.forms(f"{self.page.kind}-title").values())
        short_enough = [claim for claim in forms if _length(claim) <= TITLE_MAX]
        if short_enough:
            return next((claim for claim in short_enough if _length(claim) >= TITLE_MIN), short_enough[0])
        best = self.voice.fact("name") if self.page.kind is PageKind.HOME else min(forms, key=_length)
        return Claim(text=cut(best.text, TITLE_MAX), facts=best.facts)

    def _description(self) -> Claim:
        """The customer's own, else as many sentences as there is room for."""
        kind = self.page.kind
        if kind is PageKind.HOME and self.brief.seo.description:
            return Claim(text=self.brief.seo.description, facts=("seo.description",))
        forms = list(self.voice.forms(f"{kind}-description").values())
        first = next((claim for claim in forms if _length(claim) <= DESCRIPTION_MAX), min(forms, key=_length))
        text, fields = cut(first.text, DESCRIPTION_MAX), dict.fromkeys(first.facts)
        for claim in self.voice.told(DESCRIPTIONS[kind]):
            if len(text) + 1 + _length(claim) <= DESCRIPTION_MAX:
                text, fields = f"{text} {claim.text}", fields | dict.fromkeys(claim.facts)
        return Claim(text=text, facts=tuple(fields))

    def _section(self, kind: SectionKind) -> SectionCopy:
        paragraphs = filter(None, self._paragraphs(kind))
        return SectionCopy(
            section=kind, heading=self._heading(kind), paragraphs=tuple(paragraphs), items=tuple(self._items(kind))
        )

    def _is_own(self, kind: SectionKind) -> bool:
        """Whether this is the page that the section has for itself."""
        return self.page.kind.value == kind.value

    def _is_short(self, kind: SectionKind) -> bool:
        """Whether the section has a page of its own elsewhere."""
        return not self._is_own(kind) and kind.value in self.made

    def _heading(self, kind: SectionKind) -> Claim:
        match kind:
            case SectionKind.HERO if self.voice.knows("new_trade"):
                message = "hero-heading-trade"
            case SectionKind.HERO:
                message = "hero-heading-named"
            case SectionKind.CALL:
                message = f"call-heading-{self.contact}"
            case SectionKind.SERVICES | SectionKind.ABOUT | SectionKind.TESTIMONIALS | SectionKind.GALLERY if (
                self._is_own(kind)
            ):
                message = f"{kind}-page-heading"
            case _:
                message = f"{kind}-heading"
        return self.voice.heading(message, HEADING_MAX)

    def _paragraphs(self, kind: SectionKind) -> Iterable[Paragraph]:
        told = self.voice.told
        match kind:
            case SectionKind.HERO:
                return [self._lead()]
            case SectionKind.SERVICES if self._is_own(kind):
                return [told(("lead-areas", "services-ask"))]
            case SectionKind.ABOUT:
                return self._about()
            case SectionKind.TESTIMONIALS if self._is_own(kind):
                return [told(("testimonials-words",))]
            case SectionKind.PRICING:
                priced = any(has_price(service.description) for service in self.brief.services)
                intro = "pricing-given" if priced else "pricing-request"
                return [told((intro,)), told(("pricing-how", "pricing-where"))]
            case SectionKind.AREAS:
                return [told(("areas-ask",))]
            case SectionKind.CONTACT:
                return [told(("contact-reach", "prepare"))]
            case SectionKind.CALL:
                return [told(("call-hours",)) or told(("call-reach",))]
            case _:
                return []

    def _lead(self) -> Paragraph:
        """What the heading has not said: the services only where there are more than it names."""
        more = self.voice.fact("services") != self.voice.fact("pair")
        lead = self.voice.told((*(("lead-services",) if more else ()), "lead-areas", "lead-years"))
        return lead or self.voice.told(("contact-reach",))

    def _about(self) -> Iterable[Paragraph]:
        """The customer's own words; where they have a page to themselves, the home page has its beginning."""
        owner = _own_words("about_owner", self.brief.about_owner)
        description = _own_words("description", self.brief.description)
        years = self.voice.told(("about-years",))
        if not self._is_short(SectionKind.ABOUT):
            return [*owner, *description, years]
        ((first,), *_rest) = description or owner
        return [(first.model_copy(update={"text": " ".join(fitting(sentences(first.text), ABOUT_MAX))}),)]

    def _items(self, kind: SectionKind) -> Iterable[ItemCopy]:
        numbers = range(len(self.brief.services))
        match kind:
            case SectionKind.SERVICES:
                return map(self._service, numbers)
            case SectionKind.PRICING:
                return map(self._price, numbers)
            case SectionKind.FAQ:
                return self._questions()
            case _:
                return []

    def _service(self, number: int) -> ItemCopy:
        field = f"services.{number}.description"
        words = paragraphs(self.brief.services[number].description or "")
        if words and self._is_short(SectionKind.SERVICES):
            words = [" ".join(fitting(sentences(words[0]), SERVICE_MAX))]
        return ItemCopy(title=self._service_name(number), text=tuple(Claim(text=w, facts=(field,)) for w in words))

    def _service_name(self, number: int) -> Claim:
        return Claim(text=self.brief.services[number].name, facts=(f"services.{number}.name",))

    def _price(self, number: int) -> ItemCopy:
        text = self._prices(number) or self.voice.told(("pricing-item",))
        return ItemCopy(title=self._service_name(number), text=text)

    def _prices(self, number: int) -> tuple[Claim, ...]:
        """The sentences of a service's text that name a price."""
        words = paragraphs(self.brief.services[number].description or "")
        priced = [sentence for paragraph in words for sentence in sentences(paragraph) if has_price(sentence)]
        return tuple(Claim(text=sentence, facts=(f"services.{number}.description",)) for sentence in priced)

    def _questions(self) -> Iterable[ItemCopy]:
        yield ItemCopy(title=self.voice.fact("which"), text=self.voice.told(("faq-services",)))
        for question in QUESTIONS:
            if answer := self.voice.told((f"faq-{question}",)):
                yield ItemCopy(title=self.voice.say(f"faq-{question}-question"), text=answer)


def _length(claim: Claim) -> int:
    return len(claim.text)


def _own_words(field: str, text: str | None) -> list[Paragraph]:
    return [(Claim(text=paragraph, facts=(field,)),) for paragraph in paragraphs(text or "")]
