"""The answers of an order: whole or step by step, drafts kept, and their pictures; for keys and for the customer."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from generation.services import AssetPurpose, store_asset
from orders import drafts, services, uploads
from orders.api import requests
from orders.api.authentication import LinkAuthentication
from orders.api.callers import Right
from orders.api.fields import constant
from orders.api.problems import Problem
from orders.api.schema import operation
from orders.api.shapes import PhotoShape, ProblemField
from orders.editing import Party
from orders.models import Onboarding, Photo, Scope
from orders.stored_answers import load

from .base import CustomerView, OrderView

READ_ANSWERS = Right(Scope.READ, "orders.view_onboarding")
ANSWER = Right(Scope.ORDERS, "orders.change_onboarding")
ONBOARDING = ("answers_refused", "answers_changed", "onboarding_locked")
_EXAMPLES = {
    "One step, kept as a draft": {
        "step": "identity",
        "answers": {"business_name": "Burnet Road Plumbing", "locale": "en"},
    },
    "All of them, handed in": {
        "answers": {
            "business_name": "Burnet Road Plumbing",
            "niche": "plumber",
            "locale": "en",
            "address": {"city": "Austin", "state": "TX"},
            "phone": "(512) 555-0134",
            "services": [{"name": "Leak repair"}],
        },
        "submit": True,
    },
}


class StepState(serializers.Serializer[Any]):
    """One of the seven steps, and what it still lacks."""

    name = serializers.ChoiceField(choices=list(drafts.STEPS), read_only=True)
    title = serializers.CharField(read_only=True)
    answers = serializers.ListField(child=serializers.CharField(), read_only=True)
    complete = serializers.BooleanField(read_only=True)
    missing = ProblemField(many=True, read_only=True)


class OnboardingShape(serializers.Serializer[Any]):
    """The answers as they are kept, complete or not. ``ready``: they suffice for a site and can be handed in."""

    object = constant("onboarding")
    complete = serializers.BooleanField(read_only=True)
    open = serializers.BooleanField(read_only=True)
    ready = serializers.BooleanField(read_only=True)
    revision = serializers.IntegerField(read_only=True)
    edits = serializers.IntegerField(read_only=True)
    note = serializers.CharField(read_only=True)
    submitted_at = serializers.DateTimeField(read_only=True, allow_null=True)
    steps = StepState(many=True, read_only=True)
    answers = serializers.DictField(read_only=True)
    photos = serializers.SerializerMethodField()

    @extend_schema_field(PhotoShape(many=True))
    def get_photos(self, told: dict[str, Any]) -> Any:
        return PhotoShape(told["pictures"], many=True).data


def told(order_id: UUID) -> dict[str, Any]:
    """The onboarding of an order as the API tells it."""
    onboarding = Onboarding.objects.get(order=order_id)
    lacking = drafts.missing(onboarding)
    steps = []
    for name, fields in drafts.STEPS.items():
        of_step = [finding for finding in lacking if drafts.step_of(finding) == name]
        missing = [{"field": f.where, "code": f.code, "message": f.wrong, "remedy": f.right} for f in of_step]
        title = str(drafts.STEP_LABELS[name])
        steps.append({"name": name, "title": title, "answers": fields, "complete": not of_step, "missing": missing})
    shape: dict[str, Any] = OnboardingShape(
        {
            "complete": onboarding.completed_at is not None,
            "open": onboarding.locked_at is None,
            "ready": not lacking,
            **{name: getattr(onboarding, name) for name in ("revision", "edits", "note", "submitted_at")},
            "steps": steps,
            "answers": load(onboarding),
            "pictures": Photo.objects.filter(onboarding=onboarding),
        }
    ).data
    return shape


class OnboardingView(OrderView):
    """For a program that asks the customer, or for staff."""

    tag = "onboarding"
    name = "order_onboarding"
    party = Party.STAFF

    @operation(READ_ANSWERS, "Read the answers", gives={200: OnboardingShape})
    def get(self, _request: Any, **_ids: Any) -> Response:
        return Response(told(self.reached()))

    @operation(
        ANSWER,
        "Answer",
        "Whole or step by step; docs/onboarding-file.md tells every field. What is refused changes nothing.",
        takes=requests.OnboardingRequest,
        gives={200: OnboardingShape},
        problems=ONBOARDING,
        examples=_EXAMPLES,
    )
    def post(self, _request: Any, **_ids: Any) -> Response:
        def answer() -> Response:
            self._keep(self.reached(), self.given(requests.OnboardingRequest))
            return Response(told(self.order_id))

        return self.change("onboarding.answer", answer, self.reached())

    def _keep(self, pk: UUID, given: dict[str, Any]) -> None:
        answers: dict[str, Any] = given.get("answers", {})
        if step := given.get("step"):
            drafts.require_step(step, answers)
        who: dict[str, Any] = {"order_id": pk, "by": self.caller.name, "party": self.party}
        edits = given.get("edits")
        if answers:
            onboarding = drafts.save_draft(given=answers, edits=edits, **who)
            edits = onboarding.edits
        if given["submit"]:
            services.submit_onboarding(edits=edits, **who)


class Photos(OrderView):
    tag = "onboarding"
    name = "order_photos"
    party = Party.STAFF
    parser_classes = [MultiPartParser]

    @operation(
        ANSWER,
        "Add a picture",
        "It is decoded, checked and encoded anew. The same picture again only gets the new words.",
        takes={"multipart/form-data": requests.PhotoRequest},
        gives={201: PhotoShape},
        problems=(*ONBOARDING, "picture_refused"),
    )
    def post(self, _request: Any, **_ids: Any) -> Response:
        order_id, given = self.reached(), self.given(requests.PhotoRequest)
        uploads.check_words(given["alt"])
        purpose = AssetPurpose.LOGO if given["is_logo"] else AssetPurpose.PHOTO
        asset = store_asset(given["file"].read(uploads.MAX_ASSET_BYTES + 1), purpose)  # lengthy: not in a transaction

        def add() -> Response:
            photo = uploads.add_asset(
                order_id=order_id, asset=asset, alt=given["alt"], is_logo=given["is_logo"], by=self.caller.name,
                party=self.party,
            )  # fmt: skip
            return Response(PhotoShape(photo).data, 201)

        return self.change("onboarding.add_photo", add, order_id)


class OnePhoto(OrderView):
    tag = "onboarding"
    name = "order_photo"
    party = Party.STAFF

    @operation(ANSWER, "Remove a picture", "Versions that show it keep it.", gives={204: None}, problems=ONBOARDING)
    def delete(self, _request: Any, photo: int, **_ids: Any) -> Response:
        def remove() -> Response:
            try:
                services.remove_photo(order_id=self.order_id, photo_id=photo, by=self.caller.name, party=self.party)
            except Photo.DoesNotExist:
                raise Problem("not_found") from None
            return Response(status=204)

        return self.change("onboarding.remove_photo", remove, self.reached())


class CustomerOnboarding(CustomerView, OnboardingView):
    """The same for the customer, who may change what nobody has taken yet."""

    tag = "customer"
    name = "public_onboarding"
    authentication_classes = [LinkAuthentication]
    party = Party.CUSTOMER


class CustomerPhotos(CustomerView, Photos):
    tag = "customer"
    name = "public_photos"
    authentication_classes = [LinkAuthentication]
    party = Party.CUSTOMER


class CustomerPhoto(CustomerView, OnePhoto):
    tag = "customer"
    name = "public_photo"
    authentication_classes = [LinkAuthentication]
    party = Party.CUSTOMER
