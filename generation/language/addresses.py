"""Postal addresses on one line, as people of the country write them."""

from generation.contracts import Address

_BEFORE_CITY = frozenset({"ES", "FR", "DE", "IT", "PT", "AT", "CH", "BE", "NL", "MX", "AR", "CL", "UY", "DO", "CR"})


def place(address: Address) -> str:
    """The town with its state: "Campinas, SP"."""
    return ", ".join(filter(None, (address.city, address.state)))


def one_line(address: Address, country: str | None) -> str | None:
    """The whole address; None without a street, which leaves only a place."""
    if address.street is None:
        return None
    code, state = address.postal_code, address.state
    if country == "BR":
        parts = [address.street, place(address), code and f"CEP {code}"]
    elif country in _BEFORE_CITY:
        parts = [address.street, " ".join(filter(None, (code, address.city))), state]
    else:
        parts = [address.street, address.city, " ".join(filter(None, (state, code)))]
    return ", ".join(filter(None, parts))
