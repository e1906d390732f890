"""Picks among equals, the same in every process: by a keyed hash, never by chance.

Each option is weighed by itself, so a new option takes its share and moves nothing between the others.
"""

import hashlib
from collections.abc import Iterable


def order(seed: str, variation: int, slot: str, options: Iterable[str]) -> list[str]:
    """The options in the order in which this site would have them.

    ``seed`` is the brief's (hex of 32 bytes), ``variation`` counts the looks that were asked for, and ``slot``
    names the place: two places of a site choose apart.
    """

    def weight(option: str) -> bytes:
        place = "\0".join((str(variation), slot, option))
        return hashlib.blake2b(place.encode(), key=bytes.fromhex(seed), digest_size=8).digest()

    return sorted(options, key=weight)


def pick(seed: str, variation: int, slot: str, options: Iterable[str]) -> str:
    """The first of :func:`order`. Raises IndexError where there is no option."""
    return order(seed, variation, slot, options)[0]
