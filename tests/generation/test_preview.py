"""A version behind its link: what is served, how, and that nothing else is."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse

from generation import preview, runner
from generation.artifacts import StoredFiles
from generation.models import SiteVersion
from orders.brief import make_brief as brief_of
from orders.onboarding_file import read_file
from tests.orders.factories import SAMPLES
from tests.support.staff import staff

from .factories import request

if TYPE_CHECKING:
    from .conftest import TinyPipeline

pytestmark = pytest.mark.django_db(transaction=True)


def made() -> SiteVersion:
    job = request(brief=brief_of(read_file(SAMPLES[0])))
    runner.run(job.pk, 1, execution=str(job.pk), worker="test")
    return SiteVersion.objects.get(job=job)


@pytest.fixture
def whole() -> SiteVersion:
    """The first sample's site, made by the real pipeline."""
    return made()


@pytest.fixture
def version(pipeline: TinyPipeline) -> SiteVersion:
    """A site of one page."""
    return made()


def test_every_file_is_served_to_whoever_has_the_link(whole: SiteVersion) -> None:
    types = {}
    for path, ref in whole.manifest.items():
        if path.startswith(preview.ABOUT):
            continue
        response = Client().get(preview.address_of(whole, path))
        assert response.status_code == 200
        assert response.content == StoredFiles().get(ref["sha256"])
        types[path.rpartition(".")[2]] = response["Content-Type"]
        policy = response["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'")
        assert "script-src" not in policy
        assert response["X-Robots-Tag"] == "noindex, nofollow"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Referrer-Policy"] == "no-referrer"
    assert {"html": "text/html; charset=utf-8", "css": "text/css; charset=utf-8"}.items() <= types.items()
    assert "application/octet-stream" not in types.values()


def test_the_bare_link_leads_to_the_first_page(version: SiteVersion) -> None:
    address = preview.address_of(version)
    assert Client().get(address.removesuffix("index.html"))["Location"] == address


def test_what_has_not_changed_is_not_sent_again(version: SiteVersion) -> None:
    address = preview.address_of(version)
    etag = Client().get(address)["ETag"]
    assert version.manifest["index.html"]["sha256"] in etag
    again = Client().get(address, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")


def test_a_wrong_link_is_not_found_in_words(whole: SiteVersion) -> None:
    address = preview.address_of(whole)
    for wrong in (
        address.replace("index.html", "none.html"),
        address.replace("index.html", "../index.html"),
        address.replace("index.html", "%2e%2e/%2e%2e/manage.py"),
        address.replace("index.html", "/etc/passwd"),
        address.replace("index.html", ".sitebuilder/spec.json"),
        address.replace("/index.html", "x/index.html"),
        address.replace("/preview/", "/preview/9"),
        "/preview/1/index.html",
        "/preview/none/index.html",
    ):
        response = Client().get(wrong)
        assert response.status_code == 404, wrong
        assert "There is no page here" in response.content.decode(), wrong


def test_the_link_of_a_deleted_version_is_not_found(version: SiteVersion) -> None:
    address = preview.address_of(version)
    version.delete()
    response = Client().get(address)
    assert response.status_code == 404
    assert "has been deleted" in response.content.decode()


def test_a_preview_is_only_read(version: SiteVersion) -> None:
    assert Client().post(preview.address_of(version)).status_code == 405


def test_a_link_has_at_least_128_bits_that_cannot_be_guessed(version: SiteVersion) -> None:
    number, _dot, signature = preview.address_of(version).split("/")[2].partition(".")
    assert number == str(version.pk)
    assert len(signature) * 6 >= 128


def test_the_zip_has_the_name_of_the_business(whole: SiteVersion) -> None:
    address = reverse("admin:generation_siteversion_zip", args=[whole.pk])
    assert staff().get(address).status_code == 403
    assert Client().get(address).status_code == 302
    response = staff("generation.view_siteversion").get(address)
    assert response["Content-Disposition"] == 'attachment; filename="clinica-sorriso-vivo-v1.zip"'
    with zipfile.ZipFile(io.BytesIO(response.content)) as packed:
        assert set(packed.namelist()) == set(whole.manifest)
