"""Logo and photos of an onboarding: from beside its file or by upload, into rows, Brief and site."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.storage import storages

from generation.artifacts import path_of
from generation.contracts.fields import LIST_ITEMS, Tone
from generation.services import AssetRefused
from orders import uploads
from orders.findings import Refused
from orders.models import Onboarding, Photo, SiteOrder
from orders.onboarding_file import read_file
from orders.pictures import keep, read_pictures
from orders.services import OnboardingLocked, Party, add_photo, brief_of, remove_photo, save_onboarding
from sitebuilder import building
from tests.support.images import drawn, encoded, forged_png, mark
from tests.support.processes import ROOT

from .factories import build, facts, make_answers, paid, place, run

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from generation.contracts import AssetRef
    from tests.generation.conftest import TinyPipeline

pytestmark = pytest.mark.django_db

SAMPLE = ROOT / "samples" / "photos" / "garden-boise.en.json"


def written(folder: Path, **changes: Any) -> Path:
    """An onboarding file with a logo and two photos beside it."""
    given = {
        "logo": {"file": "logo.png", "alt": "A disc"},
        "photos": [{"file": "van.jpg", "alt": "Our van"}, {"file": "work/sink.png", "alt": "A sink"}],
    }
    (folder / "work").mkdir(parents=True)
    (folder / "logo.png").write_bytes(mark())
    (folder / "van.jpg").write_bytes(encoded(drawn(900, 600)))
    (folder / "work" / "sink.png").write_bytes(encoded(drawn(700, 700), "PNG"))
    file = folder / "onboarding.json"
    file.write_text(json.dumps(facts(**{**given, **changes})))
    return file


def placed(file: Path) -> SiteOrder:
    answers = read_file(file)
    return place(answers, pictures=keep(read_pictures(answers, file.parent)))


def refused(file: Path) -> dict[str, str]:
    with pytest.raises(Refused) as error:
        read_pictures(read_file(file), file.parent)
    return {finding.where: str(finding) for finding in error.value.findings}


def is_kept(asset: AssetRef) -> bool:
    return storages["sites"].exists(path_of(asset.sha256))


def test_pictures_beside_the_file_come_into_the_brief(tmp_path: Path) -> None:
    brief = brief_of(placed(written(tmp_path / "o")))

    assert brief.logo is not None and brief.logo.alt == "A disc"
    assert (brief.logo.asset.media_type, brief.logo.asset.width) == ("image/png", 320)
    assert [(photo.alt, photo.asset.width, photo.asset.height) for photo in brief.photos] == [
        ("Our van", 900, 600),
        ("A sink", 700, 700),
    ]
    assert all(is_kept(each.asset) for each in (brief.logo, *brief.photos))
    assert brief.warnings == ()


def test_every_picture_that_is_wrong_is_named_and_nothing_is_kept(tmp_path: Path) -> None:
    secret = tmp_path / "secret.jpg"
    secret.write_bytes(encoded())
    wrong = [
        "script.jpg", "gone.jpg", "small.jpg", "bomb.png", "link.jpg", "linked/secret.jpg", "work", "cut.jpg",
        "fine.jpg",
    ]  # fmt: skip
    file = written(tmp_path / "o", photos=[{"file": name, "alt": "x"} for name in wrong])
    folder = file.parent
    (folder / "script.jpg").write_bytes(b"#!/bin/sh\n")
    (folder / "small.jpg").write_bytes(encoded(drawn(300, 200)))
    (folder / "bomb.png").write_bytes(forged_png(30_000, 30_000))
    (folder / "cut.jpg").write_bytes(encoded()[:-1000])
    (folder / "fine.jpg").write_bytes(encoded(drawn(1234, 900)))
    (folder / "link.jpg").symlink_to(secret)
    (folder / "linked").symlink_to(tmp_path)
    before = set(storages["sites"].listdir("")[0]) if storages["sites"].exists("") else set()

    found = refused(file)

    assert found == {
        "photos[0].file": "photos[0].file: this is not a picture that can be read; "
        "give a JPEG, PNG, WebP, AVIF or GIF file",
        **{
            f"photos[{n}].file": f"photos[{n}].file: there is no such file that can be read; "
            "put it into the folder of the onboarding file"
            for n in (1, 4, 5, 6)
        },
        "photos[2].file": "photos[2].file: the picture is too small (300 × 200 pixels); "
        "it would look blurred; give one at least 600 pixels wide",
        "photos[3].file": "photos[3].file: the picture has too many pixels; at most 50 million are possible",
        "photos[7].file": "photos[7].file: the picture is damaged or not complete; save or send it again",
    }
    assert (set(storages["sites"].listdir("")[0]) if storages["sites"].exists("") else set()) == before


def test_a_link_that_stays_in_the_folder_may_be_used(tmp_path: Path) -> None:
    file = written(tmp_path / "o", photos=[{"file": "again.jpg", "alt": "Our van"}])
    (file.parent / "again.jpg").symlink_to("van.jpg")
    assert brief_of(placed(file)).photos[0].asset.width == 900


def test_build_site_refuses_pictures_together_with_the_rest(tmp_path: Path) -> None:
    file = written(tmp_path / "o", logo={"file": "gone.png", "alt": "x"})
    with pytest.raises(Refused) as error:
        building.check(file, out=tmp_path / "site", theme="baroque", locale=None)
    assert [finding.where for finding in error.value.findings] == ["--theme", "logo.file"]
    assert not SiteOrder.objects.exists()


def test_words_of_a_picture_are_cleaned_like_all_others(tmp_path: Path) -> None:
    file = written(tmp_path / "o", photos=[{"file": "van.jpg", "alt": "Our <b>blue</b> van"}])
    brief = brief_of(placed(file))
    assert brief.photos[0].alt == "Our blue van"
    assert [(notice.code, notice.where) for notice in brief.warnings] == [("markup_removed", "photos[0].alt")]


def test_a_picture_whose_words_are_nothing_once_clean_is_refused(tmp_path: Path) -> None:
    file = written(tmp_path / "o", photos=[{"file": "van.jpg", "alt": "<i></i>"}])
    with pytest.raises(Refused, match=r"photos\[0\]\.alt: holds nothing that can be printed"):
        read_file(file)


def test_pictures_stay_when_other_answers_are_saved_and_go_when_they_are_not_named(tmp_path: Path) -> None:
    file = written(tmp_path / "o")
    order = placed(file)
    before = brief_of(order)

    save_onboarding(order_id=order.pk, answers=read_file(file).model_copy(update={"tone": Tone.PREMIUM}), by="test")
    order = SiteOrder.objects.get(pk=order.pk)
    assert (brief_of(order).logo, brief_of(order).photos) == (before.logo, before.photos)

    save_onboarding(order_id=order.pk, answers=make_answers(), by="test")
    assert not Photo.objects.filter(onboarding__order=order).exists()
    assert all(is_kept(photo.asset) for photo in before.photos), "an earlier version may show them"


def uploaded(order: SiteOrder, **changes: Any) -> Photo:
    given: dict[str, Any] = {"data": encoded(), "alt": "A tap", "is_logo": False, "by": "ana"}
    return add_photo(order_id=order.pk, **{**given, **changes})


def brief_photos(order_id: UUID) -> list[str]:
    return [photo.alt for photo in brief_of(SiteOrder.objects.get(pk=order_id)).photos]


def test_uploads_are_added_and_removed() -> None:
    order = place(make_answers())
    first = uploaded(order)
    second = uploaded(order, data=encoded(drawn(1000, 700)), alt="A drain")
    assert brief_photos(order.pk) == ["A tap", "A drain"]
    assert is_kept(second.asset)

    remove_photo(order_id=order.pk, photo_id=first.pk, by="ana")
    assert brief_photos(order.pk) == ["A drain"]
    assert [event.reason for event in order.events.order_by("pk")][-3:] == [
        "picture added", "picture added", "picture removed",
    ]  # fmt: skip


def test_the_same_photo_again_only_gets_the_new_words() -> None:
    order = place(make_answers())
    assert uploaded(order).pk == uploaded(order, alt="A new tap").pk
    assert brief_photos(order.pk) == ["A new tap"]


def test_a_new_logo_takes_the_place_of_the_one_before() -> None:
    order = place(make_answers())
    for data in (mark(), mark(200, 200)):
        uploaded(order, data=data, is_logo=True, alt="Disc")
    [logo] = Photo.objects.filter(onboarding__order=order)
    assert logo.is_logo
    assert (logo.asset.width, logo.asset.media_type) == (200, "image/png")


def test_a_bad_upload_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    order = place(make_answers())
    before = Onboarding.objects.values().get(order=order)
    with pytest.raises(AssetRefused):
        uploaded(order, data=b"<svg/>")
    for alt in ("", "x" * 301, "<b></b>"):
        with pytest.raises(Refused, match="alt"):
            uploaded(order, alt=alt)
    monkeypatch.setattr(uploads, "LIST_ITEMS", 0)
    with pytest.raises(Refused, match="photos already; remove one first"):
        uploaded(order)
    assert LIST_ITEMS == 50
    assert Onboarding.objects.values().get(order=order) == before
    assert not Photo.objects.exists()


def test_a_nul_in_the_words_is_kept_as_every_database_can() -> None:
    order = place(make_answers())
    uploaded(order, alt="A\x00 tap")
    assert brief_photos(order.pk) == ["A tap"]


@pytest.mark.django_db(transaction=True)
def test_pictures_that_a_job_has_taken_are_changed_as_a_new_revision(pipeline: TinyPipeline) -> None:
    order = paid(make_answers())
    job = build(order)
    run(job)
    with pytest.raises(OnboardingLocked):
        uploaded(order, party=Party.CUSTOMER)

    photo = uploaded(order)

    onboarding = Onboarding.objects.get(order=order)
    assert (onboarding.revision, onboarding.locked_at) == (2, None)
    again = build(order)
    run(again)
    assert again.brief["photos"][0]["asset"]["sha256"] == photo.sha256
    assert job.brief["photos"] == []


def test_photos_of_another_order_cannot_be_removed() -> None:
    photo = uploaded(place(make_answers()))
    with pytest.raises(Photo.DoesNotExist):
        remove_photo(order_id=place(make_answers()).pk, photo_id=photo.pk, by="ana")


def test_the_sample_with_photos_is_in_order() -> None:
    brief = brief_of(placed(SAMPLE))
    assert len(brief.photos) == 5
    assert brief.logo is not None
