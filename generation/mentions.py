"""Finds what a text says that can be true or false: numbers, names, days, addresses, and kinds of assertion.

What each language counts as one stands in ``language/assertions/<locale>.toml``.
"""

import re
import tomllib
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from babel import Locale as BabelLocale

from .contracts import Locale, Weekday, fold
from .language.money import PRICE

PATTERNS = Path(__file__).parent / "language" / "assertions"
KEPT = 2_000
"""Of how many texts it is kept what they say: each of a site's claims is held against the same fields."""
_WEEK = [day.value for day in Weekday]
_NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*")
_PHONE = r"(?:\+\d{1,3} )?\(?\d{2,4}\)?[ -]\d{3,5}[ -]\d{4}(?!\d)"
_THOUSANDS = re.compile(r"[.,](?=\d{3}(?!\d))")
_ADDRESS = re.compile(r"\S+@\S+\.\w+|(?:https?://|www\.)\S+|\b[\w-]+\.(?:com|net|org|io|app|adv)(?:\.\w\w)?(?:/\S*)?\b")
_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_BEGINS = re.compile(r"(?:^|[.!?:;|…•·\n\u2013\u2014(\"“«¿¡/])[\s\"'“«¿¡(]*$")
_CLAUSE = re.compile(r"[.;!?\n]")


class Key(NamedTuple):
    """What a mention says, however it is written. ``unit`` is that of a number, if it has one."""

    kind: str
    value: str
    unit: str = ""


class Mention(NamedTuple):
    """Words of a text, and what they say."""

    text: str
    key: Key


class _Speech(NamedTuple):
    """The patterns of one language; all but names are sought in folded text."""

    assertions: dict[str, re.Pattern[str]]
    number_words: dict[str, int]
    number: re.Pattern[str]
    units: dict[str, re.Pattern[str]]
    days: re.Pattern[str]
    day: dict[str, re.Pattern[str]]
    closed: re.Pattern[str]
    no_more_than_days: re.Pattern[str]
    names: frozenset[str]


@lru_cache(KEPT)
def mentions(text: str, locale: Locale) -> tuple[Mention, ...]:
    """Everything in the text that needs a ground, kind by kind."""
    return tuple(_mentions(text, locale))


def _mentions(text: str, locale: Locale) -> Iterator[Mention]:
    speech, folded = _speech(locale), fold(text)
    yield from (Mention(found, Key("address", found.rstrip(".,;"))) for found in _ADDRESS.findall(text))
    yield from _numbers(_ADDRESS.sub(" ", folded), speech)
    yield from _days(folded, speech)
    yield from _names(_ADDRESS.sub(" ", text), speech)
    for kind, pattern in speech.assertions.items():
        yield from (Mention(found.group(), Key("claim", kind)) for found in pattern.finditer(folded))


@lru_cache(KEPT)
def words_of(text: str) -> frozenset[str]:
    """The words of a text as names are compared."""
    return frozenset(_bare(word) for word in _WORD.findall(text))


def _numbers(text: str, speech: _Speech) -> Iterator[Mention]:
    """Numbers in digits and in words. "One" is an article in two of the languages and is passed over."""
    for found in speech.number.finditer(text):
        digits = found.group()
        value = _value(digits, speech)
        unit = next((name for name, pattern in speech.units.items() if pattern.match(text, found.end())), "")
        before = text[max(found.start() - 4, 0) : found.end()]
        unit = "money" if PRICE.search(before) else unit
        yield Mention(text[found.start() : found.end()], Key("number", value, unit))


def _value(digits: str, speech: _Speech) -> str:
    """A number without what people write between its digits."""
    if re.fullmatch(_PHONE, digits):
        return re.sub(r"\D", "", digits)
    return _THOUSANDS.sub("", digits) if _NUMBER.fullmatch(digits) else str(_count(digits, speech))


