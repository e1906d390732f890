"""The report for people: everything that report.json says, in the site's language, running nothing."""

import re

import pytest
from selectolax.lexbor import LexborHTMLParser

from generation.artifacts import MemoryFiles
from generation.contracts import Finding, LedgerEntry, Locale, Notice, Severity, SiteReport, SiteSpec, Warned
from generation.pipeline.render import render
from generation.pipeline.verify import verify
from generation.report_page import report_page, report_style

from .samples import full_site, hostile_site

FINDING = Finding(
    code="link_broken", severity=Severity.WARNING, where="index.html", detail="<b>", message="Broken.", remedy="Mend."
)


def report(spec: SiteSpec) -> SiteReport:
    store = MemoryFiles()
    return verify(spec, render(spec, store), store)


def words(drawn: bytes) -> str:
    body = LexborHTMLParser(drawn.decode()).body
    assert body is not None
    return " ".join(body.text(separator=" ").split())


def test_it_shows_checks_findings_warnings_ledger_and_hashes() -> None:
    plain = report(full_site())
    warned = Warned(notice=Notice(code="country_inferred", where="address.country", detail="BR"), message="Inferred.")
    entry = LedgerEntry(text="Rua Barão", where="contato.html", source="address.street")
    full = plain.model_copy(update={"findings": (FINDING,), "warnings": (warned,), "ledger": (entry,)})
    shown = words(report_page(full))
    for check in full.checks:
        assert f"{check.label} {check.looked_at} {check.findings}" in shown
    assert "Broken. index.html · <b> Mend." in shown
    assert "Inferred." in shown
    assert "Rua Barão contato.html address.street" in shown
    assert all(file.sha256 in shown for file in full.files.values())


def test_what_is_empty_is_absent() -> None:
    page = LexborHTMLParser(report_page(report(full_site())).decode())
    headings = [node.attributes["id"] for node in page.css("h2")]
    assert headings == ["checks", "findings", "files"]


def test_it_says_whether_the_site_passed() -> None:
    passed = report(full_site().model_copy(update={"locale": Locale.EN}))
    failed = passed.model_copy(update={"findings": (FINDING.model_copy(update={"severity": Severity.ERROR}),)})
    looked = passed.model_copy(update={"findings": (FINDING,)})
    assert "The site passed every check." in words(report_page(passed))
    assert "The site passed; the findings" in words(report_page(looked))
    assert "The site did not pass" in words(report_page(failed))


@pytest.mark.parametrize("locale", Locale)
def test_it_is_in_the_language_of_the_site_and_the_same_each_time(locale: Locale) -> None:
    told = report(full_site()).model_copy(update={"locale": locale})
    assert report_page(told) == report_page(told)
    assert f'<html lang="{locale.value}">'.encode() in report_page(told)


def test_it_runs_nothing_and_holds_nothing_inline() -> None:
    page = report_page(report(hostile_site())).decode()
    assert LexborHTMLParser(page).css("script, style, [style], img, iframe") == []
    assert not re.search(r"<[^>]+\son\w+=", page)
    assert b"url(" not in report_style()
