"""What was checked of a rendered site, what was found, and what the site is made of."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator

from .brief import Notice
from .fields import Frozen, Locale, Sha256


class FileRef(Frozen):
    """A file by its content: size in bytes."""

    sha256: Sha256
    size: int


def _sorted(files: dict[str, FileRef]) -> dict[str, FileRef]:
    return dict(sorted(files.items()))


FilesByPath = Annotated[dict[str, FileRef], AfterValidator(_sorted)]
"""Files by their path in the site (forward slashes), in the order of the paths wherever they have been kept."""


class SiteFiles(Frozen):
    """A rendered site."""

    files: FilesByPath


class Severity(StrEnum):
    """An *error* keeps a site from being published; a *warning* wants a look."""

    ERROR = "error"
    WARNING = "warning"


class Finding(Frozen):
    """One thing that a check found: a stable code, the file and place, what stood there, and words for people."""

    code: str
    severity: Severity
    where: str
    detail: str = ""
    message: str
    remedy: str


class Check(Frozen):
    """One kind of check: how many things it looked at, and how many findings came of it."""

    name: str
    label: str
    looked_at: int
    findings: int


class Warned(Frozen):
    """A notice of the onboarding (repaired, left out, inferred) with its words."""

    notice: Notice
    message: str


class LedgerEntry(Frozen):
    """One fact that the pages state: the words, the page on which they stand, and the field of the brief behind them.

    ``source`` is the path of a field (``services.0.name``), or the name of the rule that derives the fact.
    """

    text: str
    where: str
    source: str


class SiteReport(Frozen):
    """The verification of one site. Holds no time, id or path, so that equal sites have equal reports."""

    version: Literal[1] = 1
    business: str
    locale: Locale
    theme: str
    renderer: str
    checks: tuple[Check, ...]
    findings: tuple[Finding, ...]
    warnings: tuple[Warned, ...]
    ledger: tuple[LedgerEntry, ...] = ()
    files: FilesByPath

    @property
    def passed(self) -> bool:
        return not any(finding.severity is Severity.ERROR for finding in self.findings)


class Package(Frozen):
    """A site as it is delivered: the zip, and the report and spec that stand in it."""

    zip: FileRef
    report: FileRef
    spec: FileRef
    manifest: FilesByPath
