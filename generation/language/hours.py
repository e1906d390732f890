"""Opening hours in words: "Segunda a sexta: 8h às 18h", "de lunes a viernes, de 8:00 a. m. a 6:00 p. m.".

Babel's own forms differ from those that people write ("segunda-feira", "18:00"), hence this module.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from babel import Locale
from babel.dates import get_day_names, get_time_format

from generation.contracts import Hours, Weekday

from .lists import joined
from .names import capital

Span = tuple[str, str]
EN_DASH = "\N{EN DASH}"
WHOLE_DAY: Span = ("00:00", "00:00")


class Days(NamedTuple):
    """Days with the same hours. ``spans`` is empty where they are closed."""

    days: tuple[Weekday, ...]
    spans: tuple[Span, ...]


class Line(NamedTuple):
    """One line of an opening table, both in words."""

    days: str
    times: str


def table(hours: Sequence[Hours], language: str) -> list[Line]:
    """The week as lines, days with equal hours together, closed days last; nothing without hours."""
    speech = _speech(language)
    lines = [Line(capital(_days(group.days, language)), _times(group.spans, language)) for group in grouped(hours)]
    named = {day for entry in hours for day in entry.days}
    closed = tuple(day for day in Weekday if day not in named)
    return [*lines, Line(capital(_days(closed, language)), speech.closed)] if lines and closed else lines


def sentence(hours: Sequence[Hours], language: str) -> str:
    """The opening hours as part of a sentence: "de segunda a sexta, das 8h às 18h; sábado, das 8h30 às 12h30"."""
    speech = _speech(language)
    return "; ".join(
        f"{_days(group.days, language, speech.from_day)}, {_times(group.spans, language, speech.from_time)}"
        for group in grouped(hours)
    )


def grouped(hours: Iterable[Hours]) -> list[Days]:
    """Open days in groups of equal hours, by the first day of each."""
    spans: dict[Weekday, list[Span]] = {}
    for entry in hours:
        for day in entry.days:
            spans.setdefault(day, []).append((entry.opens, entry.closes))
    same: dict[tuple[Span, ...], list[Weekday]] = {}
    for day in Weekday:
        if day in spans:
            same.setdefault(tuple(sorted(spans[day])), []).append(day)
    return [Days(tuple(days), times) for times, days in same.items()]


class _Speech(NamedTuple):
    """How one language speaks of days and times."""

    every_day: str
    closed: str
    whole_day: str
    range: str  # between two days
    from_day: str  # before a range of days, in a sentence
    from_time: Callable[[str], str]  # before an opening time, in a sentence
    until: Callable[[str], str]  # between opening and closing


_ONE_HOUR = ("0h", "1h", "meia-noite")  # singular in Portuguese
_SPEECH = {
    "pt": _Speech(
        "todos os dias", "Fechado", "o dia todo", " a ", "de ",
        lambda time: "da " if time.startswith(_ONE_HOUR) else "das ",
        lambda time: " à " if time.startswith(_ONE_HOUR) else " às ",
    ),
    "en": _Speech("every day", "Closed", "all day", " to ", "", lambda _: "", lambda _: EN_DASH),
    "es": _Speech("todos los días", "Cerrado", "todo el día", " a ", "de ", lambda _: "de ", lambda _: " a "),
}  # fmt: skip


def _speech(language: str) -> _Speech:
    return _SPEECH[language[:2]]


def _days(days: tuple[Weekday, ...], language: str, before_range: str = "") -> str:
    speech, names = _speech(language), day_names(language)
    week = list(Weekday)
    if len(days) == len(week):
        return speech.every_day
    parts: list[str] = []
    for _, run in groupby(enumerate(days), key=lambda pair: week.index(pair[1]) - pair[0]):
        run_of_days = [names[week.index(day)] for _, day in run]
        if len(run_of_days) > 2:
            parts.append(f"{before_range}{run_of_days[0]}{speech.range}{run_of_days[-1]}")
        else:
            parts += run_of_days
    return joined(parts, language)


def day_names(language: str) -> list[str]:
    """Monday to Sunday as people say them: "segunda", not "segunda-feira"."""
    names = get_day_names("wide", locale=language.replace("-", "_"))
    return [names[index].removesuffix("-feira") for index in range(7)]


def _times(spans: Sequence[Span], language: str, before: Callable[[str], str] = lambda _: "") -> str:
    speech = _speech(language)
    words = []
    for span in spans:
        if span == WHOLE_DAY:
            return speech.whole_day
        opens, closes = (clock(time, language) for time in span)
        words.append(f"{before(opens)}{opens}{speech.until(closes)}{closes}")
    return joined(words, language)


def clock(time: str, language: str) -> str:
    """A time of day, from "HH:MM": "8h30", "8:30 am", "8:30 a. m." or, where people count to 24, "8:30"."""
    hour, minute = int(time[:2]), int(time[3:])
    if language.startswith("pt"):
        return "meia-noite" if time == "00:00" else f"{hour}h{minute:02}" if minute else f"{hour}h"
    if language.startswith("en"):
        if time in ("00:00", "12:00"):
            return "midnight" if hour == 0 else "noon"
        return f"{hour % 12 or 12}{f':{minute:02}' if minute else ''} {'am' if hour < 12 else 'pm'}"
    if counts_to_12(language):
        return f"{hour % 12 or 12}:{minute:02} {'a. m.' if hour < 12 else 'p. m.'}"
    return f"{hour}:{minute:02}"


def counts_to_12(language: str) -> bool:
    return "a" in get_time_format("short", locale=Locale.parse(language, sep="-")).pattern
