"""The open shop: broker, workers, scheduler and web under one supervisor, which starts again what dies.

supervisor does the work, from ``shop.conf``. Here stands what it has no setting for: workers wait for the broker, a
pause has an end, the screen says what happens, and nothing that a killed process has left behind goes on.
"""

import os
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import psutil
from django.conf import settings
from django.utils.translation import gettext as _
from supervisor import events
from supervisor.medusa.asyncore_25 import ExitNow
from supervisor.options import ServerOptions
from supervisor.process import Subprocess
from supervisor.states import ProcessStates
from supervisor.supervisord import Supervisor

from generation import dispatch
from generation.models import Queue

from .processes import STOP_SECONDS, log_folder
from .web import HOST, address

CONFIGURATION = Path(__file__).with_suffix(".conf")
MARK = "SHOP_DIR"  # in the environment of every process of the shop, and so of all that they start
LOG_ONLY = re.compile(r"^\d{4}-\S+Z (\[info *\] )?")  # what the screen can do without
START_SECONDS = 60
LONGEST_PAUSE_SECONDS = 30
ASK_SECONDS = 1
MAX_LINE_LENGTH = 160

Say = Callable[[str], None]


@dataclass(frozen=True)
class Opening:
    """Where the web listens, and how many workers there are."""

    host: str
    port: int
    workers: int


class Shop(Supervisor):
    """``opened`` is called once, when the web answers and a worker has registered."""

    def __init__(self, opening: Opening, *, say: Say, opened: Callable[[], None]) -> None:
        os.environ |= {
            MARK: str(settings.VAR_DIR),
            "SHOP_HOST": opening.host,
            "SHOP_PORT": str(opening.port),
            "SHOP_WORKERS": str(opening.workers),
            "SHOP_WEBHOOK": f"{address(opening.host, opening.port)}/api/site-orders/webhook",
            "PUBLIC_URL": os.environ.get("PUBLIC_URL") or address(opening.host, opening.port),
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        }
        os.chdir(settings.BASE_DIR)
        options = ServerOptions()
        options.first, options.test = True, False  # as its own main program sets them
        options.realize(["-c", str(CONFIGURATION)])
        left_out = {"broker": not settings.EMBEDDED_BROKER, "stripe": not settings.STRIPE_STANDIN}
        options.process_group_configs = [
            each for each in options.process_group_configs if not left_out.get(each.name, False)
        ]
        super().__init__(options)
        self.opening, self.say, self.opened = opening, say, opened
        self.waits_since: float | None = time.monotonic()
        self._half_lines: dict[str, bytes] = {}
        self._asked_again: set[int] = set()

    def run_until_stopped(self) -> None:
        """Run until SIGTERM, SIGHUP or Ctrl-C, and return when every process is gone."""
        try:
            with suppress(ExitNow):
                self.main()
        finally:
            stop_leftovers()

    def runforever(self) -> None:
        events.subscribe(events.ProcessLogEvent, lambda event: self._show(event.process.config.name, event.data))
        events.subscribe(events.ProcessStateBackoffEvent, lambda event: self._pause(event.process))
        events.subscribe(events.ProcessStateExitedEvent, lambda event: self._tell(event.process))
        events.subscribe(events.SupervisorStoppingEvent, lambda _event: self.say(_("Closing the shop.")))
        super().runforever()

    def tick(self, now: float | None = None) -> None:
        super().tick(now)
        for process in self._processes():
            self._ask_again(process)
        if self.waits_since and not self.stopping:
            self._bring_up(self.waits_since)

    def _processes(self) -> Iterator[Subprocess]:
        for group in self.process_groups.values():
            yield from group.processes.values()

    def _bring_up(self, since: float) -> None:
        if missing := self._missing():
            if time.monotonic() - since > START_SECONDS:
                self.waits_since = time.monotonic()
                about = {"what": missing, "folder": log_folder()}
                self.say(_("Still waiting for: %(what)s. The logs are in %(folder)s") % about)
            return
        self.waits_since = None
        self.opened()

    def _missing(self) -> str:
        """What the shop still waits for, first things first; workers begin when the broker answers."""
        if not dispatch.is_answering():
            return "broker"
        for process in self._processes():
            if not process.laststart:
                process.spawn()
        down = [process.config.name for process in self._processes() if not process.pid]
        if not down and not dispatch.has_worker(Queue.DEFAULT):
            down = ["worker"]
        if not down and not _answers(self.opening.host, self.opening.port):
            down = ["web"]
        if not down and settings.STRIPE_STANDIN and not _answers(HOST, settings.STRIPE_STANDIN_PORT):
            down = ["stripe"]
        return ", ".join(down)

    def _pause(self, process: Subprocess) -> None:
        process.backoff = min(process.backoff, LONGEST_PAUSE_SECONDS)
        process.delay = time.time() + process.backoff
        self._tell(process)

    def _tell(self, process: Subprocess) -> None:
        if not self.stopping:
            about = {"name": process.config.name, "seconds": process.backoff, "log": process.config.stdout_logfile}
            if process.backoff:
                self.say(_("%(name)s has ended and starts again in %(seconds)s s. Its log: %(log)s") % about)
            else:
                self.say(_("%(name)s has ended and starts again. Its log: %(log)s") % about)

    def _ask_again(self, process: Subprocess) -> None:
        """Repeat SIGTERM after a while: a worker ends its job at the first, and its work-horse at the second."""
        asked = process.delay - process.config.stopwaitsecs
        late = process.state == ProcessStates.STOPPING and time.time() - asked > STOP_SECONDS
        if late and process.pid not in self._asked_again:
            self._asked_again.add(process.pid)
            process.signal(signal.SIGTERM)

    def _show(self, name: str, output: bytes) -> None:
        """Each whole line on the screen, in short; the log has all of it."""
        *lines, self._half_lines[name] = (self._half_lines.get(name, b"") + output).split(b"\n")
        for line in lines:
            text = " ".join(LOG_ONLY.sub("", line.decode(errors="replace")).split())
            self.say(f"{name:<8} | {text}"[:MAX_LINE_LENGTH])


def stop_leftovers() -> None:
    """Stop what a killed shop, or a killed worker, has left running: this folder's mark tells whose it is."""
    left = [process for process in psutil.process_iter() if _is_marked(process)]
    for process in left:
        with suppress(psutil.NoSuchProcess):
            process.terminate()
    _gone, deaf = psutil.wait_procs(left, timeout=STOP_SECONDS)
    for process in deaf:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(deaf)


def _is_marked(process: psutil.Process) -> bool:
    try:
        return process.pid != os.getpid() and process.environ().get(MARK) == str(settings.VAR_DIR)
    except psutil.Error:
        return False


def _answers(host: str, port: int) -> bool:
    """Whether that web has begun. A static file is asked for: in production a page answers to public names only."""
    connection = HTTPConnection(host, port, timeout=ASK_SECONDS)
    try:
        connection.request("HEAD", f"{settings.STATIC_URL}sitebuilder/page.css")
        return connection.getresponse().status == HTTPStatus.OK
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
