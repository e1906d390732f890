"""How the fonts of the theme Prisma were made, and how to make them again.

Takes the folder ``node_modules`` after ``npm install @fontsource-variable/bricolage-grotesque@5.3.0
@fontsource-variable/instrument-sans@5.3.0``, cuts each font to the letters and weights that the theme uses, and puts
it with its licence into the theme. With the fonts that stand in while ours load (Arial's shapes: Liberation Sans has
the same widths) it prints the ``@font-face`` rules that make both take the same room.

    python tools/fonts.py node_modules /usr/share/fonts/truetype/liberation
"""

import shutil
import sys
from pathlib import Path
from typing import NamedTuple

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

FONTS = Path(__file__).resolve().parent.parent / "templates" / "themes" / "prisma" / "fonts"
# English, Portuguese and Spanish, their quotation marks, dashes, currency signs and arrows.
LETTERS = (
    "U+0020-007E,U+00A0-00FF,U+0131,U+0152-0153,U+2013-2014,U+2018-201E,U+2022,U+2026,"
    "U+2032-2033,U+2039-203A,U+20AC,U+2122,U+2190-2193,U+2212"
)
SAMPLE = (
    "Atendemos com hora marcada e confirmamos a consulta um dia antes. "
    "We give the price before we start and send a text when the van leaves. "
    "Limpieza de casas y oficinas, con productos propios y horario fijo. "
)


class Cut(NamedTuple):
    """One font of a theme: its npm package, the weights that are kept, and the font that stands in for it."""

    package: str
    weights: tuple[int, int]
    drawn_at: int
    stand_in: str


CUTS = (
    Cut("bricolage-grotesque", (500, 800), 700, "LiberationSans-Bold.ttf"),
    Cut("instrument-sans", (400, 700), 400, "LiberationSans-Regular.ttf"),
)


def main(modules: Path, stand_ins: Path) -> None:
    FONTS.mkdir(parents=True, exist_ok=True)
    for cut in CUTS:
        package = modules / "@fontsource-variable" / cut.package
        font = TTFont(package / "files" / f"{cut.package}-latin-wght-normal.woff2", recalcTimestamp=False)
        font = instancer.instantiateVariableFont(font, {"wght": cut.weights})
        options = subset.Options(flavor="woff2", layout_features=["*"], hinting=False, desubroutinize=True)
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=subset.parse_unicodes(LETTERS))
        cutter.subset(font)
        subset.save_font(font, str(FONTS / f"{cut.package}.woff2"), options)
        shutil.copyfile(package / "LICENSE", FONTS / f"{cut.package}.LICENSE.txt")
        print(cut.package, fallback(font, cut.drawn_at, TTFont(stand_ins / cut.stand_in)))


def fallback(font: TTFont, weight: int, stand_in: TTFont) -> str:
    """The descriptors that give ``stand_in`` the width and the height of ``font``."""
    drawn = instancer.instantiateVariableFont(font, {"wght": weight}, inplace=False)
    adjust = width(drawn) / width(stand_in)
    em = drawn["head"].unitsPerEm * adjust
    ascent, descent = drawn["hhea"].ascent / em, -drawn["hhea"].descent / em
    return f"size-adjust:{adjust:.2%};ascent-override:{ascent:.2%};descent-override:{descent:.2%};line-gap-override:0%"


def width(font: TTFont) -> float:
    """The width of the sample text in ems."""
    names, advances = font.getBestCmap(), font["hmtx"].metrics
    return float(sum(advances[names[ord(letter)]][0] for letter in SAMPLE) / font["head"].unitsPerEm)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
