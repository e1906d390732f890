"""The unit of work of generation, its attempts and its history."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from generation.prepared import Given, Statement, Where, inserting

from .work import Attempt, JobStatus, Outcome, Queue, Work, known_value


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


AUTOMATIC = (Trigger.SCHEDULE, Trigger.RECONCILE)
QUEUE_OF_KIND = {JobKind.REVISION: Queue.HIGH, JobKind.RESET: Queue.LOW}


class GenerationJob(Work):
    """One generation of one subject's site.

    ``continues`` is the job whose finished steps this one began with, ``first_step`` the step from which it was
    to begin anew.
    """

    kind_of_work = "generation"

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
    continues = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="continued_by", verbose_name=_("goes on from")
    )
    first_step = models.CharField(_("first step"), max_length=32, blank=True)
    note = models.TextField(_("note"), blank=True)
    variation = models.PositiveIntegerField(_("variation"), default=0)
    trigger = models.CharField(_("trigger"), max_length=16, choices=Trigger)
    requested_by = models.CharField(_("requested by"), max_length=160)
    brief = models.JSONField(_("brief"))
    brief_digest = models.CharField(_("brief digest"), max_length=64)
    theme = models.CharField(_("theme"), max_length=40)
    locale = models.CharField(_("locale"), max_length=8)
    current_step = models.CharField(_("current step"), max_length=32, blank=True)
    progress = models.PositiveSmallIntegerField(_("progress in per cent"), default=0)
    tokens = models.PositiveIntegerField(_("tokens"), default=0)
    cost = models.DecimalField(_("cost"), max_digits=12, decimal_places=6, null=True, blank=True)

    class Meta(Work.Meta):
        abstract = False
        verbose_name = _("generation job")
        verbose_name_plural = _("generation jobs")
        ordering = ["-created_at"]
        permissions = [
            ("change_queues", "Can empty queues and stop, delete or requeue their messages"),
            ("retry_job", "Can have a failed job go on"),
            ("reset_job", "Can have a site generated anew"),
            ("cancel_job", "Can cancel a job"),
        ]
        constraints = [
            *Work.Meta.constraints,
            known_value("kind", JobKind.values),
            known_value("trigger", Trigger.values),
            models.UniqueConstraint(
                fields=["subject"],
                condition=Q(status__in=["queued", "running", "retrying"]),
                name="generation_one_active_job_a_subject",
            ),
        ]
        indexes = [
            *Work.Meta.indexes,
            models.Index(fields=["-created_at"], name="generation_job_newest"),
        ]

    @property
    def is_automatic(self) -> bool:
        """Whether no person has asked for it."""
        return self.trigger in AUTOMATIC

    @property
    def policy_keys(self) -> tuple[str, ...]:
        return (f"{self.kind}/{self.trigger}", self.kind, self.kind_of_work)

    @property
    def attempt_rows(self) -> models.QuerySet[Any]:
        return self.attempts.all()

    def adding_attempt(self, number: int, *, worker: str, lease: str) -> list[Statement]:
        return inserting([JobAttempt(job=self, number=number, worker=worker, lease=lease)])

    @property
    def under_way(self) -> tuple[type[Attempt], Where]:
        return JobAttempt, Where(UNDER_WAY, {"job": self.pk})

    def recording_move(self, *, moved_from: str, moved_to: str, by: str, reason: str) -> list[Statement]:
        return inserting([JobEvent(job=self, moved_from=moved_from, moved_to=moved_to, by=by, reason=reason)])

    def stop_steps(self) -> None:
        from .steps import StepStatus  # steps know jobs, not the other way round

        stopped = {"error_code": self.error_code, "error_detail": self.error_detail, "ended_at": Now()}
        self.steps.filter(status=StepStatus.RUNNING).update(status=StepStatus.FAILED, **stopped)


UNDER_WAY = Q(job=Given("job", models.UUIDField()), outcome=Outcome.RUNNING)


class JobAttempt(Attempt):
    """One try at a job by one worker."""

    job = models.ForeignKey(  # found by the index below, which begins with it
        GenerationJob, models.CASCADE, db_index=False, related_name="attempts", verbose_name=_("job")
    )

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["job", "number"]
        constraints = [
            *Attempt.Meta.constraints,
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
        constraints = [
            known_value("moved_from", ["", *JobStatus.values]),
            known_value("moved_to", JobStatus.values),
        ]

    def __str__(self) -> str:
        return f"{self.job_id}: {self.moved_from} → {self.moved_to}"
