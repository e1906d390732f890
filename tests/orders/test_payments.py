"""What Stripe tells is believed when it is signed, done once, and compared with the order."""

from __future__ import annotations

import json
import time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone

from orders import services
from orders.models import (
    AddOn,
    Agency,
    Checkout,
    CheckoutState,
    Customer,
    EventOutcome,
    Mail,
    MailEvent,
    OrderEvent,
    Payment,
    SiteOrder,
    Status,
    StripeEvent,
)
from orders.payments import amounts
from orders.payments.checkouts import CheckoutRefused, begin_checkout
from orders.payments.events import mend_events
from tests.support.stripe import WEBHOOK, event, send, session_of

from .factories import make_answers, make_product, place

if TYPE_CHECKING:
    from pytest_django import Settings

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = {"success_url": "https://agency.example/yes", "cancel_url": "https://agency.example/no"}
COMPLETED = "checkout.session.completed"


@pytest.fixture(autouse=True)
def _stripe(settings: Settings) -> None:
    settings.STRIPE_SECRET_KEY, settings.STRIPE_WEBHOOK_SECRET = "sk_test_x", "whsec_of_the_tests"
    settings.STRIPE_API_BASE = "http://127.0.0.1:1"  # nobody
    settings.EMAIL_STAFF = "staff@example.com"


def begun(**changes: Any) -> Checkout:
    """A checkout whose session is there."""
    order = place(**changes)
    checkout = begin_checkout(order_id=order.pk, by="test", **PAGES)
    Checkout.objects.filter(pk=checkout.pk).update(session=f"cs_{checkout.pk}", url="https://pay.example")
    return Checkout.objects.get(pk=checkout.pk)


def mails_to_staff() -> list[str]:
    return list(Mail.objects.filter(event=MailEvent.PAYMENT_TROUBLE).values_list("text", flat=True))


def status_of(checkout: Checkout) -> str:
    return SiteOrder.objects.get(pk=checkout.order_id).status


def test_a_paid_session_makes_the_order_paid_with_its_mail() -> None:
    checkout = begun()
    answer = send(event(COMPLETED, session_of(checkout)))

    assert (answer.status_code, answer.json()) == (200, {"received": True})
    assert status_of(checkout) == Status.ONBOARDING_PENDING
    payment = Payment.objects.get(order=checkout.order_id)
    assert (payment.amount, payment.currency, payment.refunded) == (Decimal("399.00"), "USD", 0)
    assert Checkout.objects.get(pk=checkout.pk).state == CheckoutState.PAID
    assert Mail.objects.filter(event=MailEvent.PAID).count() == 1
    assert OrderEvent.objects.filter(order=checkout.order_id, moved_to=Status.PAID, by="Stripe").count() == 1
    kept = StripeEvent.objects.get()
    assert (kept.outcome, kept.order_id) == (EventOutcome.DONE, checkout.order_id)


def test_what_is_kept_of_an_event_names_nobody() -> None:
    send(event(COMPLETED, session_of(begun())))
    kept = json.dumps(StripeEvent.objects.get().payload)
    assert "Mike" not in kept
    assert "mike@example.com" not in kept


def test_the_same_event_again_is_counted_and_does_nothing() -> None:
    checkout = begun()
    told = event(COMPLETED, session_of(checkout))
    for _time in range(3):
        assert send(told).status_code == 200
    assert StripeEvent.objects.get().deliveries == 3
    assert Payment.objects.count() == 1
    assert Mail.objects.filter(event=MailEvent.PAID).count() == 1


def test_another_event_about_the_same_payment_does_nothing() -> None:
    checkout = begun()
    send(event(COMPLETED, session_of(checkout)))
    send(event("checkout.session.async_payment_succeeded", session_of(checkout)))
    assert list(StripeEvent.objects.order_by("received_at").values_list("outcome", flat=True)) == ["done", "nothing"]
    assert mails_to_staff() == []


