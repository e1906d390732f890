"""Keys: made in the back office and shown once, good until they expire or are revoked, and noted when used."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.utils import timezone

from orders.api.keys import find_key, make_key, revoke_key
from orders.models import ApiKey, Scope
from tests.support.staff import staff

from .support import Api

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db

ADD = "/admin/orders/apikey/add/"
READS = ("orders.view_siteorder", "orders.view_onboarding")


def test_a_key_is_shown_once_and_only_its_hash_is_kept() -> None:
    browser = staff(is_superuser=True)
    page = browser.post(
        ADD, {"name": "Shop", "scope": "orders", "customer": "", "expires_at_0": "", "expires_at_1": ""}
    )

    secret = re.findall(r"sbk_[\w-]{43}", page.content.decode())[0]
    key = ApiKey.objects.get()
    assert "no-store" in page.headers["Cache-Control"]
    assert (key.name, key.scope, key.created_by and key.created_by.first_name) == ("Shop", "orders", "Ana")
    assert secret.startswith(key.prefix)
    assert secret not in str(ApiKey.objects.values())
    assert find_key(secret) == key
    for address in (f"/admin/orders/apikey/{key.pk}/change/", "/admin/orders/apikey/"):
        assert secret not in browser.get(address).content.decode()


def test_nobody_makes_a_key_that_may_do_more_than_they_may() -> None:
    browser = staff("orders.add_apikey", "orders.view_apikey", *READS)

    page = browser.get(ADD).content.decode()
    refused = browser.post(ADD, {"name": "x", "scope": "admin", "expires_at_0": "", "expires_at_1": ""})

    assert re.findall(r'<option value="(\w*)"', page.partition('id="id_scope"')[2].partition("</select>")[0]) == [
        "read"
    ]
    assert refused.status_code == 200
    assert not ApiKey.objects.exists()
    assert staff("orders.add_apikey").get(ADD).status_code == 403


def test_a_key_that_is_wrong_expired_or_revoked_opens_nothing() -> None:
    _key, good = make_key(name="a", scope=Scope.READ)
    _key, expired = make_key(name="b", scope=Scope.READ, expires_at=timezone.now() - timedelta(seconds=1))
    revoked, secret = make_key(name="c", scope=Scope.READ)
    assert revoke_key(key_id=revoked.pk)
    assert not revoke_key(key_id=revoked.pk)

    for wrong in (expired, secret, "sbk_none", "", "\udcff", good + "x", "é"):
        response = Api(Client(), {"Authorization": f"Bearer {wrong}"}).get("/")
        assert response.status_code == 401
        assert response.headers["WWW-Authenticate"].startswith("Bearer")
        assert response.json()["code"] == "key_not_valid"
    assert Api(Client(), {"Authorization": f"bearer {good}"}).get("/").status_code == 200
    assert Api(Client(), {"Authorization": f"Basic {good}"}).get("/").json()["code"] == "not_signed_in"


def test_use_is_noted_at_most_once_a_minute(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    key, secret = make_key(name="a", scope=Scope.READ)
    find_key(secret)
    first = ApiKey.objects.get().last_used_at
    assert first

    with django_assert_num_queries(1):
        find_key(secret)
    ApiKey.objects.filter(pk=key.pk).update(last_used_at=first - timedelta(minutes=2))
    find_key(secret)

    assert ApiKey.objects.get().last_used_at > first - timedelta(seconds=1)  # type: ignore[operator]


def test_keys_are_revoked_in_the_list_by_those_who_may() -> None:
    key, secret = make_key(name="a", scope=Scope.READ)
    chosen = {"action": "revoke", "_selected_action": [key.pk]}
    looks = staff("orders.view_apikey")
    looks.post("/admin/orders/apikey/", chosen)
    assert find_key(secret)

    staff("orders.view_apikey", "orders.revoke_apikey").post("/admin/orders/apikey/", chosen)

    assert find_key(secret) is None
    assert ApiKey.objects.get().revoked_at


def test_staff_need_the_csrf_token_to_change_something() -> None:
    browser = staff("orders.view_siteorder", "orders.add_siteorder")
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = browser.cookies

    assert strict.get("/api/site-orders/").status_code == 200
    refused = strict.post("/api/site-orders/", {}, "application/json")
    assert (refused.status_code, refused.json()["code"]) == (403, "csrf_failed")

    strict.get("/api/docs")
    token = strict.cookies["csrftoken"].value
    passed = strict.post("/api/site-orders/", {}, "application/json", headers={"X-CSRFToken": token})
    assert (passed.status_code, passed.json()["code"]) == (400, "invalid_request")


def test_a_session_that_is_not_of_staff_is_nobodys() -> None:
    assert staff(is_staff=False).get("/api/site-orders/").status_code == 401
