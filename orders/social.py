"""Addresses of profiles on social networks, from what customers write for them."""

import re
from typing import NamedTuple
from urllib.parse import urlsplit

from pydantic_core import PydanticCustomError

from generation.contracts import Network
from generation.contracts.rules import check_web_address


class Site(NamedTuple):
    """A network's hosts (their subdomains too), and what stands before a handle in a profile's address."""

    hosts: tuple[str, ...]
    profile: str


SITES: dict[str, Site] = {
    Network.INSTAGRAM: Site(("instagram.com",), "https://www.instagram.com/"),
    Network.FACEBOOK: Site(("facebook.com", "fb.com"), "https://www.facebook.com/"),
    Network.LINKEDIN: Site(("linkedin.com",), "https://www.linkedin.com/company/"),
    Network.YOUTUBE: Site(("youtube.com", "youtu.be"), "https://www.youtube.com/@"),
    Network.TIKTOK: Site(("tiktok.com",), "https://www.tiktok.com/@"),
    Network.X: Site(("x.com", "twitter.com"), "https://x.com/"),
    Network.PINTEREST: Site(("pinterest.com", "pin.it"), "https://www.pinterest.com/"),
}
_HANDLE = re.compile(r"@?([A-Za-z0-9_][A-Za-z0-9._-]{0,99})")


def profile_address(network: str, given: str) -> str | None:
    """The profile's address on that network, or None where ``given`` is neither address nor handle there."""
    if network not in SITES:
        return None
    handle = _HANDLE.fullmatch(given)
    if handle and handle[1].lower() not in SITES[network].hosts:
        return SITES[network].profile + handle[1]
    address = given if "://" in given else f"https://{given}"
    return address if _is_profile(network, address) else None


def _is_profile(network: str, address: str) -> bool:
    try:
        parts = urlsplit(check_web_address(address))
    except PydanticCustomError:
        return False
    host = f".{parts.hostname}"
    return any(host.endswith(f".{known}") for known in SITES[network].hosts) and len(parts.path) > 1
