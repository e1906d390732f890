"""Telephone numbers as libphonenumber judges them: a module apart, as loading that library takes long."""

import phonenumbers

from .fields import COUNTRY_OF_LOCALE

COUNTRIES = frozenset(phonenumbers.SUPPORTED_REGIONS)


def parse_phone(number: str, country: str | None) -> phonenumbers.PhoneNumber | None:
    """The number as libphonenumber reads it in that country, or None where it is no number that can be called."""
    try:
        parsed = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        return None
    return parsed if phonenumbers.is_valid_number(parsed) else None


def country_of(number: str) -> str | None:
    """The country of an international number that can be called, else None."""
    parsed = parse_phone(number, None)
    return phonenumbers.region_code_for_number(parsed) if parsed else None


def learn_phones() -> None:
    """Judge a number of each country that a language means: a process's first one takes it ten times as long."""
    for country in COUNTRY_OF_LOCALE.values():
        if example := phonenumbers.example_number(country):
            parse_phone(phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.NATIONAL), country)
