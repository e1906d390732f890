"""Who may do what: each scope, with a key for all orders and for one customer's, on each operation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from orders.api.rights import rights, scopes_of
from orders.api.urls import VIEWS
from orders.api.views.orders import Orders
from orders.models import AuditEntry, Customer, OrderEvent, Scope, SiteOrder
from orders.services import find_customer, place_order
from tests.orders.factories import make_product, place
from tests.support.staff import staff

from .support import Api

if TYPE_CHECKING:
    from collections.abc import Iterator

    from orders.api.views.base import ApiView

pytestmark = pytest.mark.django_db


class Operation(NamedTuple):
    """A method of a view, and where it is."""

    view: type[ApiView]
    route: str
    method: str

    @property
    def right(self) -> Any:
        return getattr(self.view, self.method).right

    def path(self, order: SiteOrder) -> str:
        filled = self.route.replace("<uuid:id>", str(order.pk)).replace("<int:photo>", "1")
        return "/api/" + filled.replace("<str:token>", order.access_token)

    def ask(self, api: Api, order: SiteOrder) -> Any:
        send = getattr(api.client, self.method)
        path = self.path(order)
        if self.method == "get":
            return send(path, headers=api.headers)
        return send(path, data="{}", content_type="application/json", headers=api.headers)


def operations() -> Iterator[Operation]:
    views: dict[str, type[ApiView]] = {"site-orders/": Orders, **VIEWS}
    for route, view in views.items():
        for method in ("get", "post", "patch", "delete"):
            if hasattr(view, method):
                yield Operation(view, route, method)


RIGHTED = [each for each in operations() if each.right]
IDS = [f"{each.method} {each.route}" for each in RIGHTED]


@pytest.fixture
def other() -> Customer:
    return find_customer(name="Other", email="other@example.com")


def test_every_operation_that_is_not_the_customers_or_a_reference_asks_for_a_right() -> None:
    open_to_all = [each.route for each in operations() if not each.right]
    known = ("problems", "site-orders/webhook")  # the second is for Stripe, which is known by its signature
    assert all(route in known or route.startswith("site-orders/public/<str:token>") for route in open_to_all)
    assert len(RIGHTED) >= 27


@pytest.mark.parametrize("scope", Scope)
@pytest.mark.parametrize("operation", RIGHTED, ids=IDS)
def test_each_scope_on_each_operation_for_each_owner(operation: Operation, scope: Scope, other: Customer) -> None:
    order = place()
    foreign = place_order(customer=other, product=make_product(), by="test")
    for reach in (None, order.customer):
        api = Api.with_key(scope, customer=reach)
        history = (OrderEvent.objects.count(), AuditEntry.objects.count())
        suffices = scope.covers(operation.right.scope) and not (reach and operation.right.of_all)

        own, others = operation.ask(api, order), operation.ask(api, foreign)

        is_of_one = "<uuid:id>" in operation.route
        if not suffices:
            assert (own.status_code, own.json()["code"]) == (403, "not_allowed")
            assert (others.status_code, others.json()["code"]) == (403, "not_allowed")
            assert (OrderEvent.objects.count(), AuditEntry.objects.count()) == history
        else:
            assert own.status_code not in (401, 403), own.content
            if reach and is_of_one:
                assert (others.status_code, others.json()["code"]) == (404, "not_found")
            else:
                assert others.status_code not in (401, 403)
    foreign.refresh_from_db()
    assert foreign.status == "pending_payment"
    nobody = operation.ask(Api(api.client, {}), order)
    assert (nobody.status_code, nobody.json()["code"]) == (401, "not_signed_in")


@pytest.mark.parametrize("operation", RIGHTED, ids=IDS)
def test_staff_need_the_permission_of_each_operation(operation: Operation) -> None:
    order = place()
    others = {right.permission for right in rights()} - {operation.right.permission}

    refused = operation.ask(Api(staff(*sorted(others)), {}), order)
    allowed = operation.ask(Api(staff(operation.right.permission), {}), order)

    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
    assert operation.right.permission in refused.json()["detail"]
    assert allowed.status_code not in (401, 403)


def test_a_key_of_one_customer_sees_and_counts_their_orders_alone(other: Customer) -> None:
    order = place()
    place_order(customer=other, product=make_product(), by="test")
    api = Api.with_key(Scope.ADMIN, customer=order.customer)

    assert [each["id"] for each in api.get("/").json()["data"]] == [str(order.pk)]
    assert api.get("/stats").json()["orders"] == 1
    assert api.get("/", {"customer": other.pk}).json()["data"] == []
    assert api.get("/", {"starting_after": str(SiteOrder.objects.get(customer=other).pk)}).status_code == 400


def test_a_key_of_one_customer_places_orders_for_them_alone(other: Customer) -> None:
    product = make_product()
    api = Api.with_key(Scope.ORDERS, customer=other)

    own = api.post("/", {"product": product.pk})
    same = api.post("/", {"product": product.pk, "customer": {"id": other.pk}})
    foreign = api.post("/", {"product": product.pk, "customer": {"name": "Somebody"}})

    assert (own.status_code, same.status_code) == (201, 201)
    assert own.json()["customer"]["id"] == other.pk
    assert (foreign.status_code, foreign.json()["errors"][0]["field"]) == (400, "customer")
    assert Customer.objects.count() == 1


def test_a_move_asks_for_the_permission_of_what_it_does() -> None:
    order = place()
    browser = Api(staff("orders.generate_site"), {})

    assert browser.patch(f"/{order.pk}/status", {"status": "paid"}).status_code == 403
    assert browser.patch(f"/{order.pk}/status", {"status": "delivered"}).status_code == 403
    assert browser.patch(f"/{order.pk}/status", {"status": "cancelled"}).status_code == 200


def test_the_secret_of_the_customers_link_is_told_to_those_who_place_orders() -> None:
    order = place()

    assert Api.with_key(Scope.READ).get(f"/{order.pk}").json()["access_token"] is None
    assert Api.with_key(Scope.ORDERS).get(f"/{order.pk}").json()["access_token"] == order.access_token
    assert order.access_token not in Api.with_key(Scope.ADMIN).get("/").content.decode()


def test_scopes_of_a_person_are_those_of_which_they_may_do_everything() -> None:
    class Person:
        def __init__(self, *permissions: str) -> None:
            self.permissions = permissions

        def has_perm(self, permission: str) -> bool:
            return permission in self.permissions

    read = {right.permission for right in rights() if right.scope is Scope.READ}
    assert scopes_of(Person()) == []
    assert scopes_of(Person(*read)) == [Scope.READ]
    assert scopes_of(Person(*(right.permission for right in rights()))) == list(Scope)
