"""What templates of themes may do beside Django's own tags: pictures, and a few filters over links and sections."""

import re
from functools import cache
from typing import Any

import pyphen
from django import template
from django.template import Context
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from generation.contracts import Address, Item, Network, Photo, Section, SocialLink
from generation.language import addresses

from . import photos

register = template.Library()

ICONS = {"tel:": "phone", "mailto:": "mail", "https://wa.me/": "whatsapp"}
NETWORKS = {
    Network.INSTAGRAM: "Instagram",
    Network.FACEBOOK: "Facebook",
    Network.LINKEDIN: "LinkedIn",
    Network.YOUTUBE: "YouTube",
    Network.TIKTOK: "TikTok",
    Network.X: "X",
    Network.PINTEREST: "Pinterest",
}
LONG_HEADING, LONG_WORD = 60, 20  # letters
SPLIT_WORD = 15  # letters: longer ones may break at a syllable
SOFT_HYPHEN, NO_BREAK = "\N{SOFT HYPHEN}", "\N{NO-BREAK SPACE}"
_PHONE = re.compile(r"[+(]?\d[\d() .-]{6,}\d")
_SPLIT_WORD = re.compile(rf"(?<![^\s(/-])[^\W\d_]{{{SPLIT_WORD + 1},}}(?![^\s),;:!?/-])")  # no part of an address
# "(512) 555-0134", "8:30 am–noon", "6:00 p. m.", "CEP 13015-002", "TX 78756"
_KEPT_TOGETHER = re.compile(rf"{_PHONE.pattern}|\b\d{{1,2}}(?::\d\d)? [ap](?:m\b|\. m\.)|\b[A-Z]{{2,3}} \d{{5}}\b")


@register.inclusion_tag("picture.html", takes_context=True)
def picture(context: Context, photo: Photo, sizes: str, eager: bool = False) -> dict[str, Any]:
    """A photo in all its widths. ``sizes`` tells how wide it is shown, as the attribute of that name does.

    ``eager`` is for a photo that stands at the top of its page: it is asked for at once, before all others.
    """
    return {
        "photo": photo,
        "sources": [(kind, photos.renditions(photo.asset, name)) for name, kind in photos.MEDIA_TYPES.items()],
        "fallback": photos.fallback(photo.asset),
        "sizes": sizes,
        "eager": eager,
        "root": context["root"],
    }


@register.filter
def columns(count: int) -> int:
    """How many columns, three at most, hold so many pictures in the fullest rows."""
    return count if count < 3 else next((n for n in (3, 2) if count % n == 0), 3)


@register.filter(name="template")
def template_of(section: Section) -> str:
    """The template that draws the section."""
    return f"sections/{section.kind.value}-{section.variant}.html"


@register.filter
def under(href: str, root: str) -> str:
    """A link to a page of the site as it stands on a page elsewhere; ``root`` is empty or ends with a slash."""
    if not root or ":" in href:
        return href
    return f"{root}index.html{href}" if href.startswith("#") else root + href


@register.filter
def icon(href: str) -> str:
    """The icon for what a link does, or nothing."""
    name = next((name for start, name in ICONS.items() if href.startswith(start)), "")
    return name and f"icons/{name}.svg"


@register.filter
def icon_of(item: Item) -> str:
    """The icon of a way to reach the business; what is no link is a place."""
    return (item.href and icon(item.href)) or "icons/place.svg"


@register.filter
def town(address: Address) -> str:
    """Town, state and postal code as letters of that country have them."""
    return addresses.town(address, address.country)


@register.filter
def network(link: SocialLink) -> str:
    """How a social network writes itself."""
    return NETWORKS[link.network]


@register.filter
def times(count: int) -> range:
    """Something to loop over so many times."""
    return range(count)


@register.filter
def is_long(heading: str) -> bool:
    """Whether a heading needs smaller letters: by its length, or by a word that fits no line."""
    return len(heading) > LONG_HEADING or any(len(word) > LONG_WORD for word in heading.split())


@register.filter
def breakable(text: str) -> SafeString:
    """The text, escaped, where it may break: in e-mail addresses and very long words, but not in telephone numbers."""
    with_hyphens = _SPLIT_WORD.sub(lambda word: _syllables().inserted(word.group(), SOFT_HYPHEN), text)
    whole = _PHONE.sub(r'<span class="whole">\g<0></span>', escape(with_hyphens))
    return mark_safe(whole.replace("@", "@<wbr>"))  # noqa: S308 - escaped above


@register.filter
def together(text: str) -> str:
    """The text with telephone numbers, times of day and postal codes each on one line."""
    return _KEPT_TOGETHER.sub(lambda found: found.group().replace(" ", NO_BREAK), text)


def _syllables() -> pyphen.Pyphen:
    return _dictionary(get_language() or "en")


@cache
def _dictionary(language: str) -> pyphen.Pyphen:
    return pyphen.Pyphen(lang=pyphen.language_fallback(language), left=4, right=4)
