"""What all background work has in common: a row that says what is true, and attempts by workers that hold a lease."""

import uuid
from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from generation import errors
from generation.prepared import Given, Statement, Where, inserting


def known_value(field: str, values: Iterable[str]) -> models.CheckConstraint:
    """The field holds one of ``values``, whoever writes the row."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": list(values)}), name=f"%(app_label)s_%(class)s_{field}_known"
    )


class Queue(models.TextChoices):
    """Queues in the order in which a worker empties them."""

    HIGH = "high", _("High")
    DEFAULT = "default", _("Default")
    LOW = "low", _("Low")
    MAINTENANCE = "maintenance", _("Maintenance")


class JobStatus(models.TextChoices):
    QUEUED = "queued", _("Queued")
    RUNNING = "running", _("Running")
    RETRYING = "retrying", _("Waiting to try again")
    SUCCEEDED = "succeeded", _("Succeeded")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


ACTIVE = (JobStatus.QUEUED, JobStatus.RUNNING, JobStatus.RETRYING)
WAITING = (JobStatus.QUEUED, JobStatus.RETRYING)
CLOSED = (JobStatus.SUCCEEDED, JobStatus.FAILED, JobStatus.CANCELLED)


class Outcome(models.TextChoices):
    """How an attempt ended."""

    RUNNING = "running", _("Running")
    SUCCEEDED = "succeeded", _("Succeeded")
    FAILED = "failed", _("Failed")
    INTERRUPTED = "interrupted", _("Interrupted")
    HANDED_BACK = "handed_back", _("Handed back")
    CANCELLED = "cancelled", _("Cancelled")


class Work(models.Model):
    """A row that a worker takes, under a lease, until it is closed.

    ``attempt`` is raised at every claim and is the number that the claiming message carried; ``spent``
    counts the attempts that count against ``max_attempts``. ``dispatch`` is raised at every send, and
    ``message_seen_at`` says when a message for the next attempt was last known to be with the broker.
    ``lease`` names the execution that may write; it stays when the row closes, ``lease_until`` does not.
    By ``deadline`` the holder has to have gone on to its next step, or it is killed.
    """

    kind_of_work: ClassVar[str]
    """The name under which :mod:`generation.background` knows the rows of this class."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    queue = models.CharField(_("queue"), max_length=16, choices=Queue, default=Queue.DEFAULT)
    status = models.CharField(_("status"), max_length=16, choices=JobStatus, default=JobStatus.QUEUED)
    attempt = models.PositiveIntegerField(_("attempt"), default=0)
    spent = models.PositiveIntegerField(_("attempts spent"), default=0)
    max_attempts = models.PositiveIntegerField(_("attempts allowed"))
    dispatch = models.PositiveIntegerField(_("messages sent"), default=0)
    message_seen_at = models.DateTimeField(_("message last seen"), null=True, blank=True)
    lease = models.CharField(_("lease"), max_length=64, blank=True)
    lease_until = models.DateTimeField(_("lease until"), null=True, blank=True)
    deadline = models.DateTimeField(_("deadline"), null=True, blank=True)
    next_attempt_at = models.DateTimeField(_("next attempt"), null=True, blank=True)
    error_code = models.CharField(_("error"), max_length=64, blank=True)
    error_detail = models.TextField(_("error detail"), blank=True)
    error_traceback = models.TextField(_("traceback"), blank=True)
    created_at = models.DateTimeField(_("created"), db_default=Now())
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            known_value("status", JobStatus.values),
            known_value("queue", Queue.values),
            models.CheckConstraint(
                condition=Q(spent__lte=F("attempt")), name="%(app_label)s_%(class)s_spent_within_attempts"
            ),
            models.CheckConstraint(
                condition=~Q(status="running") | Q(lease_until__isnull=False),
                name="%(app_label)s_%(class)s_running_has_lease",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "message_seen_at"], name="%(app_label)s_%(class)s_due"),
            models.Index(fields=["status", "lease_until"], name="%(app_label)s_%(class)s_lease"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def is_active(self) -> bool:
        return self.status in ACTIVE

    @property
    def policy_keys(self) -> tuple[str, ...]:
        """The names under which RETRY_POLICIES may have a policy for this row, the most special first."""
        return (self.kind_of_work,)

    @property
    def attempt_rows(self) -> models.QuerySet[Any]:
        """The attempts made at this row."""
        return BackgroundAttempt.objects.filter(kind=self.kind_of_work, work=self.pk)

    def adding_attempt(self, number: int, *, worker: str, lease: str) -> list[Statement]:
        """What records that an attempt has begun."""
        about = {"kind": self.kind_of_work, "work": self.pk, "queue": self.queue}
        return inserting([BackgroundAttempt(**about, number=number, worker=worker, lease=lease)])

    @property
    def under_way(self) -> tuple[type["Attempt"], Where]:
        """Where the attempt that is under way is found."""
        return BackgroundAttempt, Where(UNDER_WAY, {"work": self.pk})

    def recording_move(self, *, moved_from: str, moved_to: str, by: str, reason: str) -> list[Statement]:
        """What keeps a move in the row's history, where it has one."""
        return []

    def stop_steps(self) -> None:
        """Mark the steps that were under way as stopped by the row's error, where it has steps."""

    @property
    def error_message(self) -> str:
        """What went wrong, in words; empty where nothing did."""
        return errors.message(self.error_code, self.error_detail)

    @property
    def error_remedy(self) -> str:
        """What to do about it, in words."""
        return errors.remedy(self.error_code)


class Attempt(models.Model):
    """One try at a row by one worker."""

    number = models.PositiveIntegerField(_("number"))
    worker = models.CharField(_("worker"), max_length=160)
    lease = models.CharField(_("lease"), max_length=64)
    outcome = models.CharField(_("outcome"), max_length=16, choices=Outcome, default=Outcome.RUNNING)
    error_code = models.CharField(_("error"), max_length=64, blank=True)
    error_detail = models.TextField(_("error detail"), blank=True)
    started_at = models.DateTimeField(_("started"), db_default=Now(), db_index=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [known_value("outcome", Outcome.values)]


UNDER_WAY = Q(work=Given("work", models.UUIDField()), outcome=Outcome.RUNNING)


class BackgroundAttempt(Attempt):
    """One try at a row of background work other than generation: ``work`` is its id, ``kind`` names its class."""

    kind = models.CharField(_("kind"), max_length=32)
    work = models.UUIDField(_("work"))
    queue = models.CharField(_("queue"), max_length=16, choices=Queue)

    class Meta:
        verbose_name = _("background attempt")
        verbose_name_plural = _("background attempts")
        ordering = ["work", "number"]
        constraints = [
            *Attempt.Meta.constraints,
            known_value("queue", Queue.values),
            models.UniqueConstraint(fields=["work", "number"], name="generation_background_attempt_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.work} #{self.number}"
