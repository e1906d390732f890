"""A customer's pictures: decoded under hard bounds, and kept as masters that hold pixels and nothing else.

Whatever was in the file besides its pixels (position, camera, comments, trailing bytes) is not in the master.
"""

import io
import struct
import zlib
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from .artifacts import reference
from .contracts import AssetRef

MAX_BYTES = 25_000_000
MAX_PIXELS = 50_000_000  # what good telephones take; 200 MB once decoded
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF")
_SEVERAL_PICTURES = {"MPO"}  # telephones put a preview behind the photo: not an animation
_ORIENTATION, _SIDEWAYS = 0x0112, {5, 6, 7, 8}
# What Pillow's decoders raise over bytes that are not what they say.
_BROKEN = (
    *(OSError, EOFError, SyntaxError, ValueError, TypeError, LookupError, AttributeError),
    *(ArithmeticError, RuntimeError, MemoryError, struct.error, zlib.error),
)


class AssetPurpose(StrEnum):
    """What a picture is for, which decides how small it may be and how it is kept."""

    PHOTO = "photo"
    LOGO = "logo"


class _Bounds(NamedTuple):
    """Pixels: the least width, the most that the longer side may have of the shorter, the sides of the master."""

    least_width: int
    longest_to_shortest: int
    master: tuple[int, int]
    encoding: Literal["JPEG", "PNG"]


# A photo is shown across a telephone, 600 pixels and more; a logo is about 48 pixels high on screens of any density.
_BOUNDS: Final = {
    AssetPurpose.PHOTO: _Bounds(600, 4, (2400, 2400), "JPEG"),
    AssetPurpose.LOGO: _Bounds(64, 12, (1200, 600), "PNG"),
}
_MEDIA_TYPES: Final[dict[str, Literal["image/jpeg", "image/png"]]] = {"JPEG": "image/jpeg", "PNG": "image/png"}

REFUSALS: Final[dict[str, tuple[str | Promise, str | Promise]]] = {
    "too_many_bytes": (_("the file is too big"), _("at most %(megabytes)s MB are possible")),
    "not_a_picture": (_("this is not a picture that can be read"), _("give a JPEG, PNG, WebP, AVIF or GIF file")),
    "broken": (_("the picture is damaged or not complete"), _("save or send it again")),
    "too_many_pixels": (
        _("the picture has too many pixels"),
        _("at most %(megapixels)s million are possible"),
    ),
    "animated": (_("the picture moves"), _("give one that stands still")),
    "too_small": (
        _("the picture is too small (%(width)s × %(height)s pixels)"),
        _("it would look blurred; give one at least %(least)s pixels wide"),
    ),
    "too_long": (
        _("the picture is too long for its width (%(width)s × %(height)s pixels)"),
        _("cut it so that no side is more than %(ratio)s times the other"),
    ),
}


class AssetRefused(Exception):
    """Bytes that are not kept. ``code`` is a key of REFUSALS; ``wrong`` and ``right`` are in the language in use."""

    def __init__(self, code: str, **values: int) -> None:
        self.code = code
        self.wrong, self.right = (str(words) % values for words in REFUSALS[code])
        super().__init__(f"{self.wrong}; {self.right}")


@dataclass(frozen=True)
class Asset:
    """A picture that is in order, not kept yet: its reference, and the bytes of its master."""

    ref: AssetRef
    data: bytes


def read_asset(data: bytes, purpose: AssetPurpose) -> Asset:
    """The master of the picture in ``data``; the same bytes give the same master. Raises AssetRefused."""
    if len(data) > MAX_BYTES:
        raise AssetRefused("too_many_bytes", megabytes=MAX_BYTES // 1_000_000)
    picture = _opened(data, _BOUNDS[purpose])
    try:
        master = _master(picture, _BOUNDS[purpose])
    except _BROKEN as error:
        raise AssetRefused("broken") from error
    encoding = _BOUNDS[purpose].encoding
    encoded = _encoded(master, encoding)
    width, height = master.size
    media_type = _MEDIA_TYPES[encoding]
    ref = AssetRef(sha256=reference(encoded).sha256, media_type=media_type, width=width, height=height)
    return Asset(ref, encoded)


def open_master(data: bytes) -> Image.Image:
    """The pixels of a master."""
    picture = Image.open(io.BytesIO(data), formats=tuple(_MEDIA_TYPES))
    picture.load()
    return picture


def _opened(data: bytes, bounds: _Bounds) -> Image.Image:
    """The picture with only its head read, once all that the head tells is within bounds."""
    try:
        picture = Image.open(io.BytesIO(data), formats=FORMATS)
        moves = getattr(picture, "is_animated", False) and picture.format not in _SEVERAL_PICTURES
        sideways = picture.getexif().get(_ORIENTATION) in _SIDEWAYS
    except UnidentifiedImageError as error:
        raise AssetRefused("not_a_picture") from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise AssetRefused("too_many_pixels", megapixels=MAX_PIXELS // 1_000_000) from error
    except _BROKEN as error:
        raise AssetRefused("broken") from error
    width, height = reversed(picture.size) if sideways else picture.size
    size = {"width": width, "height": height}
    if width * height > MAX_PIXELS:
        raise AssetRefused("too_many_pixels", megapixels=MAX_PIXELS // 1_000_000)
    if moves:
        raise AssetRefused("animated")
    if width < bounds.least_width:
        raise AssetRefused("too_small", **size, least=bounds.least_width)
    if max(width, height) > bounds.longest_to_shortest * min(width, height):
        raise AssetRefused("too_long", **size, ratio=bounds.longest_to_shortest)
    return picture


def _master(picture: Image.Image, bounds: _Bounds) -> Image.Image:
    """The picture upright, in sRGB, no bigger than it is ever shown; see-through only where the encoding can be."""
    picture.draft(None, bounds.master)  # a big JPEG is decoded at a fraction of its size
    picture.load()
    upright = _in_srgb(ImageOps.exif_transpose(picture))
    if upright.mode == "RGBA" and bounds.encoding == "JPEG":
        ground = Image.new("RGB", upright.size, "white")
        ground.paste(upright, mask=upright.getchannel("A"))
        upright = ground
    upright.thumbnail(bounds.master, Image.Resampling.LANCZOS)
    return upright


def _in_srgb(picture: Image.Image) -> Image.Image:
    """RGB or RGBA of eight bits; a profile of colours is applied where it can be read."""
    if picture.mode.startswith("I"):
        picture = picture.point(lambda value: value / 256).convert("L")
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
    profile = picture.info.get("icc_profile")
    if profile and picture.mode in ("RGB", "RGBA", "CMYK"):
        try:
            mode = "RGBA" if picture.mode == "RGBA" else "RGB"
            given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(picture, given, ImageCms.createProfile("sRGB"), outputMode=mode)
        except (ImageCms.PyCMSError, OSError):
            converted = None  # of another kind of colours, or damaged: the pixels are taken as they are
        picture = converted or picture
    return picture if picture.mode in ("RGB", "RGBA") else picture.convert("RGB")


def _encoded(master: Image.Image, encoding: Literal["JPEG", "PNG"]) -> bytes:
    pixels = Image.new(master.mode, master.size)  # nothing but pixels goes into the file
    pixels.paste(master)
    data = io.BytesIO()
    if encoding == "JPEG":
        pixels.save(data, "JPEG", quality=90, subsampling=0, optimize=True, progressive=True)
    else:
        pixels.save(data, "PNG", optimize=True)
    return data.getvalue()
