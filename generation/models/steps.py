"""What a run leaves behind as it goes: a row a step, and lines of log."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .jobs import GenerationJob
from .work import known_value


class StepStatus(models.TextChoices):
    RUNNING = "running", _("Running")
    SUCCEEDED = "succeeded", _("Succeeded")
    FAILED = "failed", _("Failed")


class StepRun(models.Model):
    """One step of a job, or one part of a step that works in parts (``part`` is empty for the whole).

    ``output`` holds up to 1 MB of JSON; files are artifacts. ``attempt`` is the one that ran it last.
    """

    job = models.ForeignKey(  # found by the index below, which begins with it
        GenerationJob, models.CASCADE, db_index=False, related_name="steps", verbose_name=_("job")
    )
    step = models.CharField(_("step"), max_length=32)
    part = models.CharField(_("part"), max_length=64, blank=True)
    position = models.PositiveSmallIntegerField(_("position"))
    status = models.CharField(_("status"), max_length=16, choices=StepStatus, default=StepStatus.RUNNING)
    attempt = models.PositiveIntegerField(_("attempt"))
    input_hash = models.CharField(_("input hash"), max_length=64)
    output = models.JSONField(_("output"), null=True, blank=True)
    error_code = models.CharField(_("error"), max_length=64, blank=True)
    error_detail = models.TextField(_("error detail"), blank=True)
    started_at = models.DateTimeField(_("started"), db_default=Now())
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["job", "position", "part"]
        constraints = [
            known_value("status", StepStatus.values),
            models.UniqueConstraint(fields=["job", "step", "part"], name="generation_step_once_a_job"),
            models.CheckConstraint(
                condition=~Q(status="succeeded") | Q(output__isnull=False),
                name="generation_finished_step_has_output",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.job_id}: {self.step}"


class LogLevel(models.TextChoices):
    INFO = "info", _("Info")
    WARNING = "warning", _("Warning")
    ERROR = "error", _("Error")


class GenerationLog(models.Model):
    """One line of a job's log: an English template and its values, put into the reader's language when read."""

    job = models.ForeignKey(  # found by the index below, which begins with it
        GenerationJob, models.CASCADE, db_index=False, related_name="logs", verbose_name=_("job")
    )
    at = models.DateTimeField(_("when"), db_default=Now())
    attempt = models.PositiveIntegerField(_("attempt"))
    step = models.CharField(_("step"), max_length=32, blank=True)
    level = models.CharField(_("level"), max_length=8, choices=LogLevel, default=LogLevel.INFO)
    message = models.TextField(_("message"))
    values = models.JSONField(_("values"), default=dict)

    class Meta:
        verbose_name = _("log line")
        verbose_name_plural = _("log lines")
        ordering = ["id"]
        constraints = [known_value("level", LogLevel.values)]
        indexes = [models.Index(fields=["job", "id"], name="generation_log_of_job")]

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """The line in the reader's language."""
        values: dict[str, Any] = self.values
        words = gettext(self.message) % values
        detail = values.get("detail")
        return f"{words} ({detail})" if detail else words
