"""How a worker that is told to stop tells its work-horse: by a signal, whose handler is set before the fork."""

import signal
from types import FrameType

SIGNAL = signal.SIGUSR1

_asked = False


def listen() -> None:
    """Take note of the signal from now on, in this process and those that it forks."""
    signal.signal(SIGNAL, _note)


def is_asked() -> bool:
    """Whether the work under way is to be handed back at its next rest."""
    return _asked


def _note(_number: int, _frame: FrameType | None) -> None:
    global _asked
    _asked = True
