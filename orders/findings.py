"""What is wrong with answers, in words for whoever wrote them: where, what is wrong, what would be right."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from generation.contracts import Address, Hours, Locale, Member, Niche, Seo, Service, Testimonial

from .answers import Answers, GivenColours, GivenPhoto, GivenSocial
from .characters import whole, without_invisible

_SHOWN_LETTERS = 60


@dataclass(frozen=True)
class Finding:
    """One thing that keeps answers from being accepted. ``where`` is a path such as ``services[2].name``; ``code``
    says what it is to programs."""

    where: str
    wrong: str
    right: str
    code: str = field(default="refused", compare=False)

    def __str__(self) -> str:
        return f"{self.where}: {self.wrong}; {self.right}" if self.where else f"{self.wrong}; {self.right}"


class Refused(Exception):
    """Answers that cannot be accepted, with everything that was found. Nothing has been stored."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(map(str, self.findings)))


_WORDS: dict[str, tuple[str | Promise, str | Promise]] = {
    "missing": (gettext_lazy("is missing"), gettext_lazy("it is required")),
    "emptied": (
        gettext_lazy("holds nothing that can be printed once markup, template code and orders are taken out"),
        gettext_lazy("write it in plain words"),
    ),
    "extra_forbidden": (gettext_lazy("is not a field"), gettext_lazy("remove it")),
    "string_type": (gettext_lazy("is not text"), gettext_lazy("write it in quotes")),
    "string_unicode": (gettext_lazy("holds half a character"), gettext_lazy("write that text anew")),
    "string_too_short": (gettext_lazy("is empty"), gettext_lazy("write something or remove it")),
    "string_too_long": (
        gettext_lazy("has %(length)s letters"),
        gettext_lazy("at most %(max_length)s are possible"),
    ),
    "too_long": (gettext_lazy("has %(actual_length)s entries"), gettext_lazy("at most %(max_length)s are possible")),
    "too_short": (gettext_lazy("has no entry"), gettext_lazy("give at least one")),
    "enum": (gettext_lazy("“%(given)s” is not possible here"), gettext_lazy("use one of %(expected)s")),
    "literal_error": (gettext_lazy("“%(given)s” is not possible here"), gettext_lazy("use %(expected)s")),
    "int_type": (gettext_lazy("“%(given)s” is not a whole number"), gettext_lazy("write digits without quotes")),
    "greater_than_equal": (gettext_lazy("%(given)s is too small"), gettext_lazy("at least %(ge)s is possible")),
    "less_than_equal": (gettext_lazy("%(given)s is too big"), gettext_lazy("at most %(le)s is possible")),
    "tuple_type": (gettext_lazy("is not a list"), gettext_lazy("write it in [ ]")),
    "model_type": (gettext_lazy("is not an object"), gettext_lazy('write it as {"field": value}')),
    "time": (gettext_lazy("“%(given)s” is not a time"), gettext_lazy("write it like 08:30")),
    "country": (gettext_lazy("“%(given)s” is not a country"), gettext_lazy("use two letters like BR or US")),
    "phone": (
        gettext_lazy("“%(given)s” is not a phone number"),
        gettext_lazy("write it with its country code, like +1 512 555 0134"),
    ),
    "email": (gettext_lazy("“%(given)s” is not an e-mail address"), gettext_lazy("write it like name@example.com")),
    "web_address": (
        gettext_lazy("“%(given)s” is not a web address"),
        gettext_lazy("write it like https://example.com"),
    ),
    "contact_missing": (
        gettext_lazy("there is no way to be reached"),
        gettext_lazy("give one of phone, whatsapp or email"),
    ),
    "custom_niche_missing": (
        gettext_lazy("is missing though the niche is “other”"),
        gettext_lazy("say in a few words what the business does"),
    ),
    "booking_url_missing": (
        gettext_lazy("is missing though visitors shall book online"),
        gettext_lazy("give the address where they book"),
    ),
    "hours_empty": (
        gettext_lazy("a span opens and closes at %(time)s"),
        gettext_lazy("give two different times, or 00:00 to 00:00 for all day"),
    ),
    "hours_overlap": (gettext_lazy("spans overlap on %(days)s"), gettext_lazy("give each span of a day once")),
    "photo_path": (
        gettext_lazy("“%(given)s” leads out of the folder"),
        gettext_lazy("give a path below the folder of the onboarding file"),
    ),
}
_PARTS: dict[str, type[BaseModel]] = {
    "address": Address,
    "services": Service,
    "testimonials": Testimonial,
    "team": Member,
    "hours": Hours,
    "seo": Seo,
    "colours": GivenColours,
    "social": GivenSocial,
    "logo": GivenPhoto,
    "photos": GivenPhoto,
}
_PATTERNS = {"country": "country", "opens": "time", "closes": "time"}
_REQUIRED_CHOICES = {"niche": Niche, "locale": Locale}


def findings_of(error: ValidationError, *, emptied: bool = False) -> tuple[Finding, ...]:
    """Every error as a finding. ``emptied``: what is missing now was there before it was cleaned."""
    errors = error.errors(include_url=False)
    return tuple(_finding(each, emptied=emptied) for each in errors if not _is_echo(each))


def _is_echo(error: ErrorDetails) -> bool:
    """A list counts as too short because its entries are wrong, which is said of each already."""
    return error["type"] == "too_short" and bool(error["input"])


def shown(value: object) -> str:
    """A value as it may stand in a line of text, on a terminal too."""
    text = value if isinstance(value, str) else str(value)
    printable = whole(without_invisible(" ".join(text.split())))
    return Truncator(printable).chars(_SHOWN_LETTERS)


def path_of(location: Iterable[int | str]) -> str:
    """``services[2].name`` for ("services", 2, "name")."""
    path = ""
    for part in location:
        path += f"[{part}]" if isinstance(part, int) else f".{shown(part)}"
    return path.removeprefix(".")


def _finding(error: ErrorDetails, *, emptied: bool) -> Finding:
    location, kind = error["loc"], error["type"]
    name = next((part for part in reversed(location) if isinstance(part, str)), "")
    if kind == "missing" and emptied:
        kind = "emptied"
    elif kind == "string_pattern_mismatch":
        kind = _PATTERNS.get(name, kind)
    elif kind in ("too_long", "too_short") and isinstance(error["input"], str):
        kind = f"string_{kind}"
    values = {**_values(error), "given": shown(error["input"])}
    wrong, right = _WORDS.get(kind, (error["msg"].replace("%", "%%"), _("correct it")))
    if kind == "extra_forbidden":
        right = _nearest(location) or right
    elif kind == "missing" and name in _REQUIRED_CHOICES:
        right = _("use one of %s") % ", ".join(_REQUIRED_CHOICES[name])
    return Finding(path_of(location), str(wrong) % values, str(right) % values, kind)


def _values(error: ErrorDetails) -> dict[str, Any]:
    values = dict(error.get("ctx", {}))
    if "expected" in values:
        values["expected"] = values["expected"].replace(" or ", ", ").replace("'", "")
    if isinstance(error["input"], str):
        values["length"] = len(error["input"])
    return values


def _nearest(location: tuple[int | str, ...]) -> str:
    *path, unknown = location
    part = next((name for name in reversed(path) if isinstance(name, str)), None)
    fields = (_PARTS[part] if part else Answers).model_fields
    near = difflib.get_close_matches(str(unknown), fields, n=1)
    return _("did you mean “%s”?") % near[0] if near else ""
