"""Second step: which pages and sections the site has, its main action, and how it looks."""

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from generation import choice, palette, themes
from generation.assembly import SHOWN_SERVICES, TEASERS
from generation.contracts import (
    Action,
    Brief,
    CallToAction,
    Facts,
    Notice,
    PageKind,
    PlannedPage,
    PlannedSection,
    SectionKind,
    SitePlan,
    Theme,
    fold,
)
from generation.errors import StepFailed
from generation.language.messages import words
from generation.language.money import has_price
from generation.language.names import capital, cut
from generation.law import lawful
from generation.niches import plan_niche

QUESTIONS = 3  # fewer make no page
PHOTOS = 2  # the first stands at the top of the home page: fewer make no gallery unasked
PHOTO_VARIANT = "photo"  # how the names of variants begin that need a photo
SUBJECT_LETTERS = 80  # of an e-mail that the main button opens

# What stands between the opening and the close of a home page; the seed picks an order.
HOME_ORDERS: Mapping[str, str] = {
    "work-first": "services gallery about team testimonials areas",
    "people-first": "about team services areas gallery testimonials",
    "voices-early": "services testimonials gallery areas about team",
    "place-early": "services areas gallery about team testimonials",
}
SECTIONS: Mapping[PageKind, str] = {
    PageKind.SERVICES: "services call",
    PageKind.PRICING: "pricing call",
    PageKind.GALLERY: "gallery call",
    PageKind.ABOUT: "about team call",
    PageKind.TESTIMONIALS: "testimonials call",
    PageKind.FAQ: "faq call",
    PageKind.CONTACT: "contact hours areas",
}


def plan(brief: Brief, facts: Facts, *, theme: str, variation: int) -> SitePlan:
    """The plan of a site; what was asked for and cannot be is named in its notices.

    Raises StepFailed where the theme does not exist.
    """
    brief, unlawful = lawful(brief)
    action, changed = _action(brief, facts)
    kinds, left_out = _pages(brief)
    folder = _folder(theme)

    def drawn(page: PageKind, kind: SectionKind) -> PlannedSection:
        fitting = _drawable(folder.fitting(kind, _content(page, kind, kinds, brief)), brief)
        return PlannedSection(kind=kind, variant=choice.pick(brief.seed, variation, f"{page}.{kind}", fitting))

    def sections(page: PageKind) -> tuple[PlannedSection, ...]:
        return tuple(drawn(page, kind) for kind in _sections(page, kinds, brief, variation))

    return SitePlan(
        theme=Theme(name=theme, palette=palette.derive(brief.colours, seed=brief.seed)),
        action=action,
        pages=tuple(_page(kind, brief, facts, sections(kind)) for kind in kinds),
        notices=(*unlawful, *left_out, *changed),
    )


def _folder(theme: str) -> themes.ThemeFolder:
    try:
        return themes.load(theme)
    except themes.UnknownTheme as unknown:
        raise StepFailed("theme_unknown", str(unknown)) from unknown


def _drawable(variants: Sequence[str], brief: Brief) -> list[str]:
    """Those variants that there is something for: where there is a photo, the ones that show it."""
    with_photo = [variant for variant in variants if variant.startswith(PHOTO_VARIANT)]
    if brief.photos and with_photo:
        return with_photo
    return [variant for variant in variants if variant not in with_photo]


def _pages(brief: Brief) -> tuple[list[PageKind], list[Notice]]:
    """The pages to make, in the order in which a site lists them, and a notice of each that has nothing to show."""
    asked = {PageKind.HOME, *(brief.pages or set(PageKind) - {PageKind.PRICING, PageKind.GALLERY})}
    if not brief.pages and len(brief.photos) >= PHOTOS:
        asked.add(PageKind.GALLERY)
    if not brief.pages and any(has_price(service.description) for service in brief.services):
        asked.add(PageKind.PRICING)
    kinds = [kind for kind in PageKind if kind in asked and _has_content(kind, brief)]
    empty = [kind for kind in brief.pages if kind not in kinds]
    return kinds, [Notice(code="page_left_out", where="pages", detail=kind) for kind in empty]


def _questions(brief: Brief) -> int:
    """How many common questions the brief answers, those of services and contact among them."""
    address = brief.address.street
    known = (brief.service_areas, address, brief.hours, brief.booking_url, brief.team, brief.years_in_business)
    return len([fact for fact in known if fact]) + len(("services", "contact"))


def _has_content(page: PageKind, brief: Brief) -> bool:
    if page is PageKind.GALLERY:
        return bool(brief.photos)
    if page is PageKind.FAQ:
        return _questions(brief) >= QUESTIONS
    own = SECTIONS.get(page, "hero").split()
    return any(_has_facts(SectionKind(kind), brief) for kind in own if kind != SectionKind.CALL)


