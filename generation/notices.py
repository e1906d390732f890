"""The words for what was repaired, left out or inferred: one line a code, shown to staff and in the report."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .contracts import Notice

MESSAGES: Final[dict[str, Promise]] = {
    # inferred
    "country_inferred": _("%(where)s: no country was given; %(detail)s was inferred."),
    "site_url_reserved": _("%(where)s: the site has no address yet; %(detail)s stands in for it."),
    # repaired
    "markup_removed": _("%(where)s: HTML was taken out; the text stays."),
    "characters_removed": _("%(where)s: control characters that nobody can see were taken out."),
    "colour_dropped": _("%(where)s: this is not a colour like #1f7a5c; another was derived."),
    "social_completed": _("%(where)s: completed to the address %(detail)s."),
    "social_dropped": _("%(where)s: this is not an address of that network; the link was left out."),
    # done otherwise than asked
    "form_by_mail": _("%(where)s: no address takes forms yet; the main button opens an e-mail to %(detail)s."),
    "action_changed": _("%(where)s: the way asked for is not among the contacts; the main button uses %(detail)s."),
    # left out
    "braces_left_out": _("%(where)s: sentence %(detail)s was left out; it holds template code."),
    "order_left_out": _("%(where)s: sentence %(detail)s was left out; it gives orders to the writer of the site."),
    "testimonial_left_out": _("%(where)s: left out; it holds template code or orders, and testimonials stay whole."),
    "photo_left_out": _("%(where)s: the picture %(detail)s was left out; its file was not given."),
    "page_left_out": _("%(where)s: the page “%(detail)s” was asked for, but there is nothing to show on it."),
    "page_unlawful": _("%(where)s: the page “%(detail)s” was left out; the rules of the profession forbid it."),
    "testimonials_unlawful": _(
        "%(where)s: testimonials were left out (%(detail)s); the rules of the profession forbid them."
    ),
    "sentence_unlawful": _("%(where)s: sentence %(detail)s was left out; the rules of the profession forbid it."),
}


def words(notice: Notice) -> str:
    """The notice in the language in use."""
    return str(MESSAGES[notice.code]) % {"where": notice.where, "detail": notice.detail}
