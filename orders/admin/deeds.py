"""What staff have done to the generation of an order's site: by a button on its page, or of many at once."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from generation.admin.deeds import Asked, Deed, Skipped
from generation.admin.job_deeds import JOB_DEEDS, unless_cancelled, unless_new
from orders import services
from orders.models import SiteOrder, Status
from orders.services import Settled

TRIGGER = "admin"


def _generate(order: SiteOrder, asked: Asked) -> None:
    unless_new(services.request_build(order_id=order.pk, by=asked.by, trigger=TRIGGER))


def _retry(order: SiteOrder, asked: Asked) -> None:
    unless_new(services.retry_build(order_id=order.pk, by=asked.by, trigger=TRIGGER))


def _reset(order: SiteOrder, asked: Asked) -> None:
    unless_new(
        services.reset_site(
            order_id=order.pk, by=asked.by, trigger=TRIGGER, first_step=asked.first_step, reason=asked.reason
        )
    )


def _cancel(order: SiteOrder, asked: Asked) -> None:
    unless_cancelled(services.cancel_build(order_id=order.pk, by=asked.by, reason=asked.reason))


def _reset_empty(order: SiteOrder, asked: Asked) -> None:
    _settle(services.reset_empty_generations, order.pk, asked)


def _start_stuck(order: SiteOrder, asked: Asked) -> None:
    _settle(services.auto_start_stuck_orders, order.pk, asked)


def _settle(ask: Callable[..., Settled], order_id: UUID, asked: Asked) -> None:
    settled = ask(by=asked.by, trigger=TRIGGER, only=order_id)
    for refusal in settled.skipped:
        raise Skipped(refusal.why)
    if not settled.done:
        raise Skipped(_("It is not one of those orders, or not any more."))


def _has_active_job(order: SiteOrder) -> bool:
    return order.current_job is not None and order.current_job.is_active


def _never(_order: SiteOrder) -> bool:
    return False


# One act has one permission, whether its button stands on the page of a job or of its order.
ORDER_DEEDS: dict[str, Deed[Any]] = {
    "generate_site": Deed(
        gettext_lazy("Generate site"),
        gettext_lazy("The site of each order is made from its answers as they stand."),
        "orders.generate_site",
        _generate,
        is_offered=_never,  # its page has a button for it that asks no more
    ),
    "retry_generation": Deed(
        JOB_DEEDS["retry_job"].label,
        JOB_DEEDS["retry_job"].about,
        "generation.retry_job",
        _retry,
        is_offered=lambda order: order.status == Status.FAILED and not _has_active_job(order),
    ),
    "reset_generation": Deed(
        JOB_DEEDS["reset_job"].label,
        gettext_lazy(
            "The site is made anew from the answers as they stand, changed or not; where it begins at a later step, "
            "from the facts of the newest job. Versions that there are stay."
        ),
        "generation.reset_job",
        _reset,
        asks=("reason", "first_step"),
        is_offered=lambda order: (
            order.current_job is not None and order.status in (Status.REVIEW, Status.DELIVERED, Status.FAILED)
        ),
    ),
    "cancel_generation": Deed(
        JOB_DEEDS["cancel_job"].label,
        JOB_DEEDS["cancel_job"].about,
        "generation.cancel_job",
        _cancel,
        asks=("reason",),
        is_offered=_has_active_job,
    ),
    "reset_empty_generations": Deed(
        gettext_lazy("Reset empty generations"),
        gettext_lazy(
            "Orders being generated or in review, whose newest version is missing, incomplete or did not pass its "
            "checks, and for which no job is alive: their sites are made anew."
        ),
        "orders.reset_empty_generations",
        _reset_empty,
        is_offered=_never,
        all=lambda: [order for order, _trouble in services.empty_generations()],
    ),
    "auto_start_stuck_orders": Deed(
        gettext_lazy("Start stuck orders"),
        gettext_lazy(
            "Orders that are paid, with a complete onboarding, for which no job is alive: their sites are made."
        ),
        "orders.auto_start_stuck_orders",
        _start_stuck,
        is_offered=_never,
        all=services.stuck_orders,
    ),
}
