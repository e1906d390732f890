"""Themes are folders, and everything that one declares is there."""

import shutil
from pathlib import Path

import pytest

from generation import themes
from generation.artifacts import MemoryFiles
from generation.contracts import SectionKind
from generation.errors import StepFailed
from generation.pipeline.render import render

from .samples import full_site


@pytest.mark.parametrize("name", themes.known())
def test_every_file_that_a_theme_names_is_in_its_folder(name: str) -> None:
    theme = themes.load(name)
    drawn = [f"sections/{kind.value}-{variant}.html" for kind, ways in theme.variants.items() for variant in ways]
    licences = [font.replace(".woff2", ".LICENSE.txt") for font in theme.fonts]
    named = [*drawn, *theme.stylesheets, *theme.fonts, *licences, theme.heading.font, theme.body.font]
    assert [path for path in named if not (theme.folder / path).is_file()] == []


@pytest.mark.parametrize("name", themes.known())
def test_every_theme_draws_every_section_in_two_ways_or_more(name: str) -> None:
    variants = themes.load(name).variants
    assert set(variants) == set(SectionKind)
    plain = {kind: [way for way in ways if not way.startswith("photo")] for kind, ways in variants.items()}
    assert [kind for kind, ways in plain.items() if len(ways) < 2] == []


def test_an_unknown_theme_names_those_that_are_known() -> None:
    with pytest.raises(themes.UnknownTheme, match=r"“\.\./prisma”; known: .*prisma"):
        themes.load("../prisma")


def test_a_copied_folder_is_a_new_theme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(themes.THEMES_DIR / "prisma", tmp_path / "copied")
    monkeypatch.setattr(themes, "THEMES_DIR", tmp_path)
    spec = full_site()
    copied = spec.model_copy(update={"theme": spec.theme.model_copy(update={"name": "copied"})})
    assert themes.known() == ("copied",)
    assert "index.html" in render(copied, MemoryFiles()).files


def test_a_section_that_a_theme_does_not_draw_is_named() -> None:
    spec = full_site()
    hero = spec.pages[0].sections[0].model_copy(update={"variant": "carousel"})
    home = spec.pages[0].model_copy(update={"sections": (hero,)})
    with pytest.raises(themes.CannotDraw) as refused:
        themes.load("prisma").refuse_unless_drawn(spec.model_copy(update={"pages": (home,)}))
    [(where, what)] = refused.value.findings
    assert where == "pages.0.sections.0.variant"
    assert "“carousel”; known: card, strip, split, photo-beside, photo-wide" in what


def test_a_theme_that_is_gone_fails_the_step_with_its_reason() -> None:
    spec = full_site()
    gone = spec.model_copy(update={"theme": spec.theme.model_copy(update={"name": "gone"})})
    with pytest.raises(StepFailed, match="theme_unknown"):
        render(gone, MemoryFiles())


def test_a_variant_is_planned_only_for_the_content_it_is_made_for() -> None:
    theme = themes.load("prisma")
    assert theme.fitting(SectionKind.TESTIMONIALS, themes.Content(items=1, letters=90)) == ["lead", "quote"]
    assert theme.fitting(SectionKind.TESTIMONIALS, themes.Content(items=1, letters=900)) == ["lead"]
    assert theme.fitting(SectionKind.TESTIMONIALS, themes.Content(items=3, letters=900)) == ["lead", "columns"]
    assert theme.fitting(SectionKind.SERVICES, themes.Content(items=3, letters=300)) == ["cells", "rows"]
    assert theme.fitting(SectionKind.SERVICES, themes.Content(items=3, letters=0)) == ["rows"]  # bare names


@pytest.mark.parametrize("name", themes.known())
def test_needs_are_of_variants_that_are_drawn_and_one_of_each_kind_takes_anything(name: str) -> None:
    theme = themes.load(name)
    drawn = {f"{kind.value}-{variant}" for kind, variants in theme.variants.items() for variant in variants}
    assert set(theme.needs) <= drawn
    for kind, variants in theme.variants.items():
        assert any(f"{kind.value}-{variant}" not in theme.needs for variant in variants)
