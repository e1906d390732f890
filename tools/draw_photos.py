"""Draws the pictures of samples/photos: gardens of gradients and plain shapes, the same on every run."""

import math
from collections.abc import Callable, Iterator
from pathlib import Path

from PIL import Image, ImageDraw

FOLDER = Path(__file__).resolve().parents[1] / "samples" / "photos"
WIDE, TALL = (1800, 1200), (1200, 1600)
LEAF, MOSS, EARTH, STONE, WOOD, LAVENDER = "#4f7d3a", "#33572c", "#5b4632", "#b9b2a4", "#8a5f3c", "#8470b8"

Draw = ImageDraw.ImageDraw


def ground(size: tuple[int, int], sky: tuple[str, str], floor: tuple[str, str], horizon: float) -> Image.Image:
    """A sky above a floor, each from one colour to another."""
    picture = Image.new("RGB", size)
    width, height = size
    line = round(height * horizon)
    for (first, last), top, bottom in ((sky, 0, line), (floor, line, height)):
        one, other = (Image.new("RGB", (width, bottom - top), colour) for colour in (first, last))
        ramp = Image.linear_gradient("L").resize((width, bottom - top))
        picture.paste(Image.composite(other, one, ramp), (0, top))
    return picture


def spread(count: int, width: int) -> Iterator[tuple[float, float]]:
    """Places across a width, with a number between 0 and 1 for each that looks irregular."""
    for n in range(count):
        yield (n + 0.5) * width / count, math.modf(n * 0.618034)[0]


def tufts(draw: Draw, size: tuple[int, int], base: float, height: float, colour: str, count: int) -> None:
    """A row of grass or flowers on a line, ``height`` high; measures are parts of the picture's height."""
    for x, odd in spread(count, size[0]):
        top, foot = size[1] * (base - height * (0.6 + 0.4 * odd)), size[1] * base
        lean = (odd - 0.5) * size[0] / count * 3
        draw.polygon([(x - 7, foot), (x + 7, foot), (x + lean, top)], fill=colour)


def tree(draw: Draw, x: float, foot: float, height: float) -> None:
    draw.rectangle([x - height * 0.03, foot - height * 0.5, x + height * 0.03, foot], fill=WOOD)
    for dx, dy, size in ((-0.16, -0.6, 0.22), (0.16, -0.6, 0.22), (0, -0.78, 0.26)):
        cx, cy, radius = x + dx * height, foot + dy * height, size * height
        draw.ellipse([cx - radius, cy - radius, cx + radius, cy + radius], fill=LEAF if dx else MOSS)


def patio() -> Image.Image:
    picture = ground(WIDE, ("#f2b880", "#f7e3c5"), ("#7d8f56", "#4a6135"), 0.55)
    draw = ImageDraw.Draw(picture)
    tree(draw, 1420, 760, 620)
    draw.polygon([(250, 1200), (560, 760), (1240, 760), (1550, 1200)], fill=STONE)
    for n in range(1, 6):
        draw.line([(250 + n * 216, 1200), (560 + n * 113, 760)], fill="#8f897c", width=5)
    for y in (820, 900, 1030):
        draw.line([(250 + (1200 - y) * 0.7, y), (1550 - (1200 - y) * 0.7, y)], fill="#8f897c", width=5)
    for x in (700, 1010):
        draw.rectangle([x, 740, x + 120, 800], fill=WOOD)
        draw.rectangle([x, 640, x + 14, 800], fill=WOOD)
    tufts(draw, WIDE, 1, 0.2, MOSS, 60)
    return picture


def path() -> Image.Image:
    picture = ground(WIDE, ("#a9cdea", "#e8f1f6"), ("#6f9450", "#3f6230"), 0.42)
    draw = ImageDraw.Draw(picture)
    for n in range(9):
        size, y = 26 + n * 15, 560 + n * n * 9
        x = 900 + math.sin(n * 0.8) * (60 + n * 18)
        draw.ellipse([x - size * 1.9, y - size * 0.6, x + size * 1.9, y + size * 0.6], fill=STONE)
    for base, height, count in ((0.52, 0.07, 90), (0.6, 0.1, 70)):
        tufts(draw, WIDE, base, height, LAVENDER, count)
    tree(draw, 330, 560, 430)
    return picture


def beds() -> Image.Image:
    picture = ground(WIDE, ("#c7ddc9", "#eef3e4"), ("#b79a74", "#94764f"), 0.4)
    draw = ImageDraw.Draw(picture)
    for row, (y, scale) in enumerate(((560, 0.7), (760, 1.0), (1030, 1.4))):
        for n in range(3):
            x = 900 + (n - 1) * 560 * scale
            draw.rectangle([x - 210 * scale, y - 60 * scale, x + 210 * scale, y + 60 * scale], fill=WOOD)
            draw.rectangle([x - 195 * scale, y - 60 * scale, x + 195 * scale, y - 30 * scale], fill=EARTH)
            for k in range(7):
                cx, radius = x + (k - 3) * 56 * scale, 24 * scale
                draw.ellipse(
                    [cx - radius, y - 100 * scale, cx + radius, y - 40 * scale], fill=(LEAF, MOSS)[(k + row) % 2]
                )
    return picture


def fence() -> Image.Image:
    picture = ground(TALL, ("#9fc3e6", "#dfeaf1"), ("#6b8f4d", "#466b33"), 0.62)
    draw = ImageDraw.Draw(picture)
    for n in range(12):
        draw.rectangle([n * 100 + 8, 520 + (n % 2) * 14, n * 100 + 92, 1010], fill=WOOD)
    draw.rectangle([0, 640, 1200, 670], fill="#6d4a2e")
    tree(draw, 860, 1120, 760)
    tufts(draw, TALL, 0.72, 0.1, LAVENDER, 50)
    return picture


def lawn() -> Image.Image:
    picture = ground(WIDE, ("#8fb8e0", "#e6eef4"), ("#86a860", "#4c7236"), 0.48)
    draw = ImageDraw.Draw(picture)
    for n in range(0, 12, 2):
        draw.polygon([(n * 150, 1200), (n * 150 + 150, 1200), (680 + n * 40, 576), (640 + n * 40, 576)], fill="#7a9e55")
    for x, height in ((200, 420), (1560, 520), (1280, 340)):
        tree(draw, x, 620, height)
    return picture


def logo() -> Image.Image:
    picture = Image.new("RGBA", (640, 640))
    draw = ImageDraw.Draw(picture)
    draw.ellipse([20, 20, 620, 620], fill=MOSS)
    draw.polygon([(90, 440), (260, 200), (360, 340), (430, 250), (550, 440)], fill="#f3efe4")
    draw.rectangle([90, 470, 550, 500], fill="#d9a441")
    return picture


SCENES: tuple[Callable[[], Image.Image], ...] = (patio, path, beds, fence, lawn)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for scene in SCENES:
        scene().save(FOLDER / f"{scene.__name__}.jpg", quality=82, optimize=True)
    logo().save(FOLDER / "logo.png", optimize=True)


if __name__ == "__main__":
    main()
