"""A checkout over real HTTP: our web asks the stand-in of Stripe for a session, and the stand-in tells our web."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest

from orders.api.keys import make_key
from orders.models import Checkout, CheckoutState, Payment, Scope, SiteOrder, Status, StripeEvent
from orders.payments import checkouts
from orders.payments.checkouts import begin_checkout, open_session
from orders.payments.stripe_api import NotSetUp, SessionRefused, Unreachable
from sitebuilder.standin.sessions import nested
from tests.support.processes import StartProcess, wait_until
from tests.support.web import Answer, ask, free_port

from .factories import make_product, place

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_django import Settings

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = {"success_url": "https://agency.example/yes", "cancel_url": "https://agency.example/no"}


@pytest.fixture
def standin(settings: Settings, start_process: StartProcess) -> Callable[..., int]:
    """Starts the stand-in, which tells the web at the given port; returns its own port."""

    def start(web: int = 1) -> int:
        port = free_port()
        env = {"STRIPE_STANDIN": "true", "STRIPE_STANDIN_PORT": str(port)}
        webhook = f"--webhook=http://127.0.0.1:{web}/api/site-orders/webhook"
        process = start_process("stripe_standin", webhook, env=env)
        wait_until(lambda: "listens" in process.output() or process.process.poll() is not None, 30, "it listens")
        assert process.process.poll() is None, process.output()
        settings.STRIPE_API_BASE = f"http://127.0.0.1:{port}"
        settings.STRIPE_SECRET_KEY, settings.STRIPE_WEBHOOK_SECRET = "sk_test_standin", "whsec_x"
        return port

    return start


def _begun() -> Checkout:
    return begin_checkout(order_id=place().pk, by="test", **PAGES)


def test_asking_again_for_a_session_gives_the_same_one(standin: Callable[..., int]) -> None:
    standin()
    first = open_session(checkout_id=_begun().pk)
    assert first.session
    assert first.url.startswith("http://127.0.0.1:")
    assert SiteOrder.objects.get().stripe_session == first.session


def test_whoever_dies_between_stripe_and_the_row_gets_that_session_again(
    standin: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    standin()
    checkout = _begun()
    made = []

    def die(_checkout: Checkout, session: str, _url: str) -> None:
        made.append(session)
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(checkouts, "_keep", die)
        with pytest.raises(KeyboardInterrupt):
            open_session(checkout_id=checkout.pk)
    assert Checkout.objects.get(pk=checkout.pk).session is None
    assert open_session(checkout_id=checkout.pk).session == made[0]


def test_a_stripe_that_is_away_or_refuses_is_said_so(standin: Callable[..., int], settings: Settings) -> None:
    settings.STRIPE_SECRET_KEY, settings.STRIPE_WEBHOOK_SECRET = "sk_test_x", "whsec_x"
    settings.STRIPE_API_BASE = f"http://127.0.0.1:{free_port()}"
    with pytest.raises(Unreachable):
        open_session(checkout_id=_begun().pk)
    standin()
    checkout = begin_checkout(order_id=place().pk, by="test", success_url="nowhere", cancel_url="nowhere")
    with pytest.raises(SessionRefused, match="success_url"):
        open_session(checkout_id=checkout.pk)
    corrected = begin_checkout(order_id=checkout.order_id, by="test", **PAGES)
    assert open_session(checkout_id=corrected.pk).session
    settings.STRIPE_SECRET_KEY = "not a key"  # noqa: S105 - it is none
    with pytest.raises(NotSetUp):
        open_session(checkout_id=_begun().pk)


class Shop:
    """A real web beside the stand-in, and a program with a key."""

    def __init__(self, standin: Callable[..., int], start_process: StartProcess) -> None:
        self.port = free_port()
        self.bank = standin(self.port)
        env = {"STRIPE_STANDIN": "true", "STRIPE_STANDIN_PORT": str(self.bank)}
        web = start_process("web", "--port", str(self.port), env=env)
        wait_until(lambda: "listens" in web.output() or web.process.poll() is not None, 60, "the web listens")
        assert web.process.poll() is None, web.output()
        _key, self.secret = make_key(name="test", scope=Scope.ORDERS)

    def checkout(self, body: dict[str, Any], key: str = "") -> tuple[int, dict[str, Any]]:
        headers = {"Authorization": f"Bearer {self.secret}", "Content_Type": "application/json"}
        if key:
            headers["Idempotency_Key"] = key
        answer = ask(self.port, "POST", "/api/site-orders/checkout", json.dumps(body), **headers)
        return answer.status, json.loads(answer.body)

    def at_bank(self, url: str, how: str) -> Answer:
        """Press a button of the page to pay at."""
        path = url.removeprefix(f"http://127.0.0.1:{self.bank}")
        assert f'value="{how}"'.encode() in ask(self.bank, "GET", path).body
        return ask(self.bank, "POST", path, urlencode({"how": how}), Content_Type="application/x-www-form-urlencoded")


@pytest.fixture
def shop(standin: Callable[..., int], start_process: StartProcess) -> Shop:
    return Shop(standin, start_process)


def _wish() -> dict[str, Any]:
    return {"customer": {"name": "Mike Reed", "email": "mike@example.com"}, "product": make_product().pk}


def test_a_customer_pays_and_the_order_is_paid(shop: Shop) -> None:
    status, checkout = shop.checkout({**_wish(), "success_url": "https://agency.example/yes"}, key="one")
    assert (status, checkout["object"], checkout["amount"], checkout["currency"]) == (201, "checkout", "399.00", "USD")
    assert SiteOrder.objects.get().status == Status.PENDING_PAYMENT

    assert shop.checkout(_last_wish(checkout), key="one")[0] == 422  # another body
    back = shop.at_bank(checkout["url"], "pay")
    assert (back.status, back.headers["Location"]) == (302, "https://agency.example/yes")
    order = SiteOrder.objects.get()
    assert (str(order.pk), order.status) == (checkout["order"], Status.ONBOARDING_PENDING)

    shop.at_bank(checkout["url"], "refund")
    shop.at_bank(checkout["url"], "dispute")
    payment = Payment.objects.get()
    assert payment.refunded == payment.amount
    assert payment.disputed_at
    assert StripeEvent.objects.filter(outcome="done").count() == 3


def _last_wish(checkout: dict[str, Any]) -> dict[str, Any]:
    return {"order": checkout["order"]}


def test_the_same_key_gives_the_same_checkout_and_one_order(shop: Shop) -> None:
    wish = _wish()
    first, again = shop.checkout(wish, key="k"), shop.checkout(wish, key="k")
    assert first == again
    assert SiteOrder.objects.count() == Checkout.objects.count() == 1


def test_a_bank_transfer_arrives_later_and_an_expired_checkout_gets_another(shop: Shop) -> None:
    _status, checkout = shop.checkout(_wish())
    shop.at_bank(checkout["url"], "expire")
    assert Checkout.objects.get().state == CheckoutState.EXPIRED

    status, again = shop.checkout({"order": checkout["order"]})
    assert (status, again["order"]) == (201, checkout["order"])
    assert again["session"] != checkout["session"]
    shop.at_bank(again["url"], "promise")
    assert SiteOrder.objects.get().status == Status.PENDING_PAYMENT
    shop.at_bank(again["url"], "arrive")
    assert SiteOrder.objects.get().status == Status.ONBOARDING_PENDING


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "product"),
        ({"customer": {"name": "A"}}, "product"),
        ({"customer": {"name": "A"}, "product": 999_999}, "product"),
        ({"order": "nothing"}, "order"),
        ({"order": "7a1f5b7e-9c0e-4d3e-9f5f-0a6b0c9d8e7f", "theme": "prisma"}, "theme"),
        ({"customer": {"name": "A"}, "product": 1, "success_url": "javascript:alert(1)"}, "success_url"),
        ({"customer": {"name": "A"}, "product": 1, "price": 1}, "price"),
    ],
)
def test_a_body_that_is_not_in_order_places_nothing(
    settings: Settings, client: Any, body: dict[str, Any], field: str
) -> None:
    settings.STRIPE_SECRET_KEY, settings.STRIPE_WEBHOOK_SECRET = "sk_test_x", "whsec_x"
    _key, secret = make_key(name="test", scope=Scope.ORDERS)
    headers = {"Authorization": f"Bearer {secret}"}
    answer = client.post("/api/site-orders/checkout", body, content_type="application/json", headers=headers)
    assert answer.status_code == 400
    assert field in [error["field"] for error in answer.json()["errors"]]
    assert SiteOrder.objects.count() == 0


def test_without_keys_of_stripe_nothing_is_placed_and_the_remedy_is_named(client: Any) -> None:
    _key, secret = make_key(name="test", scope=Scope.ORDERS)
    headers = {"Authorization": f"Bearer {secret}"}
    answer = client.post("/api/site-orders/checkout", _wish(), content_type="application/json", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (409, "payments_not_set_up")
    assert SiteOrder.objects.count() == 0
    assert client.post("/api/site-orders/checkout", {}, content_type="application/json").status_code == 401


def test_the_pages_after_paying_name_no_order(client: Any) -> None:
    assert "Thank you" in client.get("/checkout/done").content.decode()
    assert "Not paid" in client.get("/checkout/cancelled").content.decode()


def test_the_fields_of_a_form_become_what_they_mean() -> None:
    assert nested({"a": "1", "b[0][c]": "2", "b[0][d][e]": "3"}) == {"a": "1", "b": {"0": {"c": "2", "d": {"e": "3"}}}}
