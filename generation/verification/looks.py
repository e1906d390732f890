"""Looks and weight: colours that can be read, pages that arrive quickly."""

import zlib
from itertools import product

from generation.palette import contrast
from generation.rendering.photos import FOLDER

from .reading import Looks, Problem, ReadPage, ReadSite

WORDS_CONTRAST, GRAPHIC_CONTRAST = 4.5, 3.0  # WCAG 2.2 AA: 1.4.3 and 1.4.11
PAGE_BYTES, HTML_BYTES = 400_000, 40_000
TEXTS = (".html", ".css", ".svg", ".webmanifest")  # sent compressed


def colours(site: ReadSite) -> Looks:
    palette = site.spec.theme.palette
    for scheme, roles in (("light", palette.light), ("dark", palette.dark)):
        on_grounds = product(("ink", "muted", "link", "accent"), ("surface", "panel"))
        for upper, ground in (*on_grounds, ("on_brand", "brand")):
            least = GRAPHIC_CONTRAST if upper == "accent" else WORDS_CONTRAST
            held = contrast(getattr(roles, upper), getattr(roles, ground))
            where, what = f"theme.palette.{scheme}", f"{upper} / {ground}: {held:.2f} < {least}"
            yield None if held >= least else Problem("contrast_low", where, what)


def weight(site: ReadSite) -> Looks:
    for page in site.pages:
        html = _wire_bytes(site, page.file)
        yield None if html <= HTML_BYTES else Problem("page_long", page.file, str(html))
        whole = html + sum(_wire_bytes(site, path) for path in _loaded(site, page))
        yield None if whole <= PAGE_BYTES else Problem("page_heavy", page.file, str(whole))


def _loaded(site: ReadSite, page: ReadPage) -> set[str]:
    """What a browser loads to show the page, the customer's photos aside: those come in the width that fits."""
    named = page.css('link[rel="stylesheet"], link[rel="preload"], link[rel="icon"], img')
    addresses = [node.attributes.get("href") or node.attributes.get("src") or "" for node in named]
    targets = [site.target(page, address) for address in addresses]
    return {target[0] for target in targets if target and not target[0].startswith(FOLDER)}


def _wire_bytes(site: ReadSite, path: str) -> int:
    ref = site.files.files.get(path)
    if ref is None or not path.endswith(TEXTS):
        return ref.size if ref else 0
    return len(zlib.compress(site.store.get(ref.sha256), 9))
