"""What one process does for all of them, again and again: whoever is first in an interval does it."""

import os
import socket
from collections.abc import Callable

from django.conf import settings
from django.db.models import Q
from django.db.models.functions import Now

from .lease import from_now
from .models import Duty

LATE_SWEEPS = 3
DISPATCH, SCHEDULES, RECONCILE = "dispatch", "schedules", "reconcile"


def do(name: str, work: Callable[[], object], *, every: float) -> bool:
    """Do ``work`` unless somebody began it within the last ``every`` seconds. Returns whether it was done.

    Two at once would do no harm, as all of it is done by compare-and-set; the row spares them the trouble, and says
    when it was last done.
    """
    is_time = Q(begun_at=None) | Q(begun_at__lte=from_now(-every)) | Q(begun_at__gt=Now())  # a clock was set back
    mine = Duty.objects.filter(is_time, name=name)
    begun = {"begun_at": Now(), "holder": f"{socket.gethostname()} {os.getpid()}"}
    if mine.update(**begun) != 1 and not _is_first(name, begun):
        return False
    work()
    Duty.objects.filter(name=name).update(done_at=Now())
    return True


def is_late(duty: Duty) -> bool:
    """Whether it has not been done for so long that nobody seems to do it any more."""
    late = from_now(-LATE_SWEEPS * settings.GENERATION_SWEEP_SECONDS)
    return Duty.objects.filter(Q(done_at=None) | Q(done_at__lt=late), pk=duty.pk).exists()


def _is_first(name: str, begun: dict[str, object]) -> bool:
    return Duty.objects.get_or_create(name=name, defaults=begun)[1]
