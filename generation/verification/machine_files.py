"""What machines read: structured data, sitemap, robots, manifest."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from .reading import NOT_FOUND, Looks, Problem, ReadPage, ReadSite

EXPECTED = ("index.html", NOT_FOUND, "robots.txt", "sitemap.xml", "site.webmanifest", "assets/share.png")
PHONE = re.compile(r"\+[0-9]{7,15}")


def structured_data(site: ReadSite) -> Looks:
    for page in site.listed:
        blocks = page.css('script[type="application/ld+json"]')
        yield None if blocks else Problem("data_missing", page.file)
        for block in blocks:
            yield from _block(site, page, block.text())


def discovery(site: ReadSite) -> Looks:
    for path in EXPECTED:
        yield None if path in site.files.files else Problem("file_missing", path)
    listed = {html.unescape(found) for found in re.findall(r"<loc>(.*?)</loc>", site.read("sitemap.xml"))}
    pages = {site.spec.site_url + ("" if page.file == "index.html" else page.file) for page in site.listed}
    for address in sorted(listed ^ pages):
        yield Problem("sitemap_wrong", "sitemap.xml", address)
    yield from (None for _ in listed & pages)
    named = f"Sitemap: {site.spec.site_url}sitemap.xml" in site.read("robots.txt").splitlines()
    yield None if named else Problem("sitemap_wrong", "robots.txt")


def _block(site: ReadSite, page: ReadPage, text: str) -> Looks:
    try:
        data = json.loads(text)
        nodes = {node["@type"]: node for node in data["@graph"]}
    except (ValueError, KeyError, TypeError) as error:
        yield Problem("data_unreadable", page.file, str(error))
        return
    yield from (Problem("data_empty", page.file, name) if is_empty else None for name, is_empty in _values("", data))
    business = nodes.get(site.spec.identity.schema_type, {})
    for name, held in (
        ("@context", data.get("@context") == "https://schema.org"),
        ("name", business.get("name")),
        ("url", business.get("url")),
        ("address", business.get("address") or business.get("areaServed")),
        ("telephone", PHONE.fullmatch(business.get("telephone", "+00000000"))),
        ("WebSite", nodes.get("WebSite")),
    ):
        yield None if held else Problem("data_incomplete", page.file, name)


def _values(name: str, value: Any) -> Iterator[tuple[str, bool]]:
    """Every value with its name, and whether it is empty."""
    yield name, value in (None, "", [], {})
    if isinstance(value, list):
        value = {f"{name}[{i}]": each for i, each in enumerate(value)}
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _values(key, each)
