"""RQ's pages in the admin: who may look, who may change, what is recorded, and that nothing else leads there."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as configured
from django.contrib.admin.models import LogEntry
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django_rq import get_queue
from pytest_django import Settings
from redis import Redis
from rq import Queue, SimpleWorker

from generation import dispatch, services
from generation.claims import Beginning, claim
from generation.models import GenerationJob, JobStatus
from tests.generation.factories import make_brief, request
from tests.support.errands import ask, errands
from tests.support.staff import staff

pytestmark = pytest.mark.django_db

BASE = "admin/django_rq/dashboard/"
HIGH = sorted(configured.RQ_QUEUES).index("high")
ARGUMENTS: dict[str, Any] = {
    "queue_index": HIGH,
    "job_id": "job-1",
    "result_id": "1-1",
    "key": "rq:worker:gone",
    "connection_index": 0,
    "scheduler_name": "none",
    "cron_job_name": "none",
    "token": "token",
}


def patterns(urls: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for each in urls:
        place = prefix + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from patterns(each.url_patterns, place)
        else:
            yield place, each


def rq_patterns() -> list[tuple[str, URLPattern]]:
    """Every address that leads to code of django-rq, wherever it stands."""
    return [
        (place, pattern)
        for place, pattern in patterns(get_resolver().url_patterns)
        if pattern.callback.__module__.startswith("django_rq") or place.startswith(BASE)
    ]


def rq_addresses() -> list[str]:
    return [
        reverse(f"admin:{pattern.name}", kwargs={name: ARGUMENTS[name] for name in pattern.pattern.regex.groupindex})
        for _place, pattern in rq_patterns()
    ]


@pytest.fixture
def looker() -> Client:
    return staff("django_rq.admin")


@pytest.fixture
def operator() -> Client:
    return staff("django_rq.admin", "generation.change_queues")


@pytest.fixture
def queue(broker: Redis) -> Queue:
    """A queue with two waiting messages."""
    queue = get_queue("high")
    for number in (1, 2):
        queue.enqueue_call("generation.tasks.run_generation", args=("none", str(number)), job_id=f"job-{number}")
    return queue


def contents(broker: Redis) -> dict[bytes, bytes | None]:
    """All that the broker holds, byte for byte."""
    return {key: broker.dump(key) for key in broker.scan_iter()}


def answers(client: Client, method: str) -> dict[str, int]:
    form = {"action": "delete", "job_ids": "job-1", "_selected_action": "job-1", "post": "yes"}
    return {
        place: getattr(client, method)(place, form if method == "post" else None).status_code
        for place in rq_addresses()
    }


def test_all_addresses_stand_in_the_admin() -> None:
    assert len(rq_patterns()) > 20
    assert [place for place, _pattern in rq_patterns() if not place.startswith(BASE)] == []


@pytest.mark.parametrize("method", ["get", "post", "put", "delete", "options"])
def test_nobody_gets_in_without_the_permission(broker: Redis, queue: Queue, method: str) -> None:
    before = contents(broker)
    assert set(answers(Client(), method).values()) == {302}
    assert set(answers(staff("django_rq.admin", "generation.change_queues", is_staff=False), method).values()) == {302}
    assert set(answers(staff(), method).values()) == {403}
    assert contents(broker) == before
    assert not LogEntry.objects.exists()


def test_the_way_out_is_the_login(queue: Queue) -> None:
    response = Client().get(reverse("admin:django_rq_home_json"))
    assert response["Location"].startswith(reverse("admin:login"))


def test_who_may_look_may_look_only(broker: Redis, queue: Queue, looker: Client) -> None:
    before = contents(broker)
    assert set(answers(looker, "post").values()) == {403}
    looked = answers(looker, "get")
    assert set(looked.values()) <= {200, 302, 404, 405}
    for page in ("home", "home_json", "dashboard_changelist"):
        assert looked[reverse(f"admin:django_rq_{page}")] == 200
    for page in ("jobs", "queue_details", "finished_jobs", "failed_jobs", "started_jobs", "workers"):
        assert looked[reverse(f"admin:django_rq_{page}", args=[HIGH])] == 200
    assert looked[reverse("admin:django_rq_job_detail", args=[HIGH, "job-1"])] == 200
    assert contents(broker) == before
    assert not LogEntry.objects.exists()


def test_to_change_without_looking_is_refused(broker: Redis, queue: Queue) -> None:
    blind = staff("generation.change_queues")
    assert set(answers(blind, "post").values()) == {403}
    assert queue.count == 2


@pytest.mark.parametrize(
    ("page", "arguments", "form", "left", "said"),
    [
        ("clear", [], {}, 0, ("high: clear", "")),
        ("delete_job", ["job-1"], {}, 1, ("high: delete_job", "job-1")),
        (
            "actions",
            [],
            {"action": "delete", "job_ids": ["job-1", "job-2"]},
            0,
            ("high: actions delete", "job-1, job-2"),
        ),
    ],
)
def test_a_change_is_done_and_recorded(
    queue: Queue,
    operator: Client,
    page: str,
    arguments: list[str],
    form: dict[str, Any],
    left: int,
    said: tuple[str, str],
) -> None:
    response = operator.post(reverse(f"admin:django_rq_{page}", args=[HIGH, *arguments]), form)
    assert response.status_code == 302
    assert queue.count == left
    entry = LogEntry.objects.get()
    assert entry.user.get_username() == "django_rq.admin-generation.change_queues"
    assert (entry.object_repr, entry.change_message) == said
    assert entry.object_id == "high"
    record = staff("admin.view_logentry").get(reverse("admin:admin_logentry_changelist"))
    assert said[0] in record.content.decode()


def test_a_question_is_not_recorded(queue: Queue, operator: Client) -> None:
    address = reverse("admin:django_rq_confirm_action", args=[HIGH])
    response = operator.post(address, {"action": "delete", "_selected_action": "job-1"})
    assert response.status_code == 200
    assert queue.count == 2
    assert not LogEntry.objects.exists()


def test_what_is_gone_is_not_found(queue: Queue, operator: Client) -> None:
    gone: list[tuple[str, list[Any]]] = [
        ("job_detail", [HIGH, "gone"]),
        ("delete_job", [HIGH, "gone"]),
        ("worker_details", [HIGH, "rq:worker:gone"]),
        ("jobs", [99]),
    ]
    for page, arguments in gone:
        assert operator.get(reverse(f"admin:django_rq_{page}", args=arguments)).status_code == 404


def test_pages_of_packages_that_are_not_used_are_not_found(queue: Queue, operator: Client) -> None:
    for place in ("schedulers/0/", "add/", "1/change/", "1/delete/", "1/history/", "1/"):
        assert operator.get(f"/{BASE}{place}").status_code == 404


def test_a_token_opens_nothing(queue: Queue, settings: Settings) -> None:
    settings.RQ_API_TOKEN = "token"  # noqa: S105 - it is to be of no use
    client = Client(headers={"Authorization": "Bearer token"})
    assert client.get(reverse("admin:django_rq_home_json")).status_code == 302
    assert client.get(reverse("admin:django_rq_home_json", args=["token"])).status_code == 302


def test_the_index_shows_queues_to_those_who_may_look(looker: Client) -> None:
    address = reverse("admin:django_rq_dashboard_changelist")
    assert address in looker.get(reverse("admin:index")).content.decode()
    assert address not in staff().get(reverse("admin:index")).content.decode()


def test_without_a_broker_the_pages_say_what_to_do(looker: Client, settings: Settings) -> None:
    settings.RQ_QUEUES = {"high": {"UNIX_SOCKET_PATH": "/nowhere.sock", "DB": 0}}
    response = looker.get(reverse("admin:django_rq_home"))
    assert response.status_code == 503
    assert "manage.py broker" in response.content.decode()


# the buttons, where messages are ours


def press(client: Client, button: str, *arguments: str, queue: str = "default", **form: Any) -> list[str]:
    """Press a button of RQ's pages; returns what is said."""
    index = sorted(configured.RQ_QUEUES).index(queue)
    response = client.post(reverse(f"admin:django_rq_{button}", args=[index, *arguments]), form)
    assert response.status_code == 302
    return [str(message) for message in get_messages(response.wsgi_request)]


