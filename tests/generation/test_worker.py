"""A worker is told to stop at a moment at which nobody hears it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rq.exceptions import StopRequested

from generation.worker import Worker

if TYPE_CHECKING:
    from redis import Redis

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_stop_whose_exception_was_lost_still_ends_the_wait_for_a_job(broker: Redis) -> None:
    worker = Worker(["default"], connection=broker)

    with pytest.raises(StopRequested):
        worker._shutdown()  # as in the midst of a line of the log, which takes it for an error of its own

    with pytest.raises(StopRequested):
        worker.dequeue_job_and_maintain_ttl(10)
