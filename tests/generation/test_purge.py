"""The purge takes what is old and nothing that anybody names."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.storage import FileSystemStorage, storages
from django.utils import timezone

from generation import background, background_run, runner, schedules
from generation.artifacts import StoredFiles, derived_path, path_of
from generation.models import (
    Artifact,
    BackgroundAttempt,
    GenerationJob,
    GenerationLog,
    Schedule,
    ScheduleRun,
    SiteVersion,
    StepRun,
)
from generation.purge import Purge, purge
from generation.services import approve_version

from .factories import make_brief, request

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from pytest_django import Settings

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pipeline")]

AGES_AGO = timezone.now() - timedelta(days=1000)


@pytest.fixture(autouse=True)
def _own_files(settings: Settings, tmp_path: Path) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "sites": {"BACKEND": "generation.artifacts.SitesStorage", "OPTIONS": {"location": tmp_path}},
    }


def make_version(subject: UUID, number: int) -> SiteVersion:
    job = request(subject, brief=make_brief(business_name=f"Shop {number}"))
    runner.run(job.pk, 1, execution=f"execution-{job.pk}", worker="test")
    return SiteVersion.objects.get(job=job)


def three_versions() -> list[SiteVersion]:
    """Of one subject: superseded, published, draft."""
    subject = uuid4()
    first = make_version(subject, 1)
    approve_version(subject=subject, by="test")
    second = make_version(subject, 2)
    approve_version(subject=subject, by="test")
    return [first, second, make_version(subject, 3)]


def age(*paths: str) -> None:
    """Let files be old: these, or all."""
    storage = storages["sites"]
    assert isinstance(storage, FileSystemStorage)
    old = time.time() - 2 * settings.GENERATION_KEEP_UNNAMED_FILES_DAYS * 24 * 3600
    for path in paths or [os.path.relpath(file, storage.location) for file in all_files(str(storage.location))]:
        os.utime(storage.path(path), (old, old))


def all_files(folder: str) -> list[str]:
    return [os.path.join(where, name) for where, _folders, names in os.walk(folder) for name in names]  # noqa: PTH118


def clear() -> dict[str, int]:
    return purge(Purge(), "test")


def test_old_lines_of_jobs_that_have_ended_go_and_no_others() -> None:
    ended, running = request(), request()
    runner.run(ended.pk, 1, execution="one", worker="test")
    for job in (ended, running):
        GenerationLog.objects.create(job=job, attempt=1, message="old")
    GenerationLog.objects.filter(message="old").update(at=AGES_AGO)
    kept = GenerationLog.objects.exclude(message="old").count()

    assert clear()["log lines"] == 1

    assert GenerationLog.objects.filter(message="old").get().job == running
    assert GenerationLog.objects.exclude(message="old").count() == kept > 0


def test_a_version_goes_long_after_another_took_its_place_and_its_job_stays() -> None:
    old, published, draft = three_versions()
    assert clear()["versions"] == 0
    SiteVersion.objects.filter(pk=published.pk).update(published_at=AGES_AGO)

    assert clear()["versions"] == 1

    assert list(SiteVersion.objects.order_by("number")) == [published, draft]
    assert GenerationJob.objects.filter(pk=old.job_id).exists()
    assert not Artifact.objects.filter(job=old.job_id).exists()
    assert not StepRun.objects.filter(job=old.job_id).exists()
    assert StepRun.objects.filter(job=draft.job_id).exists()
    assert clear()["versions"] == 0


def test_a_version_from_which_a_job_goes_on_stays() -> None:
    old, published, _draft = three_versions()
    SiteVersion.objects.filter(pk=published.pk).update(published_at=AGES_AGO)
    going_on = request(brief=make_brief(business_name="Another"))
    GenerationJob.objects.filter(pk=going_on.pk).update(based_on=old)

    assert clear()["versions"] == 0


def test_files_go_that_nothing_names_any_more() -> None:
    old, published, draft = three_versions()
    only_of_old = set(Artifact.objects.filter(job=old.job).values_list("path", flat=True))
    only_of_old -= set(Artifact.objects.exclude(job=old.job).values_list("path", flat=True))
    assert only_of_old
    files = StoredFiles()
    stray, picture, fresh = (files.put(text) for text in (b"stray", b"a customer's picture", b"fresh"))
    note = derived_path("a recipe")
    files.derived("a recipe", lambda: b"derived")
    background.register_file_names(names := lambda: [picture.sha256])
    SiteVersion.objects.filter(pk=published.pk).update(published_at=AGES_AGO)
    age()
    os.utime(storages["sites"].path(path_of(fresh.sha256)))

    assert clear()["files"] == len(only_of_old) + 3  # and: the stray, the derived, and the note about it

    background._file_names.remove(names)
    storage = storages["sites"]
    assert not storage.exists(path_of(stray.sha256))
    assert not storage.exists(note)
    assert storage.exists(path_of(picture.sha256))
    assert storage.exists(path_of(fresh.sha256))
    for version in (published, draft):
        for ref in version.manifest.values():
            assert files.get(ref["sha256"])


def test_an_old_file_that_is_put_again_is_new_and_stays() -> None:
    files = StoredFiles()
    ref = files.put(b"bytes")
    derived = files.derived("a recipe", lambda: b"derived")
    age()
    files.put(b"bytes")
    assert files.derived("a recipe", lambda: b"derived") == derived
    age(derived_path("a recipe"))

    clear()

    assert files.get(ref.sha256) == b"bytes"
    assert files.get(derived.sha256) == b"derived"


def test_no_more_is_removed_at_one_time_than_is_said() -> None:
    files = StoredFiles()
    for number in range(5):
        files.put(str(number).encode())
    age()

    assert [purge(Purge(most=2), "test")["files"] for _time in range(4)] == [2, 2, 1, 0]


def test_old_runs_of_schedules_go_with_their_attempts_but_the_newest_stays() -> None:
    Schedule.objects.all().delete()
    schedule = Schedule.objects.create(name="Nightly", task="purge", cron="30 2 * * *")
    for number in range(3):
        run = schedules.run_schedule_now(schedule_id=schedule.pk, by="test")
        background_run.run(background.kind("schedule_run"), run.pk, 1, execution=f"n{number}", worker="test")
    ScheduleRun.objects.update(finished_at=AGES_AGO)

    assert clear()["runs of schedules"] == 2

    assert ScheduleRun.objects.get() == run
    assert BackgroundAttempt.objects.get().work == run.pk


def test_the_shipped_purge_is_a_schedule_like_any_other() -> None:
    from importlib import import_module

    from django.apps import apps

    Schedule.objects.all().delete()
    for app in ("generation.migrations.0004_shipped_schedules", "orders.migrations.0004_shipped_schedules"):
        import_module(app).add(apps, None)
        import_module(app).add(apps, None)

    shipped = Schedule.objects.all()
    assert {each.task for each in shipped} == {"purge", "remind", "reset_empty_generations", "auto_start_stuck_orders"}
    for each in shipped:
        each.clean()
