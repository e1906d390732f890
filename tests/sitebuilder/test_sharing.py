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

@pytest.mark.parametrize("name", {f"n{number}" for number in range(40)})
def test_each(name):
    with open(os.environ["DONE"], "a") as done:
        done.write(name + "\\n")
    assert name != os.environ.get("BAD")
"""


def share(folder: Path, **env: str) -> list[int]:
    """The exit codes of three runs that share the tests, each of which has them in an order of its own."""
    (folder / "test_some.py").write_text(TESTS)
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
    command += ["-p", "no:django", "-p", "tests.support.sharing", f"--share={folder / 'taken'}", str(folder)]
    runs = []
    for seed in ("1", "2", "3"):
        given = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed, "DONE": str(folder / "done"), **env}
        runs.append(subprocess.Popen(command, cwd=folder, env=given, stdout=subprocess.DEVNULL))
    return [run.wait(60) for run in runs]


def test_each_test_is_run_once_by_one_of_them(tmp_path: Path) -> None:
    codes = share(tmp_path)

    assert set(codes) <= {0}
    done = Counter((tmp_path / "done").read_text().split())
    assert done == Counter(f"n{number}" for number in range(40))


def test_a_failure_is_the_failure_of_the_run_that_had_it(tmp_path: Path) -> None:
    assert sorted(share(tmp_path, BAD="n7")) == [0, 0, 1]
