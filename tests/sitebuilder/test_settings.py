"""Settings, as a process meets them at its start."""

import stat
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from sitebuilder.environment import WrongSettings, read_environment
from sitebuilder.mail import mail_server
from tests.support.processes import ROOT, environment, run_manage

SMTP = "django.core.mail.backends.smtp.EmailBackend"
SECRET = "correct-horse-battery-staple"  # noqa: S105 - made up, to be looked for in messages


def start(env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    return run_manage("check", env=env)


def test_every_wrong_setting_is_named_at_once_and_no_secret_shown(tmp_path: Path) -> None:
    refused = start(
        {
            "SITEBUILDER_MODE": "production",
            "SECRET_KEY": SECRET,
            "DEBUG": "perhaps",
            "DATABASE_URL": f"mysql://user:{SECRET}@host/name",
            "REDIS_URL": f"http://:{SECRET}@host",
            "VAR_DIR": "somewhere/else",
            "TIME_ZONE": "Mars/Olympus",
            "EMAIL_URL": f"https://user:{SECRET}@mail.example",
            "EMAIL_FROM": "Shop <shop@example.com>",
            "METRICS_TOKEN": "short",
            "LANGUAGE_CODE": "tlh",
            "GENERATION_LEASE_SECONDS": "8",
            "GENERATION_MAX_ATTEMPTS": "none",
            "GENERATION_LEASE_SECOND": "9",
        }
    )
    assert refused.returncode == 2
    assert refused.stdout == ""
    first, *lines = refused.stderr.splitlines()
    assert "docs/settings.md" in first
    assert [line.split(":")[0].strip() for line in lines] == [
        "ALLOWED_HOSTS",
        "DATABASE_URL",
        "DEBUG",
        "EMAIL_FROM",
        "EMAIL_URL",
        "GENERATION_LEASE_SECOND",
        "GENERATION_MAX_ATTEMPTS",
        "GENERATION_RENEW_SECONDS",
        "LANGUAGE_CODE",
        "METRICS_TOKEN",
        "PUBLIC_URL",
        "REDIS_URL",
        "SECRET_KEY",
        "TIME_ZONE",
        "VAR_DIR",
    ]
    assert SECRET not in refused.stderr


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("", ("sitebuilder.mail.MailFolder", "", 0, "", "", False, False)),
        ("smtp://mail.example", (SMTP, "mail.example", 25, "", "", False, False)),
        ("smtp+tls://a%40b:p%2Fw@mail.example", (SMTP, "mail.example", 587, "a@b", "p/w", True, False)),
        ("smtps://a:b@mail.example:1465", (SMTP, "mail.example", 1465, "a", "b", False, True)),
    ],
)
def test_the_mail_server_is_what_its_url_says(url: str, server: tuple[object, ...]) -> None:
    assert mail_server(url) == server


def test_a_setting_in_small_letters_is_not_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("database_url", "postgresql://host/name")
    with pytest.raises(WrongSettings, match="database_url: write it in capitals"):
        read_environment()


@pytest.mark.parametrize("module", ["sitebuilder.asgi", "sitebuilder.wsgi"])
def test_web_server_ends_in_words_too(module: str) -> None:
    refused = subprocess.run(
        [sys.executable, "-c", f"import {module}"],
        cwd=ROOT,
        env=environment({"LOG_LEVEL": "LOUD"}),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert refused.returncode == 2
    assert "LOG_LEVEL" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_secret_key_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    env = {"VAR_DIR": str(tmp_path), "DATABASE_URL": ""}
    assert start(env).returncode == 0
    key = tmp_path / "secret_key"
    made = key.read_text()
    assert len(made) >= 50
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert start(env).returncode == 0
    assert key.read_text() == made
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_secret_key_that_cannot_be_kept_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file where the folder should be")
    refused = start({"VAR_DIR": str(tmp_path / "var"), "DATABASE_URL": ""})
    assert refused.returncode == 2
    assert len(refused.stderr.splitlines()) == 1
    assert "cannot be used" in refused.stderr


def test_representation_of_the_settings_shows_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"postgresql://user:{SECRET}@host/name")
    monkeypatch.setenv("REDIS_URL", f"rediss://:{SECRET}@host/0")
    monkeypatch.setenv("SECRET_KEY", SECRET * 2)
    assert SECRET not in repr(read_environment())


