"""``manage.py web``: the web as a browser meets it."""

from __future__ import annotations

import select
import signal
import sqlite3
from contextlib import ExitStack, closing
from http.client import HTTPConnection
from typing import TYPE_CHECKING, NamedTuple

import psutil
import pytest

from tests.support.processes import ROOT, Started, StartProcess, run_manage, wait_until
from tests.support.web import ask, begin_to_log_in, free_port, taken_port

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

STYLE = "/static/sitebuilder/admin.css"


class Web(NamedTuple):
    """A running web."""

    started: Started
    port: int


@pytest.fixture
def web(alone: Mapping[str, str], start_process: StartProcess) -> Web:
    return start_web(start_process, alone)


def start_web(start_process: StartProcess, env: Mapping[str, str]) -> Web:
    port = free_port()
    started = start_process("web", f"--port={port}", env=env)
    wait_until(lambda: "The web listens" in started.output(), 30, "the web listens")
    return Web(started, port)


class Busy(NamedTuple):
    """A web whose only turn is taken by whoever wants to write, until ``writer`` ends its transaction."""

    port: int
    writer: sqlite3.Connection


def is_answered(request: HTTPConnection) -> bool:
    return bool(select.select([request.sock], [], [], 0)[0])


def test_static_files_are_served_whole_in_parts_and_not_again_when_known(web: Web) -> None:
    content = (ROOT / "sitebuilder" / STYLE[1:]).read_bytes()

    whole = ask(web.port, "GET", STYLE)
    head = ask(web.port, "HEAD", STYLE)
    part = ask(web.port, "GET", STYLE, Range="bytes=5-9")
    known = ask(web.port, "GET", STYLE, If_None_Match=whole.headers["ETag"])

    assert (whole.status, whole.body) == (200, content)
    assert whole.headers["Content-Type"].startswith("text/css")
    assert whole.headers["X-Content-Type-Options"] == "nosniff"
    assert whole.headers["Access-Control-Allow-Origin"] is None
    assert (head.status, head.body, head.headers["Content-Length"]) == (200, b"", str(len(content)))
    assert (part.status, part.body) == (206, content[5:10])
    assert (known.status, known.body) == (304, b"")
    assert ask(web.port, "POST", STYLE).status == 405


def test_what_is_no_static_file_is_left_to_django(web: Web) -> None:
    page = ask(web.port, "GET", "/admin/login/")

    assert page.status == 200
    assert page.headers["X-Content-Type-Options"] == "nosniff"
    assert page.headers["X-Frame-Options"] == "DENY"
    assert page.headers["Server"] is None
    assert ask(web.port, "GET", "/static/none.css").status == 404
    assert ask(web.port, "GET", "/static/../settings.py").status == 404


def test_log_has_a_line_for_a_request_without_its_path_and_no_warning(web: Web) -> None:
    ask(web.port, "GET", STYLE)
    ask(web.port, "GET", "/admin/login/?next=/admin/secret-link/")
    wait_until(lambda: "route=/admin/login/" in web.started.output(), 10, "the request is in the log")

    log = web.started.output()
    assert "method=GET" in log
    assert "status=200" in log
    assert "secret-link" not in log
    assert "arning" not in log


def test_whoever_is_slow_to_send_holds_up_nobody_even_where_one_request_is_answered_at_a_time(
    alone: Mapping[str, str], start_process: StartProcess
) -> None:
    web = start_web(start_process, {**alone, "SITEBUILDER_REQUESTS_AT_ONCE": "1"})
    with closing(HTTPConnection("127.0.0.1", web.port)) as slow:
        slow.putrequest("POST", "/admin/login/")
        slow.putheader("Content-Length", "10")
        slow.endheaders(b"half ")

        assert ask(web.port, "GET", "/admin/login/").status == 200

        slow.send(b"other")
        assert slow.getresponse().status == 403


@pytest.fixture
def busy(alone: Mapping[str, str], start_process: StartProcess) -> Iterator[Busy]:
    """A web that answers one request at a time, and whose database is being written."""
    ana = {"DJANGO_SUPERUSER_USERNAME": "ana", "DJANGO_SUPERUSER_PASSWORD": "p", "DJANGO_SUPERUSER_EMAIL": "a@b.test"}
    assert run_manage("createsuperuser", "--noinput", env={**alone, **ana}).returncode == 0
    web = start_web(start_process, {**alone, "SITEBUILDER_REQUESTS_AT_ONCE": "1"})
    with closing(sqlite3.connect(f"{alone['VAR_DIR']}/db.sqlite3", isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        yield Busy(web.port, writer)


def test_those_who_watch_are_answered_while_all_turns_are_taken(busy: Busy) -> None:
    with begin_to_log_in(busy.port, "ana", "p") as waiting:
        for path in ("/healthz", "/metrics"):
            assert ask(busy.port, "GET", path).status in (401, 503)  # no token; no broker, no worker

        assert not is_answered(waiting)
        busy.writer.execute("ROLLBACK")
        assert waiting.getresponse().status == 302


def test_a_request_that_was_given_up_keeps_its_turn_until_its_view_returns(busy: Busy) -> None:
    with begin_to_log_in(busy.port, "ana", "p"):
        ask(busy.port, "GET", "/healthz")  # it has been taken up before
    with closing(HTTPConnection("127.0.0.1", busy.port)) as following:
        following.request("GET", "/admin/login/")
        ask(busy.port, "GET", "/healthz")

        assert not is_answered(following)
        busy.writer.execute("ROLLBACK")
        assert following.getresponse().status == 200


def test_a_crowd_is_answered_one_after_the_other(alone: Mapping[str, str], start_process: StartProcess) -> None:
    web = start_web(start_process, {**alone, "SITEBUILDER_REQUESTS_AT_ONCE": "1"})
    with ExitStack() as stack:
        crowd = [stack.enter_context(closing(HTTPConnection("127.0.0.1", web.port))) for _number in range(50)]
        for each in crowd:
            each.request("GET", "/admin/login/")
        for impatient in crowd[:25]:
            impatient.close()

        assert {each.getresponse().status for each in crowd[25:]} == {200}
        assert psutil.Process(web.started.pid).num_threads() < 10
    assert "Traceback" not in web.started.output()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopped_it_ends_in_order(web: Web, number: signal.Signals) -> None:
    web.started.process.send_signal(number)

    assert web.started.process.wait(20) == 0
    assert "Traceback" not in web.started.output()


def test_taken_port_is_one_line(alone: Mapping[str, str]) -> None:
    with taken_port() as port:
        refused = run_manage("web", f"--port={port}", env=alone)

    assert refused.returncode == 1
    assert refused.stderr.splitlines() == [
        f"CommandError: Port {port} of 127.0.0.1 is taken by another program. Stop that one, or choose another port."
    ]


def test_address_of_another_machine_is_one_line(alone: Mapping[str, str]) -> None:
    refused = run_manage("web", "--host=192.0.2.1", env=alone)

    assert refused.returncode == 1
    assert len(refused.stderr.splitlines()) == 1
    assert "http://192.0.2.1:8000" in refused.stderr


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1"])
def test_wrong_port_is_named(alone: Mapping[str, str], port: str) -> None:
    refused = run_manage("web", f"--port={port}", env=alone)

    assert refused.returncode == 2
    assert f"“{port}” is no port" in refused.stderr
