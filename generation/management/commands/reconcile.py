"""``manage.py reconcile``: compares rows with the broker and with each other, and mends every difference."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from generation.reconcile import reconcile
from generation.transactions import trouble_with_database

NOT_RUNNING = 3


class Command(BaseCommand):
    """Says what was mended, a line each. Exit code 0, also where the broker is away; 3: the database cannot be used."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="change nothing; say what would be mended")

    def handle(self, *_arguments: Any, dry_run: bool, **_options: Any) -> None:
        if trouble := trouble_with_database():
            self.stderr.write(trouble)
            sys.exit(NOT_RUNNING)
        lines = reconcile(dry_run=dry_run)
        for line in lines:
            self.stdout.write(line)
        if not lines:
            self.stdout.write(_("Nothing to mend."))
