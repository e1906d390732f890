"""The embedded broker, as a real process in a folder of its own."""

import shutil
import signal
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from redis import Redis
from redis.exceptions import RedisError

from sitebuilder.broker import broker_connection
from tests.support.processes import Started, StartProcess, run_manage, wait_until

StartBroker = Callable[[], Started]


@pytest.fixture
def var_dir(tmp_path: Path) -> Path:
    return tmp_path / "var"


@pytest.fixture
def start(var_dir: Path, start_process: StartProcess) -> StartBroker:
    return lambda: start_process("broker", env={"VAR_DIR": str(var_dir)})


def connection_to(path: Path) -> Redis:
    connection = Redis(unix_socket_path=str(path), socket_timeout=2)

    def answers() -> bool:
        try:
            return bool(connection.ping())
        except RedisError:
            return False

    wait_until(answers, 20, f"a broker answers on {path}")
    return connection


def test_socket_is_private_and_no_port_is_open(start: StartBroker, var_dir: Path) -> None:
    broker = start()
    connection_to(var_dir / "broker.sock").close()
    assert stat.S_IMODE((var_dir / "broker.sock").stat().st_mode) == 0o700
    assert stat.S_IMODE((var_dir / "broker").stat().st_mode) == 0o700
    assert psutil.Process(broker.pid).net_connections("inet") == []


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_queue_survives_a_stop_and_exit_code_is_0(start: StartBroker, var_dir: Path, stop: signal.Signals) -> None:
    broker = start()
    with connection_to(var_dir / "broker.sock") as connection:
        connection.rpush("queue", "job")
    broker.process.send_signal(stop)
    assert broker.process.wait(10) == 0
    start()
    with connection_to(var_dir / "broker.sock") as connection:
        assert connection.lrange("queue", 0, -1) == [b"job"]


def test_second_broker_leaves_the_first_alone(start: StartBroker, var_dir: Path) -> None:
    first = start()
    with connection_to(var_dir / "broker.sock") as connection:
        second = run_manage("broker", env={"VAR_DIR": str(var_dir)})
        assert second.returncode == 1
        assert second.stderr.splitlines() == [f"CommandError: The broker is already running at {var_dir}/broker.sock."]
        assert connection.info("server")["process_id"] == first.pid


def test_stale_socket_is_replaced(start: StartBroker, var_dir: Path) -> None:
    killed = start()
    connection_to(var_dir / "broker.sock").close()
    killed.process.kill()
    killed.process.wait(10)
    assert (var_dir / "broker.sock").exists()
    second = start()
    with connection_to(var_dir / "broker.sock") as connection:
        assert connection.info("server")["process_id"] == second.pid


class TestLongPath:
    """A folder whose path is too long for a socket."""

    @pytest.fixture
    def var_dir(self, tmp_path: Path) -> Path:
        return tmp_path / ("deep" * 30)

    @pytest.fixture
    def socket_path(self, var_dir: Path) -> Iterator[Path]:
        path = Path(broker_connection("", var_dir)[1]["UNIX_SOCKET_PATH"])
        yield path
        shutil.rmtree(path.parent)

    def test_socket_stands_in_a_short_private_folder(self, start: StartBroker, socket_path: Path) -> None:
        assert len(bytes(socket_path)) <= 100
        start()
        connection_to(socket_path).close()
        assert stat.S_IMODE(socket_path.parent.stat().st_mode) == 0o700

    def test_folder_that_others_can_enter_is_refused(self, var_dir: Path, socket_path: Path) -> None:
        socket_path.parent.chmod(0o755)
        refused = run_manage("broker", env={"VAR_DIR": str(var_dir)})
        assert refused.returncode == 2
        assert len(refused.stderr.splitlines()) == 1
        assert "private folder" in refused.stderr


def test_no_embedded_broker_beside_another() -> None:
    refused = run_manage("broker", env={"REDIS_URL": "redis://127.0.0.1:1/0"})
    assert refused.returncode == 1
    assert len(refused.stderr.splitlines()) == 1
    assert "REDIS_URL is set" in refused.stderr