def _content(page: PageKind, section: SectionKind, pages: Sequence[PageKind], brief: Brief) -> themes.Content:
    """How much the brief has for a section, by its entries and the letters of the customer's own words."""
    services = [service.description or "" for service in brief.services]
    voices = [voice.text for voice in brief.testimonials]
    if page is PageKind.HOME and PageKind.TESTIMONIALS in pages:
        voices = voices[:TEASERS]
    if page is PageKind.HOME and PageKind.SERVICES in pages:
        services = services[:SHOWN_SERVICES]
    ways = {brief.phone, brief.whatsapp, brief.email, brief.address.street}
    place = brief.address.street or brief.service_areas
    items = {
        SectionKind.HERO: len(list(filter(None, (place, brief.hours, ways, brief.years_in_business)))),
        SectionKind.SERVICES: len(services),
        SectionKind.PRICING: len(services),
        SectionKind.TEAM: len(brief.team),
        SectionKind.TESTIMONIALS: len(voices),
        SectionKind.FAQ: _questions(brief),
        SectionKind.AREAS: len(brief.service_areas),
        SectionKind.HOURS: len(brief.hours),
        SectionKind.CONTACT: len(ways - {None}),
    }
    texts = {
        SectionKind.SERVICES: services,
        SectionKind.PRICING: services,
        SectionKind.TESTIMONIALS: voices,
        SectionKind.ABOUT: [brief.description or "", brief.about_owner or ""],
    }
    return themes.Content(items.get(section, 0), len("".join(texts.get(section, ()))))


def _has_facts(section: SectionKind, brief: Brief) -> bool:
    told = {
        SectionKind.ABOUT: brief.description or brief.about_owner,
        SectionKind.TEAM: brief.team,
        SectionKind.TESTIMONIALS: brief.testimonials,
        SectionKind.AREAS: any(fold(area) != fold(brief.address.city) for area in brief.service_areas),
        SectionKind.HOURS: brief.hours,
        SectionKind.GALLERY: brief.photos,
    }
    return bool(told.get(section, True))


def _sections(page: PageKind, pages: Sequence[PageKind], brief: Brief, variation: int) -> list[SectionKind]:
    """The sections of a page. What has no page of its own stands whole on the home page."""
    if page is PageKind.HOME:
        order = HOME_ORDERS[choice.pick(brief.seed, variation, "home", HOME_ORDERS)]
        close = "call" if PageKind.CONTACT in pages else "hours contact"
        names = f"hero {order} {close}".split()
        if PageKind.ABOUT in pages:
            names.remove(SectionKind.TEAM)
        if len(brief.photos) < PHOTOS:
            names.remove(SectionKind.GALLERY)
    else:
        names = SECTIONS[page].split()
    return [kind for kind in map(SectionKind, names) if _has_facts(kind, brief)]


def _page(kind: PageKind, brief: Brief, facts: Facts, sections: tuple[PlannedSection, ...]) -> PlannedPage:
    labels = words(brief.locale)
    offer = labels.text(plan_niche(brief), {"country": facts.country or ""}, form="offer")
    message = f"page-{kind}"
    label = labels.text(message, {"Offer": capital(offer)})
    return PlannedPage(kind=kind, file=f"{labels.text(message, form='file')}.html", label=label, sections=sections)


def _action(brief: Brief, facts: Facts) -> tuple[Action, list[Notice]]:
    """The main button: the way asked for, else the first that there is; its own words only go with its own way."""
    ways = _ways(brief, facts)
    asked = brief.primary_cta
    way = asked if asked in ways else next(iter(ways))
    label = brief.cta_text if asked in (None, way) else None
    notices = []
    if asked not in (None, way):
        notices.append(Notice(code="action_changed", where="primary_cta", detail=way))
    elif way is CallToAction.FORM:
        notices.append(Notice(code="form_by_mail", where="primary_cta", detail=brief.email or ""))
    return Action(label=label or words(brief.locale).text(f"action-{way}"), href=ways[way]), notices


def _ways(brief: Brief, facts: Facts) -> dict[CallToAction, str]:
    ways = {}
    if facts.whatsapp:
        ways[CallToAction.WHATSAPP] = facts.whatsapp.href
    if facts.phone:
        ways[CallToAction.CALL] = facts.phone.href
    if brief.email:
        subject = quote(cut(brief.cta_text or words(brief.locale).text("mail-subject"), SUBJECT_LETTERS))
        ways[CallToAction.EMAIL] = ways[CallToAction.FORM] = f"mailto:{quote(brief.email, safe='@')}?subject={subject}"
    if brief.booking_url:
        ways[CallToAction.BOOK_ONLINE] = brief.booking_url
    return ways
