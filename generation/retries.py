"""When work that failed is tried again: policies by kind and trigger, from the setting RETRY_POLICIES."""

from django.conf import settings

from . import background, errors
from .errors import StepFailed
from .models import Work
from .policies import RetryPolicy

DEFAULT = RetryPolicy()
LONGEST_PAUSE_SECONDS = 7 * 24 * 3600
"""No other side puts a row off for longer."""
MAX_UNCOUNTED = 100
"""Attempts that do not count (handed back, put off by the other side) are counted from here on: nothing is for ever."""


def policy_of(row: Work) -> RetryPolicy:
    """The most special policy there is for the row: of the settings, else of its kind."""
    policies: dict[str, RetryPolicy] = settings.RETRY_POLICIES
    given = (policies[key] for key in row.policy_keys if key in policies)
    return next(given, None) or background.policy_of(row.kind_of_work) or DEFAULT


def pause_after(row: Work, error: StepFailed) -> float | None:
    """Seconds until the row is to be tried again; None where it is not."""
    policy = policy_of(row)
    if not policy.retries(error.code, errors.REASONS[error.code].sort.value) or (
        row.spent >= row.max_attempts and is_counted(row, error)
    ):
        return None
    return max(min(error.retry_after or 0, LONGEST_PAUSE_SECONDS), policy.pause(row.spent))


def is_counted(row: Work, error: StepFailed) -> bool:
    """Whether the attempt that ends with this error counts: not where the other side said when to come again."""
    return error.retry_after is None or row.attempt - row.spent >= MAX_UNCOUNTED
