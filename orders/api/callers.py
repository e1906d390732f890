"""Who calls the API, which orders they reach, and what they may do."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from django.contrib.auth.models import User
from django.db.models import QuerySet

from orders.models import ApiKey, Scope, SiteOrder


@dataclass(frozen=True)
class Right:
    """What an operation asks for: a scope of keys, a permission of staff.

    ``of_all`` operations concern the whole shop, so a key of one customer may not do them.
    """

    scope: Scope
    permission: str
    of_all: bool = False


class Caller(Protocol):
    """Somebody known. ``id`` is stable and for machines, ``name`` is how they stand in histories."""

    is_authenticated: bool

    @property
    def id(self) -> str: ...

    @property
    def name(self) -> str: ...

    def may(self, right: Right) -> bool: ...

    def orders(self) -> QuerySet[SiteOrder]:
        """The orders that they reach; what is not among them is not there for them."""


@dataclass(frozen=True)
class KeyCaller:
    """A program with a key."""

    key: ApiKey
    is_authenticated = True

    @property
    def id(self) -> str:
        return f"key:{self.key.pk}"

    @property
    def name(self) -> str:
        return f"API: {self.key}"

    def may(self, right: Right) -> bool:
        return Scope(self.key.scope).covers(right.scope) and not (right.of_all and self.key.customer_id)

    def orders(self) -> QuerySet[SiteOrder]:
        orders = SiteOrder.objects.all()
        return orders.filter(customer=self.key.customer_id) if self.key.customer_id else orders


@dataclass(frozen=True)
class StaffCaller:
    """Somebody who is signed in to the back office: may what their permissions say."""

    user: User
    is_authenticated = True

    @property
    def id(self) -> str:
        return f"user:{self.user.pk}"

    @property
    def name(self) -> str:
        return self.user.get_full_name() or self.user.get_username()

    def may(self, right: Right) -> bool:
        return self.user.has_perm(right.permission)

    def orders(self) -> QuerySet[SiteOrder]:
        return SiteOrder.objects.all()


@dataclass(frozen=True)
class CustomerCaller:
    """The customer of one order, by the secret of their link. Their views are made for them, so they may all there."""

    order_id: UUID
    is_authenticated = True

    @property
    def id(self) -> str:
        return f"order:{self.order_id}"

    @property
    def name(self) -> str:
        return "customer"

    def may(self, right: Right) -> bool:
        return True

    def orders(self) -> QuerySet[SiteOrder]:
        return SiteOrder.objects.filter(pk=self.order_id)
