"""The onboarding as it is given: its fields and their rules, the same in form, API, file and admin."""

from pathlib import PurePosixPath
from typing import Annotated, Any, Literal

from pydantic import Field, ValidatorFunctionWrapHandler, field_validator
from pydantic_core import PydanticCustomError

from generation.contracts import Business
from generation.contracts.fields import LIST_ITEMS, Answered, Line

from .characters import without_invisible


class GivenColours(Answered):
    """Brand colours in the customer's own notation; those that are none are derived instead."""

    primary: Line | None = None
    secondary: Line | None = None
    accent: Line | None = None


class GivenSocial(Answered):
    """A profile on each network: its address or its handle."""

    instagram: Line | None = None
    facebook: Line | None = None
    linkedin: Line | None = None
    youtube: Line | None = None
    tiktok: Line | None = None
    x: Line | None = None
    pinterest: Line | None = None


class GivenPhoto(Answered):
    """A picture beside the onboarding file: its path relative to that file's folder, and what it shows."""

    file: Line
    alt: Line

    @field_validator("file")
    @classmethod
    def stays_in_the_folder(cls, value: str) -> str:
        path = PurePosixPath(value)
        if path.is_absolute() or ".." in path.parts or any(c in value for c in "\\:"):
            raise PydanticCustomError("photo_path", "give a path below the folder of the onboarding file")
        return value


class Answers(Business):
    """What a customer answers about a business. Required: name, niche, locale, city, one way to be reached, and
    one service with a name. Absent, null and empty mean the same.
    """

    version: Literal[1] = 1
    colours: GivenColours = GivenColours()
    social: GivenSocial = GivenSocial()
    logo: GivenPhoto | None = None
    photos: Annotated[tuple[GivenPhoto, ...], Field(max_length=LIST_ITEMS)] = ()

    @field_validator("phone", "whatsapp", "email", "booking_url", "site_url", mode="wrap")
    @classmethod
    def judged_as_it_will_be_used(cls, value: Any, rules: ValidatorFunctionWrapHandler) -> Any:
        """Characters that nobody sees do not make an address wrong: the Brief will not have them."""
        rules(without_invisible(value) if isinstance(value, str) else value)
        return value
