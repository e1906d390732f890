"""What bodies may hold: the shape of what is asked, with its rules."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from generation.services import known_themes, step_names
from orders.decisions import NOTE_LETTERS, Seen
from orders.drafts import STEPS
from orders.editing import Party
from orders.models import AddOn, Customer, Product, Status

from .callers import KeyCaller
from .fields import EMAIL_LETTERS, NOTES_LETTERS, Strict, TextField, WebAddressField, locale_field, refusal

ADD_ONS = 50
_WORDS = {
    "customer_required": _("Give the id of a known customer, or the name of a new one."),
    "customer_both": _("Give an id or the customer's data, not both."),
    "customer_foreign": _("This key is for the orders of another customer."),
    "currency": _("This add-on is sold in another currency than the product."),
}


class CustomerRequest(Strict):
    """A known customer by ``id``, or a new one; whose e-mail address is known is that customer."""

    id = serializers.PrimaryKeyRelatedField(queryset=Customer.objects.all(), required=False)
    name = TextField(max_length=160, required=False)
    email = serializers.EmailField(max_length=EMAIL_LETTERS, required=False, allow_blank=True)
    phone = TextField(max_length=40, required=False, allow_blank=True)
    locale = locale_field(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "id" in attrs and len(attrs) > 1:
            raise serializers.ValidationError(_WORDS["customer_both"], "customer_both")
        if not attrs.keys() & {"id", "name"}:
            raise refusal({"name": _WORDS["customer_required"]}, "required")
        return attrs


class PlaceRequest(Strict):
    """A new order. A key for one customer may leave that customer out."""

    customer = CustomerRequest(required=False)
    product = serializers.PrimaryKeyRelatedField(queryset=Product.objects.filter(is_active=True))
    add_ons = serializers.ListField(
        child=serializers.PrimaryKeyRelatedField(queryset=AddOn.objects.filter(is_active=True)),
        required=False, max_length=ADD_ONS,
    )  # fmt: skip
    theme = serializers.ChoiceField(choices=[(name, name) for name in known_themes()], required=False)
    locale = locale_field(required=False)
    site_url = WebAddressField(required=False)
    notes = TextField(max_length=NOTES_LETTERS, required=False, allow_blank=True)

    def validate_customer(self, given: dict[str, Any]) -> dict[str, Any]:
        own = self._own()
        if own and given.get("id") != own:
            raise serializers.ValidationError(_WORDS["customer_foreign"], "customer_foreign")
        return given

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        own = self._own()
        if "customer" not in attrs and not own:
            raise refusal({"customer": _WORDS["customer_required"]}, "required")
        for number, add_on in enumerate(attrs.get("add_ons", ())):
            if add_on.currency != attrs["product"].currency:
                raise refusal({f"add_ons[{number}]": _WORDS["currency"]}, "currency")
        return {"customer": {"id": own}, **attrs}

    def _own(self) -> Customer | None:
        caller = self.context["caller"]
        return caller.key.customer if isinstance(caller, KeyCaller) else None


class AmendRequest(Strict):
    """What may be written on an order."""

    site_url = WebAddressField(required=False)
    notes = TextField(max_length=NOTES_LETTERS, required=False, allow_blank=True)
    due_at = serializers.DateTimeField(required=False, allow_null=True)


class StatusRequest(Strict):
    """Where an order shall stand; only lawful moves are made."""

    status = serializers.ChoiceField(choices=Status.values)
    reason = TextField(max_length=300, required=False, allow_blank=True)


class BuildRequest(Strict):
    """``another_look`` makes other choices from the same facts."""

    another_look = serializers.BooleanField(default=False)


class NothingRequest(Strict):
    """Nothing needs to be said."""


class ReasonRequest(Strict):
    reason = TextField(max_length=300, required=False, allow_blank=True)


class ResetRequest(ReasonRequest):
    """Without ``from_step`` from the answers as they stand; with one the steps before it are kept."""

    from_step = serializers.ChoiceField(choices=step_names(), required=False)
    reason = TextField(max_length=300)


class SeenRequest(Strict):
    """What was looked at: ``seen`` of the order as it was read."""

    version = serializers.IntegerField(min_value=0, max_value=2**31 - 1)
    edits = serializers.IntegerField(min_value=0, max_value=2**31 - 1)

    def to_internal_value(self, data: Any) -> Any:
        return Seen(**super().to_internal_value(data))


class ApproveRequest(Strict):
    seen = SeenRequest(required=False)


class RevisionRequest(Strict):
    """What shall be changed. ``party`` says whose wish it is: those of the customer count against the revisions
    included, those of staff need the scope `operate`."""

    note = TextField(max_length=NOTE_LETTERS)
    seen = SeenRequest(required=False)
    party = serializers.ChoiceField(choices=[party.value for party in Party], default=Party.CUSTOMER.value)


class CustomerApproveRequest(Strict):
    seen = SeenRequest()


class CustomerRevisionRequest(Strict):
    note = TextField(max_length=NOTE_LETTERS)
    seen = SeenRequest()


class OnboardingRequest(Strict):
    """Answers, all or some. What is given takes the place of what was there, field by field; drafts are kept.

    ``step`` says that they are those of one step, and refuses others. ``submit`` hands the answers in: they must then
    suffice for a site. ``edits`` refuses them where somebody else has changed the answers meanwhile.
    """

    step = serializers.ChoiceField(choices=list(STEPS), required=False)
    answers = serializers.DictField(required=False)
    submit = serializers.BooleanField(default=False)
    edits = serializers.IntegerField(min_value=0, max_value=2**31 - 1, required=False)


class PhotoRequest(Strict):
    """A picture: JPEG, PNG, WebP or AVIF; a logo takes the place of the one before."""

    file = serializers.FileField()
    alt = TextField(max_length=300)
    is_logo = serializers.BooleanField(default=False)
