"""The app that makes sites."""

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import register
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_lazy as _


class GenerationConfig(AppConfig):
    name = "generation"
    verbose_name = _("Generation")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import background, checks, purge, schedules  # they need the models
        from .models import ScheduleRun

        register(checks.check_retry_policies, background.CHECKS)
        background.register(ScheduleRun, do=schedules.perform, seconds=settings.SCHEDULE_RUN_TIMEOUT_SECONDS)
        background.register_task("purge", gettext_lazy(purge.LABEL), purge.Purge, purge.purge)
