"""What a bench found, in a table of its own under docs/benchmarks/, and the exit code that it comes to."""

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "benchmarks"


@dataclass(frozen=True)
class Figure:
    """What was measured, beside what, and what it must be."""

    name: str
    ours: str
    rival: str
    found: float
    must: str
    is_met: bool


def say(line: str) -> None:
    """A line for whoever waits at the terminal."""
    print(line, file=sys.stderr, flush=True)


def said(figures: Iterable[Figure]) -> list[Figure]:
    """The figures, each said as soon as it is there."""
    found = []
    for figure in figures:
        found.append(figure)
        say(f"{figure.name:<64} {figure.ours:>8} {figure.rival:>8} {figure.found:>9.2f}  must be {figure.must}")
    return found


def write_report(bench: str, introduction: str, tables: Mapping[str, list[Figure]]) -> int:
    """Write the bench's page, a table under each heading. Returns the exit code: 1 if a figure falls short."""
    lines = [introduction.rstrip()]
    for heading, figures in tables.items():
        lines += ["", f"## {heading}", "", "| figure | ours | rival | found | must be |"]
        lines += ["| --- | --- | --- | --- | --- |"]
        lines += [f"| {f.name} | {f.ours} | {f.rival} | {f.found:.2f} | {f.must} |" for f in figures]
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{bench}.md").write_text("\n".join([*lines, ""]), encoding="utf-8")
    short = [f"{heading}: {figure.name}" for heading, those in tables.items() for figure in those if not figure.is_met]
    print("\n".join(["", "Falls short:", *short]) if short else "\nEvery figure is within its limit.")
    return 1 if short else 0
