"""What can go wrong, as RFC 9457 problem details: stable codes, and the words and remedy of each in one table."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import structlog
from django.core.exceptions import PermissionDenied as NotPermitted
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from generation.services import (
    AssetRefused,
    NothingToApprove,
    NothingToRetry,
    NotRetriable,
    RequestRefused,
    Unchanged,
    UnknownJob,
    UnknownStep,
    UnknownTheme,
)
from orders.builds import DoneByAPersonOnly
from orders.decisions import NoteRefused, Outdated
from orders.findings import Finding, Refused
from orders.models import SiteOrder
from orders.moves import MoveRefused
from orders.services import AnswersChanged, NoRevisionsLeft, OnboardingLocked
from orders.throttles import TooMany

log = structlog.get_logger(__name__)

MEDIA_TYPE = "application/problem+json"
TYPE = "/api/problems#"
BUSY_SECONDS = 5


class Kind(NamedTuple):
    """A kind of problem: its HTTP status, what it is, and what to do about it."""

    status: int
    title: str | Promise
    remedy: str | Promise


_LOOK_AGAIN = _("Read the order again, and decide by what it says now.")
_CORRECT = _("Correct what stands under “errors”, and send it again.")

KINDS: dict[str, Kind] = {
    "invalid_request": Kind(400, _("The request is not in order."), _CORRECT),
    "malformed_body": Kind(400, _("The body cannot be read."), _("Send one JSON object, in UTF-8.")),
    "idempotency_key_invalid": Kind(
        400, _("The Idempotency-Key cannot be used."), _("Send 1 to 255 visible ASCII characters, such as a UUID.")
    ),
    "signature_invalid": Kind(
        400, _("The signature is missing, wrong or too old."), _("Sign with the secret of this webhook, just now.")
    ),
    "not_signed_in": Kind(
        401, _("This needs a key or a session."), _("Send the header “Authorization: Bearer”, with a key of the shop.")
    ),
    "key_not_valid": Kind(
        401, _("This key is not known, has expired, or was revoked."), _("Have a new key made in the back office.")
    ),
    "not_allowed": Kind(
        403, _("This is not allowed to whoever asks."), _("Use a key with a wider scope, or ask for the permission.")
    ),
    "csrf_failed": Kind(
        403, _("The CSRF token is missing or wrong."), _("Send the cookie csrftoken as the header X-CSRFToken.")
    ),
    "not_found": Kind(404, _("There is nothing at this address."), _("Check the address and the ids in it.")),
    "method_not_allowed": Kind(
        405, _("This address does not take that method."), _("Use one of the methods in the header Allow.")
    ),
    "move_refused": Kind(
        409, _("The order cannot do that from where it stands."), _("Choose one of the states under “allowed”.")
    ),
    "unchanged": Kind(
        409, _("Nothing has changed since the last version."), _("Change the onboarding, or ask for another look.")
    ),
    "no_job": Kind(409, _("The order has no job."), _("Ask for a build.")),
    "not_retriable": Kind(409, _("The job is not one that could go on."), _("Reset it, or ask for a build.")),
    "done_by_a_person_only": Kind(
        409, _("The site is sound: only a person has it generated again."), _("Have staff ask for it.")
    ),
    "request_refused": Kind(409, _("That is not possible as things stand."), _LOOK_AGAIN),
    "nothing_to_approve": Kind(409, _("There is no draft to approve."), _("Have the site generated first.")),
    "no_revisions_left": Kind(
        409, _("The revisions included are used up."), _("Agree on another revision with the agency.")
    ),
    "onboarding_locked": Kind(409, _("The answers are in use for the site."), _("Ask for a revision to change them.")),
    "answers_changed": Kind(409, _("The answers were changed at the same moment."), _LOOK_AGAIN),
    "outdated": Kind(409, _("The order has changed since it was looked at."), _LOOK_AGAIN),
    "idempotency_key_in_use": Kind(
        409, _("A request with this Idempotency-Key is being answered."), _("Send it again after “Retry-After”.")
    ),
    "payments_not_set_up": Kind(
        409, _("Payments are not set up here."), _("Have STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET set.")
    ),
    "link_expired": Kind(410, _("This link has expired."), _("Ask the API for a new one.")),
    "body_too_big": Kind(413, _("The body is too big."), _("Send less at once.")),
    "media_type_not_supported": Kind(
        415, _("The type of the body is not possible here."), _("Send the Content-Type that the documentation names.")
    ),
    "answers_refused": Kind(422, _("The answers cannot be accepted."), _CORRECT),
    "note_refused": Kind(
        422, _("The note cannot be accepted."), _("Say what shall be changed, in at most 4000 letters.")
    ),
    "picture_refused": Kind(422, _("The picture cannot be accepted."), _CORRECT),
    "step_unknown": Kind(
        422, _("It cannot begin at this step."), _("Use a step whose predecessors are finished, or none.")
    ),
    "theme_unknown": Kind(422, _("There is no such theme."), _("Use one of GET /api/site-orders/templates.")),
    "idempotency_key_reused": Kind(
        422, _("This Idempotency-Key was used for another request."), _("Use a new key for each new request.")
    ),
    "payment_refused": Kind(
        422,
        _("Stripe does not make such a checkout."),
        _("Correct what “detail” says, and begin a checkout of this “order” with a new Idempotency-Key."),
    ),
    "too_many_requests": Kind(429, _("Too many requests."), _("Wait as long as “Retry-After” says.")),
    "event_not_handled": Kind(
        500, _("The event is kept, but could not be handled."), _("Send it again; staff see it in the back office.")
    ),
    "payments_unreachable": Kind(
        503, _("Stripe does not answer."), _("Send it again after “Retry-After”, with the same Idempotency-Key.")
    ),
    "internal_error": Kind(
        500, _("The program has a defect."), _("Report this to the agency, with the time and the address.")
    ),
    "database_unavailable": Kind(
        503, _("The database cannot be reached."), _("Send it again after “Retry-After”; nothing was changed.")
    ),
}

_CODES: dict[type[Exception], str] = {
    AnswersChanged: "answers_changed",
    AssetRefused: "picture_refused",
    DoneByAPersonOnly: "done_by_a_person_only",
    MoveRefused: "move_refused",
    NoRevisionsLeft: "no_revisions_left",
    NoteRefused: "note_refused",
    NothingToApprove: "nothing_to_approve",
    NothingToRetry: "not_retriable",
    NotRetriable: "not_retriable",
    OnboardingLocked: "onboarding_locked",
    Outdated: "outdated",
    Refused: "answers_refused",
    RequestRefused: "request_refused",
    TooMany: "too_many_requests",
    Unchanged: "unchanged",
    UnknownJob: "no_job",
    UnknownStep: "step_unknown",
    UnknownTheme: "theme_unknown",
    # of Django and its REST framework
    exceptions.AuthenticationFailed: "key_not_valid",
    exceptions.MethodNotAllowed: "method_not_allowed",
    exceptions.NotAuthenticated: "not_signed_in",
    exceptions.ParseError: "malformed_body",
    exceptions.PermissionDenied: "csrf_failed",  # rights are ours to judge: see HasRight
    exceptions.UnsupportedMediaType: "media_type_not_supported",
    exceptions.ValidationError: "invalid_request",
    Http404: "not_found",
    NotPermitted: "not_allowed",
    RequestDataTooBig: "body_too_big",
    SiteOrder.DoesNotExist: "not_found",
    SuspiciousOperation: "invalid_request",
    InterfaceError: "database_unavailable",
    OperationalError: "database_unavailable",
}

_FIELD_REMEDIES: dict[str, str | Promise] = {
    "required": _("Give it."),
    "null": _("Leave it out, or give a value."),
    "blank": _("Leave it out, or give a value."),
    "unknown": _("Remove it."),
    "max_length": _("Shorten it."),
    "does_not_exist": _("Use an id that exists and is for sale."),
    "invalid_choice": _("Use one of those that the documentation names."),
}


class Problem(Exception):
    """One of the kinds above, with what is particular to this case."""

    def __init__(
        self,
        code: str,
        *,
        detail: str = "",
        errors: Iterable[Mapping[str, str]] = (),
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(code)
        self.code, self.detail, self.errors = code, detail, list(errors)
        self.headers, self.more = dict(headers or {}), more

    @property
    def status(self) -> int:
        return KINDS[self.code].status

    def body(self) -> dict[str, Any]:
        """The problem in the reader's language."""
        kind = KINDS[self.code]
        return {
            "type": TYPE + self.code,
            "code": self.code,
            "status": kind.status,
            "title": str(kind.title),
            "detail": self.detail or str(kind.title),
            "remedy": str(kind.remedy),
            "errors": self.errors,
            **self.more,
        }


