"""What the agency's own colour makes of the back office's pages."""

from coloraide import Color
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from .models import Agency

LIGHT, DARK = "#ffffff", "#000000"  # one of the two has a contrast of at least 4.5 to any colour


def text_on(colour: str) -> str:
    """Light or dark, whichever is read better on ``colour``."""
    return max((LIGHT, DARK), key=lambda text: Color(colour).contrast(text))


@require_safe
def stylesheet(request: HttpRequest) -> HttpResponse:
    """The header in the agency's colour, if it has one. Pages may not hold style themselves, so this is a file."""
    colour = Agency.objects.values_list("colour", flat=True).first()
    rule = f":root {{ --agency: {colour}; --on-agency: {text_on(colour)}; }}" if colour else ""
    return HttpResponse(rule, content_type="text/css; charset=utf-8", headers={"Cache-Control": "private, no-cache"})
