"""Pictures that are added to an order's answers one by one."""

from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _
from pydantic import ValidationError

from generation.contracts import AssetRef
from generation.contracts.fields import LIST_ITEMS
from generation.services import MAX_ASSET_BYTES as MAX_ASSET_BYTES
from generation.services import AssetPurpose, retrying, store_asset

from .answers import GivenPhoto
from .editing import Party, open_answers
from .findings import Finding, Refused, findings_of
from .hygiene import clean
from .models import Onboarding, Photo, SiteOrder
from .moves import record
from .stored_answers import storable

_ENDINGS = {"image/jpeg": "jpg", "image/png": "png"}


def add_photo(
    *,
    order_id: UUID,
    data: bytes,
    alt: str,
    is_logo: bool,
    by: str,
    party: Party = Party.STAFF,
    edits: int | None = None,
) -> Photo:
    """Keep an uploaded picture and add it to the answers; a logo takes the place of the one before.

    ``alt`` says what it shows. The same photo again only gets the new words. Raises AssetRefused for the picture,
    Refused for its words or where there are too many, OnboardingLocked, and AnswersChanged where there have been
    more changes than ``edits``, if that is given.
    """
    check_words(alt)
    asset = store_asset(data, AssetPurpose.LOGO if is_logo else AssetPurpose.PHOTO)
    return add_asset(order_id=order_id, asset=asset, alt=alt, is_logo=is_logo, by=by, party=party, edits=edits)


@retrying
def remove_photo(
    *, order_id: UUID, photo_id: int, by: str, party: Party = Party.STAFF, edits: int | None = None
) -> None:
    """Take a picture out of the answers; versions that show it keep it.

    Raises DoesNotExist, OnboardingLocked, and AnswersChanged as :func:`add_photo` does.
    """
    order = SiteOrder.objects.get(pk=order_id)
    onboarding = open_answers(order, party, edits)
    Photo.objects.get(onboarding=onboarding, pk=photo_id).delete()
    onboarding.save()
    record(order, by=by, reason=_("picture removed"))


@retrying
def add_asset(
    *, order_id: UUID, asset: AssetRef, alt: str, is_logo: bool, by: str, party: Party, edits: int | None = None
) -> Photo:
    """The second half of add_photo: a picture that is kept already, with words that were checked."""
    order = SiteOrder.objects.get(pk=order_id)
    onboarding = open_answers(order, party, edits)
    rows = Photo.objects.filter(onboarding=onboarding, is_logo=is_logo)
    name = f"{asset.sha256[:16]}.{_ENDINGS[asset.media_type]}"
    if is_logo:
        rows.exclude(file=name).delete()
    elif rows.exclude(file=name).count() >= LIST_ITEMS:
        wrong = _("there are %(count)s photos already") % {"count": LIST_ITEMS}
        raise Refused([Finding("photos", wrong, _("remove one first"))])
    given = {"alt": storable(alt), **asset.model_dump()}
    photo, _created = rows.update_or_create(
        file=name, defaults=given, create_defaults={**given, **_place(onboarding, is_logo=is_logo)}
    )
    onboarding.save()
    record(order, by=by, reason=_("picture added"))
    return photo


def _place(onboarding: Onboarding, *, is_logo: bool) -> dict[str, object]:
    last = Photo.objects.filter(onboarding=onboarding).aggregate(Max("position"))["position__max"]
    return {"onboarding": onboarding, "is_logo": is_logo, "position": 0 if last is None else last + 1}


def check_words(alt: str) -> None:
    """Raise Refused unless these words may be kept, and something is left of them once they are clean."""
    given = {"file": "upload", "alt": alt}
    for answers, emptied in ((given, False), (clean(given)[0], True)):
        try:
            GivenPhoto.model_validate(answers)
        except ValidationError as error:
            raise Refused(findings_of(error, emptied=emptied)) from None