def _count(words: str, speech: _Speech) -> int:
    total = 0
    for word in re.findall(r"[a-z]+", words):
        number = speech.number_words.get(word, 0)
        total = (total or 1) * number if number in (100, 1000) else total + number
    return total


def _days(text: str, speech: _Speech) -> Iterator[Mention]:
    """Days of the week, each open or closed; a text that is nothing but days is a label and says neither."""
    if speech.no_more_than_days.fullmatch(text):
        return
    for found in speech.days.finditer(text):
        start = max((end.end() for end in _CLAUSE.finditer(text, 0, found.start())), default=0)
        rest = _CLAUSE.split(text[found.end() :], maxsplit=1)[0]
        state = "closed" if speech.closed.search(text[start : found.start()] + " " + rest) else "open"
        for day in _week(found.group(), speech):
            yield Mention(found.group(), Key("day", f"{state} {day}"))


def _week(words: str, speech: _Speech) -> Iterator[str]:
    """The days that a word or a range of words means, as those of the contract."""
    named = sorted(
        ((found.start(), days) for days, pattern in speech.day.items() for found in pattern.finditer(words)),
    )
    first, last = _WEEK.index(named[0][1][:3]), _WEEK.index(named[-1][1][-3:])
    yield from _WEEK[first : last + 1] if first <= last else (*_WEEK[first:], *_WEEK[: last + 1])


def _names(text: str, speech: _Speech) -> Iterator[Mention]:
    """Words with a capital that no sentence begins with; those that stand side by side are one name."""
    first = last = 0
    for found in _WORD.finditer(text):
        word = found.group()
        if not word[0].isupper() or _bare(word) in speech.names or _BEGINS.search(text, 0, found.start()):
            continue
        if first < last and text[last : found.start()] != " ":
            yield _name(text[first:last])
            first = last
        first, last = first if first < last else found.start(), found.end()
    if first < last:
        yield _name(text[first:last])


def _name(words: str) -> Mention:
    return Mention(words, Key("name", " ".join(map(_bare, words.split()))))


def _bare(word: str) -> str:
    """A name without what stands at its end only by grammar."""
    return fold(word).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").removesuffix("'s")


@cache
def _speech(locale: Locale) -> _Speech:
    told = tomllib.loads((PATTERNS / f"{locale}.toml").read_text(encoding="utf-8"))
    number_words, joins = told["numbers"], told["joins"]["numbers"]
    word = rf"\b(?:{'|'.join(number_words)})\b"
    day = rf"\b(?:{'|'.join(told['days'].values())})"
    between = told["day_words"]["between"]
    return _Speech(
        assertions={kind: re.compile(rf"(?<!\w)(?:{p})(?!\w)") for kind, p in told["assertions"].items()},
        number_words=number_words,
        number=re.compile(rf"{_PHONE}|{_NUMBER.pattern}|{word}(?:{joins}{word})*"),
        units={name: re.compile(rf"[\s+\-]*(?:{pattern})(?!\w)") for name, pattern in told["units"].items()},
        days=re.compile(rf"{day}(?!\w)(?:{told['day_words']['range']}{day}(?!\w))?"),
        day={name: re.compile(rf"\b(?:{pattern})(?!\w)") for name, pattern in told["days"].items()},
        closed=re.compile(rf"\b(?:{told['day_words']['closed']})"),
        no_more_than_days=re.compile(rf"(?:\s*(?:{day}(?!\w)|{between}))*\s*"),
        names=frozenset(map(_bare, told["names"]["known"].split("|"))) | frozenset(_day_names(locale)),
    )


def _day_names(locale: Locale) -> Iterator[str]:
    """Names of days, months and languages, which English writes with a capital; days are judged apart."""
    known = BabelLocale.parse(locale, sep="-")
    for names in (known.days["format"]["wide"], known.months["format"]["wide"]):
        yield from map(fold, names.values())
        yield from (f"{fold(name)}s" for name in names.values())
    yield from map(fold, known.languages.values())
