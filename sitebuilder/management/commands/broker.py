"""``manage.py broker``: runs the embedded broker in the foreground."""

import os
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from sitebuilder import broker


class Command(BaseCommand):
    """Becomes the server, so that signals and the exit code are the server's own.

    Exit code 1, with a reason, if there is nothing to run: another broker is set, or this one runs already.
    """

    help = "Run the embedded broker until SIGTERM or Ctrl-C."
    requires_system_checks: list[str] = []

    def handle(self, *_arguments: Any, **_options: Any) -> None:
        """Never returns; raises CommandError if the server cannot run."""
        if not settings.EMBEDDED_BROKER:
            raise CommandError(_("REDIS_URL is set: that broker is used, and no embedded one is started."))
        os.umask(broker.PRIVATE)
        try:
            command, held = broker.server(settings.VAR_DIR)
        except broker.BrokerRefused as refused:
            raise CommandError(str(refused)) from None
        os.set_inheritable(held, True)
        place = {"place": settings.RQ_CONNECTION["UNIX_SOCKET_PATH"]}
        self.stdout.write(_("The broker listens at %(place)s.") % place)
        self.stdout.flush()
        os.execv(command[0], command)  # noqa: S606 - our own command line, no shell
