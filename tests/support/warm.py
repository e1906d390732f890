"""A Python that has loaded our libraries, and begins commands of ours as copies of itself: that saves two thirds of the
start of each, and a test run starts hundreds.

It has loaded none of our own code and read no setting: a copy is a process in a session of its own that does all that
``manage.py`` does. Run as a program it is that Python, and takes its orders from the socket that is its stdin.
"""

import gc
import json
import os
import runpy
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from threading import Lock
from typing import IO, Any

ROOT = Path(__file__).resolve().parents[2]
LIBRARIES = [
    "babel.lists", "babel.numbers", "coloraide", "croniter", "django.core.handlers.wsgi",
    "django.db.backends.postgresql.base", "django.db.backends.sqlite3.base", "django.db.migrations.executor",
    "django.forms", "django.middleware.csrf", "django.template.defaulttags", "django.views.generic",
    "django_stubs_ext", "emoji", "fluent.runtime", "fontTools.pens.svgPathPen", "fontTools.ttLib", "httpcore",
    "lightningcss", "limits.storage", "nh3", "phonenumbers", "PIL.ImageCms", "PIL.ImageDraw", "PIL.ImageOps",
    "prometheus_client", "psycopg2.extras", "pydantic.json_schema", "pydantic.main", "pydantic.type_adapter",
    "pydantic.types", "rapidfuzz.fuzz", "rq.cron", "rq.worker", "segno", "selectolax.lexbor", "slugify", "smtplib",
    "structlog", "tomllib", "uvicorn",
]  # fmt: skip
ORDER_BYTES = 200_000


class Warm:
    """That Python, as the tests see it."""

    def __init__(self) -> None:
        self._socket, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with its:
            self._process = subprocess.Popen(
                [sys.executable, __file__], stdin=its.fileno(), cwd=ROOT, start_new_session=True
            )
        self._lock = Lock()

    def start(self, *arguments: str, env: Mapping[str, str], output: IO[bytes], errors: IO[bytes]) -> "Copy":
        """Begin ``manage.py`` with these arguments and variables."""
        order = {"arguments": arguments, "env": dict(env)}
        return Copy(self, self._ask(order, output.fileno(), errors.fileno()))

    def status(self, pid: int) -> int | None:
        """The exit code of a copy as ``subprocess`` has it, once it has ended."""
        status: int | None = self._ask({"pid": pid})
        return status

    def close(self) -> None:
        self._socket.close()
        self._process.wait(10)

    def _ask(self, order: dict[str, Any], *files: int) -> Any:
        with self._lock:
            assert self._process.poll() is None, f"{__file__} has ended with {self._process.returncode}: run it by hand"
            socket.send_fds(self._socket, [json.dumps(order).encode()], files)
            return json.loads(self._socket.recv(ORDER_BYTES))


class Copy:
    """A process that was begun, with as much of ``subprocess.Popen`` as tests use."""

    def __init__(self, warm: Warm, pid: int) -> None:
        self._warm, self.pid = warm, pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        if self.returncode is None:
            self.returncode = self._warm.status(self.pid)
        return self.returncode

    def wait(self, timeout: float) -> int:
        end = time.monotonic() + timeout
        while (code := self.poll()) is None:
            if time.monotonic() > end:
                raise subprocess.TimeoutExpired(str(self.pid), timeout)
            time.sleep(0.02)
        return code

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


def _serve(orders: socket.socket) -> None:
    """Begin copies until nobody gives orders any more. Returns in each copy, too, which then is the command."""
    ended: dict[int, int] = {}

    def reap(*_signal: object) -> None:
        with suppress(ChildProcessError):
            while (found := os.waitpid(-1, os.WNOHANG))[0]:
                ended[found[0]] = os.waitstatus_to_exitcode(found[1])

    signal.signal(signal.SIGCHLD, reap)
    while True:
        message, files, _flags, _address = socket.recv_fds(orders, ORDER_BYTES, 2)
        if not message:
            sys.exit()
        order = json.loads(message)
        if "pid" in order:
            answer = ended.get(order["pid"])
        elif answer := os.fork():
            for file in files:
                os.close(file)
        else:
            _become(order["arguments"], order["env"], *files)
            return
        orders.send(json.dumps(answer).encode())


def _become(arguments: list[str], env: dict[str, str], *outputs: int) -> None:
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for stream, output in enumerate(outputs, 1):
        os.dup2(output, stream)
        os.close(output)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)  # and so it hears no orders
    os.environ.clear()
    os.environ.update(env)
    sys.argv = ["manage.py", *arguments]
    sys.path[0] = str(ROOT)


if __name__ == "__main__":
    sys.modules["rich"] = None  # type: ignore[assignment]  # as manage.py does
    for library in LIBRARIES:
        import_module(library)
    gc.freeze()
    with socket.socket(fileno=os.dup(0)) as given:
        _serve(given)
    runpy.run_path("manage.py", run_name="__main__")
