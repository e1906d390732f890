"""``manage.py build_site``: an onboarding file in, a website's folder out, through the real queue."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError
from django.utils.translation import gettext as _

from generation.folders import NotOurs, NotWritten
from generation.transactions import one_line, trouble_with_database
from orders.findings import Finding, Refused
from orders.services import DEFAULT_THEME
from sitebuilder import building
from sitebuilder.processes import NotRunning, Processes, interruptible

FAILED, REFUSED, NOT_RUNNING, STOPPED = 1, 2, 3, 130
LINES = 100


class Command(BaseCommand):
    """Exit code 0: done, 1: the job failed, 2: refused, 3: no broker, worker or database, 130: stopped."""

    help = __doc__
    default_out = Path("site")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="ONBOARDING.json", help="see docs/onboarding-file.md")
        parser.add_argument(
            "--out", type=Path, metavar="DIR", help="a new or empty folder, or an earlier output (default: site)"
        )
        parser.add_argument("--theme", default=DEFAULT_THEME, help="name of the theme (default: %(default)s)")
        parser.add_argument("--locale", help="language of the site, in place of the onboarding's")
        parser.add_argument("--no-start", action="store_true", help="start neither a broker nor a worker")

    def handle(self, *_arguments: Any, file: Path, **options: Any) -> None:
        processes = Processes(may_start=not options["no_start"])
        try:
            with interruptible():
                try:
                    self.build(file, processes, **options)
                finally:
                    processes.stop()
        except KeyboardInterrupt:
            self.end(STOPPED, _("Stopped; nothing was asked for."))
        except building.Interrupted as interrupted:
            self.end(STOPPED, str(interrupted))
        except Refused as refused:
            self.end(REFUSED, _("Refused; nothing was stored:"), *_in_bounds(refused.findings))
        except NotRunning as missing:
            self.end(NOT_RUNNING, str(missing))
        except DatabaseError as error:
            self.end(NOT_RUNNING, trouble_with_database() or _not_written(error))
        except (building.JobFailed, NotWritten, NotOurs) as failed:
            self.end(FAILED, str(failed))

    def build(self, file: Path, processes: Processes, **options: Any) -> None:
        """Build and say what came out."""
        out = options["out"] or self.default_out
        wanted = building.check(file, out=out, theme=options["theme"], locale=options["locale"])
        self.show(building.build(wanted, processes, self.say))

    def show(self, built: building.Built) -> None:
        """The end of the story, in words."""
        self.say(_("The site is in %(folder)s") % {"folder": built.out.resolve()})

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def end(self, code: int, *lines: str) -> None:
        for line in lines:
            self.stderr.write(line)
        sys.exit(code)


def _not_written(error: DatabaseError) -> str:
    return _(
        "The database answers, but refuses to write: %(reason)s. Mend that (is its disk full?), then run again."
    ) % {"reason": one_line(error)}


def _in_bounds(findings: Sequence[Finding]) -> Iterator[str]:
    """A line a finding, and how many there are beyond those that anybody would read."""
    yield from map(str, findings[:LINES])
    if (more := len(findings) - LINES) > 0:
        yield _("and %(count)s more") % {"count": more}
