"""Schedules in the admin: what staff see, what they may do, and what is refused in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from generation import background_run
from generation.background import kind
from generation.models import Schedule, ScheduleRun
from tests.support.staff import staff

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db

LIST, ADD = reverse("admin:generation_schedule_changelist"), reverse("admin:generation_schedule_add")
EDITOR = ("generation.view_schedule", "generation.add_schedule", "generation.change_schedule")
GIVEN = {
    "name": "Nightly", "task": "purge", "cron": "30 2 * * *", "zone": "America/Sao_Paulo", "enabled": "on",
    "queue": "maintenance", "misfire": "once", "argument_most": "50", "every_seconds": "", "once_at": "",
}  # fmt: skip


def page(schedule: Schedule) -> str:
    return reverse("admin:generation_schedule_change", args=[schedule.pk])


def do(client: Client, schedule: Schedule, name: str) -> int:
    """Press the button on the page before the deed."""
    given = {"_selected_action": schedule.pk, "confirmed": "1"}
    return client.post(reverse("admin:generation_schedule_deed", args=[name]), given).status_code


@pytest.fixture
def nightly() -> Schedule:
    Schedule.objects.all().delete()
    return Schedule.objects.create(name="Nightly", task="purge", cron="30 2 * * *", zone="America/Sao_Paulo")


def test_the_task_is_chosen_first_and_brings_its_arguments() -> None:
    client = staff(*EDITOR)

    assert "?task=purge" in client.get(ADD).content.decode()
    form = client.get(f"{ADD}?task=purge").content.decode()
    assert 'name="argument_most"' in form
    assert 'max="1000000"' in form
    assert 'name="arguments"' not in form
    assert "argument_" not in client.get(f"{ADD}?task=auto_start_stuck_orders").content.decode()


def test_a_saved_schedule_knows_its_next_run_at_once() -> None:
    Schedule.objects.all().delete()

    assert staff(*EDITOR).post(ADD, GIVEN).status_code == 302

    schedule = Schedule.objects.get()
    assert schedule.arguments == {"most": 50}
    assert schedule.next_run_at
    assert schedule.next_run_at.astimezone(UTC).strftime("%H:%M") == "05:30"
    assert timedelta() < schedule.next_run_at - timezone.now() <= timedelta(days=1)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"cron": "0 0 30 2 *"}, "No day is ever like this"),
        ({"cron": "soon"}, "This is not a cron expression"),
        ({"cron": "", "every_seconds": "0"}, "The interval has to be from 1 to"),
        ({"cron": "", "once_at": "2020-01-01T10:00"}, "This moment has passed"),
        ({"cron": "", "once_at": "2031-03-09T02:30", "zone": "America/New_York"}, "the clocks are set forward over it"),
        ({"every_seconds": "60"}, "Give one of these"),
        ({"zone": "Mars/Olympus"}, "Select a valid choice"),
        ({"argument_most": "0"}, "greater than or equal to 1"),
        ({"argument_most": "many"}, "Enter a whole number"),
        ({"task": "os.system"}, "What shall run?"),
    ],
)
def test_what_can_never_run_is_refused_in_words(wrong: dict[str, Any], said: str) -> None:
    Schedule.objects.all().delete()

    answer = staff(*EDITOR).post(ADD, {**GIVEN, **wrong})

    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert not Schedule.objects.exists()


def test_a_moment_is_that_of_the_schedules_zone(nightly: Schedule) -> None:
    client = staff(*EDITOR)

    assert client.post(page(nightly), {**GIVEN, "cron": "", "once_at": "2031-05-01T10:00"}).status_code == 302

    nightly.refresh_from_db()
    assert nightly.once_at == datetime(2031, 5, 1, 13, tzinfo=UTC)
    assert 'value="2031-05-01T10:00"' in client.get(page(nightly)).content.decode()


def test_a_new_name_loses_no_run_that_is_due(nightly: Schedule) -> None:
    missed = timezone.now() - timedelta(hours=6)
    Schedule.objects.filter(pk=nightly.pk).update(next_run_at=missed)

    assert staff(*EDITOR).post(page(nightly), {**GIVEN, "name": "Each night"}).status_code == 302

    nightly.refresh_from_db()
    assert (nightly.name, nightly.next_run_at) == ("Each night", missed)


def test_the_form_shows_the_next_five_runs_in_the_schedules_zone(nightly: Schedule) -> None:
    client = staff(*EDITOR)
    assert client.get(page(nightly)).content.decode().count(" 02:30:00</li>") == 5

    address = reverse("admin:generation_schedule_preview")
    given = {"cron": "0 0 1 1 *", "zone": "Asia/Tokyo", "every_seconds": "", "once_at": ""}
    assert client.get(address, given).content.decode().count("<li>") == 5
    assert "not a cron expression" in client.get(address, {**given, "cron": "<b>"}).content.decode()
    assert client.get(address, {}).status_code == 200
    assert staff("orders.view_siteorder").get(address, given).status_code == 403


def test_buttons_need_their_permission_and_are_on_record(nightly: Schedule) -> None:
    looker, runner = staff("generation.view_schedule"), staff("generation.view_schedule", "generation.run_schedule")
    pauser = staff("generation.view_schedule", "generation.pause_schedule")
    deeds = ("run_schedule", "pause_schedule", "resume_schedule")

    assert [do(looker, nightly, name) for name in deeds] == [403, 403, 403]
    assert [do(runner, nightly, name) for name in (*deeds, "delete")] == [302, 403, 403, 404]
    assert do(pauser, nightly, "pause_schedule") == 302
    nightly.refresh_from_db()
    assert nightly.disabled_why == "Paused by Ana Lima."
    assert do(pauser, nightly, "resume_schedule") == 302

    assert ScheduleRun.objects.get().asked_by == "Ana Lima"
    assert list(LogEntry.objects.order_by("pk").values_list("change_message", flat=True)) == list(deeds)


def test_a_double_click_runs_it_once_and_says_so(nightly: Schedule) -> None:
    client = staff(is_superuser=True)

    assert [do(client, nightly, "run_schedule") for _click in range(2)] == [302, 302]

    assert "A run of it is under way already." in client.get(LIST).content.decode()
    assert ScheduleRun.objects.count() == LogEntry.objects.count() == 1


def test_the_page_offers_what_fits_and_says_what_is_wrong(nightly: Schedule) -> None:
    client = staff(is_superuser=True)
    assert ["Pause…" in shown(client, nightly), "Resume…" in shown(client, nightly)] == [True, False]
    Schedule.objects.update(zone="Mars/Olympus", enabled=False)
    assert ["Pause…" in shown(client, nightly), "Resume…" in shown(client, nightly)] == [False, True]

    do(client, nightly, "resume_schedule")

    assert "“Mars/Olympus” is not a time zone" in client.get(LIST).content.decode()


def shown(client: Client, schedule: Schedule) -> str:
    return client.get(page(schedule)).content.decode()


def test_list_and_page_show_how_the_last_run_went(nightly: Schedule) -> None:
    client = staff(is_superuser=True)
    do(client, nightly, "run_schedule")
    run = ScheduleRun.objects.get()
    background_run.run(kind("schedule_run"), run.pk, 1, execution="one", worker="w-1")

    for shown in (client.get(LIST), client.get(page(nightly))):
        assert reverse("admin:generation_schedulerun_change", args=[run.pk]) in shown.content.decode()
        assert "Succeeded" in shown.content.decode()
    detail = client.get(reverse("admin:generation_schedulerun_change", args=[run.pk])).content.decode()
    assert "log lines: 0" in detail
    assert "w-1" in detail
    assert client.post(reverse("admin:generation_schedulerun_delete", args=[run.pk])).status_code == 403


def test_a_spoilt_schedule_can_be_looked_at(nightly: Schedule) -> None:
    Schedule.objects.update(zone="Mars/Olympus", task="gone", arguments=[1], next_run_at=timezone.now())
    client = staff(is_superuser=True)

    assert "unknown: gone" in client.get(LIST).content.decode()
    assert client.get(page(nightly)).status_code == 200
