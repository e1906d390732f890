"""The processes that a command starts for itself, and stops again; where they log, and how one is told from another."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

from django.conf import settings
from django.utils.translation import gettext as _

from generation import dispatch
from generation.models import Queue
from generation.transactions import trouble_with_database

from .broker import PRIVATE, BrokerRefused, server

START_SECONDS = 20
STOP_SECONDS = 4
POLL_SECONDS = 0.1


class NotRunning(Exception):
    """What a command needs is not running, and may not or could not be started; the message says what to do."""


def log_folder() -> Path:
    """The folder of the processes' logs, made if it is missing."""
    folder = Path(settings.VAR_DIR) / "log"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


class Processes:
    """Makes sure that a broker and a worker are there, and stops those that it started."""

    def __init__(self, *, may_start: bool) -> None:
        self.may_start = may_start and settings.EMBEDDED_BROKER
        self._started: list[subprocess.Popen[bytes]] = []

    def ensure(self) -> None:
        """Raise NotRunning where database, broker or worker is missing and cannot be had."""
        if trouble := trouble_with_database():
            raise NotRunning(trouble)
        if not dispatch.is_answering():
            if not self.may_start:
                raise NotRunning(dispatch.missing_broker())
            self._start_broker()
        if not dispatch.has_worker(Queue.DEFAULT):
            if not self.may_start:
                raise NotRunning(_("No worker is listening. Start one: manage.py rqworker"))
            command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "rqworker"]
            self._start("rqworker", command, lambda: dispatch.has_worker(Queue.DEFAULT))

    def stop(self) -> None:
        """Stop what was started, the worker before the broker."""
        with held_back():  # who presses Ctrl-C again would else leave behind what is still to be stopped
            for process in reversed(self._started):
                _stop(process)
            self._started.clear()

    def _start_broker(self) -> None:
        try:
            command, held = server(settings.VAR_DIR)
        except BrokerRefused as refused:
            raise NotRunning(str(refused)) from None
        try:
            self._start("broker", command, dispatch.is_answering, pass_fds=(held,), umask=PRIVATE)
        finally:
            os.close(held)

    def _start(self, name: str, command: list[str], is_there: Callable[[], bool], **inherited: Any) -> None:
        log = log_folder() / f"{name}.log"
        with log.open("ab") as output, held_back() as signals:
            # In a session of its own: Ctrl-C reaches us alone, and we stop it in order.
            process = subprocess.Popen(  # noqa: S603 - our own command line, no shell
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                **inherited,
            )
            self._started.append(process)
        if signals:
            raise KeyboardInterrupt
        deadline = time.monotonic() + START_SECONDS
        while not is_there():
            if process.poll() is not None or time.monotonic() > deadline:
                raise NotRunning(_("%(command)s did not start; its log is %(log)s") % {"command": name, "log": log})
            time.sleep(POLL_SECONDS)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Ask twice, since a worker ends its job at the first SIGTERM and its work-horse at the second; then kill."""
    for _time in range(2):
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(STOP_SECONDS)
            return
    process.kill()
    process.wait()


@contextmanager
def interruptible() -> Iterator[None]:
    """Let SIGTERM and SIGHUP end the command as Ctrl-C does, so that it stops what it started."""

    def interrupt(_number: int, _frame: FrameType | None) -> NoReturn:
        raise KeyboardInterrupt

    with _handled(interrupt, signal.SIGTERM, signal.SIGHUP):
        yield


@contextmanager
def held_back() -> Iterator[list[int]]:
    """Keep Ctrl-C and its like from cutting this short; yields the list of those that came meanwhile."""
    came: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        came.append(number)

    with _handled(note, signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        yield came


@contextmanager
def _handled(handler: Callable[[int, FrameType | None], object], *numbers: signal.Signals) -> Iterator[None]:
    before = {number: signal.signal(number, handler) for number in numbers}
    try:
        yield
    finally:
        for number, former in before.items():
            signal.signal(number, former)
