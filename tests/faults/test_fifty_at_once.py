"""Fifty processes ask for one site at once: one job, and no error."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from generation.models import GenerationJob, JobEvent
from tests.generation.factories import request
from tests.support.at_once import at_once

if TYPE_CHECKING:
    from redis import Redis

pytestmark = pytest.mark.django_db(transaction=True)

PROCESSES = 50


def test_fifty_requests_for_one_subject_make_one_job(broker: Redis) -> None:
    subject = uuid4()

    answers = at_once(PROCESSES, lambda: str(request(subject).pk))

    job = GenerationJob.objects.get(subject=subject)
    assert answers == [str(job.pk)] * PROCESSES
    assert JobEvent.objects.count() == 1
    assert broker.llen("rq:queue:default") == 1
