"""Answers as rows, and back."""

from datetime import time
from types import MappingProxyType
from typing import Any

from django.db import models
from pydantic import BaseModel

from generation import contracts
from generation.services import AssetPurpose

from .answers import Answers, GivenColours, GivenPhoto, GivenSocial
from .brief import accept, make_brief
from .models import Onboarding, OpeningHours, Photo, Service, SiteOrder, TeamMember, Testimonial
from .pictures import Kept, Place

# Groups of fields that stand in columns of the onboarding, with what their names begin with there.
GROUPS: dict[str, tuple[str, type[BaseModel]]] = {
    "address": ("", contracts.Address),
    "seo": ("seo_", contracts.Seo),
    "colours": ("colour_", GivenColours),
    "social": ("social_", GivenSocial),
}
# Lists of the onboarding, each entry a row of its own.
ROWS: dict[str, tuple[type[Service | Testimonial | TeamMember | OpeningHours], type[BaseModel]]] = {
    "services": (Service, contracts.Service),
    "testimonials": (Testimonial, contracts.Testimonial),
    "team": (TeamMember, contracts.Member),
    "hours": (OpeningHours, contracts.Hours),
}
_PLAIN = Answers.model_fields.keys() - {"version", "logo", "photos"} - GROUPS.keys() - ROWS.keys()


def store(onboarding: Onboarding, answers: Answers, pictures: Kept) -> None:
    """Put the answers into the onboarding's columns and rows, in place of what was there; saves both.

    A picture that is named again stays kept, unless ``pictures`` has it anew.
    """
    store_part(onboarding, answers.model_dump(mode="json", exclude={"version"}), pictures)


def store_part(onboarding: Onboarding, answers: dict[str, Any], pictures: Kept = MappingProxyType({})) -> None:
    """The same with some of the answers, as JSON data that has been checked; those not given stay."""
    kept = {**kept_pictures(onboarding), **pictures}
    given = storable(answers)
    columns = {name: given[name] for name in _PLAIN if name in given}
    for group, (prefix, _part) in GROUPS.items():
        columns |= {prefix + name: value for name, value in given.get(group, {}).items()}
    for name, value in _as_columns(Onboarding, columns).items():
        setattr(onboarding, name, value)
    onboarding.save()
    for name, (model, _part) in ROWS.items():
        if name in given:
            _replace_rows(model, onboarding, given[name])
    if given.keys() & {"logo", "photos"}:
        _replace_pictures(onboarding, given, kept)


def _replace_pictures(onboarding: Onboarding, given: dict[str, Any], kept: Kept) -> None:
    before = load(onboarding)
    logo, photos = (given.get(name, before[name]) for name in ("logo", "photos"))
    named = [(AssetPurpose.LOGO, logo)] if logo else []
    named += [(AssetPurpose.PHOTO, photo) for photo in photos]
    rows = []
    for purpose, photo in named:
        asset = kept.get(Place(purpose, photo["file"]))
        is_logo = purpose is AssetPurpose.LOGO
        rows.append({**photo, "is_logo": is_logo, **(asset.model_dump() if asset else {})})
    _replace_rows(Photo, onboarding, rows)


def kept_pictures(onboarding: Onboarding) -> Kept:
    """The pictures of the onboarding that are kept."""
    photos = Photo.objects.filter(onboarding=onboarding).exclude(sha256="")
    return {Place(photo.purpose, photo.file): photo.asset for photo in photos}


def load(onboarding: Onboarding) -> dict[str, Any]:
    """The stored answers, complete or not, as data for :class:`~orders.answers.Answers`."""
    data = {name: getattr(onboarding, name) for name in _PLAIN}
    for group, (prefix, part) in GROUPS.items():
        data[group] = {name: getattr(onboarding, prefix + name) for name in part.model_fields}
    for name, (model, part) in ROWS.items():
        data[name] = [_as_data(row, part) for row in model._default_manager.filter(onboarding=onboarding)]
    photos = Photo.objects.filter(onboarding=onboarding)
    data["logo"] = next((_as_data(photo, GivenPhoto) for photo in photos if photo.is_logo), None)
    data["photos"] = [_as_data(photo, GivenPhoto) for photo in photos if not photo.is_logo]
    return data


def brief_of(order: SiteOrder, answers: Answers | None = None) -> contracts.Brief:
    """The Brief of the order's stored answers, or of ``answers``. Raises Refused where they do not suffice."""
    answers = answers or accept(load(order.onboarding))
    return make_brief(
        answers,
        pictures=kept_pictures(order.onboarding),
        locale=contracts.Locale(order.locale) if order.locale else None,
        site_url=order.site_url or None,
    )


def _replace_rows(model: type[models.Model], onboarding: Onboarding, entries: list[dict[str, Any]]) -> None:
    model._default_manager.filter(onboarding=onboarding).delete()
    model._default_manager.bulk_create(
        model(onboarding=onboarding, position=position, **_as_columns(model, entry))
        for position, entry in enumerate(entries)
    )


def _as_columns(model: type[models.Model], values: dict[str, Any]) -> dict[str, Any]:
    """Nothing said is empty text in a column of texts."""
    fields = {name: model._meta.get_field(name) for name in values}
    return {name: "" if value is None and not fields[name].null else value for name, value in values.items()}


def _as_data(row: models.Model, part: type[BaseModel]) -> dict[str, Any]:
    values = ((name, getattr(row, name)) for name in part.model_fields)
    return {name: f"{value:%H:%M}" if isinstance(value, time) else value for name, value in values}


def storable(value: Any) -> Any:
    """PostgreSQL keeps no NUL; another control character stands in for it, and cleaning reports that one."""
    match value:
        case str():
            return value.replace("\x00", "\x01")
        case list():
            return [storable(each) for each in value]
        case dict():
            return {name: storable(each) for name, each in value.items()}
    return value
