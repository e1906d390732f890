"""Our own commands as real processes, against the database and the broker of this test run."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Protocol, TypeVar
from urllib.parse import urlsplit

import psutil
from django.db import connection

from tests.support.warm import Copy, Warm

ROOT = Path(__file__).resolve().parents[2]
RUN_MARK = "SB_TEST_RUN"  # in the environment of every process of this run, and so of all that they start
T = TypeVar("T")


@dataclass(frozen=True)
class Started:
    """A process started by a test, with the file that takes its output."""

    process: subprocess.Popen[bytes] | Copy
    log: Path

    @property
    def pid(self) -> int:
        """Its process id."""
        return self.process.pid

    def output(self) -> str:
        """What it has written so far, stdout and stderr in one."""
        return self.log.read_text(errors="replace")


class StartProcess(Protocol):
    """Starts a management command with these arguments and variables, in a session of its own."""

    def __call__(self, *arguments: str, env: Mapping[str, str] | None = None) -> Started: ...


def environment(changes: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of a process that shares this run's broker and, once it exists, its test database."""
    return {**os.environ, "DATABASE_URL": _database_url(), **(changes or {})}


def run_manage(
    *arguments: str, env: Mapping[str, str] | None = None, timeout_seconds: float = 60
) -> subprocess.CompletedProcess[str]:
    """Runs a management command, begun as a copy, to its end; returns exit code and output, or raises after the
    time-out."""
    with TemporaryFile() as output, TemporaryFile() as errors:
        copy = warm().start(*arguments, env=environment(env), output=output, errors=errors)
        try:
            code = copy.wait(timeout_seconds)
        except subprocess.TimeoutExpired:
            os.killpg(copy.pid, signal.SIGKILL)
            raise
        return subprocess.CompletedProcess(arguments, code, _text(output), _text(errors))


def run_anew(*arguments: str, env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """The same in a Python of its own, which reads the variables of Python, of language and time zone at its start."""
    return subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *arguments],
        cwd=ROOT,
        env=environment(env),
        capture_output=True,
        text=True,
        timeout=60,
        stdin=subprocess.DEVNULL,
    )


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode()


def start_manage(*arguments: str, log: Path, env: Mapping[str, str] | None = None) -> Started:
    """Starts a management command in a session of its own and returns at once."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, str(ROOT / "manage.py"), *arguments],
            cwd=ROOT,
            env=environment(env),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    return Started(process, log)


def copy_manage(*arguments: str, log: Path, env: Mapping[str, str] | None = None) -> Started:
    """The same, in a fraction of the time: the process is a copy of one that has loaded our libraries."""
    with log.open("wb") as output:
        return Started(warm().start(*arguments, env=environment(env), output=output, errors=output), log)


@cache
def warm() -> Warm:
    """What processes of this run are copies of."""
    return Warm()


def wait_until(condition: Callable[[], T], seconds: float, why: str) -> T:
    """Returns the condition's first true value; after ``seconds`` fails, saying what was waited for."""
    end = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < end, f"after {seconds} s still waiting: {why}"
        time.sleep(0.05)
    return value


def processes_with(name: str, value: str) -> Iterator[psutil.Process]:
    """The living processes, this one apart, in whose environment the variable ``name`` has this value."""
    for process in psutil.process_iter():
        try:
            if (
                process.pid != os.getpid()
                and process.status() != psutil.STATUS_ZOMBIE
                and process.environ().get(name) == value
            ):
                yield process
        except psutil.Error:
            continue


def command_of(process: psutil.Process) -> str:
    """The command line of the process; empty once it has ended."""
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""


def kill_all_with(name: str, value: str, *copies: int) -> None:
    """Kills :func:`processes_with` this variable, and the sessions of ``copies``, whose variables cannot be seen, until
    there are none: one may start another before its turn comes."""

    def those() -> list[psutil.Process]:
        return [*processes_with(name, value), *_in_sessions(copies)]

    wait_until(lambda: not kill(those()), 30, f"nothing with {name}={value} lives")


def _in_sessions(sessions: Collection[int]) -> Iterator[psutil.Process]:
    for process in psutil.process_iter():
        with suppress(psutil.Error, ProcessLookupError):
            if os.getsid(process.pid) in sessions and process.status() != psutil.STATUS_ZOMBIE:
                yield process


def kill(processes: Collection[psutil.Process]) -> int:
    """Kills them, and returns how many they were when they are gone."""
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(processes, timeout=10)
    return len(processes)


def _database_url() -> str:
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
