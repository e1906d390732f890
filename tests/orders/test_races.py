"""Two who do something with one order at the same moment, in real processes."""

from __future__ import annotations

from collections import Counter
from multiprocessing import Value

import pytest

from generation.models import GenerationJob, SiteVersion, VersionState
from orders import services
from orders.models import Customer, OrderEvent, SiteOrder, Status
from orders.services import Party
from tests.support.at_once import at_once

from .factories import make_answers, make_product, paid, place, reviewed

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("pipeline")]


def test_of_two_approvals_at_once_one_publishes() -> None:
    order = reviewed()

    def approve() -> str:
        return services.approve(order_id=order.pk, by="test").status

    answers = sorted(at_once(2, approve))
    assert answers[1] == "delivered"
    assert answers[0].startswith("NothingToApprove: ")
    assert SiteVersion.objects.get(subject=order.pk).state == VersionState.PUBLISHED
    assert OrderEvent.objects.filter(order=order, moved_to=Status.DELIVERED).count() == 1


@pytest.mark.parametrize("attempt", range(3))
def test_approving_and_sending_back_at_once_leave_one_whole_outcome(attempt: int) -> None:
    order = reviewed()
    first = Value("b", 1)

    def approve_or_send_back() -> str:
        with first.get_lock():
            approves, first.value = first.value, 0
        if approves:
            services.approve(order_id=order.pk, by="Ana")
            return "approved"
        services.send_back(order_id=order.pk, note="warmer", by="Mike", party=Party.CUSTOMER)
        return "sent back"

    answers = sorted(at_once(2, approve_or_send_back))
    order.refresh_from_db()
    assert "approved" in answers
    assert order.status == Status.DELIVERED
    assert order.onboarding.locked_at
    assert order.revisions_used == answers.count("sent back")
    assert answers[0].startswith("MoveRefused: ") or answers == ["approved", "sent back"]


def test_a_customer_who_sends_back_twice_at_once_uses_one_revision() -> None:
    order = reviewed()

    def send_back() -> str:
        return services.send_back(order_id=order.pk, note="warmer", by="Mike", party=Party.CUSTOMER).status

    assert at_once(3, send_back) == ["review"] * 3
    order.refresh_from_db()
    assert order.revisions_used == 1
    assert order.onboarding.revision == 2


def test_of_many_requests_at_once_one_makes_the_job_and_all_get_it() -> None:
    order = paid(make_answers())

    def ask() -> str:
        return str(services.request_build(order_id=order.pk, by="test", trigger="api").job.pk)

    answers = at_once(12, ask)
    job = GenerationJob.objects.get(subject=order.pk)
    assert answers == [str(job.pk)] * 12
    assert OrderEvent.objects.filter(order=order, moved_to=Status.BUILDING).count() == 1


def test_orders_placed_at_once_have_numbers_of_their_own() -> None:
    product = make_product()
    answers = at_once(6, lambda: str(place(product=product).number))
    assert len(set(answers)) == SiteOrder.objects.count() == 6
    assert Customer.objects.count() == 1


def test_an_order_is_paid_once_however_many_say_so() -> None:
    order = place()
    answers = Counter(
        answer.partition(":")[0]
        for answer in at_once(3, lambda: services.mark_paid(order_id=order.pk, by="test").status)
    )
    assert answers == {"onboarding_pending": 1, "MoveRefused": 2}
