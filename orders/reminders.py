"""Reminding customers of what is theirs to do."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Count, F, Max, Q, QuerySet
from django.db.models.functions import Now

from generation.services import retrying

from . import mails
from .models import MailEvent, SiteOrder, Status

BATCH = 500


@dataclass(frozen=True)
class Awaited:
    """What is awaited from a customer: in which orders, since which of their dates, and the mail that reminds of it."""

    event: MailEvent
    since: str
    orders: Q

    def due(self) -> QuerySet[SiteOrder]:
        """Those that have waited long enough since they were asked, or last reminded, and not been reminded too often;
        ``times`` says how often they were."""
        ago = Now() - timedelta(days=settings.REMINDER_AFTER_DAYS)
        reminded = Q(mails__event=self.event, mails__again_of=None, mails__created_at__gte=F(self.since))
        waiting = SiteOrder.objects.filter(self.orders, **{f"{self.since}__lte": ago}).exclude(customer__email="")
        counted = waiting.annotate(
            times=Count("mails", filter=reminded), last=Max("mails__created_at", filter=reminded)
        )
        return counted.filter(Q(last=None) | Q(last__lte=ago), times__lt=settings.REMINDER_MOST)


AWAITED = (
    Awaited(
        MailEvent.ONBOARDING_REMINDER,
        "onboarding_pending_at",
        Q(status=Status.ONBOARDING_PENDING, onboarding__completed_at=None),
    ),
    Awaited(MailEvent.REVIEW_REMINDER, "review_at", Q(status=Status.REVIEW, onboarding__locked_at__isnull=False)),
)


def send_reminders(*, by: str) -> int:
    """Remind customers whose answers, or whose decision about a site, have been awaited for REMINDER_AFTER_DAYS, at
    most REMINDER_MOST times each. Returns how many are reminded.
    """
    return sum(
        _remind(order_id, awaited, by)
        for awaited in AWAITED
        for order_id in awaited.due().order_by(awaited.since).values_list("pk", flat=True)[:BATCH]
    )


@retrying
def _remind(order_id: UUID, awaited: Awaited, by: str) -> bool:
    """Remind of one order, unless it has moved, or somebody else was faster."""
    SiteOrder.objects.select_for_update().get(pk=order_id)  # who moves it waits for us, or we for them
    order = awaited.due().filter(pk=order_id).first()
    if order is None:
        return False
    since, times = getattr(order, awaited.since), order.times  # type: ignore[attr-defined]  # counted in due()
    mails.tell(order, awaited.event, occurrence=f"{since.isoformat()} {times + 1}", by=by)
    return True
