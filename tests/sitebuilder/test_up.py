"""``manage.py up``: the shop opens, mends itself, and closes without leaving anything."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple, Protocol

import psutil
import pytest
from django.conf import settings

from tests.support.processes import (
    ROOT,
    Started,
    StartProcess,
    command_of,
    environment,
    kill,
    kill_all_with,
    processes_with,
    run_manage,
    start_manage,
    wait_until,
)
from tests.support.web import ask, free_port, log_in, taken_port

from .conftest import installation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from redis import Redis

SAMPLE = ROOT / "samples" / "04-plumber-austin.en.json"
OPEN, CLOSED = "The shop is open: http://127.0.0.1:{port}/admin/", "The shop is closed."
COMMANDS = {
    "web": "manage.py web",
    "scheduler": "manage.py rqcron",
    "worker": "manage.py rqworker",
    "broker": "valkey-server",
}


class Shop(NamedTuple):
    """An open shop."""

    started: Started
    port: int
    folder: Path

    def close(self, number: signal.Signals = signal.SIGINT) -> int:
        self.started.process.send_signal(number)
        return self.started.process.wait(40)

    def running(self) -> list[str]:
        return [command_of(process) for process in processes_with("SB_TEST", str(self.folder))]

    def pid(self, part: str) -> int:
        """The process id of this part, of several processes the first; 0 where there is none."""
        found = [
            process for process in processes_with("SB_TEST", str(self.folder)) if COMMANDS[part] in command_of(process)
        ]
        return min(found, key=psutil.Process.create_time).pid if found else 0

    def kill(self, part: str) -> int:
        """Kill the part once it is there, and return its process id when it is gone."""
        pid = wait_until(lambda: self.pid(part), 30, f"{part} is there")
        kill([psutil.Process(pid)])
        return pid


class OpenShop(Protocol):
    """Opens a shop with these arguments and variables, and returns when it is open."""

    def __call__(self, *arguments: str, port: int | None = None, env: Mapping[str, str] | None = None) -> Shop: ...


@pytest.fixture
def open_shop(alone: dict[str, str], tmp_path: Path, start_process: StartProcess) -> OpenShop:
    def open_it(*arguments: str, port: int | None = None, env: Mapping[str, str] | None = None) -> Shop:
        port = port or free_port()
        started = start_process("up", f"--port={port}", *arguments, env={**alone, **(env or {})})
        return opened(Shop(started, port, tmp_path))

    return open_it


@pytest.fixture(scope="module")
def open_one(migrated_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """An open shop, for all that leaves it open."""
    folder, port = tmp_path_factory.mktemp("shop"), free_port()
    env = {**installation(folder, migrated_database), "SB_TEST": str(folder)}
    shop = Shop(start_manage("up", f"--port={port}", log=folder / "up.log", env=env), port, folder)
    yield opened(shop)
    shop.started.process.kill()
    kill_all_with("SB_TEST", str(folder))
    shop.started.process.wait(10)


def opened(shop: Shop) -> Shop:
    started = shop.started
    wait_until(
        lambda: started.process.poll() is not None or OPEN.format(port=shop.port) in started.output(),
        60,
        "the shop opens",
    )
    assert started.process.poll() is None, f"the shop did not open:\n{started.output()}"
    return shop


def password_in(output: str) -> str | None:
    found = re.search(r"^Log in as admin with the password (\S+)$", output, re.MULTILINE)
    return found and found[1]


def stopped_in(folder: Path) -> list[str]:
    """What was stopped, in that order."""
    return re.findall(r"stopped: (\S+)", (folder / "var" / "log" / "supervisor.log").read_text())


def answers(shop: Shop) -> bool:
    try:
        return ask(shop.port, "GET", "/admin/login/").status == 200
    except OSError:
        return False


def test_first_run_prints_a_login_once_that_works_and_is_kept_nowhere(open_shop: OpenShop, tmp_path: Path) -> None:
    (tmp_path / "var" / "db.sqlite3").unlink()
    shop = open_shop()
    password = password_in(shop.started.output())

    assert password
    assert len(password) >= 20
    assert log_in(shop.port, "admin", password).headers["Location"] == "/admin/"
    assert log_in(shop.port, "admin", f"{password}x").headers["Location"] is None
    assert shop.close() == 0
    kept = [file for file in (tmp_path / "var").rglob("*") if file.is_file() and password.encode() in file.read_bytes()]
    assert kept == []
    again = open_shop()
    assert password_in(again.started.output()) is None
    assert log_in(again.port, "admin", password).headers["Location"] == "/admin/"


def test_stopped_it_leaves_nothing_and_ends_with_0(open_shop: OpenShop, tmp_path: Path) -> None:
    shop = open_shop("--workers=2")
    assert sum("rqworker" in command for command in shop.running()) == 2

    assert shop.close(signal.SIGTERM) == 0

    assert shop.started.output().splitlines()[-1] == CLOSED
    assert "Traceback" not in shop.started.output()
    assert shop.running() == []
    stopped = stopped_in(tmp_path)
    assert (stopped[:2], sorted(stopped[2:4]), stopped[4]) == (["web", "scheduler"], ["worker-1", "worker-2"], "broker")


@pytest.mark.usefixtures("start_process")  # ends what may be left
def test_closed_with_its_terminal_it_stops_in_order(alone: dict[str, str], tmp_path: Path) -> None:
    started = subprocess.Popen(
        [sys.executable, str(ROOT / "manage.py"), "up", f"--port={free_port()}"],
        env=environment({**alone, "SB_TEST": str(tmp_path)}),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert started.stdout
    with started.stdout as terminal:
        assert any("The shop is open" in line for line in terminal)

    started.send_signal(signal.SIGHUP)

    assert started.wait(40) == 0
    assert stopped_in(tmp_path) == ["web", "scheduler", "worker-1", "broker"]
    assert list(processes_with("SB_TEST", str(tmp_path))) == []


def test_second_up_says_where_the_shop_is_open_and_leaves_it_alone(open_one: Shop) -> None:
    before = sorted(open_one.running())

    second = run_manage(
        "up", f"--port={free_port()}", env={"VAR_DIR": str(open_one.folder / "var"), "DATABASE_URL": ""}
    )

    assert second.returncode == 0
    assert second.stdout.splitlines() == [
        f"The shop is already open: http://127.0.0.1:{open_one.port}/admin/ (Ctrl-C there closes it)"
    ]
    assert second.stderr == ""
    assert sorted(open_one.running()) == before
    assert answers(open_one)


def test_each_log_is_a_file_and_in_short_on_the_screen(open_one: Shop) -> None:
    ask(open_one.port, "GET", "/admin/login/")
    line = "web      | request [sitebuilder.request_log] method=GET"
    wait_until(lambda: line in open_one.started.output(), 20, "the request is on the screen")

    logs = open_one.folder / "var" / "log"
    named = {f"{name}.log" for name in ("broker", "scheduler", "supervisor", "web", "worker-1")}
    assert {file.name for file in logs.iterdir()} == named
    written = next(each for each in (logs / "web.log").read_text().splitlines() if "request_log" in each)
    assert re.match(r"\d{4}-\d\d-\d\dT\S+Z \[info +\] request", written)


def test_killed_parts_come_back_and_build_sites(open_shop: OpenShop, alone: dict[str, str], tmp_path: Path) -> None:
    shop = open_shop()
    killed = {part: shop.kill(part) for part in COMMANDS}
    wait_until(lambda: all(shop.pid(part) not in (0, killed[part]) for part in COMMANDS), 40, "all come back")
    wait_until(lambda: answers(shop), 30, "the web answers again")

    built = run_manage("build_site", str(SAMPLE), "--no-start", "--out", str(tmp_path / "site"), env=alone)

    assert (built.returncode, built.stderr) == (0, "")
    for name in ("web", "scheduler", "worker-1", "broker"):
        assert f"{name} has ended and starts again" in shop.started.output()
    assert shop.close() == 0
    assert shop.running() == []


def test_pause_before_a_new_start_grows(open_one: Shop) -> None:
    for _time in range(4):
        open_one.kill("web")

    wait_until(lambda: "web has ended and starts again in 3 s" in open_one.started.output(), 20, "the third pause")

    assert re.findall(r"web has ended and starts again in (\d) s", open_one.started.output())[:3] == ["1", "2", "3"]
    wait_until(lambda: answers(open_one), 30, "it is open again")


@pytest.fixture
def busy_shop(open_shop: OpenShop, alone: dict[str, str], tmp_path: Path, start_process: StartProcess) -> Shop:
    """A shop whose worker is in the middle of a job that does not end."""
    (tmp_path / "calls").touch()
    (tmp_path / "hold-render").touch()
    shop = open_shop(env={"DJANGO_SETTINGS_MODULE": "tests.support.probe", "PROBE_DIR": str(tmp_path)})
    asking = start_process("build_site", str(SAMPLE), "--no-start", "--out", str(tmp_path / "site"), env=alone)
    wait_until(lambda: "render" in (tmp_path / "calls").read_text(), 40, "step render begins")
    asking.process.kill()
    asking.process.wait(10)
    return shop


def test_closing_in_the_middle_of_a_job_kills_nobody_and_leaves_nobody(busy_shop: Shop, tmp_path: Path) -> None:
    assert busy_shop.close(signal.SIGTERM) == 0

    assert busy_shop.running() == []
    assert "SIGKILL" not in (tmp_path / "var" / "log" / "supervisor.log").read_text()


def test_what_a_killed_worker_left_behind_goes_with_the_shop(busy_shop: Shop) -> None:
    busy_shop.kill("worker")

    assert busy_shop.close() == 0
    assert busy_shop.running() == []


def test_what_a_killed_shop_left_running_is_replaced(open_shop: OpenShop) -> None:
    killed = open_shop()
    killed.started.process.kill()
    killed.started.process.wait(10)
    left = killed.pid("web")
    assert left

    shop = open_shop(port=killed.port)

    assert not psutil.pid_exists(left)
    assert answers(shop)
    assert shop.close() == 0
    assert shop.running() == []


def test_stopped_before_it_is_open_it_leaves_nothing_either(
    alone: dict[str, str], tmp_path: Path, start_process: StartProcess
) -> None:
    started = start_process("up", f"--port={free_port()}", env=alone)
    wait_until(started.output, 30, "it begins")

    started.process.send_signal(signal.SIGINT)

    assert started.process.wait(40) == 0
    assert "Traceback" not in started.output()
    assert list(processes_with("SB_TEST", str(tmp_path))) == []


@pytest.mark.django_db(transaction=True)
def test_in_production_it_uses_the_given_database_and_broker(
    open_shop: OpenShop, broker: Redis, tmp_path: Path
) -> None:
    shop = open_shop(
        env={
            "SITEBUILDER_MODE": "production",
            "SECRET_KEY": "x" * 60,
            "ALLOWED_HOSTS": "shop.example.com",
            "PUBLIC_URL": "https://shop.example.com",
            "REDIS_URL": settings.BROKER_URL,
            "DATABASE_URL": environment()["DATABASE_URL"],
        }
    )

    assert broker.scard("rq:workers") == 1
    assert not (tmp_path / "var" / "broker").exists()
    assert ask(shop.port, "GET", "/admin/login/", Host="shop.example.com").status == 200
    assert shop.close() == 0
    assert shop.running() == []
    assert broker.ping()


def test_taken_port_is_one_line_and_nothing_runs(alone: dict[str, str], tmp_path: Path) -> None:
    with taken_port() as port:
        refused = run_manage("up", f"--port={port}", env={**alone, "SB_TEST": str(tmp_path)})

    assert refused.returncode == 1
    assert refused.stderr.splitlines() == [
        f"CommandError: Port {port} of 127.0.0.1 is taken by another program. Stop that one, or choose another port."
    ]
    assert list(processes_with("SB_TEST", str(tmp_path))) == []


@pytest.mark.parametrize(
    ("setting", "url", "said"),
    [
        ("REDIS_URL", "redis://:hunter2@127.0.0.1:1/0", "No broker answers at 127.0.0.1:1."),
        ("DATABASE_URL", "postgresql://shop:hunter2@127.0.0.1:1/shop", "The database cannot be used:"),
    ],
)
def test_what_cannot_be_reached_is_one_line_and_nothing_runs(
    alone: dict[str, str], tmp_path: Path, setting: str, url: str, said: str
) -> None:
    refused = run_manage("up", f"--port={free_port()}", env={**alone, "SB_TEST": str(tmp_path), setting: url})

    assert refused.returncode == 1
    assert len(refused.stderr.splitlines()) == 1
    assert said in refused.stderr
    assert refused.stderr.strip().endswith(f"Start it, or correct {setting}.")
    assert "hunter2" not in refused.stderr
    assert list(processes_with("SB_TEST", str(tmp_path))) == []


@pytest.mark.parametrize("workers", ["0", "65", "many"])
def test_wrong_number_of_workers_is_named(alone: dict[str, str], workers: str) -> None:
    refused = run_manage("up", f"--workers={workers}", env=alone)

    assert refused.returncode == 2
    assert f"“{workers}” is no number from 1 to 64" in refused.stderr


def test_procfile_names_the_same_commands() -> None:
    commands = dict(line.split(": ", 1) for line in (ROOT / "Procfile").read_text().splitlines())
    configured = re.findall(r"^command = (.*)$", (ROOT / "sitebuilder" / "shop.conf").read_text(), re.MULTILINE)

    assert {commands["worker"], commands["scheduler"]} <= set(configured)
    assert commands["web"].split(" --")[0] in [command.split(" --")[0] for command in configured]
