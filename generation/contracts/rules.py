"""Rules that a field alone cannot hold: each raises an error with a stable code, at the field to change."""

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from typing import Protocol
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from pydantic_core import PydanticCustomError

from .fields import COUNTRY_OF_LOCALE, Locale, Weekday

MINUTES_A_DAY = 24 * 60
MINUTES_A_WEEK = 7 * MINUTES_A_DAY
_LABEL = r"(?!-)[^\s.!$%&'()*+,;=~:\[\]]{1,63}(?<!-)"  # letters of any script
_HOST = re.compile(rf"(?:{_LABEL}\.)+{_LABEL}\.?")


class Opening(Protocol):
    """One entry of opening hours."""

    @property
    def days(self) -> tuple[Weekday, ...]: ...
    @property
    def opens(self) -> str: ...
    @property
    def closes(self) -> str: ...


def known_country(code: str) -> str:
    from .phones import COUNTRIES

    if code not in COUNTRIES:
        raise PydanticCustomError("country", "'{code}' is not a country; use two letters like BR or US", {"code": code})
    return code


def check_phone(number: str, country: str | None) -> str:
    from .phones import parse_phone

    if parse_phone(number, country) is None:
        raise PydanticCustomError(
            "phone",
            "'{number}' is not a phone number; write it with its country code, like +1 512 555 0134",
            {"number": number},
        )
    return number


def infer_country(phones: Iterable[str | None], locale: Locale | None) -> str | None:
    """The country of an international phone, else the one that the locale means, else None."""
    from .phones import country_of

    for number in filter(None, phones):
        if number.startswith("+") and (country := country_of(number)):
            return country
    return COUNTRY_OF_LOCALE.get(locale) if locale else None


def check_email(address: str) -> str:
    try:
        validate_email(address)
    except ValidationError:
        raise PydanticCustomError(
            "email",
            "'{address}' is not an e-mail address; write it like name@example.com",
            {"address": address},
        ) from None
    return address


def check_web_address(url: str) -> str:
    """An absolute http(s) address without credentials."""
    try:
        parts = urlsplit(url)
        port_is_number = parts.port is None or parts.port > 0
    except ValueError:
        parts, port_is_number = urlsplit(""), False
    host = parts.hostname or ""
    clean = not any(c.isspace() or c in '"<>\\^`{|}' for c in url)
    if (
        parts.scheme not in ("http", "https")
        or not _HOST.fullmatch(host)
        or "@" in parts.netloc
        or not (clean and port_is_number)
    ):
        raise PydanticCustomError(
            "web_address", "'{url}' is not a web address; write it like https://example.com", {"url": url}
        )
    return url


def opening_minutes(entry: Opening, day: Weekday) -> tuple[int, int]:
    """Start and end in minutes since Monday 00:00; the end passes midnight where ``closes`` is not after ``opens``."""
    start, end = (int(time[:2]) * 60 + int(time[3:]) for time in (entry.opens, entry.closes))
    base = list(Weekday).index(day) * MINUTES_A_DAY
    return base + start, base + (end if end > start else end + MINUTES_A_DAY)


def check_hours(hours: Iterable[Opening]) -> None:
    """Refuse a span of no length (00:00 to 00:00 is the whole day) and spans that overlap, over midnight included."""
    spans: list[tuple[int, int, Weekday]] = []
    for entry in hours:
        if entry.opens == entry.closes != "00:00":
            raise PydanticCustomError(
                "hours_empty",
                "opens and closes at {time}; give two different times, or 00:00 to 00:00 for all day",
                {"time": entry.opens},
            )
        spans += [(*opening_minutes(entry, day), day) for day in entry.days]
    spans.sort()
    following = [(start + MINUTES_A_WEEK, end, day) for start, end, day in spans[:1]]
    overlapping: defaultdict[Weekday, int] = defaultdict(int)
    for (_, end, day), (start, _, _) in pairwise(spans + following):
        overlapping[day] += end > start
    clashes = [day.value for day, count in overlapping.items() if count]
    if clashes:
        raise PydanticCustomError(
            "hours_overlap",
            "entries overlap on {days}; give each span of a day once",
            {"days": ", ".join(clashes)},
        )
