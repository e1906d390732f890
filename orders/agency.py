"""The agency's own colour and logo on the pages of the shop."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from generation.services import asset_bytes

from .models import Agency

LIGHT, DARK = "#ffffff", "#000000"  # one of the two has a contrast of at least 4.5 to any colour


def text_on(colour: str) -> str:
    """Light or dark, whichever is read better on ``colour``."""
    from coloraide import Color  # slow to load, and most processes show no page

    return max((LIGHT, DARK), key=lambda text: Color(colour).contrast(text))


@require_safe
def stylesheet(request: HttpRequest) -> HttpResponse:
    """The header in the agency's colour, if it has one. Pages may not hold style themselves, so this is a file."""
    colour = Agency.objects.values_list("colour", flat=True).first()
    rule = f":root {{ --agency: {colour}; --on-agency: {text_on(colour)}; }}" if colour else ""
    return HttpResponse(rule, content_type="text/css; charset=utf-8", headers={"Cache-Control": "private, no-cache"})


@require_safe
def logo(request: HttpRequest, sha256: str) -> HttpResponse:
    """The agency's logo. Its address names its content, so that a new one is a new address."""
    agency = Agency.objects.exclude(logo=None).first()
    kept = agency and agency.logo_asset
    if not kept or kept.sha256 != sha256:
        raise Http404
    try:
        data = asset_bytes(kept)
    except FileNotFoundError:
        raise Http404 from None
    return HttpResponse(data, content_type=kept.media_type, headers={"Cache-Control": "public, max-age=31536000"})
