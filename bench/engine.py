"""How quick the engine is, and how soon it is back: ratios to a named rival, measured in one run on both databases.

Writes docs/benchmarks/engine.md. Exit code 0: every figure is within its limit; 1: one falls short, and is named.
"""

import contextlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any
from uuid import uuid4

from .processes import kill_with_children, process, pss, until
from .report import ROOT, Figure, said, write_report

KILLED, NOOPS, WAITS, BULK, ONE_BY_ONE = 10, 60, 12, 10_000, 150
ROUNDS = 5


INTRODUCTION = """\
# The engine

Written by `make bench BENCH=engine`. Figures are ratios to the rival that is named, both measured in that run; times
are of the machine that it ran on. RQ's own way back from a kill takes its time-outs: some 14 minutes.
"""


def main() -> int:
    """Each database in a process of its own, then the report."""
    if "--run" in sys.argv:
        print(json.dumps([asdict(figure) for figure in measure()]))
        return 0
    found = {"SQLite": run_on([]), "PostgreSQL": run_on([sys.executable, str(ROOT / "tools" / "postgres.py")])}
    return write_report("engine", INTRODUCTION, found)


def run_on(prefix: list[str]) -> list[Figure]:
    """The figures on one database, in an installation of its own."""
    with tempfile.TemporaryDirectory(prefix="sb-") as folder:
        env = {**os.environ, "VAR_DIR": folder, "DJANGO_SETTINGS_MODULE": "bench.engine_shop.settings"}
        env |= {"BENCH_SOCKET": f"{folder}/broker.sock", "LOG_LEVEL": "ERROR"}
        command = [*prefix, sys.executable, "-m", "bench.engine", "--run"]
        done = subprocess.run(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True, check=True)
    return [Figure(**figure) for figure in json.loads(done.stdout.splitlines()[-1])]


def measure() -> list[Figure]:
    """All figures, one after the other, on the database of this environment."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    figures: list[Figure] = []
    with process("broker"):
        until(answers, 20)
        # Tens of thousands of rows come last: what is left of them in the database is no part of the other figures.
        for take in (one_by_one, noop_jobs, two_workers, memory, killed_workers, in_bulk, wiped_broker):
            flush()
            figures += said(take())
    return figures + said([without_broker()])


# asking


def one_by_one() -> Iterator[Figure]:
    """A request beside a transaction of the same statements, written by hand, and the same enqueueing after it."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    ratios, ours, theirs = [], 0.0, 0.0
    for _round in range(ROUNDS):
        ours = rate(ONE_BY_ONE, request)
        theirs = rate(ONE_BY_ONE, by_hand)
        ratios.append(ours / theirs)
    with CaptureQueriesContext(connection) as queries:
        request()
    ratio = statistics.median(ratios)
    yield Figure(
        "requests one by one, to a hand-written transaction", f"{ours:.0f}/s", f"{theirs:.0f}/s",
        ratio, "≥ 0.8", ratio >= 0.8,
    )  # fmt: skip
    yield Figure("statements of one request", str(len(queries)), "", len(queries), "≤ 8", len(queries) <= 8)


