"""The system check of the app."""

from collections.abc import Iterator

import pytest
from django.core.checks import run_checks

from generation.background import CHECKS
from generation.signals import job_closed
from orders import receivers


@pytest.fixture
def nobody_listens() -> Iterator[None]:
    job_closed.disconnect(dispatch_uid="orders.job_closed")
    yield
    receivers.connect()


def test_the_orders_listen_to_generation() -> None:
    assert not [message for message in run_checks(tags=[CHECKS]) if message.id == "orders.E001"]


@pytest.mark.usefixtures("nobody_listens")
def test_the_check_fails_when_nobody_listens() -> None:
    assert [message.id for message in run_checks(tags=[CHECKS]) if message.id == "orders.E001"] == ["orders.E001"]
