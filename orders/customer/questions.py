"""How customers are asked: plain words for the fields of the onboarding, whose form and rules are those of everybody.

A field without words here goes by its own name.
"""

from typing import cast

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LABELS: dict[str, Promise] = {
    "business_name": _("Name of your business"),
    "locale": _("Language of the site"),
    "niche": _("What kind of business is it?"),
    "custom_niche": _("In your own words"),
    "service_areas": _("Where else do you work?"),
    "primary_service": _("Which service comes first?"),
    "objective": _("What shall the site do for you?"),
    "pages": _("Which pages shall it have?"),
    "primary_cta": _("What shall visitors do first?"),
    "cta_text": _("Words on the button for it"),
    "booking_url": _("Where do visitors book?"),
    "site_url": _("Your site's address, if you have one"),
    "tone": _("How shall the site sound?"),
    "description": _("What should visitors know about your business?"),
    "about_owner": _("Who is behind it?"),
    "seo_title": _("Title in search results"),
    "seo_description": _("Text in search results"),
    "seo_keywords": _("What do people search for?"),
}
HINTS: dict[str, Promise] = {
    "years_in_business": _("A whole number, such as 12."),
    "custom_niche": _("Only if you chose “Other”: what your business does, in a few words."),
    "street": _("Leave it out if customers do not come to you."),
    "country": _("Two letters, such as US, BR or MX."),
    "service_areas": _("Towns or quarters, one a line."),
    "primary_service": _("Its name, as you wrote it above."),
    "objective": _("For example: more calls from homeowners. It guides us and is not printed."),
    "pages": _("Choose none, and the site has those for which there is something to say."),
    "booking_url": _("Only if they book online: the address of that page, like https://example.com/book"),
    "site_url": _("Like https://example.com"),
    "colour_primary": _("Like #1f5c50. Leave the colours out, and we choose them."),
    "phone": _("One of phone, WhatsApp and e-mail is needed."),
    "social_instagram": _("The profile's address, or its name like @yourname."),
    "seo_title": _("Leave these out, and we write them."),
    "seo_keywords": _("One a line. They guide us and are not printed."),
}
LIST_HINTS: dict[str, Promise] = {
    "services": _("At least one. A sentence about each makes a better site."),
    "hours": _("A day that you do not name is closed. For a break at noon, use two rows."),
    "testimonials": _("What customers have said, word for word. We never make any up."),
    "team": _("Those whom visitors may meet."),
}
GROUP_LABELS: dict[str, Promise] = {
    "address": _("Address"),
    "colours": _("Colours"),
    "social": _("Social networks"),
    "seo": _("Search engines"),
}
_ATTRIBUTES: dict[str, dict[str, str]] = {
    "business_name": {"autocomplete": "organization"},
    "street": {"autocomplete": "street-address"},
    "city": {"autocomplete": "address-level2"},
    "state": {"autocomplete": "address-level1"},
    "postal_code": {"autocomplete": "postal-code"},
    "country": {"autocomplete": "country"},
    "phone": {"type": "tel", "autocomplete": "tel"},
    "whatsapp": {"type": "tel"},
    "email": {"inputmode": "email", "autocomplete": "email"},
    "booking_url": {"inputmode": "url"},
    "site_url": {"inputmode": "url", "autocomplete": "url"},
}


def ask(form: forms.Form) -> None:
    """Put the fields of the form into a customer's words, and help phones to the right keyboard."""
    for name, field in form.fields.items():
        label, hint, attributes = LABELS.get(name, field.label), HINTS.get(name, ""), _ATTRIBUTES.get(name, {})
        field.label, field.help_text = cast("str", label), cast("str", hint)  # lazy, as Django takes them too
        field.widget.attrs |= attributes
