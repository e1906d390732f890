"""Telephone numbers as people of their country write them, and as links."""

from phonenumbers import PhoneNumberFormat, format_number, region_code_for_number

from generation.contracts import Phone
from generation.contracts.phones import parse_phone


def phone(number: str, country: str | None, *, whatsapp: bool = False) -> Phone | None:
    """The number in its three forms, or None where it cannot be called.

    The text is national in the business's own country and international elsewhere; the link is a ``tel:`` address,
    or one of wa.me.
    """
    parsed = parse_phone(number, country)
    if parsed is None:
        return None
    at_home = region_code_for_number(parsed) == country
    e164 = format_number(parsed, PhoneNumberFormat.E164)
    return Phone(
        e164=e164,
        text=format_number(parsed, PhoneNumberFormat.NATIONAL if at_home else PhoneNumberFormat.INTERNATIONAL),
        href=f"https://wa.me/{e164[1:]}" if whatsapp else f"tel:{e164}",
    )
