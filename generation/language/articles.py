"""A business's name with the article that people say before it: "a Clínica Sorriso Vivo", "del Restaurante Sol"."""

from typing import NamedTuple

from generation.contracts import Locale, fold

from .messages import words

_OF = {"a": "da", "o": "do", "la": "de la", "el": "del"}


class Named(NamedTuple):
    """A name inside a sentence, and the same after "of"."""

    the: str
    of: str


def named(name: str, locale: Locale) -> Named:
    """The name as it stands inside a sentence of that language; bare where its article cannot be told."""
    labels, first = words(locale), fold(name).partition(" ")[0]
    for article in labels.forms("articles") if "articles" in labels else ():
        if first in fold(labels.text("articles", form=article)).split():
            return Named(f"{article} {name}", f"{_OF[article]} {name}")
    return Named(name, f"{'of' if locale is Locale.EN else 'de'} {name}")
