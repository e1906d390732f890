"""Photos and logo on finished pages: every file is there, in the widths that fit, made once an installation."""

from __future__ import annotations

import io

import pytest
from django.core.files.storage import storages
from PIL import Image

from generation.artifacts import MemoryFiles, StoredFiles, path_of
from generation.assets import AssetPurpose, read_asset
from generation.contracts import AssetRef, Brief, PageKind, Photo, SiteFiles, SiteSpec
from generation.errors import StepFailed
from generation.pipeline.render import render
from generation.pipeline.verify import verify
from generation.rendering import photos
from generation.rendering.tags import columns
from tests.support.images import drawn, encoded, mark

from .briefs import small, spec
from .test_render import Rendered

NUMBER = 5


def kept(data: bytes, purpose: AssetPurpose, store: MemoryFiles) -> AssetRef:
    asset = read_asset(data, purpose)
    store.put(asset.data)
    return asset.ref


@pytest.fixture(scope="module")
def store() -> MemoryFiles:
    return MemoryFiles()


@pytest.fixture(scope="module")
def brief(store: MemoryFiles) -> Brief:
    """A brief with a logo and five photos, all of which differ in size."""
    sizes = [(2000, 1500), (700, 900), (1000, 640), (650, 650), (820, 600)]
    assert len(sizes) == NUMBER
    return small(
        logo=Photo(asset=kept(mark(), AssetPurpose.LOGO, store), alt="Norte: a green disc"),
        photos=[
            Photo(asset=kept(encoded(drawn(*size)), AssetPurpose.PHOTO, store), alt=f"Scene {n} & “more”")
            for n, size in enumerate(sizes)
        ],
    )


@pytest.fixture(scope="module")
def site(brief: Brief, store: MemoryFiles) -> Rendered:
    return Rendered(spec(brief), store)


def picture_of(site: Rendered, path: str) -> Image.Image:
    return Image.open(io.BytesIO(site.bytes(path)))


@pytest.mark.parametrize("variation", range(4))
def test_a_site_with_photos_passes_every_check(brief: Brief, store: MemoryFiles, variation: int) -> None:
    made = spec(brief, variation)
    report = verify(made, render(made, store), store)
    assert report.findings == ()


def test_every_candidate_is_there_in_the_width_that_it_promises(site: Rendered) -> None:
    seen = set()
    for page in site.spec.pages:
        for source in site.tree(page.file).css("picture source"):
            told = source.attributes
            for candidate in (told["srcset"] or "").split(", "):
                path, width = candidate.split()
                assert picture_of(site, path).width == int(width.removesuffix("w"))
                assert Image.MIME[picture_of(site, path).format or ""] == told["type"]
                seen.add(path)
    assert len(seen) >= NUMBER * 2 * 2
    assert all(picture_of(site, path).width <= 1600 for path in seen)


def test_every_picture_has_words_size_and_a_fallback(site: Rendered) -> None:
    for page in site.spec.pages:
        for image in site.tree(page.file).css("picture img"):
            told = image.attributes
            shown = picture_of(site, told["src"] or "")
            assert shown.format == "JPEG"
            assert (told["width"], told["height"]) == (str(shown.width), str(shown.height))
            assert (told["alt"] or "").startswith("Scene ")


def test_no_file_of_a_photo_holds_more_than_pixels(site: Rendered) -> None:
    for path in site.files.files:
        if path.startswith(photos.FOLDER):
            assert not {"exif", "icc_profile", "xmp", "comment"} & set(picture_of(site, path).info)


def test_the_photo_at_the_top_comes_first_and_all_others_when_they_come_near(site: Rendered) -> None:
    top, *others = site.tree("index.html").css("picture img")
    assert top.attributes["fetchpriority"] == "high"
    assert "loading" not in top.attributes
    assert others
    for image in (*others, *site.tree("gallery.html").css("picture img")):
        assert image.attributes["loading"] == "lazy"
        assert "fetchpriority" not in image.attributes


def test_sizes_tell_every_width_of_a_window(site: Rendered) -> None:
    for page in ("index.html", "gallery.html"):
        for source in site.tree(page).css("source"):
            *conditions, widest = (source.attributes["sizes"] or "").split(", ")
            assert all(each.startswith("(min-width: ") for each in conditions)
            assert widest.endswith("vw")
            least = [float(each.split()[1].removesuffix("rem)")) for each in conditions]
            assert least == sorted(least, reverse=True), "the first that fits is taken"


def test_the_gallery_shows_all_photos_and_the_home_page_the_first_and_some(site: Rendered) -> None:
    words = [image.attributes["alt"] for image in site.tree("gallery.html").css("picture img")]
    assert words == [f"Scene {n} & “more”" for n in range(NUMBER)]
    at_home = [image.attributes["alt"] for image in site.tree("index.html").css("picture img")]
    assert at_home == words[:4]


def test_without_a_gallery_page_all_photos_are_at_home(brief: Brief, store: MemoryFiles) -> None:
    made = spec(brief.model_copy(update={"pages": (PageKind.HOME, PageKind.CONTACT)}))
    assert [page.kind for page in made.pages] == [PageKind.HOME, PageKind.CONTACT]
    assert len(Rendered(made, store).tree("index.html").css("picture img")) == NUMBER


