"""Forked children that die, or stop, at a crash point."""

from __future__ import annotations

import gc
import os
import signal
import traceback
from typing import TYPE_CHECKING

from django.db import connections

from generation import crash

if TYPE_CHECKING:
    from collections.abc import Callable


class Child:
    """A fork that does ``work``; at the crash point ``at`` it sends itself ``by``, the first time that it is there."""

    def __init__(self, work: Callable[[], object], *, at: str = "", by: signal.Signals = signal.SIGKILL) -> None:
        connections.close_all()  # a connection must not be shared with a fork
        self.pid = os.fork()
        if not self.pid:
            _be_the_child(work, at, by)
        _pid, self.status = os.waitpid(self.pid, os.WUNTRACED)

    @property
    def is_killed(self) -> bool:
        return os.WIFSIGNALED(self.status)

    @property
    def is_stopped(self) -> bool:
        return os.WIFSTOPPED(self.status)

    def check(self) -> None:
        """Fails unless the child has come to its end, or to its point."""
        assert not os.WIFEXITED(self.status) or os.WEXITSTATUS(self.status) == 0, "the child raised; see its output"

    def go_on(self) -> None:
        """Wake a stopped child, and wait until it has ended."""
        os.kill(self.pid, signal.SIGCONT)
        _pid, self.status = os.waitpid(self.pid, 0)
        self.check()


def _be_the_child(work: Callable[[], object], at: str, by: signal.Signals) -> None:
    gc.disable()  # it would touch, and so copy, every page
    done: list[str] = []

    def reach(name: str) -> None:
        if name == at and not done:
            done.append(name)
            os.kill(os.getpid(), by)

    crash.on_reach = reach
    code = 1
    try:
        work()
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)
