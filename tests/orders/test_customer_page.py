"""The customer's page: where the order stands in their words, their answers step by step, and what they decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from generation.models import GenerationJob
from orders import services
from orders.customer import questions
from orders.customer.steps import NAMES, StepForms
from orders.decisions import NOTE_LETTERS
from orders.models import Customer, Onboarding, Payment, Photo, SiteOrder, Status
from orders.onboarding_forms import SECTIONS
from orders.services import Party
from orders.throttles import counter
from tests.support.forms import fields_of
from tests.support.images import encoded, mark

from .factories import build, make_answers, make_product, paid, place, reviewed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytest_django import Settings

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_counts() -> Iterator[None]:
    counter.cache_clear()
    yield
    counter.cache_clear()


@pytest.fixture
def customer() -> Client:
    return Client()


def address(order: SiteOrder, name: str = "order", *arguments: Any) -> str:
    return reverse(f"customer_{name}", args=[order.access_token, *arguments])


def read(client: Client, where: str) -> LexborHTMLParser:
    response = client.get(where, follow=True)
    assert response.status_code == 200
    return LexborHTMLParser(response.content.decode())


def text(page: LexborHTMLParser, selector: str) -> str:
    """The words at the first such place."""
    found = page.css_first(selector)
    assert found is not None, selector
    return " ".join(found.text().split())


def opened(client: Client, order: SiteOrder, step: str) -> dict[str, Any]:
    """What a browser would send of a step as it stands."""
    return fields_of(read(client, address(order, "step", step)).css("main form")[-1])


def send(client: Client, order: SiteOrder, step: str, sent: dict[str, Any]) -> LexborHTMLParser:
    response = client.post(address(order, "step", step), sent, follow=True)
    assert response.status_code == 200
    return LexborHTMLParser(response.content.decode())


def now(order: SiteOrder) -> SiteOrder:
    return SiteOrder.objects.select_related("onboarding").get(pk=order.pk)


# where it stands


def _failed() -> SiteOrder:
    order = paid(make_answers())
    build(order)
    services.cancel_build(order_id=order.pk, by="Ana", reason="Internal words")
    return now(order)


def _building() -> SiteOrder:
    order = paid(make_answers())
    build(order)
    return now(order)


def _cancelled() -> SiteOrder:
    return services.cancel_order(order_id=paid().pk, by="Ana", reason="Internal words")


@pytest.mark.parametrize(
    ("make", "heading", "here"),
    [
        (place, "We are waiting for your payment", "Payment"),
        (paid, "Tell us about your business", "Your answers"),
        (lambda: paid(make_answers()), "Thank you, we have your answers", "We make your site"),
        (_building, "We begin with your site", "We make your site"),
        (_failed, "We are looking after your site", "We make your site"),
        (_cancelled, "This order is cancelled", None),
    ],
)
def test_each_state_is_said_in_plain_words(
    customer: Client, make: Callable[[], SiteOrder], heading: str, here: str | None
) -> None:
    order = make()
    SiteOrder.objects.filter(pk=order.pk).update(notes="Internal notes")
    page = read(customer, address(order))
    assert text(page, "h1") == heading
    stage = page.css_first(".way [aria-current=step]")
    assert (stage and stage.text().strip()) == here
    html = page.html or ""
    for secret in (str(order.pk), "Internal", order.customer.email, str(order.current_job_id)):
        assert secret not in html, secret


def test_money_that_went_back_is_told(customer: Client) -> None:
    order = _cancelled()
    payment = Payment.objects.create(order=order, intent="pi_1", amount=399, currency="USD", paid_at=timezone.now())
    assert "given" not in text(read(customer, address(order)), "main")
    Payment.objects.filter(pk=payment.pk).update(refunded=100)
    assert "We have given back $100.00 of your payment of $399.00." in text(read(customer, address(order)), "main")
    Payment.objects.filter(pk=payment.pk).update(refunded=399)
    assert "We have given your payment of $399.00 back." in text(read(customer, address(order)), "main")


def test_the_page_is_in_the_customers_language_whatever_the_browser_asks_for(customer: Client) -> None:
    order = paid()
    Customer.objects.update(locale="pt-BR")
    response = customer.get(address(order), headers={"Accept-Language": "es"})
    assert response.headers["Content-Language"] == "pt-br"
    assert "Conte-nos sobre o seu negócio" in response.content.decode()
    Customer.objects.update(locale="es")
    assert "Háblenos de su negocio" in customer.get(address(order)).content.decode()


def test_pages_are_kept_from_search_engines_caches_and_other_sites(customer: Client) -> None:
    order = paid()
    for where in (address(order), address(order, "onboarding"), address(order, "step", "look"), "/order/none/"):
        headers = customer.get(where).headers
        assert headers["X-Robots-Tag"] == "noindex, nofollow"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cache-Control"] == "private, no-cache"
        assert "unsafe" not in headers["Content-Security-Policy"]


def test_a_link_that_opens_nothing_says_what_to_do_and_tells_nothing(
    customer: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    order = paid()
    old = order.access_token
    services.rotate_access_token(order_id=order.pk, by="Ana")
    answers = [customer.get(f"/order/{token}/") for token in (old, "x", "%00", "a" * 43, str(order.pk))]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert "Use the link in the newest mail" in answers[0].content.decode()
    for below in ("onboarding/", "onboarding/look/", "preview/", "news/"):
        assert customer.get(f"/order/{old}/{below}").status_code == 404
    assert customer.post(f"/order/{old}/approve/").status_code == 404
    assert customer.get(f"/order/{old}").status_code == 301, "to the address with a slash, as before"
    assert old not in caplog.text


def test_a_job_is_followed_without_a_reload(customer: Client, pipeline: object) -> None:
    order = _building()
    page = read(customer, address(order))
    part = page.css_first("#standing")
    assert part is not None
    where = part.attributes["hx-get"]
    assert where
    assert "Reading the facts" in text(page, ".doing")
    assert customer.get(where).status_code == 204, "nothing has changed"
    services.cancel_build(order_id=order.pk, by="Ana")
    changed = customer.get(where)
    assert changed.status_code == 200
    assert "We are looking after your site" in changed.content.decode()
    assert "<html" not in changed.content.decode()


# answering


def test_every_question_is_one_of_the_onboarding_and_every_field_is_asked() -> None:
    columns = {name for _heading, names in SECTIONS for name in names}
    for words in (questions.LABELS, questions.HINTS):
        assert words.keys() <= columns
    order = paid()
    asked = [name for step in NAMES for name in StepForms(order, step).form.fields]
    assert sorted(asked) == sorted(columns)
    lists = [name for step in NAMES for name in StepForms(order, step).lists]
    assert sorted(lists) == sorted(questions.LIST_HINTS)


def test_a_step_is_saved_by_itself_and_leads_to_the_next(customer: Client) -> None:
    order = paid()
    form = opened(customer, order, "identity")
    assert form["answers-locale"] == "en", "the customer's own language is offered"
    page = send(customer, order, "identity", form | {"answers-business_name": "Reed & Sons", "next": ""})
    assert text(page, "h1") == "Niche and place"
    onboarding = now(order).onboarding
    assert (onboarding.business_name, onboarding.locale, onboarding.completed_at) == ("Reed & Sons", "en", None)
    send(customer, order, "services", opened(customer, order, "services") | {"services-0-name": "Drains", "later": ""})
    again = now(order).onboarding
    assert again.business_name == "Reed & Sons"
    assert [row.name for row in again.service_rows.all()] == ["Drains"]


def test_what_is_refused_stays_as_it_was_typed_with_its_remedy(customer: Client) -> None:
    order = paid()
    typed = {"answers-city": "Austin", "answers-country": "Texas", "answers-service_areas": "A\r\nB", "next": ""}
    page = send(customer, order, "niche_and_place", opened(customer, order, "niche_and_place") | typed)
    assert [field.attributes["name"] for field in page.css(".wrong input")] == ["answers-country"]
    assert "“Texas” is not a country; use two letters like BR or US" in text(page, ".wrong .errors")
    form = page.css("main form")[-1]
    assert fields_of(form).items() >= {k: v for k, v in typed.items() if k != "next"}.items()
    link = page.css_first(".told a")
    assert link is not None
    assert page.css_first(link.attributes["href"] or "") is not None, "the summary leads to the field"
    assert now(order).onboarding.city == ""


def test_what_a_number_field_cannot_read_is_said_and_stays(customer: Client) -> None:
    order = paid()
    form = opened(customer, order, "identity") | {"answers-years_in_business": "twelve", "next": ""}
    page = send(customer, order, "identity", form)
    assert "Enter a whole number." in text(page, ".wrong .errors")
    assert fields_of(page.css("main form")[-1])["answers-years_in_business"] == "twelve"


def test_what_is_missing_is_marked_though_the_rest_is_saved(customer: Client) -> None:
    order = paid()
    form = opened(customer, order, "niche_and_place") | {"answers-city": "Austin", "next": ""}
    page = send(customer, order, "niche_and_place", form)
    assert "Saved. Still missing here:" in text(page, ".told")
    assert "is missing; choose one" in text(page, ".wrong .errors")
    assert now(order).onboarding.city == "Austin"


@pytest.mark.parametrize(
    ("total", "words"),
    [
        ("31", "has 31 entries; at most 30 are possible"),
        ("5000", "Please submit at most 100 forms."),
        ("none", "ManagementForm data is missing"),
    ],
)
def test_a_list_that_is_too_long_or_tampered_with_is_refused_in_words(customer: Client, total: str, words: str) -> None:
    order = paid()
    many = {f"services-{number}-name": f"Service {number}" for number in range(31)}
    form = opened(customer, order, "services") | many | {"services-TOTAL_FORMS": total, "next": ""}
    page = send(customer, order, "services", form)
    assert words in text(page, ".told.error")
    assert len(page.css(".list-rows > .row")) <= 100
    assert not now(order).onboarding.service_rows.exists()


def test_a_row_more_is_there_without_a_script(customer: Client) -> None:
    order = paid()
    form = opened(customer, order, "services") | {"services-0-name": "A", "services-1-name": "B", "more": ""}
    page = send(customer, order, "services", form)
    names = [field.attributes.get("value") for field in page.css(".list-rows input")]
    assert names == ["A", "B", None]


def test_pictures_come_and_go_beside_answers_that_are_kept(customer: Client) -> None:
    order = paid()
    look = opened(customer, order, "look") | {"answers-colour_primary": "#123456"}
    photo = {"picture": SimpleUploadedFile("van.jpg", encoded()), "alt": "Our van", "add": ""}
    page = send(customer, order, "look", look | photo)
    assert "Our van" in text(page, ".pictures")
    assert now(order).onboarding.colour_primary == "#123456"
    image = page.css_first(".pictures img")
    assert image is not None
    assert customer.get(image.attributes["src"] or "").headers["Content-Type"] == "image/jpeg"

    logo = {"picture": SimpleUploadedFile("logo.png", mark()), "alt": "Our mark", "is_logo": "on", "next": ""}
    page = send(customer, order, "look", opened(customer, order, "look") | logo)
    assert text(page, "h1") == "Hours and contact", "a chosen picture is taken whichever button is pressed"
    kept = Photo.objects.get(is_logo=False)
    send(customer, order, "look", opened(customer, order, "look") | {"remove": str(kept.pk)})
    assert [photo.alt for photo in Photo.objects.all()] == ["Our mark"]


def test_a_picture_that_is_refused_says_why_and_the_answers_are_kept(customer: Client) -> None:
    order = paid()
    look = opened(customer, order, "look") | {"answers-colour_primary": "#123456", "next": "", "alt": "A van"}
    page = send(customer, order, "look", look | {"picture": SimpleUploadedFile("van.jpg", b"no picture")})
    assert "The picture has not been added." in text(page, ".told.error")
    assert text(page, "#pictures .wrong .errors")
    assert fields_of(page.css("main form")[-1])["alt"] == "A van"
    assert now(order).onboarding.colour_primary == "#123456"
    assert not Photo.objects.exists()


def test_two_windows_do_not_overwrite_each_other_unseen(customer: Client) -> None:
    order = paid()
    mine = opened(customer, order, "identity") | {"answers-business_name": "Mine", "next": ""}
    services.save_draft(order_id=order.pk, given={"business_name": "Theirs"}, by="test")
    page = send(customer, order, "identity", mine)
    assert "changed in another window" in text(page, ".told.error")
    assert now(order).onboarding.business_name == "Theirs"
    kept = fields_of(page.css("main form")[-1])
    assert kept["answers-business_name"] == "Mine"
    send(customer, order, "identity", kept | {"next": ""})
    assert now(order).onboarding.business_name == "Mine"


def test_answers_that_are_in_use_are_closed(customer: Client) -> None:
    order = _building()
    for where in ("onboarding", "step"):
        page = read(customer, address(order, where, *(["look"] if where == "step" else [])))
        assert "cannot be changed here" in text(page, ".told")
    page = LexborHTMLParser(customer.post(address(order, "hand_in"), follow=True).content.decode())
    assert text(page, "h1") == "We begin with your site"


def test_a_job_that_takes_the_answers_while_they_are_typed_is_said(customer: Client) -> None:
    order = paid(make_answers())
    form = opened(customer, order, "identity") | {"next": ""}
    build(order)
    page = send(customer, order, "identity", form)
    assert "cannot be changed here" in text(page, ".told")


def test_a_step_that_there_is_not_is_not_found(customer: Client) -> None:
    assert customer.get(address(paid(), "step", "other")).status_code == 404


# handing in


@pytest.mark.django_db(transaction=True)
def test_answers_handed_in_are_read_again_first_and_begin_the_site(customer: Client) -> None:
    order = paid()
    services.save_draft(order_id=order.pk, given=make_answers().model_dump(mode="json", exclude={"version"}), by="test")
    page = read(customer, address(order, "onboarding"))
    assert "Burnet Road Plumbing" in text(page, ".steps")
    assert "Plumber" in text(page, ".steps"), "choices are told by their labels"
    customer.post(address(order, "hand_in"))
    job = GenerationJob.objects.get(subject=order.pk)
    assert (job.trigger, job.requested_by, now(order).status) == ("onboarding", "customer", Status.BUILDING)
    assert now(order).due_at


@pytest.mark.django_db(transaction=True)
def test_answers_handed_in_before_the_payment_wait_for_it(customer: Client) -> None:
    order = place()
    services.save_draft(order_id=order.pk, given=make_answers().model_dump(mode="json", exclude={"version"}), by="test")
    customer.post(address(order, "hand_in"))
    assert now(order).onboarding.completed_at
    assert not GenerationJob.objects.exists()
    assert text(read(customer, address(order)), "h1") == "We are waiting for your payment"


def test_nothing_is_handed_in_while_something_is_missing(customer: Client) -> None:
    order = paid()
    assert read(customer, address(order, "onboarding")).css_first("main form") is None
    page = LexborHTMLParser(customer.post(address(order, "hand_in"), follow=True).content.decode())
    assert "Something is still missing" in text(page, ".told.error")
    assert now(order).onboarding.completed_at is None


# deciding


def seen(client: Client, order: SiteOrder) -> dict[str, Any]:
    return fields_of(read(client, address(order)).css("main form")[0])


def test_the_customer_looks_and_approves_once(customer: Client, pipeline: object) -> None:
    order = reviewed()
    assert "/preview/" in customer.get(address(order, "preview")).headers["Location"]
    looked_at = seen(customer, order)
    customer.post(address(order, "approve"), looked_at)
    assert now(order).status == Status.DELIVERED
    page = LexborHTMLParser(customer.post(address(order, "approve"), looked_at, follow=True).content.decode())
    assert "Nothing was changed" in text(page, ".told.error")
    assert text(page, "h1") == "Your site is delivered"
    assert customer.get(address(order, "zip")).headers["Location"].endswith("/site.zip")
    assert now(order).events.filter(moved_to=Status.DELIVERED).count() == 1


def test_a_site_that_is_not_to_be_seen_has_no_address(customer: Client) -> None:
    order = paid()
    assert customer.get(address(order, "preview")).status_code == 404
    assert customer.get(address(order, "zip")).status_code == 404


def test_what_was_not_looked_at_is_not_approved(customer: Client, pipeline: object) -> None:
    order = reviewed()
    looked_at = seen(customer, order)
    services.send_back(order_id=order.pk, note="Theirs", by="Ana", party=Party.STAFF)
    for sent in (looked_at, {}):
        page = LexborHTMLParser(customer.post(address(order, "approve"), sent, follow=True).content.decode())
        assert "Nothing was changed" in text(page, ".told.error")
    assert now(order).status == Status.REVIEW


def test_wishes_are_taken_and_use_a_revision(customer: Client, pipeline: object) -> None:
    order = reviewed()
    customer.post(address(order, "changes"), seen(customer, order) | {"note": "Warmer\r\nwords"})
    assert now(order).onboarding.note == "Warmer\nwords"
    page = read(customer, address(order))
    assert text(page, "h1") == "We are changing your site"
    assert "One revision is still included." in text(page, ".facts")
    assert text(page, "textarea") == "Warmer words", "what was asked for is there to be added to"


@pytest.mark.parametrize("note", ["", " ", "x" * (NOTE_LETTERS + 1)])
def test_wishes_that_cannot_be_taken_stay_on_the_page(customer: Client, pipeline: object, note: str) -> None:
    order = reviewed()
    answer = customer.post(address(order, "changes"), seen(customer, order) | {"note": note}).content.decode()
    page = LexborHTMLParser(answer)
    assert "Say what shall be changed" in text(page, "#note-error")
    assert note in answer
    assert now(order).revisions_used == 0


def test_wishes_that_come_too_late_are_not_lost(customer: Client, pipeline: object) -> None:
    order = reviewed()
    looked_at = seen(customer, order)
    services.approve(order_id=order.pk, by="Ana")
    answer = customer.post(address(order, "changes"), looked_at | {"note": "My <b>wish</b>"}).content.decode()
    page = LexborHTMLParser(answer)
    assert "Nothing was changed" in text(page, ".told.error")
    assert "My &lt;b&gt;wish&lt;/b&gt;" in answer
    assert now(order).status == Status.DELIVERED


def test_no_revision_left_is_said_before_anything_is_typed(customer: Client, pipeline: object) -> None:
    order = reviewed(product=make_product(revisions=0))
    page = read(customer, address(order))
    assert "The revisions included are used up." in text(page, "#changes")
    assert page.css_first("#changes textarea") is None
    answer = customer.post(address(order, "changes"), seen(customer, order) | {"note": "Wish"}).content.decode()
    assert "are used up" in text(LexborHTMLParser(answer), "#note-error")
    assert Onboarding.objects.get(order=order).locked_at


# the door


def test_forms_need_their_token() -> None:
    order = paid()
    response = Client(enforce_csrf_checks=True).post(address(order, "step", "identity"), {"edits": "0"})
    assert response.status_code == 403
    assert "Go back, load the page anew" in response.content.decode()
    assert now(order).onboarding.edits == 0


def test_too_many_requests_are_put_off(customer: Client, settings: Settings) -> None:
    order = paid()
    settings.API_CALLER_REQUESTS = 1
    assert customer.get(address(order)).status_code == 200
    response = customer.get(address(order))
    assert (response.status_code, int(response.headers["Retry-After"]) > 0) == (429, True)
    assert "One moment, please" in response.content.decode()


def test_what_is_too_big_is_not_read(customer: Client) -> None:
    response = customer.post(address(paid(), "approve"), {}, CONTENT_LENGTH=str(31 * 1024 * 1024))
    assert response.status_code == 413
    assert "That is too big" in response.content.decode()
