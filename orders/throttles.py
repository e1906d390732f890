"""How many requests a caller and an address may send, to the API and to customers' pages: counted in the broker, so by
all web processes together.

Counted in windows of a minute by the clock. While the broker does not answer, each process counts for itself, so
that the API goes on and still has a limit.
"""

import time
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.http import HttpRequest
from limits.errors import StorageError
from limits.storage import MemoryStorage, RedisStorage, Storage

WINDOW_SECONDS = 60
_PREFIX = "sitebuilder:api"


@dataclass(frozen=True)
class Count:
    """Where somebody stands with one limit."""

    policy: str
    limit: int
    used: int
    reset_seconds: int

    @property
    def left(self) -> int:
        return max(0, self.limit - self.used)


class TooMany(Exception):
    """One request too many, by this count."""

    def __init__(self, count: Count) -> None:
        super().__init__(count)
        self.count = count

    @property
    def headers(self) -> dict[str, str]:
        """When to come again."""
        return {**headers([self.count]), "Retry-After": str(self.count.reset_seconds)}


class Counter:
    """Counts in the broker; by itself for a while where that does not answer."""

    def __init__(self, shared: Storage) -> None:
        self._shared, self._own = shared, MemoryStorage()
        self._alone_until = 0.0

    def add(self, key: str) -> int:
        """Count one more; returns how many there are in this window."""
        if time.monotonic() >= self._alone_until:
            try:
                return self._shared.incr(key, WINDOW_SECONDS)
            except StorageError:
                self._alone_until = time.monotonic() + settings.BROKER_RETRY_PAUSE_SECONDS
        return self._own.incr(key, WINDOW_SECONDS)


@cache
def counter() -> Counter:
    seconds = settings.BROKER_TIMEOUT_SECONDS
    url = settings.BROKER_URL
    return Counter(
        RedisStorage(
            f"redis+{url}" if url.startswith("unix:") else url,
            wrap_exceptions=True,
            key_prefix=_PREFIX,
            socket_timeout=seconds,
            socket_connect_timeout=seconds,
        )
    )


def count(policy: str, who: str, limit: int) -> Count:
    """Count one request of ``who``. Raises TooMany."""
    now = time.time()
    window, passed = divmod(now, WINDOW_SECONDS)
    used = counter().add(f"{policy}:{who}:{window:.0f}")
    found = Count(policy, limit, used, reset_seconds=max(1, round(WINDOW_SECONDS - passed)))
    if used > limit:
        raise TooMany(found)
    return found


def headers(counts: list[Count]) -> dict[str, str]:
    """``RateLimit-Policy`` and ``RateLimit`` as the IETF's draft for HTTP has them."""
    return {
        "RateLimit-Policy": ", ".join(f'"{each.policy}";q={each.limit};w={WINDOW_SECONDS}' for each in counts),
        "RateLimit": ", ".join(f'"{each.policy}";r={each.left};t={each.reset_seconds}' for each in counts),
    }


def address_of(request: HttpRequest) -> str:
    """Where the request comes from: what the proxy in front says, if there is one that is believed."""
    forwarded: str = request.headers.get("X-Forwarded-For", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")
