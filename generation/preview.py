"""Looking at a version before it is published: its files, unchanged, behind a link that nobody can guess."""

from pathlib import PurePosixPath

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from .artifacts import StoredFiles
from .models import SiteVersion

HOME = "index.html"
ABOUT = ".sitebuilder/"
REPORT = f"{ABOUT}report.html"
SHOWN_ABOUT = (REPORT, f"{ABOUT}report.css")  # the rest of that folder is for machines
_SIGNER = Signer(salt="generation.preview", sep=".")  # HMAC-SHA256: 256 bits that only this installation can make
SITE_POLICY = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "img-src 'self' data:; style-src 'self'; font-src 'self'; manifest-src 'self'"
)
# The types of what a site holds; the machine's own table differs from one to the next.
MEDIA_TYPES = {
    ".avif": "image/avif",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpg": "image/jpeg",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".vcf": "text/vcard; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}


def address_of(version: SiteVersion, file: str = HOME) -> str:
    """The address of one of the version's files: whoever has it may look."""
    return reverse("preview", args=[_SIGNER.sign(str(version.pk)), file])


@require_safe
def home(request: HttpRequest, token: str) -> HttpResponseBase:
    """The bare link leads to the first page, so that relative links in it hold."""
    return redirect("preview", token, HOME)


@require_safe
def show(request: HttpRequest, token: str, file: str) -> HttpResponseBase:
    """A file of the version that the token names; anything else is not found, in words."""
    manifest = _manifest(token)
    if file not in manifest or (file.startswith(ABOUT) and file not in SHOWN_ABOUT):
        response: HttpResponseBase = render(request, "preview_not_found.html", status=404)
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response
    etag = quote_etag(manifest[file]["sha256"])
    response = get_conditional_response(request, etag) or HttpResponse(StoredFiles().get(manifest[file]["sha256"]))
    response["Content-Type"] = MEDIA_TYPES.get(PurePosixPath(file).suffix, "application/octet-stream")
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    response["Content-Security-Policy"] = SITE_POLICY
    response["Referrer-Policy"] = "no-referrer"
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _manifest(token: str) -> dict[str, dict[str, str]]:
    """The files of the token's version; none where the token is wrong or the version gone."""
    try:
        version = SiteVersion.objects.filter(pk=int(_SIGNER.unsign(token))).only("manifest").first()
    except BadSignature:
        return {}
    return version.manifest if version else {}
