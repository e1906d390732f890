"""What every page of a customer has in common: whose it is, in which language, how often, and how it is answered."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from orders import throttles
from orders.api.callers import CustomerCaller
from orders.links import order_behind
from orders.models import Agency, SiteOrder

P = ParamSpec("P")
BY = "customer"  # in histories, as through the API

HEADERS = {
    "Cache-Control": "private, no-cache",
    # no-referrer would have browsers send forms with “Origin: null”, which the CSRF check refuses
    "Referrer-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
}


def for_customer(view: Callable[Concatenate[HttpRequest, SiteOrder, P], HttpResponse]) -> Callable[..., HttpResponse]:
    """A view that is given the order behind the secret in its address, in the customer's language.

    Requests are counted with those of the API, before anything that was sent is read.
    """
    guarded = csrf_protect(view)

    @csrf_exempt  # until it is counted and measured
    @wraps(view)
    def entered(request: HttpRequest, token: str, *arguments: P.args, **named: P.kwargs) -> HttpResponse:
        order_id = order_behind(token)
        if closed := _closed(request, order_id):
            return _finished(closed)
        if order_id is None:
            return _finished(not_there(request))
        order = order_of(order_id)
        with translation.override(order.customer.locale.lower()):
            try:
                response = guarded(request, order, *arguments, **named)
            except Http404:
                response = not_there(request)
            response.headers["Content-Language"] = translation.get_language()
        return _finished(response)

    return entered


def order_of(order_id: UUID) -> SiteOrder:
    """The order as it stands now."""
    return SiteOrder.objects.select_related("customer", "onboarding", "current_job").get(pk=order_id)


def page(request: HttpRequest, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """A page with the agency's name on it."""
    agency = Agency.objects.first() or Agency(name=_("Site builder"))
    return render(request, f"customer/{template}", {"agency": agency, **context}, status=status)


def not_there(request: HttpRequest) -> HttpResponse:
    """The same for a wrong secret, one that was replaced, and data that are erased: it tells nothing of orders."""
    lines = (
        _("It may have been cut off on its way, or replaced by a newer one, or the order's data may have been erased."),
        _("Use the link in the newest mail that you have from us, all of it. If that does not help, write to us."),
    )
    return page(request, "said.html", status=404, heading=_("This link leads nowhere"), lines=lines)


def _closed(request: HttpRequest, order_id: UUID | None) -> HttpResponse | None:
    """What is answered to a request too many, or to one that is too big."""
    try:
        throttles.count("address", throttles.address_of(request), settings.API_ADDRESS_REQUESTS)
        if order_id:
            throttles.count("caller", CustomerCaller(order_id).id, settings.API_CALLER_REQUESTS)
    except throttles.TooMany as too_many:
        heading, line = _("One moment, please"), _("You are faster than we are. Wait a minute, then try again.")
        response = page(request, "said.html", status=HTTPStatus.TOO_MANY_REQUESTS, heading=heading, lines=(line,))
        response.headers["Retry-After"] = too_many.headers["Retry-After"]
        return response
    if int(request.META.get("CONTENT_LENGTH") or 0) <= settings.MAX_BODY_BYTES:
        return None
    heading, line = (
        _("That is too big"),
        _("What you sent is bigger than we can take. Go back, and send a smaller picture."),
    )
    return page(request, "said.html", status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE, heading=heading, lines=(line,))


def _finished(response: HttpResponse) -> HttpResponse:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response._has_been_logged = True  # type: ignore[attr-defined]  # else Django logs its path, which is a secret
    return response
