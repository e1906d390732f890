"""Kinds of columns that several tables share."""

from collections.abc import Iterable
from typing import Any

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from generation.contracts import Locale

LOCALES = [
    (Locale.EN.value, _("English")),
    (Locale.PT_BR.value, _("Brazilian Portuguese")),
    (Locale.ES.value, _("Spanish")),
]
CURRENCY = r"^[A-Z]{3}$"


def locale_field(label: Any, **options: Any) -> "models.CharField[str, str]":
    """A language that a site can be written in."""
    return models.CharField(label, max_length=8, choices=LOCALES, **options)


def currency_field(**options: Any) -> "models.CharField[str, str]":
    """An ISO 4217 code."""
    return models.CharField(_("currency"), max_length=3, validators=[RegexValidator(CURRENCY)], **options)


def price_field(**options: Any) -> "models.DecimalField[Any, Any]":
    """An amount of money in the currency beside it; never negative."""
    return models.DecimalField(
        _("price"), max_digits=10, decimal_places=2, validators=[MinValueValidator(0)], **options
    )


def sold_for(table: str) -> list[models.CheckConstraint]:
    """What holds for a table with a price and a currency."""
    return [
        models.CheckConstraint(condition=Q(price__gte=0), name=f"orders_{table}_price_not_negative"),
        models.CheckConstraint(condition=Q(currency__regex=CURRENCY), name=f"orders_{table}_currency_is_iso"),
    ]


def known_value(table: str, field: str, values: Iterable[str]) -> models.CheckConstraint:
    """The field holds one of ``values``."""
    return models.CheckConstraint(condition=Q(**{f"{field}__in": list(values)}), name=f"orders_{table}_{field}_known")
