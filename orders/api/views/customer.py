"""An order as its customer sees it, behind the secret of their link. A wrong secret is an address that is not there."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.response import Response

from generation.services import latest_version, progress_of
from orders import services, standing
from orders.api import requests
from orders.api.authentication import LinkAuthentication
from orders.api.fields import constant
from orders.api.schema import operation
from orders.api.shapes import NextShape, OnboardingState, ProgressShape, RevisionsShape, SeenShape, VersionShape
from orders.editing import Party
from orders.models import Agency, SiteOrder, Status

from .base import CustomerView
from .generation import version_shape

SHOWN_IN = (Status.REVIEW, Status.DELIVERED)


class CustomerOrder(serializers.Serializer[Any]):
    """What a customer may know of their order."""

    object = constant("customer_order")
    number = serializers.IntegerField(read_only=True)
    agency = serializers.CharField(read_only=True)
    business = serializers.CharField(read_only=True)
    status = serializers.ChoiceField(choices=Status.values, read_only=True)
    next = NextShape(read_only=True)
    product = serializers.CharField(read_only=True)
    price = serializers.DecimalField(max_digits=10, decimal_places=2, read_only=True)
    currency = serializers.CharField(read_only=True)
    revisions = RevisionsShape(read_only=True)
    due_at = serializers.DateTimeField(read_only=True, allow_null=True)
    onboarding = OnboardingState(read_only=True)
    progress = serializers.SerializerMethodField()
    version = serializers.SerializerMethodField()
    seen = SeenShape(read_only=True)

    @extend_schema_field(ProgressShape(allow_null=True))
    def get_progress(self, told: dict[str, Any]) -> Any:
        return told["progress"] and ProgressShape(told["progress"]).data

    @extend_schema_field(VersionShape(allow_null=True))
    def get_version(self, told: dict[str, Any]) -> Any:
        return told["version"]


def customer_order(request: Any, order: SiteOrder) -> dict[str, Any]:
    newest = latest_version(order.pk)
    job = order.current_job
    is_shown = newest and order.status in SHOWN_IN
    shape: dict[str, Any] = CustomerOrder(
        {
            "number": order.number,
            "agency": Agency.objects.values_list("name", flat=True).first() or "",
            "business": order.onboarding.business_name,
            "status": order.status,
            "next": {"words": standing.next_step(order), "turn": standing.turn(order).value},
            "product": order.product_name,
            "price": order.price,
            "currency": order.currency,
            "revisions": {"included": order.revisions, "used": order.revisions_used},
            "due_at": order.due_at,
            "onboarding": order.onboarding,
            "progress": progress_of(job) if job and job.is_active else None,
            "version": version_shape(request, newest) if is_shown else None,
            "seen": {"version": newest.number if newest else 0, "edits": order.onboarding.edits},
        }
    ).data
    return shape


class ByLink(CustomerView):
    tag = "customer"
    authentication_classes = [LinkAuthentication]

    def shape(self, order: SiteOrder, *, explains: bool) -> Any:
        return customer_order(self.request, order)


class PublicOrder(ByLink):
    name = "public"

    @operation(None, "Read the order as its customer", gives={200: CustomerOrder})
    def get(self, _request: Any, **_ids: Any) -> Response:
        return self.told()


class PublicApprove(ByLink):
    name = "public_approve"

    @operation(
        None,
        "Approve the site as its customer",
        "`seen` is that of the order as the customer read it.",
        takes=requests.CustomerApproveRequest,
        gives={200: CustomerOrder},
        problems=("nothing_to_approve", "move_refused", "outdated"),
        examples={"What was looked at": {"seen": {"version": 1, "edits": 1}}},
    )
    def post(self, _request: Any, **_ids: Any) -> Response:
        def approve(pk: UUID) -> None:
            seen = self.given(requests.CustomerApproveRequest)["seen"]
            services.approve(order_id=pk, by=self.caller.name, seen=seen)

        return self.move("order.approve", approve)


class PublicRevisions(ByLink):
    name = "public_revisions"

    @operation(
        None,
        "Ask for changes as the customer",
        "Uses one of the revisions included, unless the answers are open already.",
        takes=requests.CustomerRevisionRequest,
        gives={201: CustomerOrder},
        problems=("note_refused", "move_refused", "no_revisions_left", "outdated"),
        examples={"A wish": {"note": "Please say that we are open on Saturdays.", "seen": {"version": 1, "edits": 1}}},
    )
    def post(self, _request: Any, **_ids: Any) -> Response:
        def send_back(pk: UUID) -> None:
            given = self.given(requests.CustomerRevisionRequest)
            services.send_back(order_id=pk, by=self.caller.name, party=Party.CUSTOMER, **given)

        return self.move("order.revisions", send_back, 201)