@pytest.mark.parametrize("status", ["unpaid", "no_payment_required", "", None])
def test_a_session_that_is_complete_but_not_paid_leaves_the_order_waiting(status: Any) -> None:
    checkout = begun()
    send(event(COMPLETED, session_of(checkout, payment_status=status)))
    assert status_of(checkout) == Status.PENDING_PAYMENT
    assert Payment.objects.count() == 0
    assert Checkout.objects.get(pk=checkout.pk).state == CheckoutState.PENDING
    with pytest.raises(CheckoutRefused, match="on its way"):
        begin_checkout(order_id=checkout.order_id, by="test", **PAGES)


def test_money_that_comes_later_makes_the_order_paid() -> None:
    checkout = begun()
    send(event(COMPLETED, session_of(checkout, payment_status="unpaid")))
    send(event("checkout.session.async_payment_succeeded", session_of(checkout)))
    assert status_of(checkout) == Status.ONBOARDING_PENDING


def test_events_out_of_order_end_in_the_same_state() -> None:
    checkout = begun()
    send(event("checkout.session.async_payment_succeeded", session_of(checkout)))
    send(event(COMPLETED, session_of(checkout, payment_status="unpaid")))
    send(event("checkout.session.expired", session_of(checkout)))
    assert status_of(checkout) == Status.ONBOARDING_PENDING
    assert Checkout.objects.get(pk=checkout.pk).state == CheckoutState.PAID


def test_money_that_does_not_come_lets_the_customer_try_again() -> None:
    checkout = begun()
    send(event(COMPLETED, session_of(checkout, payment_status="unpaid")))
    send(event("checkout.session.async_payment_failed", session_of(checkout)))
    assert status_of(checkout) == Status.PENDING_PAYMENT
    again = begin_checkout(order_id=checkout.order_id, by="test", **PAGES)
    assert again.pk != checkout.pk


def test_an_expired_checkout_is_noted_and_another_can_begin() -> None:
    checkout = begun()
    send(event("checkout.session.expired", session_of(checkout)))
    assert Checkout.objects.get(pk=checkout.pk).state == CheckoutState.EXPIRED
    assert status_of(checkout) == Status.PENDING_PAYMENT
    assert begin_checkout(order_id=checkout.order_id, by="test", **PAGES).pk != checkout.pk


@pytest.mark.parametrize(
    "wrong", [{"amount_total": 100}, {"amount_total": 39901}, {"currency": "brl"}, {"amount_total": None}]
)
def test_money_that_does_not_fit_the_order_is_kept_and_staff_are_told(wrong: dict[str, Any]) -> None:
    checkout = begun()
    answer = send(event(COMPLETED, session_of(checkout, **wrong)))
    assert answer.status_code == 200
    assert status_of(checkout) == Status.PENDING_PAYMENT
    assert StripeEvent.objects.get().outcome == EventOutcome.MISMATCH
    (mail,) = mails_to_staff()
    assert "399.00 USD" in mail


def test_add_ons_are_part_of_what_is_compared() -> None:
    logo = AddOn.objects.create(name="Logo", price=Decimal("51.00"), currency="USD")
    checkout = begun(add_ons=[logo])
    assert checkout.amount == Decimal("450.00")
    send(event(COMPLETED, session_of(checkout, amount_total=39900)))
    assert status_of(checkout) == Status.PENDING_PAYMENT
    send(event(COMPLETED, session_of(checkout)))
    assert status_of(checkout) == Status.ONBOARDING_PENDING


def test_money_for_a_cancelled_order_is_kept_and_staff_are_told() -> None:
    checkout = begun()
    services.cancel_order(order_id=checkout.order_id, by="test")
    send(event(COMPLETED, session_of(checkout)))
    assert status_of(checkout) == Status.CANCELLED
    assert Payment.objects.count() == 1
    assert "Cancelled" in mails_to_staff()[0]


