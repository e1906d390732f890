"""Logo and photos beside the onboarding's form: one is added or removed at a time, and each can be looked at."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from generation.contracts.fields import LINE_LETTERS
from generation.services import MAX_ASSET_BYTES, AssetRefused, asset_bytes

from . import services
from .findings import Refused
from .models import Onboarding, Photo, SiteOrder
from .services import AnswersChanged, OnboardingLocked, Party


class PictureForm(forms.Form):
    """A picture of the business, with the words that stand for it where it cannot be seen."""

    picture = forms.FileField(
        label=_("Picture"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/avif,image/gif"}),
        help_text=_("A photo at least 600 pixels wide, or a logo at least 64; JPEG, PNG, WebP, AVIF or GIF."),
    )
    alt = forms.CharField(label=_("What it shows"), max_length=LINE_LETTERS)
    is_logo = forms.BooleanField(label=_("This is the logo"), required=False)
    edits = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def add(self, order_id: UUID, by: str, party: Party = Party.STAFF) -> bool:
        """Add the picture to the order's answers, or mark what is wrong with it."""
        if not self.is_valid():
            return False
        given = self.cleaned_data
        data = given["picture"].read(MAX_ASSET_BYTES + 1)
        try:
            services.add_photo(
                order_id=order_id, data=data, alt=given["alt"], is_logo=given["is_logo"],
                by=by, party=party, edits=given["edits"],
            )  # fmt: skip
        except AssetRefused as refused:
            self.add_error("picture", str(refused))
        except Refused as refused:
            self.add_error("alt", [f"{finding.wrong}; {finding.right}" for finding in refused.findings])
        except (AnswersChanged, OnboardingLocked) as refusal:
            self.add_error(None, str(refusal))
        return not self.errors

    def wrong(self) -> list[str]:
        """All that is wrong, for a page that does not show the form as it was sent."""
        return [str(words) for errors in self.errors.values() for words in errors]


class RemovalForm(forms.Form):
    """A picture to be taken out of the answers."""

    remove = forms.IntegerField(min_value=1)
    edits = forms.IntegerField(min_value=0)

    def take_out(self, order_id: UUID, by: str, party: Party = Party.STAFF) -> str:
        """Remove the picture; what stood in the way, in words, or nothing."""
        if not self.is_valid():
            return gettext("The page did not say which picture was meant. Open it again.")
        given = self.cleaned_data
        try:
            services.remove_photo(order_id=order_id, photo_id=given["remove"], by=by, party=party, edits=given["edits"])
        except Photo.DoesNotExist:
            return gettext("This picture is not there any more.")
        except (AnswersChanged, OnboardingLocked) as refusal:
            return str(refusal)
        return ""


def picture_card(order: SiteOrder, form: PictureForm | None = None, refusal: str = "") -> dict[str, Any]:
    """What the card of pictures shows: those that there are, and the form for one more."""
    onboarding = order.onboarding
    return {
        "order": order,
        "edits": onboarding.edits,
        "pictures": Photo.objects.filter(onboarding=onboarding),
        "picture_form": form or PictureForm(initial={"edits": onboarding.edits}),
        "picture_refusal": refusal,
    }


def picture(onboarding: Onboarding, photo_id: int) -> HttpResponse:
    """One of the onboarding's pictures, as it is kept. Raises Http404."""
    kept = Photo.objects.filter(onboarding=onboarding, pk=photo_id).exclude(sha256="").first()
    if kept is None:
        raise Http404
    try:
        data = asset_bytes(kept.asset)
    except FileNotFoundError:
        raise Http404 from None
    return HttpResponse(data, content_type=kept.media_type, headers={"Cache-Control": "private, max-age=3600"})
