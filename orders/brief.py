"""From answers to the Brief: the only translation there is."""

from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from generation.contracts import Brief, Locale, Notice, Photo
from generation.services import AssetPurpose

from .answers import Answers
from .characters import whole
from .findings import Finding, Refused, findings_of
from .hygiene import clean
from .pictures import Kept, named

NO_PICTURES: Kept = MappingProxyType({})


def accept(data: dict[str, Any]) -> Answers:
    """The answers in ``data`` if they are in order and a Brief can be made of them.

    Raises Refused with everything that is wrong, also with what only cleaning brings to light.
    """
    try:
        answers = Answers.model_validate(data)
    except ValidationError as error:
        findings = findings_of(error)
        raise Refused([*findings, *_emptied(data, {finding.where for finding in findings})]) from None
    make_brief(answers)
    return answers


def make_brief(
    answers: Answers,
    *,
    pictures: Kept = NO_PICTURES,
    locale: Locale | None = None,
    site_url: str | None = None,
) -> Brief:
    """The cleaned facts of ``answers``, with a warning for each thing that was repaired or left out.

    ``pictures`` are those that are kept, ``locale`` and ``site_url`` those of the order, where it has its own.
    Raises Refused where a required text is empty once it is cleaned.
    """
    facts, notices = clean(answers.model_dump(mode="json", exclude={"version"}))
    try:
        photos, left_out = _photos(Answers.model_validate(facts), pictures)
    except ValidationError as error:
        raise Refused(findings_of(error, emptied=True)) from None
    facts |= photos
    notices += left_out
    if locale and locale != answers.locale:
        notices += _keep_country(facts, answers.country)
        facts["locale"] = locale
    if site_url:
        facts["site_url"] = site_url
    facts["services"].sort(key=lambda service: service["name"] != facts["primary_service"])
    facts["social"] = [{"network": name, "url": url} for name, url in facts["social"].items() if url]
    try:
        return Brief.model_validate({**facts, "warnings": notices})
    except ValidationError as error:
        raise Refused(findings_of(error, emptied=True)) from None


def _emptied(data: dict[str, Any], known: set[str]) -> list[Finding]:
    """What is wrong with the answers only once they are clean."""
    try:
        Answers.model_validate(clean(_whole(data))[0])
    except ValidationError as error:
        return [finding for finding in findings_of(error, emptied=True) if finding.where not in known]
    return []


def _whole(value: Any) -> Any:
    match value:
        case str():
            return whole(value)
        case list():
            return [_whole(each) for each in value]
        case dict():
            return {name: _whole(each) for name, each in value.items()}
    return value


def _keep_country(facts: dict[str, Any], country: str | None) -> tuple[Notice, ...]:
    """A site in another language stands in the same country: phones are read by it."""
    if facts["address"]["country"] or not country:
        return ()
    facts["address"]["country"] = country
    return (Notice(code="country_inferred", where="address.country", detail=country),)


def _photos(cleaned: Answers, pictures: Kept) -> tuple[dict[str, Any], tuple[Notice, ...]]:
    """Logo and photos as a Brief has them, and a notice of each that was named but never given."""
    photos: dict[AssetPurpose, list[Photo]] = {purpose: [] for purpose in AssetPurpose}
    left_out = []
    for where, place, given in named(cleaned):
        if place in pictures:
            photos[place.purpose].append(Photo(asset=pictures[place], alt=given.alt))
        else:
            left_out.append(Notice(code="photo_left_out", where=where, detail=given.file))
    logo = next(iter(photos[AssetPurpose.LOGO]), None)
    return {"logo": logo, "photos": photos[AssetPurpose.PHOTO]}, tuple(left_out)
