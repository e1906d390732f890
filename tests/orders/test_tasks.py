"""What schedules do with orders."""

from __future__ import annotations

import pytest
from django.utils import timezone

from generation import background, background_run
from generation.models import AUTOMATIC, GenerationJob, Schedule, ScheduleRun, SiteVersion
from generation.schedules import fire_due
from orders.models import SiteOrder, Status

from .factories import make_answers, paid, reviewed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pipeline")]


def run_task(task: str) -> ScheduleRun:
    """Fire a schedule of this task, and do its run as a worker does."""
    Schedule.objects.all().delete()
    Schedule.objects.create(name="Hourly", task=task, cron="0 * * * *", next_run_at=timezone.now())
    Schedule.objects.update(next_run_at=timezone.now().replace(minute=0, second=0, microsecond=0))
    assert fire_due(timezone.now()) == 1
    run = ScheduleRun.objects.get()
    background_run.run(background.kind("schedule_run"), run.pk, 1, execution="one", worker="test")
    run.refresh_from_db()
    return run


def test_stuck_orders_are_started() -> None:
    stuck = paid(make_answers())
    GenerationJob.objects.all().delete()
    SiteOrder.objects.filter(pk=stuck.pk).update(status=Status.PAID)

    run = run_task("auto_start_stuck_orders")

    assert (run.status, run.outcome) == ("succeeded", {"sites asked for": 1, "orders passed over": 0})
    job = GenerationJob.objects.get(subject=stuck.pk)
    assert job.trigger in AUTOMATIC
    assert job.requested_by == "schedule “Hourly”"


def test_empty_generations_are_reset_and_sound_ones_are_not() -> None:
    sound, empty = reviewed(), reviewed()
    for order, files in ((sound, 9), (empty, 1)):
        manifest = {f"{n}.html": {"sha256": f"{n:064}", "size": 1} for n in range(files)}
        SiteVersion.objects.filter(subject=order.pk).update(manifest=manifest)

    run = run_task("reset_empty_generations")

    assert run.outcome == {"sites asked for": 1, "orders passed over": 0}
    assert GenerationJob.objects.get(kind="reset").subject == empty.pk


def test_reminding_is_a_task() -> None:
    assert run_task("remind").outcome == {"reminders": 0}
