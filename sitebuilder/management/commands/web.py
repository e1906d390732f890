"""``manage.py web``: serves the back office."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from sitebuilder import web
from sitebuilder.processes import interruptible


class Command(BaseCommand):
    """Exit code 0 after SIGTERM or Ctrl-C; 1, with a reason, if the address cannot be had."""

    help = "Serve the back office until SIGTERM or Ctrl-C."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default=web.HOST, help="address to listen at (default: %(default)s)")
        parser.add_argument("--port", default=web.PORT, type=web.port_number, help="default: %(default)s")

    def handle(self, *_arguments: Any, host: str, port: int, **_options: Any) -> None:
        """Collect the static files, then serve."""
        try:
            listening = web.listen(host, port)
        except web.NotListening as error:
            raise CommandError(str(error)) from None
        with interruptible(), listening:
            call_command("collectstatic", interactive=False, verbosity=0)
            self.stdout.write(_("The web listens at %(address)s") % {"address": web.address(host, port)})
            self.stdout.flush()
            web.serve(listening)
