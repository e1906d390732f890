"""Kinds of text, numbers and choices that briefs are made of, with their limits in one place."""

from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

NAME_LETTERS = 160
LINE_LETTERS = 300
TEXT_LETTERS = 5_000
LIST_ITEMS = 50
SERVICE_ITEMS = 30


def _one_line(value: Any) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value


def _plain_breaks(value: Any) -> Any:
    return value.replace("\r\n", "\n").replace("\r", "\n") if isinstance(value, str) else value


_STRICT = {"strict": True, "strip_whitespace": True, "min_length": 1}
Name = Annotated[str, BeforeValidator(_one_line), StringConstraints(**_STRICT, max_length=NAME_LETTERS)]
Line = Annotated[str, BeforeValidator(_one_line), StringConstraints(**_STRICT, max_length=LINE_LETTERS)]
Text = Annotated[str, BeforeValidator(_plain_breaks), StringConstraints(**_STRICT, max_length=TEXT_LETTERS)]
HexColour = Annotated[str, StringConstraints(strict=True, to_lower=True, pattern=r"^#[0-9a-f]{6}$")]
ClockTime = Annotated[str, StringConstraints(strict=True, pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
CountryCode = Annotated[str, StringConstraints(strict=True, to_upper=True, pattern=r"^[A-Za-z]{2}$")]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Rating = Annotated[int, Field(strict=True, ge=1, le=5)]
Years = Annotated[int, Field(strict=True, ge=0, le=400)]


class Locale(StrEnum):
    """Languages a site can be written in; the region of a site's language tag follows its country."""

    EN = "en"
    PT_BR = "pt-BR"
    ES = "es"


COUNTRY_OF_LOCALE = {Locale.EN: "US", Locale.PT_BR: "BR"}
"""The country that a language means; Spanish means none."""


class Niche(StrEnum):
    """Trades that have a plan and words of their own; *other* is described by ``custom_niche``."""

    RESTAURANT = "restaurant"
    LAWYER = "lawyer"
    DENTIST = "dentist"
    REAL_ESTATE = "real_estate"
    PLUMBER = "plumber"
    ELECTRICIAN = "electrician"
    LANDSCAPING = "landscaping"
    CLEANING = "cleaning"
    GENERAL = "general"
    OTHER = "other"


class Tone(StrEnum):
    FRIENDLY = "friendly"
    PROFESSIONAL = "professional"
    PREMIUM = "premium"


class CallToAction(StrEnum):
    """What the site's main button does."""

    CALL = "call"
    WHATSAPP = "whatsapp"
    FORM = "form"
    BOOK_ONLINE = "book_online"
    EMAIL = "email"


class PageKind(StrEnum):
    """Pages a customer can ask for, in the order in which a site lists them."""

    HOME = "home"
    SERVICES = "services"
    PRICING = "pricing"
    GALLERY = "gallery"
    ABOUT = "about"
    TESTIMONIALS = "testimonials"
    FAQ = "faq"
    CONTACT = "contact"


class Weekday(StrEnum):
    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"


class Network(StrEnum):
    """Social networks that a brief may link to."""

    INSTAGRAM = "instagram"
    FACEBOOK = "facebook"
    LINKEDIN = "linkedin"
    YOUTUBE = "youtube"
    TIKTOK = "tiktok"
    X = "x"
    PINTEREST = "pinterest"


class Frozen(BaseModel):
    """Base of every contract: immutable, and an unknown field is an error.

    How one is validated is worked out when that is first done: few processes do it for more than a few of them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Answered(Frozen):
    """A contract in which absent, null and empty mean the same."""

    @model_validator(mode="before")
    @classmethod
    def empty_is_absent(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        return {key: value for key, value in data.items() if key not in cls.model_fields or not _is_empty(value)}


def learn_contracts() -> None:
    """Work out how each contract is validated: for processes that others begin as copies of."""
    kinds: list[type[Frozen]] = [Frozen]
    while kinds:
        kind = kinds.pop()
        kind.model_rebuild()
        kinds += kind.__subclasses__()


def _is_empty(value: Any) -> bool:
    if isinstance(value, str):
        return not value.strip()
    return value is None or (isinstance(value, list | tuple | dict) and not value)
