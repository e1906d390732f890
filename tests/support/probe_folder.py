"""The folder by which a test tells probed processes what to do, and learns what they did."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from tests.support.processes import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from generation.models import GenerationJob

QUICK = {
    "GENERATION_LEASE_SECONDS": "3",
    "GENERATION_RENEW_SECONDS": "1",
    "GENERATION_SWEEP_SECONDS": "1",
    "GENERATION_KILL_GRACE_SECONDS": "1",
    "RETRY_POLICIES": '{"generation": {"first_pause_seconds": 0, "jitter": 0}}',
}


class Call(NamedTuple):
    """A step that began: of which job, in which of its attempts, in which process."""

    job: str
    attempt: int
    step: str
    pid: int


class Probe:
    """See tests/support/probes/ for what each file means."""

    def __init__(self, folder: Path, *, tiny: bool = True) -> None:
        self.folder = folder
        (folder / "calls").touch()
        self.env = {**QUICK, "DJANGO_SETTINGS_MODULE": "tests.support.probe", "PROBE_DIR": str(folder)}
        if tiny:
            self.env["PROBE_TINY"] = "1"

    def hold(self, name: str) -> None:
        (self.folder / f"hold-{name}").touch()

    def release(self, name: str) -> None:
        (self.folder / f"hold-{name}").unlink()

    def wait_held(self, name: str, seconds: float = 60) -> None:
        """Returns once something waits there."""
        wait_until((self.folder / f"held-{name}").exists, seconds, f"something is held at {name}")

    def kill(self, name: str, *, always: bool = False) -> None:
        (self.folder / f"kill-{name}").write_text("always" if always else "once")

    def deafen(self, name: str) -> None:
        (self.folder / f"deaf-{name}").touch()

    def fail(self, name: str, errno: int) -> None:
        (self.folder / f"fail-{name}").write_text(str(errno))

    def forget(self) -> None:
        """Nothing has been called, nothing fails any more."""
        (self.folder / "calls").write_text("")
        for file in self.folder.glob("fail-*"):
            file.unlink()

    def calls(self, job: GenerationJob | None = None) -> Iterator[Call]:
        for line in (self.folder / "calls").read_text().splitlines():
            message, step, pid = line.split()
            row, attempt, _send = message.rsplit("-", 2)
            if job is None or row == str(job.pk):
                yield Call(row, int(attempt), step, int(pid))

    def steps(self, job: GenerationJob) -> Counter[str]:
        """How often each step of the job has begun."""
        return Counter(call.step for call in self.calls(job))
