"""The tests' own helpers: a worker shares the test database, and goes with all that it started."""

import psutil
from django.db import connection
from redis import Redis

from tests.support.processes import StartProcess, run_manage


def test_commands_see_the_test_database(transactional_db: None) -> None:
    code = "from django.db import connection; connection.ensure_connection(); print(connection.settings_dict['NAME'])"
    shown = run_manage("shell", "--no-imports", "-c", code)
    assert shown.stdout.strip() == str(connection.settings_dict["NAME"])


def test_worker_listens_on_the_broker_of_the_run(start_worker: StartProcess, broker: Redis) -> None:
    worker = start_worker()
    assert broker.scard("rq:workers") == 1
    assert psutil.Process(worker.pid).is_running()
