"""Programs of others are told what happens: once the transaction is through, signed, again after a failure, and never
at an address that is not of the internet."""

from __future__ import annotations

import json
import time
from contextlib import suppress
from datetime import timedelta
from email.utils import formatdate
from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from django.utils import timezone
from standardwebhooks import Webhook, WebhookVerificationError

from generation import background, background_run
from generation.background_run import WorkFailed
from generation.models import BackgroundAttempt, JobStatus, Outcome
from generation.runner import GenerationFailed
from generation.services import AddressRefused, Answer
from orders import services
from orders.models import Mail, MailEvent, SiteOrder, WebhookCall, WebhookDelivery, WebhookEndpoint
from orders.services import Party
from orders.webhooks import delivering, endpoints, events, signing
from tests.support.http_server import running, say
from tests.support.processes import StartProcess, wait_until

from .factories import build, make_answers, paid, place, reviewed, run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytest_django import Settings

    from tests.generation.conftest import TinyPipeline
    from tests.support.http_server import Server

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("pipeline")]
EVERYTHING = ["order.*", "job.*", "step.*", "review.*", "delivered"]


@pytest.fixture
def serve(tmp_path: Path, settings: Settings) -> Iterator[Callable[..., Server]]:
    """Servers of others on this machine, which the settings allow here."""
    from ipaddress import ip_network

    settings.OUTGOING_ALLOWED_NETWORKS = (ip_network("127.0.0.0/8"),)
    settings.EMAIL_STAFF = "staff@example.com"
    yield from running(tmp_path)


def listening(url: str = "https://crm.example/hook", *wanted: str) -> tuple[WebhookEndpoint, str]:
    return endpoints.add_endpoint(name="CRM", url=url, events=list(wanted) or EVERYTHING)


def told() -> list[str]:
    return list(WebhookDelivery.objects.order_by("created_at", "pk").values_list("event_type", flat=True))


def work(delivery: WebhookDelivery) -> WebhookDelivery:
    """Do the delivery in this process, as a worker does once its time has come."""
    WebhookDelivery.objects.filter(pk=delivery.pk, status="retrying").update(next_attempt_at=None)
    delivery.refresh_from_db()
    with suppress(WorkFailed):
        background_run.run(
            background.kind("webhook"), delivery.pk, delivery.attempt + 1,
            execution=f"e-{delivery.pk}-{delivery.attempt}", worker="test",
        )  # fmt: skip
    delivery.refresh_from_db()
    return delivery


# what is told


def test_the_way_of_an_order_is_told_from_placed_to_delivered() -> None:
    listening()
    order = reviewed()
    services.send_back(order_id=order.pk, note="warmer", by="Mike", party=Party.CUSTOMER)
    services.approve(order_id=order.pk, by="Mike")

    assert sorted(told()) == sorted([
        "order.created", "order.paid", "order.building", "job.requested", "order.generating", "job.started",
        "order.review", "review.ready", "job.succeeded", "review.changes_requested", "order.delivered",
        "review.approved", "delivered",
    ])  # fmt: skip


def test_only_what_was_asked_for_is_told_and_to_those_who_are_on() -> None:
    listening("https://a.example", "order.paid")
    off, _secret = listening("https://b.example", "order.paid")
    endpoints.change_endpoint(endpoint_id=off.pk, changes={"is_active": False})
    paid()
    assert told() == ["order.paid"]


def test_what_is_rolled_back_is_not_told() -> None:
    listening()
    with pytest.raises(RuntimeError), transaction.atomic():
        place()
        raise RuntimeError
    assert told() == []


def test_a_failed_step_is_told_with_its_error(pipeline: TinyPipeline) -> None:
    listening("https://a.example", "step.failed", "job.*")
    order = paid(make_answers())
    job = build(order)

    def fail() -> None:
        raise OSError(28, "full")

    pipeline.inside["verify"] = fail
    with pytest.raises(GenerationFailed):
        run(job)
    assert told() == ["job.requested", "job.started", "step.failed", "job.failed"]
    body = json.loads(WebhookDelivery.objects.get(event_type="step.failed").body)
    assert (body["data"]["step"]["name"], body["data"]["step"]["will_retry"]) == ("verify", False)
    assert body["data"]["step"]["error"]["code"] == "disk_full"
    assert body["data"]["job"]["id"] == str(job.pk)


def test_a_body_tells_the_order_as_the_api_does_and_nothing_that_opens_something() -> None:
    listening("https://a.example", "order.paid")
    order = paid()
    delivery = WebhookDelivery.objects.get()
    body = json.loads(delivery.body)

    assert sorted(body) == ["created", "data", "id", "type"]
    assert (body["id"], body["type"]) == (delivery.event_id, "order.paid")
    assert body["data"]["order"]["id"] == str(order.pk)
    assert body["data"]["order"]["customer"]["email"] == "mike@example.com"
    assert body["data"]["order"]["payments"] == []
    assert body["data"]["moved"]["from"] == "pending_payment"
    assert order.access_token not in delivery.body
    assert "access_token" not in delivery.body


