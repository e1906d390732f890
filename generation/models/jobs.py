"""The unit of work, its attempts and its history."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from generation import errors


class JobKind(models.TextChoices):
    BUILD = "build", _("Build")
    RESET = "reset", _("Reset")
    REVISION = "revision", _("Revision")
    RENDER = "render", _("Render")


class Trigger(models.TextChoices):
    """What asked for a job."""

    API = "api", _("API")
    ONBOARDING = "onboarding", _("Onboarding")
    PAYMENT = "payment", _("Payment")
    ADMIN = "admin", _("Admin")
    COMMAND = "command", _("Command")
    SCHEDULE = "schedule", _("Schedule")
    RECONCILE = "reconcile", _("Reconciliation")


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
CLOSED = (JobStatus.SUCCEEDED, JobStatus.FAILED, JobStatus.CANCELLED)


class Outcome(models.TextChoices):
    """How an attempt ended."""

    RUNNING = "running", _("Running")
    SUCCEEDED = "succeeded", _("Succeeded")
    FAILED = "failed", _("Failed")
    INTERRUPTED = "interrupted", _("Interrupted")
    CANCELLED = "cancelled", _("Cancelled")


class GenerationJob(models.Model):
    """One generation of one subject's site.

    ``attempt`` is raised at every claim and is the number that the claiming message carried; ``spent``
    counts the attempts that count against ``max_attempts``. ``dispatch`` is raised at every send, and
    ``message_seen_at`` says when a message for the next attempt was last known to be with the broker.
    ``lease`` names the execution that may write; it stays when the job closes, ``lease_until`` does not.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.UUIDField(_("subject"), db_index=True)
    kind = models.CharField(_("kind"), max_length=16, choices=JobKind)
    based_on = models.ForeignKey(
        "generation.SiteVersion",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="followed_by",
        verbose_name=_("based on"),
    )
    first_step = models.CharField(_("first step"), max_length=32, blank=True)
    note = models.TextField(_("note"), blank=True)
    variation = models.PositiveIntegerField(_("variation"), default=0)
    trigger = models.CharField(_("trigger"), max_length=16, choices=Trigger)
    requested_by = models.CharField(_("requested by"), max_length=160)
    queue = models.CharField(_("queue"), max_length=16, choices=Queue, default=Queue.DEFAULT)
    status = models.CharField(_("status"), max_length=16, choices=JobStatus, default=JobStatus.QUEUED)
    brief = models.JSONField(_("brief"))
    brief_digest = models.CharField(_("brief digest"), max_length=64)
    theme = models.CharField(_("theme"), max_length=40)
    locale = models.CharField(_("locale"), max_length=8)
    attempt = models.PositiveIntegerField(_("attempt"), default=0)
    spent = models.PositiveIntegerField(_("attempts spent"), default=0)
    max_attempts = models.PositiveIntegerField(_("attempts allowed"))
    dispatch = models.PositiveIntegerField(_("messages sent"), default=0)
    message_seen_at = models.DateTimeField(_("message last seen"), null=True, blank=True)
    lease = models.CharField(_("lease"), max_length=64, blank=True)
    lease_until = models.DateTimeField(_("lease until"), null=True, blank=True)
    current_step = models.CharField(_("current step"), max_length=32, blank=True)
    progress = models.PositiveSmallIntegerField(_("progress in per cent"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"), null=True, blank=True)
    error_code = models.CharField(_("error"), max_length=64, blank=True)
    error_detail = models.TextField(_("error detail"), blank=True)
    error_traceback = models.TextField(_("traceback"), blank=True)
    tokens = models.PositiveIntegerField(_("tokens"), default=0)
    cost = models.DecimalField(_("cost"), max_digits=12, decimal_places=6, null=True, blank=True)
    created_at = models.DateTimeField(_("created"), db_default=Now())
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        verbose_name = _("generation job")
        verbose_name_plural = _("generation jobs")
        ordering = ["-created_at"]
        permissions = [("change_queues", "Can empty queues and stop, delete or requeue their messages")]
        constraints = [
            models.UniqueConstraint(
                fields=["subject"],
                condition=Q(status__in=["queued", "running", "retrying"]),
                name="generation_one_active_job_a_subject",
            ),
            models.CheckConstraint(condition=Q(status__in=JobStatus.values), name="generation_job_status_known"),
            models.CheckConstraint(condition=Q(spent__lte=F("attempt")), name="generation_job_spent_within_attempts"),
            models.CheckConstraint(
                condition=~Q(status="running") | Q(lease_until__isnull=False),
                name="generation_running_job_has_lease",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "message_seen_at"], name="generation_job_due"),
            models.Index(fields=["status", "lease_until"], name="generation_job_lease"),
            models.Index(fields=["-created_at"], name="generation_job_newest"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def is_active(self) -> bool:
        return self.status in ACTIVE

    @property
    def error_message(self) -> str:
        """What went wrong, in words; empty where nothing did."""
        return errors.message(self.error_code, self.error_detail)

    @property
    def error_remedy(self) -> str:
        """What to do about it, in words."""
        return errors.remedy(self.error_code)


class JobAttempt(models.Model):
    """One try at a job by one worker."""

    job = models.ForeignKey(GenerationJob, models.CASCADE, related_name="attempts", verbose_name=_("job"))
    number = models.PositiveIntegerField(_("number"))
    worker = models.CharField(_("worker"), max_length=160)
    lease = models.CharField(_("lease"), max_length=64)
    outcome = models.CharField(_("outcome"), max_length=16, choices=Outcome, default=Outcome.RUNNING)
    error_code = models.CharField(_("error"), max_length=64, blank=True)
    error_detail = models.TextField(_("error detail"), blank=True)
    started_at = models.DateTimeField(_("started"), db_default=Now())
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["job", "number"]
        constraints = [
            models.UniqueConstraint(fields=["job", "number"], name="generation_attempt_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.job_id} #{self.number}"


class JobEvent(models.Model):
    """One move of a job: when, from what, to what, by whom and why."""

    job = models.ForeignKey(GenerationJob, models.CASCADE, related_name="events", verbose_name=_("job"))
    at = models.DateTimeField(_("when"), db_default=Now())
    moved_from = models.CharField(_("from"), max_length=16, choices=JobStatus, blank=True)
    moved_to = models.CharField(_("to"), max_length=16, choices=JobStatus)
    by = models.CharField(_("by"), max_length=160)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.job_id}: {self.moved_from} → {self.moved_to}"
