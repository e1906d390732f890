"""``manage.py rqworker``: a worker of ours on all queues, in their order, unless told otherwise."""

import sys
from typing import Any

from django.core.management.base import CommandParser
from django_rq.management.commands.rqworker import Command as RQWorkerCommand

from generation import dispatch
from generation.background import CHECKS
from generation.models import Queue
from generation.transactions import trouble_with_database

NOT_RUNNING = 3
WORKER_TTL_SECONDS = 60


class Command(RQWorkerCommand):
    """Run a worker until it is stopped."""

    help = __doc__
    requires_system_checks = (CHECKS,)

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)  # type: ignore[no-untyped-call]
        parser.set_defaults(worker_ttl=WORKER_TTL_SECONDS)

    def handle(self, *queues: str, **options: Any) -> None:
        trouble = trouble_with_database() or ("" if dispatch.is_answering() else dispatch.missing_broker())
        if trouble:
            self.stderr.write(trouble)
            sys.exit(NOT_RUNNING)
        super().handle(*(queues or Queue.values), **options)  # type: ignore[no-untyped-call]
