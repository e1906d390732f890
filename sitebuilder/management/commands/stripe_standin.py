"""``manage.py stripe_standin``: a local Stripe at which nobody really pays."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from sitebuilder import web
from sitebuilder.processes import interruptible

WEBHOOK = "/api/site-orders/webhook"


class Command(BaseCommand):
    """Exit code 0 after SIGTERM or Ctrl-C; 1, with a reason, where it is not chosen or cannot listen."""

    help = "Stand in for Stripe until SIGTERM or Ctrl-C. For demonstrations and tests: STRIPE_STANDIN chooses it."

    def add_arguments(self, parser: CommandParser) -> None:
        default = settings.PUBLIC_URL + WEBHOOK
        parser.add_argument("--webhook", default=default, help="where events are sent (default: %(default)s)")

    def handle(self, *_arguments: Any, webhook: str, **_options: Any) -> None:
        if not settings.STRIPE_STANDIN:
            raise CommandError(_("The stand-in is not chosen. Set STRIPE_STANDIN=true for it and for the web."))
        try:
            listening = web.listen(web.HOST, settings.STRIPE_STANDIN_PORT)
        except web.NotListening as error:
            raise CommandError(str(error)) from None
        from sitebuilder.standin.views import standin

        standin.webhook = webhook
        with interruptible(), listening:
            about = {"address": web.address(web.HOST, settings.STRIPE_STANDIN_PORT), "webhook": webhook}
            self.stdout.write(_("The stand-in of Stripe listens at %(address)s and tells %(webhook)s") % about)
            self.stdout.flush()
            web.serve(listening, "sitebuilder.standin.asgi:application")
