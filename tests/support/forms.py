"""Forms as a browser would send them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode


def fields_of(form: LexborNode) -> dict[str, Any]:
    """What a browser would send of the form as it stands, its buttons and files apart."""
    sent: dict[str, Any] = {}
    for field in form.css("input, textarea, select"):
        name, kind = field.attributes.get("name"), field.attributes.get("type")
        if not name or "__prefix__" in name or name == "csrfmiddlewaretoken" or kind == "file":
            continue
        if field.tag == "select":
            chosen = [option.attributes["value"] for option in field.css("option[selected]")]
            sent[name] = chosen[0] if chosen else ""
        elif kind == "checkbox":
            if "checked" in field.attributes:
                sent.setdefault(name, []).append(field.attributes.get("value") or "on")
        elif field.tag == "textarea":
            sent[name] = field.text().removeprefix("\r\n").removeprefix("\n").replace("\n", "\r\n")
        else:
            sent[name] = field.attributes.get("value") or ""
    return sent
