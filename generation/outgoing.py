"""The one guard for calls to addresses that somebody typed.

A host is looked up once; each address that it has is judged, and the connection goes to the one that was judged, so
that a name which changes its answer changes nothing. TLS and the Host header keep the name. Redirects are answers,
not followed. No proxy of the environment is used. All of a call has one time limit, and its answer a size.
"""

import os
import socket
import ssl
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any
from urllib.parse import SplitResult, urlsplit

import certifi
import httpcore
from django.conf import settings
from django.utils.translation import gettext as _

Address = IPv4Address | IPv6Address

ANSWER_BYTES = 64 * 1024
SECONDS = 15.0
ADDRESS_LETTERS = 2000
_PORTS = {"http": 80, "https": 443}
_GLOBAL_UNICAST = IPv6Network("2000::/3")
# Special ranges inside what counts as public: relays and tunnels that lead to IPv4 addresses, and documentation.
_NOT_PUBLIC = tuple(map(ip_network, ("192.88.99.0/24", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))


class AddressRefused(ValueError):
    """An address that must not be called; the words say why and what would do."""


class NoAnswer(ConnectionError):
    """Nobody answered, not in time, or not in HTTP."""


@dataclass(frozen=True)
class Answer:
    """What came back: headers by their names in small letters, and as much of the body as is kept."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def check_address(url: str) -> None:
    """Raise AddressRefused for an address that could never be called, whatever its host's name leads to."""
    parts = _split(url)
    try:
        literal = ip_address(_host(parts))
    except ValueError:
        return
    _judge(literal)


def call(
    method: str,
    url: str,
    *,
    body: bytes = b"",
    headers: Mapping[str, str] | None = None,
    seconds: float = SECONDS,
    most_bytes: int = ANSWER_BYTES,
) -> Answer:
    """Ask, and return the answer, of whatever status. Raises AddressRefused and NoAnswer."""
    parts = _split(url)
    backend = _Judged(until=time.monotonic() + seconds)
    try:
        with (
            httpcore.ConnectionPool(ssl_context=_tls(), network_backend=backend, max_connections=1) as pool,
            pool.stream(method, _url(parts), headers=_headers(parts, headers), content=body) as response,
        ):
            kept = _bounded(response.iter_stream(), most_bytes)
            return Answer(response.status, {n.decode().lower(): v.decode("latin-1") for n, v in response.headers}, kept)
    except (httpcore.TimeoutException, TimeoutError):
        raise NoAnswer(_("no whole answer within %(seconds)s seconds") % {"seconds": round(seconds)}) from None
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError, UnicodeError) as error:
        raise NoAnswer(str(error) or type(error).__name__) from error


def is_public(address: Address) -> bool:
    """Whether the address is one of the internet's, and leads nowhere else."""
    if any(address in network for network in _NOT_PUBLIC if network.version == address.version):
        return False
    if isinstance(address, IPv6Address):
        return address in _GLOBAL_UNICAST and address.is_global
    return address.is_global and not (address.is_multicast or address.is_reserved)


def _judge(address: Address) -> None:
    """Raise AddressRefused unless the address is public, or allowed by name in the settings."""
    address = getattr(address, "ipv4_mapped", None) or address
    allowed: Iterable[IPv4Network | IPv6Network] = settings.OUTGOING_ALLOWED_NETWORKS
    if not (is_public(address) or any(address in network for network in allowed if network.version == address.version)):
        about = {"address": address}
        raise AddressRefused(
            _("%(address)s is no public address. Give another, or add its network to OUTGOING_ALLOWED_NETWORKS.")
            % about
        )


def _split(url: str) -> SplitResult:
    """The parts of an address that may be asked for. Raises AddressRefused."""
    schemes = ("https",) if settings.OUTGOING_HTTPS_ONLY else ("https", "http")
    try:
        parts = urlsplit(url)
        port = parts.port
        host = _host(parts)
    except (ValueError, UnicodeError):
        parts, port, host = SplitResult("", "", "", "", ""), None, ""
    if len(url) > ADDRESS_LETTERS or not (url.isprintable() and url.isascii()) or " " in url or not host or port == 0:
        raise AddressRefused(_("This is no address. Write it like https://example.com/hook."))
    if parts.scheme not in schemes:
        raise AddressRefused(_("The address must begin with %(schemes)s.") % {"schemes": _schemes(schemes)})
    if "@" in parts.netloc:
        raise AddressRefused(_("The address must not hold a user or password."))
    return parts


def _schemes(schemes: Iterable[str]) -> str:
    return _(" or ").join(f"{scheme}://" for scheme in schemes)


def _host(parts: SplitResult) -> str:
    return (parts.hostname or "").rstrip(".")


def _url(parts: SplitResult) -> httpcore.URL:
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return httpcore.URL(scheme=parts.scheme, host=_host(parts), port=parts.port, target=target)


def _headers(parts: SplitResult, given: Mapping[str, str] | None) -> list[tuple[str, str]]:
    bare = f"[{_host(parts)}]" if ":" in _host(parts) else _host(parts)
    is_usual = parts.port in (None, _PORTS[parts.scheme])
    return [("Host", bare if is_usual else f"{bare}:{parts.port}"), ("Connection", "close"), *(given or {}).items()]


def _bounded(chunks: Iterable[bytes], most: int) -> bytes:
    """As much as is kept; the rest is not even read."""
    kept = b""
    for chunk in chunks:
        kept += chunk
        if len(kept) >= most:
            break
    return kept[:most]


@cache
def _tls() -> ssl.SSLContext:
    """Certificates of the public authorities, or those that SSL_CERT_FILE names."""
    context = ssl.create_default_context(cafile=os.environ.get("SSL_CERT_FILE") or certifi.where())
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


class _Judged(httpcore.NetworkBackend):
    """Connects to addresses that have been judged, and to nothing else."""

    def __init__(self, *, until: float) -> None:
        self._plain, self._until = httpcore.SyncBackend(), until

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = _addresses_of(host, port)
        for address in addresses:
            _judge(address)
        for address in addresses[:-1]:
            try:
                return self._connect(address, port)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return self._connect(addresses[-1], port)

    def _connect(self, address: Address, port: int) -> httpcore.NetworkStream:
        stream = self._plain.connect_tcp(str(address), port, timeout=_left(self._until))
        try:
            _judge(ip_address(stream.get_extra_info("server_addr")[0]))  # whatever lies in between
        except BaseException:
            stream.close()
            raise
        return _Timed(stream, self._until)


class _Timed(httpcore.NetworkStream):
    """A stream whose every wait ends when the time of the whole call is over."""

    def __init__(self, stream: httpcore.NetworkStream, until: float) -> None:
        self._stream, self._until = stream, until

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._until))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._until))

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, _left(self._until)), self._until)

    def close(self) -> None:
        self._stream.close()

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _addresses_of(host: str, port: int) -> list[Address]:
    """All addresses that the name has now."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(ip_address(str(place[0]).partition("%")[0]) for *_kind, place in found))


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout
    return left
