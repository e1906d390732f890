"""Puts a site together: the plan's pages with the writer's words and, where words are not its business, the facts."""

from collections.abc import Iterable
from itertools import islice
from urllib.parse import quote, quote_plus

from .contracts import (
    Action,
    Brief,
    Facts,
    Identity,
    Item,
    ItemCopy,
    Opening,
    Page,
    PageCopy,
    PageKind,
    PlannedPage,
    PlannedSection,
    Section,
    SectionCopy,
    SectionKind,
    SiteCopy,
    SitePlan,
    SiteSpec,
)
from .contracts.fields import LINE_LETTERS
from .language import addresses, hours
from .language.lists import fitting, joined
from .language.messages import words
from .language.names import capital, cut, slug
from .niches import plan_niche

CARD_LETTERS = 120  # of a list on the facts card
SHOWN_PHOTOS = 3  # on a home page that has a gallery beside it
SHOWN_SERVICES = 9  # on a home page that has a page of them beside it
TEASERS = 2  # testimonials on a home page that has a page of them beside it
MAP_LETTERS = 200  # of an address in a link
MAP = "https://www.google.com/maps/search/?api=1&query="


def assemble(brief: Brief, facts: Facts, plan: SitePlan, copy: SiteCopy) -> SiteSpec:
    """The site as data. The copy must follow the plan section by section."""
    builder = _Builder(brief, facts, plan)
    pages = zip(plan.pages, copy.pages, strict=True)
    return SiteSpec(
        locale=brief.locale,
        language=facts.language,
        site_url=facts.site_url,
        site_url_reserved=facts.site_url_reserved,
        identity=builder.identity(description=copy.pages[0].description.text),
        theme=plan.theme,
        action=plan.action,
        pages=tuple(builder.page(planned, written) for planned, written in pages),
        notices=(*brief.warnings, *facts.notices, *plan.notices),
    )


