"""The lines of a brief (简报): period, level, growth, against what it is held, progress."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from forecasting.figures.indicator import (
    Area,
    Basis,
    Measure,
    Observation,
    ObservationKey,
    Status,
)
from forecasting.figures.period import Month, Quarter
from forecasting.history.levels import level_bases, level_since_january
from forecasting.issues.snapshot import Above, BriefLine, GrowthToDate, Progress
from forecasting.outlook.outlook import Outlook, Verdict

MOST_MONTHS = 3
"""Between a figure and that of the period before: further apart they are not held together."""
AGREEING = 0.5
"""Percentage points by which growth of the levels may differ from the growth published.

Rounded levels of a small zone differ by as much. More means that the two count different things,
as investment does since its levels were revised, and no level then tells how far a target is.
"""


def figures_until_cut(outlook: Outlook, observations: Sequence[Observation]) -> list[Observation]:
    """Return the figures, of any area, that the outlook could know; an estimate (预计) is none."""
    last = Quarter(outlook.year, 4)
    cut = last if outlook.as_of is None else min(last, outlook.as_of)
    return [
        figure
        for figure in observations
        if figure.month <= cut.end and figure.status is not Status.ESTIMATE
    ]


def areas_above(area: Area, areas: Sequence[Area]) -> Iterator[Area]:
    """Yield the areas above one, the nearest first."""
    by_id = {entry.id: entry for entry in areas}
    seen = {area.id}
    while area.parent in by_id and area.parent not in seen:
        area = by_id[area.parent]
        seen.add(area.id)
        yield area


def brief_of(
    outlook: Outlook, areas: Sequence[Area], observations: Sequence[Observation]
) -> tuple[BriefLine, ...]:
    """Return a line for each verdict.

    Parameters
    ----------
    areas, observations
        Of any area; those of the outlook's and of the areas above it are picked, and cut where
        the outlook is.
    """
    known = {figure.key: figure for figure in figures_until_cut(outlook, observations)}
    above = tuple(areas_above(outlook.area, areas))
    return tuple(
        _line(_Figures(verdict, outlook.area.id, known), above) for verdict in outlook.verdicts
    )


@dataclass(frozen=True, slots=True)
class _Figures:
    """The figures of a verdict's area and indicator, and those of other areas beside them."""

    verdict: Verdict
    area: str
    known: Mapping[ObservationKey, Observation]

    @property
    def basis(self) -> Basis:
        return self.verdict.target.basis

    def at(
        self, measure: Measure, month: Month, basis: Basis | None = None, area: str = ""
    ) -> Observation | None:
        indicator = self.verdict.indicator_id
        key = (area or self.area, indicator, measure, basis or self.basis, month)
        return self.known.get(key)

    def readings(self) -> list[GrowthToDate]:
        """Return growth since January by rising month, those between quarters' ends included."""
        history = self.verdict.history
        growth = {
            quarter.end: float(value)
            for quarter, value in zip(history.quarters, history.ytd, strict=True)
            if math.isfinite(value)
        }
        growth |= {
            figure.month: figure.value
            for figure in self.known.values()
            if (figure.area, figure.indicator, figure.measure, figure.basis)
            == (self.area, self.verdict.indicator_id, Measure.GROWTH_YTD, self.basis)
        }
        return [GrowthToDate(month, growth[month]) for month in sorted(growth)]

    def level(self, month: Month) -> float | None:
        """Return the level since January, at current prices where that is known."""
        for basis in level_bases(self.basis):
            level = level_since_january(
                self.known, self.area, self.verdict.indicator_id, basis, month
            )
            if level is not None:
                return level
        return None

    def flash(self, months: Sequence[Month]) -> bool:
        """Return whether growth or level of any of the months is an internal flash."""
        unpublished = {quarter.end for quarter in self.verdict.history.unpublished}
        return any(
            month in unpublished
            or any(
                figure.status is Status.FLASH
                for figure in self.known.values()
                if (figure.area, figure.indicator, figure.month)
                == (self.area, self.verdict.indicator_id, month)
            )
            for month in months
        )


def _line(figures: _Figures, above: Sequence[Area]) -> BriefLine:
    """Return the line of a verdict, whose history holds one figure at least."""
    indicator = figures.verdict.history.indicator
    *_, latest = readings = figures.readings()
    before = readings[-2] if len(readings) > 1 else None
    if before is not None and _months(latest.period) - _months(before.period) > MOST_MONTHS:
        before = None
    beside, unpublished_above = _above(figures, latest.period, above)
    months = [latest.period] + ([] if before is None else [before.period])
    return BriefLine(
        indicator=indicator.id,
        name=indicator.name,
        latest=latest,
        level=figures.level(latest.period),
        unit=indicator.unit,
        before=before,
        above=beside,
        progress=_progress(figures, latest),
        unpublished=unpublished_above or figures.flash(months),
    )


def _months(month: Month) -> int:
    return 12 * month.year + month.month


def _above(figures: _Figures, month: Month, above: Sequence[Area]) -> tuple[Above | None, bool]:
    """Return what the nearest area above has, and whether that is an internal flash."""
    for area in above:
        figure = figures.at(Measure.GROWTH_YTD, month, area=area.id)
        if figure is not None:
            growth = Above(area.id, area.name, figure.value)
            return growth, figure.status is Status.FLASH
    return None, False


def _progress(figures: _Figures, latest: GrowthToDate) -> Progress:
    threshold = figures.verdict.target.threshold
    return Progress(gap=latest.growth - threshold, share=_share(figures, latest, threshold))


def _share(figures: _Figures, latest: GrowthToDate, threshold: float) -> float | None:
    """Return the level so far over what the target asks of the year, where levels can tell it."""
    month = latest.period
    level = figures.level(month)
    same = figures.level(Month(month.year - 1, month.month))
    whole = figures.level(Month(month.year - 1, 12))
    if level is None or same is None or whole is None or min(same, whole) <= 0:
        return None
    if abs((level / same - 1) * 100 - latest.growth) > AGREEING:
        return None
    asked = whole * (1 + threshold / 100)
    return level / asked if asked > 0 else None
