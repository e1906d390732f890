"""Code: a site runs nothing, and asks no other host for anything."""

import re

from .reading import Looks, Problem, ReadPage, ReadSite

DATA = "application/ld+json"
RUNNING = frozenset({"iframe", "frame", "object", "embed", "applet", "base", "form"})
LOADING = {"link": "href", "img": "src", "source": "src", "video": "src", "audio": "src", "input": "src"}
ADDRESSES = frozenset({"canonical", "alternate"})  # links that name an address and load nothing
ELSEWHERE = re.compile(r"(https?:)?//", re.IGNORECASE)


def code(site: ReadSite) -> Looks:
    for page in site.pages:
        yield from _elements(page)
    for path in site.files.files:
        if path.endswith(".css"):
            outside = re.search(r"@import|url\(\s*['\"]?(https?:)?//", site.read(path))
            yield Problem("outside_request", path, outside.group()) if outside else None


def _elements(page: ReadPage) -> Looks:
    for node in page.css("*"):
        told, tag = node.attributes, node.tag or ""
        handler = next((name for name in told if name.startswith("on")), "")
        loads = (told.get(LOADING[tag]) or "") if tag in LOADING and told.get("rel") not in ADDRESSES else ""
        if handler or tag in RUNNING or (tag == "script" and told.get("type") != DATA):
            yield Problem("script_found", page.file, f"{tag} {handler}".strip())
        elif tag == "style" or "style" in told:
            yield Problem("style_inline", page.file, tag)
        else:
            yield Problem("outside_request", page.file, loads) if ELSEWHERE.match(loads) else None