class _Builder:
    """Makes the parts of one spec."""

    def __init__(self, brief: Brief, facts: Facts, plan: SitePlan) -> None:
        self.brief, self.facts, self.plan = brief, facts, plan
        self.pages = {page.kind: page for page in plan.pages}
        self.labels = words(brief.locale)
        self.anchors = _anchors(service.name for service in brief.services)

    def identity(self, description: str) -> Identity:
        brief, facts = self.brief, self.facts
        return Identity(
            name=brief.business_name,
            short_name=facts.short_name,
            schema_type=facts.schema_type,
            description=description,
            phone=facts.phone,
            whatsapp=facts.whatsapp,
            email=brief.email,
            address=brief.address.model_copy(update={"country": facts.country}),
            areas=brief.service_areas or (() if brief.address.street else (brief.address.city,)),
            openings=tuple(Opening(days=h.days, opens=h.opens, closes=h.closes) for h in brief.hours),
            hours=tuple(self._hours()),
            social=brief.social,
            logo=brief.logo,
        )

    def page(self, planned: PlannedPage, written: PageCopy) -> Page:
        sections = zip(planned.sections, written.sections, strict=True)
        return Page(
            kind=planned.kind,
            file=planned.file,
            label=planned.label,
            title=written.title.text,
            description=written.description.text,
            sections=tuple(self._section(planned.kind, section, copy) for section, copy in sections),
        )

    def _section(self, page: PageKind, planned: PlannedSection, copy: SectionCopy) -> Section:
        return Section(
            kind=planned.kind,
            variant=planned.variant,
            anchor=planned.kind,
            heading=copy.heading.text,
            paragraphs=tuple(" ".join(claim.text for claim in paragraph) for paragraph in copy.paragraphs),
            items=tuple(self._items(page, planned.kind, copy)),
            actions=tuple(self._actions(page, planned.kind)),
            photo=next(iter(self.brief.photos), None) if planned.kind is SectionKind.HERO else None,
        )

    def _elsewhere(self, page: PageKind, section: SectionKind) -> PlannedPage | None:
        """The page that this section has for itself, if it is another one."""
        own = self.pages.get(PageKind(section)) if section.value in set(PageKind) else None
        return own if own and own.kind is not page else None

    def _items(self, page: PageKind, kind: SectionKind, copy: SectionCopy) -> Iterable[Item]:
        match kind:
            case SectionKind.HERO:
                return self._card()
            case SectionKind.SERVICES:
                return self._services(copy.items, self._elsewhere(page, kind))
            case SectionKind.TEAM:
                return [Item(title=member.name, detail=member.role) for member in self.brief.team]
            case SectionKind.TESTIMONIALS:
                return self._testimonials(TEASERS if self._elsewhere(page, kind) else None)
            case SectionKind.AREAS:
                return [Item(title=area) for area in self.brief.service_areas]
            case SectionKind.HOURS:
                return self._hours()
            case SectionKind.CONTACT:
                return self._contacts()
            case SectionKind.GALLERY:
                return self._photos(page)
            case _:
                return [_worded(item) for item in copy.items]

    def _actions(self, page: PageKind, kind: SectionKind) -> Iterable[Action]:
        if kind is SectionKind.HERO:
            return self.plan.action, self._second_action()
        if kind in (SectionKind.CALL, SectionKind.PRICING, SectionKind.CONTACT):
            return (self.plan.action,)
        own = self._elsewhere(page, kind)
        return (Action(label=self.labels.text(f"more-{kind}", self._offer()), href=own.file),) if own else ()

    def _second_action(self) -> Action:
        services = self.pages.get(PageKind.SERVICES)
        href = services.file if services else f"#{SectionKind.SERVICES}"
        return Action(label=self.labels.text("see-services", self._offer()), href=href)

    def _offer(self) -> dict[str, str]:
        return {"offer": self.labels.text(plan_niche(self.brief), {"country": self.facts.country or ""}, form="offer")}

    def _services(self, items: Iterable[ItemCopy], elsewhere: PlannedPage | None) -> Iterable[Item]:
        count = SHOWN_SERVICES if elsewhere else None
        for item, anchor in islice(zip(map(_worded, items), self.anchors, strict=True), count):
            place = {"href": f"{elsewhere.file}#{anchor}"} if elsewhere else {"anchor": anchor}
            yield item.model_copy(update=place)

    def _testimonials(self, count: int | None) -> Iterable[Item]:
        for said in self.brief.testimonials[:count]:
            yield Item(title=said.author, paragraphs=(said.text,), rating=said.rating)

    def _photos(self, page: PageKind) -> Iterable[Item]:
        """All on their own page; on the home page those that do not stand at its top, few if there is such a page."""
        count = SHOWN_PHOTOS if PageKind.GALLERY in self.pages else None
        photos = self.brief.photos if page is PageKind.GALLERY else self.brief.photos[1:][:count]
        return [Item(title=photo.alt, photo=photo) for photo in photos]

    def _hours(self) -> list[Item]:
        return [Item(title=line.days, detail=line.times) for line in hours.table(self.brief.hours, self.facts.language)]

    def _contacts(self) -> Iterable[Item]:
        """Every way to reach the business."""
        if phone := self.facts.phone:
            yield self._labelled("phone", phone.text, phone.href)
        if whatsapp := self.facts.whatsapp:
            yield self._labelled("whatsapp", whatsapp.text, whatsapp.href)
        if email := self.brief.email:
            yield self._labelled("email", email, f"mailto:{quote(email, safe='@')}")
        if address := addresses.one_line(self.brief.address, self.facts.country):
            yield self._labelled("address", address, MAP + quote_plus(cut(address, MAP_LETTERS)))

    def _card(self) -> Iterable[Item]:
        """The facts that a visitor looks for first."""
        contacts = {item.title: item for item in self._contacts()}
        address = contacts.get(self.labels.text("address"))
        areas = joined(fitting(self.brief.service_areas, CARD_LETTERS), self.facts.language)
        if address:
            yield address
        elif areas:
            yield self._labelled("areas", areas)
        if self.brief.hours:
            yield self._labelled("hours", capital(hours.sentence(self.brief.hours, self.facts.language)))
        main = (item for item in contacts.values() if item.href == self.plan.action.href)
        yield next(main, next(iter(contacts.values())))
        if years := self.brief.years_in_business:
            yield self._labelled("years", self.labels.text("years", {"years": years}, form="value"))

    def _labelled(self, label: str, detail: str, href: str | None = None) -> Item:
        return Item(title=self.labels.text(label), detail=cut(detail, LINE_LETTERS), href=href)


def _worded(item: ItemCopy) -> Item:
    return Item(title=item.title.text, paragraphs=tuple(claim.text for claim in item.text))


def _anchors(names: Iterable[str]) -> list[str]:
    """An id for each name, no two alike and none that a section has."""
    taken = {kind.value for kind in SectionKind}
    anchors = []
    for number, name in enumerate(names, 1):
        anchor = slug(name, fallback=f"s-{number}")
        anchor = anchor if anchor[0].isalpha() else f"s-{anchor}"
        anchor = f"{anchor}-{number}" if anchor in taken else anchor
        taken.add(anchor)
        anchors.append(anchor)
    return anchors
