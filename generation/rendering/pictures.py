"""Drawn pictures: the one that shared links show, the icons, the code of the print sheet.

Letters come from the theme's own fonts; what a font has no letter for is left out. Nothing of the clock or the
machine gets into a file.
"""

import io
from functools import cache
from pathlib import Path

import segno
from coloraide import Color
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont

from generation.assets import open_master
from generation.contracts import SiteSpec
from generation.themes import Lettering, ThemeFolder

from .photos import Logo

SHARE_SIZE = (1200, 630)
SHARE_MARGIN = 80
SHARE_LOGO = (360, 110)
FACET = 0.12  # how much of the words' colour is in the facet behind them
ICON_LETTER = 0.62  # cap height of the letter, in parts of the icon
ICON_CORNER = 0.2


def share_picture(spec: SiteSpec, theme: ThemeFolder, logo: Logo | None = None) -> bytes:
    """The picture of a shared link, 1200 × 630 PNG: the business with its logo, and what it does where."""
    roles, identity = spec.theme.palette.light, spec.identity
    picture = Image.new("RGB", SHARE_SIZE, roles.brand)
    draw = ImageDraw.Draw(picture)
    width, height = SHARE_SIZE
    facet = Color(roles.brand).mix(roles.on_brand, FACET, space="srgb").to_string(hex=True)
    draw.polygon([(width * 0.7, 0), (width, 0), (width, height), (width * 0.45, height)], fill=facet)
    room = width - 2 * SHARE_MARGIN
    sizes: tuple[int, ...] = (96, 84, 72, 60)
    y, lines = float(SHARE_MARGIN), 3
    if logo:
        y, lines, sizes = y + _paste_logo(picture, logo, spec), 2, (72, 60)
    name, name_font = _fitted(identity.name, theme, theme.heading, room, sizes, lines)
    heading, heading_font = _fitted(_shared_words(spec), theme, theme.body, room, (40, 36), lines)
    for line in name:
        draw.text((SHARE_MARGIN, y), line, font=name_font, fill=roles.on_brand)
        y += name_font.size * 1.1
    y = height - SHARE_MARGIN - len(heading) * heading_font.size * 1.3
    draw.line([(SHARE_MARGIN, y - 28), (SHARE_MARGIN + 96, y - 28)], fill=roles.on_brand, width=6)
    for line in heading:
        draw.text((SHARE_MARGIN, y), line, font=heading_font, fill=roles.on_brand)
        y += heading_font.size * 1.3
    return _png(picture)


def _paste_logo(picture: Image.Image, logo: Logo, spec: SiteSpec) -> int:
    """Set the logo at the top left on a ground on which it can be seen; returns the height that it takes."""
    pad, gap = 20, 32
    drawn = open_master(logo.data).convert("RGBA")
    drawn.thumbnail(SHARE_LOGO, Image.Resampling.LANCZOS)
    palette = spec.theme.palette
    ground = palette.dark.surface if logo.lost_on == "light" else palette.light.surface
    left, top = SHARE_MARGIN, SHARE_MARGIN - pad
    box = (left, top, left + drawn.width + 2 * pad, top + drawn.height + 2 * pad)
    ImageDraw.Draw(picture).rounded_rectangle(box, radius=16, fill=ground)
    picture.paste(drawn, (left + pad, top + pad), drawn)
    return drawn.height + pad + gap


def _shared_words(spec: SiteSpec) -> str:
    """What the site opens with below its heading, which has the name that already stands there."""
    opening = spec.pages[0].sections[0]
    return opening.paragraphs[0] if opening.paragraphs else opening.heading


def icon_png(spec: SiteSpec, theme: ThemeFolder, size: int) -> bytes:
    """The icon as PNG, ``size`` pixels wide, to its edges (what shows it cuts its corners)."""
    roles = spec.theme.palette.light
    picture = Image.new("RGB", (size, size), roles.brand)
    letter = _initial(spec, theme)
    font = _font(theme, theme.heading, round(size * ICON_LETTER))
    ImageDraw.Draw(picture).text((size / 2, size / 2), letter, font=font, fill=roles.on_brand, anchor="mm")
    return _png(picture)


