"""What runs by the clock: schedules that staff edit, and a row for each run of one."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .work import Queue, Work, known_value


class Misfire(models.TextChoices):
    """What becomes of a tick that nobody fired in time."""

    ONCE = "once", _("Run once, late")
    SKIP = "skip", _("Leave it out")


_TIMES = ("cron", "every_seconds", "once_at")
_GIVEN = {"cron": ~Q(cron=""), "every_seconds": Q(every_seconds__isnull=False), "once_at": Q(once_at__isnull=False)}


def _exactly_one() -> Q:
    one_each = Q()
    for chosen in _TIMES:
        alone = Q()
        for each in _TIMES:
            alone &= _GIVEN[each] if each == chosen else ~_GIVEN[each]
        one_each |= alone
    return one_each


class Schedule(models.Model):
    """A task and when it runs: by a cron expression, every so many seconds, or at one moment.

    ``next_run_at`` is worked out by the scheduler where it is absent; ``reckoned_at`` is the moment from which it was.
    """

    name = models.CharField(_("name"), max_length=100, unique=True)
    task = models.CharField(_("task"), max_length=64)
    arguments = models.JSONField(_("arguments"), default=dict, blank=True)
    cron = models.CharField(
        _("cron expression"),
        max_length=100,
        blank=True,
        help_text=_("Minute, hour, day of the month, month, day of the week: 30 9 * * mon-fri"),
    )
    every_seconds = models.PositiveIntegerField(
        _("every so many seconds"),
        null=True,
        blank=True,
        help_text=_("Counted from midnight UTC of 1 January 1970: every 900 seconds is each quarter of an hour."),
    )
    once_at = models.DateTimeField(
        _("once, at this moment"), null=True, blank=True, help_text=_("In the schedule's time zone.")
    )
    zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    enabled = models.BooleanField(_("enabled"), default=True)
    queue = models.CharField(_("queue"), max_length=16, choices=Queue, default=Queue.MAINTENANCE)
    misfire = models.CharField(
        _("if a run was missed"),
        max_length=8,
        choices=Misfire,
        default=Misfire.ONCE,
        help_text=_("When nothing could start it in time. However many were missed, at most the last is made up for."),
    )
    next_run_at = models.DateTimeField(_("next run"), null=True, blank=True, editable=False)
    reckoned_at = models.DateTimeField(null=True, blank=True, editable=False)
    disabled_why = models.CharField(_("why it is not enabled"), max_length=300, blank=True, editable=False)

    class Meta:
        verbose_name = _("schedule")
        verbose_name_plural = _("schedules")
        ordering = ["name"]
        permissions = [
            ("run_schedule", "Can have a schedule run now"),
            ("pause_schedule", "Can pause a schedule and let it go on"),
        ]
        constraints = [
            models.CheckConstraint(condition=_exactly_one(), name="generation_schedule_has_one_time"),
            models.CheckConstraint(
                condition=Q(every_seconds__isnull=True) | Q(every_seconds__gte=1),
                name="generation_schedule_interval_positive",
            ),
            known_value("queue", Queue.values),
            known_value("misfire", Misfire.values),
        ]
        indexes = [models.Index(fields=["enabled", "next_run_at"], name="generation_schedule_due")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse, by field and in words, what could never run."""
        from generation.schedules import Unfit, check  # it knows tasks and ticks

        try:
            check(self, timezone.now())
        except Unfit as unfit:
            raise ValidationError(unfit.findings) from None


class ScheduleRun(Work):
    """One run of a schedule: for ``tick``, the moment for which it was planned, or at which ``asked_by`` asked for it.

    Task and arguments are those of that time. ``outcome`` counts what was done, by labels in English.
    """

    kind_of_work = "schedule_run"

    schedule = models.ForeignKey(Schedule, models.CASCADE, related_name="runs", verbose_name=_("schedule"))
    tick = models.DateTimeField(_("planned for"))
    task = models.CharField(_("task"), max_length=64)
    arguments = models.JSONField(_("arguments"), default=dict)
    asked_by = models.CharField(_("asked for by"), max_length=160, blank=True)
    outcome: "models.JSONField[Any, Any]" = models.JSONField(_("outcome"), default=dict)

    class Meta(Work.Meta):
        abstract = False
        verbose_name = _("run of a schedule")
        verbose_name_plural = _("runs of schedules")
        ordering = ["-tick"]
        constraints = [
            *Work.Meta.constraints,
            models.UniqueConstraint(fields=["schedule", "tick"], name="generation_one_run_a_tick"),
        ]

    def __str__(self) -> str:
        return f"{self.schedule}, {timezone.localtime(self.tick):%Y-%m-%d %H:%M:%S}"
