"""``manage.py rqcron``: the scheduler. It sends what is due, fires schedules, and mends what is not as it should be."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from generation.background import CHECKS
from generation.scheduler import Scheduler
from generation.transactions import trouble_with_database

NOT_RUNNING = 3


class Command(BaseCommand):
    """Runs until SIGTERM or Ctrl-C, then exit code 0. 3: the database cannot be used at the start; a broker that is
    away is waited for. Any number may run side by side."""

    help = __doc__
    requires_system_checks = (CHECKS,)

    def handle(self, *_arguments: Any, **_options: Any) -> None:
        if trouble := trouble_with_database():
            self.stderr.write(trouble)
            sys.exit(NOT_RUNNING)
        Scheduler().start()
