"""Mails that real workers send: into the folder, to a server that does as it likes, and across a crash."""

from __future__ import annotations

import json
import multiprocessing
import os
from email import message_from_bytes, policy
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connections

from generation import background, background_run, crash
from generation.models import BackgroundAttempt, JobStatus, Outcome
from generation.services import AssetPurpose, store_asset
from orders import mails, services
from orders.letters import customer_link
from orders.models import Agency, Mail
from tests.support.images import mark
from tests.support.mail_server import HANG, PASSWORD, USER, VANISH, mail_server
from tests.support.processes import wait_until
from tests.support.web import free_port

from .factories import make_answers, make_product

if TYPE_CHECKING:
    from pathlib import Path

    from redis import Redis

    from tests.support.processes import StartProcess

pytestmark = pytest.mark.django_db(transaction=True)

NO_TLS = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS:UserWarning")  # on this machine
QUICK = {
    "GENERATION_SWEEP_SECONDS": "1",
    "EMAIL_TIMEOUT_SECONDS": "1",
    "RETRY_POLICIES": json.dumps({"mail": {"attempts": 3, "first_pause_seconds": 0.1, "growth": 1}}),
    "PUBLIC_URL": "https://shop.example.com",
}


@pytest.fixture(autouse=True)
def agency() -> Agency:
    return Agency.objects.create(name="Norte, São Paulo", email="team@north.example")


def one_mail(email: str = "mike@example.com") -> Mail:
    """The receipt of a paid order."""
    customer = services.find_customer(name="Mike", email=email)
    order = services.place_order(customer=customer, product=make_product(), answers=make_answers(), by="test")
    services.mark_paid(order_id=order.pk, by="test")
    return Mail.objects.get(order=order)


def ended(mail: Mail) -> Mail:
    """The mail once it is closed."""

    def closed() -> bool:
        mail.refresh_from_db()
        return not mail.is_active

    wait_until(closed, 40, "the mail is sent, or given up")
    return mail


def smtp(port: int, scheme: str = "smtp", login: str = "") -> dict[str, str]:
    """The environment of a worker that sends to a server at this port."""
    return {**QUICK, "EMAIL_URL": f"{scheme}://{login}127.0.0.1:{port}"}


def outcomes(mail: Mail) -> list[tuple[str, str]]:
    tried = BackgroundAttempt.objects.filter(kind="mail", work=mail.pk).order_by("number")
    return [(each.outcome, each.error_code) for each in tried]


def test_mails_go_into_a_private_folder_where_no_server_is_set(start_worker: StartProcess, tmp_path: Path) -> None:
    logo = store_asset(mark(), AssetPurpose.LOGO)
    Agency.objects.update(logo=logo.model_dump())
    mail = one_mail()
    start_worker("maintenance", env={**QUICK, "VAR_DIR": str(settings.VAR_DIR)})
    assert ended(mail).status == JobStatus.SUCCEEDED
    file = settings.EMAIL_FILE_PATH / f"{mail.pk}.eml"
    assert file.parent.stat().st_mode & 0o777 == 0o700
    sent = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert sent["Subject"] == mail.subject
    assert sent["To"] == "mike@example.com"
    assert sent["From"].addresses[0].display_name == "Norte, São Paulo"
    assert sent["From"].addresses[0].addr_spec == sent["Reply-To"] == "team@north.example"
    assert sent["Message-ID"] == f"<{mail.pk}@shop.example.com>"
    assert sent["Auto-Submitted"] == "auto-generated"
    text, html = (sent.get_body((kind,)) for kind in ("plain", "html"))
    assert text
    assert html
    assert mail.order
    link = customer_link(mail.order).removeprefix(settings.PUBLIC_URL)
    for part in (text, html):
        assert f"https://shop.example.com{link}" in part.get_content()
        assert Mail.LINK not in part.get_content()
    (picture,) = (part for part in sent.walk() if part.get_content_type() == "image/png")
    assert picture["Content-ID"] == "<logo>"
    assert 'src="cid:logo"' in html.get_content()


def test_a_server_takes_a_mail_once(start_worker: StartProcess) -> None:
    with mail_server() as server:
        start_worker(env=smtp(server.port))
        mail = ended(one_mail())
        assert (mail.status, mail.attempt) == (JobStatus.SUCCEEDED, 1)
        assert [sent["Message-ID"] for sent in server.got] == [f"<{mail.pk}@shop.example.com>"]


def test_a_mail_goes_out_after_troubles_that_pass(start_worker: StartProcess) -> None:
    troubles = {
        "451 4.7.1 greylisted, come again": "mail_deferred",
        HANG: "service_unreachable",
        VANISH: "service_unreachable",
    }
    with mail_server() as server:
        start_worker(env=smtp(server.port))
        for number, (answer, code) in enumerate(troubles.items(), 1):
            server.answers.append(answer)
            mail = ended(one_mail(f"{number}@example.com"))
            assert mail.status == JobStatus.SUCCEEDED
            assert outcomes(mail) == [(Outcome.FAILED, code), (Outcome.SUCCEEDED, "")]
            assert len(server.got) == number


