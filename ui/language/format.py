"""Figures and periods as Chinese statistics write them, and as English readers expect.

A rounded probability never crosses a light: 89.6% beside 有望完成 is shown as 89%, not 90%.
"""

from __future__ import annotations

import math
from datetime import date as date_type
from datetime import datetime

from data.clock import ZONE
from forecasting.figures.indicator import Measure, Observation
from forecasting.figures.period import Month, Period, Quarter
from forecasting.figures.target import published
from forecasting.outlook.lights import LIGHT_BOUNDS
from forecasting.outlook.pace import Pace
from ui.language import Speaker

_GUARD = 1e-9
"""Where the zone is: a commit at eight in the morning there is not of the day before."""


def figure(value: float) -> str:
    """Write a number at one decimal, thousands separated, with a true minus sign."""
    return f"{published(value):,.1f}".replace("-", "−")


def known(value: float, say: Speaker) -> str:
    """Write a number at one decimal, or a dash where it is not known."""
    return figure(value) if math.isfinite(value) else say("format.missing")


def amount(value: float) -> str:
    """Write a level with the decimals it has, two at most."""
    text = f"{value:,.2f}".replace("-", "−")
    return text.rstrip("0").rstrip(".")


def precise(value: float) -> str:
    """Write a figure as precisely as a file does: four decimals, or three digits below one."""
    small = 0 < abs(value) < 1
    decimals = 2 - math.floor(math.log10(abs(value))) if small else 4
    return f"{value:,.{max(decimals, 4)}f}".rstrip("0").rstrip(".").replace("-", "−")


def rate(value: float) -> str:
    """Write a growth rate without its sign % as a file does, at one decimal at least."""
    text = precise(value)
    return text if "." in text else f"{text}.0"


def difference(value: float, *, growth: bool) -> str:
    """Write by how much a figure differs, with its sign and as precisely."""
    return ("+" if value > 0 else "") + (rate(value) if growth else precise(value))


def capitalised(text: str) -> str:
    """Return a phrase as a sentence opens: with a capital, where a script has them."""
    return text[:1].upper() + text[1:]


def percent(value: float) -> str:
    """Write a growth rate in percent at one decimal."""
    return f"{figure(value)}%"


def signed(points: float) -> str:
    """Write percentage points with their sign at one decimal."""
    text = figure(points)
    return text if text.startswith("−") or text == "0.0" else f"+{text}"


def threshold(value: float) -> str:
    """Write a target in percent with the decimals it is set with."""
    return f"{value:g}%".replace("-", "−")


def interval(low: float, high: float, say: Speaker, *, unit: str = "") -> str:
    """Write a range; a dash beside a minus sign misreads, so a word stands there instead."""
    key = "format.interval_negative" if published(low) < 0 else "format.interval"
    return say(key, low=figure(low) + unit, high=figure(high) + unit)


def growth_interval(low: float, high: float, say: Speaker) -> str:
    """Say between what growth lies: 在6.1%—7.9%, or 下降0.9%—4.3% where it is below zero."""
    if published(high) < 0:
        return say("format.falls_by", interval=interval(-high, -low, say, unit="%"))
    return say("format.in_interval", interval=interval(low, high, say, unit="%"))


def growth(value: float, say: Speaker) -> str:
    """Say how much something grew or fell."""
    rate = published(value)
    if rate == 0:
        return say("format.flat")
    key = "format.grew" if rate > 0 else "format.fell"
    return say(key, rate=percent(abs(rate)))


def expected_growth(value: float, say: Speaker) -> str:
    """Say how much something is likely to grow or fall."""
    rate = published(value)
    if rate == 0:
        return say("format.will_flat")
    key = "format.will_grow" if rate > 0 else "format.will_fall"
    return say(key, rate=percent(abs(rate)))


def hundredths(probability: float) -> int:
    """Round a probability to whole percents without stepping over a light's bound."""
    return _round_within(probability, 100)


def tenths(probability: float) -> int:
    """Round a probability to tenths without stepping over a light's bound."""
    return _round_within(probability, 10)


def twentieths(probability: float) -> int:
    """Round a probability to steps of 5% without stepping over a light's bound."""
    return _round_within(probability, 20)


def nearly(value: float) -> bool:
    """Whether the nearest tenth lies over a light's bound, so that ``tenths`` stays below it."""
    return math.floor(value * 10 + 0.5 + _GUARD) > tenths(value)


def sure(value: float) -> bool:
    """Whether a probability is nine tenths or more, as it is shown in tenths."""
    return tenths(value) >= 9


def rare(value: float) -> bool:
    """Whether a probability is less than a tenth, as it is shown in whole percents."""
    return hundredths(value) < 10


def probability(value: float) -> str:
    """Write a probability at 1%, ``<1%`` and ``>99%`` at the ends."""
    if value < 0.01:
        return "<1%"
    return ">99%" if value > 0.99 else f"{hundredths(value)}%"


def share(value: float) -> str:
    """Write an observed share, or a difference of scores, in whole percent."""
    return f"{math.floor(value * 100 + 0.5 + _GUARD)}%"


def share_interval(low: float, high: float, say: Speaker) -> str:
    """Write the interval of a share in whole percent."""
    return say("format.interval", low=share(low).removesuffix("%"), high=share(high))


def chance(value: float, say: Speaker) -> str:
    """Say a probability as the end of a sentence, where symbols do not read aloud."""
    if value < 0.01:
        return say("chance.below")
    if value > 0.99:
        return say("chance.above")
    return say("chance.is", percent=f"{hundredths(value)}%")


