"""Orders through the API: placed, listed, read, amended, moved, built and decided."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from generation import dispatch
from generation.models import GenerationJob
from generation.services import known_themes
from orders.models import AddOn, AuditEntry, Customer, OrderEvent, Product, Scope, SiteOrder
from orders.throttles import counter
from tests.orders.factories import build, facts, make_answers, make_product, paid, place, reviewed, run

from .support import Api

if TYPE_CHECKING:
    from redis import Redis

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
        "order.place", "order.status", "onboarding.answer", "order.build", "order.approve",
    ]  # fmt: skip
    last = AuditEntry.objects.latest("pk")
    assert (last.before["status"], last.after["status"]) == ("review", "delivered")
    assert last.name.startswith("API: test (sbk_")
    assert OrderEvent.objects.filter(by=last.name).count() >= 4


def test_lists_go_forth_and_back_by_cursors_in_every_order(api: Api) -> None:
    product = make_product()
    orders = [place(product=product) for _number in range(7)]
    for days, order in zip((3, 1, None, 2, None, 1, None), orders, strict=True):
        due = days and timezone.now() + timedelta(days=days)
        SiteOrder.objects.filter(pk=order.pk).update(due_at=due and due.replace(microsecond=0, second=0, minute=0))

    for sort in ("-created", "created", "due", "-due"):
        whole = [each["number"] for each in api.get("/", {"order": sort}).json()["data"]]
        assert len(whole) == 7
        forth, pages, query = [], [], {"order": sort, "limit": "2"}
        while True:
            told = api.get("/", query).json()
            pages.append(told["data"])
            forth += [each["number"] for each in told["data"]]
            if not told["has_more"]:
                break
            query["starting_after"] = told["data"][-1]["id"]
        assert forth == whole, sort
        back = api.get("/", {"order": sort, "limit": "2", "ending_before": pages[2][0]["id"]}).json()
        assert back["data"] == pages[1], sort
        assert back["has_more"] is True
        first = api.get("/", {"order": sort, "limit": "3", "ending_before": pages[1][0]["id"]}).json()
        assert (first["data"], first["has_more"]) == (pages[0], False)
    assert [each["due_at"] is None for each in api.get("/", {"order": "-due"}).json()["data"]] == 4 * [False] + 3 * [
        True
    ]


def test_lists_are_narrowed_and_searched(api: Api) -> None:
    mine, other = place(), paid(make_answers(business_name="Zwei Brücken"))
    Customer.objects.update(name="Mike Reed")

    def found(**query: str) -> list[int]:
        return [each["number"] for each in api.get("/", query).json()["data"]]

    assert found(status="pending_payment") == [mine.number]
    assert found(search="brücken") == [other.number]
    assert found(search=f"#{mine.number}") == [mine.number]
    assert found(search="mike@example") == [other.number, mine.number]
    assert found(customer_email="MIKE@example.com", product=str(mine.product_id)) == [mine.number]
    assert found(created_after="2100-01-01T00:00:00Z") == []
    query = f"status={other.status}&status=pending_payment"
    two = api.client.get(f"/api/site-orders/?{query}", headers=api.headers).json()["data"]
    assert [each["number"] for each in two] == [other.number, mine.number]


def test_a_search_finds_any_part_of_a_name_however_short_and_odd(api: Api) -> None:
    mine = place()
    Customer.objects.update(name="Zoë O'Neill 50%_off", email="zoe@example.com")
    other = place(make_answers(business_name="Padaria São João"))
    SiteOrder.objects.filter(pk=other.pk).update(customer=Customer.objects.create(name="Ana", email="ANA@example.org"))

    def found(**query: str) -> list[int]:
        return [each["number"] for each in api.get("/", query).json()["data"]]

    for text in ("zoë", "o'ne", "eill", "%_o", "50%", "e@ex", "Zo", "z"):
        assert found(search=text) == [mine.number], text
    for text in ("são", "João", "PADARIA", "ana", "example.org", "jo"):
        assert found(search=text) == [other.number], text
    for text in ("zzz", "\\", "%%%", "999999999", "9" * 200):
        assert found(search=text) == [], text
    assert found(customer_email="ana@EXAMPLE.org") == [other.number]
    assert found(customer_email="nobody@example.org") == []


def test_an_address_in_other_capitals_is_the_same_customer(api: Api) -> None:
    one = api.post("/", {"customer": {"name": "Ana", "email": "ana@example.com"}, "product": make_product().pk})
    two = api.post("/", {"customer": {"name": "Ana P.", "email": "ANA@Example.com"}, "product": make_product().pk})
    assert (one.status_code, two.status_code) == (201, 201)
    assert two.json()["customer"] == one.json()["customer"]
    assert api.get(f"/{two.json()['id']}").json() == two.json() | {"why_not_running": None}


def test_statements_of_a_list_do_not_grow_with_it(api: Api, pipeline: object, broker: Redis) -> None:
    reviewed()
    api.get("/")
    with CaptureQueriesContext(connection) as few:
        api.get("/")
    for _number in range(4):
        place(product=Product.objects.first())
    with CaptureQueriesContext(connection) as more:
        assert len(api.get("/").json()["data"]) == 5
    assert len(more) == len(few) <= 5


def test_an_order_that_is_amended_keeps_what_was_not_given(api: Api) -> None:
    order = place(notes="Old", site_url="https://old.example.com")

    told = api.patch(f"/{order.pk}", {"site_url": "https://new.example.com", "due_at": "2027-05-03T10:00:00Z"}).json()

    assert (told["site_url"], told["notes"], told["due_at"]) == (
        "https://new.example.com", "Old", "2027-05-03T10:00:00Z",
    )  # fmt: skip
    entry = AuditEntry.objects.get()
    assert entry.before == {"site_url": "https://old.example.com", "due_at": None}
    assert entry.after["site_url"] == "https://new.example.com"
    api.patch(f"/{order.pk}", {"site_url": "https://new.example.com"})
    assert AuditEntry.objects.count() == 1  # nothing changed, nothing to tell
    api.patch(f"/{order.pk}", {"notes": "New"})
    noted = AuditEntry.objects.latest("pk")
    assert noted.before["notes"] != noted.after["notes"]
    assert "New" not in str(noted.after)


def test_a_narrowed_list_goes_on_where_its_last_one_has_left_it(api: Api) -> None:
    first, second = place(), place(product=Product.objects.first())
    unpaid = {"status": "pending_payment", "limit": 1, "order": "created"}
    assert [each["id"] for each in api.get("/", unpaid).json()["data"]] == [str(first.pk)]

    api.patch(f"/{first.pk}/status", {"status": "cancelled"})

    rest = api.get("/", {**unpaid, "starting_after": str(first.pk)})
    assert [each["id"] for each in rest.json()["data"]] == [str(second.pk)]


def test_versions_go_on_by_their_numbers(api: Api, broker: Redis, pipeline: object) -> None:
    order = reviewed()

    assert api.get(f"/{order.pk}/versions", {"ending_before": 1}).json()["data"] == []
    assert api.get(f"/{order.pk}/versions", {"starting_after": 1}).json()["data"] == []
    refused = api.get(f"/{order.pk}/versions", {"starting_after": 2}).json()
    assert [error["field"] for error in refused["errors"]] == ["starting_after"]


def test_what_is_in_work_can_only_be_cancelled(api: Api, broker: Redis, pipeline: object) -> None:
    order = paid(make_answers())
    build(order)
    for status in ("building", "generating"):
        SiteOrder.objects.filter(pk=order.pk).update(status=status)
        assert api.get(f"/{order.pk}").json()["allowed_moves"] == ["cancelled"]
        assert api.patch(f"/{order.pk}/status", {"status": "building"}).json()["allowed"] == ["cancelled"]


def test_an_unlawful_move_is_refused_and_names_the_lawful_ones(api: Api) -> None:
    order = place()

    for to in ("delivered", "generating", "review", "building", "failed", "onboarding_pending"):
        refused = api.patch(f"/{order.pk}/status", {"status": to})
        assert refused.status_code == 409, to
        problem = refused.json()
        assert (problem["code"], problem["status_now"], problem["allowed"]) == (
            "move_refused", "pending_payment", ["paid", "cancelled"],
        )  # fmt: skip
        assert refused.headers["Content-Type"] == "application/problem+json"
    order.refresh_from_db()
    assert order.status == "pending_payment"
    assert not AuditEntry.objects.exists()


def test_a_cancelled_order_takes_its_job_with_it(api: Api, broker: Redis, pipeline: object) -> None:
    order = paid(make_answers())
    build(order)

    told = api.patch(f"/{order.pk}/status", {"status": "cancelled", "reason": "Closed down"}).json()

    assert (told["status"], told["reason"], told["job"]["status"]) == ("cancelled", "Closed down", "cancelled")
    assert told["allowed_moves"] == []


def test_a_job_is_cancelled_retried_and_reset(api: Api, broker: Redis, pipeline: object) -> None:
    order = paid(make_answers())
    one = f"/{order.pk}"
    assert api.post(f"{one}/retry").json()["code"] == "no_job"
    assert api.post(f"{one}/cancel").json()["code"] == "no_job"
    job = build(order)

    cancelled = api.post(f"{one}/cancel", {"reason": "Wait"}).json()
    assert (cancelled["status"], cancelled["job"]["status"]) == ("failed", "cancelled")
    retried = api.post(f"{one}/retry")
    assert retried.status_code == 202, retried.json()
    assert retried.json()["job"]["status"] == "queued"
    assert retried.json()["job"]["id"] != str(job.pk)

    run(GenerationJob.objects.get(pk=retried.json()["job"]["id"]))
    assert api.post(f"{one}/retry").json()["code"] == "not_retriable"
    assert api.post(f"{one}/build").json()["code"] == "unchanged"
    reset = api.post(f"{one}/reset-generation", {"reason": "Stiff words"})
    assert (reset.status_code, reset.json()["status"], reset.json()["job"]["kind"]) == (202, "building", "reset")
    assert api.post(f"{one}/reset-generation", {}).json()["errors"][0]["field"] == "reason"
    assert [each["kind"] for each in api.get(f"{one}/jobs").json()["data"]] == ["reset", "build", "build"]


def test_what_was_made_is_handed_out_with_links_that_expire(api: Api, broker: Redis, pipeline: object) -> None:
    order = reviewed()

    versions = api.get(f"/{order.pk}/versions").json()["data"]
    made = {each["kind"]: each for each in api.get(f"/{order.pk}/deliverables").json()["data"]}

    assert [(each["number"], each["state"]) for each in versions] == [(1, "draft")]
    preview, zipped = urlsplit(versions[0]["preview_url"]).path, urlsplit(versions[0]["zip_url"]).path
    assert Client().get(preview).content == b"<!doctype html>"
    assert Client().get(zipped).headers["Content-Type"] == "application/zip"
    assert made["brief"]["content"]["business_name"] == "Burnet Road Plumbing"
    assert made["site"]["preview_url"] == versions[0]["preview_url"]
    assert [each["kind"] for each in api.get(f"/{order.pk}/deliverables", {"kind": "report"}).json()["data"]] == [
        "report"
    ]
    assert api.get(f"/{order.pk}/deliverables", {"version": 7}).status_code == 404
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        assert Client().get(preview).status_code == 410
        assert Client().get(zipped).status_code == 410
    assert Client().get(preview.replace("-", "-9", 1)).status_code == 404


def test_the_log_is_read_on_from_where_one_was(api: Api, broker: Redis, pipeline: object) -> None:
    order = reviewed()

    lines = api.get(f"/{order.pk}/logs").json()["data"]
    rest = api.get(f"/{order.pk}/logs", {"after": lines[0]["id"], "limit": 1}).json()

    assert len(lines) > 2
    assert rest["data"] == [lines[1]]
    assert rest["has_more"] is True
    assert api.get(f"/{order.pk}/logs", {"after": lines[-1]["id"]}).json()["data"] == []


def test_an_order_that_has_not_changed_is_not_sent_again(api: Api) -> None:
    order = place()
    first = api.get(f"/{order.pk}")

    again = api.get(f"/{order.pk}", If_None_Match=first.headers["ETag"])
    paid_now = api.patch(f"/{order.pk}/status", {"status": "paid"})
    changed = api.get(f"/{order.pk}", If_None_Match=first.headers["ETag"])

    assert (again.status_code, again.content) == (304, b"")
    assert {"RateLimit", "RateLimit-Policy", "ETag"} <= again.headers.keys()
    assert paid_now.status_code == changed.status_code == 200


def test_orders_are_sent_back_by_customer_and_by_staff(api: Api, broker: Redis, pipeline: object) -> None:
    order = reviewed()
    seen = api.get(f"/{order.pk}").json()["seen"]
    shop = Api.with_key(Scope.ORDERS)

    told = shop.post(f"/{order.pk}/revisions", {"note": "Warmer", "seen": seen})
    assert told.status_code == 201, told.content
    assert (told.json()["revisions"]["used"], told.json()["onboarding"]["open"]) == (1, True)
    assert shop.post(f"/{order.pk}/approve", {"seen": seen}).json()["code"] == "outdated"
    assert shop.post(f"/{order.pk}/revisions", {"note": "x", "party": "staff"}).status_code == 403
    assert api.post(f"/{order.pk}/revisions", {"note": "x", "party": "staff"}).json()["revisions"]["used"] == 1


def test_the_shop_tells_what_it_sells_and_how_it_stands(api: Api, broker: Redis, pipeline: object) -> None:
    make_product(is_active=False)
    reviewed()
    stuck = paid(make_answers())

    stats = api.get("/stats").json()
    assert (stats["orders"], stats["by_status"]["review"], stats["jobs_by_status"]) == (2, 1, {"succeeded": 1})
    assert len(api.get("/products").json()["data"]) == 2
    assert api.get("/addons").json()["data"] == []
    assert [each["name"] for each in api.get("/templates").json()["data"]] == list(known_themes())
    empty = api.get("/check-empty-generations").json()["data"]
    assert [(each["number"], bool(each["why"])) for each in empty] == [
        (SiteOrder.objects.get(status="review").number, True)
    ]

    started = api.post("/auto-start-stuck-orders").json()
    assert (started["started"], started["orders"]) == (1, [str(stuck.pk)])
    assert api.post("/reset-empty-generations").json()["started"] == 1
    assert [entry.after for entry in AuditEntry.objects.order_by("pk")] == [{"started": 1, "skipped": 0}] * 2


def test_each_address_works_with_and_without_a_slash(api: Api) -> None:
    order = place()
    for path in ("", "/", f"/{order.pk}", f"/{order.pk}/", f"/{order.pk}/logs/", "/stats", "/stats/"):
        assert api.get(path).status_code == 200, path


def test_a_broker_that_is_away_is_not_the_callers_error(api: Api, settings: Any) -> None:
    settings.BROKER_URL = "unix:///nowhere/broker.sock"
    dispatch._broker.cache_clear()
    counter.cache_clear()
    order = paid(make_answers())

    key = {"Idempotency-Key": "one"}
    built = api.post(f"/{order.pk}/build", **key)

    assert (built.status_code, built.json()["job"]["status"]) == (202, "queued")
    assert api.post(f"/{order.pk}/build", **key).json() == built.json()
    for told in (built.json(), api.get(f"/{order.pk}").json()):
        assert told["why_not_running"]["code"] == "broker_unreachable"
        assert told["why_not_running"]["remedy"]


def test_an_order_that_is_not_there_is_not_found(api: Api) -> None:
    for path in (f"/{uuid4()}", f"/{uuid4()}/events", f"/{uuid4()}/versions", "/none", "/none/none"):
        assert api.get(path).json()["code"] == "not_found"
    assert api.post(f"/{uuid4()}/build").json()["code"] == "not_found"
