"""How a request says who sends it: a key, a session of the back office, or a customer's link."""

from typing import Any

from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from orders.links import order_behind

from .callers import Caller, CustomerCaller, KeyCaller, Right, StaffCaller
from .keys import find_key
from .problems import Problem


class KeyAuthentication(BaseAuthentication):
    """``Authorization: Bearer sbk_…``"""

    def authenticate(self, request: Request) -> tuple[Caller, None] | None:
        kind, _space, secret = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() != "bearer":
            return None
        key = find_key(secret.strip())
        if key is None:
            raise Problem("key_not_valid")
        return KeyCaller(key), None

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'


class StaffAuthentication(SessionAuthentication):
    """Whoever is signed in to the back office in this browser; changes need the CSRF token."""

    def authenticate(self, request: Request) -> tuple[Any, None] | None:
        found = super().authenticate(request)
        if found is None or not isinstance(found[0], User) or not found[0].is_staff:
            return None
        return StaffCaller(found[0]), None


class LinkAuthentication(BaseAuthentication):
    """The secret in a customer's link. A wrong one is answered as an address that does not exist."""

    def authenticate(self, request: Request) -> tuple[Caller, None]:
        order_id = order_behind(request.parser_context["kwargs"]["token"])
        if order_id is None:
            raise Problem("not_found")
        return CustomerCaller(order_id), None


class HasRight(BasePermission):
    """Each operation names the right that it asks for; one that names none is open to all."""

    def has_permission(self, request: Request, view: Any) -> bool:
        right: Right | None = view.right_asked()
        if right is None:
            return True
        caller: Any = request.user
        if not caller.is_authenticated:
            raise Problem("not_signed_in")
        if not caller.may(right):
            raise Problem("not_allowed", detail=missing(caller, right))
        return True


def missing(caller: Caller, right: Right) -> str:
    """What the caller lacks for the right, in words."""
    if not isinstance(caller, KeyCaller):
        return _("You need the permission %(permission)s.") % {"permission": right.permission}
    if right.of_all and caller.key.customer_id:
        return _("This concerns the whole shop, and the key is for the orders of one customer.")
    return _("The key has the scope “%(has)s”; this needs “%(needs)s”.") % {
        "has": caller.key.scope,
        "needs": right.scope.value,
    }
