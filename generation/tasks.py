"""The door through which a worker comes in."""

import os
from typing import Any
from uuid import UUID, uuid4

from . import runner


def run_generation(job_id: str, attempt: str, **_of_a_newer_release: Any) -> None:
    """The one worker function of generation: run this attempt of this job, if it is still to be run."""
    runner.run(
        UUID(job_id),
        int(attempt),
        execution=os.environ.get("RQ_EXECUTION_ID") or uuid4().hex,
        worker=os.environ.get("RQ_WORKER_ID", "no worker"),
    )
