"""A shop in small, with everything that may happen to its jobs, and what must hold whatever has happened.

Operations run in this process, or in forked children that die or stop at crash points. Time passes by moving the rows'
moments back, since leases live by the database's clock. Messages are real ones in the real broker; a worker is a child
that pops one and does it, and its parent is this process.
"""

from __future__ import annotations

import errno
import os
import signal
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast
from uuid import uuid4

from django.core.files.storage import storages
from django.db.models import F
from rq.exceptions import NoSuchJobError
from rq.job import Job
from rq.utils import as_text

from generation import handback, reconcile, services, tasks, waiting
from generation.artifacts import path_of
from generation.background_run import WorkFailed
from generation.errors import StepFailed
from generation.models import (
    CLOSED,
    Duty,
    GenerationJob,
    JobAttempt,
    JobEvent,
    JobStatus,
    Outcome,
    Queue,
    SiteVersion,
    StepRun,
    StepStatus,
)
from generation.moves import MoveRefused
from generation.runner import GenerationFailed
from generation.services import RequestRefused
from orders import builds
from orders import services as orders
from orders.editing import AnswersChanged
from orders.findings import Refused
from orders.models import SiteOrder, Status
from tests.orders.factories import make_answers, paid
from tests.support.forks import Child

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from redis import Redis

    from tests.support.probe_folder import Probe

REFUSALS = (RequestRefused, Refused, AnswersChanged, services.NothingToApprove)
CHECKED = ("subject", "status", "lease", "attempt", "spent", "max_attempts", "finished_at")
LONG = timedelta(seconds=40)  # longer than a lease, and than a pause before another try
STANDS = {
    JobStatus.QUEUED: {Status.BUILDING},
    JobStatus.RETRYING: {Status.BUILDING},
    JobStatus.RUNNING: {Status.GENERATING},
    JobStatus.SUCCEEDED: {Status.REVIEW, Status.DELIVERED},
    JobStatus.FAILED: {Status.FAILED},
    JobStatus.CANCELLED: {Status.FAILED},
}


