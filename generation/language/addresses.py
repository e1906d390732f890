"""Postal addresses on one line, as people of the country write them."""

from generation.contracts import Address

_BEFORE_CITY = frozenset({"ES", "FR", "DE", "IT", "PT", "AT", "CH", "BE", "NL", "MX", "AR", "CL", "UY", "DO", "CR"})


def place(address: Address) -> str:
    """The town with its state: "Campinas, SP"."""
    return ", ".join(filter(None, (address.city, address.state)))


def town(address: Address, country: str | None) -> str:
    """The line below the street: "Campinas, SP 13015-002", "44100 Guadalajara, Jalisco"."""
    code = address.postal_code
    if country in _BEFORE_CITY:
        return ", ".join(filter(None, (" ".join(filter(None, (code, address.city))), address.state)))
    return " ".join(filter(None, (place(address), code)))


def one_line(address: Address, country: str | None) -> str | None:
    """The whole address; None without a street, which leaves only a place."""
    if address.street is None:
        return None
    code, state = address.postal_code, address.state
    if country == "BR":
        parts = [address.street, place(address), code and f"CEP {code}"]
    elif country in _BEFORE_CITY:
        parts = [address.street, town(address, country)]
    else:
        parts = [address.street, address.city, " ".join(filter(None, (state, code)))]
    return ", ".join(filter(None, parts))
