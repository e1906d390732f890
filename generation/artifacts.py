"""Files by their content: what a step makes is kept under its SHA-256, and never changes."""

import hashlib
import os
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Protocol

from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, storages

from .contracts import FileRef


class FileStore(Protocol):
    """Where the pipeline puts bytes and finds them again."""

    def put(self, data: bytes) -> FileRef:
        """Keep ``data``; the same bytes twice are one file. Raises OSError where that cannot be done."""

    def get(self, sha256: str) -> bytes:
        """The bytes with that SHA-256. Raises FileNotFoundError where there are none."""


def reference(data: bytes) -> FileRef:
    return FileRef(sha256=hashlib.sha256(data).hexdigest(), size=len(data))


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
                Path(new.name).replace(target)
            except BaseException:
                Path(new.name).unlink(missing_ok=True)
                raise
        return name


class StoredFiles:
    """The file store of jobs, in ``STORAGES["sites"]``."""

    def put(self, data: bytes) -> FileRef:
        ref = reference(data)
        storage, path = storages["sites"], path_of(ref.sha256)
        if not (storage.exists(path) and storage.size(path) == ref.size):
            storage.save(path, ContentFile(data))
        return ref

    def get(self, sha256: str) -> bytes:
        with storages["sites"].open(path_of(sha256)) as file:
            return bytes(file.read())


class MemoryFiles:
    """A file store for one run of a command, gone with it."""

    def __init__(self) -> None:
        self._files: dict[str, bytes] = {}

    def put(self, data: bytes) -> FileRef:
        ref = reference(data)
        self._files[ref.sha256] = data
        return ref

    def get(self, sha256: str) -> bytes:
        try:
            return self._files[sha256]
        except KeyError:
            raise FileNotFoundError(sha256) from None