# how it is told


def test_a_delivery_is_signed_so_that_its_receiver_knows_it(serve: Callable[..., Server]) -> None:
    server = serve(say(200, b"thanks"))
    _endpoint, secret = listening(f"{server.url}/hook?a=b", "order.paid")
    paid()
    delivery = work(WebhookDelivery.objects.get())

    assert delivery.status == JobStatus.SUCCEEDED
    (asked,) = server.asked()
    assert (asked.method, asked.path) == ("POST", "/hook?a=b")
    assert asked.headers["content-type"] == "application/json"
    assert Webhook(secret).verify(asked.body, asked.headers) == json.loads(delivery.body)
    with pytest.raises(WebhookVerificationError):
        Webhook(signing.new_secret()).verify(asked.body, asked.headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(asked.body.replace(b"order.paid", b"order.gone"), asked.headers)
    call = WebhookCall.objects.get()
    assert (call.status_code, call.response, call.attempt) == (200, "thanks", 1)


def test_after_a_new_secret_both_sign_for_a_day(serve: Callable[..., Server]) -> None:
    server = serve()
    endpoint, old = listening(server.url, "order.paid")
    new = endpoints.rotate_secret(endpoint_id=endpoint.pk)
    paid()
    work(WebhookDelivery.objects.get())
    WebhookEndpoint.objects.update(previous_until=timezone.now())
    paid()
    work(WebhookDelivery.objects.latest("created_at"))

    first, second = server.asked()
    for secret in (old, new):
        Webhook(secret).verify(first.body, first.headers)
    Webhook(new).verify(second.body, second.headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(old).verify(second.body, second.headers)


def test_secrets_are_not_readable_in_the_database() -> None:
    endpoint, secret = listening()
    assert secret not in json.dumps([endpoint.secret, endpoint.previous_secret])


def test_a_secret_under_another_key_fails_with_its_remedy(serve: Callable[..., Server], settings: Settings) -> None:
    listening(serve().url, "order.paid")
    paid()
    settings.SECRET_KEY = "x" * 60
    delivery = work(WebhookDelivery.objects.get())
    assert (delivery.status, delivery.error_code) == ("failed", "secret_unreadable")
    assert "SECRET_KEY" in delivery.error_remedy


# when it does not work


@pytest.mark.parametrize("status", [301, 400, 404, 500])
def test_what_is_not_taken_is_tried_again_and_every_call_is_on_record(
    serve: Callable[..., Server], status: int
) -> None:
    server = serve(say(status, b"no" * 10_000, Location="http://127.0.0.1:1/"))
    endpoint, _secret = listening(server.url, "order.paid")
    paid()
    delivery = work(work(WebhookDelivery.objects.get()))

    assert (delivery.status, delivery.error_code, delivery.spent) == ("retrying", "webhook_refused", 2)
    assert delivery.next_attempt_at is not None
    assert delivery.next_attempt_at > timezone.now()
    calls = list(WebhookCall.objects.order_by("pk").values_list("attempt", "status_code"))
    assert calls == [(1, status), (2, status)]
    assert len(WebhookCall.objects.latest("pk").response) == delivering.RESPONSE_BYTES
    assert list(BackgroundAttempt.objects.values_list("outcome", flat=True)) == [Outcome.FAILED] * 2
    endpoint.refresh_from_db()
    assert endpoint.failing_since


def test_the_pauses_grow_to_half_a_day_and_the_tries_end_after_days() -> None:
    pauses = [delivering.POLICY.pause(spent) for spent in range(1, delivering.POLICY.attempts)]
    assert pauses[0] < 10
    assert max(pauses) <= 12 * 3600 * 1.2
    assert timedelta(days=3) < timedelta(seconds=sum(pauses)) < timedelta(days=6)


@pytest.mark.parametrize("is_date", [False, True])
def test_a_receiver_that_says_when_to_come_again_is_obeyed(serve: Callable[..., Server], is_date: bool) -> None:
    said = formatdate(time.time() + 3600, usegmt=True) if is_date else "3600"
    listening(serve(say(429, Retry_After=said)).url, "order.paid")
    paid()
    delivery = work(WebhookDelivery.objects.get())
    assert (delivery.status, delivery.error_code, delivery.spent) == ("retrying", "service_busy", 0)
    assert delivery.next_attempt_at is not None
    assert timedelta(seconds=3500) < delivery.next_attempt_at - timezone.now() < timedelta(seconds=3700)


@pytest.mark.parametrize(
    ("status", "said", "seconds"),
    [
        (503, "10", 10),
        (429, "9" * 30, 86400),
        (503, "-5", None),
        (503, "soon", None),
        (500, "10", None),
        (429, "", None),
    ],
)
def test_when_to_come_again_is_read_with_care(status: int, said: str, seconds: float | None) -> None:
    assert delivering.retry_after(Answer(status, {"retry-after": said}, b"")) == seconds


def test_an_address_that_is_not_of_the_internet_is_refused_before_and_after_it_is_stored(settings: Settings) -> None:
    with pytest.raises(AddressRefused):
        listening("http://10.0.0.5/hook")
    listening("http://localhost/hook", "order.paid")  # a name may lead anywhere, and is judged when it is called
    paid()
    delivery = work(WebhookDelivery.objects.get())
    assert (delivery.status, delivery.error_code) == ("failed", "address_refused")
    assert WebhookCall.objects.get().status_code is None


def test_nobody_there_is_tried_again(serve: Callable[..., Server]) -> None:
    server = serve()
    server.close()
    listening(server.url, "order.paid")
    paid()
    delivery = work(WebhookDelivery.objects.get())
    assert (delivery.status, delivery.error_code) == ("retrying", "service_unreachable")
    assert WebhookCall.objects.get().error


def test_after_days_of_failure_it_is_switched_off_with_one_mail(serve: Callable[..., Server]) -> None:
    endpoint, _secret = listening(serve(say(500)).url, "order.paid")
    paid()
    paid()
    first, second = WebhookDelivery.objects.all()
    work(first)
    long_ago = timezone.now() - timedelta(days=5, seconds=1)
    WebhookEndpoint.objects.filter(pk=endpoint.pk).update(failing_since=long_ago)
    work(first)

    endpoint.refresh_from_db()
    assert not endpoint.is_active
    assert "5 days" in endpoint.switched_off_why
    mail = Mail.objects.get(event=MailEvent.WEBHOOK_OFF)
    assert (mail.to, "CRM" in mail.subject) == ("staff@example.com", True)
    assert work(second).error_code == "webhook_off"
    assert Mail.objects.filter(event=MailEvent.WEBHOOK_OFF).count() == 1
    paid()
    assert WebhookDelivery.objects.count() == 2


def test_an_answer_in_between_begins_the_days_anew(serve: Callable[..., Server]) -> None:
    endpoint, _secret = listening(serve(say(204)).url, "order.paid")
    WebhookEndpoint.objects.update(failing_since=timezone.now() - timedelta(days=30))
    paid()
    work(WebhookDelivery.objects.get())
    endpoint.refresh_from_db()
    assert endpoint.is_active
    assert endpoint.failing_since is None
    assert endpoint.last_success_at


def test_gone_for_good_is_switched_off_at_once(serve: Callable[..., Server]) -> None:
    endpoint, _secret = listening(serve(say(410)).url, "order.paid")
    paid()
    assert work(WebhookDelivery.objects.get()).status == "failed"
    endpoint.refresh_from_db()
    assert not endpoint.is_active


# by hand


def test_a_test_is_sent_whatever_events_are_wanted(serve: Callable[..., Server]) -> None:
    server = serve()
    endpoint, secret = listening(server.url, "delivered")
    delivery = work(endpoints.send_test(endpoint_id=endpoint.pk, by="Ana"))
    assert delivery.status == JobStatus.SUCCEEDED
    (asked,) = server.asked()
    assert Webhook(secret).verify(asked.body, asked.headers)["type"] == events.TEST


def test_what_is_delivered_again_keeps_its_id(serve: Callable[..., Server]) -> None:
    server = serve()
    listening(server.url, "order.paid")
    paid()
    first = WebhookDelivery.objects.get()
    with pytest.raises(endpoints.DeliveryRefused, match="still being delivered"):
        endpoints.resend(delivery_id=first.pk, by="Ana")
    work(first)
    again = work(endpoints.resend(delivery_id=first.pk, by="Ana"))
    assert again.again_of_id == first.pk
    one, two = server.asked()
    assert one.headers["webhook-id"] == two.headers["webhook-id"]
    assert one.body == two.body


def test_nothing_is_sent_to_a_webhook_that_is_off() -> None:
    endpoint, _secret = listening()
    endpoints.change_endpoint(endpoint_id=endpoint.pk, changes={"is_active": False})
    with pytest.raises(endpoints.DeliveryRefused, match="is off"):
        endpoints.send_test(endpoint_id=endpoint.pk, by="Ana")
    assert SiteOrder.objects.count() == 0


def test_a_real_worker_delivers_what_a_committed_transaction_told(
    serve: Callable[..., Server], start_worker: StartProcess
) -> None:
    server = serve()
    _endpoint, secret = listening(server.url, "order.paid")
    paid()
    start_worker("--burst", env={"OUTGOING_ALLOWED_NETWORKS": "127.0.0.1/32"})
    wait_until(lambda: WebhookDelivery.objects.get().status == JobStatus.SUCCEEDED, 60, "it is delivered")
    (asked,) = server.asked()
    assert Webhook(secret).verify(asked.body, asked.headers)["type"] == "order.paid"
