"""One event of Stripe's that is sent many times at once, and one order for which many begin to pay, in real
processes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from orders.models import (
    Checkout,
    Mail,
    MailEvent,
    OrderEvent,
    Payment,
    SiteOrder,
    Status,
    StripeEvent,
    WebhookDelivery,
)
from orders.payments.checkouts import begin_checkout
from orders.webhooks.endpoints import add_endpoint
from tests.support.at_once import at_once
from tests.support.stripe import event, send, session_of

from .factories import place

if TYPE_CHECKING:
    from pytest_django import Settings

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = {"success_url": "https://agency.example/yes", "cancel_url": "https://agency.example/no"}


@pytest.fixture(autouse=True)
def _stripe(settings: Settings) -> None:
    settings.STRIPE_SECRET_KEY, settings.STRIPE_WEBHOOK_SECRET = "sk_test_x", "whsec_of_the_tests"


def _begun() -> Checkout:
    checkout = begin_checkout(order_id=place().pk, by="test", **PAGES)
    Checkout.objects.filter(pk=checkout.pk).update(session="cs_1")
    return Checkout.objects.get(pk=checkout.pk)


def test_one_event_sent_twenty_times_at_once_makes_one_paid_order_and_one_mail() -> None:
    checkout = _begun()
    add_endpoint(name="CRM", url="https://crm.example/hook", events=["order.paid"])
    told = event("checkout.session.completed", session_of(checkout))

    assert at_once(20, lambda: str(send(told).status_code)) == ["200"] * 20
    assert SiteOrder.objects.get().status == Status.ONBOARDING_PENDING
    assert OrderEvent.objects.filter(moved_to=Status.PAID, moved_from=Status.PENDING_PAYMENT).count() == 1
    assert Payment.objects.count() == 1
    assert Mail.objects.filter(event=MailEvent.PAID).count() == 1
    assert Mail.objects.filter(event=MailEvent.PAYMENT_TROUBLE).count() == 0
    assert WebhookDelivery.objects.count() == 1
    kept = StripeEvent.objects.get()
    assert (kept.outcome, kept.deliveries) == ("done", 20)


def test_different_events_about_one_payment_at_once_make_one_paid_order() -> None:
    checkout = _begun()

    def tell() -> str:
        import os

        kinds = ("completed", "async_payment_succeeded")
        kind = f"checkout.session.{kinds[os.getpid() % 2]}"
        return str(send(event(kind, session_of(checkout), id=f"evt_{os.getpid()}")).status_code)

    assert at_once(10, tell) == ["200"] * 10
    assert Payment.objects.count() == 1
    assert Mail.objects.filter(event=MailEvent.PAID).count() == 1
    assert Mail.objects.filter(event=MailEvent.PAYMENT_TROUBLE).count() == 0
    assert StripeEvent.objects.count() == 10


def test_of_many_checkouts_begun_at_once_there_is_one() -> None:
    order = place()
    rows = at_once(8, lambda: str(begin_checkout(order_id=order.pk, by="test", **PAGES).pk))
    assert len(set(rows)) == 1
    assert Checkout.objects.count() == 1