def test_one_photo_stands_at_the_top_and_makes_no_gallery_unasked(brief: Brief) -> None:
    one = brief.model_copy(update={"photos": brief.photos[:1]})
    made = spec(one)
    assert made.pages[0].sections[0].photo == brief.photos[0]
    assert PageKind.GALLERY not in [page.kind for page in made.pages]
    assert "gallery" not in [section.kind for section in made.pages[0].sections]
    asked = spec(one.model_copy(update={"pages": (PageKind.GALLERY,)}))
    assert PageKind.GALLERY in [page.kind for page in asked.pages]


def test_a_layout_for_photos_is_chosen_where_there_is_one_and_only_there(brief: Brief) -> None:
    for variation in range(6):
        assert spec(brief, variation).pages[0].sections[0].variant.startswith("photo")
        assert not spec(small(), variation).pages[0].sections[0].variant.startswith("photo")


def test_the_logo_is_in_header_footer_and_structured_data_on_every_page(site: Rendered) -> None:
    for page in (*(page.file for page in site.spec.pages), "404.html"):
        header, footer = (site.tree(page).css_first(f"{part} img.logo") for part in ("header", "footer"))
        assert header is not None and footer is not None
        assert header.attributes["alt"] == "Norte: a green disc"
    path = photos.logo_path(site.spec.identity.logo.asset) if site.spec.identity.logo else ""
    assert picture_of(site, path).mode == "RGBA"
    business = site.graph("index.html")[site.spec.identity.schema_type]
    assert business["logo"] == f"{site.spec.site_url}{path}"
    assert business["image"][1].endswith("-800.jpg")


def test_the_name_stands_beside_a_logo_that_is_only_a_mark(brief: Brief, store: MemoryFiles) -> None:
    square = Photo(asset=kept(mark(200, 200), AssetPurpose.LOGO, store), alt="A disc")
    for logo, beside in ((brief.logo, ""), (square, "Norte")):
        name = (
            Rendered(spec(brief.model_copy(update={"logo": logo})), store).tree("index.html").css_first("header .name")
        )
        assert name is not None and name.text(strip=True) == beside


@pytest.mark.parametrize(
    ("colour", "lost_on"), [((250, 250, 250), "light"), ((10, 12, 10), "dark"), ((200, 40, 40), "")]
)
def test_a_logo_that_a_scheme_would_swallow_gets_a_ground(
    brief: Brief, store: MemoryFiles, colour: tuple[int, int, int], lost_on: str
) -> None:
    shown = Photo(asset=kept(mark(colour=colour), AssetPurpose.LOGO, store), alt="Disc")
    logo = photos.logo_of(spec(brief.model_copy(update={"logo": shown})), store)
    assert logo is not None and logo.lost_on == lost_on


def test_a_shared_link_shows_the_logo(site: Rendered, brief: Brief, store: MemoryFiles) -> None:
    without = Rendered(spec(brief.model_copy(update={"logo": None})), store)
    assert without.bytes("assets/share.png") != site.bytes("assets/share.png")
    assert "logo" not in without.graph("index.html")[site.spec.identity.schema_type]


def test_the_same_photos_come_out_as_the_same_bytes(site: Rendered, brief: Brief, store: MemoryFiles) -> None:
    assert Rendered(spec(brief), MemoryFiles(behind=store)).files == site.files


def test_a_second_render_encodes_nothing(brief: Brief, store: MemoryFiles, monkeypatch: pytest.MonkeyPatch) -> None:
    stored, made = StoredFiles(), spec(brief)
    for photo in (*brief.photos, *filter(None, [brief.logo])):
        stored.put(store.get(photo.asset.sha256))
    first: SiteFiles = render(made, stored)

    def no_more(*_arguments: object, **_options: object) -> None:
        raise AssertionError("a picture was encoded again")

    monkeypatch.setattr(photos._Master, "picture", property(no_more))
    assert render(made, stored) == first


def test_a_file_that_was_purged_is_made_again(brief: Brief) -> None:
    stored = StoredFiles()
    ref = stored.derived("a recipe", lambda: b"made once")
    assert stored.derived("a recipe", lambda: b"never made") == ref
    storages["sites"].delete(path_of(ref.sha256))
    assert stored.derived("a recipe", lambda: b"made once") == ref
    assert stored.get(ref.sha256) == b"made once"


def test_a_master_that_is_gone_fails_the_step_and_says_which(brief: Brief) -> None:
    with pytest.raises(StepFailed, match="picture_missing: "):
        render(spec(brief), MemoryFiles())


@pytest.mark.parametrize(("count", "expected"), [(1, 1), (2, 2), (3, 3), (4, 2), (5, 3), (6, 3), (8, 2)])
def test_columns_leave_as_few_gaps_as_they_can(count: int, expected: int) -> None:
    assert columns(count) == expected


def broken(site: SiteSpec, store: MemoryFiles, old: str, new: str) -> set[str]:
    files = dict(render(site, store).files)
    files["gallery.html"] = store.put(store.get(files["gallery.html"].sha256).decode().replace(old, new).encode())
    return {finding.code for finding in verify(site, SiteFiles(files=files), store).findings}


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("-480.avif 480w", "-481.avif 481w", "link_broken"),
        ('alt="Scene 0', 'alt="" data-was="Scene 0', "picture_without_words"),
        (' height="', ' data-height="', "picture_without_words"),
    ],
)
def test_a_broken_picture_is_found(site: Rendered, store: MemoryFiles, old: str, new: str, code: str) -> None:
    assert code in broken(site.spec, store, old, new)
