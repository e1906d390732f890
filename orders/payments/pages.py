"""Where customers come back to from Stripe, if the shop that sent them there named no pages of its own.

They tell nothing of an order: whoever is sent here is not known, and whether money has come is Stripe's to say.
"""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from orders.customer.door import page


@require_safe
def done(request: HttpRequest) -> HttpResponse:
    line = _("As soon as the payment is confirmed, you get a mail that says how it goes on.")
    return page(request, "said.html", heading=_("Thank you!"), lines=(line,))


@require_safe
def cancelled(request: HttpRequest) -> HttpResponse:
    line = _("You have paid nothing. The link that you came by goes on working for a while.")
    return page(request, "said.html", heading=_("Not paid"), lines=(line,))
