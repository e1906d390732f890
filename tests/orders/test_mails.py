"""What is mailed to whom, in which words, and that nothing is mailed twice."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import resolve
from django.utils import translation

from generation.models import JobStatus
from generation.retries import policy_of
from generation.runner import GenerationFailed
from orders import letters, mails, services
from orders.models import Agency, Customer, Mail, MailEvent, SiteOrder, Status
from orders.services import Party
from tests.support.at_once import at_once

from .factories import build, make_answers, make_product, paid, place, reviewed, run

if TYPE_CHECKING:
    from pytest_django import Settings

    from tests.generation.conftest import TinyPipeline

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("agency")]

HOSTILE = "<script>alert(1)</script>\r\nBcc: all@example.com\u202e\x00"


@pytest.fixture
def agency() -> Agency:
    return Agency.objects.create(name="North & Sons", email="team@north.example", colour="#7a2e8e")


def told(order: SiteOrder, *apart_from: str) -> list[tuple[str, str, str]]:
    """Who was told of what, in the order of the alphabet."""
    those = Mail.objects.filter(order=order).exclude(event__in=apart_from)
    return sorted(those.values_list("event", "recipient", "to"))


CUSTOMER, STAFF = ("customer", "mike@example.com"), ("staff", "team@north.example")


# to whom


def test_a_paid_order_is_told_to_its_customer_with_what_is_awaited() -> None:
    order = paid()
    assert told(order) == [("onboarding", *CUSTOMER), ("paid", *CUSTOMER)]
    request, receipt = Mail.objects.filter(order=order).order_by("event")
    assert "$399.00" in receipt.text
    assert "5 days after we have your answers" in request.text
    assert {mail.status for mail in (receipt, request)} == {JobStatus.QUEUED}
    assert {mail.queue for mail in (receipt, request)} == {"maintenance"}


def test_nobody_is_asked_for_answers_that_are_there() -> None:
    order = paid(make_answers())
    assert told(order) == [("paid", *CUSTOMER)]
    assert "begin with your site" in Mail.objects.get().text


def test_a_site_in_review_is_told_to_customer_and_staff_each_time(pipeline: TinyPipeline) -> None:
    order = reviewed()
    assert told(order, "paid") == [("review", *CUSTOMER), ("review", *STAFF)]
    run(build(order, another_look=True))
    assert told(order, "paid") == [*[("review", *CUSTOMER)] * 2, *[("review", *STAFF)] * 2]


def test_a_wish_of_the_customer_is_told_to_the_staff_in_their_words(pipeline: TinyPipeline) -> None:
    order = reviewed()
    services.send_back(order_id=order.pk, note="Warmer photos", by="Ana", party=Party.STAFF)
    assert not told(order, "paid", "review")
    services.send_back(order_id=order.pk, note="Warmer photos\nof the team", by="Mike", party=Party.CUSTOMER)
    assert told(order, "paid", "review") == [("revision", *STAFF)]
    mail = Mail.objects.get(event="revision")
    assert "> Warmer photos\n> of the team" in mail.text
    assert "Warmer photos<br>of the team" in mail.html


def test_a_delivered_site_is_told_to_its_customer(pipeline: TinyPipeline) -> None:
    order = reviewed()
    services.approve(order_id=order.pk, by="Ana")
    assert told(order, "paid", "review") == [("delivered", *CUSTOMER)]


def test_a_failure_is_told_to_the_staff_alone_with_reason_and_remedy(pipeline: TinyPipeline) -> None:
    from generation.errors import REASONS, StepFailed

    def refuse() -> None:
        raise StepFailed("disk_full")

    pipeline.inside["render"] = refuse
    order = paid(make_answers())
    with pytest.raises(GenerationFailed):
        run(build(order))
    assert told(order, "paid") == [("failed", *STAFF)]
    text = Mail.objects.get(event="failed").text
    assert REASONS["disk_full"].message in text
    assert REASONS["disk_full"].remedy in text


def test_whoever_cancels_a_generation_gets_no_mail_about_it() -> None:
    order = paid(make_answers())
    build(order)
    services.cancel_build(order_id=order.pk, by="Ana")
    order.refresh_from_db()
    assert order.status == Status.FAILED
    assert told(order) == [("paid", *CUSTOMER)]


def test_who_has_no_address_gets_no_mail() -> None:
    order = services.place_order(
        customer=services.find_customer(name="Zoe"), product=make_product(), by="test", answers=make_answers()
    )
    services.mark_paid(order_id=order.pk, by="test")
    assert not told(order)


def test_mails_to_staff_go_where_the_setting_says(settings: Settings, pipeline: TinyPipeline) -> None:
    settings.EMAIL_STAFF = "desk@north.example"
    order = reviewed()
    assert ("review", "staff", "desk@north.example") in told(order)


def test_a_move_that_is_rolled_back_is_told_to_nobody() -> None:
    order = place()
    with pytest.raises(RuntimeError), transaction.atomic():
        services.mark_paid(order_id=order.pk, by="test")
        raise RuntimeError
    assert not told(order)


def test_the_same_occurrence_is_mailed_once() -> None:
    order = place()
    mails.tell(order, MailEvent.PAID, occurrence="1")
    with pytest.raises(IntegrityError), transaction.atomic():
        mails.tell(order, MailEvent.PAID, occurrence="1")
    mails.tell(order, MailEvent.PAID, occurrence="2")
    assert len(told(order)) == 2


def test_a_mail_about_no_order_goes_once_too() -> None:
    words: dict[str, Any] = {"event": "failed", "recipient": "staff", "occurrence": "x", "locale": "en"}
    Mail.objects.create(to="a@b.example", max_attempts=1, **words)
    with pytest.raises(IntegrityError), transaction.atomic():
        Mail.objects.create(to="a@b.example", max_attempts=1, **words)


def test_mails_have_a_policy_of_their_own_that_outlasts_a_night() -> None:
    paid()
    policy = policy_of(Mail.objects.all()[0])
    pauses = [
        min(policy.first_pause_seconds * policy.growth**n, policy.longest_pause_seconds)
        for n in range(policy.attempts - 1)
    ]
    assert sum(pauses) > 12 * 3600


# in which words


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_every_mail_holds_its_words_in_every_language_as_text_and_html(language: str) -> None:
    order = paid(make_answers(business_name="Plumbing & Heating"))
    order.reason = "Reason & remedy"
    order.onboarding.note = "Warmer & brighter"
    for (event, recipient), words in letters.WORDS.items():
        with translation.override(language):
            letter, written = words(order), letters.write(order, event, recipient)
        for line in filter(None, (*letter.lines, letter.button, letter.quote)):
            assert line in written.text
            assert line.replace("&", "&amp;") in written.html
        assert f'<html lang="{language}">' in written.html
        assert "North & Sons" in written.text
        assert "North &amp; Sons" in written.html
        assert written.html.count("#7a2e8e") >= 2
        with translation.override("en"):
            assert language == "en" or not set(letter.lines) & set(words(order).lines)


def test_customers_are_written_to_in_their_language_and_staff_in_theirs(
    settings: Settings, pipeline: TinyPipeline
) -> None:
    settings.LANGUAGE_CODE = "es"
    Customer.objects.create(name="Mike", email="mike@example.com", locale="pt-BR")
    order = reviewed()
    locales = dict(Mail.objects.filter(order=order, event="review").values_list("recipient", "locale"))
    assert locales == {"customer": "pt-BR", "staff": "es"}
    receipt = Mail.objects.get(order=order, event="paid")
    assert "Recebemos" in receipt.subject
    assert "US$" in receipt.text


def test_what_customers_write_stays_text_and_adds_no_header(pipeline: TinyPipeline) -> None:
    customer = Customer.objects.create(name=f"Eve {HOSTILE}"[:160].replace("\x00", ""), email="eve@example.com")
    order = services.place_order(customer=customer, product=make_product(), answers=make_answers(), by="test")
    services.mark_paid(order_id=order.pk, by="test")
    run(build(order))
    services.send_back(order_id=order.pk, note=HOSTILE.replace("\x00", ""), by="Eve", party=Party.CUSTOMER)
    for mail in Mail.objects.filter(order=order):
        assert "<script" not in mail.html
        assert "\n" not in mail.subject
        assert not set("\r\x00\u202e") & set(mail.subject + mail.text + mail.html)
    assert "&lt;script&gt;" in Mail.objects.get(event="revision").html


def test_a_mail_holds_no_secret_until_it_is_sent() -> None:
    order = paid()
    for mail in Mail.objects.filter(order=order):
        assert order.access_token not in mail.text + mail.html
        assert Mail.LINK in mail.text
        assert Mail.LINK in mail.html


def test_the_customers_link_leads_to_their_order_by_its_name(settings: Settings) -> None:
    settings.PUBLIC_URL = "https://shop.example.com"
    order = place()
    link = letters.customer_link(order)
    assert link.startswith("https://shop.example.com/")
    found = resolve(link.removeprefix("https://shop.example.com"))
    assert (found.url_name, found.kwargs) == ("customer_order", {"token": order.access_token})


# once more


def settled(mail: Mail, status: str = JobStatus.FAILED) -> Mail:
    Mail.objects.filter(pk=mail.pk).update(status=status)
    return Mail.objects.get(pk=mail.pk)


def test_a_mail_goes_again_to_where_its_customer_is_reached_now() -> None:
    order = paid(make_answers())
    mail = settled(Mail.objects.get())
    Customer.objects.filter(pk=order.customer_id).update(email="right@example.com")
    again = mails.send_again(mail_id=mail.pk, by="Ana", seen=0)
    assert (again.to, again.again_of, again.requested_by) == ("right@example.com", mail, "Ana")
    assert (again.subject, again.text, again.html) == (mail.subject, mail.text, mail.html)
    assert again.status == JobStatus.QUEUED


def test_a_button_pressed_twice_sends_one_mail_more() -> None:
    paid(make_answers())
    mail = settled(Mail.objects.get())

    def press() -> str:
        return str(mails.send_again(mail_id=mail.pk, by="Ana", seen=0).to)

    answers = sorted(at_once(2, press))
    assert [answer.split(":")[0] for answer in answers] == ["NotSentAgain", "mike@example.com"]
    settled(Mail.objects.get(again_of=mail))
    mails.send_again(mail_id=mail.pk, by="Ana", seen=1)
    assert mail.again.count() == 2


def test_a_mail_that_is_still_to_be_sent_is_not_sent_again() -> None:
    paid(make_answers())
    with pytest.raises(mails.NotSentAgain):
        mails.send_again(mail_id=Mail.objects.get().pk, by="Ana", seen=0)


# reminders


def wait(order: SiteOrder, days: float) -> None:
    """Let it be so many days later, for the order and its mails."""
    earlier = timedelta(days=days)
    for mail in Mail.objects.filter(order=order):
        Mail.objects.filter(pk=mail.pk).update(created_at=mail.created_at - earlier)
    order.refresh_from_db()
    for column in ("onboarding_pending_at", "review_at"):
        if before := getattr(order, column):
            SiteOrder.objects.filter(pk=order.pk).update(**{column: before - earlier})


def reminders(order: SiteOrder) -> list[str]:
    return [event for event, *_ in told(order) if event.endswith("reminder")]


def test_open_answers_are_reminded_of_as_often_as_the_settings_say(settings: Settings) -> None:
    settings.REMINDER_AFTER_DAYS, settings.REMINDER_MOST = 3, 2
    order = paid()
    wait(order, 2.9)
    assert services.send_reminders(by="test") == 0
    for number in (1, 2):
        wait(order, 3)
        assert services.send_reminders(by="test") == 1
        assert services.send_reminders(by="test") == 0
        assert reminders(order) == ["onboarding_reminder"] * number
    wait(order, 30)
    assert services.send_reminders(by="test") == 0
    assert Mail.objects.filter(event="onboarding_reminder", requested_by="test").count() == 2


def test_nobody_is_reminded_of_what_they_have_done(pipeline: TinyPipeline) -> None:
    answered = paid()
    services.submit_onboarding(order_id=answered.pk, answers=make_answers(), by="test")
    sent_back, delivered, failed = reviewed(), reviewed(), paid(make_answers())
    services.send_back(order_id=sent_back.pk, note="warmer", by="Mike", party=Party.CUSTOMER)
    services.approve(order_id=delivered.pk, by="Ana")
    for order in (answered, sent_back, delivered, failed):
        wait(order, 100)
    assert services.send_reminders(by="test") == 0


def test_a_review_is_reminded_of_anew_for_each_site(pipeline: TinyPipeline, settings: Settings) -> None:
    settings.REMINDER_MOST = 1
    order = reviewed()
    wait(order, 4)
    assert services.send_reminders(by="test") == 1
    run(build(order, another_look=True))
    assert services.send_reminders(by="test") == 0
    wait(order, 4)
    assert services.send_reminders(by="test") == 1
    assert reminders(order) == ["review_reminder"] * 2


def test_no_reminders_where_none_are_wanted(settings: Settings) -> None:
    settings.REMINDER_MOST = 0
    order = paid()
    wait(order, 100)
    assert services.send_reminders(by="test") == 0


def test_two_who_remind_at_once_send_one_reminder_each_order() -> None:
    orders = [paid() for _ in range(5)]
    for order in orders:
        wait(order, 4)
    answers = at_once(2, lambda: str(services.send_reminders(by="test")))
    assert sum(map(int, answers)) == 5
    assert [reminders(order) for order in orders] == [["onboarding_reminder"]] * 5
