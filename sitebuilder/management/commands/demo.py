"""``manage.py demo``: the main job from end to end, told as it happens."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from generation import notices
from generation.pipeline import verify
from sitebuilder import building

from .build_site import Command as BuildSite

SAMPLE = settings.BASE_DIR / "samples" / "01-dentista-campinas.pt-BR.json"


class Command(BuildSite):
    """Build a site from a sample onboarding, or from the file given; exit codes as those of build_site."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", default=SAMPLE, metavar="ONBOARDING.json")
        parser.set_defaults(out=None, no_start=False, theme="prisma", locale=None)

    def handle(self, *arguments: Any, file: Path, **options: Any) -> None:
        self.say(_("Onboarding: %(file)s") % {"file": file})
        options["out"] = Path(settings.VAR_DIR) / "demo" / file.stem
        super().handle(*arguments, file=file, **options)

    def show(self, built: building.Built) -> None:
        """Where everything is, what was checked, and how to look at it."""
        out, report = built.out.resolve(), built.report
        self.say("")
        self.say(_("Site:   %(folder)s") % {"folder": out})
        self.say(_("Zip:    %(file)s") % {"file": out / ".sitebuilder" / "site.zip"})
        self.say(_("Report: %(file)s") % {"file": out / ".sitebuilder" / "report.json"})
        for check in report.checks:
            found = ngettext("%(count)s finding", "%(count)s findings", check.findings) % {"count": check.findings}
            self.say(f"  {verify.LABELS[check.name]} ({check.looked_at}): {found}")
        for warned in report.warnings:
            self.say(f"  ! {notices.words(warned.notice)}")
        self.say("")
        self.say(_("Look at it: open %(address)s in a browser.") % {"address": (out / "index.html").as_uri()})
