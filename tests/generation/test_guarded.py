"""What only the holder of a row may write: all of it, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import IntegrityError, connection
from django.db.models import CharField, Q
from django.db.transaction import atomic
from django.test.utils import CaptureQueriesContext

from generation.guarded import write_guarded
from generation.models import GenerationJob, GenerationLog, JobEvent
from generation.prepared import Given, Where, by_id, inserting, updating

from .factories import request

if TYPE_CHECKING:
    from generation.prepared import Statement

pytestmark = pytest.mark.django_db(transaction=True)

HELD = Q(lease=Given("holder", CharField()))


@pytest.fixture
def job() -> GenerationJob:
    """A job that is held by nobody, with a move on record."""
    return request()


def guard(job: GenerationJob, holder: str = "") -> Statement:
    return updating(GenerationJob, by_id(job.pk), Where(HELD, {"holder": holder}), current_step="render")


def lines(job: GenerationJob, *, level: str = "info") -> list[Statement]:
    about = {"job": job, "attempt": 1, "level": level, "message": "100 % of it", "values": {}}
    events = inserting([JobEvent(job=job, moved_from="queued", moved_to="running", by="holder")])
    return [*inserting([GenerationLog(step=step, **about) for step in ("one", "two")]), *events]


def has_written(job: GenerationJob) -> bool:
    job.refresh_from_db()
    found = {job.current_step == "render", job.logs.count() == 2, job.events.filter(by="holder").exists()}
    assert len(found) == 1, "some of it is written"
    return found.pop()


def test_the_holder_writes_all_of_it(job: GenerationJob) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert write_guarded(guard(job), lines(job))
    assert has_written(job)
    if connection.vendor == "postgresql":
        assert len(queries) == 1


def test_a_guard_alone_is_asked_too(job: GenerationJob) -> None:
    assert write_guarded(guard(job), [])
    assert not write_guarded(guard(job, "another"), [])


@pytest.mark.parametrize("inside", [False, True], ids=["by itself", "in a transaction"])
def test_who_holds_it_no_more_writes_nothing_and_may_go_on(job: GenerationJob, inside: bool) -> None:
    if inside:
        with atomic():
            assert not write_guarded(guard(job, "another"), lines(job))
            assert GenerationJob.objects.filter(pk=job.pk).exists()
    else:
        assert not write_guarded(guard(job, "another"), lines(job))
    assert not has_written(job)


def test_what_the_database_refuses_is_told_and_takes_all_of_it_back(job: GenerationJob) -> None:
    with pytest.raises(IntegrityError):
        write_guarded(guard(job), lines(job, level="unheard"))
    assert not has_written(job)
