"""A hundred forked jobs on PostgreSQL: no two processes share a connection, and there are never many."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from generation.models import GenerationJob, JobStatus, SiteVersion
from tests.generation.factories import request
from tests.support.processes import wait_until

if TYPE_CHECKING:
    from tests.support.probe_folder import Probe

    from .conftest import StartProbed

pytestmark = pytest.mark.django_db(transaction=True)

JOBS = 100
WORKERS = 2


def connections_of_this_database() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
        (count,) = cursor.fetchone()
    return int(count)


def test_a_hundred_forked_jobs_share_no_connection_and_hold_few(start_probed: StartProbed, probe: Probe) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no connections to share: each process opens the file")
    jobs = [request() for _number in range(JOBS)]
    for _worker in range(WORKERS):
        start_probed(env={"PROBE_BACKENDS": "yes"})
    most = 0

    def all_done() -> bool:
        nonlocal most
        most = max(most, connections_of_this_database())
        return not GenerationJob.objects.exclude(status=JobStatus.SUCCEEDED).exists()

    wait_until(all_done, 300, "a hundred jobs end")

    assert SiteVersion.objects.count() == len(jobs)
    used_by: defaultdict[str, set[str]] = defaultdict(set)
    for line in (probe.folder / "backends").read_text().splitlines():
        process, backend = line.split()
        used_by[backend].add(process)
    assert len(used_by) == JOBS, "a connection for each work-horse"
    assert {len(processes) for processes in used_by.values()} == {1}, "none is used by two processes"
    assert most <= 1 + 2 * WORKERS, "ours, and one for each parent and each work-horse"
