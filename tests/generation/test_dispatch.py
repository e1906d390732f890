"""With the broker away the caller goes on at once, and the message is sent later."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from generation import dispatch
from generation.models import GenerationJob

from .factories import request

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytest_django import Settings
    from redis import Redis

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def broker_away(settings: Settings, tmp_path: Path) -> Iterator[Callable[[], None]]:
    """Nobody listens where the broker should be, until the test calls what it is given."""
    url = settings.BROKER_URL

    def look_at(url: str) -> None:
        settings.BROKER_URL = url
        dispatch._broker.cache_clear()

    look_at(f"unix://{tmp_path}/nobody.sock")
    yield lambda: look_at(url)
    look_at(url)


def test_a_request_succeeds_at_once_without_a_broker(broker_away: Callable[[], None]) -> None:
    begin = time.monotonic()
    job = request()

    assert time.monotonic() - begin < 2
    job.refresh_from_db()
    assert (job.status, job.message_seen_at, job.dispatch) == ("queued", None, 1)


def test_a_dead_broker_is_left_alone_for_a_while(broker_away: Callable[[], None], settings: Settings) -> None:
    request()

    begin = time.monotonic()
    second = request()

    assert time.monotonic() - begin < settings.BROKER_TIMEOUT_SECONDS
    second.refresh_from_db()
    assert second.message_seen_at is None


def test_what_could_not_be_sent_is_sent_when_the_broker_is_back(broker: Redis, broker_away: Callable[[], None]) -> None:
    job = request()
    broker_away()

    assert dispatch.send_due() == 1
    assert broker.lrange("rq:queue:default", 0, -1) == [f"{job.pk}-1-2".encode()]


def test_a_wiped_broker_gets_every_message_again(broker: Redis, settings: Settings) -> None:
    jobs = [request() for _number in range(5)]
    settings.GENERATION_LEASE_SECONDS = 0
    broker.flushall()

    assert dispatch.send_due() == len(jobs)
    assert broker.llen("rq:queue:default") == len(jobs)
    assert GenerationJob.objects.filter(message_seen_at=None).count() == 0


def test_the_line_for_a_missing_broker_says_where_and_what_to_do_without_its_password(
    settings: Settings,
) -> None:
    settings.BROKER_URL = "rediss://shop:hidden@broker.example:6380/0"
    settings.EMBEDDED_BROKER = False

    line = dispatch.missing_broker()

    assert "broker.example:6380" in line
    assert "REDIS_URL" in line
    assert "hidden" not in line
