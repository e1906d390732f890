"""The systemd units of docs/systemd: understood by systemd, and in line with the settings."""

from __future__ import annotations

import shutil
import subprocess
import sys
from configparser import ConfigParser
from typing import TYPE_CHECKING

import pytest

from sitebuilder.environment import Environment
from tests.support.processes import ROOT

if TYPE_CHECKING:
    from pathlib import Path

UNITS = sorted((ROOT / "docs" / "systemd").glob("*.service"))
COMMANDS = {"web": "web", "worker@": "rqworker", "scheduler": "rqcron"}


def read(unit: Path) -> ConfigParser:
    parser = ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(unit)
    return parser


def test_there_is_a_unit_for_each_process() -> None:
    names = {unit.stem.removeprefix("sitebuilder-"): read(unit)["Service"]["ExecStart"].split()[2] for unit in UNITS}
    assert names == COMMANDS


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_a_process_that_dies_comes_again_and_is_stopped_with_its_children(unit: Path) -> None:
    service = read(unit)["Service"]
    assert (service["Restart"], service["KillMode"]) == ("always", "mixed")
    assert service["ExecStart"].startswith(f"{service['WorkingDirectory']}/.venv/bin/python manage.py ")


def test_a_worker_may_end_its_longest_step_before_it_is_killed() -> None:
    (worker,) = (unit for unit in UNITS if "worker" in unit.name)
    step, grace = (
        Environment.model_fields[name].default
        for name in ("generation_step_timeout_seconds", "generation_kill_grace_seconds")
    )
    assert int(read(worker)["Service"]["TimeoutStopSec"]) > step + grace


def test_systemd_understands_them_all(tmp_path: Path) -> None:
    analyse = shutil.which("systemd-analyze")
    if not analyse:
        pytest.skip("this machine has no systemd-analyze; the other tests have read the units")
    for unit in UNITS:  # it looks whether what they name is there
        text = unit.read_text().replace("/opt/sitebuilder/.venv/bin/python", sys.executable)
        text = text.replace("/opt/sitebuilder/docs", str(ROOT / "docs")).replace("/opt/sitebuilder", str(ROOT))
        (tmp_path / unit.name.replace("@", "@1")).write_text(text)
    verified = subprocess.run(
        [analyse, "verify", *map(str, tmp_path.iterdir())], capture_output=True, text=True, timeout=60
    )
    complaints = [line for line in verified.stderr.splitlines() if "sitebuilder" in line]
    assert (complaints, verified.returncode) == ([], 0)
