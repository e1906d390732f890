"""The same call in many real processes at the same moment."""

from __future__ import annotations

import multiprocessing
from typing import TYPE_CHECKING

from django.db import connections

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.queues import SimpleQueue
    from multiprocessing.synchronize import Barrier

_FORK = multiprocessing.get_context("fork")


def at_once(count: int, work: Callable[[], str]) -> list[str]:
    """What each of ``count`` processes got from ``work``, all begun together; an error as its text."""
    connections.close_all()  # a connection must not be shared with a fork
    barrier, answers = _FORK.Barrier(count), _FORK.SimpleQueue()
    children = [_FORK.Process(target=_one, args=(work, barrier, answers)) for _number in range(count)]
    for child in children:
        child.start()
    got = [answers.get() for _child in children]
    for child in children:
        child.join()
    return got


def _one(work: Callable[[], str], barrier: Barrier, answers: SimpleQueue[str]) -> None:
    try:
        barrier.wait(60)
        answers.put(work())
    except Exception as error:
        answers.put(f"{type(error).__name__}: {error}")
    finally:
        connections.close_all()
