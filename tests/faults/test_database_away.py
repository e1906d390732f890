"""The database is gone, or locked, for a while in the middle of a job: no false success, and one version afterwards."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from collections import Counter
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest
from django.db import connection, connections

from generation.models import JobStatus
from generation.pipeline.names import NAMES as STEPS
from tests.generation.factories import request
from tests.support.processes import wait_until

from .conftest import versions_of, wait_for_end

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.probe_folder import Probe

    from .conftest import StartProbed

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def database_away() -> Iterator[None]:
    """PostgreSQL is stopped as by a crash, and started again; of SQLite the file is locked by somebody else."""
    away = stopped_postgres() if connection.vendor == "postgresql" else locked_sqlite()
    with away:
        yield


@contextmanager
def locked_sqlite() -> Iterator[None]:
    with closing(sqlite3.connect(str(connection.settings_dict["NAME"]), timeout=30)) as other:
        other.isolation_level = None
        other.execute("BEGIN EXCLUSIVE")
        yield


@contextmanager
def stopped_postgres() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('data_directory'), current_setting('unix_socket_directories')")
        data, sockets = cursor.fetchone()
    connections.close_all()
    server = psutil.Process(int(Path(data, "postmaster.pid").read_text().split()[0]))
    program, owner = Path(server.exe()).with_name("pg_ctl"), server.username()

    def control(*arguments: str) -> None:
        command = [program, "-w", "-D", data, *arguments]
        env = {"PATH": os.environ["PATH"]}  # it is not one of the processes that a test has to end
        subprocess.run(command, user=owner, check=True, stdout=subprocess.DEVNULL, cwd="/", env=env)

    control("-m", "immediate", "stop")
    try:
        yield
    finally:
        control("-o", f'-h "" -k {sockets}', "-l", f"{data}/log", "start")


def test_a_database_that_is_away_in_the_middle_of_a_job_loses_nothing(start_probed: StartProbed, probe: Probe) -> None:
    probe.hold("write")
    worker = start_probed()
    job = request()
    probe.wait_held("write")

    with database_away():
        wait_until(lambda: "lease_not_renewed" in worker.output(), 60, "the lease cannot be renewed")
        probe.release("write")
        wait_until(lambda: "left_to_its_lease" in worker.output(), 90, "the end of the attempt cannot be written")
    wait_for_end(job)

    assert worker.process.poll() is None, worker.output()
    assert (job.status, versions_of(job)) == (JobStatus.SUCCEEDED, 1)
    assert probe.steps(job) == Counter([*STEPS, "write"])


def test_an_idle_worker_outlives_a_database_that_is_away(start_probed: StartProbed) -> None:
    worker = start_probed()
    with database_away():
        wait_until(lambda: "not_looked_after" in worker.output(), 60, "the worker has looked after the rows in vain")
    job = request()
    wait_for_end(job)

    assert (job.status, job.attempt) == (JobStatus.SUCCEEDED, 1)
    assert worker.process.poll() is None
