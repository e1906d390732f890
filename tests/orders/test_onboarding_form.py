"""The onboarding in the browser: the same rules as everywhere, each finding at its field, nothing stored by half."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from orders import services
from orders.models import Customer, Onboarding, Photo, SiteOrder, Status
from orders.onboarding_file import read_file
from orders.services import brief_of
from tests.support.forms import fields_of
from tests.support.images import encoded, forged_png, mark
from tests.support.staff import staff

from .factories import SAMPLES, facts, make_answers, make_product, paid, place

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def root() -> Client:
    return staff(is_superuser=True)


def address(order: SiteOrder) -> str:
    return reverse("admin:orders_siteorder_onboarding", args=[order.pk])


def opened(client: Client, order: SiteOrder) -> dict[str, Any]:
    page = LexborHTMLParser(client.get(address(order)).content.decode())
    return fields_of(page.css("form.shop-form")[-1])


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_saving_without_a_change_changes_no_fact(root: Client, sample: Path) -> None:
    order = paid(read_file(sample))
    before = brief_of(order)
    response = root.post(address(order), opened(root, order))
    assert response.status_code == 302, response.content.decode()
    assert brief_of(SiteOrder.objects.get(pk=order.pk)).model_dump() == before.model_dump()


def test_an_onboarding_is_filled_in_from_nothing(root: Client) -> None:
    order = paid()
    form = opened(root, order) | {
        "answers-business_name": "Burnet Road Plumbing", "answers-niche": "plumber", "answers-locale": "en",
        "answers-city": "Austin", "answers-phone": "(512) 555-0134", "answers-service_areas": "Austin\r\nRound Rock",
        "services-0-name": "Leak repair", "hours-0-days": ["mon", "tue"], "hours-0-opens": "08:00",
        "hours-0-closes": "17:30",
    }  # fmt: skip
    assert root.post(address(order), form).status_code == 302
    onboarding = Onboarding.objects.get(order=order)
    assert onboarding.completed_at
    assert onboarding.service_areas == ["Austin", "Round Rock"]
    assert [(row.days, f"{row.closes:%H:%M}") for row in onboarding.openinghours_rows.all()] == [
        (["mon", "tue"], "17:30")
    ]


def test_findings_stand_at_their_fields_and_nothing_is_stored(root: Client) -> None:
    order = paid(make_answers())
    form = opened(root, order) | {
        "answers-business_name": "", "answers-phone": "12", "answers-seo_title": "x" * 301,
        "services-1-name": "", "services-1-description": "Without a name",
    }  # fmt: skip
    html = root.post(address(order), form).content.decode()
    page = LexborHTMLParser(html)
    marked = {field.attributes["name"] for field in page.css(".wrong > input, .wrong > textarea")}
    assert marked == {"answers-business_name", "answers-phone", "answers-seo_title", "services-1-name"}
    assert "Nothing has been stored." in html
    assert "“12” is not a phone number" in html
    assert brief_of(SiteOrder.objects.get(pk=order.pk)).business_name == "Burnet Road Plumbing"


def test_what_is_wrong_with_a_whole_list_is_said_at_the_list(root: Client) -> None:
    order = paid(make_answers())
    span = {"hours-0-days": ["mon"], "hours-0-opens": "08:00", "hours-0-closes": "12:00"}
    other = {"hours-1-days": ["mon"], "hours-1-opens": "11:00", "hours-1-closes": "13:00"}
    html = root.post(address(order), opened(root, order) | span | other).content.decode()
    wrong = LexborHTMLParser(html).css_first("#hours .errorlist")
    assert wrong is not None
    assert "spans overlap" in wrong.text()


def test_two_people_at_one_onboarding_do_not_overwrite_each_other(root: Client) -> None:
    order = paid(make_answers())
    mine = opened(root, order)
    services.submit_onboarding(order_id=order.pk, answers=make_answers(description="Theirs"), by="Other")
    html = root.post(address(order), mine | {"answers-description": "Mine"}).content.decode()
    assert "The answers were changed at the same moment" in html
    assert "Mine" in html, "what was typed stays on the page"
    assert Onboarding.objects.get(order=order).description == "Theirs"


def test_save_and_generate(root: Client) -> None:
    order = paid(make_answers())
    root.post(address(order), opened(root, order) | {"generate": "1"})
    assert SiteOrder.objects.get(pk=order.pk).status == Status.BUILDING


def test_answering_needs_its_permission() -> None:
    order = paid(make_answers())
    assert staff("orders.view_siteorder").get(address(order)).status_code == 403
    assert staff("orders.change_onboarding").get(address(order)).status_code == 403
    assert staff("orders.view_siteorder", "orders.change_onboarding").get(address(order)).status_code == 200


# a file


def upload(content: bytes | str) -> SimpleUploadedFile:
    return SimpleUploadedFile("onboarding.json", content.encode() if isinstance(content, str) else content)


def test_a_file_is_imported(root: Client) -> None:
    order = paid()
    edits = order.onboarding.edits
    form = {"from_file": "1", "edits": edits, "file": upload(SAMPLES[0].read_bytes())}
    assert root.post(address(order), form).status_code == 302
    assert Onboarding.objects.get(order=order).business_name == read_file(SAMPLES[0]).business_name


def test_a_refused_file_says_all_that_is_wrong_and_stores_nothing(root: Client) -> None:
    order = paid()
    wrong = json.dumps(facts(phone="12", niche="baker", unknown=1))
    html = root.post(address(order), {"from_file": "1", "edits": 0, "file": upload(wrong)}).content.decode()
    for where in ("phone:", "niche:", "unknown:"):
        assert where in html
    assert Onboarding.objects.get(order=order).business_name == ""


# an order by hand


def entry(**changes: Any) -> dict[str, Any]:
    return {
        "name": "Mike", "email": "mike@example.com", "product": make_product().pk, "theme": "prisma", "locale": "",
        **changes,
    }  # fmt: skip


ADD = "admin:orders_siteorder_add"


def test_an_order_is_added_with_customer_product_and_file(root: Client) -> None:
    form = entry(is_paid="on", site_url="https://example.com", file=upload(SAMPLES[0].read_bytes()))
    response = root.post(reverse(ADD), form)
    order = SiteOrder.objects.get()
    assert response["Location"] == reverse("admin:orders_siteorder_change", args=[order.pk])
    assert (order.customer.name, order.status, order.site_url) == ("Mike", Status.PAID, "https://example.com")
    assert order.onboarding.completed_at
    assert order.events.filter(by="Ana Lima", moved_to=Status.PAID).exists()


def test_an_order_for_a_known_customer(root: Client) -> None:
    known = place().customer
    root.post(reverse(ADD), entry(name="", email="", customer=known.pk))
    assert SiteOrder.objects.filter(customer=known).count() == 2


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": ""}, "Choose a customer"),
        ({"site_url": "javascript:alert(1)"}, "is not a web address"),
        ({"theme": "none"}, "Select a valid choice"),
        ({"file": "{"}, "the file is not JSON"),
        ({"file": json.dumps(facts(niche="baker"))}, "niche:"),
    ],
)
def test_an_order_that_is_wrong_stores_nothing(root: Client, changes: dict[str, Any], said: str) -> None:
    if "file" in changes:
        changes = {"file": upload(changes["file"])}
    html = root.post(reverse(ADD), entry(**changes)).content.decode()
    assert said in html
    assert not SiteOrder.objects.exists()
    assert not Customer.objects.exists()


def test_adding_needs_its_permission() -> None:
    assert staff("orders.view_siteorder").get(reverse(ADD)).status_code == 403
    assert staff("orders.view_siteorder", "orders.add_siteorder").get(reverse(ADD)).status_code == 200


def pictures_of(order: SiteOrder) -> str:
    return reverse("admin:orders_siteorder_pictures", args=[order.pk])


def edits_of(order: SiteOrder) -> int:
    return Onboarding.objects.get(order=order).edits


def picture(data: bytes, name: str = "a.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="image/jpeg")


def test_pictures_are_added_seen_and_removed_on_the_page(root: Client) -> None:
    order = place(make_answers())
    given = {"picture": picture(encoded()), "alt": "A <b>tap</b>", "edits": edits_of(order)}
    assert root.post(pictures_of(order), given)["Location"] == address(order)

    [kept] = Photo.objects.filter(onboarding__order=order)
    page = LexborHTMLParser(root.get(address(order)).content.decode())
    [shown] = page.css("#pictures li")
    assert "A <b>tap</b>" in shown.text()
    seen = root.get(shown.css("img")[0].attributes["src"] or "")
    assert (seen["Content-Type"], seen.content[:2]) == ("image/jpeg", b"\xff\xd8")
    assert brief_of(order).photos[0].asset == kept.asset

    root.post(pictures_of(order), {"remove": kept.pk, "edits": edits_of(order)})
    assert not Photo.objects.filter(onboarding__order=order).exists()


def test_answers_that_are_being_written_can_be_saved_after_a_picture_was_added(root: Client) -> None:
    order = place(make_answers())
    sent = opened(root, order)
    given = {"picture": picture(mark(), "logo.png"), "alt": "Our mark", "is_logo": "on", "edits": edits_of(order)}
    part = root.post(pictures_of(order), given, headers={"HX-Request": "true"}).content.decode()
    edits = LexborHTMLParser(part).css("#edits-of-answers")[0].attributes["value"]

    root.post(address(order), {**sent, "edits": edits, "answers-tone": "premium"})
    onboarding = Onboarding.objects.get(order=order)
    assert (onboarding.tone, brief_of(order).logo.alt) == ("premium", "Our mark")  # type: ignore[union-attr]


@pytest.mark.parametrize("as_part", [True, False])
@pytest.mark.parametrize(
    ("data", "alt", "said"),
    [
        (b"#!/bin/sh", "A tap", "not a picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "A tap", "not a picture"),
        (forged_png(30_000, 30_000), "A tap", "too many pixels"),
        (encoded()[:900], "A tap", "damaged"),
        (encoded(), "", "required"),
        (encoded(), "<b></b>", "nothing that can be printed"),
    ],
)
def test_a_picture_that_cannot_be_used_is_refused_with_a_word_why(
    root: Client, data: bytes, alt: str, said: str, as_part: bool
) -> None:
    order = place(make_answers())
    given = {"picture": picture(data), "alt": alt, "edits": edits_of(order)}
    if as_part:
        page = root.post(pictures_of(order), given, headers={"HX-Request": "true"})
    else:
        page = root.post(pictures_of(order), given, follow=True)
    assert said in page.content.decode()
    assert not Photo.objects.exists()


def test_a_picture_from_an_outdated_page_changes_nothing(root: Client) -> None:
    order = place(make_answers())
    given = {"picture": picture(encoded()), "alt": "A tap", "edits": edits_of(order) + 1}
    assert "changed at the same moment" in root.post(pictures_of(order), given, follow=True).content.decode()
    for wrong in ({"remove": 999, "edits": edits_of(order)}, {"remove": "x"}):
        assert 'class="error"' in root.post(pictures_of(order), wrong, follow=True).content.decode()
    assert not Photo.objects.exists()


def test_pictures_need_the_permission_of_answers() -> None:
    order = place(make_answers())
    reader = staff("orders.view_siteorder")
    assert reader.post(pictures_of(order), {"remove": 1, "edits": 0}).status_code == 403
    assert reader.get(f"{pictures_of(order)}1/").status_code == 404


def test_where_nothing_is_sold_the_page_leads_to_the_products(root: Client) -> None:
    page = root.get(reverse("admin:orders_siteorder_add")).content.decode()
    assert reverse("admin:orders_product_add") in (LexborHTMLParser(page).css("#id_product_helptext")[0].html or "")
