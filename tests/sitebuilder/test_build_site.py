"""build_site and demo as a shell sees them: exit codes, words, folders, and no process left behind."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
from typing import TYPE_CHECKING

import pytest

from generation.artifacts import MemoryFiles
from generation.folders import write_folder
from generation.models import GenerationJob
from orders.models import Customer, SiteOrder, Status
from tests.generation.test_folders import package
from tests.support.processes import ROOT, command_of, processes_with, run_anew, run_manage, start_manage, wait_until

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.django_db(transaction=True)

SAMPLE = ROOT / "samples" / "04-plumber-austin.en.json"
PHOTOS = ROOT / "samples" / "photos" / "garden-boise.en.json"
HOSTILE = ROOT / "samples" / "03-confeitaria-sp.pt-BR.json"
ONCE = pytest.mark.one_database
DONE, FAILED, REFUSED, NOT_RUNNING, STOPPED = 0, 1, 2, 3, 130


@pytest.fixture
def alone(tmp_path: Path) -> dict[str, str]:
    """An installation of its own, in which nothing runs."""
    return {"VAR_DIR": str(tmp_path / "var"), "SB_TEST": str(tmp_path)}


@pytest.fixture
def probed(alone: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """The same, with steps that the test can hold or let fail."""
    (tmp_path / "calls").touch()
    return {**alone, "DJANGO_SETTINGS_MODULE": "tests.support.probe", "PROBE_DIR": str(tmp_path)}


@pytest.fixture
def quick(probed: dict[str, str]) -> dict[str, str]:
    """The same, with tiny steps: what comes out is one page with the name of the business."""
    return {**probed, "PROBE_TINY": "1"}


@pytest.fixture
def earlier(tmp_path: Path) -> Path:
    """A folder with an earlier site."""
    store = MemoryFiles()
    write_folder(package(store, index="one", services="gone with the next"), tmp_path / "site", store)
    return tmp_path / "site"


def running(folder: Path) -> list[str]:
    return [command_of(process) for process in processes_with("SB_TEST", str(folder))]


def tree(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@ONCE
def test_photos_beside_the_file_come_out_in_every_encoding(alone: dict[str, str], tmp_path: Path) -> None:
    out = tmp_path / "site"

    ended = run_manage("build_site", str(PHOTOS), "--out", str(out), env=alone)

    assert (ended.returncode, ended.stderr) == (DONE, "")
    assert len(list((out / "assets/photos").glob("*.avif"))) >= 5
    assert "<picture>" in (out / "gallery.html").read_text()
    assert json.loads((out / ".sitebuilder" / "report.json").read_text())["findings"] == []


def test_a_site_comes_out_and_nothing_is_left_running(alone: dict[str, str], tmp_path: Path) -> None:
    out = tmp_path / "site"

    ended = run_anew("build_site", str(SAMPLE), "--out", str(out), env=alone)

    assert (ended.returncode, ended.stderr) == (DONE, "")
    assert "Rendering pages and images" in ended.stdout
    assert str(out) in ended.stdout
    assert "O'Rourke" in (out / "index.html").read_text()
    assert json.loads((out / ".sitebuilder" / "report.json").read_text())["findings"] == []
    assert SiteOrder.objects.get().status == Status.REVIEW
    assert running(tmp_path) == []


@ONCE
def test_an_earlier_output_is_replaced_whole(quick: dict[str, str], earlier: Path) -> None:
    ended = run_manage("build_site", str(HOSTILE), "--out", str(earlier), env=quick)

    assert ended.returncode == DONE
    assert not (earlier / "services.html").exists()
    assert "Doce d" in (earlier / "index.html").read_text()


@ONCE
def test_a_folder_of_somebody_else_is_refused_and_left_alone(alone: dict[str, str], tmp_path: Path) -> None:
    out = tmp_path / "thesis"
    out.mkdir()
    (out / "chapter.txt").write_text("mine")

    ended = run_manage("build_site", str(SAMPLE), "--out", str(out), env=alone)

    assert ended.returncode == REFUSED
    assert "--out" in ended.stderr
    assert tree(out) == {"chapter.txt": b"mine"}
    assert not SiteOrder.objects.exists()


@ONCE
def test_everything_wrong_is_named_at_once_and_nothing_is_stored(alone: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "wrong.json"
    file.write_text(json.dumps({"business_name": "x" * 161, "niche": "baker", "locale": "en", "colour": "red"}))

    ended = run_manage("build_site", str(file), "--theme", "neon", "--locale", "fr", env=alone)

    assert ended.returncode == REFUSED
    for expected in (
        "--theme",
        "prisma",
        "--locale",
        "pt-BR",
        "business_name",
        "niche",
        "address",
        "services",
        "colour",
    ):
        assert expected in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not SiteOrder.objects.exists()
    assert not Customer.objects.exists()
    assert running(tmp_path) == []


@ONCE
def test_a_file_that_is_not_there_is_refused_in_words(alone: dict[str, str]) -> None:
    ended = run_manage("build_site", "nowhere.json", env=alone)

    assert ended.returncode == REFUSED
    assert "nowhere.json" in ended.stderr
    assert "Traceback" not in ended.stderr


@ONCE
@pytest.mark.parametrize(
    ("arguments", "changes", "expected"),
    [
        (["--no-start"], {}, "manage.py broker"),
        ([], {"REDIS_URL": "unix:///nowhere/broker.sock"}, "REDIS_URL"),
    ],
)
def test_without_a_broker_that_may_be_started_one_line_says_so(
    alone: dict[str, str], tmp_path: Path, arguments: list[str], changes: dict[str, str], expected: str
) -> None:
    ended = run_manage("build_site", str(SAMPLE), *arguments, env={**alone, **changes})

    assert ended.returncode == NOT_RUNNING
    assert len(ended.stderr.strip().splitlines()) == 1
    assert expected in ended.stderr
    assert not SiteOrder.objects.exists()
    assert running(tmp_path) == []


@ONCE
def test_a_failed_job_gives_reason_and_remedy_and_leaves_the_folder_as_it_was(
    quick: dict[str, str], earlier: Path, tmp_path: Path
) -> None:
    before = tree(earlier)
    (tmp_path / "fail-render").write_text(str(errno.ENOSPC))

    ended = run_manage("build_site", str(HOSTILE), "--out", str(earlier), env=quick)

    assert ended.returncode == FAILED
    assert "storage for sites is full" in ended.stderr
    assert "Free space" in ended.stderr
    assert tree(earlier) == before
    assert SiteOrder.objects.get().status == Status.FAILED
    assert running(tmp_path) == []


@ONCE
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopped_in_the_middle_it_stops_what_it_started_and_the_job_stays(
    probed: dict[str, str], tmp_path: Path, number: signal.Signals
) -> None:
    (tmp_path / "hold-render").touch()
    started = start_manage("build_site", str(SAMPLE), log=tmp_path / "log", env=probed)
    wait_until(lambda: "render" in (tmp_path / "calls").read_text(), 40, "step render begins")

    started.process.send_signal(number)

    assert started.process.wait(30) == STOPPED
    assert "Traceback" not in started.output()
    assert running(tmp_path) == []
    assert GenerationJob.objects.get().is_active


@ONCE
def test_ctrl_c_again_and_again_leaves_no_process_either(probed: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "hold-render").touch()
    started = start_manage("build_site", str(SAMPLE), log=tmp_path / "log", env=probed)
    wait_until(lambda: "render" in (tmp_path / "calls").read_text(), 40, "step render begins")

    def ended_by_another() -> bool:
        started.process.send_signal(signal.SIGINT)
        return started.process.poll() is not None

    wait_until(ended_by_another, 30, "the command ends")

    assert "goes on with it" in started.output()
    assert "Traceback" not in started.output()
    assert running(tmp_path) == []


@ONCE
def test_the_demo_tells_where_everything_is(alone: dict[str, str], tmp_path: Path) -> None:
    ended = run_manage("demo", env=alone)

    assert ended.returncode == DONE
    out = tmp_path / "var" / "demo" / "01-dentista-campinas.pt-BR"
    for path in (out, out / ".sitebuilder" / "site.zip", out / ".sitebuilder" / "report.json"):
        assert path.exists()
        assert str(path) in ended.stdout
    assert f"file://{out}/index.html" in ended.stdout
    assert running(tmp_path) == []


@ONCE
@pytest.mark.parametrize("command", [["rqworker"], ["build_site", str(SAMPLE)]])
@pytest.mark.parametrize(
    ("database", "remedy"),
    [("sqlite:///{}/empty.sqlite3", "manage.py migrate"), ("postgresql://shop@127.0.0.1:1/shop", "DATABASE_URL")],
)
def test_a_database_that_cannot_be_used_is_one_line_with_the_remedy(
    alone: dict[str, str], tmp_path: Path, command: list[str], database: str, remedy: str
) -> None:
    ended = run_manage(*command, env={**alone, "DATABASE_URL": database.format(tmp_path)})

    assert ended.returncode == NOT_RUNNING
    assert len(ended.stderr.strip().splitlines()) == 1
    assert remedy in ended.stderr
    assert running(tmp_path) == []


@ONCE
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a disk of 4 MB")
def test_a_database_on_a_full_disk_is_one_line_with_the_remedy(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    env = {"VAR_DIR": str(disk), "DATABASE_URL": "", "SB_TEST": str(tmp_path)}
    subprocess.run(["/bin/mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk], check=True)
    try:
        run_manage("migrate", env=env)
        free = os.statvfs(disk)
        (disk / "filler").write_bytes(bytes(free.f_bavail * free.f_frsize - 60_000))
        ended = run_manage("build_site", str(SAMPLE), "--out", str(tmp_path / "site"), env=env)
    finally:
        subprocess.run(["/bin/umount", disk], check=True)

    assert ended.returncode == NOT_RUNNING
    assert ended.stderr.strip() == (
        "The database answers, but refuses to write: database or disk is full. Mend that (is its disk full?), then "
        "run again."
    )
    assert not (tmp_path / "site").exists()
    assert running(tmp_path) == []
