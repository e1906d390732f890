"""What staff have done to a schedule."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from generation import schedules
from generation.models import ACTIVE, Schedule

from .deeds import Asked, Deed, Skipped


def _run_now(schedule: Schedule, asked: Asked) -> None:
    if schedule.runs.filter(status__in=ACTIVE).exists():
        raise Skipped(gettext("A run of it is under way already."))
    schedules.run_schedule_now(schedule_id=schedule.pk, by=asked.by)


def _pause(schedule: Schedule, asked: Asked) -> None:
    if not schedule.enabled:
        raise Skipped(gettext("It is not enabled."))
    schedules.pause_schedule(schedule_id=schedule.pk, by=asked.by)


def _resume(schedule: Schedule, _asked: Asked) -> None:
    if schedule.enabled:
        raise Skipped(gettext("It is enabled."))
    schedules.resume_schedule(schedule_id=schedule.pk)


DEEDS = {
    "run_schedule": Deed(
        _("Run now"),
        _("It runs once, now, besides its times, whether it is enabled or not."),
        "generation.run_schedule",
        _run_now,
    ),
    "pause_schedule": Deed(
        _("Pause"),
        _("It starts nothing more until somebody lets it go on. What runs goes on."),
        "generation.pause_schedule",
        _pause,
        is_offered=lambda schedule: schedule.enabled,
    ),
    "resume_schedule": Deed(
        _("Resume"),
        _("It goes on with its next time. What was missed in the pause is not made up for."),
        "generation.pause_schedule",
        _resume,
        is_offered=lambda schedule: not schedule.enabled,
    ),
}
