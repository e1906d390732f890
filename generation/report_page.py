"""The report of a site as a page for people, in the site's language, beside ``report.json`` in the package."""

from functools import cache
from pathlib import Path

from django.template import Context, Engine
from django.utils import translation

from .contracts import SiteReport

FOLDER = Path(__file__).resolve().parent.parent / "templates" / "report"


def report_page(report: SiteReport) -> bytes:
    """The page. It names ``report.css`` beside it, runs nothing, and the same report gives the same bytes."""
    with translation.override(report.locale.lower()):
        page = _engine().get_template("report.html")
        drawn = page.render(Context({"report": report, "files": report.files.items()}, use_l10n=False))
    return "\n".join(filter(None, map(str.strip, drawn.split("\n")))).encode() + b"\n"


def report_style() -> bytes:
    """The stylesheet of the page."""
    return (FOLDER / "report.css").read_bytes()


@cache
def _engine() -> Engine:
    return Engine(dirs=[str(FOLDER)], builtins=["django.templatetags.i18n"])
