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


class Answering(OrderView):
    """What is done with answers and pictures, by whomever."""

    tag = "onboarding"
    party = Party.STAFF

    def read(self) -> Response:
        return Response(told(self.reached()))

    def answer(self) -> Response:
        def work() -> Response:
            self._keep(self.reached(), self.given(requests.OnboardingRequest))
            return self.read()

        return self.change("onboarding.answer", work, self.reached())

    def _keep(self, pk: UUID, given: dict[str, Any]) -> None:
        answers: dict[str, Any] = given.get("answers", {})
        if step := given.get("step"):
            drafts.require_step(step, answers)
        who: dict[str, Any] = {"order_id": pk, "by": self.caller.name, "party": self.party}
        edits = given.get("edits")
        if answers:
            edits = drafts.save_draft(given=answers, edits=edits, **who).edits
        if given["submit"]:
            services.submit_onboarding(edits=edits, **who)

    def add_picture(self) -> Response:
        order_id, given = self.reached(), self.given(requests.PhotoRequest)
        alt, is_logo = given["alt"], given["is_logo"]
        uploads.check_words(alt)
        purpose = AssetPurpose.LOGO if is_logo else AssetPurpose.PHOTO
        asset = store_asset(given["file"].read(uploads.MAX_ASSET_BYTES + 1), purpose)  # lengthy: not in a transaction

        def work() -> Response:
            photo = uploads.add_asset(
                order_id=order_id, asset=asset, alt=alt, is_logo=is_logo, by=self.caller.name, party=self.party
            )
            return Response(PhotoShape(photo).data, 201)

        return self.change("onboarding.add_photo", work, order_id)

    def remove_picture(self, photo: int) -> Response:
        def work() -> Response:
            try:
                services.remove_photo(order_id=self.order_id, photo_id=photo, by=self.caller.name, party=self.party)
            except Photo.DoesNotExist:
                raise Problem("not_found") from None
            return Response(status=204)

        return self.change("onboarding.remove_photo", work, self.reached())


ANSWERING: dict[str, Any] = {
    "takes": requests.OnboardingRequest,
    "gives": {200: OnboardingShape},
    "problems": ONBOARDING,
    "examples": _EXAMPLES,
}
ADDING: dict[str, Any] = {
    "takes": {"multipart/form-data": requests.PhotoRequest},
    "gives": {201: PhotoShape},
    "problems": (*ONBOARDING, "picture_refused"),
}
REMOVING: dict[str, Any] = {"gives": {204: None}, "problems": ONBOARDING}
_HOW = "Whole or step by step; docs/onboarding-file.md tells every field. What is refused changes nothing."
_PICTURE = "It is decoded, checked and encoded anew. The same picture again only gets the new words."


class OnboardingView(Answering):
    """For a program that asks the customer, or for staff."""

    name = "order_onboarding"

    @operation(READ_ANSWERS, "Read the answers", gives={200: OnboardingShape})
    def get(self, _request: Any, **_ids: Any) -> Response:
        return self.read()

    @operation(ANSWER, "Answer", _HOW, **ANSWERING)
    def post(self, _request: Any, **_ids: Any) -> Response:
        return self.answer()


class Photos(Answering):
    name = "order_photos"
    parser_classes = [MultiPartParser]

    @operation(ANSWER, "Add a picture", _PICTURE, **ADDING)
    def post(self, _request: Any, **_ids: Any) -> Response:
        return self.add_picture()


class OnePhoto(Answering):
    name = "order_photo"

    @operation(ANSWER, "Remove a picture", "Versions that show it keep it.", **REMOVING)
    def delete(self, _request: Any, photo: int, **_ids: Any) -> Response:
        return self.remove_picture(photo)


class ByLink(CustomerView, Answering):
    """The same for the customer, who may change what nobody has taken yet."""

    tag = "customer"
    authentication_classes = [LinkAuthentication]
    party = Party.CUSTOMER


class CustomerOnboarding(ByLink):
    name = "public_onboarding"

    @operation(None, "Read the answers as their customer", gives={200: OnboardingShape})
    def get(self, _request: Any, **_ids: Any) -> Response:
        return self.read()

    @operation(None, "Answer as the customer", _HOW, **ANSWERING)
    def post(self, _request: Any, **_ids: Any) -> Response:
        return self.answer()


class CustomerPhotos(ByLink):
    name = "public_photos"
    parser_classes = [MultiPartParser]

    @operation(None, "Add a picture as the customer", _PICTURE, **ADDING)
    def post(self, _request: Any, **_ids: Any) -> Response:
        return self.add_picture()


class CustomerPhoto(ByLink):
    name = "public_photo"

    @operation(None, "Remove a picture as the customer", "Versions that show it keep it.", **REMOVING)
    def delete(self, _request: Any, photo: int, **_ids: Any) -> Response:
        return self.remove_picture(photo)
