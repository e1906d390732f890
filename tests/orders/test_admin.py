"""Orders in the admin: where each stands in words, and what may be edited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from generation.errors import REASONS, StepFailed
from generation.runner import GenerationFailed
from orders import services
from orders.models import AddOn, Agency, OrderEvent, SiteOrder
from orders.services import Party
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
    return SiteOrder.objects.get(pk=order.pk)


def text(client: Client, name: str, *arguments: object, **query: str) -> str:
    """The page as it was sent."""
    response = client.get(reverse(f"admin:orders_{name}", args=arguments), query)
    assert response.status_code == 200
    return response.content.decode()


def form_of(order: SiteOrder, **changes: str) -> dict[str, str]:
    """The order's form as a browser would send it."""
    parts = ("add_ons", "payments", "checkouts")
    inlines = {f"{prefix}-{name}": "0" for prefix in parts for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    return {**inlines, "notes": order.notes, "site_url": order.site_url, "due_at": "", **changes}


# the page of an order


def test_an_order_in_review_leads_to_its_job_and_version(root: Client, pipeline: TinyPipeline) -> None:
    order = reviewed(add_ons=[AddOn.objects.create(name="Logo", price="49.50", currency="USD")])
    assert order.current_job
    page = text(root, "siteorder_change", order.pk)
    assert reverse("admin:generation_generationjob_change", args=[order.current_job.pk]) in page
    assert reverse("admin:generation_siteversion_change", args=[order.current_job.version.pk]) in page
    assert reverse("admin:orders_onboarding_change", args=[order.onboarding.pk]) in page
    for shown in (
        "In review",
        "Succeeded",
        "Version 1",
        "Draft",
        "approves it or sends it back",
        "Logo",
        "Burnet Road Plumbing",
    ):
        assert shown in page
    assert order.access_token not in page


def test_a_failed_order_says_why_and_what_to_do(root: Client, pipeline: TinyPipeline) -> None:
    def fail() -> None:
        raise StepFailed("disk_full")

    pipeline.inside["verify"] = fail
    order = paid(make_answers())
    with pytest.raises(GenerationFailed):
        run(build(order))
    page = text(root, "siteorder_change", order.pk)
    for shown in (
        "Needs attention",
        REASONS["disk_full"].message,
        REASONS["disk_full"].remedy,
        "then retry",
    ):
        assert shown in page


def test_what_comes_next_follows_the_answers(root: Client) -> None:
    order = paid()
    assert "answers are awaited" in text(root, "siteorder_change", order.pk)
    services.submit_onboarding(order_id=order.pk, answers=make_answers(), by="test")
    assert "the site can be generated." in text(root, "siteorder_change", order.pk)
    assert "answers are awaited" not in text(root, "siteorder_change", order.pk)


def test_a_note_of_whoever_sent_it_back_is_shown(root: Client, pipeline: TinyPipeline) -> None:
    order = reviewed()
    services.send_back(order_id=order.pk, note="The phone is wrong <b>", by="Ana", party=Party.STAFF)
    assert "The phone is wrong &lt;b&gt;" in text(root, "siteorder_change", order.pk)


# what may be written


def test_notes_due_date_and_address_can_be_edited(root: Client) -> None:
    order = paid(make_answers())
    changes = {
        "notes": "Call first",
        "site_url": "https://plumbing.example",
        "due_at": "2030-01-31T12:00:00",
    }
    response = root.post(reverse("admin:orders_siteorder_change", args=[order.pk]), form_of(order, **changes))
    assert response.status_code == 302
    edited = now(order)
    assert (edited.notes, edited.site_url) == ("Call first", "https://plumbing.example")
    assert edited.due_at and edited.due_at.isoformat() == "2030-01-31T12:00:00+00:00"


def test_a_wrong_address_is_refused_in_words(root: Client) -> None:
    order = paid(make_answers())
    address = reverse("admin:orders_siteorder_change", args=[order.pk])
    response = root.post(address, form_of(order, site_url="javascript:alert(1)"))
    assert response.status_code == 200
    assert "is not a web address" in response.content.decode()
    assert now(order).site_url == ""


def test_forged_fields_change_nothing(root: Client, pipeline: TinyPipeline) -> None:
    order = reviewed()
    before = dict(SiteOrder.objects.filter(pk=order.pk).values().get())
    forged = {
        "status": "delivered", "reason": "forged", "number": "99999", "price": "0", "revisions": "99",
        "delivered_at_0": "2020-01-01", "delivered_at_1": "00:00:00", "paid_at_0": "2020-01-01", "paid_at_1": "00:00",
        "current_job": "", "access_token": "known", "theme": "other", "due_at": "2030-01-31T12:00:00",
        "events-TOTAL_FORMS": "1", "events-0-moved_to": "delivered", "events-0-by": "forged",
    }  # fmt: skip
    response = root.post(reverse("admin:orders_siteorder_change", args=[order.pk]), form_of(order, **forged))
    assert response.status_code == 302
    after = dict(SiteOrder.objects.filter(pk=order.pk).values().get())
    assert {name for name in before if before[name] != after[name]} == {"due_at"}
    assert not OrderEvent.objects.filter(by="forged").exists()


def test_saving_writes_only_what_was_edited(root: Client) -> None:
    order = place(make_answers())
    form = form_of(order, notes="Call first")
    assert order.due_at
    form |= {"due_at": f"{order.due_at:%Y-%m-%dT%H:%M:%S}"}
    SiteOrder.objects.filter(pk=order.pk).update(due_at=order.due_at.replace(microsecond=0))
    with CaptureQueriesContext(connection) as asked:
        root.post(reverse("admin:orders_siteorder_change", args=[order.pk]), form)
    updates = [query["sql"] for query in asked if query["sql"].startswith('UPDATE "orders_siteorder"')]
    assert len(updates) == 1
    assert updates[0].count(" = ") == 2, "one column, and the key"
    assert now(order).notes == "Call first"


def test_orders_and_onboardings_are_not_deleted_and_answers_not_forged(root: Client) -> None:
    order = paid(make_answers())
    pages: list[tuple[str, list[Any]]] = [
        ("siteorder_delete", [order.pk]),
        ("onboarding_add", []),
        ("onboarding_change", [order.onboarding.pk]),
        ("onboarding_delete", [order.onboarding.pk]),
    ]
    for name, arguments in pages:
        form = {"business_name": "Forged", "post": "yes"}
        assert root.post(reverse(f"admin:orders_{name}", args=arguments), form).status_code == 403
    order.onboarding.refresh_from_db()
    assert order.onboarding.business_name == "Burnet Road Plumbing"


def test_a_reader_edits_nothing() -> None:
    order = paid(make_answers())
    reader = staff("orders.view_siteorder")
    assert 'name="notes"' not in text(reader, "siteorder_change", order.pk)
    address = reverse("admin:orders_siteorder_change", args=[order.pk])
    assert reader.post(address, form_of(order, notes="x")).status_code == 403
    assert staff().get(address).status_code == 403


def test_there_is_one_agency(root: Client) -> None:
    add = reverse("admin:orders_agency_add")
    assert root.get(add).status_code == 200
    agency = Agency.objects.create(name="North")
    assert root.get(add).status_code == 403
    assert root.post(reverse("admin:orders_agency_delete", args=[agency.pk]), {"post": "yes"}).status_code == 403


# lists


@pytest.mark.parametrize("by", ["number", "e-mail", "business", "id", "error"])
def test_orders_are_found_by(root: Client, pipeline: TinyPipeline, by: str) -> None:
    def fail() -> None:
        raise StepFailed("disk_full")

    other = place(make_answers(business_name="Another Shop"))
    SiteOrder.objects.filter(pk=other.pk).update(customer=services.find_customer(name="Jo", email="jo@example.com"))
    pipeline.inside["verify"] = fail
    order = paid(make_answers())
    with pytest.raises(GenerationFailed):
        run(build(order))
    term = {
        "number": f"#{order.number}",
        "e-mail": "mike@",
        "business": "burnet",
        "id": str(order.pk),
        "error": "disk_full",
    }
    page = text(root, "siteorder_changelist", q=term[by])
    assert reverse("admin:orders_siteorder_change", args=[order.pk]) in page
    assert reverse("admin:orders_siteorder_change", args=[other.pk]) not in page


@pytest.mark.parametrize("name", ["siteorder_changelist", "onboarding_changelist"])
def test_lists_ask_the_database_as_often_for_many_rows(root: Client, pipeline: TinyPipeline, name: str) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            text(root, name)
        return len(asked)

    reviewed()
    queries()
    few = queries()
    for _ in range(5):
        reviewed()
    assert queries() == few


def test_an_onboarding_shows_its_rows(root: Client) -> None:
    order = paid(
        make_answers(
            service_areas=["Austin", "Round Rock"],
            hours=[{"days": ["mon", "fri"], "opens": "08:00", "closes": "18:00"}],
            testimonials=[{"author": "Jo", "text": "Came at once & <b>kind</b>"}],
            team=[{"name": "Sean", "role": "Plumber"}],
        )
    )
    page = text(root, "onboarding_change", order.onboarding.pk)
    for shown in (
        "Austin, Round Rock",
        "Mon, Fri",
        "Leak repair",
        "Sean",
        "Came at once &amp; &lt;b&gt;kind&lt;/b&gt;",
    ):
        assert shown in page