def test_an_order_that_is_paid_twice_is_told_to_staff() -> None:
    checkout = begun()
    send(event(COMPLETED, session_of(checkout)))
    send(event(COMPLETED, session_of(checkout, id="cs_other", payment_intent="pi_other")))
    assert Payment.objects.filter(order=checkout.order_id).count() == 2
    assert "second time" in mails_to_staff()[0]


def test_a_refund_stands_on_the_order_whatever_order_it_is_told_in() -> None:
    checkout = begun()
    send(event(COMPLETED, session_of(checkout)))
    charge = {"id": "ch_1", "object": "charge", "currency": "usd", "payment_intent": f"pi_{checkout.pk}"}
    send(event("charge.refunded", {**charge, "amount_refunded": 10000}))
    send(event("charge.refunded", {**charge, "amount_refunded": 5000}))
    payment = Payment.objects.get()
    assert payment.refunded == Decimal("100.00")
    assert payment.refunded_at
    assert status_of(checkout) == Status.ONBOARDING_PENDING


def test_a_refund_that_cannot_be_is_kept_and_staff_are_told() -> None:
    checkout = begun()
    send(event(COMPLETED, session_of(checkout)))
    charge = {"id": "ch_1", "object": "charge", "currency": "usd", "payment_intent": f"pi_{checkout.pk}"}
    send(event("charge.refunded", {**charge, "amount_refunded": 10**9}))
    assert Payment.objects.get().refunded == 0
    assert len(mails_to_staff()) == 1


def test_a_dispute_is_told_to_staff_once() -> None:
    checkout = begun()
    send(event(COMPLETED, session_of(checkout)))
    dispute = {"id": "dp_1", "object": "dispute", "payment_intent": f"pi_{checkout.pk}", "reason": "fraudulent"}
    for _time in range(2):
        send(event("charge.dispute.created", dispute))
    payment = Payment.objects.get()
    assert payment.disputed_at
    assert payment.dispute_reason == "fraudulent"
    assert len(mails_to_staff()) == 1


def test_what_is_told_of_a_payment_before_the_payment_itself_waits_for_it() -> None:
    checkout = begun()
    intent = f"pi_{checkout.pk}"
    send(event("charge.dispute.created", {"id": "dp_1", "object": "dispute", "payment_intent": intent}))
    charge = {"id": "ch_1", "object": "charge", "currency": "usd", "payment_intent": intent, "amount_refunded": 39900}
    send(event("charge.refunded", charge))
    assert set(StripeEvent.objects.values_list("outcome", flat=True)) == {"waiting"}

    send(event(COMPLETED, session_of(checkout)))
    assert set(StripeEvent.objects.values_list("outcome", flat=True)) == {"done"}
    payment = Payment.objects.get()
    assert payment.refunded == Decimal("399.00")
    assert payment.disputed_at


def test_what_came_at_the_same_moment_as_its_payment_is_handled_by_reconciliation() -> None:
    checkout = begun()
    charge = {"id": "ch_1", "object": "charge", "currency": "usd", "payment_intent": f"pi_{checkout.pk}"}
    send(event(COMPLETED, session_of(checkout)))
    send(event("charge.refunded", {**charge, "amount_refunded": 10000}))
    StripeEvent.objects.filter(type="charge.refunded").update(outcome=EventOutcome.WAITING)
    Payment.objects.update(refunded=0, refunded_at=None)

    assert len(list(mend_events(dry_run=True))) == 1
    assert len(list(mend_events(dry_run=False))) == 1

    assert Payment.objects.get().refunded == Decimal("100.00")
    assert list(mend_events(dry_run=False)) == []


