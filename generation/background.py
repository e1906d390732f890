"""Background work of other kinds than generation: the row that it is, and what is registered for it.

A kind is a class of rows and a function that does one of them. Rows are sent, retried, cancelled and mended like
jobs. Whoever adds a kind does so in ``AppConfig.ready()``::

    class Mail(BackgroundRow):
        kind_of_work = "mail"

    background.register(Mail, do=send_mail)

and asks for one in a transaction of its own::

    mail = background.new_row(Mail, to=address)
    mail.save(force_insert=True)
    background.send_after_commit(mail)
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from pydantic import BaseModel, ConfigDict

from .errors import StepFailed as StepFailed
from .models import GenerationJob, Queue, Work
from .policies import RetryPolicy as RetryPolicy

CHECKS = "engine"
"""The tag of system checks of what has to hold for work to be done and told of: workers and schedulers make these. All
that Django checks would load every page of the back office."""


class BackgroundRow(Work):
    """The abstract row: columns, constraints and indexes (``class Meta(BackgroundRow.Meta)``)."""

    class Meta(Work.Meta):
        abstract = True


@dataclass(frozen=True)
class Kind:
    """A class of rows, what does one of them, how many seconds that may take, and how it is tried again.

    ``do`` runs outside any transaction. It may return changes of the row's columns, written when it is closed as
    succeeded; it raises StepFailed, or any other error, which is sorted. It may run again after a crash.
    ``policy`` holds where RETRY_POLICIES has none for the kind.
    """

    rows: type[Work]
    do: Callable[[Any], Mapping[str, Any] | None]
    seconds: int
    policy: RetryPolicy | None = None


Reconciler = Callable[[bool], Iterable[str]]
"""Mends what is not as it should be, in bounded batches, and says what it mended in words; called with True, it only
says what it would."""


class NoArguments(BaseModel):
    """The arguments of a task that has none."""

    model_config = ConfigDict(extra="forbid")


@dataclass(frozen=True)
class Task:
    """What a schedule may run.

    ``do`` gets the arguments and who asks, in words, and says how many of what it did: counts by labels in English,
    marked for translation. Fields of ``arguments`` are shown in a form, by their titles and descriptions. A task may
    run again after a crash.
    """

    name: str
    label: str | Promise
    arguments: type[BaseModel]
    do: Callable[[Any, str], Mapping[str, int]]


FileNames = Callable[[], Iterable[str]]
"""SHA-256 of each kept file that somebody outside generation names: those are not purged."""

_kinds: dict[str, Kind] = {}
_tasks: dict[str, Task] = {}
_file_names: list[FileNames] = []
_reconcilers: list[Reconciler] = []


def register(
    rows: type[Work],
    *,
    do: Callable[[Any], Mapping[str, Any] | None],
    seconds: int | None = None,
    policy: RetryPolicy | None = None,
) -> None:
    """Make a kind of background work known. ``seconds``: its time-out, if not that of the settings."""
    limit = seconds or settings.BACKGROUND_TIMEOUT_SECONDS
    _kinds[rows.kind_of_work] = Kind(rows, do, limit, policy)


def register_reconciler(reconciler: Reconciler) -> None:
    """Have ``reconciler`` called whenever rows are compared with the broker."""
    if reconciler not in _reconcilers:
        _reconcilers.append(reconciler)


def register_task(
    name: str, label: str | Promise, arguments: type[BaseModel], do: Callable[[Any, str], Mapping[str, int]]
) -> None:
    """Let schedules run this task."""
    _tasks[name] = Task(name, label, arguments, do)


def register_file_names(names: FileNames) -> None:
    """Keep the files that ``names`` gives from being purged."""
    if names not in _file_names:
        _file_names.append(names)


def tasks() -> Mapping[str, Task]:
    """What schedules may run, by name."""
    return _tasks


def named_files() -> Iterator[str]:
    """SHA-256 of each file that is named outside generation."""
    for names in _file_names:
        yield from names()


def kind(name: str) -> Kind:
    """The kind of that name. Raises KeyError."""
    return _kinds[name]


def seconds_of(rows: type[Work]) -> int:
    """How long one attempt at such a row may take."""
    return settings.GENERATION_JOB_TIMEOUT_SECONDS if rows is GenerationJob else kind(rows.kind_of_work).seconds


def reconcilers() -> tuple[Reconciler, ...]:
    return tuple(_reconcilers)


def classes_of_work() -> Iterator[type[Work]]:
    """Every class of rows that workers take."""
    yield GenerationJob
    for known in _kinds.values():
        yield known.rows


def policy_of(name: str) -> RetryPolicy | None:
    """How rows of that kind are tried again where the settings say nothing, if that is not as all others."""
    return _kinds[name].policy if name in _kinds else None


def class_of(name: str) -> type[Work]:
    """The rows of that kind, generation among them. Raises KeyError."""
    return GenerationJob if name == GenerationJob.kind_of_work else _kinds[name].rows


def new_row(rows: type[Work], *, queue: str = Queue.MAINTENANCE, **columns: Any) -> Any:
    """A row of background work to be inserted, with as many attempts as its policy allows."""
    from . import dispatch
    from .retries import policy_of

    row = rows(queue=queue, max_attempts=1, **dispatch.NEW, **columns)
    row.max_attempts = policy_of(row).attempts
    return row


def send_after_commit(row: Work) -> None:
    """Have the message of a new row sent when the caller's transaction is through."""
    from . import dispatch  # this is a door: what is behind it is loaded when it is used

    dispatch.send_after_commit(row)
