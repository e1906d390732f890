"""Ports, and requests to a web of ours at one of them."""

import re
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPMessage
from typing import NamedTuple
from urllib.parse import urlencode


class Answer(NamedTuple):
    """What the web said."""

    status: int
    headers: HTTPMessage
    body: bytes


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


@contextmanager
def taken_port() -> Iterator[int]:
    """A port at which somebody else listens."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


def ask(port: int, method: str, path: str, body: str | None = None, **headers: str) -> Answer:
    """One request; an underscore in a header's name stands for a hyphen."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read())


def log_in(port: int, name: str, password: str) -> Answer:
    """What the login form answers: a redirect to the back office, or the form again."""
    with begin_to_log_in(port, name, password) as connection:
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read())


@contextmanager
def begin_to_log_in(port: int, name: str, password: str) -> Iterator[HTTPConnection]:
    """The connection on which the login form was sent, whose answer was not waited for."""
    form = ask(port, "GET", "/admin/login/")
    token = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', form.body)
    assert token
    fields = {"username": name, "password": password, "csrfmiddlewaretoken": token[1].decode(), "next": "/admin/"}
    headers = {
        "Cookie": form.headers["Set-Cookie"].split(";")[0],
        "Content-Type": "application/x-www-form-urlencoded",
    }
    with closing(HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
        connection.request("POST", "/admin/login/", urlencode(fields), headers)
        yield connection
