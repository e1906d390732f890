"""The places between a write to the database, the broker or a file and the next, by name.

A process may be killed at each of them without losing a job or doing anything twice: tests put something that kills
in place of ``on_reach`` and look at what comes of it. In production reaching one does nothing.
"""

from collections.abc import Callable

POINTS = (
    "request.inserted",  # row inserted, not committed
    "request.committed",  # committed, no message yet
    "dispatch.unsent",  # the broker did not take it, the row says that it did
    "dispatch.marked",  # a broker that was wiped has our mark, rows say that their messages are there
    "dispatch.counted",  # the counter of sends is raised, no message yet
    "dispatch.sent",  # message sent
    "stray.removed",  # a message is out of its queue, its data is not gone
    "message.popped",  # by a worker's parent; nothing else knows
    "claim.taken",  # lease taken, not committed
    "claim.committed",  # committed, and with it that the first step of a new job begins
    "step.begun",  # the step's row is committed
    "step.worked",  # its files are kept, its output is not
    "step.stored",  # a step's row or line is written; on SQLite, not committed
    "file.written",  # a file stands under a passing name
    "file.kept",  # it stands under its own
    "finish.begun",  # the last step has worked, its output is not stored: that is part of the close
    "finish.moved",  # job moved, version and artifacts written, not committed
    "finish.received",  # the order has moved too, not committed
    "finish.committed",
    "retry.moved",  # waiting for its next attempt, not committed
    "retry.committed",
    "cancel.moved",  # cancelled, not committed
    "cancel.committed",
    "reset.copied",  # new job with the finished steps of the old, not committed; then as request.committed
    "death.noticed",  # a worker's parent knows that its work-horse is gone, its row says running
)


def _nothing(_name: str) -> None:
    pass


on_reach: Callable[[str], None] = _nothing


def reach(name: str) -> None:
    """Say that this place is reached."""
    on_reach(name)
