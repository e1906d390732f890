"""The commands that the README names."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.processes import ROOT


def test_help_lists_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z][a-z-]*):(?!=)", makefile, re.MULTILINE))
    command = ["make", "--no-print-directory", "help"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert {line.split()[0] for line in listed.splitlines()} == targets
    assert {"demo", "test", "check", "help"} <= targets


def test_continuous_integration_runs_what_developers_run() -> None:
    assert (ROOT / ".ci" / "run").read_text().splitlines()[-2:] == ["make test", "exec make sitecheck"]
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


@pytest.fixture
def bare_copy(tmp_path: Path) -> Path:
    """The files that `make venv` reads, without a virtual environment."""
    copy = tmp_path / "copy"
    shutil.copytree(ROOT / "tools", copy / "tools", ignore=shutil.ignore_patterns("node_modules"))
    shutil.copy(ROOT / "requirements.txt", copy)
    return copy


def make_venv(copy: Path, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [copy / "tools" / "venv.sh", "requirements.txt"],
        env={**os.environ, **env},
        capture_output=True,
        text=True,
    )


def test_missing_venv_module_is_one_line_that_says_what_to_install(bare_copy: Path, tmp_path: Path) -> None:
    (tmp_path / "ensurepip.py").write_text("raise ImportError")  # as on a Debian without python3-venv
    refused = make_venv(bare_copy, PYTHONPATH=str(tmp_path), INSTALL="no")
    assert refused.returncode == 1
    assert refused.stdout == ""
    assert refused.stderr.splitlines() == [
        "Something is missing that this needs; as root type: apt install python3-venv"
    ]
    assert not (bare_copy / ".venv").exists()


def test_old_python_is_one_line(bare_copy: Path, tmp_path: Path) -> None:
    old = tmp_path / "python3"
    old.write_text('#!/bin/sh\ntest "$1" = -V && echo Python 3.9.2\n')
    old.chmod(0o755)
    refused = make_venv(bare_copy, PATH=f"{tmp_path}:{os.environ['PATH']}")
    assert refused.returncode == 1
    assert refused.stderr.splitlines() == ["Python 3.11 or later is needed; python3 is 3.9.2."]


def test_a_test_run_that_is_killed_fails_and_keeps_nobody_waiting(bare_copy: Path) -> None:
    python = bare_copy / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text('#!/bin/sh\ncase "$*" in *postgres-1*) kill -9 $$ ;; esac\n')
    python.chmod(0o755)
    done = subprocess.run([bare_copy / "tools" / "tests.sh"], capture_output=True, text=True, timeout=30)
    assert done.returncode == 1
    assert "· pytest, postgres-faults" in done.stdout


def test_what_sees_no_database_is_tested_on_one_only() -> None:
    files = ["tests/generation/test_words.py", "tests/generation/test_runner.py", "tests/sitebuilder/test_up.py"]
    command = [sys.executable, "-m", "pytest", "--collect-only", "--quiet", "--needing-database", *files]
    env = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    listed = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True).stdout
    assert {line.partition("::")[0] for line in listed.splitlines() if "::" in line} == set(files[1:])
