"""Calls to addresses that somebody typed reach the internet and nothing else, whatever their names lead to."""

from __future__ import annotations

import socket
import time
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING, Any

import httpcore
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from generation import outgoing
from generation.outgoing import AddressRefused, NoAnswer, call, check_address, is_public
from tests.support.http_server import running, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from http.server import BaseHTTPRequestHandler
    from pathlib import Path

    from pytest_django import Settings

    from tests.support.http_server import Server

LOOPBACK = (ip_network("127.0.0.0/8"),)


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Server]]:
    yield from running(tmp_path)


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """A resolver that answers as it is told, one answer after the other, the last one for ever."""

    def resolve(*answers: list[str]) -> list[str]:
        left, asked = list(answers), []

        def getaddrinfo(host: str, port: int, *_arguments: Any, **_options: Any) -> list[Any]:
            if host[0].isdigit():  # an address is looked up as itself
                addresses = [host]
            else:
                asked.append(host)
                addresses = left.pop(0) if len(left) > 1 else left[0]
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

        monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
        return asked

    return resolve


NOT_PUBLIC = (
    "0.1.2.3", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.8.8.8", "169.254.169.254", "172.16.0.1", "192.0.0.1",
    "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1",
    "239.255.255.250", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::7f00:1", "64:ff9b:1::1", "100::1",
    "2001::1", "2001:db8::1", "2002:7f00:1::", "3fff::1", "5f00::1", "fc00::1", "fd12::1", "fe80::1", "fec0::1",
    "ff02::1",
)  # fmt: skip


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_what_is_not_of_the_internet_is_not_public(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "1.1.1.1", "93.184.215.14", "2606:4700:4700::1111", "2a00:1450::5"])
def test_what_is_of_the_internet_is_public(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "url",
    [
        "", "hook", "example.com/hook", "//example.com", "ftp://example.com", "file:///etc/passwd", "gopher://x:1/",
        "javascript:alert(1)", "http://", "http:///path", "http://:80/", "http://example.com:99999/",
        "http://example.com:0/", "http://exa mple.com/", "http://example.com/\r\nX: y", "http://user@example.com/",
        "http://user:secret@example.com/", "http://münchen.example/", f"http://example.com/{'x' * 2000}",
        "http://[::1", "http://[fe80::1%25eth0]/", "http://10.0.0.1/", "http://[::ffff:10.0.0.1]/", "http://127.0.0.1:8000/",
        "http://169.254.169.254/latest/meta-data/",
    ],
)  # fmt: skip
def test_addresses_that_could_never_be_called_are_refused_at_once(url: str) -> None:
    with pytest.raises(AddressRefused):
        check_address(url)


def test_in_production_addresses_begin_with_https(settings: Settings) -> None:
    check_address("http://example.com/hook")
    settings.OUTGOING_HTTPS_ONLY = True
    check_address("https://example.com/hook")
    with pytest.raises(AddressRefused, match="must begin with https://"):
        check_address("http://example.com/hook")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1", "0x7f.1", "2130706433", "localhost."])
def test_no_way_to_write_this_machine_leads_to_it(serve: Callable[..., Server], host: str) -> None:
    server = serve()
    with pytest.raises(AddressRefused, match="no public address"):
        call("GET", f"http://{host}:{server.port}/")
    assert server.asked() == []


def test_a_network_that_the_settings_allow_is_called(serve: Callable[..., Server], settings: Settings) -> None:
    settings.OUTGOING_ALLOWED_NETWORKS = LOOPBACK
    server = serve(say(201, b"made", X_Kind="test"))
    answer = call("POST", f"{server.url}/a%20b?c=d", body=b"{}", headers={"Content-Type": "application/json"})
    assert (answer.status, answer.body, answer.headers["x-kind"]) == (201, b"made", "test")
    (asked,) = server.asked()
    assert (asked.method, asked.path, asked.body) == ("POST", "/a%20b?c=d", b"{}")
    assert asked.headers["host"] == f"127.0.0.1:{server.port}"


def test_a_name_with_one_address_that_is_not_public_is_refused_whole(names: Callable[..., list[str]]) -> None:
    names(["93.184.215.14", "10.0.0.1"])
    with pytest.raises(AddressRefused, match=r"10\.0\.0\.1"):
        call("GET", "http://two.example/")


def test_a_name_that_changes_its_answer_is_asked_once_and_the_judged_address_is_called(
    serve: Callable[..., Server], names: Callable[..., list[str]], settings: Settings
) -> None:
    """Rebinding: good when it is judged, another place when it is called. There is no second look."""
    settings.OUTGOING_ALLOWED_NETWORKS = (ip_network("127.0.0.1/32"),)
    server = serve()
    asked = names(["127.0.0.1"], ["127.0.0.2"])
    assert call("GET", f"http://rebinding.example:{server.port}/").status == 200
    assert asked == ["rebinding.example"]
    assert server.asked()[0].headers["host"] == f"rebinding.example:{server.port}"

    with pytest.raises(AddressRefused, match=r"127\.0\.0\.2"):
        call("GET", f"http://rebinding.example:{server.port}/")
    assert len(server.asked()) == 1


