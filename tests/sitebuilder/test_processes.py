"""The tests' own helpers: a worker shares the test database, and goes with all that it started."""

import os
import signal

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


def test_what_is_begun_as_a_copy_is_a_process_of_its_own(
    start_worker: StartProcess, start_process: StartProcess
) -> None:
    worker, refused = start_worker(), start_process("rqworker", "--no-such-option")
    assert refused.process.wait(20) == 2
    assert "--no-such-option" in refused.output()
    assert os.getsid(worker.pid) == worker.pid
    worker.process.kill()
    assert worker.process.wait(10) == -signal.SIGKILL


def test_what_workers_name_addresses_by_loads_no_rest_framework() -> None:
    """They start sooner, and keep less memory."""
    code = (
        "import sys, generation.worker; from django.urls import reverse, set_urlconf; from django.conf import settings;"
        " set_urlconf(settings.PAGES_URLCONF); print(reverse('customer_order', args=['x']), reverse('admin:index'),"
        " [name for name in ('rest_framework.views', 'drf_spectacular.views') if name in sys.modules])"
    )
    assert run_manage("shell", "--no-imports", "-c", code).stdout.strip() == "/order/x/ /admin/ []"
