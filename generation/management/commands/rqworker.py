"""``manage.py rqworker``: a worker of ours on all queues, in their order, unless told otherwise."""

import sys
from typing import Any

from django.core.management.base import CommandParser
from django_rq.management.commands.rqworker import Command as RQWorkerCommand

from generation import dispatch
from generation.models import Queue

NO_BROKER = 3
WORKER_TTL_SECONDS = 60


class Command(RQWorkerCommand):
    """Run a worker until it is stopped."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)  # type: ignore[no-untyped-call]
        parser.set_defaults(worker_ttl=WORKER_TTL_SECONDS)

    def handle(self, *queues: str, **options: Any) -> None:
        if not dispatch.is_answering():
            self.stderr.write(dispatch.missing_broker())
            sys.exit(NO_BROKER)
        super().handle(*(queues or Queue.values), **options)  # type: ignore[no-untyped-call]
