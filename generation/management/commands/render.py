"""``manage.py render``: a site spec in, a website's folder out; no queue, no writer, no database."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from generation import errors, folders, themes
from generation.artifacts import MemoryFiles, StoredFiles
from generation.contracts import Finding, Severity, SiteReport, SiteSpec
from generation.errors import StepFailed
from generation.notices import MESSAGES
from generation.pipeline.package import package
from generation.pipeline.render import render
from generation.pipeline.verify import verify

FAILED, REFUSED = 1, 2
SHOWN_LETTERS = 60


class Command(BaseCommand):
    """Exit code 0: done; 1: not passed or not written, the folder is as it was; 2: refused, nothing written."""

    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="SPEC.json", help="see docs/schemas/site-spec.schema.json")
        parser.add_argument(
            "--out", type=Path, metavar="DIR", required=True, help="a new or empty folder, or an earlier output"
        )

    def handle(self, *_arguments: Any, file: Path, out: Path, **_options: Any) -> None:
        spec, refused = read_spec(file)
        try:
            folders.check_folder(out)
        except folders.NotOurs as error:
            refused.append(f"--out: {error}; " + _("give a new or an empty folder"))
        if spec is None or refused:
            self.end(REFUSED, _("Refused; nothing was written:"), *refused)
        else:
            self.make(spec, out)

    def make(self, spec: SiteSpec, out: Path) -> None:
        store = MemoryFiles(behind=StoredFiles())  # where the customer's pictures are kept
        try:
            files = render(spec, store)
        except StepFailed as failed:
            self.end(REFUSED, f"{errors.message(failed.code, failed.detail)} {errors.remedy(failed.code)}")
        report = verify(spec, files, store)
        if not report.passed:
            wrong = [line_of(found) for found in report.findings if found.severity is Severity.ERROR]
            self.end(FAILED, _("The site did not pass its checks; nothing was written:"), *wrong)
        try:
            folders.write_folder(package(spec, files, report, store), out, store)
        except (folders.NotOurs, folders.NotWritten) as error:
            self.end(FAILED, str(error))
        self.summarise(report, out.resolve())

    def summarise(self, report: SiteReport, out: Path) -> None:
        looks = sum(check.looked_at for check in report.checks)
        found = ngettext("%(count)s finding", "%(count)s findings", len(report.findings))
        self.stdout.write(_("Site:   %(folder)s") % {"folder": out})
        self.stdout.write(_("Zip:    %(file)s") % {"file": out / folders.ZIP})
        self.stdout.write(
            _("Passed: %(looks)s looks in %(checks)s checks, ") % {"looks": looks, "checks": len(report.checks)}
            + found % {"count": len(report.findings)}
        )
        for line in (*map(line_of, report.findings), *(warned.message for warned in report.warnings)):
            self.stdout.write(f"  ! {line}")

    def end(self, code: int, *lines: str) -> None:
        for line in lines:
            self.stderr.write(line)
        sys.exit(code)


def read_spec(file: Path) -> tuple[SiteSpec | None, list[str]]:
    """The spec that the file holds, or a line for each thing that is wrong with it."""
    try:
        spec = SiteSpec.model_validate_json(file.read_bytes())
        themes.load(spec.theme.name).refuse_unless_drawn(spec)
    except OSError as error:
        return None, [f"{file}: {error.strerror}; " + _("give a site spec, a JSON file")]
    except ValidationError as error:
        return None, [_line(details) for details in error.errors(include_url=False, include_context=False)]
    except themes.UnknownTheme as error:
        return None, [f"theme.name: {error}"]
    except themes.CannotDraw as error:
        return None, [f"{where}: {what}" for where, what in error.findings]
    unknown = [
        f"notices.{n}.code: " + _("“%(code)s” is not a known notice") % {"code": notice.code}
        for n, notice in enumerate(spec.notices)
        if notice.code not in MESSAGES
    ]
    return spec, unknown


def line_of(found: Finding) -> str:
    """A finding in one line: where, what is wrong, what stood there, what to do."""
    detail = f" ({found.detail})" if found.detail else ""
    return f"{found.where}: {found.message}{detail} {found.remedy}"


def _line(details: ErrorDetails) -> str:
    where = ".".join(map(str, details["loc"])) or "SPEC.json"
    given = details["input"] if isinstance(details["input"], str | int | float | bool) else ""
    shown = f"“{given}” " if given != "" and details["type"] != "json_invalid" else ""
    return f"{where}: {shown[:SHOWN_LETTERS]}{details['msg']}"
