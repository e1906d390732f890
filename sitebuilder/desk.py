"""The admin's site: the agency's name on every page, and a home page that says what needs a hand now."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.admin import AdminSite
from django.db.models import F
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SHOWN_ORDERS = 5
DUTIES = {
    "dispatch": _("Messages last sent to the workers"),
    "reconcile": _("Rows last compared with the broker"),
    "schedules": _("Schedules last looked at"),
}


@dataclass(frozen=True)
class Pile:
    """Orders, or jobs, in one state: how many there are, which wait longest, and where all of them are listed."""

    label: str | Promise
    count: int
    address: str
    rows: tuple[Any, ...] = ()
    is_urgent: bool = False


@dataclass(frozen=True)
class Pulse:
    """Something that keeps the work going: when it was last done, and whether that is too long ago."""

    label: str | Promise
    duty: Any
    is_late: bool


class BackOffice(AdminSite):
    """The one admin site of an installation."""

    site_header = site_title = _("Site builder")
    index_title = _("What needs a hand")
    site_url = None

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        from orders.models import Agency  # here and below: apps are not loaded when this module is

        agency = Agency.objects.only("name", "logo").first()
        named = {"site_header": agency.name, "site_title": agency.name, "agency": agency} if agency else {}
        return {**super().each_context(request), **named}

    def _pulse(self, request: HttpRequest) -> Iterator[Pulse]:
        from generation.duties import is_late
        from generation.models import Duty

        if request.user.has_perm("generation.view_duty"):
            for duty in Duty.objects.order_by("name"):
                yield Pulse(DUTIES.get(duty.name, duty.name), duty, is_late(duty))

    def _paused(self, request: HttpRequest) -> list[Any]:
        from generation.models import QueueControl
        from generation.queues import PAUSED

        if not request.user.has_perm("generation.view_queuecontrol"):
            return []
        return list(QueueControl.objects.filter(PAUSED))

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        shown: dict[str, Any] = {}
        if self.has_permission(request):
            shown = {
                "piles": tuple(self._piles(request)),
                "pulse": tuple(self._pulse(request)),
                "paused": self._paused(request),
            }
        return super().index(request, {**(extra_context or {}), **shown})

    def _piles(self, request: HttpRequest) -> Iterator[Pile]:
        from generation.models import ACTIVE, GenerationJob
        from orders.models import SiteOrder, Status

        if request.user.has_perm("orders.view_siteorder"):
            orders = SiteOrder.objects.select_related("customer").annotate(business=F("onboarding__business_name"))
            address = reverse("admin:orders_siteorder_changelist", current_app=self.name)
            for status in (
                Status.FAILED,
                Status.REVIEW,
                Status.PAID,
                Status.ONBOARDING_PENDING,
                Status.PENDING_PAYMENT,
            ):
                waiting = orders.filter(status=status).order_by(f"{status.value}_at")
                yield Pile(
                    status.label,
                    waiting.count(),
                    f"{address}?status__exact={status.value}",
                    tuple(waiting[:SHOWN_ORDERS]),
                    is_urgent=status is Status.FAILED,
                )
        if request.user.has_perm("generation.view_generationjob"):
            jobs = GenerationJob.objects.filter(status__in=ACTIVE)
            address = reverse("admin:generation_generationjob_changelist", current_app=self.name)
            yield Pile(_("Jobs under way"), jobs.count(), f"{address}?status__in={','.join(ACTIVE)}")
