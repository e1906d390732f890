"""Processes of a bench, and waiting for what they come to."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import psutil

from .report import ROOT

MANAGE = [sys.executable, str(ROOT / "manage.py")]


@contextlib.contextmanager
def process(*command: str, env: dict[str, str] | None = None, manage: bool = True) -> Iterator[Any]:
    """A process for the time of the context; killed with its children at its end."""
    started = subprocess.Popen(
        [*MANAGE, *command] if manage else list(command),
        cwd=ROOT, env={**os.environ, **(env or {})}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    try:
        yield started
    finally:
        kill_with_children(started.pid)
        started.wait()


def kill_with_children(pid: int) -> None:
    with contextlib.suppress(psutil.NoSuchProcess):
        parent = psutil.Process(pid)
        for each in [parent, *parent.children(recursive=True)]:
            with contextlib.suppress(psutil.NoSuchProcess):
                each.send_signal(signal.SIGKILL)


def pss(pid: int) -> float:
    """The process's share of memory, in MB: what it shares with others is divided among them."""
    return float(psutil.Process(pid).memory_full_info().pss) / 2**20


def until(condition: Callable[[], Any], most: float) -> None:
    """Wait for it; raises TimeoutError after so many seconds."""
    end = time.monotonic() + most
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(f"after {most} s still waiting")
        time.sleep(0.02)