def failed_job(broker: Redis) -> tuple[GenerationJob, str]:
    """A job that has failed for good, and its message, which RQ lists as failed."""
    job = request(brief=make_brief())
    message = dispatch.message_id(job)
    GenerationJob.objects.filter(pk=job.pk).update(brief={})
    worker = SimpleWorker([get_queue("default")], connection=broker)
    worker.work(burst=True)
    job.refresh_from_db()
    assert job.status == JobStatus.FAILED
    assert broker.zscore("rq:failed:default", message) is not None
    return job, message


def on_record() -> list[tuple[str, str]]:
    """What is on record of rows, beside the press of the button itself."""
    entries = LogEntry.objects.exclude(object_id="default").order_by("pk")
    return [(str(entry.object_id), entry.change_message) for entry in entries]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("button", ["requeue_job", "enqueue_job", "actions", "requeue_all"])
def test_requeue_lets_the_job_go_on(broker: Redis, operator: Client, button: str) -> None:
    job, message = failed_job(broker)
    arguments = [message] if button in ("requeue_job", "enqueue_job") else []

    said = press(operator, button, *arguments, action="requeue", job_ids=message)

    again = GenerationJob.objects.get(continues=job)
    assert said == [f"Retry: done (1): generation {job.pk}."]
    assert (again.requested_by, again.status) == ("Ana Lima", JobStatus.QUEUED)
    assert on_record() == [(str(job.pk), "requeue")]
    assert get_queue("default").job_ids == [dispatch.message_id(again)]
    assert broker.zcard("rq:failed:default") == 0


