"""The back office's own pages: what needs a hand, whose shop it is, and what pages may load."""

from __future__ import annotations

import re

import pytest
from coloraide import Color
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from orders.agency import text_on
from orders.models import Agency
from tests.orders.factories import build, make_answers, paid, place
from tests.support.images import mark
from tests.support.staff import staff

pytestmark = pytest.mark.django_db(transaction=True)


def home(client: Client) -> str:
    return client.get(reverse("admin:index")).content.decode()


def piles(client: Client) -> dict[str, int]:
    found = re.findall(r'<span class="count">(\d+)</span> ([^<]+)</a>', home(client))
    return {label: int(count) for count, label in found}


def test_the_home_page_counts_what_needs_a_hand() -> None:
    root = staff(is_superuser=True)
    place(), place()
    ready = paid(make_answers())
    build(paid(make_answers()))
    assert piles(root) == {
        "Needs attention": 0,
        "In review": 0,
        "Paid": 1,
        "Waiting for the onboarding": 0,
        "Waiting for payment": 2,
        "Jobs under way": 1,
    }
    assert reverse("admin:orders_siteorder_change", args=[ready.pk]) in home(root)


@pytest.mark.parametrize("label", ["Paid", "Jobs under way"])
def test_a_pile_leads_to_its_list(label: str) -> None:
    root = staff(is_superuser=True)
    order = paid(make_answers())
    if label != "Paid":
        build(order)
    place()
    address = re.findall(rf'<a href="([^"]+)"><span class="count">1</span> {label}', home(root))[0]
    page = root.get(address.replace("&amp;", "&"))
    assert page.status_code == 200
    assert page.content.decode().count('class="action-select"') <= 1
    assert "Burnet Road Plumbing" in page.content.decode()


def test_who_may_not_see_orders_is_shown_no_pile() -> None:
    assert piles(staff()) == {}
    assert set(piles(staff("generation.view_generationjob"))) == {"Jobs under way"}


def test_pages_bear_the_agencys_name_and_colour() -> None:
    assert "Site builder" in Client().get(reverse("admin:login")).content.decode()
    assert Client().get(reverse("agency_stylesheet")).content == b""
    Agency.objects.create(name="Norte & Sul", colour="#7a2f4b")
    page = Client().get(reverse("admin:login")).content.decode()
    assert "Norte &amp; Sul" in page
    assert "Site builder" not in page
    assert b"--agency: #7a2f4b; --on-agency: #ffffff;" in Client().get(reverse("agency_stylesheet")).content


def test_the_agencys_logo_stands_on_the_shops_pages_until_it_is_taken_away() -> None:
    root = staff(is_superuser=True)
    address = reverse("admin:orders_agency_add")
    given = {"name": "Norte & Sul", "time_zone": "UTC", "currency": "USD", "default_locale": "en"}
    refused = root.post(address, {**given, "new_logo": SimpleUploadedFile("logo.png", b"<svg/>")})
    assert "not a picture" in refused.content.decode()
    assert not Agency.objects.exists()

    root.post(address, {**given, "new_logo": SimpleUploadedFile("logo.png", mark())})
    page = LexborHTMLParser(Client().get(reverse("admin:login")).content.decode())
    source = page.css(".agency-logo")[0].attributes["src"] or ""
    shown = Client().get(source)
    assert (shown["Content-Type"], shown.content[:4]) == ("image/png", b"\x89PNG")
    assert Client().get(reverse("agency_logo", args=["0" * 64])).status_code == 404

    change = reverse("admin:orders_agency_change", args=[1])
    root.post(change, {**given, "name": "Norte"})
    assert Agency.objects.get().logo_asset is not None, "saving other things keeps it"
    root.post(change, {**given, "drop_logo": "on"})
    assert Agency.objects.get().logo is None
    assert Client().get(source).status_code == 404


@pytest.mark.parametrize(
    "colour",
    [
        f"#{red}{green}{blue}"
        for red in ("00", "6f", "ff")
        for green in ("00", "77", "ff")
        for blue in ("00", "7b", "ff")
    ],
)
def test_text_on_the_agencys_colour_can_be_read(colour: str) -> None:
    assert Color(colour).contrast(text_on(colour)) >= 4.5


def test_pages_may_load_what_is_served_here_and_run_nothing_inline() -> None:
    root = staff(is_superuser=True)
    order = place(make_answers())
    for address in (
        reverse("admin:index"),
        reverse("admin:orders_siteorder_change", args=[order.pk]),
        reverse("admin:orders_siteorder_onboarding", args=[order.pk]),
        reverse("admin:orders_siteorder_add"),
    ):
        response = root.get(address)
        policy = response["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        html = response.content.decode()
        assert " style=" not in html
        assert "<style" not in html
        assert not re.search(r"<script(?![^>]*\bsrc=)", html)
        assert not re.search(r"\son\w+=", html)


def test_only_the_queues_pages_may_run_inline_script(broker: object) -> None:
    response = staff("django_rq.admin").get(reverse("admin:django_rq_home"))
    assert response.status_code == 200
    policy = response["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-inline'" in policy
    assert "default-src 'none'" in policy


def test_what_cannot_be_answered_is_said_on_a_page_of_our_own() -> None:
    order = place(make_answers())
    send_back = reverse("admin:orders_siteorder_do", args=[order.pk, "send_back"])
    for page, status, said in (
        (staff(is_superuser=True).post(send_back, {"note": "x" * 3_000_000}), 400, "What was sent is too long"),
        (staff("orders.view_siteorder").post(send_back), 403, "Your login may not do this"),
        (Client().get("/nowhere/"), 404, "There is no page here"),
    ):
        assert page.status_code == status
        assert said in page.content.decode()
