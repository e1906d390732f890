"""RQ's pages in the admin: who may look, who may change, what is recorded, and that nothing else leads there."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as configured
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django_rq import get_queue
from pytest_django import Settings
from redis import Redis
from rq import Queue

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
