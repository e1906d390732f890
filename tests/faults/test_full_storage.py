"""A storage that is full or cannot be written fails the step with that reason, and leaves nothing half."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import subprocess
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.core.files.storage import storages

from generation import runner, services
from generation.artifacts import StoredFiles, path_of, reference
from generation.models import Artifact, GenerationJob, JobStatus, SiteVersion
from tests.generation.factories import request

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.django_db(transaction=True)


def fail(job: GenerationJob) -> None:
    with pytest.raises(runner.GenerationFailed):
        runner.run(job.pk, 1, execution="mine", worker="test")
    job.refresh_from_db()


@contextmanager
def file_size_limit(size_bytes: int) -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size_bytes, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_file_that_cannot_be_written_whole_is_not_there_at_all(sites: Path) -> None:
    data = os.urandom(100_000)

    with file_size_limit(10_000), pytest.raises(OSError, match="File too large") as refused:
        StoredFiles().put(data)

    assert refused.value.errno == errno.EFBIG
    assert not storages["sites"].exists(path_of(reference(data).sha256))
    assert [file for file in sites.rglob("*") if file.is_file()] == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a disk of 64 kB")
def test_a_full_disk_fails_the_job_with_that_reason(sites: Path) -> None:
    subprocess.run(["/bin/mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", sites], check=True)
    try:
        job = request()
        fail(job)
    finally:
        subprocess.run(["/bin/umount", sites], check=True)

    assert (job.status, job.error_code, job.current_step) == (JobStatus.FAILED, "disk_full", "render")
    assert "free space" in job.error_remedy.lower()
    assert not SiteVersion.objects.exists()
    assert not Artifact.objects.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a disk of 64 kB")
def test_a_disk_that_fills_up_leaves_the_former_version_whole(sites: Path) -> None:
    subject = uuid4()
    runner.run(request(subject).pk, 1, execution="mine", worker="test")
    version = SiteVersion.objects.get(subject=subject)
    former = sites.with_name("full")
    full = {path.relative_to(sites): path.read_bytes() for path in sites.rglob("*") if path.is_file()}
    shutil.copytree(sites, former)
    subprocess.run(["/bin/mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", sites], check=True)
    try:
        shutil.copytree(former, sites, dirs_exist_ok=True)
        with suppress(OSError), (sites / "filler").open("wb", buffering=0) as filler:
            while filler.write(bytes(4096)):
                pass
        job = request(subject, variation=1)
        fail(job)
        after = {
            path.relative_to(sites): path.read_bytes()
            for path in sites.rglob("*")
            if path.name != "filler" and path.is_file()
        }
    finally:
        subprocess.run(["/bin/umount", sites], check=True)

    assert job.error_code == "disk_full"
    assert after == full
    version.refresh_from_db()
    assert services.latest_version(subject) == version
    assert (version.state, version.job.status) == ("draft", JobStatus.SUCCEEDED)


def test_a_storage_that_is_no_folder_fails_the_job_with_that_reason(sites: Path) -> None:
    sites.rmdir()
    sites.write_text("a file where the folder should be")
    job = request()

    fail(job)

    assert (job.status, job.error_code) == (JobStatus.FAILED, "storage_not_writable")
    assert not SiteVersion.objects.exists()
