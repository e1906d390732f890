"""Real processes with probes, a broker of the test's own, and the ends that every accepted job must have."""

from __future__ import annotations

import itertools
import os
from typing import TYPE_CHECKING, Protocol, TypeAlias

import pytest

from generation import dispatch
from generation.models import GenerationJob, SiteVersion
from generation.pipeline import steps
from generation.policies import RetryPolicy
from tests.support import tiny
from tests.support.brokers import EmbeddedBroker, registered
from tests.support.probe_folder import Probe
from tests.support.probes import probed
from tests.support.processes import Started, StartProcess, wait_until

from .world import World

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from pytest_django import Settings
    from redis import Redis

END_SECONDS = 90


@pytest.fixture
def probe(tmp_path: Path) -> Probe:
    """What probed workers are told by; their steps are tiny."""
    return Probe(tmp_path)


class StartProbed(Protocol):
    """Starts a probed worker, on all queues unless told otherwise; returns when it has registered itself."""

    def __call__(self, *queues: str, env: Mapping[str, str] | None = None) -> Started: ...


@pytest.fixture
def start_probed(broker: Redis, transactional_db: None, start_worker: StartProcess, probe: Probe) -> StartProbed:
    """Starts probed workers on the broker of this run."""
    return lambda *queues, env=None: start_worker(*queues, env={**probe.env, **(env or {})})


class OwnBroker(EmbeddedBroker):
    """A broker that a test may stop, kill and change, where this process and the workers of ``start_worker`` look."""

    def __init__(self, start_process: StartProcess, folder: Path, env: Mapping[str, str]) -> None:
        super().__init__(folder)
        self._start_process, self._env, self._numbers = start_process, env, itertools.count(1)

    def command(self, *words: str) -> object:
        return self.connection.execute_command(*words)  # type: ignore[no-untyped-call]

    def start_worker(self, env: Mapping[str, str] | None = None) -> Started:
        name = f"own-{os.getpid()}-{next(self._numbers)}"
        given = {**self._env, "REDIS_URL": self.url, **(env or {})}
        return registered(self._start_process("rqworker", f"--name={name}", env=given), name, self.connection)


@pytest.fixture
def own_broker(
    transactional_db: None, settings: Settings, tmp_path: Path, start_process: StartProcess, probe: Probe
) -> Iterator[OwnBroker]:
    """A running broker that is this test's alone."""
    own = OwnBroker(start_process, tmp_path / "var", probe.env)
    former, settings.BROKER_URL = settings.BROKER_URL, own.url
    settings.BROKER_RETRY_PAUSE_SECONDS = 0
    dispatch._broker.cache_clear()
    own.start()
    yield own
    own.close()
    settings.BROKER_URL = former
    dispatch._broker.cache_clear()


@pytest.fixture
def sites(settings: Settings, tmp_path: Path) -> Path:
    """A storage for sites of the test's own."""
    folder = tmp_path / "sites"
    folder.mkdir()
    backend = {**settings.STORAGES["sites"], "OPTIONS": {"location": folder}}
    settings.STORAGES = {**settings.STORAGES, "sites": backend}
    return folder


NewWorld: TypeAlias = "Callable[[int], World]"


@pytest.fixture
def new_world(
    broker: Redis, probe: Probe, sites: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> NewWorld:
    """Worlds of so many orders, in which this process and its children run probed tiny steps."""
    monkeypatch.setattr(steps, "STEPS", probed(tiny.STEPS, probe.folder))
    settings.RETRY_POLICIES = {"generation": RetryPolicy(attempts=5, first_pause_seconds=1, jitter=0)}
    settings.BROKER_RETRY_PAUSE_SECONDS = 0
    return lambda orders: World(broker, probe, orders)


def wait_for_end(*jobs: GenerationJob, seconds: float = END_SECONDS) -> None:
    """Returns when none of them is active any more; the jobs are as they stand then."""
    ids = [job.pk for job in jobs]

    def active() -> Sequence[GenerationJob]:
        return [job for job in GenerationJob.objects.filter(pk__in=ids) if job.is_active]

    wait_until(lambda: not active(), seconds, f"{len(jobs)} jobs end")
    for job in jobs:
        job.refresh_from_db()


def versions_of(job: GenerationJob) -> int:
    return SiteVersion.objects.filter(subject=job.subject).count()
