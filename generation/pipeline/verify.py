"""The step that verifies: reads the finished files of a site and reports what it found."""

from collections.abc import Callable
from typing import NamedTuple

from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from generation import notices
from generation.artifacts import FileStore
from generation.contracts import Check, Severity, SiteFiles, SiteReport, SiteSpec, Warned
from generation.errors import StepFailed
from generation.verification import code, heads, links, looks, machine_files, structure, words
from generation.verification.problems import finding
from generation.verification.reading import Looks, ReadSite

from .render import RENDERER_VERSION


class Verification(NamedTuple):
    """A stable name, words for people, and what looks at the site."""

    name: str
    label: StrPromise
    look: Callable[[ReadSite], Looks]


CHECKS = (
    Verification("links", _("Links and their targets"), links.links),
    Verification("reachable", _("Pages that can be reached"), links.reachable),
    Verification("headings", _("Headings"), structure.headings),
    Verification("landmarks", _("Landmarks and language"), structure.landmarks),
    Verification("names", _("Names and alternatives"), structure.names),
    Verification("heads", _("Titles, descriptions and sharing"), heads.heads),
    Verification("colours", _("Contrast of colours"), looks.colours),
    Verification("weight", _("Weight"), looks.weight),
    Verification("code", _("No programs, no other hosts"), code.code),
    Verification("structured_data", _("Structured data"), machine_files.structured_data),
    Verification("discovery", _("Files for search engines"), machine_files.discovery),
    Verification("leftovers", _("Leftovers in the text"), words.leftovers),
)


def verify(spec: SiteSpec, files: SiteFiles, store: FileStore) -> SiteReport:
    """What was looked at, and what is wrong, in the language of the site."""
    site = ReadSite(spec, files, store)
    checks, findings = [], []
    with translation.override(spec.locale.lower()):
        for check in CHECKS:
            seen = list(check.look(site))
            found = [finding(problem) for problem in seen if problem]
            label = str(check.label)
            checks.append(Check(name=check.name, label=label, looked_at=len(seen), findings=len(found)))
            findings += found
        warnings = tuple(Warned(notice=notice, message=notices.words(notice)) for notice in spec.notices)
    return SiteReport(
        business=spec.identity.name,
        locale=spec.locale,
        theme=spec.theme.name,
        renderer=RENDERER_VERSION,
        checks=tuple(checks),
        findings=tuple(findings),
        warnings=warnings,
        files=files.files,
    )


def require_passed(report: SiteReport) -> None:
    """Raise StepFailed with what is wrong, unless every finding is a mere warning."""
    errors = [f"{f.where}: {f.message} {f.detail}".strip() for f in report.findings if f.severity is Severity.ERROR]
    if errors:
        raise StepFailed("verification_failed", "; ".join(errors[:5]))
