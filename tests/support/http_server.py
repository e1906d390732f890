"""A real HTTP server, in a process of its own, whose answers a test decides and whose requests it can read."""

from __future__ import annotations

import json
import multiprocessing
import socket
import ssl
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_FORK = multiprocessing.get_context("fork")


@dataclass(frozen=True)
class Asked:
    """A request as the server got it."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


class Server:
    """Listens at 127.0.0.1 until it is closed; ``asked`` reads what has come in so far."""

    def __init__(self, folder: Path, answer: Callable[[BaseHTTPRequestHandler], None], **options: Any) -> None:
        self._log = folder / f"asked-{id(self)}"
        self._log.touch()
        listening = socket.create_server(
            (options.get("host", "127.0.0.1"), 0), family=options.get("family", socket.AF_INET)
        )
        self.port: int = listening.getsockname()[1]
        self._process = _FORK.Process(target=_serve, args=(listening, self._log, answer, options.get("tls")))
        self._process.start()
        listening.close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def asked(self) -> list[Asked]:
        lines = map(json.loads, self._log.read_text().splitlines())
        return [Asked(**{**line, "body": bytes.fromhex(line["body"])}) for line in lines]

    def close(self) -> None:
        self._process.kill()
        self._process.join()


def _serve(listening: socket.socket, log: Path, answer: Callable[[BaseHTTPRequestHandler], None], tls: Any) -> None:
    class Handler(BaseHTTPRequestHandler):
        timeout = 5

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            line = {
                "method": self.command, "path": self.path, "body": body.hex(),
                "headers": {name.lower(): value for name, value in self.headers.items()},
            }  # fmt: skip
            with log.open("a") as file:
                file.write(json.dumps(line) + "\n")
            answer(self)

        do_GET = do_POST

        def log_message(self, *_words: Any) -> None:
            pass

    server = HTTPServer(listening.getsockname()[:2], Handler, bind_and_activate=False)
    server.socket = listening
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*tls)
        server.socket = context.wrap_socket(listening, server_side=True)
    server.serve_forever()


def say(status: int = 200, body: bytes = b"", **headers: str) -> Callable[[BaseHTTPRequestHandler], None]:
    """Answer so; an underscore in a header's name stands for a hyphen."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"Content_Length": str(len(body)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def running(folder: Path) -> Iterator[Callable[..., Server]]:
    """Starts servers, and closes them in the end: the body of a fixture."""
    servers: list[Server] = []

    def start(answer: Callable[[BaseHTTPRequestHandler], None] | None = None, **options: Any) -> Server:
        servers.append(Server(folder, answer or say(), **options))
        return servers[-1]

    yield start
    for server in servers:
        server.close()
