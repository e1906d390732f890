"""Facts in: what a customer said of a business, validated and frozen."""

import hashlib
import unicodedata
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, ValidationInfo, computed_field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from .fields import (
    LIST_ITEMS,
    SERVICE_ITEMS,
    Answered,
    CallToAction,
    ClockTime,
    CountryCode,
    Frozen,
    HexColour,
    Line,
    Locale,
    Name,
    Network,
    Niche,
    PageKind,
    Rating,
    Sha256,
    Text,
    Tone,
    Weekday,
    Years,
)
from .rules import check_email, check_hours, check_phone, check_web_address, infer_country, known_country


class Address(Answered):
    """Where the business is; without a street only the areas that it serves are shown."""

    street: Line | None = None
    city: Name
    state: Name | None = None
    postal_code: Annotated[Name, Field(max_length=20)] | None = None
    country: Annotated[CountryCode, AfterValidator(known_country)] | None = None


class Service(Answered):
    name: Name
    description: Text | None = None


class Hours(Answered):
    """Opening hours of some days. A day may stand in several entries; ``closes`` at or before ``opens``
    is past midnight; a day that is not named is closed."""

    days: Annotated[tuple[Weekday, ...], Field(min_length=1, max_length=7)]
    opens: ClockTime
    closes: ClockTime


class Testimonial(Answered):
    """A customer's own words, shown to the letter or not at all."""

    author: Name
    text: Text
    rating: Rating | None = None


class Member(Answered):
    """One of the team."""

    name: Name
    role: Line | None = None


class Seo(Answered):
    """What the customer wants search engines to show. Keywords steer and are never printed."""

    title: Line | None = None
    description: Line | None = None
    keywords: Annotated[tuple[Line, ...], Field(max_length=LIST_ITEMS)] = ()


class Colours(Answered):
    """Brand colours as #rrggbb."""

    primary: HexColour | None = None
    secondary: HexColour | None = None
    accent: HexColour | None = None


class SocialLink(Frozen):
    network: Network
    url: Line


class AssetRef(Frozen):
    """A customer's file as it is kept: by its content, never by a path. Sizes in pixels."""

    sha256: Sha256
    media_type: Literal["image/avif", "image/webp", "image/jpeg", "image/png"]
    width: Annotated[int, Field(gt=0)]
    height: Annotated[int, Field(gt=0)]


class Photo(Frozen):
    asset: AssetRef
    alt: Line


class Notice(Frozen):
    """Something that was repaired, left out or inferred: a stable code, where, and what it was.

    The words for each code stand in :mod:`generation.notices`.
    """

    code: str
    where: str
    detail: str = ""


class Business(Answered):
    """The fields that onboarding answers and briefs share, with their rules.

    Required: name, niche, locale, city, one way to be reached, and one service. A rule over several fields
    stands at the one that has to change, and reads those declared before it, so that one validation finds all.
    """

    business_name: Name
    niche: Niche
    custom_niche: Annotated[Name | None, Field(validate_default=True)] = None
    locale: Locale
    address: Address
    phone: Annotated[Name, Field(max_length=40)] | None = None
    whatsapp: Annotated[Name, Field(max_length=40)] | None = None
    email: Annotated[Annotated[Name, Field(max_length=254)] | None, Field(validate_default=True)] = None
    services: Annotated[tuple[Service, ...], Field(min_length=1, max_length=SERVICE_ITEMS)]
    primary_service: Name | None = None
    service_areas: Annotated[tuple[Name, ...], Field(max_length=LIST_ITEMS)] = ()
    objective: Text | None = None
    description: Text | None = None
    about_owner: Text | None = None
    years_in_business: Years | None = None
    team: Annotated[tuple[Member, ...], Field(max_length=LIST_ITEMS)] = ()
    testimonials: Annotated[tuple[Testimonial, ...], Field(max_length=LIST_ITEMS)] = ()
    hours: Annotated[tuple[Hours, ...], Field(max_length=LIST_ITEMS)] = ()
    pages: Annotated[tuple[PageKind, ...], Field(max_length=len(PageKind))] = ()
    tone: Tone = Tone.FRIENDLY
    primary_cta: CallToAction | None = None
    cta_text: Line | None = None
    booking_url: Annotated[Line | None, Field(validate_default=True)] = None
    seo: Seo = Seo()
    site_url: Line | None = None

    @field_validator("custom_niche")
    @classmethod
    def other_is_described(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is None and info.data.get("niche") is Niche.OTHER:
            raise PydanticCustomError("custom_niche_missing", "say in a few words what the business does")
        return value

    @field_validator("phone", "whatsapp")
    @classmethod
    def can_be_called(cls, value: str | None, info: ValidationInfo) -> str | None:
        address, locale = info.data.get("address"), info.data.get("locale")
        if value is None or address is None or locale is None:
            return value
        return check_phone(value, address.country or infer_country((info.data.get("phone"), value), locale))

    @field_validator("email")
    @classmethod
    def can_be_reached(cls, value: str | None, info: ValidationInfo) -> str | None:
        others = [info.data.get(name, "refused") for name in ("phone", "whatsapp")]
        if value is None and not any(others):
            raise PydanticCustomError("contact_missing", "give one of phone, whatsapp or email")
        return value and check_email(value)

    @field_validator("hours")
    @classmethod
    def hours_fit(cls, value: tuple[Hours, ...]) -> tuple[Hours, ...]:
        check_hours(value)
        return value

    @field_validator("booking_url")
    @classmethod
    def booking_has_an_address(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is None and info.data.get("primary_cta") is CallToAction.BOOK_ONLINE:
            raise PydanticCustomError("booking_url_missing", "give the address where visitors book")
        return value and check_web_address(value)

    @field_validator("site_url")
    @classmethod
    def site_has_an_address(cls, value: str | None) -> str | None:
        return value and check_web_address(value)

    @property
    def country(self) -> str | None:
        """ISO code of the country as given, else as an international phone or the locale tells."""
        return self.address.country or infer_country((self.phone, self.whatsapp), self.locale)


class Brief(Business):
    """The facts of one site: everything that a job may know of its customer."""

    version: Literal[1] = 1
    colours: Colours = Colours()
    social: Annotated[tuple[SocialLink, ...], Field(max_length=len(Network))] = ()
    logo: Photo | None = None
    photos: Annotated[tuple[Photo, ...], Field(max_length=LIST_ITEMS)] = ()
    warnings: tuple[Notice, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def forget_computed(cls, data: Any) -> Any:
        return {k: v for k, v in data.items() if k != "seed"} if isinstance(data, dict) else data

    @computed_field(description="Key of every choice among equals: same name, niche and town, same seed.")
    @property
    def seed(self) -> str:
        parts = (self.business_name, self.niche, self.address.city, self.country or "")
        return hashlib.sha256("\0".join(map(fold, parts)).encode()).hexdigest()

    def canonical(self) -> str:
        """The brief as JSON in which equal briefs are equal to the byte."""
        return self.model_dump_json()

    def digest(self) -> str:
        """SHA-256 of the facts, in hex: two briefs with the same digest give the same site."""
        return hashlib.sha256(self.canonical().encode()).hexdigest()


def fold(text: str) -> str:
    """Text without the accents, case and spacing that people write differently."""
    decomposed = unicodedata.normalize("NFKD", text)
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).casefold().split())
