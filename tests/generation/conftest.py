"""The engine on a pipeline of three tiny steps, so that its own behaviour is what a test sees."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from generation.contracts import FileRef, Package, SiteReport
from generation.contracts.report import SiteFiles
from generation.pipeline import steps
from generation.pipeline.run import Run, Step

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass
class TinyPipeline:
    """Counts the calls of its steps; ``inside`` may do something in the middle of one."""

    calls: list[str] = field(default_factory=list)
    inside: dict[str, Callable[[], object]] = field(default_factory=dict)

    def steps(self) -> tuple[Step, ...]:
        return (
            Step("render", "Rendering pages and images", SiteFiles, self._render),
            Step("verify", "Verifying the finished pages", SiteReport, self._verify),
            Step("package", "Packing the site", Package, self._package),
        )

    def _called(self, name: str) -> None:
        self.calls.append(name)
        self.inside.get(name, lambda: None)()

    def _render(self, run: Run) -> SiteFiles:
        self._called("render")
        return SiteFiles(files={"index.html": run.files.put(b"<!doctype html>")})

    def _verify(self, run: Run) -> SiteReport:
        self._called("verify")
        return SiteReport(
            business=run.brief.business_name,
            locale=run.brief.locale,
            theme=run.theme,
            renderer="test",
            checks=(),
            findings=(),
            warnings=(),
            files=run.of(SiteFiles).files,
        )

    def _package(self, run: Run) -> Package:
        self._called("package")
        ref: FileRef = run.files.put(run.of(SiteReport).model_dump_json().encode())
        return Package(zip=ref, report=ref, spec=ref, manifest=run.of(SiteFiles).files)


@pytest.fixture
def pipeline(monkeypatch: pytest.MonkeyPatch) -> TinyPipeline:
    """A pipeline of three counted steps in place of the real one."""
    tiny = TinyPipeline()
    monkeypatch.setattr(steps, "STEPS", tiny.steps())
    return tiny
