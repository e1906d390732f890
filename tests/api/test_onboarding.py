"""Answers through the API: step by step or whole, drafts kept, pictures, for keys and for the customer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from orders.answers import Answers
from orders.drafts import STEPS
from orders.models import Onboarding, SiteOrder
from tests.orders.factories import facts, make_answers, paid, place, reviewed
from tests.support.images import encoded, mark

if TYPE_CHECKING:
    from redis import Redis

    from .support import Api

pytestmark = pytest.mark.django_db


def steps(told: dict[str, Any]) -> dict[str, bool]:
    return {each["name"]: each["complete"] for each in told["steps"]}


def test_seven_steps_hold_every_answer_once() -> None:
    held = [name for names in STEPS.values() for name in names]
    assert len(STEPS) == 7
    assert sorted(held) == sorted(Answers.model_fields.keys() - {"version"})


def test_answers_come_step_by_step_until_they_suffice(api: Api) -> None:
    path = f"/{paid().pk}/onboarding"

    told = api.post(path, {"step": "identity", "answers": {"business_name": "Reed Plumbing"}}).json()
    assert told["answers"]["business_name"] == "Reed Plumbing"
    assert steps(told)["identity"] is False
    assert told["steps"][0]["missing"][0]["field"] == "locale"
    early = api.post(path, {"submit": True})
    assert (early.status_code, early.json()["code"]) == (422, "answers_refused")
    assert "services" in {each["field"] for each in early.json()["errors"]}

    for step, answers in {
        "identity": {"locale": "en", "years_in_business": 12},
        "niche_and_place": {"niche": "plumber", "address": {"city": "Austin", "state": "TX"}},
        "services": {"services": [{"name": "Leak repair"}, {"name": "Drains", "description": "Cleared in an hour."}]},
        "site_and_pages": {"pages": ["home", "contact"], "primary_cta": "call"},
        "look": {"tone": "premium", "colours": {"primary": "#123456"}},
        "hours_and_contact": {
            "phone": "(512) 555-0134",
            "hours": [{"days": ["mon"], "opens": "08:00", "closes": "17:00"}],
        },
        "content_and_seo": {"testimonials": [{"author": "Ana", "text": "Came at once."}]},
    }.items():
        answered = api.post(path, {"step": step, "answers": answers})
        assert answered.status_code == 200, answered.content
    told = answered.json()
    assert (told["ready"], told["complete"], set(steps(told).values())) == (True, False, {True})
    assert told["answers"]["business_name"] == "Reed Plumbing"
    assert [each["name"] for each in told["answers"]["services"]] == ["Leak repair", "Drains"]

    handed_in = api.post(path, {"submit": True, "edits": told["edits"]}).json()
    assert handed_in["complete"] is True
    assert SiteOrder.objects.get().due_at


def test_what_is_read_can_be_sent_back_as_it_is(api: Api) -> None:
    path = f"/{place(make_answers()).pk}/onboarding"
    before = api.get(path).json()
    after = api.post(path, {"answers": before["answers"]}).json()
    assert after["answers"] == before["answers"]


def test_a_draft_is_checked_field_by_field_and_kept_whole_or_not_at_all(api: Api) -> None:
    path = f"/{place().pk}/onboarding"
    for answers, field in (
        ({"business_name": "x" * 161}, "business_name"),
        ({"business_name": "Reed", "niche": "wizard"}, "niche"),
        ({"email": "no"}, "email"),
        ({"booking_url": "javascript:1"}, "booking_url"),
        ({"services": [{"description": "nameless"}]}, "services[0].name"),
        ({"services": [{"name": str(n)} for n in range(31)]}, "services"),
        ({"address": {"country": "XX"}}, "address.country"),
        ({"hours": [{"days": ["mon"], "opens": "25:00", "closes": "17:00"}]}, "hours[0].opens"),
        ({"locale": "en", "phone": "12"}, "phone"),
        ({"photos": [{"file": "none.jpg", "alt": "x"}]}, "photos[0].file"),
        ({"logo": {"file": "../x", "alt": "x"}}, "logo.file"),
        ({"busines_name": "x"}, "busines_name"),
    ):
        refused = api.post(path, {"answers": answers})
        assert (refused.status_code, refused.json()["code"]) == (422, "answers_refused"), answers
        assert [each["field"] for each in refused.json()["errors"]] == [field]
        assert refused.json()["errors"][0]["remedy"]
    assert Onboarding.objects.get().business_name == ""
    assert Onboarding.objects.get().edits == 0
    stray = api.post(path, {"step": "services", "answers": {"tone": "premium"}})
    assert stray.json()["errors"][0]["code"] == "other_step"


def test_what_is_null_or_empty_is_forgotten_and_what_is_absent_stays(api: Api) -> None:
    path = f"/{place(make_answers(description='Old', phone='(512) 555-0134')).pk}/onboarding"
    told = api.post(path, {"answers": {"description": None, "service_areas": ["Austin"]}}).json()
    assert (told["answers"]["description"] or "", told["answers"]["service_areas"]) == ("", ["Austin"])
    assert told["answers"]["phone"] == "(512) 555-0134"


def test_answers_that_somebody_else_has_changed_are_not_overwritten(api: Api) -> None:
    path = f"/{place(make_answers()).pk}/onboarding"
    edits = api.get(path).json()["edits"]
    assert api.post(path, {"answers": {"description": "One"}, "edits": edits}).status_code == 200
    late = api.post(path, {"answers": {"description": "Two"}, "edits": edits})
    assert (late.status_code, late.json()["code"]) == (409, "answers_changed")
    assert Onboarding.objects.get().description == "One"


def test_pictures_are_added_named_and_removed(api: Api) -> None:
    path = f"/{place(make_answers()).pk}/onboarding"

    photo = api.upload(f"{path}/photos", {"file": SimpleUploadedFile("van.jpg", encoded()), "alt": "Our van"}).json()
    logo = api.upload(f"{path}/photos", {"file": SimpleUploadedFile("a.png", mark()), "alt": "Logo", "is_logo": True})
    told = api.get(path).json()
    assert (photo["object"], photo["width"], photo["is_logo"]) == ("photo", 800, False)
    assert logo.json()["is_logo"] is True
    assert told["answers"]["photos"] == [{"file": photo["file"], "alt": "Our van"}]
    assert told["answers"]["logo"]["alt"] == "Logo"
    renamed = api.post(path, {"answers": {"photos": [{"file": photo["file"], "alt": "The new van"}]}}).json()
    assert {each["alt"]: each["width"] for each in renamed["photos"]} == {"Logo": 320, "The new van": 800}
    newest = next(each["id"] for each in renamed["photos"] if not each["is_logo"])
    assert api.delete(f"{path}/photos/{newest}").status_code == 204
    assert api.delete(f"{path}/photos/{newest}").status_code == 404
    assert [each["alt"] for each in api.get(path).json()["photos"]] == ["Logo"]


def test_the_customer_answers_looks_sends_back_and_approves(anybody: Api, broker: Redis, pipeline: object) -> None:
    order = paid()
    link = f"/public/{order.access_token}"
    told = anybody.get(link).json()
    assert (told["status"], told["next"]["turn"], told["version"]) == ("onboarding_pending", "customer", None)
    assert not told.keys() & {"id", "notes", "customer", "access_token", "job"}
    handed_in = anybody.post(f"{link}/onboarding", {"answers": facts(), "submit": True})
    assert (handed_in.status_code, handed_in.json()["complete"]) == (200, True)
    photo = anybody.upload(f"{link}/onboarding/photos", {"file": SimpleUploadedFile("a.jpg", encoded()), "alt": "Van"})
    assert photo.status_code == 201
    assert anybody.delete(f"{link}/onboarding/photos/{photo.json()['id']}").status_code == 204


@pytest.mark.django_db(transaction=True)
def test_answers_that_the_customer_hands_in_begin_the_site(anybody: Api) -> None:
    order = paid()
    path = f"/public/{order.access_token}/onboarding"
    assert anybody.post(path, {"answers": facts(), "submit": True}).status_code == 200
    begun = SiteOrder.objects.get(pk=order.pk)
    assert (begun.status, begun.current_job and begun.current_job.trigger) == ("building", "onboarding")


@pytest.mark.django_db(transaction=True)
def test_answers_that_a_program_hands_in_wait_for_its_word(api: Api) -> None:
    order = paid()
    assert api.post(f"/{order.pk}/onboarding", {"answers": facts(), "submit": True}).status_code == 200
    assert SiteOrder.objects.get(pk=order.pk).current_job is None
    assert api.post(f"/{order.pk}/build", {}).status_code == 202


def test_the_customer_decides_about_what_they_saw(anybody: Api, broker: Redis, pipeline: object) -> None:
    order = reviewed()
    link = f"/public/{order.access_token}"
    told = anybody.get(link).json()
    assert told["version"]["preview_url"].startswith("http://testserver/preview/")
    locked = anybody.post(f"{link}/onboarding", {"answers": {"description": "x"}})
    assert (locked.status_code, locked.json()["code"]) == (409, "onboarding_locked")
    assert anybody.post(f"{link}/approve", {}).status_code == 400
    wrong = {**told["seen"], "version": 7}
    assert anybody.post(f"{link}/approve", {"seen": wrong}).json()["code"] == "outdated"

    back = anybody.post(f"{link}/revisions", {"note": "Warmer, please", "seen": told["seen"]})
    assert (back.status_code, back.json()["revisions"]["used"]) == (201, 1)
    approved = anybody.post(f"{link}/approve", {"seen": back.json()["seen"]})
    assert (approved.status_code, approved.json()["status"]) == (200, "delivered")


def test_an_unknown_secret_is_an_address_that_is_not_there(
    anybody: Api, api: Api, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    order = place()
    answers = []
    for token in ("A" * 43, "x", "%00", "a" * 200, str(order.pk), order.access_token[:-1]):
        for path, send in (("", anybody.get), ("/approve", anybody.post), ("/onboarding", anybody.get)):
            answer = send(f"/public/{token}{path}")
            answers.append((answer.status_code, answer.content, answer.headers["Content-Type"]))
    assert len(set(answers)) == 1
    assert answers[0][0] == 404
    assert anybody.get("/public/none").content == api.get("/public/none").content

    anybody.post(f"/public/{order.access_token}/approve", {})
    anybody.post(f"/public/{order.access_token}/approve", {"seen": {"version": 1, "edits": 0}})
    assert "/api/site-orders/public/<str:token>/approve" in caplog.text
    assert order.access_token not in caplog.text
