"""Fills shapes. A serializer makes its fields anew for each thing, and asks each field for every value; here the
fields of a shape are looked through once, and those that show a value as it is are not asked."""

from collections.abc import Callable, Iterable
from functools import cache, partial
from operator import attrgetter
from typing import Any, NamedTuple

from django.db.models import Manager
from rest_framework import serializers

Shape = type[serializers.BaseSerializer[Any]]


class Part(NamedTuple):
    """A field: where its value is, and how it is shown if that is not as it is."""

    name: str
    get: Callable[[Any], Any]
    show: Callable[[Any], Any] | None


def shaped(shape: Shape, thing: Any) -> dict[str, Any]:
    """The thing in that shape, as ``shape(thing).data`` has it."""
    return _filled(_parts_of(shape), thing)  # type: ignore[arg-type]  # mypy takes a class for unhashable


@cache
def _parts_of(shape: Shape) -> tuple[Part, ...]:
    return tuple(_parts(shape()))


def _parts(shape: Any) -> Iterable[Part]:
    for name, field in shape.fields.items():
        if not field.write_only:
            is_plain = "get_attribute" not in type(field).__dict__ and field.source != "*"
            yield Part(name, attrgetter(field.source) if is_plain else field.get_attribute, _shown(field))


def _shown(field: Any) -> Callable[[Any], Any] | None:
    show: Callable[[Any], Any] = field.to_representation
    match field:
        case serializers.ListSerializer():
            return partial(_each, tuple(_parts(field.child)))
        case serializers.BaseSerializer():
            return partial(_filled, tuple(_parts(field)))
        case serializers.CharField() | serializers.IntegerField() | serializers.BooleanField():
            return None
        case serializers.ChoiceField() if not isinstance(field, serializers.MultipleChoiceField):
            return None
    return show


def _filled(parts: tuple[Part, ...], thing: Any) -> dict[str, Any]:
    told = {}
    for name, get, show in parts:
        value = get(thing)
        told[name] = value if show is None or value is None else show(value)
    return told


def _each(parts: tuple[Part, ...], things: Any) -> list[dict[str, Any]]:
    return [_filled(parts, thing) for thing in (things.all() if isinstance(things, Manager) else things)]
