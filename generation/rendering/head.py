"""The head of each page: what tabs, search results and shared links show of it."""

import textwrap
from dataclasses import dataclass
from urllib.parse import urljoin

from generation.contracts import Page, SiteSpec
from generation.themes import ThemeFolder

from .structured_data import structured_data

TITLE_LETTERS = 65
DESCRIPTION_LETTERS = 165
SHARE_IMAGE = "assets/share.png"
# Sharing tags name a territory, which a language without a region does not have.
TERRITORIES = {"en": "en_US", "es": "es_ES", "pt": "pt_BR"}


@dataclass(frozen=True)
class Head:
    """What stands in ``<head>``. A page without a canonical address is kept from search engines."""

    title: str
    stylesheet: str
    fonts: tuple[str, ...]
    description: str = ""
    canonical: str = ""
    territory: str = ""
    share_image: str = ""
    share_alt: str = ""
    structured_data: str = ""


def address(spec: SiteSpec, page: Page) -> str:
    """The absolute address of a page; that of the home page is the root."""
    return spec.site_url if page.file == "index.html" else urljoin(spec.site_url, page.file)


def cut(text: str, letters: int) -> str:
    """The text, or as many whole words of it as fit, with an ellipsis."""
    if len(text) <= letters:
        return text
    return textwrap.shorten(text, letters - 1, placeholder="").rstrip(" ,;:.&|–—-(") + "…"


def titles(spec: SiteSpec) -> dict[str, str]:
    """The title of each page by its file: bounded, and told apart by the page's label where two would be alike."""
    found: dict[str, str] = {}
    for page in spec.pages:
        title = cut(page.title, TITLE_LETTERS)
        if title in found.values():
            title = cut(f"{page.label} | {page.title}", TITLE_LETTERS)
        found[page.file] = title
    return found


def head_of(spec: SiteSpec, page: Page, theme: ThemeFolder, stylesheet: str) -> Head:
    description = cut(page.description, DESCRIPTION_LETTERS)
    title = titles(spec)[page.file]
    return Head(
        title=title,
        stylesheet=stylesheet,
        fonts=tuple(f"assets/{font}" for font in theme.fonts),
        description=description,
        canonical=address(spec, page),
        territory=TERRITORIES.get(spec.language, spec.language.replace("-", "_")),
        share_image=urljoin(spec.site_url, SHARE_IMAGE),
        share_alt=spec.identity.name,
        structured_data=structured_data(spec, page, url=address(spec, page), title=title, description=description),
    )
