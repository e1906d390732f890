"""How long something may take, in the process that does it."""

from math import ceil

from rq.timeouts import JobTimeoutException, UnixSignalDeathPenalty

TimedOut = JobTimeoutException
"""Raised in the middle of what takes too long."""


def within(seconds: float) -> UnixSignalDeathPenalty:
    """A context in which TimedOut is raised after ``seconds``, by an alarm. What ignores it, the worker's parent kills.

    The alarm that RQ has set for the whole of the work ends with it: deadlines of rows are judged by the parent.
    """
    return UnixSignalDeathPenalty(max(ceil(seconds), 1), TimedOut)  # type: ignore[no-untyped-call]  # RQ says no types
