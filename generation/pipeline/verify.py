"""The step that verifies: reads the finished files of a site and reports what it found."""

from collections.abc import Callable
from typing import NamedTuple

from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from generation import notices
from generation.artifacts import FileStore
from generation.contracts import (
    Brief,
    Check,
    Facts,
    Finding,
    LedgerEntry,
    Severity,
    SiteFiles,
    SiteReport,
    SiteSpec,
    Warned,
)
from generation.errors import StepFailed
from generation.law import LAWS, lawful
from generation.ledger import Grounds
from generation.verification import claims, code, heads, links, looks, machine_files, structure, words
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

CLAIMS, LAW = _("Claims and the facts behind them"), _("Rules of the profession")

# The words of every check by its name, for readers of another language than the site's.
LABELS = {check.name: check.label for check in CHECKS} | {"claims": CLAIMS, "law": LAW}


class Truth(NamedTuple):
    """What a site was made of: without it, what its pages claim cannot be checked."""

    brief: Brief
    facts: Facts


def verify(spec: SiteSpec, files: SiteFiles, store: FileStore, truth: Truth | None = None) -> SiteReport:
    """What was looked at, and what is wrong, in the language of the site. A spec edited by hand has no ``truth``."""
    site = ReadSite(spec, files, store)
    grounds = Grounds(lawful(truth.brief)[0], truth.facts) if truth else None
    with translation.override(spec.locale.lower()):
        looked = [_looked(check, site) for check in (*CHECKS, *_claim_checks(truth, grounds))]
        warnings = tuple(Warned(notice=notice, message=notices.words(notice)) for notice in spec.notices)
    return SiteReport(
        business=spec.identity.name,
        locale=spec.locale,
        theme=spec.theme.name,
        renderer=RENDERER_VERSION,
        checks=tuple(check for check, findings in looked),
        findings=tuple(found for check, findings in looked for found in findings),
        warnings=warnings,
        ledger=_ledger(site, grounds) if grounds else (),
        files=files.files,
    )


def _looked(check: Verification, site: ReadSite) -> tuple[Check, list[Finding]]:
    seen = list(check.look(site))
    findings = [finding(problem) for problem in seen if problem]
    looked_at = Check(name=check.name, label=str(check.label), looked_at=len(seen), findings=len(findings))
    return looked_at, findings


def _claim_checks(truth: Truth | None, grounds: Grounds | None) -> tuple[Verification, ...]:
    if truth is None or grounds is None:
        return ()
    founded = Verification("claims", CLAIMS, lambda site: claims.founded(site, grounds))
    if (truth.brief.niche, truth.brief.country or "") not in LAWS:
        return (founded,)
    return founded, Verification("law", LAW, lambda site: claims.lawful(site, truth.brief))


def _ledger(site: ReadSite, grounds: Grounds) -> tuple[LedgerEntry, ...]:
    return tuple(entry for text, entry in claims.entries(site, grounds) if entry.source)


def require_passed(report: SiteReport) -> None:
    """Raise StepFailed with what is wrong, unless every finding is a mere warning."""
    errors = [f"{f.where}: {f.message} {f.detail}".strip() for f in report.findings if f.severity is Severity.ERROR]
    if errors:
        raise StepFailed("verification_failed", "; ".join(errors[:5]))
