"""Mails in the admin: read, looked at and sent again by those who may, and changed by nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from generation.models import BackgroundAttempt, JobStatus
from orders import services
from orders.mailing import logo_of
from orders.models import Agency, Mail
from tests.support.images import mark
from tests.support.staff import staff

from .factories import make_answers, paid, place

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def mail() -> Mail:
    """A mail that the server has refused."""
    Agency.objects.create(name="North", email="team@north.example")
    order = paid(make_answers())
    refused = {"error_code": "mail_refused", "error_detail": "550 no such user"}
    Mail.objects.filter(order=order).update(status=JobStatus.FAILED, **refused)
    mail = Mail.objects.get(order=order)
    attempt = {"number": 1, "worker": "w", "queue": "maintenance", "outcome": "failed", **refused}
    BackgroundAttempt.objects.create(kind="mail", work=mail.pk, **attempt)
    return mail


@pytest.fixture
def reader() -> Client:
    return staff("orders.view_mail")


@pytest.fixture
def sender() -> Client:
    return staff("orders.view_mail", "orders.send_mail_again")


def address(name: str, mail: Mail) -> str:
    return reverse(f"admin:orders_mail_{name}", args=[mail.pk])


def test_the_page_tells_what_became_of_a_mail_and_what_to_do(mail: Mail, reader: Client) -> None:
    page = reader.get(address("change", mail)).content.decode()
    assert "The mail server refuses this mail. (550 no such user)" in page
    assert "EMAIL_FROM" in page
    assert "Hello Mike," in page
    assert "Send again" not in page
    assert reader.get(reverse("admin:orders_mail_changelist"), {"q": str(mail.order_id)}).status_code == 200


def test_the_customers_secret_is_shown_to_no_reader(mail: Mail, reader: Client) -> None:
    assert mail.order
    for name in ("change", "look"):
        page = reader.get(address(name, mail)).content.decode()
        assert mail.order.access_token not in page
        assert Mail.LINK not in page


def test_the_look_may_hold_style_and_nothing_that_runs_or_is_fetched(mail: Mail, reader: Client) -> None:
    response = reader.get(address("look", mail))
    policy = dict(part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["style-src"] == "'unsafe-inline'"
    assert policy["img-src"] == "data:"
    assert policy["frame-ancestors"] == "'self'"
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert "'unsafe-inline'" not in reader.get(address("change", mail))["Content-Security-Policy"]


def test_sent_again_it_goes_on_record(mail: Mail, sender: Client) -> None:
    assert "Send again" in sender.get(address("change", mail)).content.decode()
    response = sender.post(address("again", mail), {"times": "0"})
    again = Mail.objects.get(again_of=mail)
    assert response["Location"] == address("change", again)
    assert (again.requested_by, again.status) == ("Ana Lima", JobStatus.QUEUED)
    assert LogEntry.objects.get().change_message == "Sent again to mike@example.com"
    page = sender.get(address("change", mail)).content.decode()
    assert address("change", again) in page


def test_a_second_press_of_the_same_button_sends_nothing(mail: Mail, sender: Client) -> None:
    for _press in range(2):
        sender.post(address("again", mail), {"times": "0"})
    assert Mail.objects.filter(again_of=mail).count() == 1
    assert LogEntry.objects.count() == 1


def test_who_may_not_send_sends_nothing(mail: Mail, reader: Client) -> None:
    nobody, other = staff(), staff("orders.send_mail_again")
    for client in (reader, nobody, other):
        assert client.post(address("again", mail), {"times": "0"}).status_code == 403
    for name in ("change", "look"):
        assert nobody.get(address(name, mail)).status_code == 403
    assert reader.get(address("again", mail)).status_code == 405
    assert Mail.objects.count() == 1


def test_a_mail_is_added_changed_and_deleted_by_nobody(mail: Mail) -> None:
    root = staff(is_superuser=True)
    assert root.get(reverse("admin:orders_mail_add")).status_code == 403
    assert root.post(address("change", mail), {"subject": "x"}).status_code == 403
    assert root.post(address("delete", mail), {"post": "yes"}).status_code == 403


def test_the_orders_page_leads_to_its_mails(mail: Mail) -> None:
    assert mail.order
    root = staff(is_superuser=True)
    link = f"{reverse('admin:orders_mail_changelist')}?order__id__exact={mail.order.pk}"
    assert link in root.get(reverse("admin:orders_siteorder_change", args=[mail.order.pk])).content.decode()
    assert address("change", mail) in root.get(link).content.decode()


def test_the_agencys_logo_comes_as_a_file_is_seen_in_mails_and_can_be_taken_away(mail: Mail) -> None:
    root = staff(is_superuser=True)
    agency = Agency.objects.get()
    page = reverse("admin:orders_agency_change", args=[agency.pk])
    form = {"name": "North", "email": agency.email, "time_zone": "UTC", "currency": "USD", "default_locale": "en"}
    refused = root.post(page, {**form, "new_logo": SimpleUploadedFile("x.png", b"no picture")})
    assert "this is not a picture that can be read" in refused.content.decode()
    assert root.post(page, {**form, "new_logo": SimpleUploadedFile("x.png", mark())}).status_code == 302
    agency.refresh_from_db()
    assert logo_of(agency)
    assert root.post(page, form).status_code == 302
    assert Agency.objects.get().logo == agency.logo
    services.mark_paid(order_id=place(make_answers()).pk, by="test")
    assert (
        "data:image/png;base64,iVBOR" in root.get(address("look", Mail.objects.latest("created_at"))).content.decode()
    )
    assert root.post(page, {**form, "drop_logo": "on"}).status_code == 302
    assert Agency.objects.get().logo is None
