"""What must not be read in a log: secrets in texts, by the shapes that they have."""

import re

HIDDEN = "***"
LINE_LETTERS = 2000
TRACE_LETTERS = 20_000

_NAMED = r"(?:password|passwd|secret|token|authorization|cookie|api[-_ ]?key|access[-_ ]?key)"
_PATTERNS = (
    (re.compile(r"(?<=://)([^\s/@:]*):[^\s/@]*@"), rf"\1:{HIDDEN}@"),  # a password in an address
    (re.compile(r"(?i)\b(bearer|basic)\s+[\w.~+/=-]{8,}"), rf"\1 {HIDDEN}"),
    (re.compile(rf"(?i)(\b[\w-]*{_NAMED}[\w-]*[\"']?\s*[:=]\s*[\"']?)[^\s\"',;&]+"), rf"\1{HIDDEN}"),
    (re.compile(r"\b(?:sk|pk|rk|whsec|ghp|xox[abp])[-_][\w-]{8,}"), HIDDEN),  # keys of well-known services
    (re.compile(r"\bsbk_[\w-]{20,}"), HIDDEN),  # keys of our own API
    (re.compile(r"(/(?:public|order)/)[\w-]{20,}"), rf"\1{HIDDEN}"),  # a customer's link
)


def masked(text: str) -> str:
    """``text`` without its secrets, and no longer than a line may be."""
    hidden = _hidden(text)
    return hidden if len(hidden) <= LINE_LETTERS else f"{hidden[: LINE_LETTERS - 1]}…"


def masked_trace(text: str) -> str:
    """A traceback without secrets; of a very long one the end, which says what happened."""
    return _hidden(text)[-TRACE_LETTERS:]


def _hidden(text: str) -> str:
    text = text.replace("\0", "�").encode(errors="replace").decode()  # else PostgreSQL or a file would refuse it
    for pattern, hidden in _PATTERNS:
        text = pattern.sub(hidden, text)
    return text
