"""Kinds of fields that several shapes share, and a serializer that knows its fields and no others."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from pydantic import ValidationError
from rest_framework import serializers

from orders.findings import findings_of
from orders.models.fields import LOCALES
from orders.web_addresses import WEB_ADDRESS

NOTES_LETTERS = 5000
EMAIL_LETTERS = 254


def refusal(wrong: Mapping[str, str | Promise], code: str) -> serializers.ValidationError:
    """What is wrong with which fields, in words; the code says so to programs."""
    return serializers.ValidationError({name: [serializers.ErrorDetail(str(w), code)] for name, w in wrong.items()})


class Strict(serializers.Serializer[Any]):
    """Refuses fields that it does not have, with the path of each."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping) and (unknown := sorted(map(str, data.keys() - self.fields.keys()))):
            raise refusal(dict.fromkeys(unknown, _("There is no such field here.")), "unknown")
        return super().to_internal_value(data)


class WebAddressField(serializers.CharField):
    """The address of a site; empty for none."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=300, allow_blank=True, **options)

    def to_internal_value(self, data: Any) -> str:
        text = super().to_internal_value(data)
        try:
            return text and WEB_ADDRESS.validate_python(text)
        except ValidationError as error:
            raise serializers.ValidationError([f"{each.wrong}; {each.right}" for each in findings_of(error)]) from error


class TextField(serializers.CharField):
    """Text as text: a number or a truth value is none."""

    default_error_messages = {"invalid": _("Not text.")}

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


def locale_field(**options: Any) -> serializers.ChoiceField:
    return serializers.ChoiceField(choices=LOCALES, **options)


def constant(value: str) -> serializers.Field[Any, Any, Any, Any]:
    """``"object": "site_order"`` and its like: says what an answer is."""

    @extend_schema_field({"type": "string", "enum": [value]})
    class Constant(serializers.ReadOnlyField):
        def get_attribute(self, instance: Any) -> str:
            return value

    return Constant()
