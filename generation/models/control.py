"""How work is let through, and who last did what keeps it going."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .work import Queue, known_value


class QueueControl(models.Model):
    """What holds a queue back: a pause, how many may run at once, how many may start a minute (absent: no limit)."""

    queue = models.CharField(_("queue"), max_length=16, choices=Queue, primary_key=True)
    paused_at = models.DateTimeField(_("paused"), null=True, blank=True)
    paused_by = models.CharField(_("paused by"), max_length=160, blank=True)
    paused_why = models.CharField(_("why"), max_length=300, blank=True)
    paused_until = models.DateTimeField(_("paused until"), null=True, blank=True)
    max_running = models.PositiveIntegerField(_("how many at once"), null=True, blank=True)
    max_starts_a_minute = models.PositiveIntegerField(_("how many a minute"), null=True, blank=True)

    class Meta:
        verbose_name = _("queue")
        verbose_name_plural = _("queues")
        permissions = [("pause_queue", "Can pause a queue and let it go on")]
        constraints = [
            known_value("queue", Queue.values),
            models.CheckConstraint(
                condition=Q(max_running__isnull=True) | Q(max_running__gte=1), name="generation_control_some_may_run"
            ),
            models.CheckConstraint(
                condition=Q(max_starts_a_minute__isnull=True) | Q(max_starts_a_minute__gte=1),
                name="generation_control_some_may_start",
            ),
        ]

    def __str__(self) -> str:
        return str(Queue(self.queue).label)


class Duty(models.Model):
    """Something that one process does for all, again and again: when it was last begun and done, and by whom."""

    name = models.CharField(_("name"), max_length=32, primary_key=True)
    holder = models.CharField(_("done by"), max_length=160, blank=True)
    begun_at = models.DateTimeField(_("last begun"), null=True, blank=True)
    done_at = models.DateTimeField(_("last done"), null=True, blank=True)

    class Meta:
        verbose_name = _("duty")
        verbose_name_plural = _("duties")

    def __str__(self) -> str:
        return self.name
