"""Why a job stops: stable codes, and the words and remedy of each in one table.

A code is of a sort, which says who must act: *transient* errors pass by themselves and are worth another try,
*permanent* ones need other input or a hand of the staff, *ours* is a defect.
"""

import errno
from enum import Enum
from typing import NamedTuple

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from .masking import masked
from .themes import UnknownTheme
from .timeouts import TimedOut


class StepFailed(Exception):
    """A step, or other work, that cannot be done, for a reason of the table below.

    ``detail`` is data, shown beside the words. ``retry_after``, in seconds, is when the other side wants to be asked
    again; an attempt that ends so does not count.
    """

    def __init__(self, code: str, detail: str = "", *, retry_after: float | None = None) -> None:
        if code not in REASONS:
            raise LookupError(f"unknown error code {code!r}: add it to generation.errors.REASONS")
        self.code = code
        self.detail = masked(detail)
        self.retry_after = retry_after
        super().__init__(f"{code}: {self.detail}" if self.detail else code)


class LeaseLost(Exception):
    """This execution may not write any more: the job is cancelled, closed, or another worker has it."""


class Sort(Enum):
    """Who must act."""

    TRANSIENT = "transient"
    PERMANENT = "permanent"
    OURS = "ours"


class Reason(NamedTuple):
    """What went wrong and what to do about it, in English; translated when shown."""

    message: str
    remedy: str
    sort: Sort = Sort.PERMANENT


REASONS: dict[str, Reason] = {
    "brief_not_usable": Reason(
        _("The brief cannot be made into a site."),
        _("Correct the onboarding and generate again."),
    ),
    "invented_fact": Reason(
        _("The text claims something that the customer did not say."),
        _("Report this to the developers with the text shown; the site was not published."),
    ),
    "hollow_words": Reason(
        _("The text holds phrases that say nothing."),
        _("Report this to the developers with the text shown; the site was not published."),
    ),
    "copy_not_as_planned": Reason(
        _("The writer did not write what was planned."),
        _("Report this to the developers with the text shown; the site was not published."),
    ),
    "verification_failed": Reason(
        _("The finished site did not pass its checks."),
        _("Open the report, correct the onboarding where it says so, and generate again."),
    ),
    "picture_missing": Reason(
        _("A picture of the site is not in the storage any more."),
        _("Add the picture to the onboarding again and generate again."),
    ),
    "theme_unknown": Reason(
        _("The theme does not exist any more."),
        _("Choose another theme for the order and generate again."),
    ),
    "disk_full": Reason(
        _("The storage for sites is full."),
        _("Free space on the storage for sites, then generate again; earlier versions are untouched."),
    ),
    "storage_not_writable": Reason(
        _("The storage for sites cannot be written."),
        _("Make the storage for sites writable for the worker, then generate again; earlier versions are untouched."),
    ),
    "output_too_big": Reason(
        _("A step produced more data than can be kept."),
        _("Shorten the longest texts of the onboarding and generate again."),
    ),
    "timed_out": Reason(
        _("It took longer than it may."),
        _("Try again; if it happens every time, raise the time-out of the step that is named in the settings."),
        Sort.TRANSIENT,
    ),
    "interrupted": Reason(
        _("The process that worked on it has died."),
        _("Nothing: it goes on by itself from its last finished step."),
        Sort.TRANSIENT,
    ),
    "service_unreachable": Reason(
        _("Another service did not answer."),
        _("Nothing at first: it is tried again by itself. If it stays so, look whether that service works."),
        Sort.TRANSIENT,
    ),
    "service_busy": Reason(
        _("Another service asks to come again later."),
        _("Nothing: it is tried again when that service wants it."),
        Sort.TRANSIENT,
    ),
    "webhook_refused": Reason(
        _("The webhook did not take it."),
        _("Nothing at first: it is tried again by itself. If it stays so, look at what the other program answers."),
        Sort.TRANSIENT,
    ),
    "webhook_off": Reason(
        _("The webhook is off."),
        _("Mend the program that listens, switch the webhook on, then deliver it again."),
    ),
    "address_refused": Reason(
        _("This address must not be called."),
        _("Correct the address, or allow its network in the settings; then deliver it again."),
    ),
    "secret_unreadable": Reason(
        _("The secret was sealed under another SECRET_KEY."),
        _("Give the webhook a new secret, or bring the former SECRET_KEY back; then deliver it again."),
    ),
    "mail_address_wrong": Reason(
        _("This is no e-mail address."),
        _("Correct the e-mail address of the customer or of the agency, then send the mail again."),
    ),
    "mail_refused": Reason(
        _("The mail server refuses this mail."),
        _("Read what the server said; correct the e-mail address of the recipient, or EMAIL_FROM, then send it again."),
    ),
    "mail_server_wrong": Reason(
        _("The mail server does not let us in."),
        _("Correct the user, password and kind of encryption in EMAIL_URL, then send the mail again."),
    ),
    "mail_deferred": Reason(
        _("The mail server does not take this mail now."),
        _("Nothing: it is tried again by itself. If it never goes out, read what the server said."),
        Sort.TRANSIENT,
    ),
    "task_unknown": Reason(
        _("There is no such task any more."),
        _("Delete the schedule, or bring back the release that has this task."),
    ),
    "arguments_wrong": Reason(
        _("The task does not take these arguments."),
        _("Correct the arguments of the schedule, then run it again."),
    ),
    "attempts_exhausted": Reason(
        _("The job was interrupted as often as it may be tried."),
        _("Look at its attempts for the cause, then generate again."),
    ),
    "internal_error": Reason(
        _("The program has a defect."),
        _("Report this to the developers with the traceback; generate again once it is mended."),
        Sort.OURS,
    ),
}

_OF_ERRNO = {
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.EFBIG: "disk_full",
    errno.EROFS: "storage_not_writable",
    errno.EACCES: "storage_not_writable",
    errno.EPERM: "storage_not_writable",
    errno.ENOTDIR: "storage_not_writable",
}


def sort(error: Exception) -> StepFailed:
    """Any error of a step as one with a code. What nobody foresaw is ours."""
    if isinstance(error, StepFailed):
        return error
    if isinstance(error, TimedOut):
        return StepFailed("timed_out", str(error))
    if isinstance(error, UnknownTheme):
        return StepFailed("theme_unknown", str(error))
    if isinstance(error, OSError) and error.errno in _OF_ERRNO:
        return StepFailed(_OF_ERRNO[error.errno], error.strerror or "")
    if isinstance(error, ConnectionError | TimeoutError):
        return StepFailed("service_unreachable", str(error))
    return StepFailed("internal_error", f"{type(error).__name__}: {error}")


def message(code: str, detail: str = "") -> str:
    """What went wrong, in the reader's language, with its detail; empty for no code."""
    if code not in REASONS:
        return detail or code
    words = gettext(REASONS[code].message)
    return f"{words} ({detail})" if detail else words


def remedy(code: str) -> str:
    """What to do about it, in the reader's language; empty for no code."""
    return gettext(REASONS[code].remedy) if code in REASONS else ""
