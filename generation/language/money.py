"""Finds sums of money in a text."""

import re

PRICE = re.compile(
    r"(?:(?:\b(?:R|US|MX|AR|CL|CO))?\$|€|£)\s?\d|\d\s?(?:€|£|\$)"
    r"|\d\s?(?:reais|real|d[oó]lares|dollars?|bucks|euros?|pesos|soles|USD|BRL|EUR|MXN|ARS|COP|CLP)\b",
    re.IGNORECASE,
)


def has_price(text: str | None) -> bool:
    """Whether the text names a sum of money."""
    return bool(text and PRICE.search(text))
