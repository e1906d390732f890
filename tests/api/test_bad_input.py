"""What strangers send: the right 4xx as problem details, in the reader's language, and nothing changed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from generation.services import MAX_ASSET_BYTES
from orders.api.problems import KINDS
from orders.models import AddOn, AuditEntry, OrderEvent, Product, SiteOrder
from tests.orders.factories import make_product, place

if TYPE_CHECKING:
    from pytest_django import Settings

    from .support import Api

pytestmark = pytest.mark.django_db
ONES = {"customer": {"name": "Mike"}}


def raw(api: Api, method: str, path: str, content: bytes, content_type: str = "application/json") -> Any:
    return api.client.generic(method, f"/api/site-orders{path}", content, content_type, headers=api.headers)


def fields(response: Any) -> dict[str, str]:
    return {each["field"]: each["code"] for each in response.json()["errors"]}


@pytest.mark.parametrize(
    "content",
    [
        b"{", b"", b"null", b"[]", b'"x"', b"\xff\xfe", b"{'a': 1}", b'{"product": 1, "product": 2}', b"[" * 100_000,
        b'{"a": ' * 40_000, b'{"product": ' + b"9" * 5000 + b"}", b"{} {}",
    ],
)  # fmt: skip
def test_a_body_that_is_no_json_object_is_refused(api: Api, content: bytes) -> None:
    refused = raw(api, "POST", "/", content)

    assert refused.status_code == 400
    assert refused.json()["code"] == ("malformed_body" if content else "invalid_request")
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert "Traceback" not in refused.content.decode()


def test_wrong_types_values_and_unknown_fields_are_named_each_at_its_place(api: Api) -> None:
    make_product()
    gone = Product.objects.create(name="Old", price=1, currency="USD", is_active=False)
    euros = AddOn.objects.create(name="Hosting", price=1, currency="EUR")

    refused = api.post(
        "/",
        {
            "customer": {"name": ["x"], "email": "no", "phone": "1" * 41, "locale": "xx", "rank": 1},
            "product": gone.pk,
            "add_ons": [0, "x", euros.pk],
            "theme": "none",
            "locale": "de",
            "site_url": "javascript:alert(1)",
            "notes": 7,
            "prize": 1,
        },
    )
    assert (refused.status_code, refused.json()["code"]) == (400, "invalid_request")
    assert fields(refused) == {"prize": "unknown"}
    refused = api.post(
        "/",
        {
            "customer": {"name": ["x"], "email": "no", "phone": "1" * 41, "locale": "xx"},
            "product": gone.pk, "add_ons": [0, "x", euros.pk], "theme": "none", "locale": "de",
            "site_url": "javascript:alert(1)", "notes": 7,
        },
    )  # fmt: skip
    assert fields(refused) == {
        "customer.name": "invalid", "customer.email": "invalid", "customer.phone": "max_length",
        "customer.locale": "invalid_choice", "product": "does_not_exist", "add_ons[0]": "does_not_exist",
        "add_ons[1]": "incorrect_type", "theme": "invalid_choice", "locale": "invalid_choice", "site_url": "invalid",
        "notes": "invalid",
    }  # fmt: skip
    assert all(each["message"] and each["remedy"] for each in refused.json()["errors"])
    product = Product.objects.filter(is_active=True).get().pk
    assert fields(api.post("/", {**ONES, "product": product, "add_ons": [euros.pk]})) == {"add_ons[0]": "currency"}
    assert fields(api.post("/", {"product": product})) == {"customer": "required"}
    assert fields(api.post("/", {"product": product, "customer": {}})) == {"customer.name": "required"}
    assert fields(api.post("/", {"product": product, "customer": {"id": 10**30}})) == {"customer.id": "does_not_exist"}
    assert not SiteOrder.objects.exists()


@pytest.mark.parametrize("text", ["a\x00b", "\ud800", "x" * 5001])
def test_text_that_cannot_be_kept_is_refused(api: Api, text: str) -> None:
    content = json.dumps({**ONES, "product": make_product().pk, "notes": text}).encode()
    assert fields(raw(api, "POST", "/", content)).keys() == {"notes"}


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=0", "limit"), ("limit=101", "limit"), ("limit=x", "limit"), ("limit=1e9", "limit"),
        ("statsu=paid", "statsu"), ("status=none", "status"), ("order=number", "order"), ("customer=-1", "customer"),
        ("customer=99999999999999999999", "customer"), ("created_after=yesterday", "created_after"),
        ("starting_after=none", "starting_after"), (f"starting_after={uuid4()}", "starting_after"),
        ("starting_after=%00", "starting_after"), ("search=%00", "search"), ("search=" + "x" * 201, "search"),
        (f"starting_after={uuid4()}&ending_before={uuid4()}", ""),
    ],
)  # fmt: skip
def test_a_query_that_cannot_be_answered_is_refused(api: Api, query: str, field: str) -> None:
    refused = api.client.get(f"/api/site-orders/?{query}", headers=api.headers)
    assert (refused.status_code, refused.json()["code"]) == (400, "invalid_request")
    assert list(fields(refused)) == [field]


def test_queries_of_the_parts_of_an_order_are_checked_too(api: Api) -> None:
    order = place()
    for path in ("logs?after=x", "logs?after=-1", "logs?limit=1000", "jobs?starting_after=1", "versions?limit=0",
                 "versions?starting_after=x", "deliverables?kind=x", "deliverables?version=0", "logs?aftr=1",
                 f"logs?after={2**63}"):  # fmt: skip
        refused = api.client.get(f"/api/site-orders/{order.pk}/{path}", headers=api.headers)
        assert (refused.status_code, refused.json()["code"]) == (400, "invalid_request"), path
    refused = api.get(f"/{order.pk}/events", Last_Event_ID="1; drop")
    assert (refused.status_code, list(fields(refused))) == (400, ["Last-Event-ID"])


def test_wrong_methods_and_content_types_are_refused(api: Api) -> None:
    order = place()
    for method in ("PUT", "DELETE", "OPTIONS", "TRACE", "PROPFIND"):
        refused = raw(api, method, "/", b"")
        assert (refused.status_code, refused.json()["code"]) == (405, "method_not_allowed"), method
        assert refused.headers["Allow"] == "GET, HEAD, POST"
    for content_type in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "x/y"):
        refused = raw(api, "POST", "/", b"a=b", content_type)
        assert (refused.status_code, refused.json()["code"]) == (415, "media_type_not_supported"), content_type
    assert raw(api, "POST", f"/{order.pk}/onboarding/photos", b"{}").status_code == 415


def test_bodies_over_the_limit_are_refused(api: Api, settings: Settings) -> None:
    assert raw(api, "POST", "/", b'{"notes": "' + b"x" * 256 * 1024 + b'"}').json()["code"] == "body_too_big"
    settings.MAX_BODY_BYTES = 100
    refused = raw(api, "POST", "/", b"{" + b" " * 200 + b"}")
    assert (refused.status_code, refused.json()["code"]) == (413, "body_too_big")


@pytest.mark.parametrize(
    "data", [b"", b"GIF89a", b"<svg/>", b"x" * (MAX_ASSET_BYTES + 1)], ids=["", "gif", "svg", "big"]
)
def test_a_file_that_is_no_picture_is_refused(api: Api, data: bytes) -> None:
    order = place()
    refused = api.upload(f"/{order.pk}/onboarding/photos", {"file": SimpleUploadedFile("a.jpg", data), "alt": "Van"})

    assert refused.json()["code"] == ("picture_refused" if data else "invalid_request")
    assert refused.status_code == (422 if data else 400)
    assert list(fields(refused)) == ["file"]
    assert not AuditEntry.objects.exists()


def test_a_broken_upload_is_refused(api: Api) -> None:
    order = place()
    for content in (b"", b"--x", b"--x\r\nContent-Disposition: form-data\r\n\r\n"):
        refused = raw(api, "POST", f"/{order.pk}/onboarding/photos", content, "multipart/form-data; boundary=x")
        assert refused.status_code == 400, content
    refused = raw(api, "POST", f"/{order.pk}/onboarding/photos", b"x", "multipart/form-data")
    assert (refused.status_code, refused.json()["code"]) == (400, "malformed_body")


def test_problems_speak_the_readers_language(api: Api) -> None:
    order = place()
    told = {
        language: api.post(f"/{order.pk}/approve", {}, Accept_Language=language).json()
        for language in ("en", "pt-BR", "es")
    }

    assert {problem["code"] for problem in told.values()} == {"nothing_to_approve"}
    assert len({problem["title"] for problem in told.values()}) == 3
    assert len({problem["remedy"] for problem in told.values()}) == 3


def test_addresses_at_which_there_is_nothing_are_told_as_problems() -> None:
    for path in ("/api/", "/api/x", "/api/site-orders/x/y", "/api/site-orders/public/", "/api/site-orders/%00"):
        for send in (Client().get, Client().post):
            answer = send(path)
            assert (answer.status_code, answer.json()["code"]) == (404, "not_found"), path


def test_a_database_that_is_away_is_told_with_when_to_come_again(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError

    def is_away(*_: object) -> None:
        raise OperationalError("connection to server at 10.0.0.7 failed")

    monkeypatch.setattr("orders.api.authentication.find_key", is_away)
    answer = api.get("/")
    assert (answer.status_code, answer.json()["code"]) == (503, "database_unavailable")
    assert answer.headers["Retry-After"] == "5"
    assert "10.0.0.7" not in answer.content.decode()


def test_every_problem_has_words_and_is_listed(client: Client) -> None:
    listed = client.get("/api/problems").json()["data"]
    assert {each["code"] for each in listed} == set(KINDS)
    assert all(each["title"] and each["remedy"] and each["status"] >= 400 for each in listed)


def test_nothing_of_all_this_leaves_a_trace(api: Api) -> None:
    order = place()
    before = OrderEvent.objects.count()
    for path in ("build", "approve", "revisions", "retry", "cancel", "reset-generation", "onboarding"):
        assert api.post(f"/{order.pk}/{path}", {"unknown": 1}).status_code == 400
    assert api.patch(f"/{order.pk}", {"status": "paid"}).status_code == 400
    assert api.patch(f"/{order.pk}", {"site_url": "ftp://x"}).status_code == 400
    assert OrderEvent.objects.count() == before
    assert not AuditEntry.objects.exists()
