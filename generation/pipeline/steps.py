"""The steps of the pipeline, in their order. Adding one is a module with a typed function, and a line here."""

from collections.abc import Mapping

from django.utils.translation import gettext_noop as _

from generation.contracts import Facts, Package, SiteCopy, SiteFiles, SitePlan, SiteReport, SiteSpec

from . import brief, check, package, plan, render, verify, write
from .run import Run, Step


def _verified(run: Run) -> SiteReport:
    truth = verify.Truth(run.brief, run.of(Facts))
    report = verify.verify(run.of(SiteSpec), run.of(SiteFiles), run.files, truth)
    verify.require_passed(report)
    return report


STEPS: tuple[Step, ...] = (
    Step("brief", _("Reading the facts"), Facts, lambda run: brief.derive(run.brief)),
    Step(
        "plan",
        _("Planning pages and look"),
        SitePlan,
        lambda run: plan.plan(run.brief, run.of(Facts), theme=run.theme, variation=run.variation),
    ),
    Step(
        "write",
        _("Writing the words"),
        SiteCopy,
        lambda run: write.write(run.brief, run.of(Facts), run.of(SitePlan), variation=run.variation, say=run.say),
    ),
    Step(
        "check",
        _("Checking every claim against the facts"),
        SiteSpec,
        lambda run: check.check(run.brief, run.of(Facts), run.of(SitePlan), run.of(SiteCopy)),
    ),
    Step(
        "render",
        _("Rendering pages and images"),
        SiteFiles,
        lambda run: render.render(run.of(SiteSpec), run.files),
    ),
    Step("verify", _("Verifying the finished pages"), SiteReport, _verified),
    Step(
        "package",
        _("Packing the site"),
        Package,
        lambda run: package.package(run.of(SiteSpec), run.of(SiteFiles), run.of(SiteReport), run.files),
    ),
)

LABELS: Mapping[str, str] = {step.name: step.label for step in STEPS}
