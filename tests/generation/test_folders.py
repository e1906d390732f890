"""A site's folder: new, empty or an earlier site, and nothing of anybody else is touched."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from generation.artifacts import MemoryFiles
from generation.contracts import Package
from generation.folders import NotOurs, NotWritten, check_folder, write_folder
from generation.pipeline.package import MANIFEST

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def store() -> MemoryFiles:
    return MemoryFiles()


def package(store: MemoryFiles, **pages: str) -> Package:
    site = {f"{name}.html": store.put(text.encode()) for name, text in pages.items()}
    listed = ",".join(f'"{path}": {{}}' for path in site)
    about = store.put(f"{{{listed}}}".encode())
    return Package(zip=about, report=about, spec=about, manifest={**site, MANIFEST: about})


def tree(folder: Path) -> dict[str, str]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_text() for file in files}


def test_an_earlier_site_is_replaced_whole_and_nothing_else_is_left(tmp_path: Path, store: MemoryFiles) -> None:
    out = tmp_path / "site"
    write_folder(package(store, index="one", about="gone with the next"), out, store)

    write_folder(package(store, index="two"), out, store)

    assert {path: text for path, text in tree(out).items() if path.endswith(".html")} == {"index.html": "two"}
    assert list(tmp_path.iterdir()) == [out]


def test_a_site_is_written_where_somebody_stands(
    tmp_path: Path, store: MemoryFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pathlib import Path as Here

    monkeypatch.chdir(tmp_path)

    for text in ("one", "two"):
        write_folder(package(store, index=text), Here(), store)

    assert (tmp_path / "index.html").read_text() == "two"
    assert Here.cwd() == tmp_path


@pytest.mark.parametrize("foreign", ["CNAME", ".git/config", "index.html.orig"])
def test_a_file_of_somebody_else_is_named_and_stays(tmp_path: Path, store: MemoryFiles, foreign: str) -> None:
    write_folder(package(store, index="one"), tmp_path, store)
    file = tmp_path / foreign
    file.parent.mkdir(exist_ok=True)
    file.write_text("mine")
    before = tree(tmp_path)

    with pytest.raises(NotOurs, match=foreign):
        write_folder(package(store, index="two"), tmp_path, store)

    assert tree(tmp_path) == before


@pytest.mark.parametrize("manifest", ["", "[]", "{}", "not JSON"])
def test_a_folder_that_only_looks_like_an_earlier_site_is_refused(tmp_path: Path, manifest: str) -> None:
    (tmp_path / MANIFEST).parent.mkdir()
    (tmp_path / MANIFEST).write_text(manifest)
    (tmp_path / "precious").write_text("mine")

    with pytest.raises(NotOurs, match="precious"):
        check_folder(tmp_path)


def test_a_place_that_cannot_be_written_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NotOurs):
        check_folder(tmp_path / "file" / "site")


def test_a_failure_leaves_the_folder_as_it_was(
    tmp_path: Path, store: MemoryFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "site"
    write_folder(package(store, index="one", about="one"), out, store)
    before = tree(out)
    from pathlib import Path as Paths

    rename = Paths.rename
    left = iter([True, True, True, False])

    def fails_at_the_fourth(self: Path, target: Path) -> Path:
        if not next(left, True):
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Paths, "rename", fails_at_the_fourth)
    with pytest.raises(NotWritten, match="No space left"):
        write_folder(package(store, index="two", about="two"), out, store)

    assert tree(out) == before
