"""Cancelling and retrying work of whatever kind, and which row a message is about."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from generation import background_run, dispatch, services
from generation.background import BackgroundRow, kind
from generation.errors import StepFailed
from generation.models import JobStatus, Work
from generation.services import NothingToRetry, UnknownJob
from tests.support.errands import ask, errands

from .factories import request

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redis import Redis

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("broker")]


@pytest.fixture
def rows() -> Iterator[type[BackgroundRow]]:
    with errands() as rows:
        yield rows


def run(row: Work, error: StepFailed | None = None) -> None:
    def do(_row: Work) -> None:
        if error:
            raise error

    known = kind("errand")
    one = type(known)(known.rows, do, known.seconds)
    try:
        background_run.run(one, row.pk, row.attempt + 1, execution=f"execution-{row.attempt}", worker="test")
    except Exception as raised:
        assert error, raised
    row.refresh_from_db()


def test_failed_work_goes_on_as_the_same_row_with_attempts_of_its_own(rows: type[BackgroundRow], broker: Redis) -> None:
    row = ask(rows)
    run(row, StepFailed("brief_not_usable"))
    assert row.status == JobStatus.FAILED

    assert services.retry_work(kind="errand", row_id=row.pk, by="Ana")
    assert not services.retry_work(kind="errand", row_id=row.pk, by="Ana"), "the second click"

    row.refresh_from_db()
    assert (row.status, row.error_code, row.finished_at) == (JobStatus.QUEUED, "", None)
    assert row.max_attempts > row.spent
    assert dispatch.message_id(row).encode() in broker.lrange("rq:queue:maintenance", 0, -1)
    run(row)
    assert (row.status, row.attempt) == (JobStatus.SUCCEEDED, 2)
    with pytest.raises(NothingToRetry):
        services.retry_work(kind="errand", row_id=row.pk, by="Ana")


def test_cancelled_work_does_nothing_until_it_is_retried(rows: type[BackgroundRow]) -> None:
    row = ask(rows)

    first, second = (services.cancel_work(kind="errand", row_id=row.pk, by="Ana") for _click in range(2))
    run(row)

    assert (first, second) == (True, False)
    assert (row.status, row.attempt) == (JobStatus.CANCELLED, 0)
    assert services.retry_work(kind="errand", row_id=row.pk, by="Ana")
    row.refresh_from_db()
    run(row)
    assert row.status == JobStatus.SUCCEEDED


@pytest.mark.parametrize("name", ["errand", "generation"])
def test_what_is_not_there_is_said(rows: type[BackgroundRow], name: str) -> None:
    for act in (services.cancel_work, services.retry_work):
        with pytest.raises(UnknownJob):
            act(kind=name, row_id=uuid4(), by="Ana")


def test_a_message_names_its_row(rows: type[BackgroundRow]) -> None:
    job, errand = request(), ask(rows)
    for row in (job, errand):
        message = dispatch.message_id(row)
        assert services.row_of_message(message) == row
        assert services.is_current(row, message)
        assert not services.is_current(row, f"{row.pk}-7-1")
    for stranger in ("", "job-1", str(uuid4()), f"{uuid4()}-1-1", "x" * 500):
        assert services.row_of_message(stranger) is None


def test_the_broker_forgets_a_message_wherever_it_lies(broker: Redis) -> None:
    message = dispatch.message_id(request())
    for _twice in range(2):
        dispatch.forget("default", message)
    assert not broker.exists(f"rq:job:{message}", "rq:queue:default")
