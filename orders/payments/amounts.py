"""Amounts as Stripe writes them, whole numbers of a currency's smallest unit, and as people read them."""

from decimal import Decimal

from babel.numbers import format_currency
from django.utils.translation import get_language, to_locale

_WITHOUT_CENTS = frozenset(
    ("BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF")
)
_WITH_THREE_PLACES = frozenset(["BHD", "JOD", "KWD", "OMR", "TND"])
_WHOLE_ALL_THE_SAME = frozenset(("ISK", "UGX"))  # written with two places, which must both be 0


class NotPayable(ValueError):
    """An amount that the currency has no coins for."""


def minor(amount: Decimal, currency: str) -> int:
    """The amount in the smallest unit. Raises NotPayable."""
    units = amount.scaleb(_places(currency))
    is_whole = units == units.to_integral_value()
    if not is_whole or (currency in _WHOLE_ALL_THE_SAME and units % 100):
        raise NotPayable(f"{amount} {currency}")
    return int(units)


def major(units: int, currency: str) -> Decimal:
    """The other way round."""
    return Decimal(units).scaleb(-_places(currency))


def in_words(amount: Decimal, currency: str) -> str:
    """The amount as the reader's language writes it."""
    return format_currency(amount, currency, locale=to_locale(get_language() or "en"))


def _places(currency: str) -> int:
    return 0 if currency in _WITHOUT_CENTS else 3 if currency in _WITH_THREE_PLACES else 2