def test_a_server_that_is_away_is_tried_as_often_as_the_policy_says(start_worker: StartProcess, settings: Any) -> None:
    settings.RETRY_POLICIES = {"mail": background.RetryPolicy(attempts=3)}
    start_worker(env=smtp(free_port()))
    mail = ended(one_mail())
    assert (mail.status, mail.error_code) == (JobStatus.FAILED, "service_unreachable")
    assert outcomes(mail) == [(Outcome.FAILED, "service_unreachable")] * 3


def test_a_mail_that_is_refused_fails_at_once_and_goes_to_the_corrected_address(start_worker: StartProcess) -> None:
    with mail_server("550 5.1.1 no such\r\n user") as server:
        start_worker(env=smtp(server.port))
        mail = ended(one_mail("wrong@example.com"))
        assert (mail.status, mail.error_code, mail.attempt) == (JobStatus.FAILED, "mail_refused", 1)
        assert mail.error_detail.startswith("550 5.1.1 no such")
        assert "send it again" in mail.error_remedy
        assert mail.order
        mail.order.customer.email = "right@example.com"
        mail.order.customer.save()
        again = ended(mails.send_again(mail_id=mail.pk, by="Ana", seen=0))
        assert again.status == JobStatus.SUCCEEDED
        assert [sent["To"] for sent in server.got] == ["right@example.com"]


@NO_TLS
def test_a_server_that_asks_for_a_password_gets_it_as_the_setting_says(start_worker: StartProcess) -> None:
    with mail_server(asks_for_password=True) as server:
        start_worker(env=smtp(server.port, login=f"{USER}:{quote(PASSWORD, safe='')}@"))
        assert ended(one_mail()).status == JobStatus.SUCCEEDED


@NO_TLS
def test_a_wrong_password_is_no_trouble_that_passes_and_is_not_shown(start_worker: StartProcess) -> None:
    with mail_server(asks_for_password=True) as server:
        worker = start_worker(env=smtp(server.port, login=f"{USER}:hunter2secret@"))
        mail = ended(one_mail())
        assert (mail.status, mail.error_code, mail.attempt) == (JobStatus.FAILED, "mail_server_wrong", 1)
        assert "EMAIL_URL" in mail.error_remedy
        assert "hunter2secret" not in mail.error_detail + mail.error_traceback + worker.output()


def test_a_server_without_the_encryption_that_is_wanted_gets_no_mail(start_worker: StartProcess) -> None:
    with mail_server() as server:
        start_worker(env=smtp(server.port, "smtp+tls"))
        mail = ended(one_mail())
        assert (mail.status, mail.error_code) == (JobStatus.FAILED, "mail_server_wrong")
        assert not server.tried


def test_what_is_no_address_is_sent_nowhere(start_worker: StartProcess) -> None:
    with mail_server() as server:
        start_worker(env=smtp(server.port))
        for address in ("no address", "a@b.example\nBcc: all@example.com", "mike@"):
            mail = ended(one_mail(address))
            assert (mail.status, mail.error_code) == (JobStatus.FAILED, "mail_address_wrong")
        assert not server.tried


def test_mails_wait_while_the_broker_is_away_and_go_out_afterwards(
    broker: Redis, start_worker: StartProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    from generation import dispatch

    monkeypatch.setattr(dispatch._broker(), "silent_until", float("inf"))
    mail = one_mail()
    assert not broker.keys("rq:job:*")
    with mail_server() as server:
        start_worker(env=smtp(server.port))
        assert ended(mail).status == JobStatus.SUCCEEDED
        assert len(server.got) == 1


@pytest.mark.parametrize(
    ("point", "sent_before"),
    [("claim.taken", 0), ("claim.committed", 0), ("finish.moved", 1), ("finish.committed", 1)],
)
def test_a_crash_leaves_a_mail_that_is_sent_or_goes_out_again_under_the_same_id(
    settings: Any, point: str, sent_before: int
) -> None:
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        mail = one_mail()
        assert _in_a_child(mail, point) == 9
        assert len(server.got) == sent_before
        mail.refresh_from_db()
        Mail.objects.filter(pk=mail.pk, lease_until__isnull=False).update(lease_until="2020-01-01T00:00:00Z")

        _run(mail)
        mail.refresh_from_db()
        assert mail.status == JobStatus.SUCCEEDED
        is_recorded = point == "finish.committed"
        assert len(server.got) == (sent_before if is_recorded else sent_before + 1)
        assert {sent["Message-ID"] for sent in server.got} == {f"<{mail.pk}@127.0.0.1>"}


def _run(mail: Mail) -> None:
    mail.refresh_from_db()
    kind = background.kind("mail")
    background_run.run(kind, mail.pk, mail.attempt + 1, execution=f"run-{mail.attempt}", worker="test")


def _in_a_child(mail: Mail, point: str) -> int:
    """Have a process of its own send the mail, and die at the crash point; returns its exit code."""

    def work() -> None:
        crash.on_reach = lambda name: os._exit(9) if name == point else None
        _run(mail)

    connections.close_all()
    child = multiprocessing.get_context("fork").Process(target=work)
    child.start()
    child.join(30)
    return child.exitcode or 0
