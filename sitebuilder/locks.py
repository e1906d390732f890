"""Locks on files, by which a process is the only one of its kind."""

import fcntl
import os
from pathlib import Path


def lock(file: Path) -> int:
    """Lock this file for as long as the process lives, and return its descriptor.

    A lock goes with its holder, also after a kill; a pid file or a stale socket does not. Raises BlockingIOError if
    another process holds it.
    """
    descriptor = os.open(file, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise
    return descriptor
