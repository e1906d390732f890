"""Files by their content: what a step makes is kept under its SHA-256, and never changes."""

import hashlib
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Protocol

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.utils import timezone

from . import crash
from .contracts import FileRef

DERIVED = "derived"


class FileStore(Protocol):
    """Where the pipeline puts bytes and finds them again."""

    def put(self, data: bytes) -> FileRef:
        """Keep ``data``; the same bytes twice are one file. Raises OSError where that cannot be done."""

    def get(self, sha256: str) -> bytes:
        """The bytes with that SHA-256. Raises FileNotFoundError where there are none."""

    def derived(self, recipe: str, make: Callable[[], bytes]) -> FileRef:
        """What ``make`` gives, made once a recipe: a text that names all that goes into it."""


def reference(data: bytes) -> FileRef:
    return FileRef(sha256=hashlib.sha256(data).hexdigest(), size=len(data))


def derived_path(recipe: str) -> str:
    """Where it stands which file a recipe has given."""
    key = hashlib.sha256(recipe.encode()).hexdigest()
    return f"{DERIVED}/{key[:2]}/{key}"


def path_of(sha256: str) -> str:
    """The place of a file in ``STORAGES["sites"]``."""
    return f"{sha256[:2]}/{sha256}"


class SitesStorage(FileSystemStorage):
    """A folder in which a file is there whole or not at all, whatever dies while it is written."""

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        return name  # equal names are equal bytes

    def _save(self, name: str, content: File[Any]) -> str:
        target = Path(self.path(name))
        target.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=target.parent, prefix=".new-", delete=False) as new:
            try:
                for chunk in content.chunks():
                    new.write(chunk)
                new.flush()
                os.fsync(new.fileno())
                crash.reach("file.written")
                Path(new.name).replace(target)
                crash.reach("file.kept")
            except BaseException:
                Path(new.name).unlink(missing_ok=True)
                raise
        return name


def _will_stay(storage: Storage, path: str) -> bool:
    """Whether the file is there and new enough not to be purged before somebody names it."""
    newest_doubtful = timezone.now() - timedelta(days=settings.GENERATION_KEEP_UNNAMED_FILES_DAYS) / 2
    try:
        return storage.exists(path) and storage.get_modified_time(path) > newest_doubtful
    except FileNotFoundError:  # purged just now
        return False


class StoredFiles:
    """The file store of jobs, in ``STORAGES["sites"]``. Old files are written anew when they are put again."""

    def put(self, data: bytes) -> FileRef:
        ref = reference(data)
        storage, path = storages["sites"], path_of(ref.sha256)
        if not (_will_stay(storage, path) and storage.size(path) == ref.size):
            storage.save(path, ContentFile(data))
        return ref

    def get(self, sha256: str) -> bytes:
        with storages["sites"].open(path_of(sha256)) as file:
            return bytes(file.read())

    def derived(self, recipe: str, make: Callable[[], bytes]) -> FileRef:
        storage, note = storages["sites"], derived_path(recipe)
        if storage.exists(note):
            with storage.open(note) as file:
                known = FileRef.model_validate_json(file.read())
            if _will_stay(storage, path_of(known.sha256)):
                return known
        ref = self.put(make())
        if not storage.exists(note):
            storage.save(note, ContentFile(ref.model_dump_json().encode()))
        return ref


class MemoryFiles:
    """A file store for one run of a command, gone with it. What it lacks is read from ``behind``."""

    def __init__(self, behind: FileStore | None = None) -> None:
        self._files: dict[str, bytes] = {}
        self._derived: dict[str, FileRef] = {}
        self._behind = behind

    def put(self, data: bytes) -> FileRef:
        ref = reference(data)
        self._files[ref.sha256] = data
        return ref

    def get(self, sha256: str) -> bytes:
        if sha256 in self._files:
            return self._files[sha256]
        if self._behind is None:
            raise FileNotFoundError(sha256)
        return self._behind.get(sha256)

    def derived(self, recipe: str, make: Callable[[], bytes]) -> FileRef:
        if recipe not in self._derived:
            self._derived[recipe] = self.put(make())
        return self._derived[recipe]
