"""/healthz: all is well, or what is not and what to do; quick whatever hangs, and without a secret."""

from __future__ import annotations

import json
import os
import signal
import socket
import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.db.models import F
from django.db.models.functions import Now
from django.test import Client
from django.utils import timezone

from generation import dispatch, duties, services
from generation.models import Duty, GenerationJob, Queue
from tests.generation.factories import request
from tests.support.processes import processes_with, run_manage, wait_until
from tests.support.web import ask, free_port

if TYPE_CHECKING:
    from pathlib import Path

    from redis import Redis

    from tests.support.processes import StartProcess

pytestmark = pytest.mark.django_db(transaction=True)


def healthz(**headers: Any) -> tuple[int, dict[str, Any]]:
    response = Client().get("/healthz", headers=headers)
    assert response["Cache-Control"].startswith("max-age=0, no-cache")
    return response.status_code, response.json()


def troubles(**headers: Any) -> list[str]:
    status, report = healthz(**headers)
    assert status == (503 if report["troubles"] else 200)
    assert all(trouble["remedy"] for trouble in report["troubles"])
    return [trouble["what"] for trouble in report["troubles"]]


@pytest.fixture
def dutiful() -> None:
    """A dispatcher and a reconciliation that were here a moment ago."""
    for name in (duties.DISPATCH, duties.RECONCILE):
        duties.do(name, lambda: None, every=0)


def test_a_shop_with_a_worker_is_well(start_worker: StartProcess) -> None:
    start_worker()
    wait_until(lambda: not troubles(), 20, "the worker has looked after what there is")
    status, report = healthz()
    assert (status, report["status"], report["database"], report["broker"]) == (200, "ok", "ok", "ok")
    assert report["queues"].keys() == set(Queue.values)
    for queue in report["queues"].values():
        assert queue == {"workers": 1, "waiting": 0, "oldest_wait_seconds": 0, "paused": False}
    for duty in ("dispatch", "reconcile"):
        assert 0 <= report[duty]["seconds_ago"] < 60
        assert report[duty]["last_done"]


def test_each_queue_without_a_worker_is_named(start_worker: StartProcess, dutiful: None) -> None:
    start_worker("high", "default")
    assert troubles() == [f"No worker listens to the queue “{queue}”." for queue in ("low", "maintenance")]
    assert healthz()[1]["troubles"][0]["remedy"] == "Start one: manage.py rqworker low"


def test_work_that_waits_too_long_is_a_trouble_unless_the_queue_is_paused(broker: Redis, dutiful: None) -> None:
    request()
    request()
    GenerationJob.objects.update(created_at=Now() - timedelta(seconds=1000))
    waits = "Work has waited in the queue “default” for 100"
    assert [what for what in troubles() if what.startswith(waits)]
    assert healthz()[1]["queues"]["default"]["waiting"] == 2
    services.pause_queue(queue="default", by="Ana", why="tests")
    assert not [what for what in troubles() if what.startswith(waits)]
    assert healthz()[1]["queues"]["default"]["paused"] is True


def test_a_duty_that_nobody_does_is_a_trouble(broker: Redis, dutiful: None) -> None:
    Duty.objects.filter(name=duties.DISPATCH).update(done_at=F("done_at") - timedelta(minutes=5))
    Duty.objects.filter(name=duties.RECONCILE).delete()
    found = troubles()
    assert "“dispatch” has not been done for a while." in found
    assert "“reconcile” has not been done for a while." in found
    assert healthz()[1]["reconcile"] == {"last_done": None, "seconds_ago": None}


def test_a_broker_that_does_not_answer_costs_a_moment(broker: Redis, dutiful: None) -> None:
    from tests.conftest import RUN_DIR

    (server,) = (each for each in processes_with("SB_TEST_RUN", str(RUN_DIR)) if "valkey" in each.name())
    server.send_signal(signal.SIGSTOP)
    try:
        begun = time.monotonic()
        assert troubles() == ["The broker does not answer."]
        assert time.monotonic() - begun < 3
    finally:
        server.send_signal(signal.SIGCONT)
    dispatch._broker.cache_clear()
    assert healthz()[1]["broker"] == "ok"


def test_troubles_are_told_in_the_language_asked_for(broker: Redis) -> None:
    assert "Nenhum worker escuta a fila “high”." in troubles(accept_language="pt-BR")


def test_no_data_of_customers_and_no_secret_are_shown(broker: Redis) -> None:
    job = request()
    text = json.dumps(healthz()[1])
    assert str(job.subject) not in text
    assert job.brief["business_name"] not in text
    assert str(connection.settings_dict["NAME"]) not in text


def test_it_is_only_looked_at() -> None:
    assert Client().post("/healthz").status_code == 405


@pytest.mark.parametrize("database", ["hangs", "refuses", "is empty"])
def test_a_web_without_its_database_says_so(start_process: StartProcess, tmp_path: Path, database: str) -> None:
    silent = socket.create_server(("127.0.0.1", 0))  # takes connections, and says nothing
    port = {"hangs": silent.getsockname()[1], "refuses": free_port()}.get(database)
    url = f"postgresql://shop:hunter2secret@127.0.0.1:{port}/shop" if port else f"sqlite:///{tmp_path / 'empty'}"
    web_port = free_port()
    env = {"DATABASE_URL": url, "SITEBUILDER_MODE": "embedded", "VAR_DIR": os.environ["VAR_DIR"]}
    web = start_process("web", f"--port={web_port}", env=env)
    wait_until(lambda: "The web listens" in web.output(), 60, "the web listens")
    begun = time.monotonic()
    answer = ask(web_port, "GET", "/healthz")
    assert time.monotonic() - begun < 12
    silent.close()
    report = json.loads(answer.body)
    assert (answer.status, report["database"]) == (503, "trouble")
    assert "The database cannot be used." in [trouble["what"] for trouble in report["troubles"]]
    assert "hunter2secret" not in answer.body.decode() + web.output()


def test_production_answers_a_prober_that_comes_without_https(start_process: StartProcess, tmp_path: Path) -> None:
    env = {
        "SITEBUILDER_MODE": "production",
        "SECRET_KEY": "x" * 60,
        "ALLOWED_HOSTS": "shop.example.com",
        "PUBLIC_URL": "https://shop.example.com",
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "SECURE_SSL_REDIRECT": "true",
        "VAR_DIR": str(tmp_path),
    }
    port = free_port()
    web = start_process("web", f"--port={port}", env=env)
    wait_until(lambda: "The web listens" in web.output(), 60, "the web listens")
    assert ask(port, "GET", "/healthz", Host="shop.example.com").status == 503
    assert ask(port, "GET", "/metrics", Host="shop.example.com").status == 401
    assert ask(port, "GET", "/admin/", Host="shop.example.com").status == 301


def test_the_checks_of_deployment_pass_with_mail_and_metrics_set() -> None:
    env = {"METRICS_TOKEN": "t" * 24, "EMAIL_URL": "smtps://a:b@mail.example:465", "PUBLIC_URL": "https://x.example"}
    assert run_manage("check", env=env).returncode == 0


def test_time_is_told_by_the_databases_clock(dutiful: None) -> None:
    assert abs((timezone.now() - Duty.objects.latest("done_at").done_at).total_seconds()) < 60  # type: ignore[operator]
