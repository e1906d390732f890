"""The embedded broker of a folder, as a real process to be stopped, killed and frozen."""

import os
import signal
import subprocess
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError

from sitebuilder.broker import broker_connection, server
from tests.support.processes import Started, wait_until


def registered(worker: Started, name: str, broker: Redis) -> Started:
    """The worker, once this broker knows it by its name; fails where it ends instead."""

    def is_known() -> bool:
        try:
            return bool(broker.sismember("rq:workers", f"rq:worker:{name}"))
        except RedisError:
            return False

    wait_until(lambda: worker.process.poll() is not None or is_known(), 60, "the worker registers")
    assert worker.process.poll() is None, f"the worker ended at once:\n{worker.output()}"
    return worker


class EmbeddedBroker:
    """Begins as ``manage.py broker`` does, but for the Python that it begins with."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.url, _connection = broker_connection("", folder)
        self.connection: Redis = Redis.from_url(self.url, socket_timeout=5)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns when it answers."""
        command, lock = server(self.folder)
        with (self.folder / "broker.log").open("ab") as log:
            self._process = subprocess.Popen(command, pass_fds=(lock,), stdout=log, stderr=log, start_new_session=True)
        os.close(lock)
        wait_until(self.answers, 30, "the broker answers")

    def answers(self) -> bool:
        try:
            return bool(self.connection.ping())
        except RedisError:
            return False

    def die(self) -> None:
        """As by a kill -9."""
        self._end(signal.SIGKILL)

    def freeze(self) -> None:
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)

    def close(self) -> None:
        """In order, if it runs."""
        self.thaw()  # or it could not end
        self._end(signal.SIGTERM)
        self.connection.close()

    def _signal(self, number: signal.Signals) -> None:
        if self._process:
            self._process.send_signal(number)

    def _end(self, number: signal.Signals) -> None:
        self._signal(number)
        if self._process:
            self._process.wait(10)
            self._process = None