@pytest.mark.django_db(transaction=True)
def test_requeue_twice_lets_it_go_on_once(broker: Redis, operator: Client) -> None:
    job, message = failed_job(broker)
    press(operator, "requeue_job", message)
    _done, passed_over = press(operator, "requeue_job", message)
    assert passed_over.endswith("It is under way already.")
    assert GenerationJob.objects.filter(subject=job.subject).count() == 2
    assert len(on_record()) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("button", ["delete_job", "stop_job", "actions delete", "actions stop", "clear"])
def test_delete_stop_and_empty_cancel_the_job(broker: Redis, operator: Client, button: str) -> None:
    job = request()
    message = dispatch.message_id(job)
    name, _, action = button.partition(" ")
    arguments = [message] if name.endswith("_job") else []

    said = press(operator, name, *arguments, action=action, job_ids=message)

    job.refresh_from_db()
    assert job.status == JobStatus.CANCELLED
    assert job.events.latest("pk").by == "Ana Lima"
    assert said == [f"Cancel: done (1): generation {job.pk}."]
    assert on_record() == [(str(job.pk), "cancel")]
    assert get_queue("default").job_ids == []


@pytest.mark.django_db(transaction=True)
def test_a_running_job_is_cancelled_and_its_worker_puts_the_message_away(broker: Redis, operator: Client) -> None:
    job = request()
    message = dispatch.message_id(job)
    assert claim(GenerationJob, job.pk, 1, execution="mine", worker="worker-1", begin=lambda _job: Beginning(60))

    press(operator, "stop_job", message)

    job.refresh_from_db()
    assert job.status == JobStatus.CANCELLED
    assert broker.exists(f"rq:job:{message}")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("button", ["delete_job", "delete_failed_jobs"])
def test_deleting_a_message_left_over_leaves_the_job_as_it_is(broker: Redis, operator: Client, button: str) -> None:
    job, message = failed_job(broker)
    again = services.retry_generation(job_id=job.pk, by="test").job

    (said,) = press(operator, button, *([message] if button == "delete_job" else []))

    assert "Only its message is deleted" in said
    assert broker.zcard("rq:failed:default") == 0
    assert on_record() == []
    again.refresh_from_db()
    assert again.status == JobStatus.QUEUED
    assert get_queue("default").job_ids == [dispatch.message_id(again)]


@pytest.mark.django_db(transaction=True)
def test_emptying_cancels_also_what_has_no_message(broker: Redis, operator: Client) -> None:
    jobs = [request(), request()]
    elsewhere = GenerationJob.objects.filter(pk=request().pk)
    elsewhere.update(queue="high")
    broker.delete("rq:queue:default")
    get_queue("default").enqueue_call("generation.tasks.run_generation", job_id="job-1")

    press(operator, "clear")

    assert set(GenerationJob.objects.filter(queue="default").values_list("status", flat=True)) == {"cancelled"}
    assert elsewhere.get().status == JobStatus.QUEUED
    assert get_queue("default").job_ids == []
    assert {key for key, _what in on_record()} == {str(job.pk) for job in jobs}


@pytest.mark.django_db(transaction=True)
def test_of_ours_and_others_each_is_done_its_own_way(broker: Redis, operator: Client) -> None:
    job = request()
    message = dispatch.message_id(job)
    get_queue("default").enqueue_call("generation.tasks.run_generation", job_id="job-1")

    press(operator, "actions", action="delete", job_ids=[message, "job-1"])

    job.refresh_from_db()
    assert job.status == JobStatus.CANCELLED
    assert get_queue("default").job_ids == []
    assert not broker.exists("rq:job:job-1")
    assert on_record() == [(str(job.pk), "cancel")]


@pytest.mark.django_db(transaction=True)
def test_other_background_work_obeys_the_buttons_too(broker: Redis, operator: Client) -> None:
    with errands() as rows:
        row = ask(rows)
        press(operator, "delete_job", dispatch.message_id(row), queue="maintenance")
        row.refresh_from_db()
        assert row.status == JobStatus.CANCELLED
        press(operator, "requeue_job", dispatch.message_id(row), queue="maintenance")
        row.refresh_from_db()
        assert row.status == JobStatus.QUEUED
        assert get_queue("maintenance").job_ids == [dispatch.message_id(row)]


@pytest.mark.django_db(transaction=True)
def test_who_may_only_look_cancels_nothing(broker: Redis, looker: Client) -> None:
    job = request()
    address = reverse("admin:django_rq_clear", args=[sorted(configured.RQ_QUEUES).index("default")])
    assert looker.post(address).status_code == 403
    job.refresh_from_db()
    assert job.status == JobStatus.QUEUED
