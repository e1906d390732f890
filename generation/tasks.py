"""The doors through which a worker comes in: one for generation, one for all other background work.

Their arguments are texts. Whatever stands in a message, nothing is raised out of here but what says that the work
itself failed; a newer release may send more arguments.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

import structlog

from . import background, background_run, runner
from .models import Work

log = structlog.get_logger(__name__)

is_settled = False
"""Whether what this process was asked to run is settled, one way or the other; else its parent looks at the row."""


def run_generation(job_id: str = "", attempt: str = "", *_of_a_newer_release: Any, **_too: Any) -> None:
    """The one worker function of generation: run this attempt of this job, if it is still to be run."""
    if known := _read(job_id, attempt):
        with _settling():
            runner.run(*known, execution=execution(), worker=worker())


def run_background(kind: str = "", row_id: str = "", attempt: str = "", *_of_a_newer_release: Any, **_too: Any) -> None:
    """The one worker function of all other work: run this attempt of this row, if it is still to be run."""
    try:
        known_kind = background.kind(kind)
    except (KeyError, TypeError):
        log.error("message_not_understood", kind=str(kind)[:80], hint="no such kind: an older release is running?")
        return
    if known := _read(row_id, attempt):
        with _settling():
            background_run.run(known_kind, *known, execution=execution(), worker=worker())


@contextmanager
def _settling() -> Iterator[None]:
    global is_settled
    is_settled = False
    try:
        yield
    except (runner.GenerationFailed, background_run.WorkFailed):
        is_settled = True
        raise
    is_settled = True


def row_of(function: str | None, arguments: tuple[Any, ...]) -> tuple[type[Work], UUID] | None:
    """What a message is about, by the function and arguments that it names; None where it is none of ours."""
    try:
        match function, arguments:
            case "generation.tasks.run_generation", (row_id, _attempt, *_more):
                return background.class_of("generation"), UUID(row_id)
            case "generation.tasks.run_background", (kind, row_id, _attempt, *_more):
                return background.class_of(kind), UUID(row_id)
    except (KeyError, ValueError, TypeError, AttributeError):
        pass
    return None


def execution() -> str:
    """The lease under which this process runs: the RQ execution id, which the worker's parent knows too."""
    return os.environ.get("RQ_EXECUTION_ID") or uuid4().hex


def worker() -> str:
    return os.environ.get("RQ_WORKER_ID", "no worker")


def _read(row_id: str, attempt: str) -> tuple[UUID, int] | None:
    try:
        return UUID(row_id), int(attempt)
    except (ValueError, TypeError, AttributeError, OverflowError):
        log.error("message_not_understood", row=str(row_id)[:80], attempt=str(attempt)[:80], hint="it is dropped")
        return None
