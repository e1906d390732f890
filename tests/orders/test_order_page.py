"""The page of an order: what it offers, what its buttons do, and what they refuse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from generation.models import GenerationJob, SiteVersion, VersionState
from orders import services
from orders.decisions import NOTE_LETTERS
from orders.models import OrderEvent, SiteOrder, Status
from tests.support.staff import staff

from .factories import build, make_answers, paid, place, reviewed, run

if TYPE_CHECKING:
    from django.test import Client

    from tests.generation.conftest import TinyPipeline

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def root() -> Client:
    return staff(is_superuser=True)


def now(order: SiteOrder) -> SiteOrder:
    return SiteOrder.objects.select_related("onboarding").get(pk=order.pk)


def page(client: Client, order: SiteOrder, query: str = "") -> str:
    response = client.get(reverse("admin:orders_siteorder_change", args=[order.pk]) + query)
    assert response.status_code == 200
    return response.content.decode()


def press(client: Client, order: SiteOrder, name: str, **form: object) -> tuple[str, str]:
    """Press a button; returns where it leads, and what is said."""
    response = client.post(reverse("admin:orders_siteorder_do", args=[order.pk, name]), form)
    assert response.status_code == 302
    return response["Location"], "; ".join(str(message) for message in get_messages(response.wsgi_request))


def shown(order: SiteOrder) -> dict[str, object]:
    """What a page that is open now carries in its forms."""
    version = SiteVersion.objects.filter(subject=order.pk).order_by("-number").first()
    return {"version": version.number if version else 0, "edits": now(order).onboarding.edits}


# the buttons


@pytest.mark.parametrize(
    ("name", "permission"),
    [
        ("mark_paid", "orders.mark_paid"),
        ("generate", "orders.generate_site"),
        ("another_look", "orders.generate_site"),
        ("approve", "orders.approve_site"),
        ("send_back", "orders.send_back_site"),
    ],
)
def test_each_button_has_its_own_permission_and_is_a_post(name: str, permission: str) -> None:
    order = place(make_answers())
    address = reverse("admin:orders_siteorder_do", args=[order.pk, name])
    every = {"orders.mark_paid", "orders.generate_site", "orders.approve_site", "orders.send_back_site"}
    others = staff("orders.view_siteorder", "orders.change_siteorder", *sorted(every - {permission}))
    assert others.post(address).status_code == 403
    assert staff(permission).post(address).status_code == 403, "who may not see an order does not move it"
    allowed = staff("orders.view_siteorder", permission)
    assert allowed.get(address).status_code == 405
    assert allowed.post(address).status_code == 302


def test_what_is_offered_follows_the_state(root: Client, pipeline: TinyPipeline) -> None:
    def offered(order: SiteOrder) -> set[str]:
        html = page(root, order)
        names = ("mark_paid", "generate", "another_look", "approve", "send_back")
        return {name for name in names if reverse("admin:orders_siteorder_do", args=[order.pk, name]) in html}

    assert offered(place(make_answers())) == {"mark_paid"}
    assert offered(paid()) == set()
    ready = paid(make_answers())
    assert offered(ready) == {"generate"}
    job = build(ready)
    assert offered(ready) == set()
    run(job)
    assert offered(ready) == {"another_look", "approve", "send_back"}
    services.approve(order_id=ready.pk, by="test")
    assert offered(ready) == {"another_look"}


def test_an_unknown_button_is_not_found(root: Client) -> None:
    assert root.post(reverse("admin:orders_siteorder_do", args=[place().pk, "delete"])).status_code == 404


def test_the_payment_is_marked_by_the_one_who_pressed(root: Client) -> None:
    order = place(make_answers())
    press(root, order, "mark_paid")
    assert now(order).status == Status.PAID
    assert "Ana Lima" in page(root, order)


def test_an_unchanged_build_is_refused_and_offers_another_look(root: Client, pipeline: TinyPipeline) -> None:
    order = reviewed()
    services.send_back(order_id=order.pk, note="Bigger", by="test", party=services.Party.STAFF)
    address, said = press(root, order, "generate")
    assert said.startswith("Nothing has changed since version 1.")
    html = page(root, order, address[address.index("?") :])
    assert "take another look" in html
    press(root, order, "another_look")
    assert now(order).variation == 1
    assert GenerationJob.objects.filter(subject=order.pk).count() == 2


# approving and sending back


def test_sending_back_opens_the_onboarding_beside_the_note(root: Client, pipeline: TinyPipeline) -> None:
    order = reviewed()
    address, _said = press(root, order, "send_back", note="Another photo, & <b>soon</b>", **shown(order))
    assert address == reverse("admin:orders_siteorder_onboarding", args=[order.pk])
    html = root.get(address).content.decode()
    assert "Another photo, &amp; &lt;b&gt;soon&lt;/b&gt;" in html
    assert 'value="Burnet Road Plumbing"' in html
    assert now(order).status == Status.REVIEW


@pytest.mark.parametrize("first", ["approve", "send_back"])
@pytest.mark.parametrize("second", ["approve", "send_back"])
def test_of_two_tabs_the_second_is_told_and_changes_nothing(
    root: Client, pipeline: TinyPipeline, first: str, second: str
) -> None:
    order = reviewed()
    form = {**shown(order), "note": "First"}
    press(root, order, first, **form)
    before = (now(order).status, now(order).onboarding.note, list(SiteVersion.objects.values_list("state")))
    events = OrderEvent.objects.count()
    said = press(root, order, second, **{**form, "note": "Second"})[1]
    assert "Somebody was faster" in said or "cannot become" in said or "no finished draft" in said
    assert (now(order).status, now(order).onboarding.note, list(SiteVersion.objects.values_list("state"))) == before
    assert OrderEvent.objects.count() == events


def test_a_page_of_an_older_version_approves_nothing(root: Client, pipeline: TinyPipeline) -> None:
    order = reviewed()
    old = shown(order)
    run(build(order, another_look=True))
    for name in ("approve", "send_back"):
        assert "Somebody was faster" in press(root, order, name, note="x", **{**shown(order), **old})[1]
    assert now(order).status == Status.REVIEW
    assert set(SiteVersion.objects.values_list("state", flat=True)) == {VersionState.DRAFT}


def test_a_form_that_says_nothing_of_what_it_showed_is_refused(root: Client, pipeline: TinyPipeline) -> None:
    order = reviewed()
    assert "Somebody was faster" in press(root, order, "approve", version="x")[1]
    assert now(order).status == Status.REVIEW


@pytest.mark.parametrize("note", ["", "   ", "x" * (NOTE_LETTERS + 1), "x" * 1_000_000, "a\x00b"])
def test_a_note_that_nobody_can_read_is_refused(root: Client, pipeline: TinyPipeline, note: str) -> None:
    order = reviewed()
    said = press(root, order, "send_back", note=note, **shown(order))[1]
    assert said == f"Say what shall be changed, in at most {NOTE_LETTERS} letters."
    assert now(order).onboarding.locked_at
    assert now(order).reason == ""


# progress


def test_progress_is_a_part_until_the_order_moves_on(root: Client, pipeline: TinyPipeline) -> None:
    order = paid(make_answers())
    job = build(order)
    address = reverse("admin:orders_siteorder_progress", args=[order.pk])
    assert f"{address}?status=building" in page(root, order)
    part = root.get(address, {"status": "building"})
    assert "HX-Retarget" not in part
    assert 'hx-trigger="every 1s"' in part.content.decode()
    run(job)
    settled = root.get(address, {"status": "building"})
    assert settled["HX-Retarget"] == "#overview"
    assert "hx-trigger" not in settled.content.decode()
    assert "Approve version 1" in settled.content.decode()
    assert staff().get(address).status_code == 403


def test_the_way_names_when_and_who(root: Client, pipeline: TinyPipeline) -> None:
    order = reviewed()
    html = page(root, order)
    way = html[html.index('class="stages"') : html.index("next-heading")]
    assert way.count("<time") == 5, "waiting for the onboarding was passed over, and delivery is ahead"
    assert way.count('class="now" aria-current="step"') == 1
    assert way.index("Being generated") < way.index('class="now"') < way.index("Delivered")
