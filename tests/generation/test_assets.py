"""Pictures that are taken in come out as masters: upright, bare of all but pixels, the same every time."""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import zipfile

import pytest
from django.core.files.storage import storages
from PIL import ExifTags, Image, ImageCms

from generation.artifacts import path_of
from generation.assets import MAX_BYTES, REFUSALS, Asset, AssetPurpose, AssetRefused, read_asset
from generation.services import asset_bytes, store_asset
from tests.support.images import CORNER, REST, drawn, encoded, forged_png, mark
from tests.support.processes import ROOT

PHOTO, LOGO = AssetPurpose.PHOTO, AssetPurpose.LOGO


def zipped() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("photo.jpg", encoded())
    return data.getvalue()


def moving() -> bytes:
    return encoded(drawn(), "GIF", save_all=True, append_images=[drawn().transpose(Image.Transpose.ROTATE_180)])


REFUSED = [
    ("a renamed script", b"#!/bin/sh\nrm -rf /\n", "not_a_picture"),
    ("SVG", b'<svg xmlns="http://www.w3.org/2000/svg" width="900" height="900"/>', "not_a_picture"),
    ("HTML", b"<!doctype html><script>alert(1)</script>", "not_a_picture"),
    ("PDF", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "not_a_picture"),
    ("PostScript", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 900 900\n", "not_a_picture"),
    ("zip", zipped(), "not_a_picture"),
    ("nothing", b"", "not_a_picture"),
    ("another kind of picture", encoded(drawn(), "BMP"), "not_a_picture"),
    ("truncated JPEG", encoded()[:-1500], "broken"),
    ("truncated PNG", encoded(drawn(), "PNG")[:-600], "broken"),
    ("head without pixels", forged_png(800, 600)[:60], "broken"),
    ("decompression bomb", forged_png(30_000, 30_000), "too_many_pixels"),
    ("big bomb", forged_png(12_000, 9_000), "too_many_pixels"),
    ("small bomb", forged_png(10_000, 5_100), "too_many_pixels"),
    ("moving", moving(), "animated"),
    ("narrow", encoded(drawn(599, 800)), "too_small"),
    ("narrow once upright", encoded(drawn(800, 599), exif=b"Exif\0\0" + bytes.fromhex(
        "4d4d002a00000008000101120003000000010006000000000000")), "too_small"),
    ("a strip", encoded(drawn(2500, 600)), "too_long"),
    ("many bytes", bytes(MAX_BYTES + 1), "too_many_bytes"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "code"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_is_no_usable_photo_is_refused_with_a_word_why(data: bytes, code: str) -> None:
    with pytest.raises(AssetRefused) as refused:
        read_asset(data, PHOTO)
    assert refused.value.code == code
    assert refused.value.wrong
    assert refused.value.right
    assert "%" not in str(refused.value)


def test_every_refusal_is_tried_here() -> None:
    assert {code for _name, _data, code in REFUSED} == set(REFUSALS)


def test_nothing_of_a_refused_picture_is_kept() -> None:
    data = encoded()[:-1500]
    with pytest.raises(AssetRefused):
        store_asset(data, PHOTO)
    assert not storages["sites"].exists(path_of(hashlib.sha256(data).hexdigest()))


def opened(asset: Asset) -> Image.Image:
    return Image.open(io.BytesIO(asset.data))


def is_like(pixel: object, colour: tuple[int, int, int]) -> bool:
    assert isinstance(pixel, tuple)
    return all(abs(one - other) < 12 for one, other in zip(pixel, colour, strict=False))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "GIF"])
def test_each_kind_of_picture_is_taken_in(kind: str) -> None:
    asset = read_asset(encoded(drawn(), kind), PHOTO)
    assert (asset.ref.media_type, asset.ref.width, asset.ref.height) == ("image/jpeg", 800, 600)
    assert is_like(opened(asset).getpixel((100, 100)), CORNER)
    assert is_like(opened(asset).getpixel((700, 500)), REST)


@pytest.mark.parametrize(("mode", "kind"), [("CMYK", "JPEG"), ("L", "JPEG"), ("P", "PNG"), ("1", "PNG"), ("LA", "PNG")])
def test_each_mode_of_colour_becomes_rgb(mode: str, kind: str) -> None:
    asset = read_asset(encoded(drawn(mode=mode), kind), PHOTO)
    assert opened(asset).mode == "RGB"
    if mode in ("CMYK", "P"):
        assert is_like(opened(asset).getpixel((100, 100)), CORNER)


def test_sixteen_bits_become_eight() -> None:
    asset = read_asset(encoded(Image.new("I;16", (800, 600), 128 * 256), "PNG"), PHOTO)
    assert is_like(opened(asset).getpixel((400, 300)), (128, 128, 128))


def test_what_is_see_through_in_a_photo_becomes_white_and_stays_in_a_logo() -> None:
    data = mark(800, 600)
    assert is_like(opened(read_asset(data, PHOTO)).getpixel((1, 1)), (255, 255, 255))
    logo = opened(read_asset(data, LOGO))
    assert logo.mode == "RGBA"
    assert logo.getpixel((1, 1)) == (0, 0, 0, 0)


def test_a_photo_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6  # its top is at the right
    asset = read_asset(encoded(drawn(900, 700), exif=exif), PHOTO)
    assert (asset.ref.width, asset.ref.height) == (700, 900)
    assert is_like(opened(asset).getpixel((600, 100)), CORNER)
    assert is_like(opened(asset).getpixel((100, 100)), REST)


def test_nothing_but_pixels_is_kept() -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Model] = "SECRET-CAMERA"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (30.0, 15.0, 50.0)
    data = encoded(drawn(), exif=exif, comment=b"SECRET-COMMENT", xmp=b"SECRET-XMP") + b"SECRET-TAIL"
    assert Image.open(io.BytesIO(data)).getexif().get_ifd(ExifTags.IFD.GPSInfo)
    for purpose in AssetPurpose:
        asset = read_asset(data, purpose)
        assert b"SECRET" not in asset.data
        assert not opened(asset).getexif()
        assert set(opened(asset).info) <= {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
            "progressive",
            "progression",
        }


