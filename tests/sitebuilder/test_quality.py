"""docs/quality.md is written from what the checker reports."""

from typing import Any

import pytest

from tools import quality

LAB = {
    "performance": 99, "accessibility": 100, "best-practices": 100, "seo": 100,
    "lcp_ms": 1382, "cls": 0.004, "tbt_ms": 62,
}  # fmt: skip


def page(**found: Any) -> dict[str, Any]:
    clean: dict[str, Any] = {key: [] for key in quality.FINDINGS}
    clean |= {"vnu": {"errors": []}, "jsonld": {"errors": []}, "meta": {"errors": []}}
    weights = {"total": 73273, "html": 4417, "css": 3712, "font": 64304, "image": 0}
    return {**clean, "bytes": weights, "requests": 5, **found}


def rows(*pages: dict[str, Any]) -> str:
    reports = {"b": {"pages": {"index.html": pages[0]}}, "a": {"pages": {"index.html": pages[-1]}}}
    return "".join(quality.table(reports))


def test_each_page_has_a_row_sorted_and_rounded() -> None:
    written = rows(page(), page(lighthouse=LAB))
    assert "2 pages." in written
    row = "| a/index.html | 72 | 4 | 4 | 63 | 5 | 99 | 100 | 100 | 100 | 1.4 s | 0.00 | 100 ms |"
    assert written.splitlines()[-2] == row
    assert written.splitlines()[-1].startswith("| b/index.html | 72 |")


@pytest.mark.parametrize("key", quality.FINDINGS)
def test_findings_of_all_pages_are_counted(key: str) -> None:
    clean = page()
    found: Any = {"errors": ["x", "y"]} if isinstance(clean[key], dict) else ["x", "y"]
    assert f"| {quality.FINDINGS[key]} | 0 | 2 |" in rows(page(**{key: found}), clean)
    assert f"| {quality.FINDINGS[key]} | 0 | 0 |" in rows(clean, clean)
