"""When a schedule runs: from its rule alone, whatever the clock of this process does.

A cron expression means local times of the schedule's zone. One that does not exist, when clocks go forward, runs as
much later as they went (02:30 runs at 03:30). One that comes twice, when they go back, runs at the first, except where
the hour is left open (``*`` or ``*/2``): then it runs at both, since such a schedule counts hours and not days.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

LONGEST_INTERVAL_SECONDS = 366 * 24 * 3600
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_DAY = timedelta(days=1)
_NAMES = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|sun|mon|tue|wed|thu|fri|sat"
_FIELD = re.compile(rf"(?:[0-9*/,#-]|\bL\b|{_NAMES})+", re.IGNORECASE | re.ASCII)


@cache
def zones() -> tuple[str, ...]:
    """Names of time zones, in their order."""
    return tuple(sorted(available_timezones()))


def zone_named(name: str) -> ZoneInfo:
    """The time zone of that name; UTC where there is none."""
    return ZoneInfo(name if name in zones() else "UTC")


def is_cron(text: str) -> bool:
    """Whether the text is a cron expression of five fields. croniter takes more: seconds, years, chance."""
    from croniter import croniter  # type: ignore[import-untyped]  # loaded where a rule is looked at

    fields = text.split()
    return len(fields) == 5 and all(map(_FIELD.fullmatch, fields)) and croniter.is_valid(text)


@dataclass(frozen=True)
class Cron:
    """Local times that match an expression that :func:`is_cron`."""

    expression: str
    zone: ZoneInfo

    def after(self, moment: datetime) -> datetime | None:
        """The first tick after ``moment``; None where there is none for fifty years."""
        return self._nearest(moment, -1, lambda tick: tick > moment, min)

    def latest(self, moment: datetime) -> datetime | None:
        """The last tick that is not after ``moment``."""
        return self._nearest(moment, 1, lambda tick: tick <= moment, max)

    def _nearest(
        self, moment: datetime, back: int, fits: Callable[[datetime], bool], best: Callable[..., datetime]
    ) -> datetime | None:
        """The best of the fitting ticks. Where the clocks change, local times and ticks are not in the same order: the
        search begins by as much earlier as they change, and goes on by as much beyond the first that it finds."""
        from croniter import croniter
        from croniter.croniter import CroniterBadDateError  # type: ignore[import-untyped]

        begin = moment.astimezone(self.zone).replace(tzinfo=None)
        times = croniter(self.expression, begin + back * (self._change(moment) + timedelta(seconds=1)))
        found: list[datetime] = []
        end: datetime | None = None
        try:
            while True:
                local: datetime = times.get_next(datetime) if back < 0 else times.get_prev(datetime)
                if end and (local - end) * back < timedelta():
                    return best(found)
                found += [tick for tick in self._ticks(local) if fits(tick)]
                if found and not end:
                    if not (change := self._change(found[0])):
                        return best(found)
                    end = local - back * change
        except (CroniterBadDateError, OverflowError):
            return best(found) if found else None

    def _change(self, moment: datetime) -> timedelta:
        """By how much the clocks change around the moment, near enough to matter."""
        change = self._difference(moment, _DAY)
        return change and self._difference(moment, change)

    def _difference(self, moment: datetime, around: timedelta) -> timedelta:
        near = [(moment + n * around).astimezone(self.zone).utcoffset() or timedelta() for n in (-1, 0, 1)]
        return max(near) - min(near)

    def _ticks(self, local: datetime) -> Iterator[datetime]:
        first, second = (local.replace(tzinfo=self.zone, fold=fold).astimezone(UTC) for fold in (0, 1))
        yield first
        if second > first and self.expression.split()[1].startswith("*"):
            yield second


@dataclass(frozen=True)
class Interval:
    """Every so many seconds, counted from the epoch: no clock that jumps can move them."""

    seconds: int

    def after(self, moment: datetime) -> datetime | None:
        step = timedelta(seconds=self.seconds)
        return EPOCH + ((moment - EPOCH) // step + 1) * step

    def latest(self, moment: datetime) -> datetime | None:
        step = timedelta(seconds=self.seconds)
        return EPOCH + ((moment - EPOCH) // step) * step


@dataclass(frozen=True)
class Once:
    """One moment."""

    moment: datetime

    def after(self, moment: datetime) -> datetime | None:
        return self.moment if self.moment > moment else None

    def latest(self, moment: datetime) -> datetime | None:
        return self.moment if self.moment <= moment else None


Rule = Cron | Interval | Once


def upcoming(rule: Rule, moment: datetime, count: int) -> Iterator[datetime]:
    """The next ticks after ``moment``, at most ``count``."""
    for _number in range(count):
        if (tick := rule.after(moment)) is None:
            return
        yield tick
        moment = tick
