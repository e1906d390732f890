"""Each test run is an installation of its own, with its folder, database and broker.

The environment is set when this file is read, before Django's settings load.
"""

import atexit
import gc
import itertools
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import django
import pytest
from django.test import TransactionTestCase
from redis import Redis

from manage import GARBAGE
from sitebuilder.environment import Environment
from tests.support.brokers import EmbeddedBroker, registered
from tests.support.processes import (
    RUN_MARK,
    Started,
    StartProcess,
    copy_manage,
    kill,
    kill_all_with,
    processes_with,
    run_manage,
    start_manage,
    warm,
)
from tests.support.tables import empty_tables

if "sitebuilder.settings" in sys.modules:
    raise pytest.UsageError("Unset DJANGO_SETTINGS_MODULE: the tests' settings must not be those of a real shop.")
RUN_DIR = Path(tempfile.mkdtemp(prefix="sb-"))
atexit.register(shutil.rmtree, RUN_DIR, ignore_errors=True)
for setting in Environment.model_fields.keys() - {"database_url"}:
    os.environ.pop(setting.upper(), None)
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "sitebuilder.settings",
    "VAR_DIR": str(RUN_DIR),
    RUN_MARK: str(RUN_DIR),
}
django.setup()
signal.signal(signal.SIGTERM, signal.default_int_handler)  # end as Ctrl-C does, and so clean up
# A shell lets what it starts in the background ignore Ctrl-C, and a child inherits that: the tests send it.
signal.signal(signal.SIGINT, signal.default_int_handler)


COPIED = {"broker", "rqworker", "rqcron", "runserver", "web"}
"""Commands of which many are started, and which start no others."""

TransactionTestCase._fixture_teardown = empty_tables  # type: ignore[attr-defined]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--needing-database",
        action="store_true",
        help="only tests that see the database of this run: the others are the same on each",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--needing-database"):
        others = [item for item in items if not needs_database(item)]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if needs_database(item)]


def pytest_collection_finish() -> None:
    """What is loaded by now is no garbage: looked through again and again, it would take a tenth of each run."""
    gc.freeze()
    gc.set_threshold(GARBAGE)


def needs_database(item: pytest.Item) -> bool:
    """Whether the test sees this run's database: pytest-django lets none do so without its mark or fixtures, and
    processes find it only where it was made. Those that bring an installation of their own do not."""
    if item.get_closest_marker("one_database"):
        return False
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(item.get_closest_marker("django_db") or fixtures & {"db", "transactional_db", "live_server"})


@pytest.fixture(scope="session", autouse=True)
def _no_process_is_left() -> Iterator[None]:
    yield
    if warm.cache_info().currsize:
        warm().close()
    left = list(processes_with(RUN_MARK, str(RUN_DIR)))
    kill(left)
    assert not left, f"the tests left processes behind: {left}"


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Puts the SQLite test database into a file, so that worker processes can open it."""
    from django.db import connection

    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(RUN_DIR / "test.sqlite3")


@pytest.fixture(scope="session")
def _running_broker() -> Iterator[None]:
    running = EmbeddedBroker(RUN_DIR)
    running.start()
    yield
    running.close()


@pytest.fixture
def broker(_running_broker: None) -> Iterator[Redis]:
    """A connection to the real, empty broker that every process of this run uses."""
    from django.conf import settings

    from generation import dispatch

    dispatch._broker.cache_clear()  # a test without a broker may have left it to itself for a while
    with Redis.from_url(settings.BROKER_URL) as connection:
        connection.flushall()
        yield connection


@pytest.fixture
def started() -> list[Started]:
    """What ``start_process`` has started."""
    return []


@pytest.fixture
def kill_started(tmp_path: Path, started: list[Started]) -> Callable[[], None]:
    """Kills what was started, and all that this has started."""

    def kill_them() -> None:
        for each in started:
            each.process.kill()  # a copy that has just begun may have no session of its own yet
        kill_all_with("SB_TEST", str(tmp_path), *(each.pid for each in started))
        for each in started:
            each.process.wait(10)

    return kill_them


@pytest.fixture
def start_process(tmp_path: Path, started: list[Started], kill_started: Callable[[], None]) -> Iterator[StartProcess]:
    """Starts management commands; kills them, and all that they started, when the test ends."""

    def start(*arguments: str, env: Mapping[str, str] | None = None) -> Started:
        log = tmp_path / f"{arguments[0]}-{len(started)}.log"
        begin = copy_manage if arguments[0] in COPIED else start_manage
        started.append(begin(*arguments, log=log, env={**(env or {}), "SB_TEST": str(tmp_path)}))
        return started[-1]

    yield start
    kill_started()


@pytest.fixture(scope="session")
def migrated_database() -> Path:
    """A new shop's SQLite file, to be copied into installations of a test's own."""
    folder = RUN_DIR / "migrated"
    done = run_manage("migrate", "--verbosity=0", env={"VAR_DIR": str(folder), "DATABASE_URL": ""})
    assert done.returncode == 0, done.stderr
    return folder / "db.sqlite3"


@pytest.fixture
def start_worker(broker: Redis, transactional_db: None, start_process: StartProcess) -> StartProcess:
    """Starts ``manage.py rqworker`` on the test database; returns when it has registered itself."""
    numbers = itertools.count(1)

    def start(*arguments: str, env: Mapping[str, str] | None = None) -> Started:
        name = f"test-{os.getpid()}-{next(numbers)}"
        return registered(start_process("rqworker", *arguments, f"--name={name}", env=env), name, broker)

    return start
