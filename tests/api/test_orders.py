"""Orders through the API: placed, listed, read, amended, moved, built and decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from generation.models import GenerationJob
from orders.models import AddOn, AuditEntry, OrderEvent, SiteOrder
from tests.orders.factories import facts, make_product, run

if TYPE_CHECKING:
    from redis import Redis

    from .support import Api

pytestmark = pytest.mark.django_db


def test_an_order_goes_from_placed_to_delivered(api: Api, broker: Redis, pipeline: object) -> None:
    product = make_product()
    hosting = AddOn.objects.create(name="Hosting", price="10.00", currency="USD")

    placed = api.post(
        "/",
        {
            "customer": {"name": "Mike", "email": "mike@example.com"},
            "product": product.pk,
            "add_ons": [hosting.pk],
            "locale": "en",
            "site_url": "https://burnet.example.com",
        },
    )
    assert placed.status_code == 201, placed.content
    order = placed.json()
    assert (order["object"], order["status"], order["price"]) == ("site_order", "pending_payment", "399.00")
    assert order["next"]["turn"] == "customer"
    assert order["add_ons"] == [{"name": "Hosting", "price": "10.00", "currency": "USD"}]
    assert order["access_token"] == SiteOrder.objects.get().access_token
    one = f"/{order['id']}"

    assert api.patch(f"{one}/status", {"status": "paid"}).json()["status"] == "onboarding_pending"
    answered = api.post(f"{one}/onboarding", {"answers": facts(), "submit": True})
    assert answered.status_code == 200, answered.content
    assert answered.json()["complete"] is True

    built = api.post(f"{one}/build")
    assert built.status_code == 202, built.content
    assert (built.json()["status"], built.json()["job"]["status"]) == ("building", "queued")
    assert built.json()["allowed_moves"] == ["cancelled"]

    run(GenerationJob.objects.get())
    told = api.get(one).json()
    assert (told["status"], told["seen"]["version"], told["job"]["status"]) == ("review", 1, "succeeded")

    approved = api.post(f"{one}/approve", {"seen": told["seen"]})
    assert approved.status_code == 200, approved.content
    assert approved.json()["status"] == "delivered"
    assert [entry.action for entry in AuditEntry.objects.order_by("pk")] == [
        "order.place", "order.status.paid", "onboarding.answer", "order.build", "order.approve",
    ]  # fmt: skip
    last = AuditEntry.objects.latest("pk")
    assert (last.before["status"], last.after["status"]) == ("review", "delivered")
    assert last.name.startswith("API: test (sbk_")
    assert OrderEvent.objects.filter(by=last.name).count() >= 4
