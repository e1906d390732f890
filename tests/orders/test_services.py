"""The life of an order, from placing to delivery."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from generation.contracts import Locale
from generation.errors import StepFailed
from generation.models import GenerationJob, JobKind, Queue, SiteVersion, VersionState
from generation.runner import GenerationFailed
from generation.services import NothingToApprove, Unchanged, UnknownTheme, request_generation
from orders import builds, services
from orders.findings import Refused
from orders.models import AddOn, Onboarding, OrderEvent, SiteOrder, Status
from orders.moves import CAME_FROM, MoveRefused, goes_by_hand, move
from orders.services import Party

from .factories import build, make_answers, make_product, paid, place, reviewed, run

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.generation.conftest import TinyPipeline

pytestmark = pytest.mark.django_db(transaction=True)


def history(order: SiteOrder) -> list[tuple[str, str]]:
    return list(OrderEvent.objects.filter(order=order).values_list("moved_from", "moved_to"))


def now(order: SiteOrder) -> SiteOrder:
    return SiteOrder.objects.select_related("onboarding").get(pk=order.pk)


def stand(order: SiteOrder, status: Status) -> None:
    """Put the order into a state, past the moves; in work it has a job."""
    job = GenerationJob.objects.filter(subject=order.pk).first() or build(order)
    SiteOrder.objects.filter(pk=order.pk).update(status=status, current_job=job)


# placing, paying


def test_an_order_keeps_a_copy_of_what_was_sold() -> None:
    product = make_product(price=Decimal("399.00"), revisions=3)
    extra = AddOn.objects.create(name="Logo", price=Decimal("49.50"), currency="USD")
    order = place(product=product, add_ons=[extra])

    product.name, product.price = "Renamed", Decimal(1)
    product.save()
    extra.delete()

    order = now(order)
    assert (order.product_name, order.price, order.revisions) == ("Site 0", Decimal("399.00"), 3)
    assert [(each.name, each.price) for each in order.add_ons.all()] == [("Logo", Decimal("49.50"))]
    assert history(order) == [("", "pending_payment")]
    assert order.pending_payment_at


def test_numbers_and_tokens_differ_from_order_to_order() -> None:
    first, second = place(), place()
    assert second.number > first.number
    assert first.access_token != second.access_token
    assert len(first.access_token) >= 43  # 256 bits in base 64
    assert first.customer == second.customer


def test_an_order_with_an_unknown_theme_is_not_placed() -> None:
    with pytest.raises(UnknownTheme, match="prisma"):
        place(theme="neon")
    assert not SiteOrder.objects.exists()


def test_an_order_whose_answers_cannot_become_a_brief_is_not_placed() -> None:
    with pytest.raises(Refused, match="business_name"):
        place(make_answers(business_name="{{ 7*7 }}"))
    assert not SiteOrder.objects.exists()


def test_a_paid_order_waits_for_its_onboarding() -> None:
    order = paid()
    assert order.status == Status.ONBOARDING_PENDING
    assert history(order)[1:] == [("pending_payment", "paid"), ("paid", "onboarding_pending")]
    assert order.paid_at
    assert order.onboarding_pending_at


def test_a_paid_order_with_a_complete_onboarding_stays_paid() -> None:
    assert paid(make_answers()).status == Status.PAID


def test_an_order_is_paid_once() -> None:
    order = paid()
    with pytest.raises(MoveRefused) as refused:
        services.mark_paid(order_id=order.pk, by="test")
    assert str(refused.value) == (
        f"Order #{order.number} is “Waiting for the onboarding” and cannot become “Paid”. "
        "It can become: Waiting to be generated, Cancelled."
    )
    assert len(history(order)) == 3


# onboarding


def test_handing_the_answers_in_sets_the_date_of_delivery_once() -> None:
    order = paid(product=make_product(delivery_days=7))
    services.submit_onboarding(order_id=order.pk, answers=make_answers(), by="customer", party=Party.CUSTOMER)
    first = now(order)
    services.submit_onboarding(order_id=order.pk, by="customer", party=Party.CUSTOMER)

    assert first.onboarding.completed_at
    assert first.due_at == first.onboarding.completed_at + timedelta(days=7)
    assert now(order).due_at == first.due_at
    assert now(order).onboarding.completed_at == first.onboarding.completed_at
    assert now(order).onboarding.submitted_at != first.onboarding.submitted_at


def test_incomplete_answers_cannot_be_handed_in() -> None:
    order = paid()
    with pytest.raises(Refused) as refused:
        services.submit_onboarding(order_id=order.pk, by="customer")
    assert {"business_name", "niche", "services"} <= {finding.where for finding in refused.value.findings}
    assert now(order).due_at is None


def test_answers_that_a_job_has_taken_are_locked_for_the_customer_and_a_new_revision_for_staff() -> None:
    order = paid(make_answers())
    build(order)
    changed = make_answers(business_name="Changed")

    with pytest.raises(services.OnboardingLocked):
        services.save_onboarding(order_id=order.pk, answers=changed, by="customer", party=Party.CUSTOMER)
    assert Onboarding.objects.get(order=order).business_name == "Burnet Road Plumbing"

    services.save_onboarding(order_id=order.pk, answers=changed, by="staff")
    onboarding = Onboarding.objects.get(order=order)
    assert (onboarding.business_name, onboarding.revision, onboarding.locked_at) == ("Changed", 2, None)


# building


@pytest.mark.usefixtures("pipeline")
def test_an_order_goes_from_payment_to_delivery() -> None:
    order = paid(make_answers())
    job = build(order)
    assert now(order).status == Status.BUILDING
    assert now(order).current_job == job
    run(job)
    assert now(order).status == Status.REVIEW
    services.approve(order_id=order.pk, by="staff")

    assert now(order).status == Status.DELIVERED
    assert SiteVersion.objects.get(subject=order.pk).state == VersionState.PUBLISHED
    assert history(order) == [
        ("", "pending_payment"),
        ("pending_payment", "pending_payment"),  # answers saved
        ("pending_payment", "pending_payment"),  # onboarding handed in
        ("pending_payment", "paid"),
        ("paid", "building"),
        ("building", "generating"),
        ("generating", "review"),
        ("review", "delivered"),
    ]
    dates = [now(order).paid_at, now(order).building_at, now(order).generating_at, now(order).review_at]
    assert all(dates)
    assert dates == sorted(dates)  # type: ignore[type-var]


def test_the_job_has_the_facts_and_the_order_s_own_language_and_address() -> None:
    order = paid(make_answers(locale="en"), locale=Locale.ES, site_url="https://burnet.example")
    job = build(order)
    assert job.brief["locale"] == job.locale == "es"
    assert job.brief["site_url"] == "https://burnet.example"
    assert job.brief["address"]["country"] == "US"
    assert (job.kind, job.queue, job.requested_by, job.trigger) == (JobKind.BUILD, Queue.DEFAULT, "test", "admin")


def test_a_second_request_is_answered_by_the_job_that_is_there() -> None:
    order = paid(make_answers())
    first = build(order)
    again = services.request_build(order_id=order.pk, by="test", trigger="api", another_look=True)
    assert (again.job, again.created) == (first, False)
    assert now(order).variation == 0
    assert history(order).count(("paid", "building")) == 1


@pytest.mark.parametrize("status", [Status.PENDING_PAYMENT, Status.CANCELLED])
def test_an_order_that_may_not_be_built_gets_no_job(status: Status) -> None:
    order = place(make_answers())
    SiteOrder.objects.filter(pk=order.pk).update(status=status)
    with pytest.raises(MoveRefused, match="cannot become “Waiting to be generated”"):
        build(order)
    assert not GenerationJob.objects.exists()
    assert Onboarding.objects.get(order=order).locked_at is None


@pytest.mark.usefixtures("pipeline")
def test_an_unchanged_order_is_built_again_only_for_another_look() -> None:
    order = reviewed()
    with pytest.raises(Unchanged, match="another look"):
        build(order)
    assert now(order).status == Status.REVIEW

    job = build(order, another_look=True)
    assert (job.variation, now(order).variation, now(order).status) == (1, 1, Status.BUILDING)


def test_answers_changed_while_a_job_is_asked_for_are_not_locked_unseen(monkeypatch: pytest.MonkeyPatch) -> None:
    order = paid(make_answers())

    def ask_while_somebody_saves(**asked: object) -> object:
        Onboarding.objects.filter(order=order).update(edits=7)
        return request_generation(**asked)  # type: ignore[arg-type]

    monkeypatch.setattr("generation.services.request_generation", ask_while_somebody_saves)
    with pytest.raises(services.AnswersChanged):
        build(order)
    assert now(order).status == Status.PAID
    assert not GenerationJob.objects.exists()


def written_by(work: Callable[[], object]) -> list[str]:
    """The tables that ``work`` writes, in the order of its first write to each."""
    with CaptureQueriesContext(connection) as queries:
        work()
    written = (
        re.match(r'(?:INSERT (?:OR IGNORE )?INTO|UPDATE|DELETE FROM) "(\w+)"', query["sql"]) for query in queries
    )
    return list(dict.fromkeys(match[1] for match in written if match))


@pytest.mark.usefixtures("pipeline")
def test_rows_are_locked_in_one_order_job_version_order_onboarding() -> None:
    order = paid(make_answers())
    rows = ["generation_generationjob", "generation_siteversion", "orders_siteorder", "orders_onboarding"]

    def rows_of(work: Callable[[], object]) -> list[str]:
        return [table for table in written_by(work) if table in rows]

    assert rows_of(lambda: build(order)) == [rows[0], *rows[2:]]
    run(GenerationJob.objects.get())
    assert rows_of(lambda: services.send_back(order_id=order.pk, note="x", by="a", party=Party.STAFF)) == rows[2:]
    assert rows_of(lambda: services.approve(order_id=order.pk, by="a")) == rows[1:]
    assert rows_of(lambda: services.submit_onboarding(order_id=order.pk, by="a", answers=make_answers())) == rows[3:]


# what generation reports


def test_a_failed_job_leaves_the_order_needing_attention_with_the_reason(pipeline: TinyPipeline) -> None:
    def fail() -> None:
        raise StepFailed("verification_failed", "two pages with one title")

    pipeline.inside["verify"] = fail
    order = paid(make_answers())
    job = build(order)
    with pytest.raises(GenerationFailed):
        run(job)

    assert now(order).status == Status.FAILED
    assert "two pages with one title" in now(order).reason
    assert "Open the report" in now(order).reason
    pipeline.inside.clear()
    run(build(order))
    assert now(order).status == Status.REVIEW
    assert now(order).reason == ""


@pytest.mark.usefixtures("pipeline")
def test_an_order_that_was_cancelled_meanwhile_only_gets_an_event() -> None:
    order = paid(make_answers())
    job = build(order)
    with transaction.atomic():
        move(order.pk, Status.CANCELLED, by="staff")
    run(job)

    assert now(order).status == Status.CANCELLED
    assert "left as it is" in OrderEvent.objects.filter(order=order).last().reason  # type: ignore[union-attr]


@pytest.mark.parametrize("outcome", ["succeeded", "failed", "cancelled"])
def test_a_job_that_is_not_the_order_s_own_moves_nothing(outcome: str) -> None:
    order = paid(make_answers())
    stand(order, Status.GENERATING)
    with transaction.atomic():
        builds.settle_closed_job(order_id=order.pk, job_id=uuid4(), outcome=outcome, reason="")
        builds.begin_generating(order_id=order.pk, job_id=uuid4())
    assert now(order).status == Status.GENERATING


def test_a_subject_that_is_no_order_is_nobody_s() -> None:
    with transaction.atomic():
        assert not builds.begin_generating(order_id=uuid4(), job_id=uuid4())
        assert not builds.settle_closed_job(order_id=uuid4(), job_id=uuid4(), outcome="succeeded", reason="")
    assert not OrderEvent.objects.exists()


def test_a_cancelled_job_needs_a_person() -> None:
    order = paid(make_answers())
    job = build(order)
    with transaction.atomic():
        builds.settle_closed_job(order_id=order.pk, job_id=job.pk, outcome="cancelled", reason="by Ana")
    assert (now(order).status, now(order).reason) == (Status.FAILED, "by Ana")


# review


@pytest.mark.usefixtures("pipeline")
def test_a_site_sent_back_stays_in_review_with_open_answers_and_the_next_job_is_a_revision() -> None:
    order = reviewed()
    services.send_back(order_id=order.pk, note="A warmer text, please.", by="Mike", party=Party.CUSTOMER)

    order = now(order)
    assert (order.status, order.reason, order.revisions_used) == (Status.REVIEW, "A warmer text, please.", 1)
    assert (order.onboarding.locked_at, order.onboarding.revision) == (None, 2)

    services.submit_onboarding(order_id=order.pk, answers=make_answers(tone="premium"), by="Mike", party=Party.CUSTOMER)
    job = build(order)
    assert (job.kind, job.queue, job.note) == (JobKind.REVISION, Queue.HIGH, "A warmer text, please.")
    assert now(order).onboarding.locked_at


@pytest.mark.usefixtures("pipeline")
def test_revisions_of_the_customer_are_counted_once_each_and_end() -> None:
    order = reviewed(product=make_product(revisions=1))
    for note in ("first", "first, in other words"):
        services.send_back(order_id=order.pk, note=note, by="Mike", party=Party.CUSTOMER)
    assert (now(order).revisions_used, now(order).onboarding.note) == (1, "first, in other words")

    run(build(order, another_look=True))
    with pytest.raises(services.NoRevisionsLeft):
        services.send_back(order_id=order.pk, note="second", by="Mike", party=Party.CUSTOMER)
    assert now(order).onboarding.locked_at
    services.send_back(order_id=order.pk, note="ours", by="Ana", party=Party.STAFF)
    assert now(order).revisions_used == 1


def test_only_a_site_in_review_is_sent_back() -> None:
    order = paid(make_answers())
    with pytest.raises(MoveRefused):
        services.send_back(order_id=order.pk, note="no", by="Ana", party=Party.STAFF)


@pytest.mark.usefixtures("pipeline")
def test_an_approved_order_is_not_approved_again() -> None:
    order = reviewed()
    services.approve(order_id=order.pk, by="Ana")
    with pytest.raises(NothingToApprove):
        services.approve(order_id=order.pk, by="Ana")


@pytest.mark.usefixtures("pipeline")
def test_nothing_is_published_for_an_order_that_is_not_in_review() -> None:
    order = reviewed()
    SiteOrder.objects.filter(pk=order.pk).update(status=Status.FAILED)
    with pytest.raises(MoveRefused):
        services.approve(order_id=order.pk, by="Ana")
    assert SiteVersion.objects.get(subject=order.pk).state == VersionState.DRAFT


def test_a_new_token_replaces_the_old_and_stands_in_no_event() -> None:
    order = place()
    token = services.rotate_access_token(order_id=order.pk, by="Ana")
    assert now(order).access_token == token != order.access_token
    assert not OrderEvent.objects.filter(reason__contains=token).exists()


# the table of moves

LAWFUL = {
    (origin, to)
    for origin, targets in {
        "pending_payment": "paid cancelled",
        "paid": "onboarding_pending building cancelled",
        "onboarding_pending": "building cancelled",
        "building": "generating failed cancelled",
        "generating": "building review failed cancelled",
        "review": "building delivered cancelled",
        "delivered": "building",
        "failed": "building cancelled",
        "cancelled": "",
    }.items()
    for to in targets.split()
}


def test_the_moves_are_those_of_the_design() -> None:
    assert {(origin, to) for to, origins in CAME_FROM.items() for origin in origins} == LAWFUL
    assert goes_by_hand(Status.CANCELLED) == ()


@pytest.mark.parametrize("to", [status for status in Status if status != Status.PENDING_PAYMENT])
def test_a_move_is_made_where_it_is_lawful_and_refused_where_it_is_not(to: Status) -> None:
    order = paid(make_answers())
    for origin in Status:
        stand(order, origin)
        before = len(history(order))
        if (origin, to) in LAWFUL:
            with transaction.atomic():
                move(order.pk, to, by="test")
            assert history(order)[before:] == [(origin, to)]
            assert getattr(now(order), f"{to}_at") is not None
        else:
            with pytest.raises(MoveRefused) as refused, transaction.atomic():
                move(order.pk, to, by="test")
            assert (refused.value.stands, refused.value.to) == (origin, to)
            assert now(order).status == origin
            assert len(history(order)) == before
