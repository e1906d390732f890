"""The back office's pages of webhooks, payments and customers: who may, what is on record, and what is never shown."""

from __future__ import annotations

import json
import re
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from orders.models import AuditEntry, Customer, EventOutcome, Payment, StripeEvent, WebhookDelivery, WebhookEndpoint
from orders.webhooks.endpoints import add_endpoint, send_test
from tests.support.staff import staff

from .factories import build, make_answers, paid, place

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db
HOOKS = "/admin/orders/webhookendpoint/"
ALL_OF_HOOKS = ("orders.add_webhookendpoint", "orders.change_webhookendpoint", "orders.view_webhookendpoint",
                "orders.test_webhook", "orders.rotate_webhook_secret", "orders.view_webhookdelivery")  # fmt: skip


def _add(client: Client, **changes: object) -> str:
    given = {"name": "CRM", "url": "https://crm.example/hook", "events": ["order.*", "delivered"], **changes}
    answer = client.post(f"{HOOKS}add/", given)
    assert answer.status_code == 200
    return answer.content.decode()


def _secret(page: str) -> str:
    found = re.search(r">(whsec_[^<]+)</textarea>", page)
    assert found
    return found[1]


def test_a_webhook_is_added_and_its_secret_is_shown_once() -> None:
    client = staff(*ALL_OF_HOOKS)
    secret = _secret(_add(client))
    endpoint = WebhookEndpoint.objects.get()
    assert endpoint.events == ["order.*", "delivered"]
    for page in (HOOKS, f"{HOOKS}{endpoint.pk}/change/", f"{HOOKS}{endpoint.pk}/history/"):
        assert secret not in client.get(page).content.decode()
    answer = client.post(f"{HOOKS}{endpoint.pk}/secret/")
    assert "no-store" in answer["Cache-Control"]
    assert _secret(answer.content.decode()) != secret
    assert LogEntry.objects.filter(change_message__contains="New secret").count() == 1


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"url": "http://10.0.0.1/"}, "no public address"),
        ({"url": "ftp://example.com"}, "must begin with"),
        ({"url": "https://u:p@example.com"}, "user or password"),
        ({"events": []}, "Choose at least one event"),
        ({"events": ["everything"]}, "everything"),
        ({"name": ""}, "required"),
    ],
)
def test_a_webhook_that_is_not_in_order_is_not_added(wrong: dict[str, object], words: str) -> None:
    assert words in _add(staff(*ALL_OF_HOOKS), **wrong)
    assert WebhookEndpoint.objects.count() == 0


def test_switching_a_webhook_on_forgets_what_failed() -> None:
    endpoint, _key = add_endpoint(name="CRM", url="https://crm.example/hook", events=["delivered"])
    WebhookEndpoint.objects.update(is_active=False, failing_since=timezone.now(), switched_off_why="failed")
    form = {"name": "CRM", "url": endpoint.url, "events": ["delivered"], "is_active": "on"}
    assert staff(*ALL_OF_HOOKS).post(f"{HOOKS}{endpoint.pk}/change/", form).status_code == 302
    endpoint.refresh_from_db()
    assert (endpoint.is_active, endpoint.failing_since, endpoint.switched_off_why) == (True, None, "")


def test_a_test_is_sent_and_its_page_shows_it() -> None:
    client = staff(*ALL_OF_HOOKS)
    endpoint, _key = add_endpoint(name="CRM", url="https://crm.example/hook", events=["delivered"])
    answer = client.post(f"{HOOKS}{endpoint.pk}/test/", follow=True)
    assert "webhook.test" in answer.content.decode()
    assert WebhookDelivery.objects.get().requested_by == "Ana Lima"