@pytest.mark.parametrize(
    ("given", "named"),
    [
        *(
            ({"PUBLIC_URL": url}, ("PUBLIC_URL: must be scheme and host alone",))
            for url in (
                *("shop.example.com", "https://", "https://shop.example.com/shop"),
                *("https://a:b@shop.example.com", "ftp://x"),
            )
        ),
        (
            {"EMAIL_TIMEOUT_SECONDS": "30", "BACKGROUND_TIMEOUT_SECONDS": "30"},
            ("EMAIL_TIMEOUT_SECONDS: must be below BACKGROUND_TIMEOUT_SECONDS (30)",),
        ),
        (
            {"GENERATION_LEASE_SECONDS": "9", "GENERATION_RENEW_SECONDS": "5"},
            ("GENERATION_LEASE_SECONDS (9)", "GENERATION_RENEW_SECONDS: must be at most half"),
        ),
        (
            {"GENERATION_LEASE_SECONDS": "36", "GENERATION_RENEW_SECONDS": "19"},
            ("GENERATION_RENEW_SECONDS", "GENERATION_LEASE_SECONDS (36)"),
        ),
        (
            {"GENERATION_STEP_TIMEOUT_SECONDS": "901"},
            ("GENERATION_STEP_TIMEOUT_SECONDS", "GENERATION_JOB_TIMEOUT_SECONDS (900)"),
        ),
        (
            {"GENERATION_JOB_TIMEOUT_SECONDS": "100"},
            ("GENERATION_STEP_TIMEOUT_SECONDS", "GENERATION_JOB_TIMEOUT_SECONDS (100)"),
        ),
        (
            {"GENERATION_STEP_TIMEOUTS": '{"write": 1000}'},
            ("GENERATION_STEP_TIMEOUTS: write", "GENERATION_JOB_TIMEOUT_SECONDS (900)"),
        ),
        ({"GENERATION_STEP_TIMEOUTS": '{"wrote": 10}'}, ("GENERATION_STEP_TIMEOUTS", "“wrote”", "write")),
        ({"GENERATION_STEP_TIMEOUTS": '{"write": 0}'}, ("GENERATION_STEP_TIMEOUTS",)),
        ({"RETRY_POLICIES": '{"build": {"attempts": 0}}'}, ("RETRY_POLICIES: build.attempts",)),
        ({"RETRY_POLICIES": '{"build": {"tries": 3}}'}, ("RETRY_POLICIES: build.tries",)),
        (
            {"BROKER_TIMEOUT_SECONDS": "6"},
            ("GENERATION_RENEW_SECONDS", "BROKER_TIMEOUT_SECONDS (6)"),
        ),
        ({"GENERATION_STEP_TIMEOUTS": "ten"}, ("GENERATION_STEP_TIMEOUTS: must be JSON",)),
        (
            {"RETRY_POLICIES": '{"build": {"first_pause_seconds": 100, "longest_pause_seconds": 10}}'},
            ("RETRY_POLICIES", "first_pause_seconds", "longest_pause_seconds"),
        ),
        ({"RETRY_POLICIES": "five"}, ("RETRY_POLICIES: must be JSON",)),
        ({"GENERATION_SWEEP_SECONDS": "0"}, ("GENERATION_SWEEP_SECONDS", "from 1 to 600")),
    ],
)
def test_settings_out_of_range_or_at_odds_are_refused_by_name(
    monkeypatch: pytest.MonkeyPatch, given: dict[str, str], named: tuple[str, ...]
) -> None:
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(WrongSettings) as refused:
        read_environment()
    for words in named:
        assert words in str(refused.value)


@pytest.mark.parametrize(
    ("policies", "named"),
    [
        ('{"bild": {}}', "there is no “bild”"),
        ('{"build/nobody": {}}', "there is no “build/nobody”"),
        ('{"generation/api": {}}', "there is no “generation/api”"),
        ('{"build": {"errors": ["transiet"]}}', "there is no error “transiet”"),
    ],
)
def test_a_policy_that_would_never_hold_is_refused(policies: str, named: str) -> None:
    refused = start({"RETRY_POLICIES": policies})
    assert refused.returncode == 1
    assert f"RETRY_POLICIES: {named}" in refused.stderr.replace("build: ", "")
