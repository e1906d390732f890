"""Structure: headings, landmarks, language, names and alternatives, as people without sight move by them."""

from collections import Counter

from .reading import Looks, Problem, ReadPage, ReadSite

LANDMARKS = ("header", "main", "footer")


def headings(site: ReadSite) -> Looks:
    for page in site.pages:
        found = [(int((node.tag or "")[1]), node.text(strip=True)) for node in page.css("h1, h2, h3, h4, h5, h6")]
        first = sum(level == 1 for level, _ in found)
        yield None if first == 1 else Problem("heading_count", page.file, str(first))
        before = 0
        for level, words in found:
            jumps = level > before + 1
            yield Problem("heading_jump", page.file, words) if jumps else None
            yield None if words else Problem("heading_empty", page.file, f"h{level}")
            before = level


def landmarks(site: ReadSite) -> Looks:
    for page in site.pages:
        for landmark in LANDMARKS:
            count = len(page.css(f"body > {landmark}"))
            yield None if count == 1 else Problem("landmark_missing", page.file, landmark)
        for nav in page.css("nav"):
            yield None if nav.attributes.get("aria-label") else Problem("landmark_missing", page.file, "nav")
        language = page.value("html", "lang")
        yield None if language == site.spec.language else Problem("language_wrong", page.file, language)


def names(site: ReadSite) -> Looks:
    """Ids stand once a page; links have words; pictures have alternatives and a size."""
    for page in site.pages:
        for name, count in Counter(page.ids).items():
            yield None if count == 1 else Problem("id_twice", page.file, name)
        for link in page.css("a, button, summary"):
            pictured = [node.attributes.get("alt") for node in link.css("img")]
            words = link.text(strip=True) or link.attributes.get("aria-label") or any(pictured)
            yield None if words else Problem("link_without_words", page.file, link.attributes.get("href") or "")
        yield from _pictures(page)


def _pictures(page: ReadPage) -> Looks:
    for picture in page.css("img"):
        told = picture.attributes
        described = told.get("alt") and told.get("width") and told.get("height")
        yield None if described else Problem("picture_without_words", page.file, told.get("src") or "")
