"""Two orders with the same answers give the same zip, whatever the machine, the day and the process are like."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from tests.support.processes import ROOT, run_anew

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.django_db(transaction=True)

HERE = {"TZ": "UTC", "LANG": "C.UTF-8", "PYTHONHASHSEED": "1"}
ELSEWHERE = {
    "TZ": "Asia/Kathmandu",
    "LANG": "pt_BR.UTF-8",
    "LANGUAGE_CODE": "es",
    "TIME_ZONE": "America/Sao_Paulo",
    "PYTHONHASHSEED": "2",
    "PYTHONPATH": str(ROOT / "tests" / "support" / "clock"),
    "CLOCK_DAYS": "1",
}


def built(folder: Path, sample: Path, env: dict[str, str]) -> Path:
    ended = run_anew(
        "build_site", str(sample), "--out", str(folder / "site"), env={**env, "VAR_DIR": str(folder / "var")}
    )
    assert ended.returncode == 0, ended.stderr
    return folder / "site" / ".sitebuilder" / "site.zip"


SAMPLES = {"sqlite": "01-dentista-campinas.pt-BR.json", "postgresql": "06-limpieza-miami.es.json"}


def test_the_same_answers_give_the_same_zip_byte_for_byte(tmp_path: Path) -> None:
    file = ROOT / "samples" / SAMPLES[connection.vendor]

    here = built(tmp_path / "a", file, HERE)
    elsewhere = built(tmp_path / "another-folder", file, ELSEWHERE)

    assert here.read_bytes() == elsewhere.read_bytes()
    with zipfile.ZipFile(here) as package:
        assert ".sitebuilder/report.json" in package.namelist()
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
