"""Where customers come back to from Stripe, if the shop that sent them there named no pages of its own.

They tell nothing of an order: whoever is sent here is not known, and whether money has come is Stripe's to say.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from orders.models import Agency


@require_safe
def done(request: HttpRequest) -> HttpResponse:
    words = _("As soon as the payment is confirmed, you get a mail that says how it goes on.")
    return _page(request, _("Thank you!"), words)


@require_safe
def cancelled(request: HttpRequest) -> HttpResponse:
    words = _("You have paid nothing. The link that you came by goes on working for a while.")
    return _page(request, _("Not paid"), words)


def _page(request: HttpRequest, heading: str, words: str) -> HttpResponse:
    context = {"heading": heading, "words": words, "agency": Agency.objects.first()}
    return render(request, "checkout/ended.html", context)
