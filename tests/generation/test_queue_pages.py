"""The page of queues: what each has to do, its pause and its limits, by whom and on record."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from generation import services
from generation.load import loads
from generation.models import BackgroundAttempt, Queue, QueueControl
from tests.support.staff import staff

from .factories import request

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import Settings

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("broker")]

VIEW = "generation.view_queuecontrol"
PAGE = "admin:generation_queuecontrol_changelist"


@pytest.fixture
def root() -> Client:
    return staff(is_superuser=True)


def control(client: Client, queue: str, name: str, **given: str) -> tuple[int, str]:
    """Press a button of the page; returns the status, and what is said."""
    form = {f"{queue}-{name}-{field}": value for field, value in given.items()}
    response = client.post(reverse("admin:generation_queuecontrol_do", args=[queue, name]), form)
    said = "; ".join(str(message) for message in get_messages(response.wsgi_request))
    return response.status_code, said or response.content.decode()


def test_every_queue_is_shown_though_nothing_was_ever_said_of_it(root: Client) -> None:
    request()
    page = root.get(reverse(PAGE)).content.decode()
    assert [queue for queue in Queue.values if f'id="{queue}-heading"' in page] == Queue.values
    assert not QueueControl.objects.exists()
    waiting = {load.queue: (load.waiting, load.running, load.workers, load.oldest is None) for load in loads()}
    assert waiting == {queue: (int(queue == "default"), 0, 0, queue != "default") for queue in Queue}


def test_a_pause_holds_until_it_is_let_go_on(root: Client) -> None:
    assert control(root, "high", "pause", why="moving house")[0] == 302
    page = root.get(reverse(PAGE)).content.decode()
    assert "Paused by Ana Lima since" in page
    assert "moving house" in page
    assert [load.queue for load in loads() if load.is_paused] == ["high"]

    for _click in range(2):
        assert control(root, "high", "resume")[0] == 302
    assert not any(load.is_paused for load in loads())
    assert list(LogEntry.objects.order_by("pk").values_list("object_id", "change_message")) == [
        ("high", "pause: moving house"),
        ("high", "resume"),
        ("high", "resume"),
    ]


def test_a_pause_may_have_an_end(root: Client) -> None:
    until = timezone.now().replace(second=0, microsecond=0) + timedelta(days=2)
    control(root, "low", "pause", why="nights only", until=f"{timezone.localtime(until):%Y-%m-%dT%H:%M}")
    assert QueueControl.objects.get(queue="low").paused_until == until
    assert "It goes on by itself at" in root.get(reverse(PAGE)).content.decode()


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("pause", {"why": ""}, "This field is required."),
        ("pause", {"why": "x" * 301}, "at most 300 characters"),
        ("pause", {"why": "odd", "until": "2020-01-01T00:00"}, "This moment is over."),
        ("pause", {"why": "odd", "until": "tomorrow"}, "Enter a valid date/time."),
        ("limits", {"max_running": "0"}, "greater than or equal to 1"),
        ("limits", {"max_running": "-3", "max_starts_a_minute": "x"}, "Enter a whole number."),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(root: Client, name: str, given: dict[str, str], said: str) -> None:
    status, page = control(root, "high", name, **given)
    assert status == 200
    assert said in page
    assert not QueueControl.objects.exists()
    assert not LogEntry.objects.exists()


def test_limits_are_set_and_taken_away(root: Client) -> None:
    control(root, "default", "limits", max_running="2", max_starts_a_minute="30")
    page = root.get(reverse(PAGE)).content.decode()
    assert "of at most 2" in page
    assert "of at most 30" in page
    control(root, "default", "limits", max_running="", max_starts_a_minute="")
    limits = QueueControl.objects.get(queue="default")
    assert (limits.max_running, limits.max_starts_a_minute) == (None, None)
    assert "limits: max_running 2, max_starts_a_minute 30" in LogEntry.objects.values_list("change_message", flat=True)


@pytest.mark.parametrize("name", ["pause", "resume", "limits"])
def test_each_button_needs_the_permission_and_is_a_post(name: str) -> None:
    for client in (staff(VIEW), staff("generation.pause_queue"), staff(VIEW, "generation.change_queuecontrol")):
        assert control(client, "high", name, why="odd")[0] == 403
    assert f"/do/{name}/" not in staff(VIEW, "auth.view_user").get(reverse(PAGE)).content.decode()
    allowed = staff(VIEW, "generation.pause_queue")
    assert allowed.get(reverse("admin:generation_queuecontrol_do", args=["high", name])).status_code == 405
    assert control(allowed, "high", name, why="odd")[0] == 302


def test_an_unknown_queue_or_button_is_not_found(root: Client) -> None:
    assert control(root, "urgent", "pause", why="odd")[0] == 404
    assert control(root, "high", "drop")[0] == 404
    assert staff().get(reverse(PAGE)).status_code == 403


def test_without_a_broker_the_page_says_so(root: Client, settings: Settings) -> None:
    from generation import dispatch

    settings.BROKER_URL = "unix:///nowhere.sock"
    dispatch._broker.cache_clear()
    assert "the broker cannot be reached" in root.get(reverse(PAGE)).content.decode()
    dispatch._broker.cache_clear()


def test_attempts_at_other_work_are_shown_and_not_changed(root: Client) -> None:
    job = request()
    attempt = BackgroundAttempt.objects.create(
        kind="mail", work=job.pk, queue="maintenance", number=1, worker="worker-1", lease="x", error_code="disk_full"
    )
    page = root.get(reverse("admin:generation_backgroundattempt_changelist")).content.decode()
    assert "worker-1" in page
    change = reverse("admin:generation_backgroundattempt_change", args=[attempt.pk])
    assert root.get(change).status_code == 200
    assert root.post(change, {"worker": "x"}).status_code == 403


def test_the_limits_of_a_queue_leave_its_pause(root: Client) -> None:
    services.pause_queue(queue="high", by="Ana", why="moving house")
    services.set_limits(queue="high", max_running=1, max_starts_a_minute=None)
    row = QueueControl.objects.get(queue="high")
    assert (row.paused_by, row.max_running) == ("Ana", 1)
