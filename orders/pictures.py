"""The pictures of an onboarding: named by it, found beside its file or uploaded, kept by their content."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext as _

from generation.contracts import AssetRef
from generation.services import MAX_ASSET_BYTES, Asset, AssetPurpose, AssetRefused, keep_asset, read_asset

from .answers import Answers, GivenPhoto
from .findings import Finding, Refused


class Place(NamedTuple):
    """A picture as answers name it: the same file is kept in one way as a logo, in another as a photo."""

    purpose: AssetPurpose
    file: str


Pictures = Mapping[Place, Asset]  # read and in order, not kept yet
Kept = Mapping[Place, AssetRef]


def named(answers: Answers) -> Iterator[tuple[str, Place, GivenPhoto]]:
    """Each picture that the answers name: where, its place, and what was given of it."""
    if answers.logo:
        yield "logo", Place(AssetPurpose.LOGO, answers.logo.file), answers.logo
    for number, photo in enumerate(answers.photos):
        yield f"photos[{number}]", Place(AssetPurpose.PHOTO, photo.file), photo


def read_pictures(answers: Answers, folder: Path) -> Pictures:
    """The pictures that the answers name, from the folder of their file; nothing is kept.

    Raises Refused with a finding for each that is not there, lies outside, or is not in order.
    """
    pictures: dict[Place, Asset] = {}
    findings = []
    for where, place, _given in named(answers):
        try:
            pictures[place] = pictures.get(place) or read_asset(_content(folder, place.file), place.purpose)
        except AssetRefused as refused:
            findings.append(Finding(f"{where}.file", refused.wrong, refused.right))
        except OSError:
            right = _("put it into the folder of the onboarding file")
            findings.append(Finding(f"{where}.file", _("there is no such file that can be read"), right))
    if findings:
        raise Refused(findings)
    return pictures


def keep(pictures: Pictures) -> Kept:
    """Keep the pictures in the storage. Raises OSError where that cannot be done."""
    return {place: keep_asset(asset) for place, asset in pictures.items()}


def _content(folder: Path, name: str) -> bytes:
    """The bytes of a file below the folder, wherever links lead; no more of them than can be accepted."""
    path = (folder / name).resolve(strict=True)
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        raise FileNotFoundError(name)
    with path.open("rb") as file:
        return file.read(MAX_ASSET_BYTES + 1)
