"""Probes in the steps of a pipeline and at the crash points, told what to do by files in a folder.

Each step that begins adds a line to ``calls``: the RQ id of its message, its name and the process. Then, for
``X`` being the name of a step or of a crash point, the file

- ``hold-X`` makes it wait there while the file is there; ``held-X`` says that it does;
- ``kill-X`` kills the process there (and stays, if its text is *always*);
- ``fail-X`` makes a step raise the OSError of that number, and ``deaf-X`` call what no signal reaches.
"""

from __future__ import annotations

import ctypes
import os
import signal
import time
from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pydantic import BaseModel

    from generation.pipeline.run import Run, Step


def probed(steps: Iterable[Step], folder: Path) -> tuple[Step, ...]:
    """The same steps, with a probe in each."""
    return tuple(_probed(step, folder) for step in steps)


def at_point(name: str, folder: Path) -> None:
    """What happens where ``name`` is reached."""
    if (kill := folder / f"kill-{name}").exists():
        if kill.read_text() != "always":
            kill.unlink(missing_ok=True)
        os.kill(os.getpid(), signal.SIGKILL)
    if (hold := folder / f"hold-{name}").exists():
        held = folder / f"held-{name}"
        held.touch()
        while hold.exists():
            time.sleep(0.02)
        held.unlink(missing_ok=True)


def _probed(step: Step, folder: Path) -> Step:
    def work(run: Run) -> BaseModel:
        with (folder / "calls").open("a") as calls:
            calls.write(f"{os.environ.get('RQ_JOB_ID', '-')} {step.name} {os.getpid()}\n")
        if os.environ.get("PROBE_BACKENDS"):
            _note_backend(folder)
        at_point(step.name, folder)
        if (fault := folder / f"fail-{step.name}").exists():
            raise OSError(int(fault.read_text()), "as the test wants it")
        if (folder / f"deaf-{step.name}").exists():
            _hear_nothing()
        return step.work(run)

    return step._replace(work=work)


def _note_backend(folder: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (backend,) = cursor.fetchone()
    with (folder / "backends").open("a") as backends:
        backends.write(f"{os.getpid()} {backend}\n")


def _hear_nothing() -> None:
    """A call into C that no signal ends but SIGKILL: a lock taken twice."""
    lock = ctypes.create_string_buffer(64)
    library = ctypes.CDLL(None)
    library.pthread_mutex_lock(lock)
    library.pthread_mutex_lock(lock)
