"""What goes wrong again and again is said once by each process, until it goes well, or wrong in another way."""

_known: dict[str, str] = {}


def is_new(what: str, how: object) -> bool:
    """Whether that has not gone wrong like this the last time."""
    before, _known[what] = _known.get(what), repr(how)
    return before != _known[what]


def is_over(what: str) -> bool:
    """It went well. Returns whether it had gone wrong before."""
    return _known.pop(what, None) is not None
