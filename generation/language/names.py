"""Names: short, in a sentence, in an address."""

import re

import emoji
from slugify import slugify

SHORT_LETTERS = 32
SLUG_LETTERS = 60
_BREAK = re.compile(r"\s+[\u2013\u2014|-]\s+|\s*[(\[,;:|\u2014]")
_LOOSE_END = re.compile(
    r"(?:\s+(?:&|\+|/|e|y|and|und|o|or|ou|de|da|do|das|dos|del|la|el|of|the|for|para|by|com|con|with|-))+$", re.I
)


def plain(text: str) -> str:
    """The text without emoji and the spaces that they leave."""
    return " ".join(emoji.replace_emoji(text, "").split())


def short_name(name: str) -> str:
    """The name as a header shows it: at most 32 letters, up to a natural break or cut at a word."""
    bare = plain(name) or name
    if len(bare) <= SHORT_LETTERS:
        return bare
    head = _BREAK.split(bare, maxsplit=1)[0]
    return head if 3 <= len(head) <= SHORT_LETTERS else cut(bare, SHORT_LETTERS)


def cut(text: str, letters: int) -> str:
    """The text up to that many letters, cut at a word and without a conjunction or a comma left hanging."""
    if len(text) <= letters:
        return text
    head = text[: letters + 1].rpartition(" ")[0] or text[:letters]
    return _LOOSE_END.sub("", head.rstrip(" ,;:.&-(/|\u2013\u2014")) or head


def slug(name: str, fallback: str) -> str:
    """The name as part of an address: a-z, 0-9 and hyphens, at most 60; the fallback where none of it is left."""
    return slugify(name, max_length=SLUG_LETTERS, word_boundary=True, save_order=True) or fallback


def in_sentence(name: str, proper: frozenset[str] = frozenset()) -> str:
    """A title as it stands inside a sentence: a capital first letter falls where it is the only one.

    ``proper`` holds words that keep their capital, such as the names of places.
    """
    bare = plain(name) or name
    first = bare.split()[0].strip("\"'“”")
    keeps = first in proper or any(c.isupper() or c.isdigit() for c in bare[1:])
    return bare if keeps else bare[0].lower() + bare[1:]


def capital(text: str) -> str:
    """The text with its first letter large, as a sentence begins."""
    return text[:1].upper() + text[1:]
