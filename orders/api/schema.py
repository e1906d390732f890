"""What the OpenAPI document says of each operation: declared once, beside its view."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.serializers import BaseSerializer

from orders.models import Scope

from . import idempotency
from .callers import Right
from .problems import KINDS, MEDIA_TYPE, Problem
from .shapes import ProblemShape

Method = TypeVar("Method", bound=Callable[..., Any])
Shape = BaseSerializer[Any] | type[BaseSerializer[Any]] | None

ORDERS = "/api/site-orders/"
_ALWAYS = ("too_many_requests", "internal_error", "database_unavailable")
_OF_RIGHTS = ("not_signed_in", "key_not_valid", "not_allowed", "csrf_failed")
_OF_BODIES = ("malformed_body", "invalid_request", "body_too_big", "media_type_not_supported")
_OF_POSTS = ("idempotency_key_invalid", "idempotency_key_in_use", "idempotency_key_reused")
_KEY = OpenApiParameter(
    idempotency.HEADER,
    {"type": "string", "minLength": 1, "maxLength": idempotency.KEY_LETTERS, "pattern": "^[!-~]+$"},
    OpenApiParameter.HEADER,
    description="Same key and body: the same answer, for 24 hours. Another body: 422.",
)


class ApiSchema(AutoSchema):
    """Operation ids are the names of the views' addresses."""

    def get_tags(self) -> list[str]:
        return [_view(self).tag]

    def get_operation_id(self) -> str:
        return f"{self.method.lower()}_{_view(self).name}"

    def is_excluded(self) -> bool:
        """Of each address the one with the slash that callers of old know, else the one without."""
        return (self.path == ORDERS.rstrip("/")) or (self.path.endswith("/") and self.path != ORDERS)

    def get_auth(self) -> list[Any]:
        right = getattr(getattr(self.view, self.method.lower()), "right", None)
        return super().get_auth() if right and _view(self).tag != "customer" else []


def _view(schema: ApiSchema) -> Any:
    return schema.view


class KeyScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # it registers itself
    target_class = "orders.api.authentication.KeyAuthentication"
    name = "key"

    def get_security_definition(self, _auto_schema: Any) -> dict[str, Any]:
        return {"type": "http", "scheme": "bearer", "description": "A key of the shop: `Authorization: Bearer sbk_…`"}


class SessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "orders.api.authentication.StaffAuthentication"
    name = "session"

    def get_security_definition(self, _auto_schema: Any) -> dict[str, Any]:
        words = "Whoever is signed in to the back office; changes need the header `X-CSRFToken`."
        return {"type": "apiKey", "in": "cookie", "name": "sessionid", "description": words}


def operation(
    right: Right | None,
    summary: str,
    description: str = "",
    *,
    takes: Shape | dict[str, Any] = None,
    asks: Iterable[Any] = (),
    gives: dict[int, Shape],
    problems: Iterable[str] = (),
    examples: dict[str, Any] | None = None,
    known: bool = True,
) -> Callable[[Method], Method]:
    """Declare a method of a view: its right, and all that the document says of it.

    ``takes`` is the shape of the body, ``asks`` are parameters, ``gives`` the good answers, ``examples`` bodies by
    their title, ``known`` whether its path names something that may not be there.
    """

    def declare(method: Method) -> Method:
        changes = method.__name__ != "get"
        codes = [*problems, *_ALWAYS]
        codes += _OF_RIGHTS if right else ()
        codes += ("not_found",) if known else ()
        codes += _OF_BODIES if takes is not None else ("invalid_request",)
        codes += _OF_POSTS if method.__name__ == "post" else ()
        method.right = right  # type: ignore[attr-defined]
        return extend_schema(
            summary=summary,
            description=" ".join(filter(None, [description, _needs(right)])),
            parameters=[*asks, *([_KEY] if method.__name__ == "post" else [])],
            request=takes if takes is not None else None,
            responses={**_good(gives, not changes), **_bad(codes)},
            examples=[OpenApiExample(title, value, request_only=True) for title, value in (examples or {}).items()],
            extensions={"x-required-scope": right.scope.value} if right else {},
        )(method)

    return declare


def _needs(right: Right | None) -> str:
    if right is None:
        return ""
    shop = " of the whole shop" if right.of_all else ""
    return f"Scope: `{Scope(right.scope).value}`{shop}. Permission of staff: `{right.permission}`."


def _good(gives: dict[int, Shape], is_read: bool) -> dict[Any, Any]:
    good: dict[Any, Any] = {status: shape or OpenApiResponse(description="Done.") for status, shape in gives.items()}
    if is_read:
        good[304] = OpenApiResponse(description="As the ETag in If-None-Match says: nothing is new.")
    return good


def _bad(codes: Iterable[str]) -> dict[Any, Any]:
    by_status: dict[int, list[str]] = {}
    for code in dict.fromkeys(codes):
        by_status.setdefault(KINDS[code].status, []).append(code)
    return {
        (status, MEDIA_TYPE): OpenApiResponse(
            ProblemShape,
            " ".join(f"`{code}`" for code in sorted(found)),
            [
                OpenApiExample(code, Problem(code).body(), media_type=MEDIA_TYPE, status_codes=[status])
                for code in sorted(found)
            ],
        )
        for status, found in sorted(by_status.items())
    }
