"""Pictures for tests, drawn with Pillow or forged byte by byte."""

import io
import struct
import zlib
from typing import Any

from PIL import Image, ImageDraw

CORNER = (220, 30, 30)  # top left of what is drawn; the rest is blue
REST = (30, 60, 160)


def drawn(width: int = 800, height: int = 600, mode: str = "RGB") -> Image.Image:
    """A blue picture with a red quarter at its top left."""
    picture = Image.new("RGB", (width, height), REST)
    ImageDraw.Draw(picture).rectangle([0, 0, width // 2, height // 2], fill=CORNER)
    return picture.quantize() if mode == "P" else picture.convert(mode)


def encoded(picture: Image.Image | None = None, kind: str = "JPEG", **options: Any) -> bytes:
    data = io.BytesIO()
    (picture or drawn()).save(data, kind, **options)
    return data.getvalue()


def mark(width: int = 320, height: int = 160, colour: tuple[int, int, int] = (20, 90, 60)) -> bytes:
    """A logo: a disc on a see-through ground, as PNG."""
    picture = Image.new("RGBA", (width, height))
    ImageDraw.Draw(picture).ellipse([10, 10, width - 10, height - 10], fill=colour)
    return encoded(picture, "PNG")


def forged_png(width: int, height: int) -> bytes:
    """A small PNG file whose head says that it has so many pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(3 * width + 1))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
