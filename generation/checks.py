"""System checks."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

from . import background, errors
from .models import JobKind, Trigger


def check_retry_policies(**_: Any) -> list[CheckMessage]:
    """A policy for a kind or an error that does not exist would never hold."""
    return list(_wrong_policies())


def _wrong_policies() -> Iterator[CheckMessage]:
    kinds = {*JobKind.values, *(rows.kind_of_work for rows in background.classes_of_work())}
    known_errors = {*errors.REASONS, *(sort.value for sort in errors.Sort)}
    for key, policy in settings.RETRY_POLICIES.items():
        kind, _slash, trigger = key.partition("/")
        if kind not in kinds or (trigger and (kind not in JobKind.values or trigger not in Trigger.values)):
            known = f"Kinds: {', '.join(sorted(kinds))}; triggers: {', '.join(Trigger.values)}."
            yield Error(f"RETRY_POLICIES: there is no “{key}”.", hint=known, id="generation.E001")
        for unknown in set(policy.errors) - known_errors:
            known = f"Errors: {', '.join(sorted(known_errors))}."
            yield Error(f"RETRY_POLICIES: {key}: there is no error “{unknown}”.", hint=known, id="generation.E002")
