"""What mails say: the words of each, and how any of them is laid out as text and as HTML.

The words are for whoever it goes to, in the language in use. What customers and machines have written are values
in them: templates/mail/letter.html escapes it all.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from .agency import text_on
from .characters import with_plain_breaks, without_invisible
from .models import Agency, Mail, MailEvent, Recipient, SiteOrder, WebhookEndpoint
from .payments.amounts import in_words

SUBJECT_LETTERS = 200
COLOUR = "#1f5c50"


@dataclass(frozen=True)
class Letter:
    """A mail in words: paragraphs, the words on the one button, and in ``quote`` what somebody else has said."""

    subject: str
    lines: tuple[str, ...]
    button: str
    quote: str = ""


@dataclass(frozen=True)
class Written:
    """A letter laid out."""

    subject: str
    text: str
    html: str


def write(order: SiteOrder, event: MailEvent, recipient: Recipient) -> Written:
    """The mail about the order as it stands, in the language in use."""
    to_customer = recipient is Recipient.CUSTOMER
    return lay_out(
        WORDS[event, recipient](order),
        address=Mail.LINK if to_customer else office_link(order),
        why=_("You get this mail because of order #%(number)s.") % {"number": order.number},
        greeting=_("Hello %(name)s,") % {"name": order.customer.name} if to_customer else "",
    )


def lay_out(letter: Letter, *, address: str, why: str, greeting: str = "") -> Written:
    """The letter as text and as HTML; its button leads to ``address``."""
    agency = Agency.objects.first() or Agency(name=_("Site builder"))
    colour = agency.colour or COLOUR
    context = {
        "letter": letter,
        "greeting": greeting,
        "address": address,
        "why": why,
        "agency": agency,
        "colour": colour,
        "on_colour": text_on(colour),
        "language": get_language(),
    }
    subject = " ".join(_clean(letter.subject).split())[:SUBJECT_LETTERS]
    text = render_to_string("mail/letter.txt", context)
    html = render_to_string("mail/letter.html", {**context, "subject": subject})
    return Written(subject, _clean(text), _clean(html))


def customer_link(order: SiteOrder) -> str:
    """The customer's own page of the order: whoever has this link may decide about the site."""
    return settings.PUBLIC_URL + reverse("customer_order", args=[order.access_token])


def office_link(order: SiteOrder) -> str:
    """The order's page in the back office."""
    return settings.PUBLIC_URL + reverse("admin:orders_siteorder_change", args=[order.pk])


def _clean(text: str) -> str:
    return without_invisible(with_plain_breaks(text))


# the words


def _paid(order: SiteOrder) -> Letter:
    about = {"product": order.product_name, "price": in_words(order.total, order.currency)}
    is_answered = order.onboarding.completed_at
    return Letter(
        subject=_("We have received your payment (order #%(number)s)") % {"number": order.number},
        lines=(
            _("Thank you! Your payment of %(price)s for “%(product)s” has arrived.") % about,
            _("We have all that we need and begin with your site.")
            if is_answered
            else _("Next we need some answers about your business. Another mail tells you how to give them."),
        ),
        button=_("Open your order"),
    )


def _onboarding(order: SiteOrder) -> Letter:
    return Letter(
        subject=_("Tell us about your business (order #%(number)s)") % {"number": order.number},
        lines=(
            _("So that we can make your site, please answer some questions: what you offer, where, and when."),
            ngettext(
                "Your site is ready one day after we have your answers.",
                "Your site is ready %(count)s days after we have your answers.",
                order.delivery_days,
            )
            % {"count": order.delivery_days},
        ),
        button=_("Answer the questions"),
    )


def _onboarding_reminder(order: SiteOrder) -> Letter:
    return Letter(
        subject=_("We still need your answers (order #%(number)s)") % {"number": order.number},
        lines=(
            _("We would like to begin with your site, but answers about your business are still missing."),
            _("If anything is unclear, simply reply to this mail."),
        ),
        button=_("Answer the questions"),
    )


def _review(order: SiteOrder) -> Letter:
    return Letter(
        subject=_("Your site is ready to look at (order #%(number)s)") % {"number": order.number},
        lines=(
            _("The site of %(business)s is finished.") % {"business": _business(order)},
            _("Look at it, then approve it, or tell us what shall be changed."),
            revisions_left(order),
        ),
        button=_("Look at the site"),
    )


