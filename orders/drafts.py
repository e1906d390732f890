"""Answers on the way: what is there already is kept, each field by its own rules, until they suffice for a site."""

from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import Field, ValidationError, field_validator

from generation.contracts import Address, Locale, Niche, Service
from generation.contracts.fields import SERVICE_ITEMS, Name
from generation.contracts.rules import check_email, check_web_address
from generation.services import retrying

from .answers import Answers
from .brief import accept
from .editing import Party, open_answers
from .findings import Finding, Refused, findings_of
from .models import Onboarding, SiteOrder
from .moves import record
from .pictures import named
from .stored_answers import kept_pictures, load, store_part

# The steps in which a customer is asked, and the answers of each.
STEPS: dict[str, tuple[str, ...]] = {
    "identity": ("business_name", "locale", "years_in_business"),
    "niche_and_place": ("niche", "custom_niche", "address", "service_areas"),
    "services": ("services", "primary_service"),
    "site_and_pages": ("objective", "pages", "primary_cta", "cta_text", "booking_url", "site_url"),
    "look": ("tone", "colours", "logo", "photos"),
    "hours_and_contact": ("hours", "phone", "whatsapp", "email", "social"),
    "content_and_seo": ("description", "about_owner", "team", "testimonials", "seo"),
}
STEP_LABELS = {
    "identity": gettext_lazy("Identity"),
    "niche_and_place": gettext_lazy("Niche and place"),
    "services": gettext_lazy("Services"),
    "site_and_pages": gettext_lazy("Site and pages"),
    "look": gettext_lazy("Look"),
    "hours_and_contact": gettext_lazy("Hours and contact"),
    "content_and_seo": gettext_lazy("Content and search engines"),
}
_CONTEXT = ("locale", "address")  # what other fields are judged by


class DraftAddress(Address):
    city: Name | None = None  # type: ignore[assignment]  # not required yet


class Draft(Answers):
    """Answers of which none is required."""

    business_name: Name | None = None  # type: ignore[assignment]
    niche: Niche | None = None  # type: ignore[assignment]
    locale: Locale | None = None  # type: ignore[assignment]
    address: DraftAddress = DraftAddress()
    services: Annotated[tuple[Service, ...], Field(max_length=SERVICE_ITEMS)] = ()

    @field_validator("custom_niche")
    @classmethod
    def other_is_described(cls, value: str | None) -> str | None:  # type: ignore[override]
        return value

    @field_validator("email")
    @classmethod
    def can_be_reached(cls, value: str | None) -> str | None:  # type: ignore[override]
        return value and check_email(value)

    @field_validator("booking_url")
    @classmethod
    def booking_has_an_address(cls, value: str | None) -> str | None:  # type: ignore[override]
        return value and check_web_address(value)


@retrying
def save_draft(
    *, order_id: UUID, given: dict[str, Any], by: str, party: Party = Party.STAFF, edits: int | None = None
) -> Onboarding:
    """Keep the given answers in place of the former ones of the same fields, whether or not they suffice for a site.

    Raises Refused where one of them cannot be accepted, AnswersChanged and OnboardingLocked, as save_onboarding.
    """
    order = SiteOrder.objects.get(pk=order_id)
    onboarding = order.onboarding
    draft = _checked(given, load(onboarding))
    _require_pictures(draft, onboarding)
    onboarding = open_answers(order, party, edits)
    store_part(onboarding, {name: draft.model_dump(mode="json")[name] for name in given if name != "version"})
    record(order, by=by, reason=_("answers saved"))
    return onboarding


def missing(onboarding: Onboarding) -> tuple[Finding, ...]:
    """What the stored answers still lack for a site."""
    try:
        accept(load(onboarding))
    except Refused as refused:
        return refused.findings
    return ()


def require_step(step: str, given: dict[str, Any]) -> None:
    """Raise Refused with each answer that belongs to another step."""
    wrong, right = _("belongs to another step"), _("give it with its own step")
    if strays := [name for name in given if name in Answers.model_fields and name not in STEPS[step]]:
        raise Refused(Finding(name, wrong, right, "other_step") for name in strays)


def step_of(finding: Finding) -> str:
    """The step in which the finding can be mended."""
    field = finding.where.partition(".")[0].partition("[")[0]
    return next((step for step, names in STEPS.items() if field in names), "identity")


def _checked(given: dict[str, Any], stored: dict[str, Any]) -> Draft:
    context = {name: stored[name] for name in _CONTEXT}
    try:
        return Draft.model_validate({**context, **given})
    except ValidationError as error:
        raise Refused(findings_of(error)) from None


def _require_pictures(draft: Draft, onboarding: Onboarding) -> None:
    """Pictures are uploaded; answers name those that are there."""
    kept = kept_pictures(onboarding)
    wrong, right = _("there is no such picture"), _("upload it first, and use the name that it then has")
    if unknown := [where for where, place, _photo in named(draft) if place not in kept]:
        raise Refused(Finding(f"{where}.file", wrong, right, "unknown_picture") for where in unknown)
