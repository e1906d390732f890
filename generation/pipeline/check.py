"""Fourth step: every claim against the facts, and the whole put together as a SiteSpec."""

from generation.assembly import assemble
from generation.contracts import Brief, Facts, SectionKind, SiteCopy, SitePlan, SiteSpec
from generation.errors import StepFailed
from generation.law import lawful
from generation.ledger import unfounded
from generation.style import hollow

# Sections whose entries a writer words; those of all others are facts.
WORDED = frozenset({SectionKind.SERVICES, SectionKind.FAQ, SectionKind.PRICING})


def check(brief: Brief, facts: Facts, plan: SitePlan, copy: SiteCopy) -> SiteSpec:
    """The site as data, when all that it says stands in the brief.

    Raises StepFailed where the copy claims what no fact says, is hollow, or is not the copy of this plan.
    """
    publishable, _ = lawful(brief)
    if different := _differences(publishable, plan, copy):
        raise StepFailed("copy_not_as_planned", different)
    if invented := unfounded(copy, publishable, facts):
        raise StepFailed("invented_fact", "; ".join(invented))
    if phrases := hollow(copy, publishable, facts):
        raise StepFailed("hollow_words", "; ".join(phrases))
    return assemble(publishable, facts, plan, copy)


def _differences(brief: Brief, plan: SitePlan, copy: SiteCopy) -> str:
    """Where the copy leaves the plan, or writes entries that are not words; "" where it does not."""
    planned = [(page.kind, [section.kind for section in page.sections]) for page in plan.pages]
    written = [(page.page, [section.section for section in page.sections]) for page in copy.pages]
    if planned != written:
        return f"planned {planned}, written {written}"
    names = [service.name for service in brief.services]
    for page in copy.pages:
        for section in page.sections:
            titles = [item.title.text for item in section.items]
            if titles and section.section not in WORDED:
                return f"{page.page}: the entries of {section.section} are facts"
            if section.section is SectionKind.SERVICES and titles != names:
                return f"{page.page}: services {titles}"
    return ""
