"""Test runs side by side that share their tests."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from typing import TYPE_CHECKING

from tests.support.processes import ROOT

if TYPE_CHECKING:
    from pathlib import Path

TESTS = """
import os
import pytest

@pytest.mark.parametrize("name", {f"n{number}" for number in range(10)})
def test_each(name):
    with open(os.environ["DONE"], "a") as done:
        done.write(f"{__name__} {name} {os.getpid()}\\n")
    assert f"{__name__} {name}" != os.environ.get("BAD")
"""


def share(folder: Path, **env: str) -> list[int]:
    """The exit codes of three runs that share the tests, each of which has them in an order of its own."""
    for number in range(4):
        (folder / f"test_{number}.py").write_text(TESTS)
    (folder / "taken").mkdir()
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-c",
        os.devnull,
        "--rootdir",
        str(folder),
        "-p",
        "no:cacheprovider",
    ]
    command += ["--disable-plugin-autoload", "-p", "tests.support.sharing", f"--share={folder / 'taken'}", str(folder)]
    runs = []
    for seed in ("1", "2", "3"):
        given = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed, "DONE": str(folder / "done"), **env}
        runs.append(subprocess.Popen(command, cwd=folder, env=given, stdout=subprocess.DEVNULL))
    return [run.wait(60) for run in runs]


def test_each_test_is_run_once_by_one_of_them(tmp_path: Path) -> None:
    codes = share(tmp_path)

    assert set(codes) <= {0}
    done = [line.split() for line in (tmp_path / "done").read_text().splitlines()]
    assert Counter((file, name) for file, name, _run in done) == Counter(
        (f"test_{file}", f"n{name}") for file in range(4) for name in range(10)
    )
    assert len({(file, run) for file, _name, run in done}) == 4, "a file's tests are taken together"


def test_a_failure_is_the_failure_of_the_run_that_had_it(tmp_path: Path) -> None:
    assert sorted(share(tmp_path, BAD="test_2 n7")) == [0, 0, 1]