def cheng(value: float, say: Speaker) -> str:
    """Say an all-clear probability in tenths, 成, as leaders read it.

    Where the nearest tenth lies over a light's bound it is 近九成, not a tenth less.
    """
    if sure(value):
        return say("cheng.above")
    if rare(value):
        return say("cheng.below")
    if nearly(value):
        return say(f"cheng.nearly.{tenths(value) + 1}")
    return say(f"cheng.{tenths(value)}")


def times_in_hundred(value: float, say: Speaker) -> str:
    """Say how many times out of one hundred a probability means."""
    if value < 0.01:
        return say("times.below")
    if value > 0.99:
        return say("times.above")
    return say("times.about", times=hundredths(value))


def since_january(period: Period, say: Speaker) -> str:
    """Name the months from January to the end of a period: 2026年上半年, 2026年1—10月."""
    if isinstance(period, Quarter):
        return say(f"period.year_to.{period.quarter}", year=period.year)
    return until(period, say)


def span(period: Period | int, say: Speaker) -> str:
    """Name the same months without the year: 上半年, 1—10月; an integer is a quarter."""
    if isinstance(period, Month):
        if period.quarter is None:
            month = say(f"period.month.{period.month}")
            return month if period.month == 1 else say("period.span_until", month=month)
        period = period.quarter
    number = period.quarter if isinstance(period, Quarter) else period
    return say(f"period.span.{number}")


def as_of(period: Period, say: Speaker) -> str:
    """Name the end of a period as the point figures run to: 2026年上半年, 2026年10月."""
    if isinstance(period, Quarter):
        return say(f"period.as_of.{period.quarter}", year=period.year)
    month = say(f"period.month.{period.month}")
    return say("period.month_of", year=period.year, month=month)


def remaining(pace: Pace, say: Speaker) -> str:
    """Name the rest of a year that a pace is of: 下半年, 11—12月, 12月."""
    if pace.first_month is None:
        return say(f"period.rest.{pace.first_quarter}")
    return say(f"period.rest_from.{pace.first_month}")


def single_quarter(quarter: Quarter, say: Speaker) -> str:
    """Name one quarter: 2026年二季度."""
    return say(f"period.quarter.{quarter.quarter}", year=quarter.year)


def period(figure: Observation, say: Speaker) -> str:
    """Name what a figure covers: a month, a quarter, or the year until then."""
    return covered(figure.measure, figure.month, say)


def covered(measure: Measure, month: Month, say: Speaker) -> str:
    """Name what figures of a form cover that run to a month: 2026年9月, 2026年前三季度."""
    quarter = month.quarter
    name = say(f"period.month.{month.month}")
    of_month = measure.is_of_month
    if of_month or quarter is None:
        key = "period.month_of" if of_month else "period.until"
        return say(key, year=month.year, month=name)
    single = measure in (Measure.GROWTH_QUARTER, Measure.LEVEL_QUARTER)
    return single_quarter(quarter, say) if single else since_january(quarter, say)


def until(month: Month, say: Speaker) -> str:
    """Name the months of a year until one: 2026年前三季度, 2026年1—8月."""
    if month.quarter is not None:
        return since_january(month.quarter, say)
    name = say(f"period.month.{month.month}")
    key = "period.month_of" if month.month == 1 else "period.until"
    return say(key, year=month.year, month=name)


def date(moment: datetime, say: Speaker) -> str:
    """Write the day in the zone: 2026年11月24日."""
    there = moment.astimezone(ZONE)
    month = say(f"period.month.{there.month}")
    return say("format.date", year=there.year, month=month, day=there.day)


def day(moment: datetime, say: Speaker) -> str:
    """Write the day in the zone without its year: 11月24日."""
    there = moment.astimezone(ZONE)
    month = say(f"period.month.{there.month}")
    return say("format.day", month=month, day=there.day)


def about_when(day: date_type, say: Speaker, *, this_year: int) -> str:
    """Say about when a day is: 11月中旬, with its year unless that is ``this_year``."""
    third = min((day.day - 1) // 10, 2) + 1
    month = say(f"period.month.{day.month}")
    when = say(f"format.third.{third}", month=month)
    if day.year == this_year:
        return when
    return say("format.in_year", year=day.year, when=when)


def issue_number(
    number: int, say: Speaker, *, scenario: bool, practice: bool = False, label: str = ""
) -> str:
    """Write the number of an issue in its series.

    Parameters
    ----------
    number
        0 is of one that cannot be read.
    scenario, practice
        Which series it is in: of scenarios, of invented areas.
    label
        The number as the office writes it, which then stands alone.
    """
    if label:
        return say.verbatim(label)
    if not number:
        return say("format.missing")
    series = f"{'_practice' if practice else ''}{'_scenario' if scenario else ''}"
    return say(f"report.number{series}", number=number)


def minute(moment: datetime) -> str:
    """Write the day and time in the zone, for the rows of a table: 2026-11-24 16:05."""
    return f"{moment.astimezone(ZONE):%Y-%m-%d %H:%M}"


def _round_within(value: float, parts: int) -> int:
    """Round half up to ``1/parts``, but down where that would step over a light's bound."""
    rounded = math.floor(value * parts + 0.5 + _GUARD)
    crosses = any(value < bound <= rounded / parts + _GUARD for bound in LIGHT_BOUNDS)
    return math.floor(value * parts + _GUARD) if crosses else rounded
