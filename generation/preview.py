"""Looking at a version before it is published: its files, unchanged, behind a link that nobody can guess.

A link lasts as long as the version, or until the moment that is written into it and signed with it.
"""

import time
from datetime import datetime
from pathlib import PurePosixPath

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe
from slugify import slugify

from .artifacts import StoredFiles
from .models import ArtifactKind, SiteVersion

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


class Expired(Exception):
    """A good link, whose time is over."""


def address_of(version: SiteVersion, file: str = HOME, *, until: datetime | None = None) -> str:
    """The address of one of the version's files: whoever has it may look, until then if that is given."""
    return reverse("preview", args=[_token(version, until), file])


def zip_address_of(version: SiteVersion, *, until: datetime | None = None) -> str:
    """The address of the version as one file, likewise."""
    return reverse("preview_zip", args=[_token(version, until)])


def _token(version: SiteVersion, until: datetime | None) -> str:
    return _SIGNER.sign(f"{version.pk}-{until.timestamp():.0f}" if until else str(version.pk))


@require_safe
def home(request: HttpRequest, token: str) -> HttpResponseBase:
    """The bare link leads to the first page, so that relative links in it hold."""
    return redirect("preview", token, HOME)


@require_safe
def show(request: HttpRequest, token: str, file: str) -> HttpResponseBase:
    """A file of the version that the token names; anything else is not found, in words."""
    try:
        version = _version(token)
    except Expired:
        return _nothing(request, "preview_expired.html", 410)
    manifest = version.manifest if version else {}
    if file not in manifest or (file.startswith(ABOUT) and file not in SHOWN_ABOUT):
        return _nothing(request, "preview_not_found.html", 404)
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


@require_safe
def download(request: HttpRequest, token: str) -> HttpResponseBase:
    """The version that the token names, zipped, under the name of its business."""
    try:
        version = _version(token)
    except Expired:
        return _nothing(request, "preview_expired.html", 410)
    packed = version and version.job.artifacts.filter(kind=ArtifactKind.ZIP).first()
    if not (version and packed):
        return _nothing(request, "preview_not_found.html", 404)
    name = f"{slugify(version.job.brief.get('business_name', '')) or 'site'}-v{version.number}.zip"
    return HttpResponse(
        StoredFiles().get(packed.sha256),
        content_type="application/zip",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
            "Referrer-Policy": "no-referrer",
            "X-Robots-Tag": "noindex, nofollow",
        },
    )


def _nothing(request: HttpRequest, template: str, status: int) -> HttpResponse:
    response = render(request, template, status=status)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _version(token: str) -> SiteVersion | None:
    """The version of the token; None where the token is wrong or the version gone. Raises Expired."""
    try:
        key, _dash, until = _SIGNER.unsign(token).partition("-")
    except BadSignature:
        return None
    if until and int(until) < time.time():
        raise Expired
    return SiteVersion.objects.filter(pk=int(key)).select_related("job").defer("report").first()