def test_every_deed_needs_its_permission_and_is_a_post() -> None:
    endpoint, _key = add_endpoint(name="CRM", url="https://crm.example/hook", events=["delivered"])
    delivery = send_test(endpoint_id=endpoint.pk, by="x")
    customer = place().customer
    deeds = (
        f"{HOOKS}{endpoint.pk}/test/", f"{HOOKS}{endpoint.pk}/secret/",
        f"/admin/orders/webhookdelivery/{delivery.pk}/again/", "/admin/orders/stripeevent/evt_1/again/",
        f"/admin/orders/customer/{customer.pk}/export/", f"/admin/orders/customer/{customer.pk}/erase/",
    )  # fmt: skip
    looker = staff("orders.view_webhookendpoint", "orders.view_webhookdelivery", "orders.view_stripeevent",
                   "orders.view_customer", "orders.change_customer")  # fmt: skip
    before = WebhookEndpoint.objects.get().secret
    for deed in deeds:
        assert looker.post(deed, {"number": customer.pk}).status_code == 403, deed
    root = staff(is_superuser=True)
    assert [root.get(deed).status_code for deed in deeds if "customer" not in deed] == [405] * 4
    assert WebhookEndpoint.objects.get().secret == before
    assert WebhookDelivery.objects.count() == 1
    assert Customer.objects.get(pk=customer.pk).name == "Mike"


def test_an_event_of_stripes_is_shown_and_handled_again() -> None:
    StripeEvent.objects.create(
        pk="evt_1", type="charge.refunded", created=timezone.now(), outcome=EventOutcome.FAILED,
        payload={"id": "ch_1", "payment_intent": "pi_1"}, error="Traceback: out of order",
    )  # fmt: skip
    client = staff("orders.view_stripeevent", "orders.handle_stripeevent")
    page = client.get("/admin/orders/stripeevent/evt_1/change/").content.decode()
    assert "out of order" in page
    assert "Handle again" in page
    assert client.post("/admin/orders/stripeevent/evt_1/again/").status_code == 302
    event = StripeEvent.objects.get()
    assert (event.outcome, event.error) == (EventOutcome.WAITING, "")
    assert client.post("/admin/orders/stripeevent/nothing/again/").status_code == 404


def test_payments_with_refund_and_dispute_stand_on_the_orders_page() -> None:
    order = paid()
    now = timezone.now()
    Payment.objects.create(
        order=order, intent="pi_1", amount=399, currency="USD", refunded=100, refunded_at=now, disputed_at=now,
        dispute_reason="fraudulent", paid_at=now,
    )  # fmt: skip
    page = staff("orders.view_siteorder").get(f"/admin/orders/siteorder/{order.pk}/change/").content.decode()
    for words in ("399.00", "100.00", "fraudulent", "pi_1"):
        assert words in page


def test_an_export_is_announced_then_downloaded_and_on_record() -> None:
    order = place(make_answers())
    client = staff("orders.view_customer", "orders.export_customer")
    address = f"/admin/orders/customer/{order.customer_id}/export/"
    assert "Download the file" in client.get(address).content.decode()
    assert AuditEntry.objects.count() == 0
    answer = client.post(address)
    with ZipFile(BytesIO(b"".join(answer))) as packed:
        told = json.loads(packed.read("data.json"))
    assert told["orders"][0]["number"] == order.number
    assert AuditEntry.objects.get().name == "Ana Lima"
    assert LogEntry.objects.filter(change_message__contains="exported").count() == 1


def test_an_erasure_asks_for_the_number_first_and_is_on_record() -> None:
    order = place(make_answers())
    client = staff("orders.view_customer", "orders.erase_customer")
    address = f"/admin/orders/customer/{order.customer_id}/erase/"
    page = client.get(address).content.decode()
    assert "Mike" in page
    assert "These stay" in page
    assert "not the number" in client.post(address, {"number": "0"}).content.decode()
    assert Customer.objects.get().name == "Mike"
    assert client.post(address, {"number": str(order.customer_id)}).status_code == 302
    assert Customer.objects.get().name == "–"
    assert AuditEntry.objects.get(action="customer.erase").caller.startswith("user:")
    entry = LogEntry.objects.get()
    assert "Mike" not in f"{entry.object_repr} {entry.change_message}"


@pytest.mark.usefixtures("pipeline")
def test_an_erasure_is_refused_in_words_while_a_job_is_alive() -> None:
    order = paid(make_answers())
    build(order)
    client = staff("orders.view_customer", "orders.erase_customer")
    address = f"/admin/orders/customer/{order.customer_id}/erase/"
    page = client.get(address).content.decode()
    assert "A site is being made" in page
    assert "Erase for ever" not in page
    answer = client.post(address, {"number": str(order.customer_id)}, follow=True)
    assert "A site is being made" in answer.content.decode()
    assert Customer.objects.get().name == "Mike"
