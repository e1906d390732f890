"""docs/faults.md names a test for each line of the matrix, and the tests that it names exist."""

from __future__ import annotations

import ast
import re

from tests.support.processes import ROOT

LINES = 22
ELSEWHERE = {19, 20}  # the back office


def rows() -> dict[int, str]:
    text = (ROOT / "docs" / "faults.md").read_text()
    return {int(number): rest for number, rest in re.findall(r"^\| (\d+) \|(.*)$", text, re.MULTILINE)}


def named(row: str) -> set[str]:
    return set(re.findall(r"`(test_\w+\.py::test_\w+)`", row))


def written() -> set[str]:
    return {
        f"{file.name}::{node.name}"
        for file in (ROOT / "tests" / "faults").glob("test_*.py")
        for node in ast.parse(file.read_text()).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def test_each_line_of_the_matrix_has_its_test() -> None:
    assert sorted(rows()) == list(range(1, LINES + 1))
    assert {number for number, row in rows().items() if not named(row)} == ELSEWHERE
    assert set().union(*map(named, rows().values())) <= written()