def _review_reminder(order: SiteOrder) -> Letter:
    return Letter(
        subject=_("Your site is waiting for you (order #%(number)s)") % {"number": order.number},
        lines=(
            _("The site of %(business)s is finished and waits for your decision.") % {"business": _business(order)},
            _("Look at it, then approve it, or tell us what shall be changed."),
        ),
        button=_("Look at the site"),
    )


def _delivered(order: SiteOrder) -> Letter:
    return Letter(
        subject=_("Your site is delivered (order #%(number)s)") % {"number": order.number},
        lines=(
            _("The site of %(business)s is approved and delivered. Thank you!") % {"business": _business(order)},
            _("If anything is unclear, simply reply to this mail."),
        ),
        button=_("Open your order"),
    )


def _review_for_staff(order: SiteOrder) -> Letter:
    return Letter(
        subject=_("In review: %(business)s (order #%(number)s)") % _named(order),
        lines=(
            _("The site of %(business)s for %(customer)s is finished and has passed its checks.") % _named(order),
            _("The customer has been told.")
            if order.customer.email
            else _("The customer has no e-mail address: tell them yourself."),
        ),
        button=_("Open the order"),
    )


def _revision_for_staff(order: SiteOrder) -> Letter:
    return Letter(
        subject=_("Revision asked for: %(business)s (order #%(number)s)") % _named(order),
        lines=(
            _("%(customer)s wants something changed in the site of %(business)s.") % _named(order),
            _("Change the onboarding as it is asked for, then generate the site again."),
        ),
        quote=order.onboarding.note,
        button=_("Open the order"),
    )


def _failed_for_staff(order: SiteOrder) -> Letter:
    return Letter(
        subject=_("Needs attention: %(business)s (order #%(number)s)") % _named(order),
        lines=(_("The site of %(business)s for %(customer)s could not be made.") % _named(order),),
        quote=order.reason,
        button=_("Open the order"),
    )


def _payment_trouble_for_staff(order: SiteOrder) -> Letter:
    return Letter(
        subject=_("Trouble with a payment: %(business)s (order #%(number)s)") % _named(order),
        lines=(_("Something about the money for the site of %(business)s needs a decision of yours.") % _named(order),),
        quote=order.events.latest("pk").reason,
        button=_("Open the order"),
    )


def webhook_off(endpoint: WebhookEndpoint) -> Written:
    """The mail to staff about a webhook that is switched off."""
    about = {"name": endpoint.name}
    letter = Letter(
        subject=_("Webhook switched off: %(name)s") % about,
        lines=(
            _("The webhook “%(name)s” is told nothing any more.") % about,
            _("Once the program that listens works again, switch it on and have what it missed delivered again."),
        ),
        quote=f"{endpoint.url}\n{endpoint.switched_off_why}",
        button=_("Open the webhook"),
    )
    address = settings.PUBLIC_URL + reverse("admin:orders_webhookendpoint_change", args=[endpoint.pk])
    return lay_out(letter, address=address, why=_("You get this mail because you run the shop."))


def revisions_left(order: SiteOrder) -> str:
    left = order.revisions - order.revisions_used
    if not left:
        return _("The revisions included are used up.")
    words = ngettext("One revision is still included.", "%(count)s revisions are still included.", left)
    return words % {"count": left}


def _business(order: SiteOrder) -> str:
    return order.onboarding.business_name or order.customer.name


def _named(order: SiteOrder) -> dict[str, str | int]:
    return {"business": _business(order), "customer": order.customer.name, "number": order.number}


WORDS: dict[tuple[MailEvent, Recipient], Callable[[SiteOrder], Letter]] = {
    (MailEvent.PAID, Recipient.CUSTOMER): _paid,
    (MailEvent.ONBOARDING, Recipient.CUSTOMER): _onboarding,
    (MailEvent.ONBOARDING_REMINDER, Recipient.CUSTOMER): _onboarding_reminder,
    (MailEvent.REVIEW, Recipient.CUSTOMER): _review,
    (MailEvent.REVIEW, Recipient.STAFF): _review_for_staff,
    (MailEvent.REVIEW_REMINDER, Recipient.CUSTOMER): _review_reminder,
    (MailEvent.REVISION, Recipient.STAFF): _revision_for_staff,
    (MailEvent.DELIVERED, Recipient.CUSTOMER): _delivered,
    (MailEvent.FAILED, Recipient.STAFF): _failed_for_staff,
    (MailEvent.PAYMENT_TROUBLE, Recipient.STAFF): _payment_trouble_for_staff,
}
"""Who is told of what, and in which words."""
