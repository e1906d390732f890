"""``manage.py broker``: runs the embedded broker in the foreground."""

import fcntl
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
        place = {"place": settings.RQ_CONNECTION["UNIX_SOCKET_PATH"]}
        os.umask(0o077)
        try:
            _lock_folder()
            command = broker.command()
        except BlockingIOError:
            raise CommandError(_("The broker is already running at %(place)s.") % place) from None
        except OSError as error:
            raise CommandError(_("The broker cannot keep its files: %(reason)s") % {"reason": error}) from None
        self.stdout.write(_("The broker listens at %(place)s.") % place)
        self.stdout.flush()
        os.execv(command[0], command)  # noqa: S606 - our own command line, no shell


def _lock_folder() -> None:
    """Locks the broker's folder for the life of this process, which becomes the server.

    The server would take the socket of a living one without asking. A lock goes with its holder, also after
    a kill; a pid file or a stale socket does not. Raises BlockingIOError if another process holds it.
    """
    lock = os.open(broker.folder() / "lock", os.O_CREAT | os.O_RDWR, 0o600)
    os.set_inheritable(lock, True)
    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