@pytest.mark.parametrize(
    ("kind", "thing"),
    [
        ("customer.created", {"id": "cus_1", "object": "customer", "email": "x@example.com"}),
        ("invoice.paid", {"id": "in_1", "object": "invoice"}),
        (COMPLETED, {"id": "cs_of_somebody_else", "object": "checkout.session", "payment_status": "paid"}),
        (COMPLETED, {"id": "cs_2", "client_reference_id": "not an id", "metadata": None}),
        (COMPLETED, {"id": "cs_3", "metadata": {"order": "7a1f5b7e-9c0e-4d3e-9f5f-0a6b0c9d8e7f"}}),
        ("charge.refunded", {"id": "ch_9", "payment_intent": None}),
        ("issuing_transaction.created", {"id": "ipi_1", "amount": -100}),
        ("billing.credit_grant.created", {"id": "x" * 300, "amount": {"type": "monetary"}}),
        ("v2.core.account[requirements].updated", {}),
    ],
)
def test_events_about_nothing_of_ours_are_kept_and_harmless(kind: str, thing: dict[str, Any]) -> None:
    checkout = begun()
    assert send(event(kind, thing)).status_code == 200
    assert StripeEvent.objects.get().outcome in (EventOutcome.UNKNOWN, EventOutcome.NOTHING, EventOutcome.WAITING)
    assert status_of(checkout) == Status.PENDING_PAYMENT
    assert mails_to_staff() == []


def test_a_defect_is_kept_with_the_event_and_the_next_sending_mends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    checkout = begun()
    told = event(COMPLETED, session_of(checkout))

    def break_down(*_arguments: Any, **_options: Any) -> None:
        raise RuntimeError("out of order")

    with monkeypatch.context() as broken:
        broken.setattr(services, "mark_paid", break_down)
        answer = send(told)
    assert (answer.status_code, answer.json()["code"]) == (500, "event_not_handled")
    kept = StripeEvent.objects.get()
    assert kept.outcome == EventOutcome.FAILED
    assert "out of order" in kept.error
    assert Payment.objects.count() == 0

    assert send(told).status_code == 200
    kept.refresh_from_db()
    assert (kept.outcome, kept.error) == (EventOutcome.DONE, "")
    assert status_of(checkout) == Status.ONBOARDING_PENDING


def test_an_order_whose_answers_are_there_is_begun_with_its_payment() -> None:
    checkout = begun(answers=make_answers())
    send(event(COMPLETED, session_of(checkout)))
    order = SiteOrder.objects.get(pk=checkout.order_id)
    assert order.paid_at
    assert (order.status, order.current_job and order.current_job.trigger) == (Status.BUILDING, "payment")


# forged, broken, too much


def _refused(answer: Any, status: int, code: str) -> None:
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert StripeEvent.objects.count() == 0
    assert SiteOrder.objects.exclude(status=Status.PENDING_PAYMENT).count() == 0


def test_a_signature_with_another_secret_is_refused() -> None:
    _refused(send(event(COMPLETED, session_of(begun())), key="whsec_guessed"), 400, "signature_invalid")


def test_a_signature_of_long_ago_is_refused(settings: Settings) -> None:
    told = event(COMPLETED, session_of(begun()))
    _refused(send(told, at=int(time.time()) - settings.STRIPE_TOLERANCE_SECONDS - 5), 400, "signature_invalid")
    assert send(told, at=int(time.time()) - settings.STRIPE_TOLERANCE_SECONDS + 30).status_code == 200


@pytest.mark.parametrize(
    "header",
    ["", "nonsense", "t=,v1=", "t=1,v1=", "v1=abc", "t=abc,v1=abc", "t=1", "v0=abc,t=1", "t=1,v1=é", "=" * 5000],
)
def test_a_header_that_is_no_signature_is_refused(header: str) -> None:
    body = json.dumps(event(COMPLETED, session_of(begun())))
    answer = Client().post(WEBHOOK, body, content_type="application/json", headers={"Stripe-Signature": header})
    _refused(answer, 400, "signature_invalid")


def test_a_body_that_was_changed_after_it_was_signed_is_refused() -> None:
    told = event(COMPLETED, session_of(begun(), amount_total=1))
    from sitebuilder.standin.sessions import signature

    signed = {"Stripe-Signature": signature(json.dumps(told))}
    told["data"]["object"]["amount_total"] = 39900
    answer = Client().post(WEBHOOK, json.dumps(told), content_type="application/json", headers=signed)
    _refused(answer, 400, "signature_invalid")


