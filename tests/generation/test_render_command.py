"""``manage.py render`` as a process: what it writes, refuses and returns."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from generation.folders import ZIP
from tests.support.processes import run_anew, run_manage

from .samples import full_site, hostile_site

# Neither a database nor a broker is there.
ALONE = {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none", "REDIS_URL": "redis://127.0.0.1:1/0"}


def written(folder: Path, spec: dict[str, Any]) -> str:
    file = folder / "spec.json"
    file.write_text(json.dumps(spec), "utf-8")
    return str(file)


def test_a_spec_becomes_the_same_zip_wherever_it_is_rendered(tmp_path: Path) -> None:
    file = written(tmp_path, full_site().model_dump(mode="json"))
    places = (
        {"TZ": "Pacific/Kiritimati", "LANG": "C", "PYTHONHASHSEED": "1", "LANGUAGE_CODE": "en"},
        {"TZ": "America/Los_Angeles", "LANG": "pt_BR.UTF-8", "PYTHONHASHSEED": "2", "LANGUAGE_CODE": "es"},
    )
    zips = []
    for number, place in enumerate(places):
        out = tmp_path / f"out{number}"
        done = run_anew("render", file, "--out", str(out), env={**ALONE, **place})
        assert (done.returncode, done.stderr) == (0, "")
        assert str(out) in done.stdout
        zips.append((out / ZIP).read_bytes())
    assert zips[0] == zips[1]


@pytest.mark.parametrize(
    ("path", "value", "line"),
    [
        (("site_url",), "sorriso", "site_url: “sorriso” "),
        (("pages", 0, "sections", 0, "kind"), "carousel", "pages.0.sections.0.kind: “carousel” "),
        (("pages", 0, "file"), "../index.html", "pages.0.file: “../index.html” "),
        (("pages", 1, "file"), "index.html", "pages: give each page a file of its own"),
        (("theme", "name"), "gone", "theme.name: There is no theme “gone”; known: prisma"),
        (("pages", 0, "sections", 0, "variant"), "wide", "pages.0.sections.0.variant: Prisma does not draw hero"),
        (("notices",), [{"code": "lost", "where": "here"}], "notices.0.code: “lost” is not a known notice"),
        (("colour",), "red", "colour: “red” Extra inputs are not permitted"),
    ],
)
def test_a_wrong_spec_is_refused_by_its_fields(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], path: tuple[str | int, ...], value: object, line: str
) -> None:
    spec = full_site().model_dump(mode="json")
    at: Any = spec
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    with pytest.raises(SystemExit) as ended:
        call_command("render", written(tmp_path, spec), "--out", str(tmp_path / "out"))
    assert ended.value.code == 2
    assert line in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "spec.json").write_text("{")
    done = run_manage("render", str(tmp_path / "spec.json"), "--out", str(tmp_path), env=ALONE)
    assert done.returncode == 2
    assert "SPEC.json: Invalid JSON" in done.stderr
    assert "--out: " in done.stderr
    assert "Traceback" not in done.stderr
    missing = run_manage("render", str(tmp_path / "none.json"), "--out", str(tmp_path / "out"), env=ALONE)
    assert (missing.returncode, "none.json: No such file" in missing.stderr) == (2, True)


def test_a_site_that_fails_its_checks_is_not_written(tmp_path: Path) -> None:
    spec = hostile_site().model_dump(mode="json")
    spec["pages"][0]["sections"][0]["actions"][0]["href"] = "#nowhere"
    done = run_manage("render", written(tmp_path, spec), "--out", str(tmp_path / "out"), env=ALONE)
    assert done.returncode == 1
    assert "index.html: " in done.stderr and "#nowhere" in done.stderr
    assert not (tmp_path / "out").exists()
