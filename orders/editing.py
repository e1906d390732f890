"""Who may change the answers of an order, and when."""

from enum import StrEnum

from django.db.models import F, Q
from django.utils.translation import gettext as _

from .models import Onboarding, SiteOrder


class Party(StrEnum):
    """Whose wish something is: revisions that a customer asks for count against those included."""

    CUSTOMER = "customer"
    STAFF = "staff"


class OnboardingLocked(Exception):
    """A job has taken the answers, and nobody has opened them again."""

    def __init__(self) -> None:
        super().__init__(_("The answers are in use for the site. Ask for a revision to change them."))


class AnswersChanged(Exception):
    """The answers were changed while somebody relied on those before."""

    def __init__(self) -> None:
        super().__init__(_("The answers were changed at the same moment. Look at them and ask again."))


def open_answers(order: SiteOrder, party: Party, edits: int | None = None) -> Onboarding:
    """The order's onboarding to be changed and saved, held until the transaction ends.

    Answers that a job has taken become a new revision. Raises OnboardingLocked where a customer may not change them,
    and AnswersChanged where there have been more changes than ``edits``, if that is given.
    """
    known = Onboarding.objects.filter(Q() if edits is None else Q(edits=edits), order=order)
    if known.update(edits=F("edits") + 1) != 1:
        raise AnswersChanged
    onboarding = Onboarding.objects.get(order=order)
    if onboarding.locked_at and party is Party.CUSTOMER:
        raise OnboardingLocked
    if onboarding.locked_at:
        onboarding.revision += 1
        onboarding.locked_at = None
        onboarding.note = ""
    return onboarding
