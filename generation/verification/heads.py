"""Heads: titles, descriptions, addresses, and what shared links show."""

from collections import Counter

from generation.rendering.head import DESCRIPTION_LETTERS, SHARE_IMAGE

from .reading import Looks, Problem, ReadSite

DESCRIPTION_AT_LEAST = 50
SHARED = ("og:title", "og:description", "og:type", "og:url", "og:image", "og:locale")


def heads(site: ReadSite) -> Looks:
    titles = Counter(page.title for page in site.pages)
    for page in site.pages:
        yield None if page.title else Problem("title_missing", page.file)
        yield None if titles[page.title] == 1 else Problem("title_twice", page.file, page.title)
    for page in site.listed:
        description = page.value('meta[name="description"]', "content")
        yield None if description else Problem("description_missing", page.file)
        fits = DESCRIPTION_AT_LEAST <= len(description) <= DESCRIPTION_LETTERS
        yield None if fits else Problem("description_length", page.file, str(len(description)))
        own = site.spec.site_url + ("" if page.file == "index.html" else page.file)
        told = page.value('link[rel="canonical"]', "href")
        yield None if told == own else Problem("address_wrong", page.file, told)
        for name in SHARED:
            shown = page.value(f'meta[property="{name}"]', "content")
            yield None if shown else Problem("sharing_incomplete", page.file, name)
        picture = page.value('meta[property="og:image"]', "content")
        known = picture.removeprefix(site.spec.site_url) == SHARE_IMAGE and SHARE_IMAGE in site.files.files
        yield None if known else Problem("sharing_incomplete", page.file, picture)
