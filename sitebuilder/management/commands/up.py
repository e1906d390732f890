"""``manage.py up``: opens the shop, with all its processes, until Ctrl-C."""

import os
import secrets
import sys
from argparse import ArgumentTypeError
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connections
from django.urls import reverse
from django.utils.translation import gettext as _

from generation import dispatch
from generation.transactions import one_line
from sitebuilder import web
from sitebuilder.locks import lock
from sitebuilder.processes import interruptible, log_folder
from sitebuilder.shop import Opening, Shop, stop_leftovers

ADMIN = "admin"
MAX_WORKERS = 64
PASSWORD_BYTES = 15


class Command(BaseCommand):
    """Exit code 0: closed by Ctrl-C or SIGTERM, or open already; 1, with a reason: it cannot be opened."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default=web.HOST, help="address of the web (default: %(default)s)")
        parser.add_argument("--port", default=web.PORT, type=web.port_number, help="default: %(default)s")
        parser.add_argument("--workers", default=1, type=_workers, help="how many sites are built at once (default: 1)")

    def handle(self, *_arguments: Any, host: str, port: int, workers: int, **_options: Any) -> None:
        opening = Opening(host, port, workers)
        try:
            with interruptible():
                if self._is_first(opening):
                    self._open(opening)
                    self.say(_("The shop is closed."))
        except KeyboardInterrupt:
            self.say(_("Stopped before the shop was open."))
        except (OSError, web.NotListening) as error:
            raise CommandError(str(error)) from None
        except DatabaseError as error:
            raise CommandError(
                _("The database cannot be used: %(reason)s. Start it, or correct DATABASE_URL.")
                % {"reason": one_line(error)}
            ) from None

    def _is_first(self, opening: Opening) -> bool:
        """Lock the folder and write the address there; or say at which address another holds it."""
        file = Path(settings.VAR_DIR) / "up.lock"
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            descriptor = lock(file)
        except BlockingIOError:
            self.say(
                _("The shop is already open: %(address)s (Ctrl-C there closes it)") % {"address": file.read_text()}
            )
            return False
        os.truncate(descriptor, 0)
        os.write(descriptor, _back_office(opening).encode())
        return True

    def _open(self, opening: Opening) -> None:
        if not settings.EMBEDDED_BROKER and not dispatch.is_answering():
            raise CommandError(dispatch.missing_broker())
        stop_leftovers()
        web.listen(opening.host, opening.port).close()
        self.say(_("Bringing the database up to date."))
        call_command("migrate", interactive=False, verbosity=0)
        connections.close_all()
        self.say(_("Starting the processes; their logs are in %(folder)s") % {"folder": log_folder()})
        Shop(opening, say=self.say, opened=lambda: self._welcome(opening)).run_until_stopped()

    def _welcome(self, opening: Opening) -> None:
        lines = [_("The shop is open: %(address)s (Ctrl-C closes it)") % {"address": _back_office(opening)}]
        if password := first_login():
            lines += [
                _("Log in as %(name)s with the password %(password)s") % {"name": ADMIN, "password": password},
                _("It is shown this once. A new one: manage.py changepassword %(name)s") % {"name": ADMIN},
            ]
        self.say("\n".join(["", *lines, ""]))

    def say(self, line: str) -> None:
        try:
            self.stdout.write(line)
            self.stdout.flush()
        except OSError:  # the terminal is gone; what is said from now on goes nowhere
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def first_login() -> str | None:
    """Makes the first superuser and returns their password; None where there are users already."""
    try:
        if User.objects.exists():
            return None
        password = secrets.token_urlsafe(PASSWORD_BYTES)
        User.objects.create_superuser(ADMIN, password=password)
        return password
    finally:
        connections.close_all()  # processes are forked from this one


def _back_office(opening: Opening) -> str:
    return web.address(opening.host, opening.port) + reverse("admin:index")


def _workers(text: str) -> int:
    if text.isdecimal() and 0 < int(text) <= MAX_WORKERS:
        return int(text)
    raise ArgumentTypeError(_("“%(text)s” is no number from 1 to %(most)s") % {"text": text, "most": MAX_WORKERS})
