"""The web server: where it listens, and how it serves the ASGI application."""

import errno
import socket
from argparse import ArgumentTypeError
from contextlib import suppress

import uvicorn
from django.utils.translation import gettext as _

HOST, PORT = "127.0.0.1", 8000
WAITING_CONNECTIONS = 2048
STOP_SECONDS = 5


class NotListening(Exception):
    """The address cannot be had; the message says why and what to do."""


def port_number(text: str) -> int:
    """A port from the command line."""
    if text.isdecimal() and 0 < int(text) < 2**16:
        return int(text)
    raise ArgumentTypeError(_("“%(text)s” is no port; give a number from 1 to 65535") % {"text": text})


def address(host: str, port: int) -> str:
    """The address of the web in a URL, without a slash at its end."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def listen(host: str, port: int) -> socket.socket:
    """Returns a socket that takes connections; raises NotListening."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=WAITING_CONNECTIONS)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise NotListening(
                _("Port %(port)s of %(host)s is taken by another program. Stop that one, or choose another port.")
                % {"port": port, "host": host}
            ) from error
        raise NotListening(
            _("The web cannot listen at %(address)s: %(reason)s.")
            % {"address": address(host, port), "reason": error.strerror or error}
        ) from error


def serve(listening: socket.socket, application: str = "sitebuilder.asgi:application") -> None:
    """Serve until SIGTERM or Ctrl-C; requests that have begun get a few seconds to end."""
    server = uvicorn.Server(
        uvicorn.Config(
            application,
            log_config=None,  # its lines go where all others go
            access_log=False,  # sitebuilder.request_log writes it, without secrets
            lifespan="off",
            ws="none",
            server_header=False,
            proxy_headers=False,  # Django's own setting decides whom to believe
            timeout_graceful_shutdown=STOP_SECONDS,
        )
    )
    with suppress(KeyboardInterrupt):
        server.run(sockets=[listening])
