"""Sentences and paragraphs of a text that people wrote."""

import re
from collections.abc import Iterator

_END = re.compile(r"[.!?…]+[\"'”\u2019»)\]]*(?:\s+|$|(?<=[a-zà-ÿ][.!?])(?=[¿¡A-ZÀ-Þ]))|\s*\n\s*")
_ABBREVIATION = re.compile(
    r"(?<![^\s(])(?:\w|mrs?|ms|drs?|dras?|sres?|sras?|srta|profa?|eng|adv|arq|av|al|trav|sto?|sta|no|nº|núm|tel)$",
    re.IGNORECASE,
)


def split(text: str) -> Iterator[str]:
    """The text's sentences and lines with the spaces after them; joined they are the text again."""
    start = 0
    for end in _END.finditer(text):
        if "\n" in end[0] or not (end[0].startswith(".") and _ABBREVIATION.search(text, start, end.start())):
            yield text[start : end.end()]
            start = end.end()
    if start < len(text):
        yield text[start:]


def sentences(paragraph: str) -> list[str]:
    """The sentences of a paragraph, each with its closing mark."""
    return [sentence.strip() for sentence in split(paragraph)]


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, each on one line."""
    return [" ".join(line.split()) for line in text.split("\n") if line.strip()]
