"""Orders: placed, listed, read, amended, moved and decided."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from rest_framework.response import Response

from generation.contracts import Locale
from orders import services
from orders.api import requests
from orders.api.authentication import missing
from orders.api.callers import Right
from orders.api.filters import ORDERS, OrdersQuery, chosen
from orders.api.paging import listed, page
from orders.api.problems import Problem, field_error
from orders.api.reading import just_placed
from orders.api.schema import operation
from orders.api.shapes import OrderDetail, OrderShape, detail, listing
from orders.api.shaping import shaped
from orders.editing import Party
from orders.models import Customer, Scope, SiteOrder, Status
from orders.moves import MoveRefused, goes_by_hand

from .base import ApiView, OrderView

READ = Right(Scope.READ, "orders.view_siteorder")
PLACE = Right(Scope.ORDERS, "orders.add_siteorder")
AMEND = Right(Scope.ORDERS, "orders.change_siteorder")
APPROVE = Right(Scope.ORDERS, "orders.approve_site")
SEND_BACK = Right(Scope.ORDERS, "orders.send_back_site")
OPERATE = Right(Scope.OPERATE, "orders.generate_site")
MARK_PAID = Right(Scope.OPERATE, "orders.mark_paid")
BUILDING = ("answers_refused", "answers_changed", "unchanged", "theme_unknown", "move_refused")


class Orders(ApiView):
    name = "orders"

    @operation(
        READ,
        "List orders",
        "The newest first, a part at a time.",
        asks=[OrdersQuery],
        gives={200: listing(OrderShape)},
        known=False,
    )
    def get(self, request: Any) -> Response:
        asked = self.asked(OrdersQuery)
        orders, has_more = page(chosen(self.orders(), asked), asked, ORDERS[asked["order"]], among=self.caller.orders())
        return listed(request, [shaped(OrderShape, order) for order in orders], has_more=has_more)

    @operation(
        PLACE,
        "Place an order",
        "It waits for payment. The answer holds the secret of the customer's link.",
        takes=requests.PlaceRequest,
        gives={201: OrderDetail},
        problems=("theme_unknown",),
        known=False,
        examples={
            "For a new customer": {
                "customer": {"name": "Mike Reed", "email": "mike@example.com", "locale": "en"},
                "product": 1,
                "add_ons": [],
                "theme": "prisma",
                "locale": "en",
                "site_url": "https://burnetroadplumbing.com",
            }
        },
    )
    def post(self, request: Any) -> Response:
        def place() -> Response:
            given = self.given(requests.PlaceRequest)
            locale = Locale(given["locale"]) if "locale" in given else None
            rest = {name: given[name] for name in ("product", "add_ons", "theme", "site_url", "notes") if name in given}
            order = services.place_order(
                customer=customer_of(given["customer"], locale), locale=locale, by=self.caller.name, **rest
            )
            return Response(detail(just_placed(order), shows_token=True, explains=False), 201)

        return self.change("order.place", place)


class OneOrder(OrderView):
    name = "order"

    @operation(
        READ,
        "Read an order",
        "Where it stands, what is next and by whom, its job with progress. With If-None-Match it can be polled.",
        gives={200: OrderDetail},
    )
    def get(self, _request: Any, **_ids: Any) -> Response:
        return self.told(explains=True)

    @operation(
        AMEND,
        "Amend an order",
        "Changes the fields that are given.",
        takes=requests.AmendRequest,
        gives={200: OrderDetail},
        examples={"A known address": {"site_url": "https://burnetroadplumbing.com", "notes": "Domain moves in May."}},
    )
    def patch(self, _request: Any, **_ids: Any) -> Response:
        return self.move(
            "order.amend",
            lambda pk: services.amend_order(
                order_id=pk, changes=self.given(requests.AmendRequest), by=self.caller.name
            ),
        )


class OrderStatus(OrderView):
    name = "order_status"

    @operation(
        OPERATE,
        "Move an order",
        "To `paid` (staff: `orders.mark_paid`), `building`, `delivered` (`orders.approve_site`) or `cancelled`. The "
        "other states follow by themselves. A move that is not lawful is a 409 that names those that are.",
        takes=requests.StatusRequest,
        gives={200: OrderDetail},
        problems=(*BUILDING, "nothing_to_approve", "outdated"),
        examples={"Paid elsewhere": {"status": "paid", "reason": "Bank transfer of 3 May"}},
    )
    def patch(self, _request: Any, **_ids: Any) -> Response:
        def move(pk: UUID) -> None:
            given = self.given(requests.StatusRequest)
            self._move(pk, Status(given["status"]), given.get("reason", ""))

        return self.move("order.status", move)

    def _move(self, pk: UUID, to: Status, reason: str) -> None:
        by = self.caller.name
        match to:
            case Status.PAID:
                self._require(MARK_PAID)
                services.mark_paid(order_id=pk, by=by, reason=reason)
            case Status.BUILDING:
                self._require_lawful(pk, to)
                services.request_build(order_id=pk, by=by, trigger="api")
            case Status.DELIVERED:
                self._require(APPROVE)
                self._require_lawful(pk, to)
                services.approve(order_id=pk, by=by)
            case Status.CANCELLED:
                services.cancel_order(order_id=pk, by=by, reason=reason)
            case _:
                raise MoveRefused(SiteOrder.objects.get(pk=pk), to)

    def _require_lawful(self, pk: UUID, to: Status) -> None:
        order = SiteOrder.objects.get(pk=pk)
        if to not in goes_by_hand(Status(order.status)):
            raise MoveRefused(order, to)

    def _require(self, right: Right) -> None:
        if not self.caller.may(right):
            raise Problem("not_allowed", detail=missing(self.caller, right))


class Approve(OrderView):
    name = "order_approve"

    @operation(
        APPROVE,
        "Approve the site",
        "Publishes the newest version; the order is delivered. With `seen` only what was looked at is approved.",
        takes=requests.ApproveRequest,
        gives={200: OrderDetail},
        problems=("nothing_to_approve", "move_refused", "outdated"),
        examples={"What was looked at": {"seen": {"version": 1, "edits": 1}}},
    )
    def post(self, _request: Any, **_ids: Any) -> Response:
        def approve(pk: UUID) -> None:
            seen = self.given(requests.ApproveRequest).get("seen")
            services.approve(order_id=pk, by=self.caller.name, seen=seen)

        return self.move("order.approve", approve)


class Revisions(OrderView):
    name = "order_revisions"

    @operation(
        SEND_BACK,
        "Ask for changes",
        "The order stays in review with the note, and its answers are open to be changed; then ask for a build.",
        takes=requests.RevisionRequest,
        gives={201: OrderDetail},
        problems=("note_refused", "move_refused", "no_revisions_left", "outdated"),
        examples={"A customer's wish": {"note": "Please say that we are open on Saturdays.", "party": "customer"}},
    )
    def post(self, _request: Any, **_ids: Any) -> Response:
        def send_back(pk: UUID) -> None:
            given = self.given(requests.RevisionRequest)
            party = Party(given["party"])
            if party is Party.STAFF and not self.caller.may(Right(Scope.OPERATE, SEND_BACK.permission)):
                error = field_error("party", "not_allowed", _("This needs the scope “operate”."), _("Say “customer”."))
                raise Problem("not_allowed", errors=[error])
            services.send_back(
                order_id=pk, note=given["note"], by=self.caller.name, party=party, seen=given.get("seen")
            )

        return self.move("order.revisions", send_back, 201)


def customer_of(given: dict[str, Any], locale: Locale | None) -> Customer:
    """The customer whom a body names: known, or found by what is told of them."""
    if known := given.get("id"):
        customer: Customer = known
        return customer
    spoken = Locale(given["locale"]) if "locale" in given else locale or Locale.EN
    return services.find_customer(
        name=given["name"], email=given.get("email", ""), phone=given.get("phone", ""), locale=spoken
    )
