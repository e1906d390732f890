"""``/metrics``: the figures of the engine for Prometheus, for whoever has METRICS_TOKEN.

They come from the database and the broker, and so are the same whichever process is asked. ``_recent`` in a name
means: within the last hour.
"""

from collections.abc import Iterable, Iterator, Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from generation import dispatch, figures
from generation.figures import Durations
from generation.models import Queue

Samples = Iterable[tuple[tuple[str, ...], float]]


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """All figures in Prometheus' text format; 401 without the token."""
    given = request.headers.get("Authorization", "")
    token = settings.METRICS_TOKEN
    if not (token and constant_time_compare(given, f"Bearer {token}")):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Engine())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


class Engine(Collector):
    """Reads the figures anew whenever they are asked for."""

    def describe(self) -> Iterable[Metric]:
        """Nothing is read when it is registered."""
        return ()

    def collect(self) -> Iterator[Metric]:
        yield _gauge("jobs", "Generation jobs that are not closed.", "kind status", figures.active_jobs().items())
        background = figures.active_background().items()
        yield _gauge("background_rows", "Other background work that is not closed.", "kind status", background)
        tried = figures.attempts().items()
        yield _gauge("attempts_recent", "Attempts by how they ended, with the error.", "kind outcome code", tried)
        yield _gauge("leases_over", "Rows whose worker is silent.", "", [((), figures.leases_over())])
        yield from _durations("step", "Steps that ended", "step", figures.step_durations())
        yield from _durations("queue_wait", "Jobs' waits for their first attempt", "queue", figures.waits())
        yield from _queues()
        now = timezone.now()
        ages = [((name,), (now - at).total_seconds()) for name, at in figures.duties().items() if at]
        yield _gauge("duty_age_seconds", "Time since a duty was last done.", "duty", ages)


def _queues() -> Iterator[Metric]:
    waiting, paused = figures.waiting_by_queue(), figures.paused_queues()
    rows = [((queue,), found.count) for queue, found in waiting.items()]
    yield _gauge("queue_waiting", "Rows that could run now.", "queue", rows)
    oldest = [((queue,), found.oldest_seconds) for queue, found in waiting.items()]
    yield _gauge("queue_oldest_wait_seconds", "How long the oldest of them has waited.", "queue", oldest)
    held = [((queue,), queue in paused) for queue in waiting]
    yield _gauge("queue_paused", "Whether the queue is paused.", "queue", held)
    try:
        workers = [((str(queue),), dispatch.workers_of(queue)) for queue in Queue.values]
    except dispatch.Unreachable:
        yield _gauge("broker_up", "Whether the broker answers.", "", [((), 0)])
        return
    yield _gauge("broker_up", "Whether the broker answers.", "", [((), 1)])
    yield _gauge("queue_workers", "Living workers that listen to the queue.", "queue", workers)


def _durations(name: str, what: str, label: str, found: Mapping[str, Durations]) -> Iterator[Metric]:
    yield _gauge(f"{name}s_recent", f"{what}.", label, [((key,), each.count) for key, each in found.items()])
    means = [((key,), each.mean) for key, each in found.items()]
    yield _gauge(f"{name}_mean_seconds_recent", f"{what}: mean.", label, means)
    longest = [((key,), each.longest) for key, each in found.items()]
    yield _gauge(f"{name}_longest_seconds_recent", f"{what}: the longest.", label, longest)


def _gauge(name: str, what: str, labels: str, samples: Samples) -> Metric:
    family = GaugeMetricFamily(f"sitebuilder_{name}", what, labels=labels.split())
    for values, figure in samples:
        family.add_metric(values, figure)
    return family
