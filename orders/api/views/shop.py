"""The shop as a whole: what it sells, and how its orders stand."""

from collections.abc import Callable
from typing import Any

from django.db.models import Count
from django.utils import timezone
from rest_framework import serializers
from rest_framework.response import Response

from generation.services import known_themes, theme_of
from orders import services
from orders.api.callers import Right
from orders.api.fields import constant
from orders.api.paging import listed
from orders.api.problems import KINDS, TYPE
from orders.api.requests import NothingRequest
from orders.api.schema import operation
from orders.api.shapes import AddOnShape, ProductShape, ThemeShape, listing
from orders.models import OPEN, AddOn, Product, Scope, Status

from .base import ApiView
from .orders import READ

RESET_EMPTY = Right(Scope.ADMIN, "orders.reset_empty_generations", of_all=True)
START_STUCK = Right(Scope.ADMIN, "orders.auto_start_stuck_orders", of_all=True)


class Products(ApiView):
    tag = "shop"
    name = "products"

    @operation(READ, "List products", "Those for sale.", gives={200: listing(ProductShape)}, known=False)
    def get(self, request: Any) -> Response:
        return listed(request, ProductShape(Product.objects.filter(is_active=True), many=True).data)


class AddOns(ApiView):
    tag = "shop"
    name = "addons"

    @operation(READ, "List add-ons", "Those for sale.", gives={200: listing(AddOnShape)}, known=False)
    def get(self, request: Any) -> Response:
        return listed(request, AddOnShape(AddOn.objects.filter(is_active=True), many=True).data)


class Templates(ApiView):
    tag = "shop"
    name = "templates"

    @operation(
        READ, "List templates", "The themes that a site can have.", gives={200: listing(ThemeShape)}, known=False
    )
    def get(self, request: Any) -> Response:
        return listed(request, ThemeShape(map(theme_of, known_themes()), many=True).data)


class StatsShape(serializers.Serializer[Any]):
    """How many orders there are, by state, and how their jobs stand; of those that the caller reaches."""

    object = constant("stats")
    orders = serializers.IntegerField(read_only=True)
    by_status = serializers.DictField(child=serializers.IntegerField(), read_only=True)
    jobs_by_status = serializers.DictField(child=serializers.IntegerField(), read_only=True)
    overdue = serializers.IntegerField(read_only=True)


class Stats(ApiView):
    tag = "shop"
    name = "stats"

    @operation(READ, "Count orders", gives={200: StatsShape}, known=False)
    def get(self, _request: Any) -> Response:
        orders = self.caller.orders().order_by()
        by_status = dict.fromkeys(Status.values, 0) | dict(orders.values_list("status").annotate(Count("pk")))
        jobs = orders.exclude(current_job=None).values_list("current_job__status").annotate(Count("pk"))
        told = {
            "orders": sum(by_status.values()),
            "by_status": by_status,
            "jobs_by_status": dict(jobs),
            "overdue": orders.filter(status__in=OPEN, due_at__lt=timezone.now()).count(),
        }
        return Response(StatsShape(told).data)


class PassedOver(serializers.Serializer[Any]):
    """An order, and what is the matter with it, in words."""

    id = serializers.UUIDField(read_only=True)
    number = serializers.IntegerField(read_only=True)
    why = serializers.CharField(read_only=True)


class SettledShape(serializers.Serializer[Any]):
    """What came of asking for many: ``started`` are being made now, ``skipped`` were passed over."""

    object = constant("settled")
    started = serializers.IntegerField(read_only=True)
    skipped = serializers.IntegerField(read_only=True)
    orders = serializers.ListField(child=serializers.UUIDField(), read_only=True)
    passed_over = PassedOver(many=True, read_only=True)


class EmptyGenerations(ApiView):
    tag = "shop"
    name = "check_empty_generations"

    @operation(
        Right(Scope.READ, "orders.view_siteorder", of_all=True),
        "Find empty generations",
        "Orders in generation or review that have no sound site and no living job.",
        gives={200: listing(PassedOver)},
        known=False,
    )
    def get(self, request: Any) -> Response:
        found = [{"id": order.pk, "number": order.number, "why": why} for order, why in services.empty_generations()]
        return listed(request, PassedOver(found, many=True).data)


class OfTheShop(ApiView):
    """Something that is done with all orders that need it."""

    tag = "shop"

    def settle(self, action: str, do: Callable[..., services.Settled]) -> Response:
        def work() -> Response:
            self.given(NothingRequest)
            return Response(_told(do(by=self.caller.name, trigger="api")), 202)

        return self.change(action, work, in_parts=True)


class ResetEmptyGenerations(OfTheShop):
    name = "reset_empty_generations"

    @operation(
        RESET_EMPTY,
        "Make empty generations anew",
        takes=NothingRequest,
        gives={202: SettledShape},
        known=False,
    )
    def post(self, _request: Any) -> Response:
        return self.settle("shop.reset_empty_generations", services.reset_empty_generations)


class AutoStart(OfTheShop):
    name = "auto_start_stuck_orders"

    @operation(
        START_STUCK,
        "Start stuck orders",
        "Those that are paid and whose onboarding is complete, with no living job.",
        takes=NothingRequest,
        gives={202: SettledShape},
        known=False,
    )
    def post(self, _request: Any) -> Response:
        return self.settle("shop.auto_start_stuck_orders", services.auto_start_stuck_orders)


def _told(settled: services.Settled) -> Any:
    skipped = [{"id": each.order.pk, "number": each.order.number, "why": each.why} for each in settled.skipped]
    started = [order.pk for order in settled.done]
    return SettledShape(
        {"started": len(started), "skipped": len(skipped), "orders": started, "passed_over": skipped}
    ).data


class ProblemKind(serializers.Serializer[Any]):
    code = serializers.CharField(read_only=True)
    type = serializers.CharField(read_only=True)
    status = serializers.IntegerField(read_only=True)
    title = serializers.CharField(read_only=True)
    remedy = serializers.CharField(read_only=True)


class Problems(ApiView):
    tag = "reference"
    name = "problems"

    @operation(None, "List problems", "Every code, with what to do.", gives={200: listing(ProblemKind)}, known=False)
    def get(self, request: Any) -> Response:
        kinds = [{"code": code, "type": TYPE + code, **kind._asdict()} for code, kind in sorted(KINDS.items())]
        return listed(request, ProblemKind(kinds, many=True).data)
