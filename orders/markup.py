"""Markup and entities in what people typed or pasted: turned into the plain text that they meant."""

import html
import re

import nh3

from .characters import with_plain_breaks, without_invisible

_PASSES = 5
_CONTENT_TOO = {"script", "style"}
# What only looks like markup ("<3", "a < b", "R&D", "salt&notes") is text; the parser would swallow it.
_NO_TAG = re.compile(r"<(?!/?[a-z][a-z0-9-]*(?::[a-z]+)?(?:[\s/][^<>]*)?>|!--|!doctype|\?)", re.IGNORECASE)
_OPEN_CONTENT = re.compile(r"<(?:script|style)\b[^<>]*$", re.IGNORECASE)
_NO_ENTITY = re.compile(r"&(?!#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|[a-zA-Z][a-zA-Z0-9]{1,31};)")
_ESCAPED_AGAIN = re.compile(r"&(?:amp;){2,}")
_BLOCK = re.compile(r"<(?:br|hr|/?(?:p|div|li|ul|ol|h[1-6]|tr|td|th|table|section|blockquote))\b[^<>]*>", re.I)


def plain_text(text: str) -> tuple[str, bool, bool]:
    """The text without markup (script and style with their content) and without invisible characters.

    Also whether markup, and whether characters, were removed. What decodes into markup is stripped as well.
    """
    text = _ESCAPED_AGAIN.sub("&amp;", with_plain_breaks(text))
    markup = characters = False
    for _ in range(_PASSES):
        visible = without_invisible(text)
        stripped = _stripped(visible)
        characters |= visible != text
        markup |= stripped != html.unescape(_NO_ENTITY.sub("&amp;", visible))
        if stripped == text:
            break
        text = stripped
    return text, markup, characters


def _stripped(text: str) -> str:
    text = _OPEN_CONTENT.sub("", text)
    text = _NO_ENTITY.sub("&amp;", _NO_TAG.sub("&lt;", _BLOCK.sub("\n", text)))
    return html.unescape(nh3.clean(text, tags=set(), clean_content_tags=_CONTENT_TOO))
