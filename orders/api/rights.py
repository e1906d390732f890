"""Every right that an operation of the API asks for, and which scopes somebody's permissions amount to."""

from collections.abc import Iterator
from typing import Any

from orders.models import Scope

from .callers import Right


def rights() -> Iterator[Right]:
    """The rights of all operations."""
    from .urls import VIEWS  # it knows all views, and few processes need them
    from .views.orders import Orders

    for view in (Orders, *VIEWS.values()):
        for method in ("get", "post", "patch", "delete"):
            if right := getattr(getattr(view, method, None), "right", None):
                yield right


def scopes_of(user: Any) -> list[Scope]:
    """The scopes of which this user may do everything themselves."""
    every = list(rights())
    return [
        scope for scope in Scope if all(user.has_perm(right.permission) for right in every if scope.covers(right.scope))
    ]
