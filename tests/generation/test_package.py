"""A package is the same to the byte every time, and a folder is swapped in whole or not at all."""

import errno
import io
import json
import zipfile
from pathlib import Path

import pytest

from generation import folders
from generation.artifacts import MemoryFiles, reference
from generation.contracts import Package, SiteReport, SiteSpec
from generation.pipeline.package import MANIFEST, REPORT, REPORT_PAGE, REPORT_STYLE, SPEC, package
from generation.pipeline.render import render
from generation.pipeline.verify import verify

from .samples import full_site, hostile_site


class FullDisk(MemoryFiles):
    """A store that stops giving files half-way."""

    def __init__(self) -> None:
        super().__init__()
        self.left = 10_000

    def get(self, sha256: str) -> bytes:
        self.left -= 1
        if self.left < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().get(sha256)


def packed(spec: SiteSpec, store: MemoryFiles) -> Package:
    files = render(spec, store)
    return package(spec, files, verify(spec, files, store), store)


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_zip_holds_the_site_with_what_it_was_made_of() -> None:
    store, spec = MemoryFiles(), full_site()
    made = packed(spec, store)
    with zipfile.ZipFile(io.BytesIO(store.get(made.zip.sha256))) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
        entries = archive.infolist()
    assert list(held) == sorted(held) == list(made.manifest)
    assert {path: reference(data) for path, data in held.items()} == made.manifest
    assert SiteSpec.model_validate_json(held[SPEC]) == spec
    assert SiteReport.model_validate_json(held[REPORT]).passed
    assert set(json.loads(held[MANIFEST])) == set(held) - {SPEC, REPORT, REPORT_PAGE, REPORT_STYLE, MANIFEST}
    assert {(entry.date_time, entry.external_attr >> 16) for entry in entries} == {((1980, 1, 1, 0, 0, 0), 0o100644)}


def test_the_same_spec_is_the_same_zip() -> None:
    assert packed(full_site(), MemoryFiles()) == packed(full_site(), MemoryFiles())
    assert packed(full_site(), MemoryFiles()).zip != packed(hostile_site(), MemoryFiles()).zip


def test_a_folder_gets_the_site_and_its_zip(tmp_path: Path) -> None:
    store, out = MemoryFiles(), tmp_path / "new" / "site"
    made = packed(full_site(), store)
    folders.write_folder(made, out, store)
    written = tree(out)
    assert {path: reference(data) for path, data in written.items()} == {**made.manifest, folders.ZIP: made.zip}
    assert [path.name for path in out.parent.iterdir()] == ["site"]


def test_an_earlier_site_is_replaced_as_a_whole(tmp_path: Path) -> None:
    store, out = MemoryFiles(), tmp_path / "site"
    folders.write_folder(packed(full_site(), store), out, store)
    folders.write_folder(packed(hostile_site(), store), out, store)
    assert (out / "index.html").is_file()
    assert not (out / "servicos.html").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize("made_by_hand", ["folder", "file"])
def test_what_is_not_ours_is_refused_and_left_alone(tmp_path: Path, made_by_hand: str) -> None:
    out, store = tmp_path / "site", MemoryFiles()
    thesis = out if made_by_hand == "file" else out / "thesis.txt"
    thesis.parent.mkdir(exist_ok=True)
    thesis.write_text("years of work")
    with pytest.raises(folders.NotOurs, match="site"):
        folders.write_folder(packed(full_site(), store), out, store)
    assert thesis.read_text() == "years of work"


def test_a_full_disk_leaves_the_earlier_site_as_it_was(tmp_path: Path) -> None:
    store, out = FullDisk(), tmp_path / "site"
    folders.write_folder(packed(full_site(), store), out, store)
    before, made = tree(out), packed(hostile_site(), store)
    store.left = 5
    with pytest.raises(folders.NotWritten, match="No space left on device"):
        folders.write_folder(made, out, store)
    assert tree(out) == before
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
