"""A finished site as a folder: written beside its place, then swapped in, so that a failure leaves what was there."""

import tempfile
from pathlib import Path

from django.utils.translation import gettext as _

from .artifacts import FileStore
from .contracts import Package
from .pipeline.package import ABOUT, MANIFEST

ZIP = f"{ABOUT}/site.zip"


class NotOurs(Exception):
    """The folder holds something that is not an earlier site; the message says so."""


class NotWritten(Exception):
    """The folder could not be written, and is as it was; the message gives reason and remedy."""


def check_folder(out: Path) -> None:
    """Raise NotOurs unless ``out`` is new, empty or an earlier site."""
    if not out.exists():
        return
    if not out.is_dir():
        raise NotOurs(_("%(path)s is not a folder") % {"path": out})
    if any(out.iterdir()) and not (out / MANIFEST).is_file():
        raise NotOurs(_("%(path)s holds files that are not an earlier site") % {"path": out})


def write_folder(package: Package, out: Path, store: FileStore) -> None:
    """Make ``out`` the site of ``package``, with its zip. Raises NotOurs or NotWritten; ``out`` is then as it was."""
    out = out.resolve()
    check_folder(out)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}-") as beside:
            new, old = Path(beside, "new"), Path(beside, "old")
            for path, ref in {**package.manifest, ZIP: package.zip}.items():
                target = new / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(store.get(ref.sha256))
            _swap(new, out, old)
    except OSError as error:
        raise NotWritten(
            _("%(path)s could not be written and is as it was: %(reason)s. Free space, or choose another folder.")
            % {"path": out, "reason": error.strerror or error}
        ) from error


def _swap(new: Path, out: Path, old: Path) -> None:
    if out.exists():
        out.rename(old)
    try:
        new.rename(out)
    except OSError:
        if old.exists():
            old.rename(out)
        raise
