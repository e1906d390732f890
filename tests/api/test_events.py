"""Listening to an order over a real web: events as they happen, resumed, and many listeners at once."""

from __future__ import annotations

import json
from contextlib import ExitStack, closing
from functools import cached_property
from http.client import HTTPConnection, HTTPResponse
from typing import TYPE_CHECKING, Any

import psutil
import pytest
from django.conf import settings
from django.db import connection

from orders import services
from orders.models import Scope
from tests.orders.factories import build, make_answers, paid, run
from tests.support.processes import wait_until
from tests.support.web import ask, free_port

from .support import BASE, Api

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redis import Redis

    from orders.models import SiteOrder
    from tests.support.processes import Started, StartProcess

pytestmark = pytest.mark.django_db(transaction=True)
LISTENERS = 200


@pytest.fixture
def web(broker: Redis, transactional_db: None, start_process: StartProcess) -> tuple[int, Started]:
    """A running web on the test database."""
    port = free_port()
    limits = {"API_CALLER_REQUESTS_A_MINUTE": "10000", "API_ADDRESS_REQUESTS_A_MINUTE": "10000"}
    started = start_process("web", f"--port={port}", env=limits)
    wait_until(lambda: "The web listens" in started.output(), 30, "the web listens")
    return port, started


class Listener:
    """One connection to an order's events; whoever makes it does not wait for the answer."""

    def __init__(self, port: int, order: SiteOrder, headers: dict[str, str]) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self.connection.request("GET", f"{BASE}/{order.pk}/events", headers=headers)

    @cached_property
    def response(self) -> HTTPResponse:
        return self.connection.getresponse()

    def close(self) -> None:
        self.response.close()
        self.connection.close()

    def events(self) -> Iterator[tuple[str, str, Any]]:
        """Id, name and data of each."""
        found: dict[str, str] = {}
        while line := self.response.readline().decode():
            name, _colon, value = line.rstrip("\n").partition(": ")
            if name and value:
                found[name] = value
            elif "event" in found:
                yield found["id"], found["event"], json.loads(found["data"])
                found = {}

    def until(self, event: str, **wanted: Any) -> list[tuple[str, str, Any]]:
        """All events up to the first that has these values."""
        seen = []
        for each in self.events():
            seen.append(each)
            if each[1] == event and wanted.items() <= each[2].items():
                return seen
        raise AssertionError(f"the stream ended without {event} {wanted}: {seen}")


def test_a_listener_hears_moves_lines_and_progress_and_goes_on_where_it_was(
    api: Api, web: tuple[int, Started], pipeline: object
) -> None:
    port, _started = web
    order = paid(make_answers())
    with closing(Listener(port, order, {**api.headers, "Accept-Language": "pt-BR"})) as listener:
        assert listener.response.status == 200
        assert listener.response.headers["Content-Type"] == "text/event-stream"
        assert listener.response.headers["X-Accel-Buffering"] == "no"
        (first,) = listener.until("state")
        assert (first[2]["status"], first[2]["job"]) == ("paid", None)

        job = build(order)
        begun = listener.until("order", to="building")
        listener.until("job", to="queued")
        run(job)
        ended = listener.until("state", status="review")

    assert [event for _id, event, data in ended if event == "order"][-1:] == ["order"]
    lines = [data["text"] for _id, event, data in ended if event == "log"]
    assert len(lines) == len(set(lines)) > 2
    last_but_one = begun[-1][0]
    with closing(Listener(port, order, {**api.headers, "Last-Event-ID": last_but_one})) as again:
        heard = again.until("state", status="review")
    assert [data["to"] for _id, event, data in heard if event == "order"] == ["generating", "review"]
    assert [data["id"] for _id, event, data in heard if event == "log"] == sorted(
        data["id"] for _id, event, data in heard if event == "log"
    )
    with closing(Listener(port, order, {**api.headers, "Last-Event-ID": heard[-1][0]})) as up_to_date:
        assert [event for _id, event, _data in up_to_date.until("state")] == ["state"]


def test_nobody_listens_to_what_is_not_theirs(web: tuple[int, Started]) -> None:
    port, _started = web
    order = paid(make_answers())
    other = services.find_customer(name="Other", email="other@example.com")
    path = f"{BASE}/{order.pk}/events"

    assert ask(port, "GET", path).status == 401
    foreign = Api.with_key(Scope.ADMIN, customer=other).headers["Authorization"]
    answer = ask(port, "GET", path, Authorization=foreign)
    assert (answer.status, json.loads(answer.body)["code"]) == (404, "not_found")
    assert answer.headers["Content-Type"] == "application/problem+json"


def connections_of_others() -> int:
    """To the database of this test; on SQLite there are none to be counted."""
    if connection.vendor == "sqlite":
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        (count,) = cursor.fetchone()
    return int(count)


def test_two_hundred_who_come_at_once_all_hear_with_few_threads_and_connections(
    api: Api, web: tuple[int, Started]
) -> None:
    port, started = web
    orders = [paid(make_answers()) for _number in range(4)]
    process = psutil.Process(started.pid)
    with ExitStack() as stack:
        listeners = []
        for number in range(LISTENERS):
            order = orders[number % len(orders)]
            listeners.append(stack.enter_context(closing(Listener(port, order, api.headers))))
        threads, connections = [], []
        for listener in listeners:
            threads.append(process.num_threads())
            connections.append(connections_of_others())
            assert listener.response.status == 200, listener.response.read()
            listener.until("state")
        assert max(threads) <= settings.REQUESTS_AT_ONCE + 5, f"{max(threads)} threads for {LISTENERS} listeners"
        assert max(connections) <= settings.REQUESTS_AT_ONCE + 1, f"{max(connections)} connections"

        for order in orders:
            services.amend_order(order_id=order.pk, changes={"notes": "x"}, by="test")
        for listener in listeners:
            listener.until("order", to="paid")
        assert ask(port, "GET", "/api/problems").status == 200
    wait_until(lambda: len(process.net_connections("tcp")) < 20, 20, "those who left are forgotten")
    assert "Traceback" not in started.output()


def test_a_connection_ends_after_its_time(
    api: Api, broker: Redis, transactional_db: None, start_process: StartProcess
) -> None:
    port = free_port()
    started = start_process("web", f"--port={port}", env={"API_STREAM_SECONDS": "2"})
    wait_until(lambda: "The web listens" in started.output(), 30, "the web listens")
    with closing(Listener(port, paid(make_answers()), api.headers)) as listener:
        assert [event for _id, event, _data in listener.events()] == ["state"]


def test_a_web_that_is_told_to_end_does_not_wait_for_listeners(api: Api, web: tuple[int, Started]) -> None:
    port, started = web
    with closing(Listener(port, paid(make_answers()), api.headers)) as listener:
        listener.until("state")
        started.process.terminate()
        assert started.process.wait(20) is not None
