"""Answers made clean: repaired, or in part left out, each time with a notice that says so."""

import re
from collections.abc import Callable
from typing import Any

from generation.contracts import Notice
from generation.contracts.sentences import split

from .characters import without_invisible
from .markup import plain_text
from .sentences import is_order, is_template_code
from .social import profile_address

_CLOSED = {"version", "locale", "niche", "tone", "primary_cta", "pages", "days", "opens", "closes", "country"}
_ADDRESSES = {"phone", "whatsapp", "email", "booking_url", "site_url", "file"}
_PROSE = {"description", "about_owner", "objective"}
_COLOUR = re.compile(r"#?([0-9a-f]{6}|[0-9a-f]{3})", re.IGNORECASE)


def clean(answers: dict[str, Any]) -> tuple[dict[str, Any], tuple[Notice, ...]]:
    """Answers as JSON data, of whatever types, as they may enter a Brief, and what was done to them.

    Texts change, and lists lose entries of which nothing is left; a text of which nothing is left is empty.
    """
    cleaner = _Cleaner()
    cleaned = {name: cleaner.value(name, value, name) for name, value in answers.items()}
    return cleaned, tuple(cleaner.notices)


def as_hex(colour: str) -> str | None:
    """The colour as #rrggbb, from three or six digits; None where it is no such colour."""
    match = _COLOUR.fullmatch(colour)
    if not match:
        return None
    digits = match[1].lower()
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))


class _Cleaner:
    """Walks through answers; each method takes a value and its dotted path."""

    def __init__(self) -> None:
        self.notices: list[Notice] = []

    def value(self, field: str, value: Any, where: str) -> Any:
        match value:
            case str() if field not in _CLOSED:
                return self._address(value, where) if field in _ADDRESSES else self._words(field, value, where)
            case dict() if field == "colours":
                return self._only_good(value, where, "colour_dropped", lambda _, colour: as_hex(colour))
            case dict() if field == "social":
                return self._only_good(value, where, "social_dropped", self._profile)
            case dict() if field == "testimonials":
                return self._testimonial(value, where)
            case dict():
                return {name: self.value(name, each, f"{where}.{name}") for name, each in value.items()}
            case list():
                cleaned = [self.value(field, each, f"{where}[{number}]") for number, each in enumerate(value)]
                return [each for each in cleaned if each not in ("", {})]
        return value

    def _note(self, code: str, where: str, detail: str = "") -> None:
        self.notices.append(Notice(code=code, where=where, detail=detail))

    def _address(self, text: str, where: str) -> str:
        visible = without_invisible(text)
        if visible != text:
            self._note("characters_removed", where)
        return visible

    def _plain(self, text: str, where: str) -> str:
        plain, had_markup, had_characters = plain_text(text)
        if had_markup:
            self._note("markup_removed", where)
        if had_characters:
            self._note("characters_removed", where)
        return plain.strip()

    def _words(self, field: str, text: str, where: str) -> str:
        text = self._plain(text, where)
        kept = []
        for number, sentence in enumerate(split(text) if field in _PROSE else [text], 1):
            if reason := _reason_to_leave_out(sentence):
                self._note(reason, where, str(number))
            else:
                kept.append(sentence)
        return "".join(kept).strip()

    def _testimonial(self, entry: dict[str, Any], where: str) -> dict[str, Any]:
        """Word for word, or nothing of it."""
        words = {
            name: self._plain(value, f"{where}.{name}") if isinstance(value, str) else value
            for name, value in entry.items()
        }
        if any(isinstance(value, str) and _reason_to_leave_out(value) for value in words.values()):
            self._note("testimonial_left_out", where)
            return {}
        return words

    def _profile(self, network: str, given: str) -> str | None:
        address = profile_address(network, given)
        if address and address != given:
            self._note("social_completed", f"social.{network}", address)
        return address

    def _only_good(
        self, given: dict[str, Any], where: str, code: str, repair: Callable[[str, str], str | None]
    ) -> dict[str, Any]:
        good = {}
        for name, value in given.items():
            good[name] = repair(name, without_invisible(value).strip()) if isinstance(value, str) else value
            if good[name] is None and value:
                self._note(code, f"{where}.{name}")
        return good


def _reason_to_leave_out(text: str) -> str | None:
    if is_template_code(text):
        return "braces_left_out"
    return "order_left_out" if is_order(text) else None
