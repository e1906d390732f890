"""When schedules run, through changes of the clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from generation.ticks import Cron, Interval, Once, Rule, is_cron, upcoming

NEW_YORK, LORD_HOWE = ZoneInfo("America/New_York"), ZoneInfo("Australia/Lord_Howe")


def ticks(rule: Rule, begin: datetime, count: int) -> list[str]:
    zone = rule.zone if isinstance(rule, Cron) else UTC
    return [f"{tick.astimezone(zone):%d %H:%M %z}" for tick in upcoming(rule, begin, count)]


@pytest.mark.parametrize(
    ("expression", "begin", "expected"),
    [
        # spring: 02:00 to 03:00 does not exist on 8 March 2026
        ("30 2 * * *", datetime(2026, 3, 7, 12), ["08 03:30 -0400", "09 02:30 -0400"]),
        ("30 2 * * *", datetime(2026, 3, 8, 3, 10), ["08 03:30 -0400", "09 02:30 -0400"]),
        ("*/30 * * * *", datetime(2026, 3, 8, 1), ["08 01:30 -0500", "08 03:00 -0400", "08 03:30 -0400"]),
        # autumn: 01:00 to 02:00 comes twice on 1 November 2026
        ("30 1 * * *", datetime(2026, 10, 31, 12), ["01 01:30 -0400", "02 01:30 -0500"]),
        (
            "*/30 * * * *",
            datetime(2026, 11, 1, 1),
            ["01 01:30 -0400", "01 01:00 -0500", "01 01:30 -0500", "01 02:00 -0500"],
        ),
    ],
)
def test_a_cron_expression_means_local_times(expression: str, begin: datetime, expected: list[str]) -> None:
    rule = Cron(expression, NEW_YORK)

    assert ticks(rule, begin.replace(tzinfo=NEW_YORK), len(expected)) == expected


def test_a_change_of_half_an_hour_loses_nothing_and_repeats_nothing() -> None:
    rule = Cron("*/15 * * * *", LORD_HOWE)

    for begin in (datetime(2026, 10, 3, 14, tzinfo=UTC), datetime(2026, 4, 4, 13, tzinfo=UTC)):
        found = list(upcoming(rule, begin, 16))
        assert {later - earlier for earlier, later in pairwise(found)} == {timedelta(minutes=15)}


@pytest.mark.parametrize(
    "expression", ["*/20 * * * *", "0 2 * * *", "15,45 1-3 * * *", "30 0 29 2 *", "0 9 * * mon-fri"]
)
@pytest.mark.parametrize(
    "zone", ["America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "America/Sao_Paulo", "UTC"]
)
def test_looking_back_finds_the_tick_that_looking_forward_gave(expression: str, zone: str) -> None:
    rule = Cron(expression, ZoneInfo(zone))
    for begin in (datetime(2026, 3, 7, 20, tzinfo=UTC), datetime(2026, 10, 31, 20, tzinfo=UTC)):
        before = rule.latest(begin)
        for tick in upcoming(rule, begin, 40):
            assert rule.latest(tick) == tick
            assert rule.latest(tick - timedelta(microseconds=1)) == before
            before = tick


def test_an_interval_is_counted_from_the_epoch() -> None:
    rule = Interval(900)
    now = datetime(2026, 5, 1, 10, 7, 3, tzinfo=UTC)

    assert rule.after(now) == datetime(2026, 5, 1, 10, 15, tzinfo=UTC)
    assert rule.latest(now) == datetime(2026, 5, 1, 10, 0, tzinfo=UTC)
    assert rule.after(datetime(2026, 5, 1, 10, 15, tzinfo=UTC)) == datetime(2026, 5, 1, 10, 30, tzinfo=UTC)


def test_a_moment_comes_once() -> None:
    moment = datetime(2026, 5, 1, 10, tzinfo=UTC)

    assert list(upcoming(Once(moment), moment - timedelta(days=1), 5)) == [moment]
    assert Once(moment).latest(moment - timedelta(seconds=1)) is None


def test_a_day_that_never_comes_has_no_tick() -> None:
    assert Cron("0 0 30 2 *", NEW_YORK).after(datetime(2026, 1, 1, tzinfo=UTC)) is None


@pytest.mark.parametrize("text", ["30 9 * * mon-fri", "*/5 0-6 1,15 * *", "0 0 L * *", "0 9 * MAR fri#2"])
def test_five_fields_are_a_cron_expression(text: str) -> None:
    assert is_cron(text)


@pytest.mark.parametrize(
    "text", ["", "hourly", "@daily", "* * * *", "* * * * * *", "60 * * * *", "*/0 * * * *", "R * * * *", "٣ * * * *"]
)
def test_what_croniter_reads_otherwise_is_none(text: str) -> None:
    assert not is_cron(text)
