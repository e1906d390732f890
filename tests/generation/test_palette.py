"""Whatever colour a brand has, what is written in it can be read."""

import colorsys

import pytest

from generation.contracts import Colours, Roles
from generation.palette import HUES, contrast, derive

EXTREMES = ("#000000", "#ffffff", "#ffff00", "#00ff00", "#0000ff", "#ff0000", "#777777", "#ffe5ec", "#010101")


def every_brand() -> tuple[str, ...]:
    """Colours all around, pale to vivid, dark to light, with the extremes."""
    grid = (
        colorsys.hsv_to_rgb(turn / 30, saturation, value)
        for turn in range(30)
        for saturation in (0.15, 0.5, 1.0)
        for value in (0.25, 0.55, 0.8, 1.0)
    )
    return (*EXTREMES, *("#{:02x}{:02x}{:02x}".format(*(round(part * 255) for part in rgb)) for rgb in grid))


def least(roles: Roles, upper: str) -> float:
    return min(contrast(getattr(roles, upper), ground) for ground in (roles.surface, roles.panel))


def test_everything_can_be_read_in_every_brand_colour() -> None:
    brands = every_brand()
    assert len(brands) > 300
    for brand in brands:
        palette = derive(Colours(primary=brand, accent=brand), seed="any")
        for roles in (palette.light, palette.dark):
            assert least(roles, "ink") >= 12, brand
            assert least(roles, "muted") >= 4.5, brand
            assert least(roles, "link") >= 5.2, brand
            assert least(roles, "accent") >= 3, brand
            assert contrast(roles.on_brand, roles.brand) >= 4.8, brand


def test_a_brand_colour_that_can_carry_words_is_kept_as_it_is() -> None:
    assert derive(Colours(primary="#1f7a5c"), seed="any").light.brand == "#1f7a5c"


def test_a_bright_brand_is_kept_and_carries_dark_words() -> None:
    roles = derive(Colours(primary="#ffd400"), seed="any").light
    assert roles.brand == "#ffd400"
    assert contrast(roles.on_brand, "#000000") < contrast(roles.on_brand, "#ffffff")


def test_a_pale_brand_colours_the_panels_and_does_not_turn_grey() -> None:
    roles = derive(Colours(primary="#ffe5ec"), seed="any").light
    red, green, _ = (int(roles.brand[i : i + 2], 16) for i in (1, 3, 5))
    assert roles.panel == "#ffe5ec"
    assert red - green > 40


@pytest.mark.parametrize("primary", [None, "#ffffff", "#fafafa"])
def test_without_a_usable_colour_the_seed_picks_the_hue(primary: str | None) -> None:
    brands = {derive(Colours(primary=primary), seed=str(seed)).light.brand for seed in range(60)}
    assert len(brands) == len(HUES)
    assert derive(Colours(primary=primary), seed="7") == derive(Colours(), seed="7")


def test_the_accent_is_the_one_given() -> None:
    assert derive(Colours(primary="#0a4d8c", accent="#d7263d"), seed="any").light.accent == "#d7263d"
