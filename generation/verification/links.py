"""Links: each leads somewhere, from anywhere, and every page is led to."""

import re

from .reading import Looks, Problem, ReadPage, ReadSite

TELEPHONE = re.compile(r"tel:\+[0-9]{7,15}")
MAIL = re.compile(r"mailto:[^@\s?]+@[^@\s?]+\.[^@\s?]+(\?.*)?")
WHATSAPP = re.compile(r"https://wa\.me/[0-9]{7,15}(\?.*)?")
SCHEMES = {"tel:": TELEPHONE, "mailto:": MAIL, "https://wa.me/": WHATSAPP}
HARMLESS = re.compile(r"https?://[^\s]+")
# What a page names by attribute; addresses for search engines and sharing are absolute by their nature.
REFERENCES = 'a[href], link[href]:not([rel="canonical"]):not([rel="alternate"]), [src]'
CSS_URL = re.compile(r"""url\(\s*['"]?([^'")]+)""")


def links(site: ReadSite) -> Looks:
    for page in site.pages:
        for node in page.css(REFERENCES):
            yield _link(site, page, (node.attributes.get("href") or node.attributes.get("src") or "").strip())
        for node in page.css("[srcset]"):
            for candidate in filter(None, map(str.split, (node.attributes.get("srcset") or "").split(","))):
                yield _link(site, page, candidate[0])
    for path in site.files.files:
        if path.endswith(".css"):
            yield from (_file_of_css(site, path, url) for url in CSS_URL.findall(site.read(path)))


def reachable(site: ReadSite) -> Looks:
    """Every page is led to from the first."""
    found, waiting = {"index.html"}, ["index.html"]
    while waiting:
        page = site.page(waiting.pop())
        for node in page.css("a[href]") if page else ():
            href = node.attributes.get("href") or ""
            target = site.target(page, href) if page and ":" not in href else None
            if target and target[0] not in found:
                found.add(target[0])
                waiting.append(target[0])
    for listed in site.listed:
        yield None if listed.file in found else Problem("page_unreachable", listed.file)


def _link(site: ReadSite, page: ReadPage, href: str) -> Problem | None:
    for start, form in SCHEMES.items():
        if href.startswith(start):
            return None if form.fullmatch(href) else Problem("link_malformed", page.file, href)
    if ":" in href.split("/")[0]:
        return None if HARMLESS.fullmatch(href) else Problem("link_dangerous", page.file, href)
    target = site.target(page, href)
    if target is None:
        return Problem("link_not_relative", page.file, href)
    path, anchor = target
    if not href or href == "#" or path not in site.files.files:
        return Problem("link_broken", page.file, href)
    aimed = site.page(path)
    if anchor and (aimed is None or anchor not in aimed.ids):
        return Problem("anchor_missing", page.file, href)
    return None


def _file_of_css(site: ReadSite, path: str, url: str) -> Problem | None:
    folder = path.rpartition("/")[0]
    return None if f"{folder}/{url}" in site.files.files else Problem("link_broken", path, url)
