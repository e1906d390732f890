"""Requests made up from the API's own document, good and bad: no 5xx, and no answer that it does not announce.

The database and the broker are real. FAULTS_API_CASES says how many requests in all; without it a few of each kind.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
import schemathesis.openapi
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from orders.models import Scope, SiteOrder
from sitebuilder.wsgi import application
from tests.orders.factories import build, make_answers, make_product, paid, place, reviewed
from tests.support.processes import ROOT

from .support import Api

if TYPE_CHECKING:
    from collections.abc import Callable

    from redis import Redis
    from schemathesis import Case

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("pipeline")]

CHECKS = [
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
]
DOCUMENT = schemathesis.openapi.from_path(ROOT / "docs" / "openapi.yaml")
DOCUMENT.app = application
OPERATIONS = [result.ok() for result in DOCUMENT.get_all_operations() if isinstance(result, Ok)]
READING = [operation for operation in OPERATIONS if operation.method == "get"]
SHARING = {"all that only read": READING} | {each.label: [each] for each in OPERATIONS if each not in READING}
"""Operations that are asked of the same shop."""
CASES = max(2, int(os.environ.get("FAULTS_API_CASES", "0")) // (2 * len(OPERATIONS)))


@dataclass
class Shop:
    """Orders in several states, to be named by requests."""

    orders: list[SiteOrder]
    headers: dict[str, str]

    def fill(self, case: Case[Any], number: int) -> Case[Any]:
        """Name an order that is there in three of four cases."""
        order = self.orders[number % len(self.orders)]
        if number % 4 and "id" in case.path_parameters:
            case.path_parameters["id"] = str(order.pk)
        if number % 4 and "token" in case.path_parameters:
            case.path_parameters["token"] = order.access_token
        if number % 3 and isinstance(case.body, dict) and "product" in case.body:
            case.body["product"] = order.product_id
        return case


@pytest.fixture
def shop(broker: Redis, settings: Any) -> Shop:
    settings.API_CALLER_REQUESTS = settings.API_ADDRESS_REQUESTS = 10**9
    product = make_product()
    in_work = paid(make_answers(), product=product)
    build(in_work)
    orders = [place(product=product), paid(make_answers(), product=product), in_work, reviewed(product=product)]
    return Shop(orders, Api.with_key(Scope.ADMIN).headers)


@pytest.mark.parametrize("operations", SHARING.values(), ids=SHARING)
def test_answers_are_as_announced(operations: list[Any], shop: Shop) -> None:
    send = partial(_send, shop)
    for operation in operations:
        _run(operation.as_strategy(generation_mode=GenerationMode.POSITIVE), send)
        with suppress(Unsatisfiable):  # of some, nothing can be wrong
            _run(operation.as_strategy(generation_mode=GenerationMode.NEGATIVE), send)


def _run(cases: Any, send: Callable[[Case[Any], int], None]) -> None:
    @settings(
        max_examples=CASES, deadline=None, database=None, derandomize="FAULTS_API_CASES" not in os.environ,
        suppress_health_check=list(HealthCheck), phases=[Phase.generate],
    )  # fmt: skip
    @given(case=cases, number=st.integers(0, 1000))
    def ask(case: Case[Any], number: int) -> None:
        send(case, number)

    ask()


def _send(shop: Shop, case: Case[Any], number: int) -> None:
    response = shop.fill(case, number).call(headers=shop.headers)
    assert response.status_code < 500, response.text
    case.validate_response(response, checks=CHECKS)
