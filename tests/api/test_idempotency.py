"""The same POST twice is done once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from orders.api import idempotency
from orders.models import AuditEntry, Customer, KeptAnswer, Product, Scope, SiteOrder
from tests.orders.factories import make_product, place, reviewed
from tests.support.images import encoded

from .support import Api

if TYPE_CHECKING:
    from redis import Redis

pytestmark = pytest.mark.django_db


def body(**changes: Any) -> dict[str, Any]:
    return {"customer": {"name": "Mike", "email": "mike@example.com"}, "product": _product().pk, **changes}


def _product() -> Product:
    return Product.objects.first() or make_product()


def test_the_same_key_and_body_give_the_same_answer(api: Api) -> None:
    first = api.post("/", body(), Idempotency_Key="a-1")
    again = api.post("/", dict(reversed(body().items())), Idempotency_Key="a-1")

    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert (first.headers.get("Idempotent-Replayed"), again.headers["Idempotent-Replayed"]) == (None, "true")
    assert SiteOrder.objects.count() == AuditEntry.objects.count() == Customer.objects.count() == 1
    assert api.post("/", body()).json()["id"] != first.json()["id"]


def test_another_body_address_or_method_with_the_key_is_refused(api: Api) -> None:
    order = place(product=_product())
    api.post("/", body(), Idempotency_Key="a-1")

    for refused in (
        api.post("/", body(notes="x"), Idempotency_Key="a-1"),
        api.post(f"/{order.pk}/build", {}, Idempotency_Key="a-1"),
    ):
        assert (refused.status_code, refused.json()["code"]) == (422, "idempotency_key_reused")
    assert SiteOrder.objects.count() == 2


def test_each_caller_has_keys_of_their_own(api: Api) -> None:
    first = api.post("/", body(), Idempotency_Key="a-1").json()
    assert Api.with_key(Scope.ORDERS).post("/", body(), Idempotency_Key="a-1").json()["id"] != first["id"]


def test_a_refusal_is_the_same_again_though_things_have_changed(api: Api) -> None:
    order = place()
    refused = api.post(f"/{order.pk}/approve", {}, Idempotency_Key="a-1")
    assert refused.json()["code"] == "nothing_to_approve"
    SiteOrder.objects.update(status="delivered")

    again = api.post(f"/{order.pk}/approve", {}, Idempotency_Key="a-1")

    assert again.json() == refused.json()
    assert again.headers["Content-Type"] == "application/problem+json"
    assert again.status_code == refused.status_code


def test_after_a_day_the_key_is_free_again(api: Api) -> None:
    first = api.post("/", body(), Idempotency_Key="a-1").json()
    with time_machine.travel(timezone.now() + timedelta(hours=24, minutes=1)):
        assert api.post("/", body(), Idempotency_Key="b").status_code == 201
        assert list(KeptAnswer.objects.values_list("key", flat=True)) == ["b"]
        assert api.post("/", body(), Idempotency_Key="a-1").json()["id"] != first["id"]


def test_a_first_try_that_crashed_locks_the_key_for_half_a_minute_and_no_longer(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its process was killed: what it leaves is a row that is not answered."""
    monkeypatch.setattr(idempotency, "WAIT_SECONDS", 0.2)
    api.post("/", body(), Idempotency_Key="a-1")
    SiteOrder.objects.all().delete()
    KeptAnswer.objects.update(status=None, body="")

    early = api.post("/", body(), Idempotency_Key="a-1")
    assert (early.status_code, early.json()["code"]) == (409, "idempotency_key_in_use")
    assert early.headers["Retry-After"] == "1"

    KeptAnswer.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert api.post("/", body(), Idempotency_Key="a-1").status_code == 201
    assert SiteOrder.objects.count() == 1


def test_a_defect_is_not_kept(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(**_options: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as broken:
        broken.setattr("orders.services.place_order", fails)
        failed = api.post("/", body(), Idempotency_Key="a-1")
    assert (failed.status_code, failed.json()["code"]) == (500, "internal_error")
    assert "ZeroDivision" not in failed.content.decode()
    assert not KeptAnswer.objects.exists()
    assert not Customer.objects.exists()  # nothing by half
    assert api.post("/", body(), Idempotency_Key="a-1").status_code == 201


@pytest.mark.parametrize("key", ["", " ", "x" * 256, "ü", "a\tb"])
def test_a_key_that_cannot_be_used_is_refused(api: Api, key: str) -> None:
    refused = api.post("/", body(), Idempotency_Key=key)
    assert (refused.status_code, refused.json()["code"]) == (400, "idempotency_key_invalid")
    assert not SiteOrder.objects.exists()


def test_uploads_are_told_apart_by_their_content(api: Api) -> None:
    order = place()
    path = f"/{order.pk}/onboarding/photos"

    def add(data: bytes) -> Any:
        from django.core.files.uploadedfile import SimpleUploadedFile

        return api.upload(path, {"file": SimpleUploadedFile("a.jpg", data), "alt": "Van"}, Idempotency_Key="a-1")

    first = add(encoded())
    assert first.status_code == 201, first.content
    assert add(encoded()).json() == first.json()
    assert add(encoded(quality=30)).json()["code"] == "idempotency_key_reused"


def test_work_that_was_taken_over_leaves_nothing(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    from orders import services

    place_order = services.place_order

    def is_slow(**given: Any) -> SiteOrder:
        KeptAnswer.objects.update(lease=uuid4())  # somebody else has it now
        return place_order(**given)

    monkeypatch.setattr(services, "place_order", is_slow)
    late = api.post("/", body(), Idempotency_Key="a-1")

    assert (late.status_code, late.json()["code"]) == (409, "idempotency_key_in_use")
    assert late.headers["Retry-After"] == "1"
    assert not SiteOrder.objects.exists()


def test_every_post_is_done_once(api: Api, broker: Redis, pipeline: object) -> None:
    """The answers of two are equal, the second a replay, for each POST of a caller; Stripe's events have ids."""
    from .test_rights import operations

    order = reviewed()
    posts = [each for each in operations() if each.method == "post" and "webhook" not in each.route]
    assert len(posts) >= 13
    for number, operation in enumerate(posts):
        upload = "photos" in operation.route
        content: dict[str, Any] = {"data": {}} if upload else {"data": "{}", "content_type": "application/json"}
        path, key = operation.path(order), {**api.headers, "Idempotency-Key": f"k-{number}"}
        first, again = (api.client.post(path, headers=key, **content) for _time in range(2))
        assert again.content == first.content, operation.route
        is_set_up = first.status_code != 409 or first.json()["code"] != "payments_not_set_up"
        if is_set_up and not upload:  # a wrong picture, or a shop without payments, is found before anything is claimed
            assert again.headers.get("Idempotent-Replayed") == "true", operation.route
