"""Statements that are written once: what differs from time to time is not among what is kept."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.db import IntegrityError
from django.db.models import CharField, F, Q
from django.db.models.functions import Now
from django.db.transaction import TransactionManagementError, atomic
from django.utils import timezone

from generation import prepared, runner
from generation.models import GenerationJob, Schedule, ScheduleRun, SiteVersion
from generation.prepared import Given, Where, by_id, select, update
from generation.requests import Wanted, request_generations
from generation.signals import worker_begins

from .factories import make_brief, request

if TYPE_CHECKING:
    from .conftest import TinyPipeline

pytestmark = pytest.mark.django_db(transaction=True)

THEME = Q(theme=Given("theme", CharField()))


def written() -> int:
    """How many statements were written, which were not kept yet."""
    return prepared._write_select.cache_info().misses + prepared._write_update.cache_info().misses


def test_a_job_writes_no_statement_that_its_worker_has_prepared(pipeline: TinyPipeline) -> None:
    job = request()
    runner.prepare_statements()
    worker_begins.send(None)
    before, inserts = written(), set(prepared._inserts)

    runner.run(job.pk, 1, execution="mine", worker="w-1")

    assert SiteVersion.objects.filter(job=job).exists()
    assert written() == before
    assert set(prepared._inserts) == inserts


def test_a_lock_is_refused_where_nothing_would_hold_it() -> None:
    with pytest.raises(TransactionManagementError):
        select(GenerationJob, by_id(uuid4()), lock=True)
    with atomic():
        assert select(GenerationJob, by_id(uuid4()), lock=True) == []


def test_values_and_expressions_are_those_of_each_time() -> None:
    job = request()
    for theme, attempt in (("one", 1), ("two", 2)):
        assert update(GenerationJob, by_id(job.pk), theme=theme, attempt=F("attempt") + attempt) == 1
        job.refresh_from_db()
        assert job.theme == theme
    assert job.attempt == 3
    assert update(GenerationJob, by_id(job.pk), Where(THEME, {"theme": "one"}), theme="three") == 0
    assert update(GenerationJob, by_id(job.pk), Where(THEME, {"theme": "two"}), theme="three") == 1
    assert [found.theme for found in select(GenerationJob, by_id(job.pk), only=("theme",))] == ["three"]


def test_nothing_is_null_also_where_json_is_kept() -> None:
    schedule = Schedule.objects.create(name="Nightly", task="purge", every_seconds=60)
    run = schedule.runs.create(tick=timezone.now(), task="purge", max_attempts=1)
    with pytest.raises(IntegrityError):
        update(ScheduleRun, by_id(run.pk), outcome=None)


def wanted(requested_by: str, **facts: str) -> Wanted:
    return Wanted(uuid4(), make_brief(**facts), "build", "command", requested_by, "prisma")


def test_rows_asked_for_together_keep_what_is_their_own() -> None:
    every = [wanted(requested_by="a" * 150), wanted(requested_by="b", business_name="Ana's"), wanted(requested_by="c")]

    request_generations(every)

    kept = {job.subject: (job.requested_by, job.brief["business_name"]) for job in GenerationJob.objects.all()}
    assert kept == {each.subject: (each.requested_by, each.brief.business_name) for each in every}
    assert not GenerationJob.objects.filter(created_at__lt=Now() - timedelta(hours=1)).exists()
