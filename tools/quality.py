"""Measures the sites of all samples with tools/sitecheck and writes what it found to docs/quality.md.

Exit code 0: every gate is met; 1: something falls short, which is named; 2: the checker could not run.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from .samples import ROOT, build_samples

PAGE = ROOT / "docs" / "quality.md"
CHECKER = ROOT / "tools" / "sitecheck" / "check.mjs"
KB = 1024
PAGE_KB = 150  # of a page without its photos
INTRODUCTION = """\
# What was measured

The sites of the six samples, every page, as `make sitecheck` found them; the run writes this page. It serves each
site with a strict Content-Security-Policy from a port of its own and looks at it in Chromium.

| gate | must be | found |
| --- | --- | --- |
"""
FINDINGS = {
    "axe": "axe-core violations, light and dark, at 320, 390, 1280 and 2560 px",
    "vnu": "Nu HTML checker errors",
    "html_validate": "html-validate errors",
    "broken_links": "broken links, anchors and addresses",
    "jsonld": "errors in structured data",
    "meta": "errors in heads",
    "placeholders": "leftovers in the text",
    "csp_violations": "violations of the Content-Security-Policy",
    "external_requests": "requests to other hosts",
    "console_errors": "console errors",
    "overflow": "widths with horizontal scrolling, of 320, 390, 1280 and 2560 px",
    "paper": "findings on paper: pale words, dark grounds, closed answers, cut lines",
    "no_script": "findings without scripts",
}


def main() -> int:
    reports: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for site in build_samples(Path(folder)):
            print(f"· {site.name}", flush=True)
            reports[site.name] = checked(site)
    failures = [f"{name}: {line}" for name, report in reports.items() for line in report["failures"]]
    broken = [f"{name}: {line}" for name, report in reports.items() for line in report["tool_errors"]]
    PAGE.write_text(INTRODUCTION + "".join(table(reports)), encoding="utf-8")
    for line in (*broken, *failures):
        print(line, file=sys.stderr)
    return 2 if broken else 1 if failures else 0


def checked(site: Path) -> dict[str, Any]:
    """The checker's report on one site; its home page and the next go through Lighthouse."""
    command = ["node", str(CHECKER), str(site), "--compact"]
    run = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    if not run.stdout:
        sys.exit(2)
    report: dict[str, Any] = json.loads(run.stdout)
    for file, page in report["pages"].items():
        without_photos = (page["bytes"]["total"] - page["bytes"]["image"]) / KB
        if without_photos > PAGE_KB:
            report["failures"].append(f"{file}: {without_photos:.0f} KB without photos (want {PAGE_KB})")
    return report


def table(reports: dict[str, dict[str, Any]]) -> Iterator[str]:
    """The lines of docs/quality.md, sorted, with figures rounded so that another machine's are nearly the same."""
    pages = [page for report in reports.values() for page in report["pages"].values()]
    for key, label in FINDINGS.items():
        yield f"| {label} | 0 | {sum(map(_count, (page[key] for page in pages)))} |\n"
    yield f"\n{len(pages)} pages. Sizes are those over the wire; the lab is Lighthouse's, a mobile phone.\n\n"
    yield "| page | KB | HTML | CSS | fonts | requests | performance | access. | practices | SEO | LCP | CLS | TBT |\n"
    yield f"|{' --- |' * 13}\n"
    for name, report in sorted(reports.items()):
        for file, page in sorted(report["pages"].items()):
            yield f"| {name}/{file} | {' | '.join((*_weights(page), *_lab(page.get('lighthouse'))))} |\n"


def _count(found: Any) -> int:
    found = found["errors"] if isinstance(found, dict) else found
    return len(found)


def _weights(page: dict[str, Any]) -> Iterable[str]:
    for part in ("total", "html", "css", "font"):
        yield f"{page['bytes'][part] / KB:.0f}"
    yield str(page["requests"])


def _lab(lab: dict[str, Any] | None) -> Iterable[str]:
    if not lab or "error" in lab:
        return [""] * 7
    scores = (str(lab[score]) for score in ("performance", "accessibility", "best-practices", "seo"))
    times = (f"{lab['lcp_ms'] / 1000:.1f} s", f"{lab['cls']:.2f}", f"{round(lab['tbt_ms'], -2)} ms")
    return *scores, *times


if __name__ == "__main__":
    sys.exit(main())
