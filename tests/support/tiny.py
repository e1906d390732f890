"""A pipeline of seven tiny steps with the names of the real one, for tests of the engine around it."""

from generation.contracts import FileRef, Package, SiteFiles, SiteReport
from generation.contracts.fields import Frozen
from generation.pipeline.run import Run, Step


class Note(Frozen):
    """What the steps give that make no files."""

    text: str


def _note(name: str) -> Step:
    return Step(name, f"Tiny {name}", Note, lambda run: Note(text=f"{name} of {run.brief.business_name}"))


def _render(run: Run) -> SiteFiles:
    page = f"<!doctype html><title>{run.brief.business_name}, look {run.variation}</title>"
    return SiteFiles(files={"index.html": run.files.put(page.encode())})


def _verify(run: Run) -> SiteReport:
    return SiteReport(
        business=run.brief.business_name,
        locale=run.brief.locale,
        theme=run.theme,
        renderer="tiny",
        checks=(),
        findings=(),
        warnings=(),
        files=run.of(SiteFiles).files,
    )


def _package(run: Run) -> Package:
    zipped: FileRef = run.files.put(run.of(SiteReport).model_dump_json().encode())
    return Package(zip=zipped, report=zipped, spec=zipped, manifest=run.of(SiteFiles).files)


STEPS = (
    *map(_note, ("brief", "plan", "write", "check")),
    Step("render", "Tiny render", SiteFiles, _render),
    Step("verify", "Tiny verify", SiteReport, _verify),
    Step("package", "Tiny package", Package, _package),
)
POLISH = _note("polish")
"""A step of a newer release, between *check* and *render*."""

NEWER_STEPS = (*STEPS[:4], POLISH, *STEPS[4:])
