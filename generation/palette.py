"""The colours of a site: one brand colour in, the parts that colours play out, with contrast held.

Lightness, chroma and hue are those of OKLCH. Each role starts where the brand would have it and moves in lightness
until it can be read on both of its grounds; what cannot be shown in sRGB is fitted with its hue kept.
"""

import hashlib
from collections.abc import Iterable
from typing import NamedTuple

from coloraide import Color

from .contracts import Colours, Palette, Roles

INK_CONTRAST = 12.0
MUTED_CONTRAST = 5.5
LINK_CONTRAST = 5.2
BUTTON_CONTRAST = 4.8
GRAPHIC_CONTRAST = 3.0

GREY_CHROMA = 0.012  # below it a colour has no hue that anybody would name
WHITE_LIGHTNESS = 0.93  # a grey above it is paper, not a brand
CHROMA_FLOOR = 0.09  # a pale brand turns grey when darkened: its roles keep at least this much colour
PALE_LIGHTNESS, PALE_CHROMA = 0.9, 0.06  # a pale brand is itself the colour of the panels
BRIGHT_LIGHTNESS, BRIGHT_CHROMA = 0.72, 0.1  # a bright brand stays as it is and carries dark words
DARK_BUTTON_LIGHTNESS = 0.56
NIGHT_LIGHTNESS = 0.76  # a wide band lighter than this glares in the dark scheme
ACCENT_TURN = 48  # degrees of hue to the accent of a brand that names none
STEP = 0.01

# Hues for businesses without a colour: teal, blue, red, green, amber, rust; no two look alike.
HUES = (195, 245, 25, 150, 75, 45)
WHITE = "#ffffff"


class Tint(NamedTuple):
    """A colour in OKLCH: lightness 0 to 1, chroma, hue in degrees."""

    lightness: float
    chroma: float
    hue: float

    def hex(self) -> str:
        """The nearest colour of sRGB as #rrggbb."""
        fitted = Color("oklch", [*self]).fit("srgb", method="raytrace", pspace="oklch")
        return str(fitted.convert("srgb").to_string(hex=True, fit="clip"))

    def at(self, lightness: float, factor: float = 1.0) -> "Tint":
        return Tint(lightness, self.chroma * factor, self.hue)


def contrast(one: str, other: str) -> float:
    """Contrast of two #rrggbb colours as WCAG 2 has it, 1 to 21."""
    return Color(one).contrast(other, method="wcag21")


def derive(colours: Colours, *, seed: str) -> Palette:
    """Both schemes of a site. Without a usable primary colour the hue is picked by ``seed``."""
    given = _tint(colours.primary) if colours.primary else None
    if given is None or _is_paper(given):
        given = Tint(0.5, 0.11, HUES[int(hashlib.sha256(seed.encode()).hexdigest(), 16) % len(HUES)])
    accent = _tint(colours.accent or colours.secondary) or Tint(0.62, 0.13, (given.hue + ACCENT_TURN) % 360)
    kept = given if given.chroma < GREY_CHROMA else given._replace(chroma=max(given.chroma, CHROMA_FLOOR))
    return Palette(light=_light(given, kept, accent), dark=_dark(given, kept, accent))


def _light(given: Tint, kept: Tint, accent: Tint) -> Roles:
    is_pale = given.lightness >= PALE_LIGHTNESS and GREY_CHROMA <= given.chroma <= PALE_CHROMA
    surface = kept.at(0.992, 0.04).hex()
    panel = given.hex() if is_pale else kept.at(0.965, 0.14).hex()
    grounds = (surface, panel)
    ink = _readable(kept.at(0.28, 0.4), grounds, INK_CONTRAST, -STEP)
    if given.lightness >= BRIGHT_LIGHTNESS and given.chroma >= BRIGHT_CHROMA:
        brand, on_brand = given.hex(), _readable(kept.at(0.28, 0.4), (given.hex(),), BUTTON_CONTRAST, -STEP)
    else:
        start = kept.at(min(given.lightness, DARK_BUTTON_LIGHTNESS))
        brand, on_brand = _readable(start, (WHITE,), BUTTON_CONTRAST, -STEP), WHITE
    return Roles(
        surface=surface,
        panel=panel,
        line=kept.at(0.86, 0.35).hex(),
        ink=ink,
        muted=_readable(kept.at(0.46, 0.45), grounds, MUTED_CONTRAST, -STEP),
        link=_readable(kept.at(min(given.lightness, 0.52)), grounds, LINK_CONTRAST, -STEP),
        brand=brand,
        on_brand=on_brand,
        accent=_readable(accent, grounds, GRAPHIC_CONTRAST, -STEP),
    )


def _dark(given: Tint, kept: Tint, accent: Tint) -> Roles:
    surface, panel = kept.at(0.18, 0.12).hex(), kept.at(0.23, 0.2).hex()
    grounds = (surface, panel)
    brand = _readable(kept.at(min(given.lightness, NIGHT_LIGHTNESS)), grounds, GRAPHIC_CONTRAST, STEP)
    on_brand = WHITE
    if contrast(brand, on_brand) < BUTTON_CONTRAST:
        on_brand = kept.at(0.16, 0.2).hex()
        brand = _readable(_tint(brand) or given, (on_brand,), BUTTON_CONTRAST, STEP)
    return Roles(
        surface=surface,
        panel=panel,
        line=kept.at(0.38, 0.35).hex(),
        ink=_readable(kept.at(0.94, 0.12), grounds, INK_CONTRAST, STEP),
        muted=_readable(kept.at(0.76, 0.3), grounds, MUTED_CONTRAST, STEP),
        link=_readable(kept.at(0.76, 0.9), grounds, LINK_CONTRAST, STEP),
        brand=brand,
        on_brand=on_brand,
        accent=_readable(accent, grounds, GRAPHIC_CONTRAST, STEP),
    )


def _readable(start: Tint, grounds: Iterable[str], least: float, step: float) -> str:
    """The first colour from ``start`` on, by steps of lightness, that has ``least`` contrast on every ground."""
    tint, grounds = start, tuple(grounds)
    end = 1.0 if step > 0 else 0.0
    while tint.lightness != end and min(contrast(tint.hex(), ground) for ground in grounds) < least:
        tint = tint.at(min(1.0, max(0.0, tint.lightness + step)))
    return tint.hex()


def _tint(colour: str | None) -> Tint | None:
    if colour is None:
        return None
    lightness, chroma, hue = Color(colour).convert("oklch").coords(nans=False)
    return Tint(lightness, chroma, hue)


def _is_paper(tint: Tint) -> bool:
    return tint.chroma < GREY_CHROMA and tint.lightness >= WHITE_LIGHTNESS
