"""Words: nothing of the machinery shows in what visitors read."""

import re

from .reading import Looks, Problem, ReadSite

BRACES = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}|\$\{|<%|%>")
PLACEHOLDERS = re.compile(r"lorem ipsum|\[object Object\]", re.IGNORECASE)
VALUES = frozenset({"None", "null", "undefined", "NaN"})  # wrong as a whole text; within one they may be words
ENTITY = re.compile(r"&(amp|lt|gt|quot|apos|nbsp|#\d+|#x[0-9a-f]+);", re.IGNORECASE)
SHOWN_LETTERS = 80
SPOKEN = ("content", "alt", "aria-label", "title", "href")


def leftovers(site: ReadSite) -> Looks:
    for page in site.pages:
        texts = [page.title]
        texts += page.tree.body.text(separator="\n").split("\n") if page.tree.body else []
        texts += [node.attributes.get(name) or "" for name in SPOKEN for node in page.css(f"[{name}]")]
        for text in filter(None, map(str.strip, texts)):
            wrong = text in VALUES or BRACES.search(text) or PLACEHOLDERS.search(text)
            if wrong:
                yield Problem("leftover", page.file, text[:SHOWN_LETTERS])
            else:
                yield Problem("escaped_twice", page.file, text[:SHOWN_LETTERS]) if ENTITY.search(text) else None
