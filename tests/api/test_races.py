"""Many who ask the same at the same moment, in real processes."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from multiprocessing import Value
from typing import TYPE_CHECKING

import pytest

from generation.models import ACTIVE, GenerationJob
from orders.models import AuditEntry, Customer, KeptAnswer, OrderEvent, SiteOrder
from tests.orders.factories import build, make_answers, make_product, paid, reviewed
from tests.support.at_once import at_once

if TYPE_CHECKING:
    from redis import Redis

    from .support import Api

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("pipeline")]

PROCESSES = 50


def test_fifty_identical_posts_with_one_key_make_one_order_and_get_one_answer(api: Api, broker: Redis) -> None:
    body = {"customer": {"name": "Mike", "email": "mike@example.com"}, "product": make_product().pk}

    def place() -> str:
        answer = api.post("/", body, Idempotency_Key="order-1")
        return f"{answer.status_code} {answer.json().get('id')}"

    answers = at_once(PROCESSES, place)

    order = SiteOrder.objects.get()
    assert Counter(answers) == {f"201 {order.pk}": PROCESSES}
    assert Customer.objects.count() == AuditEntry.objects.count() == KeptAnswer.objects.count() == 1
    assert OrderEvent.objects.count() == 1


def test_fifty_builds_at_once_make_one_job_with_and_without_keys(api: Api, broker: Redis) -> None:
    order = paid(make_answers())
    number = Value("i", 0)

    def ask() -> str:
        with number.get_lock():
            number.value += 1
            key = {"Idempotency_Key": "build-1"} if number.value % 2 else {}
        answer = api.post(f"/{order.pk}/build", {}, **key)
        return f"{answer.status_code} {(answer.json().get('job') or {}).get('id')}"

    answers = at_once(PROCESSES, ask)

    job = GenerationJob.objects.get()
    assert Counter(answers) == {f"202 {job.pk}": PROCESSES}
    assert broker.llen("rq:queue:default") == 1


@pytest.mark.parametrize("attempt", range(3))
def test_build_cancel_and_reset_at_once_leave_one_lawful_state(api: Api, broker: Redis, attempt: int) -> None:
    order = reviewed() if attempt else paid(make_answers())
    if attempt == 2:
        build(order, another_look=True)
    number = Value("i", 0)

    def ask() -> str:
        with number.get_lock():
            number.value += 1
            what = ("build", "cancel", "reset-generation", "status")[number.value % 4]
        if what == "status":
            return str(api.patch(f"/{order.pk}/status", {"status": "cancelled"}).status_code)
        body = {"reason": "at once"} if what == "reset-generation" else {}
        return str(api.post(f"/{order.pk}/{what}", body).status_code)

    answers = at_once(12, ask)

    assert set(answers) <= {"200", "202", "409"}, answers
    order.refresh_from_db()
    assert order.status == "cancelled"
    assert not GenerationJob.objects.filter(status__in=ACTIVE).exists()
    path = list(order.events.order_by("pk").values_list("moved_from", "moved_to"))
    assert all(before[1] == after[0] for before, after in pairwise(path))