def field_error(field: str, code: str, message: str | Promise, remedy: str | Promise = "") -> dict[str, str]:
    """One entry of ``errors``: which field (a path like ``services[2].name``), what is wrong, what would be right."""
    return {
        "field": field,
        "code": code,
        "message": str(message),
        "remedy": str(remedy or _FIELD_REMEDIES.get(code, _("Correct it."))),
    }


def as_problem(error: Exception) -> Problem:
    """Any error as a problem; what nobody foresaw is a defect of ours."""
    if isinstance(error, Problem):
        return error
    code = next((_CODES[kind] for kind in type(error).__mro__ if kind in _CODES), "internal_error")
    detail = "" if KINDS[code].status in (404, 500, 503) else " ".join(str(error).split())
    match error:
        case Refused():
            return Problem(code, errors=map(_of_finding, error.findings))
        case AssetRefused():
            return Problem(code, errors=[field_error("file", "picture_refused", error.wrong, error.right)])
        case MoveRefused():
            lawful = [state.value for state in error.lawful]
            return Problem(code, detail=detail, status_now=error.stands.value, allowed=lawful)
        case TooMany():
            return Problem(code, headers=error.headers)
        case exceptions.ValidationError():
            return Problem(code, errors=_of_details(error.detail))
        case exceptions.ParseError() | exceptions.MethodNotAllowed() | exceptions.PermissionDenied():
            return Problem(code, detail=str(error.detail))
        case DatabaseError() if code == "database_unavailable":
            return Problem(code, headers={"Retry-After": str(BUSY_SECONDS)})
        case SuspiciousOperation():
            return Problem(code)
    return Problem(code, detail=detail)


