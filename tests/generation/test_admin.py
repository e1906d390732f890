"""Generation's pages in the admin: all that is known of a job and a version, in words, and nothing to change."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from django.utils.html import escape

from generation import runner
from generation.errors import REASONS, StepFailed
from generation.models import GenerationJob, GenerationLog, JobStatus, LogLevel, SiteVersion, StepRun, VersionState
from generation.pipeline.steps import STEPS
from generation.runner import GenerationFailed
from orders.brief import make_brief as brief_of
from orders.onboarding_file import read_file
from tests.support.staff import staff

from .factories import make_brief, request

if TYPE_CHECKING:
    from django.test import Client

    from .conftest import TinyPipeline

pytestmark = pytest.mark.django_db(transaction=True)

HOSTILE_SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "03-confeitaria-sp.pt-BR.json"


@pytest.fixture
def root() -> Client:
    return staff(is_superuser=True)


def run(job: GenerationJob) -> GenerationJob:
    runner.run(job.pk, 1, execution=str(job.pk), worker="worker-1")
    job.refresh_from_db()
    return job


def failed(pipeline: TinyPipeline, error: Exception) -> GenerationJob:
    def fail() -> None:
        raise error

    pipeline.inside["verify"] = fail
    job = request()
    with pytest.raises(GenerationFailed):
        run(job)
    job.refresh_from_db()
    return job


def text(client: Client, name: str, *arguments: object, **query: str) -> str:
    """The page as it was sent."""
    response = client.get(reverse(f"admin:generation_{name}", args=arguments), query)
    assert response.status_code == 200
    return response.content.decode()


def in_order(page: str, parts: list[str]) -> bool:
    places = [page.find(part) for part in parts]
    return -1 not in places and places == sorted(places)


def test_a_job_shows_all_that_happened_to_it(root: Client) -> None:
    job = run(request())
    page = text(root, "generationjob_change", job.pk)
    steps, lines = page[page.index('id="steps-group"') :], page[page.index('id="logs-group"') :]
    assert in_order(steps, [escape(step.label) for step in STEPS])
    assert in_order(lines, [escape(step.label) for step in STEPS])
    for shown in ("Burnet Road Plumbing", "worker-1", "Queued", "Running", "Succeeded", "index.html", "Leak repair"):
        assert shown in page
    assert reverse("admin:generation_siteversion_change", args=[SiteVersion.objects.get().pk]) in page


def test_a_step_shows_what_it_gave(root: Client) -> None:
    run(request())
    page = text(root, "steprun_change", StepRun.objects.get(step="plan").pk)
    assert escape('"pages": [\n') in page


def test_a_version_shows_its_report_in_words(root: Client) -> None:
    job = run(request(brief=brief_of(read_file(HOSTILE_SAMPLE))))
    page = text(root, "siteversion_change", SiteVersion.objects.get().pk)
    assert "passed, 0 findings" in page
    assert "HTML was taken out; the text stays." in page
    assert "Links and their targets" in page
    assert "robots.txt" in page
    assert reverse("admin:generation_generationjob_change", args=[job.pk]) in page


def test_a_report_is_read_in_the_readers_language(root: Client) -> None:
    run(request(brief=brief_of(read_file(HOSTILE_SAMPLE))))
    address = reverse("admin:generation_siteversion_change", args=[SiteVersion.objects.get().pk])
    spanish = root.get(address, headers={"Accept-Language": "es"}).content.decode()
    assert "Enlaces y sus destinos" in spanish
    assert "Links and their targets" not in spanish


def test_a_failed_job_says_why_and_what_to_do(root: Client, pipeline: TinyPipeline) -> None:
    job = failed(pipeline, StepFailed("disk_full", "no space left"))
    page = text(root, "generationjob_change", job.pk)
    assert REASONS["disk_full"].message in page
    assert REASONS["disk_full"].remedy in page
    assert REASONS["disk_full"].message in text(root, "generationjob_changelist")


def test_a_defect_shows_its_traceback_as_text(root: Client, pipeline: TinyPipeline) -> None:
    job = failed(pipeline, RuntimeError("<script>alert(1)</script>"))
    page = text(root, "generationjob_change", job.pk)
    assert "Traceback (most recent call last)" in page
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page


def test_a_customers_markup_is_shown_as_text(root: Client) -> None:
    job = request(brief=make_brief(business_name="<b>Bold</b> & Sons", objective="<script>alert(1)</script>"))
    for page in (text(root, "generationjob_change", job.pk), text(root, "generationjob_changelist")):
        assert "&lt;b&gt;Bold&lt;/b&gt; &amp; Sons" in page
        assert "<b>Bold" not in page
        assert "<script>alert(1)" not in page


@pytest.mark.parametrize("by", ["subject", "business", "error_code", "job"])
def test_jobs_are_found_by(root: Client, pipeline: TinyPipeline, by: str) -> None:
    wanted = failed(pipeline, StepFailed("disk_full"))
    other = request(brief=make_brief(business_name="Another Shop"))
    terms = {"subject": str(wanted.subject), "business": "burnet", "error_code": "disk_full", "job": str(wanted.pk)}
    page = text(root, "generationjob_changelist", q=terms[by])
    assert str(wanted.pk) in page
    assert str(other.pk) not in page


def test_versions_are_found_by_subject_and_business(root: Client, pipeline: TinyPipeline) -> None:
    wanted, other = run(request()), run(request(brief=make_brief(business_name="Another Shop")))
    for term in (str(wanted.subject), "burnet", str(wanted.pk)):
        page = text(root, "siteversion_changelist", q=term)
        assert reverse("admin:generation_siteversion_change", args=[wanted.version.pk]) in page
        assert reverse("admin:generation_siteversion_change", args=[other.version.pk]) not in page


def test_jobs_are_filtered_by_error_in_words(root: Client, pipeline: TinyPipeline) -> None:
    wanted, other = failed(pipeline, StepFailed("disk_full")), request()
    assert REASONS["disk_full"].message in text(root, "generationjob_changelist")
    page = text(root, "generationjob_changelist", error_code="disk_full")
    assert str(wanted.pk) in page
    assert str(other.pk) not in page


@pytest.mark.parametrize("name", ["generationjob_changelist", "siteversion_changelist"])
def test_lists_ask_the_database_as_often_for_many_rows(root: Client, pipeline: TinyPipeline, name: str) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            text(root, name)
        return len(asked)

    run(request())
    text(root, name)  # what is asked for once in a process is not counted
    few = queries()
    for _ in range(5):
        run(request())
    assert queries() == few


def test_a_job_with_many_lines_asks_the_database_as_often(root: Client, pipeline: TinyPipeline) -> None:
    job = run(request())

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            text(root, "generationjob_change", job.pk)
        return len(asked)

    queries()
    few = queries()
    GenerationLog.objects.bulk_create(
        GenerationLog(job=job, attempt=1, step="render", level=LogLevel.INFO, message=f"line {number}")
        for number in range(50)
    )
    assert queries() == few


def test_nothing_can_be_written(root: Client, pipeline: TinyPipeline) -> None:
    job = run(request())
    for model, pk in (("generationjob", job.pk), ("siteversion", job.version.pk), ("steprun", job.steps.first().pk)):  # type: ignore[union-attr]  # it has steps
        form = {"status": "failed", "state": "published", "subject": str(uuid4()), "_save": "Save"}
        for page, arguments in (("add", []), ("change", [pk]), ("delete", [pk])):
            address = reverse(f"admin:generation_{model}_{page}", args=arguments)
            assert root.post(address, {**form, "post": "yes"}).status_code == 403
    job.refresh_from_db()
    assert job.status == JobStatus.SUCCEEDED
    assert job.version.state == VersionState.DRAFT
    assert job.steps.count() == len(pipeline.calls)


def test_lists_offer_no_action_that_deletes(root: Client, pipeline: TinyPipeline) -> None:
    job = run(request())
    form = {"action": "delete_selected", "_selected_action": str(job.pk), "post": "yes"}
    root.post(reverse("admin:generation_generationjob_changelist"), form)
    assert GenerationJob.objects.filter(pk=job.pk).exists()


def test_only_whole_things_have_pages_of_their_own() -> None:
    admin.autodiscover()
    registered = {
        model.__name__ for model in apps.get_app_config("generation").get_models() if admin.site.is_registered(model)
    }
    jobs = {"BackgroundAttempt", "GenerationJob", "QueueControl", "SiteVersion", "StepRun"}
    assert registered == jobs | {"Schedule", "ScheduleRun"}
    with pytest.raises(NoReverseMatch):
        reverse("admin:generation_generationlog_changelist")


def test_pages_are_for_those_who_may_view_them(pipeline: TinyPipeline) -> None:
    job = run(request())
    address = reverse("admin:generation_generationjob_change", args=[job.pk])
    assert staff().get(address).status_code == 403
    page = staff("generation.view_generationjob").get(address)
    assert page.status_code == 200
    assert "Packing the site" in page.content.decode()
