"""Characters that have no place in a text for people."""

import re

_BREAKS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    "["
    "\x00-\x08\x0e-\x1f\x7f-\x9f"  # controls, tab and line breaks apart
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # direction of writing
    "\u200b\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb"  # nothing to see
    "\U000e0000-\U000e007f"  # tags: a second text that only machines read
    "\ufdd0-\ufdef" + "".join(chr(plane << 16 | end) for plane in range(17) for end in (0xFFFE, 0xFFFF)) + "]"
)


def with_plain_breaks(text: str) -> str:
    """The text with each kind of line break as a line feed."""
    return _BREAKS.sub("\n", text)


def without_invisible(text: str) -> str:
    """The text without control and direction characters and what no font shows; joiners of emoji stay."""
    return _INVISIBLE.sub("", text)


def whole(text: str) -> str:
    """The text with halves of characters written out, which no other part of the program could encode."""
    return text.encode(errors="backslashreplace").decode()