def answer(error: Exception) -> Response:
    """The response that tells of the error. A defect is logged with its traceback, which stays here."""
    problem = as_problem(error)
    if problem.status >= 500:
        log.error("api_error", code=problem.code, exc_info=error)
    headers = problem.headers | ({"WWW-Authenticate": 'Bearer realm="api"'} if problem.status == 401 else {})
    return Response(problem.body(), problem.status, headers=headers, content_type=MEDIA_TYPE)


def handle(error: Exception, _context: Any) -> Response:
    """The exception handler of the REST framework."""
    set_rollback()
    return answer(error)


def _of_finding(finding: Finding) -> dict[str, str]:
    return field_error(finding.where, finding.code, finding.wrong, finding.right)


def _of_details(detail: Any, path: str = "") -> Iterator[dict[str, str]]:
    """The errors of a serializer, however deep, one by one."""
    if isinstance(detail, Mapping):
        for name, part in detail.items():
            inner = f"[{name}]" if isinstance(name, int) else "" if name == "non_field_errors" else f".{name}"
            yield from _of_details(part, (path + inner).removeprefix("."))
    elif isinstance(detail, list):
        for number, part in enumerate(detail):
            is_entry = isinstance(part, Mapping | list)
            yield from _of_details(part, f"{path}[{number}]" if is_entry and part else path)
    else:
        yield field_error(path, getattr(detail, "code", "invalid"), str(detail))
