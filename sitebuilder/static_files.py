"""Static files of the back office, answered before Django is asked."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any
from wsgiref.headers import Headers

from whitenoise import WhiteNoise

CHUNK_BYTES = 64 * 1024

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]


class StaticFiles:
    """An ASGI application that answers for the files of a folder and leaves all else to another application.

    WhiteNoise as Django's middleware would answer with synchronous iterators, which Django warns of under ASGI.
    The files are those that are there when the process starts.
    """

    def __init__(self, application: Application, *, root: Path, prefix: str) -> None:
        self.application = application
        self.files = WhiteNoise(None, allow_all_origins=False, add_headers_function=_add_headers)
        if root.is_dir():
            self.files.add_files(str(root), prefix)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] in self.files.files:
            await self._answer(scope, send)
        else:
            await self.application(scope, receive, send)

    async def _answer(self, scope: Scope, send: Send) -> None:
        asked = {
            f"HTTP_{name.decode().upper().replace('-', '_')}": value.decode("latin-1")
            for name, value in scope["headers"]
        }
        response = self.files.files[scope["path"]].get_response(scope["method"], asked)
        headers = [(name.lower().encode(), value.encode()) for name, value in response.headers]
        await send({"type": "http.response.start", "status": response.status, "headers": headers})
        if response.file:
            with response.file as file:
                for chunk in iter(partial(file.read, CHUNK_BYTES), b""):
                    await send({"type": "http.response.body", "body": chunk, "more_body": True})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


def _add_headers(headers: Headers, _path: str, _url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
