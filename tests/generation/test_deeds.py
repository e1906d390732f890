"""Retry, reset and cancel of jobs in the admin: the page before, what is done, passed over and on record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from generation import runner, services
from generation.admin.deeds import MOST, REASON_LETTERS
from generation.errors import StepFailed
from generation.models import GenerationJob, JobStatus
from tests.support.desk import choose, confirm, press
from tests.support.staff import staff

from .factories import request

if TYPE_CHECKING:
    from django.test import Client

    from .conftest import TinyPipeline

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("broker")]

VIEW = "generation.view_generationjob"
DEEDS = {"retry_job": {}, "reset_job": {"reason": "odd"}, "cancel_job": {"reason": "odd"}}


@pytest.fixture
def root() -> Client:
    return staff(is_superuser=True)


def done(pipeline: TinyPipeline) -> GenerationJob:
    job = request()
    runner.run(job.pk, 1, execution=str(job.pk), worker="test")
    return now(job)


def failed(pipeline: TinyPipeline) -> GenerationJob:
    def fail() -> None:
        raise StepFailed("disk_full")

    pipeline.inside["verify"] = fail
    job = request()
    with pytest.raises(runner.GenerationFailed):
        runner.run(job.pk, 1, execution=str(job.pk), worker="test")
    pipeline.inside.clear()
    return now(job)


def now(job: GenerationJob) -> GenerationJob:
    return GenerationJob.objects.get(pk=job.pk)


def name(job: GenerationJob) -> str:
    return f"Burnet Road Plumbing ({str(job.pk)[:8]})"


def test_the_page_before_says_which_and_why_not_and_changes_nothing(root: Client, pipeline: TinyPipeline) -> None:
    dead, active, sound = failed(pipeline), request(), done(pipeline)
    before = list(GenerationJob.objects.order_by("pk").values())

    page = choose(root, "retry_job", dead, active, sound)

    will_do, passed_over = page.split('id="passed-over"')
    assert name(dead) in will_do
    assert f"{name(active)}</a>: The site is being generated already." in passed_over
    assert f"{name(sound)}</a>: The job has succeeded" in passed_over
    assert "2 are passed over" in passed_over
    assert list(GenerationJob.objects.order_by("pk").values()) == before
    assert not LogEntry.objects.exists()


def test_what_is_confirmed_is_done_said_and_on_record(root: Client, pipeline: TinyPipeline) -> None:
    dead, active = failed(pipeline), request()

    said = confirm(root, "retry_job", dead, active)

    assert said == [
        f"Retry: done (1): {name(dead)}.",
        f"Retry: passed over (1): {name(active)}. The site is being generated already.",
    ]
    again = GenerationJob.objects.get(continues=dead)
    assert (again.requested_by, again.trigger) == ("Ana Lima", "admin")
    entry = LogEntry.objects.get()
    assert (entry.user.get_username(), entry.object_id, entry.change_message) == ("root", str(dead.pk), "retry_job")


def test_a_reset_from_a_step_keeps_its_reason(root: Client, pipeline: TinyPipeline) -> None:
    job = done(pipeline)

    confirm(root, "reset_job", job, reason="the logo is new", first_step="package")

    reset = GenerationJob.objects.get(continues=job)
    assert (reset.kind, reset.note, reset.first_step) == ("reset", "the logo is new", "package")
    assert LogEntry.objects.get().change_message == "reset_job: package; the logo is new"


def test_a_step_at_which_it_cannot_begin_passes_the_job_over(root: Client, pipeline: TinyPipeline) -> None:
    job = failed(pipeline)

    (said,) = confirm(root, "reset_job", job, reason="odd", first_step="package")

    assert "It cannot begin at step “package”." in said
    assert GenerationJob.objects.count() == 1
    assert not LogEntry.objects.exists()


def test_a_cancel_keeps_its_reason(root: Client) -> None:
    job = request()

    confirm(root, "cancel_job", job, reason="paid twice")

    assert now(job).status == JobStatus.CANCELLED
    event = job.events.latest("pk")
    assert (event.by, event.reason) == ("Ana Lima", "paid twice")
    assert LogEntry.objects.get().change_message == "cancel_job: paid twice"


@pytest.mark.parametrize("deed", DEEDS)
def test_a_double_click_does_it_once(root: Client, pipeline: TinyPipeline, deed: str) -> None:
    job = request() if deed == "cancel_job" else failed(pipeline)

    confirm(root, deed, job, **DEEDS[deed])
    done_once, passed_over = confirm(root, deed, job, **DEEDS[deed])  # the first message is still to be read

    assert ": done (1)" in done_once
    assert ": passed over (1)" in passed_over
    assert LogEntry.objects.count() == 1
    assert GenerationJob.objects.filter(subject=job.subject).count() == (1 if deed == "cancel_job" else 2)


@pytest.mark.parametrize("deed", DEEDS)
def test_each_deed_has_its_own_permission_and_is_a_post(pipeline: TinyPipeline, deed: str) -> None:
    job = failed(pipeline)
    permission = f"generation.{deed}"
    others = staff(VIEW, *(f"generation.{other}" for other in DEEDS if other != deed))
    for client in (others, staff(permission), staff(VIEW)):
        assert press(client, deed, job, confirmed="1", **DEEDS[deed]).status_code == 403
    assert f'value="{deed}"' not in others.get(reverse("admin:generation_generationjob_changelist")).content.decode()

    allowed = staff(VIEW, permission)
    assert f'value="{deed}"' in allowed.get(reverse("admin:generation_generationjob_changelist")).content.decode()
    assert allowed.get(reverse("admin:generation_generationjob_deed", args=[deed])).status_code == 405
    assert press(allowed, deed, job).status_code == 200
    assert GenerationJob.objects.count() == 1
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize("reason", ["", "   ", "x" * (REASON_LETTERS + 1), "a\x00b"])
def test_a_reason_that_nobody_can_read_is_refused(root: Client, reason: str) -> None:
    job = request()

    response = press(root, "cancel_job", job, confirmed="1", reason=reason)

    assert response.status_code == 200
    assert "Nothing has been done." in response.content.decode()
    assert now(job).status == JobStatus.QUEUED


@pytest.mark.parametrize("given", ["x", "", "'; --", "9" * 100])
def test_what_is_no_job_is_nothing_to_do(root: Client, given: str) -> None:
    job = request()
    address = reverse("admin:generation_generationjob_deed", args=["cancel_job"])

    page = root.post(address, {"_selected_action": given})

    assert "There is nothing for which it could be done." in page.content.decode()
    assert root.post(address.replace("cancel_job", "delete"), {}).status_code == 404
    assert now(job).status == JobStatus.QUEUED


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""])
def test_the_way_back_stays_in_the_shop(root: Client, back: str) -> None:
    response = press(root, "cancel_job", request(), confirmed="1", reason="odd", back=back)
    assert response["Location"] == reverse("admin:generation_generationjob_changelist")


def test_the_way_back_keeps_the_filter(root: Client) -> None:
    page = choose(root, "cancel_job", request(), query="?status__exact=queued")
    assert 'name="back" value="/admin/generation/generationjob/?status__exact=queued"' in page


def test_more_than_are_done_at_once_are_left_and_said(root: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generation.admin.deeds.MOST", 2)
    jobs = [request() for _number in range(3)]

    page = choose(root, "cancel_job", *jobs, select_across="1")

    assert "It will be done for 2" in page
    assert "1 more stay as they are" in page
    assert MOST >= 100, "more than a page of the list"


@pytest.mark.parametrize("status", ["queued", "failed", "succeeded"])
def test_a_jobs_page_says_why_it_is_not_running_and_what_can_be_done(
    root: Client, pipeline: TinyPipeline, status: str
) -> None:
    job = {"queued": lambda _pipeline: request(), "failed": failed, "succeeded": done}[status](pipeline)
    if status == "queued":
        services.pause_queue(queue=job.queue, by="Ana", why="moving house")

    page = root.get(reverse("admin:generation_generationjob_change", args=[job.pk])).content.decode()

    offered = {deed for deed in DEEDS if reverse("admin:generation_generationjob_deed", args=[deed]) in page}
    assert (
        offered
        == {
            "queued": {"cancel_job"},
            "failed": {"retry_job", "reset_job"},
            "succeeded": {"reset_job"},
        }[status]
    )
    assert ("Why is it not running?" in page) == (status != "succeeded")
    assert ("moving house" in page) == (status == "queued")


def test_a_reader_is_offered_nothing(pipeline: TinyPipeline) -> None:
    job = failed(pipeline)
    page = staff(VIEW).get(reverse("admin:generation_generationjob_change", args=[job.pk])).content.decode()
    assert "Why is it not running?" in page
    assert "/deeds/" not in page
