"""A program that uses the API."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.test import Client

from orders.api.keys import make_key
from orders.models import Scope

if TYPE_CHECKING:
    from orders.models import Customer

BASE = "/api/site-orders"


@dataclass
class Api:
    """Sends JSON with a key; ``headers`` go with every request."""

    client: Client
    headers: dict[str, str]

    @classmethod
    def with_key(cls, scope: Scope = Scope.ADMIN, customer: Customer | None = None) -> Api:
        _key, secret = make_key(name="test", scope=scope, customer=customer)
        return cls(Client(), {"Authorization": f"Bearer {secret}"})

    def get(self, path: str, query: dict[str, Any] | None = None, **headers: str) -> Any:
        return self.client.get(f"{BASE}{path}", query, headers=self._all(headers))

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self._send("post", path, body, headers)

    def patch(self, path: str, body: Any = None, **headers: str) -> Any:
        return self._send("patch", path, body, headers)

    def delete(self, path: str, **headers: str) -> Any:
        return self.client.delete(f"{BASE}{path}", headers=self._all(headers))

    def upload(self, path: str, fields: dict[str, Any], **headers: str) -> Any:
        return self.client.post(f"{BASE}{path}", fields, headers=self._all(headers))

    def _send(self, method: str, path: str, body: Any, headers: dict[str, str]) -> Any:
        content = {"data": "" if body is None else body, "content_type": "application/json"}
        return getattr(self.client, method)(f"{BASE}{path}", headers=self._all(headers), **content)

    def _all(self, headers: dict[str, str]) -> dict[str, str]:
        return {**self.headers, **{name.replace("_", "-"): value for name, value in headers.items()}}
