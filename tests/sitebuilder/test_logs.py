"""Log lines."""

import logging
import sys

import pytest

from sitebuilder.logs import hide_secrets, logging_settings


@pytest.mark.parametrize("name", ["password", "access_token", "api_key", "Authorization", "SECRET_KEY"])
def test_secret_fields_are_hidden(name: str) -> None:
    assert hide_secrets(None, "info", {"event": "seen", name: "hunter2"}) == {"event": "seen", name: "***"}


def test_password_within_a_url_is_hidden() -> None:
    line = hide_secrets(None, "info", {"event": "no answer from rediss://shop:hunter2@host:6379/0", "job": 7})
    assert line == {"event": "no answer from rediss://shop:***@host:6379/0", "job": 7}


def test_keys_of_the_api_and_customers_links_are_hidden() -> None:
    secret = "aB3_-" * 8
    line = hide_secrets(None, "info", {"event": f"Conflict: /api/site-orders/public/{secret}/approve by sbk_{secret}"})
    assert line == {"event": "Conflict: /api/site-orders/public/***/approve by ***"}
    line = hide_secrets(None, "info", {"event": f"GET /order/{secret}/onboarding/look/"})
    assert line == {"event": "GET /order/***/onboarding/look/"}


def test_traceback_shows_neither_local_variables_nor_passwords() -> None:
    settings = logging_settings("INFO")["formatters"]["fields"]
    formatter: logging.Formatter = settings.pop("()")(**settings)
    found = "only a local variable holds this"
    try:
        raise ConnectionError("rediss://shop:hunter2@host/0 is away")
    except ConnectionError:
        record = logging.LogRecord("rq.worker", logging.ERROR, __file__, 1, "broken", None, sys.exc_info())
    line = formatter.format(record)
    assert "rediss://shop:***@host/0 is away" in line
    assert found not in line
