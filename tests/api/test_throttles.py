"""How often one may ask: counted for all processes in the broker, and by each for itself while that is away."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from orders import throttles
from orders.models import Scope
from tests.support.at_once import at_once

from .support import Api

if TYPE_CHECKING:
    from redis import Redis

pytestmark = pytest.mark.django_db(transaction=True)


def left(response: Any) -> dict[str, int]:
    return {name: int(count) for name, count in re.findall(r'"(\w+)";r=(\d+)', response.headers["RateLimit"])}


@pytest.fixture(autouse=True)
def _middle_of_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test is to run over the end of a window."""
    monkeypatch.setattr("orders.throttles.time.time", lambda: 1_800_000_030.0)


def test_every_answer_says_how_many_are_left(api: Api, broker: Redis, settings: Any) -> None:
    settings.API_CALLER_REQUESTS, settings.API_ADDRESS_REQUESTS = 50, 100
    first, second = api.get("/"), api.get("/none")

    assert first.headers["RateLimit-Policy"] == '"address";q=100;w=60, "caller";q=50;w=60'
    assert first.headers["RateLimit"] == '"address";r=99;t=30, "caller";r=49;t=30'
    assert left(second) == {"address": 98, "caller": 48}


def test_one_too_many_waits_and_others_do_not(broker: Redis, settings: Any) -> None:
    settings.API_CALLER_REQUESTS = 3
    mine, others = Api.with_key(Scope.READ), Api.with_key(Scope.READ)
    assert [mine.get("/").status_code for _time in range(4)] == [200, 200, 200, 429]

    refused = mine.get("/")
    assert (refused.json()["code"], refused.headers["Retry-After"]) == ("too_many_requests", "30")
    assert left(refused)["caller"] == 0
    assert others.get("/").status_code == 200


def test_an_address_is_counted_also_without_a_key(anybody: Api, broker: Redis, settings: Any) -> None:
    settings.API_ADDRESS_REQUESTS = 2
    assert [anybody.get("/public/none").status_code for _time in range(3)] == [404, 404, 429]


def test_the_proxy_says_which_address_where_it_is_believed(broker: Redis, settings: Any) -> None:
    settings.API_ADDRESS_REQUESTS = 1

    def ask(forwarded: str) -> int:
        return Client().get("/api/problems", headers={"X-Forwarded-For": forwarded}).status_code

    assert [ask("10.0.0.1"), ask("10.0.0.2")] == [200, 429]
    broker.flushall()
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert [ask("1.1.1.1, 10.0.0.1"), ask("1.1.1.1, 10.0.0.2"), ask("2.2.2.2, 10.0.0.2")] == [200, 200, 429]


def test_processes_count_together(broker: Redis, settings: Any) -> None:
    settings.API_CALLER_REQUESTS = 10
    api = Api.with_key(Scope.READ)

    answers = at_once(20, lambda: str(api.get("/").status_code))

    assert sorted(answers) == ["200"] * 10 + ["429"] * 10


def test_without_a_broker_each_process_counts_for_itself_and_answers_at_once(api: Api, settings: Any) -> None:
    settings.BROKER_URL = "unix:///nowhere/broker.sock"
    settings.API_CALLER_REQUESTS = 2
    throttles.counter.cache_clear()
    began = time.monotonic()
    assert [api.get("/").status_code for _time in range(3)] == [200, 200, 429]
    assert time.monotonic() - began < 2


def test_what_is_counted_leaves_the_broker_by_itself(api: Api, broker: Redis) -> None:
    api.get("/")
    keys = broker.keys("sitebuilder:api*")
    assert len(keys) == 2
    assert all(0 < broker.ttl(key) <= 60 for key in keys)
