"""The stand-in's few addresses of Stripe's API, and the page at which nobody really pays."""

import secrets
from typing import Any
from urllib.parse import parse_qsl

from csp.decorators import csp_update
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from orders.payments.amounts import major

from .sessions import Refused, Standin, nested

standin = Standin()


@csrf_exempt
@require_POST
def create_session(request: HttpRequest) -> JsonResponse:
    if refusal := _not_let_in(request):
        return refusal
    given = nested(dict(parse_qsl(request.body.decode(), keep_blank_values=True)))
    try:
        base = f"{request.scheme}://{request.get_host()}"
        return JsonResponse(standin.create(given, request.headers.get("Idempotency-Key", ""), base))
    except Refused as refused:
        return _error(str(refused), refused.kind, refused.status)
    except (KeyError, ValueError) as error:
        return _error(f"Not in order: {error}", "invalid_request_error", 400)


@require_safe
def read_session(request: HttpRequest, session_id: str) -> JsonResponse:
    return _not_let_in(request) or JsonResponse(_known(session_id))


@csrf_exempt  # who knows the address may pay, as a script does: nobody is logged in here
@csp_update({"form-action": ["*"]})  # type: ignore[arg-type]  # the form's answer leads back to the shop
@require_http_methods(["GET", "HEAD", "POST"])
def pay(request: HttpRequest, session_id: str) -> HttpResponse:
    """The page to pay at; once that is over, the bank's side: what comes later can be made to happen there."""
    session = _known(session_id)
    deed = DEEDS.get(request.POST.get("how", "")) if request.method == "POST" else None
    if deed and session["status"] in deed[0]:
        return deed[1](request, session)
    told = standin.told.get(session_id, [])
    shown = {
        "session": session,
        "lines": [(name, major(units, session["currency"].upper())) for name, units in session["lines"]],
        "total": major(session["amount_total"], session["currency"].upper()),
        "currency": session["currency"].upper(),
        "told": [(number, each.event["type"], each.status) for number, each in enumerate(told)],
        "declined": request.method == "POST" and request.POST.get("how") == "decline",
    }
    return render(request, "standin/pay.html", shown)


def _pay(_request: HttpRequest, session: dict[str, Any]) -> HttpResponse:
    session |= {"status": "complete", "payment_status": "paid", "payment_intent": f"pi_{secrets.token_hex(12)}"}
    standin.tell(session, "checkout.session.completed", _shown(session))
    return redirect(session["success_url"])


def _promise(_request: HttpRequest, session: dict[str, Any]) -> HttpResponse:
    session |= {"status": "complete", "payment_intent": f"pi_{secrets.token_hex(12)}"}
    standin.tell(session, "checkout.session.completed", _shown(session))
    return redirect(session["success_url"])


def _arrive(request: HttpRequest, session: dict[str, Any]) -> HttpResponse:
    session |= {"payment_status": "paid"}
    standin.tell(session, "checkout.session.async_payment_succeeded", _shown(session))
    return redirect(request.path)


def _fail(request: HttpRequest, session: dict[str, Any]) -> HttpResponse:
    standin.tell(session, "checkout.session.async_payment_failed", _shown(session))
    return redirect(request.path)


def _expire(request: HttpRequest, session: dict[str, Any]) -> HttpResponse:
    session |= {"status": "expired"}
    standin.tell(session, "checkout.session.expired", _shown(session))
    return redirect(request.path)


def _refund(request: HttpRequest, session: dict[str, Any]) -> HttpResponse:
    charge = {**_charge(session), "amount_refunded": session["amount_total"], "refunded": True}
    standin.tell(session, "charge.refunded", charge)
    return redirect(request.path)


def _dispute(request: HttpRequest, session: dict[str, Any]) -> HttpResponse:
    dispute = {
        "id": f"dp_{secrets.token_hex(12)}", "object": "dispute", "amount": session["amount_total"],
        "currency": session["currency"], "payment_intent": session["payment_intent"], "reason": "fraudulent",
    }  # fmt: skip
    standin.tell(session, "charge.dispute.created", dispute)
    return redirect(request.path)


def _send_again(request: HttpRequest, session: dict[str, Any]) -> HttpResponse:
    told = standin.told.get(session["id"], [])
    number = request.POST.get("number", "")
    if number.isdecimal() and int(number) < len(told):
        standin.send(told[int(number)])
    return redirect(request.path)


DEEDS = {
    "pay": (("open",), _pay),
    "promise": (("open",), _promise),
    "expire": (("open",), _expire),
    "arrive": (("complete",), _arrive),
    "fail": (("complete",), _fail),
    "refund": (("complete",), _refund),
    "dispute": (("complete",), _dispute),
    "again": (("open", "complete", "expired"), _send_again),
}
"""What can be done, by the states in which it can."""


def _charge(session: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": f"ch_{session['payment_intent'].removeprefix('pi_')}", "object": "charge",
        "amount": session["amount_total"], "currency": session["currency"],
        "payment_intent": session["payment_intent"], "metadata": session["metadata"],
    }  # fmt: skip


def _shown(session: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in session.items() if name != "lines"}


def _known(session_id: str) -> dict[str, Any]:
    if session_id not in standin.sessions:
        raise Http404
    return standin.sessions[session_id]


def _not_let_in(request: HttpRequest) -> JsonResponse | None:
    if request.headers.get("Authorization", "").startswith("Bearer sk_"):
        return None
    return _error("You did not provide an API key.", "invalid_request_error", 401)


def _error(message: str, kind: str, status: int) -> JsonResponse:
    return JsonResponse({"error": {"type": kind, "message": message}}, status=status)