def test_without_a_secret_every_signature_is_refused(settings: Settings) -> None:
    told = event(COMPLETED, session_of(begun()))
    settings.STRIPE_WEBHOOK_SECRET = ""
    _refused(send(told, key=" "), 400, "signature_invalid")


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b"null", b'"evt"', b"{}", b'{"id": "evt_1"}', b'{"id": 5, "type": "x", "created": 1}',
        b"[" * 100_000, b"\xff\xfe",
        json.dumps(event("x" * 200, {})).encode(), json.dumps(event("a.b", {}, id="../../etc")).encode(),
        json.dumps(event("a.b", {}, created="now")).encode(), json.dumps(event("a.b", {}, created=10**15)).encode(),
        json.dumps(event(COMPLETED, {"amount_total": -5})).encode(),
        json.dumps(event(COMPLETED, {"id": "x" * 300})).encode(),
    ],
)  # fmt: skip
def test_a_signed_body_that_is_no_event_is_refused(body: bytes) -> None:
    answer = send(body)
    assert answer.status_code == 400
    assert answer.json()["code"] in ("malformed_body", "signature_invalid")
    assert StripeEvent.objects.count() == 0


def test_a_body_over_the_limit_is_refused() -> None:
    told = event("a.b", {"id": "x"}, padding="x" * 300_000)
    _refused(send(told), 413, "body_too_big")


def test_other_methods_and_types_are_refused() -> None:
    assert Client().get(WEBHOOK).status_code == 405
    assert Client().post(WEBHOOK, b"a=b", content_type="application/x-www-form-urlencoded").status_code == 415


# amounts


@pytest.mark.parametrize(
    ("amount", "currency", "units"),
    [
        ("399.00", "USD", 39900),
        ("0.01", "BRL", 1),
        ("5000", "JPY", 5000),
        ("12.50", "KWD", 12500),
        ("5", "ISK", 500),
    ],
)
def test_amounts_are_written_in_the_smallest_unit_and_back(amount: str, currency: str, units: int) -> None:
    assert amounts.minor(Decimal(amount), currency) == units
    assert amounts.major(units, currency) == Decimal(amount)


@pytest.mark.parametrize(("amount", "currency"), [("9.50", "JPY"), ("9.50", "ISK"), ("9.50", "UGX")])
def test_an_amount_without_coins_cannot_be_paid(amount: str, currency: str) -> None:
    with pytest.raises(amounts.NotPayable):
        amounts.minor(Decimal(amount), currency)
    product = make_product(price=Decimal(amount), currency=currency)
    with pytest.raises(CheckoutRefused):
        begin_checkout(order_id=place(product=product).pk, by="test", **PAGES)


def test_nothing_to_pay_is_no_checkout() -> None:
    with pytest.raises(CheckoutRefused, match="costs nothing"):
        begin_checkout(order_id=place(product=make_product(price=Decimal(0))).pk, by="test", **PAGES)


def test_a_paid_order_is_not_paid_again() -> None:
    checkout = begun()
    send(event(COMPLETED, session_of(checkout)))
    with pytest.raises(CheckoutRefused, match="nothing to pay"):
        begin_checkout(order_id=checkout.order_id, by="test", **PAGES)


def test_a_checkout_that_is_open_is_the_answer_until_its_time_is_over() -> None:
    checkout = begun()
    assert begin_checkout(order_id=checkout.order_id, by="test", **PAGES).pk == checkout.pk
    Checkout.objects.filter(pk=checkout.pk).update(expires_at=timezone.now())
    assert begin_checkout(order_id=checkout.order_id, by="test", **PAGES).pk != checkout.pk
    assert Customer.objects.count() == 1
    assert Agency.objects.count() == 0
