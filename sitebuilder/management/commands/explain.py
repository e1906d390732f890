"""``manage.py explain ORDER``: why the site of an order is not being generated, and what to do."""

import sys
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandParser
from django.db.models import Q
from django.utils.translation import gettext as _

from generation.services import explain
from generation.transactions import trouble_with_database
from orders.models import SiteOrder

REFUSED, NOT_RUNNING = 2, 3


class Command(BaseCommand):
    """Exit code 0; 2: there is no such order; 3: the database cannot be used."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("order", metavar="ORDER", help="its number, its id, or the id of its job")

    def handle(self, *_arguments: Any, order: str, **_options: Any) -> None:
        if trouble := trouble_with_database():
            self.end(NOT_RUNNING, trouble)
        found = SiteOrder.objects.filter(_named(order)).select_related("current_job").first()
        if found is None:
            self.end(REFUSED, _("There is no order %(order)s.") % {"order": order})
            return
        self.stdout.write(f"{found}: {found.get_status_display()}")
        if found.current_job is None:
            self.stdout.write(_("Its site has not been asked for yet."))
            return
        explained = explain(found.current_job)
        self.stdout.write(f"{found.current_job}: {found.current_job.get_status_display()} [{explained.code}]")
        self.stdout.write(explained.message)
        self.stdout.write(explained.remedy)

    def end(self, code: int, line: str) -> None:
        self.stderr.write(line)
        sys.exit(code)


def _named(order: str) -> Q:
    if (number := order.removeprefix("#")).isdecimal():
        return Q(number=int(number[:9]))
    try:
        return Q(pk=UUID(order)) | Q(current_job=UUID(order))
    except ValueError:
        return Q(pk__in=())
