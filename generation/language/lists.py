"""Lists in a sentence: "a, b e c", "a, b, and c", "aguja e hilo", "siete u ocho"."""

import re
from collections.abc import Iterable, Sequence
from typing import Literal

from babel.lists import format_list

# Spanish changes its conjunction before the same sound: "e hilo" but "y hielo"; "u ocho", "u 8".
_AND = ("y", "e", re.compile(r"h?[ií](?![aeoáéó])", re.IGNORECASE))
_OR = ("o", "u", re.compile(r"h?[oó]|8|11(?!\d)", re.IGNORECASE))


# Where one of the last two has an "and" of its own, a comma sets the last one off: "mármol y piedra, y lámparas".
_OWN_AND = re.compile(r"\s(?:e|y|and|ou|o|or)\s")


def joined(items: Sequence[str], language: str, style: Literal["standard", "or"] = "standard") -> str:
    """The items as one list of that language, joined by its "and" or its "or"; "" for none."""
    if language.startswith("es"):
        text, last = _spanish(items, style)
    else:
        text, last = format_list(items, style=style, locale=language.replace("-", "_")), items[-1] if items else ""
    if len(items) < 2 or not any(map(_OWN_AND.search, items[-2:])):
        return text
    head, conjunction = text.removesuffix(last).rstrip().rsplit(" ", 1)
    return f"{head.rstrip(',')}, {conjunction} {last}"


def _spanish(items: Sequence[str], style: str) -> tuple[str, str]:
    """The list, and its last item."""
    *others, last = items or [""]
    plain, before_same_sound, same_sound = _OR if style == "or" else _AND
    conjunction = before_same_sound if same_sound.match(last) else plain
    return (f"{', '.join(others)} {conjunction} {last}" if others else last), last


def fitting(items: Iterable[str], letters: int) -> list[str]:
    """As many of the items, from the first, as take that many letters together; at least one."""
    kept: list[str] = []
    for item in items:
        if kept and sum(map(len, kept)) + len(item) + 2 * len(kept) > letters:
            break
        kept.append(item)
    return kept
