"""The one way in: one row a subject, whatever is asked, however often."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.db import transaction
from django.db.models import Q

from generation import dispatch, runner, services
from generation.models import GenerationJob, JobStatus, SiteVersion, VersionState

from .factories import make_brief, request

if TYPE_CHECKING:
    from redis import Redis

    from .conftest import TinyPipeline

pytestmark = pytest.mark.django_db(transaction=True)


def finished(subject: object = None, variation: int = 0) -> SiteVersion:
    job = request(subject, variation=variation)  # type: ignore[arg-type]
    runner.run(job.pk, 1, execution=f"execution-{job.pk}", worker="test")
    return SiteVersion.objects.get(job=job)


def test_a_request_is_a_row_and_after_commit_a_message(broker: Redis) -> None:
    with transaction.atomic():
        job = request()
        assert broker.llen("rq:queue:default") == 0

    assert broker.lrange("rq:queue:default", 0, -1) == [f"{job.pk}-1-1".encode()]
    assert job.status == JobStatus.QUEUED
    assert job.events.get().by == "test"


def test_a_request_that_is_rolled_back_leaves_nothing(broker: Redis) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        request()
        raise RuntimeError("as the test wants it")

    assert not GenerationJob.objects.exists()
    assert broker.llen("rq:queue:default") == 0


def test_while_a_job_is_active_it_answers_for_its_subject(broker: Redis) -> None:
    subject = uuid4()

    first, second = request(subject), request(subject)

    assert first == second
    assert broker.llen("rq:queue:default") == 1


def test_a_request_that_finds_an_active_job_sends_it_if_its_message_is_missing(broker: Redis) -> None:
    subject = uuid4()
    first = request(subject)
    broker.flushall()
    GenerationJob.objects.update(message_seen_at=None)

    request(subject)

    assert broker.lrange("rq:queue:default", 0, -1) == [f"{first.pk}-1-2".encode()]


def test_an_unknown_theme_is_refused_and_the_known_ones_are_named() -> None:
    with pytest.raises(services.UnknownTheme, match="prisma"):
        services.request_generation(
            subject=uuid4(),
            brief=make_brief(),
            kind="build",
            trigger="api",
            requested_by="test",
            theme="neon",
        )
    assert not GenerationJob.objects.exists()


def test_what_has_not_changed_is_not_made_again(pipeline: TinyPipeline, broker: Redis) -> None:
    version = finished()

    with pytest.raises(services.Unchanged, match="version 1"):
        request(version.subject)

    assert request(version.subject, variation=1).variation == 1


def test_approving_publishes_the_newest_and_supersedes_the_one_before(pipeline: TinyPipeline, broker: Redis) -> None:
    first = finished()
    services.approve_version(subject=first.subject, by="test")
    second = finished(first.subject, variation=1)

    services.approve_version(subject=first.subject, by="test")

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (VersionState.SUPERSEDED, VersionState.PUBLISHED)
    with pytest.raises(services.NothingToApprove):
        services.approve_version(subject=first.subject, by="test")


def test_a_lost_message_is_found_by_its_absence(broker: Redis, settings: object) -> None:
    settings.GENERATION_LEASE_SECONDS = 0  # type: ignore[attr-defined]
    job = request()
    broker.lpop("rq:queue:default")

    assert dispatch.send_due() == 1
    assert broker.lrange("rq:queue:default", 0, -1) == [f"{job.pk}-1-2".encode()]


def test_a_message_that_is_there_is_not_sent_twice(broker: Redis, settings: object) -> None:
    settings.GENERATION_LEASE_SECONDS = 0  # type: ignore[attr-defined]
    request()

    assert dispatch.send_due() == 0
    assert broker.llen("rq:queue:default") == 1


def test_only_the_asked_for_rows_are_sent(broker: Redis) -> None:
    one, _other = request(), request()
    broker.flushall()
    GenerationJob.objects.update(message_seen_at=None)

    assert dispatch.send_due(GenerationJob, Q(pk=one.pk)) == 1
    assert broker.llen("rq:queue:default") == 1
