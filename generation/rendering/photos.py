"""A customer's pictures on pages: each photo in the widths and encodings that screens ask for, and the logo.

Which files a photo has follows from its AssetRef alone, so that pages name them without any being opened.
"""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, NamedTuple

import PIL
from PIL import Image, ImageStat

from generation.artifacts import FileStore
from generation.assets import open_master
from generation.contracts import AssetRef, FileRef, Photo, SiteSpec
from generation.errors import StepFailed
from generation.palette import contrast

FOLDER = "assets/photos/"
WIDTHS: Final = (480, 800, 1200, 1600)
FALLBACK, FALLBACK_WIDTH = "jpg", 800  # for the few browsers that know neither of the others
MEDIA_TYPES: Final = {
    "avif": "image/avif",
    "webp": "image/webp",
}  # browsers take the first that they know
# One thread and no tiles: how many there are must not change the bytes.
ENCODERS: Final[dict[str, dict[str, Any]]] = {
    "avif": {"format": "AVIF", "quality": 55, "speed": 8, "max_threads": 1, "autotiling": False},
    "webp": {"format": "WEBP", "quality": 76, "method": 4},
    "jpg": {"format": "JPEG", "quality": 78, "optimize": True, "progressive": True},
    "png": {"format": "PNG", "optimize": True},
}
LOGO_SIZE = (640, 144)  # thrice what is shown, for screens of high density
NAME_RATIO = 2
SEEN = 128  # of 255: how opaque a pixel must be to count as the logo's
LOGO_CONTRAST = 3.0  # WCAG 2.2, 1.4.11


class Rendition(NamedTuple):
    """One file of a photo: its encoding (a file ending) and its size in pixels."""

    path: str
    encoding: str
    width: int
    height: int


@dataclass(frozen=True)
class Logo:
    """The logo as pages show it, with the bytes of its PNG.

    ``lost_on`` names the scheme (light or dark) on whose surface it could not be seen, or is empty.
    """

    path: str
    alt: str
    width: int
    height: int
    lost_on: str
    data: bytes

    @property
    def holds_the_name(self) -> bool:
        """Whether it is as long as a name in letters; a mark is shown beside the name."""
        return self.width >= NAME_RATIO * self.height


def renditions(asset: AssetRef, encoding: str) -> list[Rendition]:
    """The photo's files in one encoding, the narrowest first; none is wider than the master."""
    return [_rendition(asset, encoding, width) for width in sorted({min(width, asset.width) for width in WIDTHS})]


def fallback(asset: AssetRef) -> Rendition:
    """The file for browsers that know no other encoding."""
    return _rendition(asset, FALLBACK, min(FALLBACK_WIDTH, asset.width))


def photos_of(spec: SiteSpec) -> Iterator[Photo]:
    """Every photo that stands on a page, each once."""
    shown: dict[AssetRef, Photo] = {}
    for page in spec.pages:
        for section in page.sections:
            for photo in (section.photo, *(item.photo for item in section.items)):
                if photo:
                    shown.setdefault(photo.asset, photo)
    yield from shown.values()


def photo_files(spec: SiteSpec, store: FileStore) -> dict[str, FileRef]:
    """The files of all photos by their paths. Raises StepFailed for a master that is gone."""
    files = {}
    for photo in photos_of(spec):
        master = _Master(photo, store)
        wanted = [each for encoding in MEDIA_TYPES for each in renditions(photo.asset, encoding)]
        for each in (*wanted, fallback(photo.asset)):
            files[each.path] = master.encoded(each)
    return files


def logo_of(spec: SiteSpec, store: FileStore) -> Logo | None:
    """The logo, where the business has one. Raises StepFailed for a master that is gone."""
    photo = spec.identity.logo
    if photo is None:
        return None
    asset = photo.asset
    scale = min(1.0, LOGO_SIZE[0] / asset.width, LOGO_SIZE[1] / asset.height)
    width, height = (max(1, round(side * scale)) for side in (asset.width, asset.height))
    path = logo_path(asset)
    data = store.get(_Master(photo, store).encoded(Rendition(path, "png", width, height)).sha256)
    return Logo(path, photo.alt, width, height, _lost_on(open_master(data), spec), data)


def logo_path(asset: AssetRef) -> str:
    return f"assets/logo-{asset.sha256[:16]}.png"


def _rendition(asset: AssetRef, encoding: str, width: int) -> Rendition:
    height = max(1, round(asset.height * width / asset.width))
    return Rendition(f"{FOLDER}{asset.sha256[:16]}-{width}.{encoding}", encoding, width, height)


class _Master:
    """A kept picture, opened when the first file of it has to be made."""

    def __init__(self, photo: Photo, store: FileStore) -> None:
        self.photo, self.store = photo, store

    @cached_property
    def picture(self) -> Image.Image:
        try:
            return open_master(self.store.get(self.photo.asset.sha256))
        except OSError as error:
            raise StepFailed("picture_missing", self.photo.alt) from error

    def encoded(self, rendition: Rendition) -> FileRef:
        """The file of the rendition, made once an installation."""
        size, options = (rendition.width, rendition.height), ENCODERS[rendition.encoding]
        recipe = f"{self.photo.asset.sha256} {size} {sorted(options.items())} Pillow {PIL.__version__}"
        return self.store.derived(recipe, self._maker(size, options))

    def _maker(self, size: tuple[int, int], options: dict[str, Any]) -> Callable[[], bytes]:
        def make() -> bytes:
            data = io.BytesIO()
            self.picture.resize(size, Image.Resampling.LANCZOS).save(data, **options)
            return data.getvalue()

        return make


def _lost_on(logo: Image.Image, spec: SiteSpec) -> str:
    """The scheme whose surface the see-through logo cannot be told from, if there is one."""
    if logo.mode != "RGBA":
        return ""
    seen = logo.getchannel("A").point(lambda alpha: 255 if alpha >= SEEN else 0)
    if not seen.getbbox():
        return ""
    colour = "#" + "".join(f"{round(level):02x}" for level in ImageStat.Stat(logo.convert("RGB"), seen).mean)
    palette = spec.theme.palette
    surfaces = {"light": palette.light.surface, "dark": palette.dark.surface}
    return next((scheme for scheme, ground in surfaces.items() if contrast(colour, ground) < LOGO_CONTRAST), "")