def in_bulk() -> Iterator[Figure]:
    """10,000 requests at once beside as many bare jobs by RQ's enqueue_many."""
    from rq import Queue

    from generation.requests import Wanted, request_generations

    brief, pairs = make_brief(), []
    for _round in range(ROUNDS):
        wanted = [Wanted(uuid4(), brief, "build", "command", "bench", "prisma") for _number in range(BULK)]
        ours = rate(1, lambda wanted=wanted: request_generations(wanted)) * BULK  # type: ignore[misc]
        theirs = rate(1, lambda: bulk_of_bare(Queue("bare", connection=redis()))) * BULK
        pairs.append((ours / theirs, ours, theirs))
        flush()
    ratio, ours, theirs = sorted(pairs)[len(pairs) // 2]
    yield Figure(
        "10,000 requests in bulk, to enqueue_many of bare jobs", f"{ours:.0f}/s", f"{theirs:.0f}/s",
        ratio, "≥ 0.5", ratio >= 0.5,
    )  # fmt: skip


def bulk_of_bare(queue: Any) -> None:
    """As many bare jobs, in batches of the same size."""
    function = "bench.engine_shop.apps.rq_noop"
    jobs = [queue.prepare_data(function, ("x", "1"), job_id=str(uuid4())) for _number in range(BULK)]
    for first in range(0, BULK, 500):
        queue.enqueue_many(jobs[first : first + 500])


# running


def noop_jobs() -> Iterator[Figure]:
    """A job of seven steps that do nothing beside an RQ job that does nothing, on the same worker."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from generation import runner

    job = request()
    with CaptureQueriesContext(connection) as queries:
        runner.run(job.pk, 1, execution="bench", worker="bench")
    flush()
    ours, theirs = [], []
    with worker():
        for _round in range(ROUNDS):
            enqueue_bare("default", "rq_noop", NOOPS)
            until(lambda: finished_bare() >= NOOPS, 300)
            theirs.append(pace(bare_ends()))
            flush_but_workers()
            for _number in range(NOOPS):
                request()
            until(lambda: not active(), 300)
            ours.append(pace(own_ends()))
            flush_but_workers()
    own, other = statistics.median(ours), statistics.median(theirs)
    ratio = statistics.median(own / other for own, other in zip(ours, theirs, strict=True))
    limit = 2 if connection.vendor == "sqlite" else 3
    yield Figure(
        "a job of no-op steps, to RQ's no-op on the same worker", f"{own * 1000:.0f} ms", f"{other * 1000:.0f} ms",
        ratio, f"≤ {limit}", ratio <= limit,
    )  # fmt: skip
    yield Figure("messages to the database of such a job", str(len(queries)), "", len(queries), "told", True)


def two_workers() -> Iterator[Figure]:
    """Twelve jobs that wait for a second, by one worker and by two."""
    took = []
    for number in (1, 2):
        with contextlib.ExitStack() as stack:
            for _worker in range(number):
                stack.enter_context(worker({"BENCH_WAIT_SECONDS": "1"}))
            took.append(seconds(lambda: [request() for _n in range(WAITS)], lambda: not active()))
    ratio = took[0] / took[1]
    yield Figure(
        "two workers, to one, on jobs that wait", f"{took[1]:.1f} s", f"{took[0]:.1f} s", ratio, "≥ 1.9", ratio >= 1.9
    )


def memory() -> Iterator[Figure]:
    """The memory of idle workers, with the renderer loaded, beside as many bare ones of django-rq."""
    bare_env = {"DJANGO_SETTINGS_MODULE": "bench.engine_shop.bare_settings"}
    with contextlib.ExitStack() as stack:
        own = [stack.enter_context(worker()) for _n in range(2)]
        command = [sys.executable, "-m", "django", "rqworker", "bare"]
        other = [stack.enter_context(process(*command, env=bare_env, manage=False)) for _n in range(2)]
        until(lambda: workers() >= 4, 60)
        ours, theirs = (statistics.mean(pss(each.pid) for each in those) for those in (own, other))
    ratio = ours / theirs
    yield Figure(
        "memory of an idle worker (PSS), to a bare django-rq worker", f"{ours:.0f} MB", f"{theirs:.0f} MB",
        ratio, "≤ 2.5", ratio <= 2.5,
    )  # fmt: skip


# coming back


def killed_workers() -> Iterator[Figure]:
    """Ten workers killed with their work-horses: until the slowest job runs again. RQ's default, killed with them."""
    from generation.models import GenerationJob

    mark = Path(os.environ["VAR_DIR"]) / "bare-runs"
    with contextlib.ExitStack() as stack:
        jobs = [request() for _n in range(KILLED)]
        killed = [stack.enter_context(worker({"BENCH_WAIT_SECONDS": "3600"})) for _n in range(KILLED)]
        bare_env = {"DJANGO_SETTINGS_MODULE": "bench.engine_shop.bare_settings"}
        bare = [sys.executable, "-m", "django", "rqworker", "bare"]
        killed.append(stack.enter_context(process(*bare, env=bare_env, manage=False)))
        enqueue_bare("bare", "rq_wait", 1, str(mark))
        until(lambda: GenerationJob.objects.filter(status="running").count() == KILLED and mark.exists(), 120)
        start = time.monotonic()
        for each in killed:
            kill_with_children(each.pid)
        stack.enter_context(worker({"BENCH_WAIT_SECONDS": "0"}))
        stack.enter_context(process(*bare, env=bare_env, manage=False))
        again = GenerationJob.objects.filter(pk__in=[job.pk for job in jobs], attempt__gte=2)
        until(lambda: again.count() == KILLED, 180)
        slowest = time.monotonic() - start
        bare_is_back = len(mark.read_text().splitlines()) > 1
    rival = "back too" if bare_is_back else f"not back after {slowest:.0f} s"
    yield Figure(
        "killed with its work-horse: the slowest of 10 runs again", f"{slowest:.0f} s", rival,
        slowest, "≤ 60 s", slowest <= 60,
    )  # fmt: skip
    forget_jobs()


def wiped_broker() -> Iterator[Figure]:
    """10,000 queued jobs, and a broker that has forgotten all of them."""
    from generation import dispatch
    from generation.requests import Wanted, request_generations

    brief = make_brief()
    request_generations([Wanted(uuid4(), brief, "build", "command", "bench", "prisma") for _number in range(BULK)])
    dispatch.send_due()
    redis().flushall()
    start = time.perf_counter()
    while redis().llen("rq:queue:default") < BULK:
        dispatch.send_due()
    took = time.perf_counter() - start
    lost = BULK - redis().llen("rq:queue:default")
    yield Figure("10,000 queued, FLUSHALL: seconds until all are sent again", f"{took:.1f} s", "", took, "told", True)
    yield Figure("of them lost", str(lost), "", lost, "0", lost == 0)
    forget_jobs()


def without_broker() -> Figure:
    """Requests while the broker is down."""
    request()
    times = []
    for _number in range(50):
        start = time.perf_counter()
        request()
        times.append((time.perf_counter() - start) * 1000)
    mean = statistics.mean(times)
    worst = f"worst {max(times):.0f} ms"
    return Figure("a request while the broker is down, in ms", f"{mean:.1f} ms", worst, mean, "≤ 20", mean <= 20)


# the installation


def request() -> Any:
    from generation.services import request_generation

    return request_generation(
        subject=uuid4(), brief=make_brief(), kind="build", trigger="command", requested_by="bench", theme="prisma"
    ).job


def by_hand() -> None:
    """The same statements and the same message, as one would write them in a view."""
    from django.db import transaction
    from django.db.models.functions import Now
    from rq import Queue

    from generation import themes
    from generation.models import GenerationJob, JobEvent, SiteVersion

    subject, brief = uuid4(), make_brief()
    themes.load("prisma")
    with transaction.atomic():
        list(GenerationJob.objects.filter(subject=subject, status__in=("queued", "running", "retrying")))
        list(SiteVersion.objects.filter(subject=subject).select_related("job").order_by("number"))
        job = GenerationJob(
            subject=subject, kind="build", trigger="command", requested_by="bench", queue="default",
            brief=brief.model_dump(mode="json"), brief_digest=brief.digest(), theme="prisma", locale="en",
            max_attempts=5, dispatch=1, message_seen_at=Now(),
        )  # fmt: skip
        GenerationJob.objects.bulk_create([job], ignore_conflicts=True)
        job = GenerationJob.objects.get(subject=subject, status="queued")
        JobEvent.objects.create(job=job, moved_to="queued", by="bench")
        list(Order().filter(pk=subject))
    data = Queue.prepare_data(
        "generation.tasks.run_generation", (str(job.pk), "1"), job_id=f"{job.pk}-1-1", timeout=960, result_ttl=600
    )
    Queue("default", connection=redis()).enqueue_many([data])


def Order() -> Any:
    from orders.models import SiteOrder

    return SiteOrder.objects


def make_brief() -> Any:
    from generation.contracts import Brief

    return Brief.model_validate(
        {
            "business_name": "Burnet Road Plumbing",
            "niche": "plumber",
            "locale": "en",
            "address": {"city": "Austin", "state": "TX", "country": "US"},
            "phone": "(512) 555-0134",
            "services": [{"name": "Leak repair", "description": "We find the leak before we open a wall."}],
        }
    )


def active() -> bool:
    from generation.services import active_jobs

    return active_jobs().exists()


def forget_jobs() -> None:
    from generation.models import GenerationJob, SiteVersion

    SiteVersion.objects.all().delete()
    GenerationJob.objects.all().delete()


def redis() -> Any:
    from generation import dispatch

    return dispatch._broker().connection


def answers() -> bool:
    from generation import dispatch

    return dispatch.is_answering()


def workers() -> int:
    return int(redis().scard("rq:workers"))


def flush() -> None:
    forget_jobs()
    redis().flushall()


def flush_but_workers() -> None:
    """Forget messages and results, not who listens."""
    forget_jobs()
    for key in redis().scan_iter("rq:finished:*"):
        redis().delete(key)


def enqueue_bare(queue: str, function: str, count: int, *arguments: str) -> None:
    from rq import Queue

    for _number in range(count):
        Queue(queue, connection=redis()).enqueue_call(f"bench.engine_shop.apps.{function}", args=arguments)


def finished_bare() -> int:
    return int(redis().zcard("rq:finished:default"))


@contextlib.contextmanager
def worker(env: dict[str, str] | None = None) -> Iterator[Any]:
    """A worker of ours, from when it is registered."""
    before = workers()
    with process("rqworker", env=env) as started:
        until(lambda: workers() > before, 60)
        yield started
    redis().delete("rq:workers")


def pace(ends: list[float]) -> float:
    """Seconds a job by the second half of those that ended, when all were queued and the worker had only to run."""
    later = sorted(ends)[len(ends) // 2 :]
    return (later[-1] - later[0]) / (len(later) - 1)


def own_ends() -> list[float]:
    from generation.models import GenerationJob

    return [ended.timestamp() for ended in GenerationJob.objects.values_list("finished_at", flat=True) if ended]


def bare_ends() -> list[float]:
    from rq import Queue
    from rq.job import Job

    names = Queue("default", connection=redis()).finished_job_registry.get_job_ids()
    return [job.ended_at.timestamp() for job in Job.fetch_many(names, connection=redis()) if job and job.ended_at]


def rate(count: int, work: Callable[[], Any]) -> float:
    """How many a second."""
    start = time.perf_counter()
    for _number in range(count):
        work()
    return count / (time.perf_counter() - start)


def seconds(begin: Callable[[], Any], is_done: Callable[[], bool]) -> float:
    """From the beginning to when it is done."""
    start = time.perf_counter()
    begin()
    until(is_done, 300)
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
