"""The OpenAPI document, and a page on which to try it, made of files of this installation alone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe
from drf_spectacular.views import SpectacularJSONAPIView


class Document(SpectacularJSONAPIView):
    """The same document as docs/openapi.yaml, as JSON."""

    authentication_classes: list[type] = []
    permission_classes: list[type] = []
    schema = None


@require_safe
@ensure_csrf_cookie
def page(request: HttpRequest) -> HttpResponse:
    """Every operation, with a form to try it."""
    return render(request, "api_docs.html")
