"""A worker that is told to stop at a moment at which nobody hears it, and one that cannot prepare what it would."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from rq.exceptions import StopRequested

from generation.worker import Worker

if TYPE_CHECKING:
    from pathlib import Path

    from redis import Redis

    from tests.support.processes import StartProcess

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_stop_whose_exception_was_lost_still_ends_the_wait_for_a_job(broker: Redis) -> None:
    worker = Worker(["default"], connection=broker)

    with pytest.raises(StopRequested):
        worker._shutdown()  # as in the midst of a line of the log, which takes it for an error of its own

    with pytest.raises(StopRequested):
        worker.dequeue_job_and_maintain_ttl(10)


@pytest.mark.one_database
def test_what_cannot_be_prepared_costs_no_worker(
    broker: Redis, migrated_database: Path, tmp_path: Path, start_process: StartProcess
) -> None:
    shutil.copy(migrated_database, tmp_path / "db.sqlite3")
    with closing(sqlite3.connect(tmp_path / "db.sqlite3")) as database:
        database.execute("DROP TABLE orders_webhookendpoint")
    worker = start_process("rqworker", "--burst", env={"DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}"})
    assert worker.process.wait(30) == 0
    assert "no such table: orders_webhookendpoint" in worker.output()