class World:
    """Two orders and one broker; ``probe`` counts the steps, which stand in the pipeline already."""

    def __init__(self, broker: Redis, probe: Probe, orders_wanted: int = 2) -> None:
        self.broker, self.probe = broker, probe
        probe.forget()
        self.orders = [paid(make_answers(business_name=f"Shop {n}")) for n in range(orders_wanted)]
        self.subjects = [order.pk for order in self.orders]
        self.jobs = GenerationJob.objects.filter(subject__in=self.subjects)
        self.asleep: list[Child] = []
        self.in_sleep: Counter[tuple[str, str]] = Counter()
        self.ended: dict[Any, tuple[Any, ...]] = {}
        self.finished: dict[tuple[Any, str], int] = {}
        self.manifests: dict[Any, Any] = {}

    # what people ask for

    def request(self, order: SiteOrder, *, another_look: bool = False, trigger: str = "admin") -> None:
        with suppress(*REFUSALS):
            builds.request_build(order_id=order.pk, by="Ana", trigger=trigger, another_look=another_look)

    def retry(self, order: SiteOrder) -> None:
        with suppress(*REFUSALS):
            builds.retry_build(order_id=order.pk, by="Ana")

    def reset(self, order: SiteOrder, first_step: str = "") -> None:
        with suppress(*REFUSALS):
            builds.reset_site(order_id=order.pk, by="Ana", trigger="admin", first_step=first_step)

    def cancel(self, order: SiteOrder) -> None:
        with suppress(*REFUSALS):
            builds.cancel_build(order_id=order.pk, by="Ana", reason="as the test wants it")

    def approve(self, order: SiteOrder) -> None:
        with suppress(*REFUSALS):
            orders.approve(order_id=order.pk, by="Ana")

    # what happens

    def let_time_pass(self, much: timedelta = LONG) -> None:
        moments = ("lease_until", "deadline", "next_attempt_at", "message_seen_at")
        services.active_jobs().update(**{name: F(name) - much for name in moments})
        Duty.objects.update(begun_at=F("begun_at") - much)

    def message(self) -> tuple[Any, ...] | None:
        """Function and arguments of the message that a worker would take next; its RQ id is in the environment.

        Generations only: mails have tests of their own.
        """
        for queue in (Queue.HIGH, Queue.DEFAULT, Queue.LOW):
            while popped := self.broker.lpop(f"rq:queue:{queue}"):
                with suppress(NoSuchJobError):  # RQ passes over it too
                    job = Job.fetch(as_text(cast("bytes", popped)), connection=self.broker)
                    os.environ["RQ_JOB_ID"] = job.id
                    return (job.func_name, *job.args)
        return None

    def work(
        self, *, at: str = "", by: signal.Signals = signal.SIGKILL, hands_back: bool = False, parent: bool = True
    ) -> Child | None:
        """A worker takes one message, and may die or stop at a point; its parent then settles what it left."""
        message = self.message()
        if message is None:
            return None
        execution = os.environ["RQ_EXECUTION_ID"] = uuid4().hex
        try:
            child = Child(lambda: do(message, hands_back=hands_back), at=at, by=by)
        finally:
            del os.environ["RQ_EXECUTION_ID"], os.environ["RQ_JOB_ID"]
        child.check()
        if child.is_stopped:
            self.asleep.append(child)
        elif parent:
            for row in GenerationJob.objects.filter(lease=execution):
                with suppress(MoveRefused):
                    waiting.after_death(row, execution=execution, by="parent", error=StepFailed("interrupted"))
        return child

    def wake(self) -> None:
        """One that was stopped goes on; what it does before it finds that it was overtaken, it cannot store."""
        if self.asleep:
            child = self.asleep.pop(0)
            before = list(self.probe.calls())
            child.go_on()
            since = list(self.probe.calls())[len(before) :]
            self.in_sleep += Counter((call.job, call.step) for call in since if call.pid == child.pid)

    def fail_next(self, step: str, number: int = errno.ECONNRESET) -> None:
        self.probe.fail(step, number)

    def fail_no_more(self) -> None:
        for file in self.probe.folder.glob("fail-*"):
            file.unlink()

    def mend(self) -> None:
        reconcile.reconcile()

    def settle(self, *, mends_faults: bool = True) -> None:
        """All that disturbs is over: every job must come to its end."""
        while self.asleep:
            self.wake()
        if mends_faults:
            self.fail_no_more()
        for queue in Queue.values:
            services.resume_queue(queue=queue)
        for _round in range(30):
            self.mend()
            while self.work():
                pass
            if not services.active_jobs().exists():
                return
            self.let_time_pass()
        raise AssertionError(f"jobs that do not end: {list(services.active_jobs().values())}")

    # what must hold

    def check(self) -> None:
        """Holds the rows of these orders against the promises."""
        jobs = list(self.jobs.only(*CHECKED).order_by("created_at", "pk"))
        self._check_jobs(jobs)
        self._check_steps()
        self._check_versions({job.pk: job for job in jobs})
        self._check_orders({job.subject: job for job in jobs})

    def _check_jobs(self, jobs: Sequence[GenerationJob]) -> None:
        active = Counter(job.subject for job in jobs if job.is_active)
        assert all(count == 1 for count in active.values()), "more than one active job a subject"
        ends = Counter(JobEvent.objects.filter(job__in=jobs, moved_to__in=CLOSED).values_list("job", flat=True))
        running = JobAttempt.objects.filter(job__in=jobs, outcome=Outcome.RUNNING)
        leases = set(running.values_list("job", "lease"))
        assert leases == {(job.pk, job.lease) for job in jobs if job.status == JobStatus.RUNNING}, "attempts and leases"
        for job in jobs:
            assert job.spent <= min(job.attempt, job.max_attempts), (job.spent, job.attempt)
            if job.status in CLOSED:
                now = (job.status, job.lease, job.finished_at, job.attempt)
                assert self.ended.setdefault(job.pk, now) == now, f"{job} had ended, and changed"
            assert ends[job.pk] == (job.pk in self.ended), f"{job} is {job.status}, and ended {ends[job.pk]} times"

    def _check_steps(self) -> None:
        """What is stored as finished has not begun again since, in this job or in one that goes on from it."""
        begun = Counter((call.job, call.step) for call in self.probe.calls())
        begun.subtract(self.in_sleep)
        finished = StepRun.objects.filter(job__in=self.jobs, status=StepStatus.SUCCEEDED)
        for pk, step in finished.values_list("job", "step"):
            times = begun[str(pk), step]
            assert self.finished.setdefault((pk, step), times) == times, f"{step} of {pk} was finished, and ran again"

    def _check_versions(self, jobs: Mapping[UUID, GenerationJob]) -> None:
        versions = list(SiteVersion.objects.filter(subject__in=self.subjects).only("job", "manifest"))
        succeeded = [job.pk for job in jobs.values() if job.status == JobStatus.SUCCEEDED]
        assert sorted(version.job_id for version in versions) == sorted(succeeded), "a version for each success alone"
        won = JobAttempt.objects.filter(job__in=jobs.values(), outcome=Outcome.SUCCEEDED)
        assert sorted(won.values_list("job", "lease")) == sorted((pk, jobs[pk].lease) for pk in succeeded), (
            "published without the lease"
        )
        for version in versions:
            if version.pk not in self.manifests:
                self.manifests[version.pk] = version.manifest
                for ref in version.manifest.values():
                    assert storages["sites"].size(path_of(ref["sha256"])) == ref["size"]
            assert version.manifest == self.manifests[version.pk]

    def _check_orders(self, newest: Mapping[UUID, GenerationJob]) -> None:
        for order in SiteOrder.objects.filter(pk__in=self.subjects).only("status", "current_job"):
            job = newest.get(order.pk)
            assert order.current_job_id == (job and job.pk), "the order's job is its newest"
            if job:
                assert order.status in STANDS[JobStatus(job.status)], f"order {order.status}, job {job.status}"


def do(message: tuple[Any, ...] | None, *, hands_back: bool) -> None:
    """What a work-horse does with a message. ``hands_back``: it is told at once that its worker is to stop."""
    assert message
    handback._asked = hands_back
    function, *arguments = message
    with suppress(GenerationFailed, WorkFailed):
        getattr(tasks, function.rpartition(".")[2])(*arguments)