def icon_svg(spec: SiteSpec, theme: ThemeFolder) -> bytes:
    """The icon as SVG: the first letter of the name as an outline, so that no font is needed."""
    roles, side = spec.theme.palette.light, 64
    font = _letters(theme.folder / theme.heading.font)
    glyphs = font.getGlyphSet(location={"wght": theme.heading.weight})
    path = SVGPathPen(glyphs, ntos=lambda number: f"{number:.2f}".rstrip("0").rstrip("."))
    if letter := _initial(spec, theme):
        glyph = glyphs[font.getBestCmap()[ord(letter)]]
        scale = side * ICON_LETTER / font["head"].unitsPerEm
        cap = font["OS/2"].sCapHeight * scale
        glyph.draw(TransformPen(path, (scale, 0, 0, -scale, (side - glyph.width * scale) / 2, (side + cap) / 2)))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">'
        f'<rect width="{side}" height="{side}" rx="{side * ICON_CORNER:g}" fill="{roles.brand}"/>'
        f'<path fill="{roles.on_brand}" d="{path.getCommands()}"/></svg>\n'
    ).encode()


def address_code(spec: SiteSpec) -> bytes:
    """The site's address as a QR code, SVG, for the print sheet."""
    code = io.BytesIO()
    segno.make_qr(spec.site_url).save(code, kind="svg", scale=4, xmldecl=False)
    return code.getvalue()


def _initial(spec: SiteSpec, theme: ThemeFolder) -> str:
    known = _letters(theme.folder / theme.heading.font).getBestCmap()
    return next((c.upper() for c in spec.identity.short_name if c.isalnum() and ord(c.upper()) in known), "")


def _fitted(
    text: str, theme: ThemeFolder, lettering: Lettering, room: float, sizes: tuple[int, ...], lines: int
) -> tuple[list[str], ImageFont.FreeTypeFont]:
    """The text in lines, in the largest size at which it fits; at the smallest, what fits of it."""
    known = _letters(theme.folder / lettering.font).getBestCmap()
    words = "".join(c for c in text if ord(c) in known).split()
    for size in sizes:
        font = _font(theme, lettering, size)
        wrapped = _wrap(words, font, room)
        if len(wrapped) <= lines and all(font.getlength(line) <= room for line in wrapped):
            return wrapped, font
    kept = wrapped[:lines]
    if len(wrapped) > lines:
        kept[-1] += "…"
    return [_narrowed(line, font, room) for line in kept], font


def _narrowed(line: str, font: ImageFont.FreeTypeFont, room: float) -> str:
    while font.getlength(line) > room:
        line = f"{line.rsplit(None, 1)[0] if ' ' in line else line[:-2]}…"
    return line


def _wrap(words: list[str], font: ImageFont.FreeTypeFont, room: float) -> list[str]:
    lines: list[str] = []
    for word in words:
        if lines and font.getlength(f"{lines[-1]} {word}") <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _font(theme: ThemeFolder, lettering: Lettering, size: int) -> ImageFont.FreeTypeFont:
    # The basic layout is the same wherever Pillow's wheel runs; the other depends on a library of the machine.
    font = ImageFont.truetype(theme.folder / lettering.font, size, layout_engine=ImageFont.Layout.BASIC)
    font.set_variation_by_axes([lettering.weight])
    return font


@cache
def _letters(path: Path) -> TTFont:
    return TTFont(path, lazy=True)


def _png(picture: Image.Image) -> bytes:
    data = io.BytesIO()
    picture.quantize(64, dither=Image.Dither.NONE).save(data, "PNG", optimize=True)
    return data.getvalue()