def test_a_connection_that_ends_elsewhere_than_it_was_sent_is_refused(
    serve: Callable[..., Server], names: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Something between us and the network that turns a public address into one that is not."""
    server = serve()
    names(["93.184.215.14"])
    connect = httpcore.SyncBackend.connect_tcp
    monkeypatch.setattr(
        httpcore.SyncBackend,
        "connect_tcp",
        lambda self, host, port, **options: connect(self, "127.0.0.1", server.port, **options),
    )
    with pytest.raises(AddressRefused, match=r"127\.0\.0\.1"):
        call("GET", "http://turned.example/")
    assert server.asked() == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_an_answer_and_is_not_followed(
    serve: Callable[..., Server], settings: Settings, status: int
) -> None:
    settings.OUTGOING_ALLOWED_NETWORKS = LOOPBACK
    target = serve()
    server = serve(say(status, Location=target.url))
    assert call("POST", server.url).status == status
    assert target.asked() == []


def test_of_a_long_answer_only_so_much_is_kept(serve: Callable[..., Server], settings: Settings) -> None:
    settings.OUTGOING_ALLOWED_NETWORKS = LOOPBACK

    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            while True:
                handler.wfile.write(b"x" * 65536)
        except OSError:
            pass

    assert call("GET", serve(endless).url, most_bytes=1000).body == b"x" * 1000


def test_an_answer_that_drips_ends_with_the_time_of_the_whole_call(
    serve: Callable[..., Server], settings: Settings
) -> None:
    settings.OUTGOING_ALLOWED_NETWORKS = LOOPBACK

    def dripping(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for number in range(600):
            handler.wfile.write(b"X-%d: y\r\n" % number)
            time.sleep(0.1)

    begin = time.monotonic()
    with pytest.raises(NoAnswer, match="within 1 seconds"):
        call("GET", serve(dripping).url, seconds=1)
    assert time.monotonic() - begin < 3


@pytest.mark.parametrize("said", [b"", b"SSH-2.0-OpenSSH_9.6\r\n", b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 50_000])
def test_what_is_no_http_is_no_answer(serve: Callable[..., Server], settings: Settings, said: bytes) -> None:
    settings.OUTGOING_ALLOWED_NETWORKS = LOOPBACK

    def talk(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(said)

    with pytest.raises(NoAnswer):
        call("GET", serve(talk).url, seconds=3)


def test_a_port_at_which_nobody_listens_and_a_name_that_is_none_are_no_answers(
    serve: Callable[..., Server], settings: Settings
) -> None:
    settings.OUTGOING_ALLOWED_NETWORKS = LOOPBACK
    server = serve()
    server.close()
    with pytest.raises(NoAnswer):
        call("GET", server.url, seconds=2)
    with pytest.raises(NoAnswer):
        call("GET", "http://nobody.invalid/", seconds=2)


def test_tls_is_made_with_the_name_and_not_with_the_address(
    serve: Callable[..., Server], names: Callable[..., list[str]], settings: Settings, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    settings.OUTGOING_ALLOWED_NETWORKS = LOOPBACK
    tls = _certificate(tmp_path, "hooks.example")
    server = serve(say(204), tls=tls)
    names(["127.0.0.1"])
    monkeypatch.setenv("SSL_CERT_FILE", str(tls[0]))
    outgoing._tls.cache_clear()
    try:
        assert call("GET", f"https://hooks.example:{server.port}/").status == 204
        with pytest.raises(NoAnswer, match="certificate"):
            call("GET", f"https://other.example:{server.port}/")
        monkeypatch.delenv("SSL_CERT_FILE")
        outgoing._tls.cache_clear()
        with pytest.raises(NoAnswer, match="certificate"):
            call("GET", f"https://hooks.example:{server.port}/")
    finally:
        outgoing._tls.cache_clear()
    assert len(server.asked()) == 1


def test_a_proxy_of_the_environment_is_not_used(
    serve: Callable[..., Server], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.OUTGOING_ALLOWED_NETWORKS = LOOPBACK
    server, proxy = serve(), serve()
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, proxy.url)
    call("GET", server.url)
    assert (len(server.asked()), proxy.asked()) == (1, [])


def _certificate(folder: Path, name: str) -> tuple[Path, Path]:
    """A certificate for this name that is its own authority, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    places = folder / "certificate.pem", folder / "key.pem"
    places[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    places[1].write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return places
