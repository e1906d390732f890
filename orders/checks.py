"""System checks."""

from typing import Any

from django.core.checks import CheckMessage, Error

from generation.signals import job_closed


def check_closed_jobs_are_received(**_: Any) -> list[CheckMessage]:
    """Without a receiver, orders would stand in generation for ever."""
    if job_closed.has_listeners():
        return []
    return [
        Error(
            "Nobody listens to generation.signals.job_closed.",
            hint="orders.receivers.connect() has to be called when the apps are ready.",
            id="orders.E001",
        )
    ]
