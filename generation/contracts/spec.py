"""What a site says and looks like, as data: a renderer needs this and a theme, and nothing else."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, field_validator
from pydantic_core import PydanticCustomError

from .brief import Address, Notice, Photo, SocialLink
from .facts import Phone
from .fields import ClockTime, Frozen, HexColour, Line, Locale, Name, PageKind, Rating, Text, Weekday

FileName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*\.html$", max_length=80)]
Anchor = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$", max_length=80)]
ThemeName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$", max_length=40)]
Variant = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$", max_length=40)]
Href = Annotated[
    str,
    StringConstraints(pattern=r"^(https?://|tel:\+|mailto:|[a-z0-9][a-z0-9-]*\.html(#|$)|#)", max_length=2000),
]


class SectionKind(StrEnum):
    """Sections that every theme can draw."""

    HERO = "hero"
    SERVICES = "services"
    ABOUT = "about"
    TEAM = "team"
    TESTIMONIALS = "testimonials"
    FAQ = "faq"
    PRICING = "pricing"
    AREAS = "areas"
    HOURS = "hours"
    CONTACT = "contact"
    CALL = "call"
    GALLERY = "gallery"


class Roles(Frozen):
    """Colours by the part that they play, in one scheme (light or dark). Text on its ground meets WCAG AA."""

    surface: HexColour
    panel: HexColour
    line: HexColour
    ink: HexColour
    muted: HexColour
    link: HexColour
    brand: HexColour
    on_brand: HexColour
    accent: HexColour


class Palette(Frozen):
    """The colours of a site in both schemes."""

    light: Roles
    dark: Roles


class Theme(Frozen):
    """The look that was chosen: a theme's name, one variant a section kind stands with the sections."""

    name: ThemeName
    palette: Palette


class Action(Frozen):
    """A button or link: its words and where it leads."""

    label: Line
    href: Href


class Item(Frozen):
    """One entry of a section: a service, a question, a person, a voice, a price, a day, a place, a way to reach us.

    ``title`` is the name, question, author or day; ``paragraphs`` the text; ``detail`` a short second line
    (role, hours, value).
    """

    title: Line
    paragraphs: tuple[Text, ...] = ()
    detail: Line | None = None
    href: Href | None = None
    rating: Rating | None = None
    anchor: Anchor | None = None
    photo: Photo | None = None


class Section(Frozen):
    kind: SectionKind
    variant: Variant
    anchor: Anchor
    heading: Line
    paragraphs: tuple[Text, ...] = ()
    items: tuple[Item, ...] = ()
    actions: tuple[Action, ...] = ()
    photo: Photo | None = None


class Page(Frozen):
    """One page. ``title`` and ``description`` are those of its head; ``label`` is its word in the navigation."""

    kind: PageKind
    file: FileName
    label: Name
    title: Line
    description: Line
    sections: Annotated[tuple[Section, ...], Field(min_length=1)]


class Opening(Frozen):
    """Opening hours as machines read them."""

    days: tuple[Weekday, ...]
    opens: ClockTime
    closes: ClockTime


class Identity(Frozen):
    """The business as every page's header, footer and structured data show it."""

    name: Name
    short_name: Name
    schema_type: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Za-z]+$")]
    description: Line | None = None
    phone: Phone | None = None
    whatsapp: Phone | None = None
    email: str | None = None
    address: Address
    areas: tuple[Name, ...] = ()
    openings: tuple[Opening, ...] = ()
    hours: tuple[Item, ...] = ()
    social: tuple[SocialLink, ...] = ()
    logo: Photo | None = None


class SiteSpec(Frozen):
    """One site, whole. Can be edited by hand and rendered without a writer or a queue.

    ``site_url`` is the absolute root with a final slash.
    """

    version: Literal[1] = 1
    locale: Locale
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}(-[A-Z]{2})?$")]
    site_url: Annotated[str, StringConstraints(pattern=r"^https?://[^\s\"<>]+/$", max_length=300)]
    site_url_reserved: bool = False
    identity: Identity
    theme: Theme
    action: Action
    pages: Annotated[tuple[Page, ...], Field(min_length=1)]
    notices: tuple[Notice, ...] = ()

    @field_validator("pages")
    @classmethod
    def pages_have_files_of_their_own(cls, pages: tuple[Page, ...]) -> tuple[Page, ...]:
        files = [page.file for page in pages]
        if "index.html" not in files or "404.html" in files or len(set(files)) < len(files):
            raise PydanticCustomError(
                "page_files", "give each page a file of its own, one of them index.html, none of them 404.html"
            )
        return pages
