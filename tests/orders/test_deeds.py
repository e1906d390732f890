"""What staff have done to the generations of many orders: the page before, what is done, passed over and on record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from generation import runner
from generation import services as generation
from generation.errors import StepFailed
from generation.models import GenerationJob, SiteVersion
from orders import services
from orders.builds import DoneByAPersonOnly
from orders.models import OrderEvent, SiteOrder, Status
from tests.support.at_once import at_once
from tests.support.desk import choose, confirm, press
from tests.support.staff import staff

from .factories import build, make_answers, paid, place, reviewed, run

if TYPE_CHECKING:
    from django.test import Client

    from tests.generation.conftest import TinyPipeline

pytestmark = pytest.mark.django_db(transaction=True)

VIEW = "orders.view_siteorder"
PERMISSIONS = {
    "generate_site": "orders.generate_site",
    "retry_generation": "generation.retry_job",
    "reset_generation": "generation.reset_job",
    "cancel_generation": "generation.cancel_job",
    "reset_empty_generations": "orders.reset_empty_generations",
    "auto_start_stuck_orders": "orders.auto_start_stuck_orders",
}
ASKED: dict[str, dict[str, str]] = {"reset_generation": {"reason": "odd"}, "cancel_generation": {"reason": "odd"}}


@pytest.fixture
def root() -> Client:
    return staff(is_superuser=True)


def now(order: SiteOrder) -> SiteOrder:
    return SiteOrder.objects.get(pk=order.pk)


def name(order: SiteOrder) -> str:
    return f"#{order.number} Burnet Road Plumbing"


def failed(pipeline: TinyPipeline) -> SiteOrder:
    def fail() -> None:
        raise StepFailed("disk_full")

    pipeline.inside["verify"] = fail
    order = paid(make_answers())
    with pytest.raises(runner.GenerationFailed):
        run(build(order))
    pipeline.inside.clear()
    return now(order)


def empty(pipeline: TinyPipeline) -> SiteOrder:
    """An order in review whose version has lost its files."""
    order = reviewed()
    SiteVersion.objects.filter(subject=order.pk).update(manifest={})
    return order


def standing(pipeline: TinyPipeline, deed: str) -> SiteOrder:
    """An order to which this can be done."""
    match deed:
        case "retry_generation":
            return failed(pipeline)
        case "reset_generation":
            return reviewed()
        case "cancel_generation":
            build(order := paid(make_answers()))
            return order
        case "reset_empty_generations":
            return empty(pipeline)
    return paid(make_answers())


@pytest.fixture(autouse=True)
def _one_file_is_a_site(settings: Any) -> None:
    settings.GENERATION_MIN_FILES = 1


def test_generating_many_says_of_each_what_will_come_of_it(root: Client, pipeline: TinyPipeline) -> None:
    ready, running, done = paid(make_answers()), paid(make_answers()), reviewed()
    build(running)
    unpaid, unanswered = place(make_answers()), paid()
    chosen = (ready, running, done, unpaid, unanswered)

    will_do, passed_over = choose(root, "generate_site", *chosen).split('id="passed-over"')

    assert name(ready) in will_do
    assert f"{name(running)}</a>: The site is being generated already." in passed_over
    assert f"{name(done)}</a>: Nothing has changed since version 1." in passed_over
    assert f"{name(unpaid)}</a>: Order #{unpaid.number} is “Waiting for payment”" in passed_over
    assert "business_name" in passed_over, "what the answers lack is named"
    assert GenerationJob.objects.count() == 2
    assert not LogEntry.objects.exists()

    said = confirm(root, "generate_site", *chosen)
    assert said[0] == f"Generate site: done (1): {name(ready)}."
    assert len(said) == 5
    job = GenerationJob.objects.get(subject=ready.pk)
    assert (job.trigger, job.requested_by, now(ready).status) == ("admin", "Ana Lima", Status.BUILDING)
    assert LogEntry.objects.get().object_id == str(ready.pk)
    assert (now(unpaid).status, now(unanswered).status) == (Status.PENDING_PAYMENT, Status.ONBOARDING_PENDING)


@pytest.mark.parametrize("deed", PERMISSIONS)
def test_a_double_click_does_it_once(root: Client, pipeline: TinyPipeline, deed: str) -> None:
    order = standing(pipeline, deed)
    before = GenerationJob.objects.count()

    confirm(root, deed, order, **ASKED.get(deed, {}))
    done, passed_over = confirm(root, deed, order, **ASKED.get(deed, {}))  # the first message is still to be read

    assert f": done (1): {name(order)}." in done
    assert f": passed over (1): {name(order)}." in passed_over
    assert GenerationJob.objects.count() == before + (deed != "cancel_generation")
    assert now(order).status == (Status.FAILED if deed == "cancel_generation" else Status.BUILDING)
    entry = LogEntry.objects.get()
    assert (entry.object_id, entry.change_message.split(":")[0]) == (str(order.pk), deed)


@pytest.mark.parametrize("deed", ["retry_generation", "cancel_generation"])
def test_of_clicks_at_once_one_does_it(root: Client, pipeline: TinyPipeline, deed: str) -> None:
    order = standing(pipeline, deed)
    said = sorted(at_once(3, lambda: confirm(root, deed, order, **ASKED.get(deed, {}))[0]))
    assert [": done (1)" in words for words in said] == [True, False, False], said
    assert LogEntry.objects.count() == 1


@pytest.mark.parametrize("deed", PERMISSIONS)
def test_each_deed_has_its_own_permission(pipeline: TinyPipeline, deed: str) -> None:
    order = standing(pipeline, deed)
    before = GenerationJob.objects.count()
    others = staff(VIEW, "orders.change_siteorder", *(PERMISSIONS[other] for other in PERMISSIONS if other != deed))
    assert press(others, deed, order, confirmed="1").status_code == 403
    assert press(staff(PERMISSIONS[deed]), deed, order, confirmed="1").status_code == 403
    page = others.get(reverse("admin:orders_siteorder_changelist")).content.decode()
    assert f'value="{deed}"' not in page
    assert f"/deeds/{deed}/" not in page
    assert press(staff(VIEW, PERMISSIONS[deed]), deed, order).status_code == 200
    assert GenerationJob.objects.count() == before
    assert not LogEntry.objects.exists()


def test_a_reset_keeps_the_old_version(root: Client, pipeline: TinyPipeline) -> None:
    order = reviewed()
    confirm(root, "reset_generation", order, reason="the logo is new")
    job = GenerationJob.objects.get(kind="reset")
    run(job)
    assert (job.kind, job.note) == ("reset", "the logo is new")
    assert list(SiteVersion.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_a_cancelled_generation_says_by_whom_and_why(root: Client) -> None:
    build(order := paid(make_answers()))
    confirm(root, "cancel_generation", order, reason="paid twice")
    assert now(order).status == Status.FAILED
    assert "Ana Lima: paid twice" in now(order).reason


def test_empty_generations_are_found_and_sound_ones_left(root: Client, pipeline: TinyPipeline) -> None:
    wanted, sound, running = empty(pipeline), reviewed(), paid(make_answers())
    build(running)
    address = reverse("admin:orders_siteorder_deed", args=["reset_empty_generations"])
    assert address in root.get(reverse("admin:orders_siteorder_changelist")).content.decode()

    page = root.post(address, {"all": "1"}).content.decode()
    assert name(wanted) in page
    assert name(sound) not in page
    assert name(running) not in page

    said = confirm(root, "reset_empty_generations", wanted, sound, running)
    assert said[0] == f"Reset empty generations: done (1): {name(wanted)}."
    assert "It is not one of those orders, or not any more." in said[1]
    assert now(sound).status == Status.REVIEW
    assert "0 files" in GenerationJob.objects.get(kind="reset").note


def test_stuck_orders_are_started_and_others_left(root: Client, pipeline: TinyPipeline) -> None:
    stuck, unanswered, sound = paid(make_answers()), paid(), reviewed()
    address = reverse("admin:orders_siteorder_deed", args=["auto_start_stuck_orders"])

    page = root.post(address, {"all": "1"}).content.decode()
    assert f"#{stuck.number} " in page
    assert f"#{unanswered.number} " not in page
    assert f"#{sound.number} " not in page

    confirm(root, "auto_start_stuck_orders", stuck, unanswered, sound)
    assert now(stuck).status == Status.BUILDING
    assert (now(unanswered).status, now(sound).status) == (Status.ONBOARDING_PENDING, Status.REVIEW)


@pytest.mark.parametrize("trigger", ["schedule", "reconcile"])
@pytest.mark.parametrize("stands", [Status.REVIEW, Status.DELIVERED])
def test_a_sound_site_is_generated_again_only_by_a_person(
    root: Client, pipeline: TinyPipeline, trigger: str, stands: Status
) -> None:
    order = reviewed()
    if stands == Status.DELIVERED:
        services.approve(order_id=order.pk, by="test")
    before = OrderEvent.objects.count()

    with pytest.raises(DoneByAPersonOnly):
        services.reset_site(order_id=order.pk, by="clock", trigger=trigger)
    with pytest.raises(DoneByAPersonOnly):
        generation.reset_generation(job_id=order.current_job_id, by="clock", trigger=trigger)  # type: ignore[arg-type]
    assert (GenerationJob.objects.count(), OrderEvent.objects.count()) == (1, before)

    confirm(root, "reset_generation", order, reason="the owner asked")
    assert now(order).status == Status.BUILDING


def test_the_page_of_an_order_offers_what_can_be_done(root: Client, pipeline: TinyPipeline) -> None:
    def offered(order: SiteOrder) -> set[str]:
        page = root.get(reverse("admin:orders_siteorder_change", args=[order.pk])).content.decode()
        return {deed for deed in PERMISSIONS if reverse("admin:orders_siteorder_deed", args=[deed]) in page}

    assert offered(paid(make_answers())) == set()
    assert offered(failed(pipeline)) == {"retry_generation", "reset_generation"}
    assert offered(standing(pipeline, "cancel_generation")) == {"cancel_generation"}
    assert offered(reviewed()) == {"reset_generation"}


def test_the_page_of_a_waiting_order_says_why_it_is_not_running(root: Client) -> None:
    build(order := paid(make_answers()))
    generation.pause_queue(queue="default", by="Ana", why="moving house")
    page = root.get(reverse("admin:orders_siteorder_change", args=[order.pk])).content.decode()
    assert "Why is it not running?" in page
    assert "moving house" in page


def test_a_button_of_an_orders_page_is_on_record(root: Client) -> None:
    order = place(make_answers())
    root.post(reverse("admin:orders_siteorder_do", args=[order.pk, "mark_paid"]))
    root.post(reverse("admin:orders_siteorder_do", args=[order.pk, "mark_paid"]))
    entry = LogEntry.objects.get()
    assert (entry.object_id, entry.change_message) == (str(order.pk), "mark_paid")