def test_a_photo_with_a_preview_behind_it_is_not_an_animation() -> None:
    data = encoded(drawn(), "MPO", save_all=True, append_images=[drawn(400, 300)])
    assert Image.open(io.BytesIO(data)).format == "MPO"
    assert read_asset(data, PHOTO).ref.width == 800


def test_colours_of_another_profile_are_turned_into_srgb() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    for profile in (b"no profile", lab):  # they say nothing about these pixels
        asset = read_asset(encoded(drawn(), icc_profile=profile), PHOTO)
        assert is_like(opened(asset).getpixel((100, 100)), CORNER)
        assert "icc_profile" not in opened(asset).info


def test_a_master_is_no_bigger_than_it_is_ever_shown() -> None:
    big = read_asset(encoded(drawn(5000, 3000)), PHOTO).ref
    assert (big.width, big.height) == (2400, 1440)
    logo = read_asset(mark(3000, 1000), LOGO).ref
    assert (logo.width, logo.height) == (1200, 400)


def test_a_logo_may_be_small_but_not_tiny() -> None:
    assert read_asset(mark(64, 64), LOGO).ref.width == 64
    with pytest.raises(AssetRefused, match="63 × 64"):
        read_asset(mark(63, 64), LOGO)


def test_the_same_bytes_are_one_file_in_every_process() -> None:
    data = encoded(drawn(), "PNG")
    ref = store_asset(data, PHOTO)
    assert store_asset(data, PHOTO) == ref
    assert hashlib.sha256(asset_bytes(ref)).hexdigest() == ref.sha256
    program = (
        "import os, sys, django\nos.environ['DJANGO_SETTINGS_MODULE'] = 'sitebuilder.settings'\ndjango.setup()\n"
        "from generation.assets import read_asset, AssetPurpose\n"
        "print(read_asset(sys.stdin.buffer.read(), AssetPurpose.PHOTO).ref.sha256)"
    )
    other = subprocess.run([sys.executable, "-c", program], input=data, capture_output=True, cwd=ROOT, check=True)
    assert other.stdout.decode().strip() == ref.sha256
