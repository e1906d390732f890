"""What schedules may do with orders, and which of their files the purge has to leave."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

from generation import background

from .models import Agency, Photo
from .personal_data import erase_old_customers
from .services import Settled, auto_start_stuck_orders, reset_empty_generations, send_reminders

TRIGGER = "schedule"


def register() -> None:
    """Make them known."""
    nothing = background.NoArguments
    background.register_task(
        "reset_empty_generations", gettext_lazy("Reset empty generations"), nothing, _reset_empty_generations
    )
    background.register_task(
        "auto_start_stuck_orders", gettext_lazy("Start the sites of stuck orders"), nothing, _auto_start_stuck_orders
    )
    background.register_task("remind", gettext_lazy("Remind of open onboardings and reviews"), nothing, _remind)
    background.register_task(
        "erase_old_customers", gettext_lazy("Erase personal data that have been kept long enough"), nothing, _erase_old
    )
    background.register_file_names(_file_names)


def _reset_empty_generations(_arguments: Any, by: str) -> dict[str, int]:
    return _counts(reset_empty_generations(by=by, trigger=TRIGGER))


def _auto_start_stuck_orders(_arguments: Any, by: str) -> dict[str, int]:
    return _counts(auto_start_stuck_orders(by=by, trigger=TRIGGER))


def _remind(_arguments: Any, by: str) -> dict[str, int]:
    return {_("reminders"): send_reminders(by=by)}


def _erase_old(_arguments: Any, by: str) -> dict[str, int]:
    passed_over = [bool(why) for _customer, why in erase_old_customers(by=by)]
    return {_("customers erased"): passed_over.count(False), _("customers passed over"): passed_over.count(True)}


def _counts(settled: Settled) -> dict[str, int]:
    return {_("sites asked for"): len(settled.done), _("orders passed over"): len(settled.skipped)}


def _file_names() -> Iterator[str]:
    """The pictures of onboardings and the agency's logo."""
    yield from Photo.objects.exclude(sha256="").values_list("sha256", flat=True).iterator()
    for logo in Agency.objects.exclude(logo=None).values_list("logo", flat=True):
        if logo:
            yield logo["sha256"]
