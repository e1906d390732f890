"""Bodies as they come over the wire: in chunks, without a length, and without an end."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import pytest

from orders.models import Scope, SiteOrder
from sitebuilder.handler import Handler
from tests.api.support import Api
from tests.orders.factories import make_product

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import Settings

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.one_database]
ORDERS = "/api/site-orders/"
FORM = {"Content-Type": "multipart/form-data; boundary=x", "Cookie": f"csrftoken={'x' * 32}"}


class Sent:
    """A POST whose body comes in chunks; ``taken`` of them were asked for."""

    def __init__(self, path: str, chunks: Iterator[bytes], headers: dict[str, str]) -> None:
        self.taken, self.status, self.body = 0, 0, b""
        self._chunks = chunks
        headers = {"Host": "testserver", **headers}
        self._scope = {
            "type": "http", "method": "POST", "path": path, "query_string": b"", "http_version": "1.1",
            "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
        }  # fmt: skip
        asyncio.run(self._send())

    async def _send(self) -> None:
        handler = Handler(1)
        handler.load_middleware()
        await handler(self._scope, self._receive, self._take)

    async def _receive(self) -> dict[str, Any]:
        for chunk in self._chunks:
            self.taken += 1
            return {"type": "http.request", "body": chunk, "more_body": True}
        if self._chunks is not NOTHING:
            self._chunks = NOTHING
            return {"type": "http.request", "body": b"", "more_body": False}
        await asyncio.Event().wait()
        raise AssertionError

    async def _take(self, message: Any) -> None:
        self.status = message.get("status", self.status)
        self.body += message.get("body", b"")


NOTHING: Iterator[bytes] = iter(())


def in_chunks(text: str) -> Iterator[bytes]:
    return (text[start : start + 7].encode() for start in range(0, len(text), 7))


def test_a_body_without_a_length_is_read_as_any_other() -> None:
    headers = {**Api.with_key(Scope.ORDERS).headers, "Content-Type": "application/json", "Idempotency-Key": "one"}
    wish = {"product": make_product().pk, "customer": {"name": "Ana"}}

    placed = Sent(ORDERS, in_chunks(json.dumps(wish)), headers)
    another = Sent(ORDERS, in_chunks(json.dumps({**wish, "notes": "Soon"})), headers)
    malformed = Sent(ORDERS, in_chunks("{"), {**headers, "Idempotency-Key": "two"})

    assert (placed.status, SiteOrder.objects.get().customer.name) == (201, "Ana")
    assert (another.status, json.loads(another.body)["code"]) == (422, "idempotency_key_reused")
    assert (malformed.status, json.loads(malformed.body)["code"]) == (400, "malformed_body")


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        (ORDERS, 413, "body_too_big"),
        ("/order/nobody/onboarding/identity/", 413, "That is too big"),
        ("/admin/login/", 400, "What was sent is too long"),
    ],
)
def test_of_a_body_without_an_end_no_more_is_taken_than_may_be_sent(
    path: str, status: int, words: str, settings: Settings
) -> None:
    settings.MAX_BODY_BYTES = 1000

    refused = Sent(path, iter(lambda: b" " * 100, b""), FORM)

    assert (refused.status, words in refused.body.decode()) == (status, True)
    assert refused.taken == 11
