"""Third step: the words of every planned section."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generation import writers
from generation.law import lawful

if TYPE_CHECKING:
    from generation.contracts import Brief, Facts, SiteCopy, SitePlan

    from .run import Say


def write(brief: Brief, facts: Facts, plan: SitePlan, *, variation: int, say: Say) -> SiteCopy:
    """The site's copy by the writer in use; it is given only what the profession may publish."""
    publishable, _ = lawful(brief)
    return writers.get(writers.DEFAULT).write(publishable, facts, plan, variation=variation, say=say)
