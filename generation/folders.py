"""A finished site as a folder: prepared inside it, then put in place, so that a failure leaves what was there."""

import json
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from django.utils.translation import gettext as _

from .artifacts import FileStore
from .contracts import Package
from .pipeline.package import ABOUT, MANIFEST

ZIP = f"{ABOUT}/site.zip"
FOREIGN_NAMED = 3


class NotOurs(Exception):
    """The folder cannot be this site's: it holds something else, or cannot be made; the message says which."""


class NotWritten(Exception):
    """The folder could not be written, and is as it was; the message gives reason and remedy."""


def check_folder(out: Path) -> None:
    """Raise NotOurs unless ``out`` is new, empty or an earlier site, and can be written."""
    if out.exists() and not out.is_dir():
        raise NotOurs(_("%(path)s is not a folder") % {"path": out})
    foreign = sorted(set(_files(out)) - set(_earlier(out)))
    if foreign:
        names = ", ".join(foreign[:FOREIGN_NAMED]) + (" …" if len(foreign) > FOREIGN_NAMED else "")
        raise NotOurs(_("%(path)s holds what is not of an earlier site: %(names)s") % {"path": out, "names": names})
    there = next(folder for folder in (out.absolute(), *out.absolute().parents) if folder.exists())
    try:
        tempfile.TemporaryDirectory(dir=there).cleanup()
    except OSError as error:
        raise NotOurs(_("%(path)s cannot be written: %(reason)s") % {"path": out, "reason": error.strerror}) from None


def write_folder(package: Package, out: Path, store: FileStore) -> None:
    """Make ``out`` the site of ``package``, with its zip. Raises NotOurs or NotWritten; ``out`` is then as it was.

    The folder itself stays: it may be where somebody stands, or a mount point.
    """
    check_folder(out)
    is_new = not out.exists()
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=out, prefix=f"{ABOUT}-") as beside:
            new, old = Path(beside, "new"), Path(beside, "old")
            for path, ref in {**package.manifest, ZIP: package.zip}.items():
                target = new / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(store.get(ref.sha256))
            _swap(out, new, old, staging=Path(beside))
    except OSError as error:
        if is_new:
            shutil.rmtree(out, ignore_errors=True)
        raise NotWritten(
            _("%(path)s could not be written and is as it was: %(reason)s. Free space, or choose another folder.")
            % {"path": out, "reason": error.strerror or error}
        ) from error


def _files(folder: Path) -> Iterable[str]:
    """The files below a folder, and its empty folders."""
    entries = (entry for entry in folder.rglob("*") if not entry.is_dir() or entry.is_symlink() or _is_empty(entry))
    return (entry.relative_to(folder).as_posix() for entry in entries)


def _is_empty(folder: Path) -> bool:
    return not any(folder.iterdir())


def _earlier(out: Path) -> Iterable[str]:
    """The files of the earlier site in ``out``, as its manifest names them; none where there is no such site."""
    try:
        named = json.loads((out / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        return ()
    about = (path for path in _files(out) if path.startswith(f"{ABOUT}/"))
    return (*named, *about) if isinstance(named, dict) and named else ()


def _swap(out: Path, new: Path, old: Path, *, staging: Path) -> None:
    """Exchange what is in ``out`` for what is in ``new``; undone where that fails half-way."""
    old.mkdir()
    moves = [(entry, old / entry.name) for entry in out.iterdir() if entry != staging]
    moves += [(entry, out / entry.name) for entry in new.iterdir()]
    done: list[tuple[Path, Path]] = []
    try:
        for source, target in moves:
            source.rename(target)
            done.append((source, target))
    except OSError:
        for source, target in reversed(done):
            target.rename(source)
        raise
