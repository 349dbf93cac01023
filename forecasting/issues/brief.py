"""The lines of a brief (简报): period, level, growth, that of the area above, progress."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from forecasting.figures.indicator import Area, Measure, Observation, ObservationKey, Status, Target
from forecasting.figures.period import Month
from forecasting.history.levels import levels_since_january
from forecasting.issues.snapshot import Above, BriefLine, GrowthToDate, Progress
from forecasting.outlook.outlook import Outlook, Verdict
from forecasting.outlook.question import figures_until_cut

MOST_MONTHS = 3
"""Between a figure and that of the period before: further apart they are not compared."""
AGREEING = 0.5
"""Percentage points by which growth of the levels may differ from the growth published.

Rounded levels of a small zone differ by as much. More means that the two count different things,
as investment does since its levels were revised, and no level then tells how far a target is.
"""


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
    known = {
        figure.key: figure
        for figure in figures_until_cut(observations, outlook.year, outlook.as_of)
    }
    above = tuple(areas_above(outlook.area, areas))
    return tuple(_line(_Figures(verdict, known), above) for verdict in outlook.verdicts)


@dataclass(frozen=True, slots=True)
class _Figures:
    """The figures that a verdict's line is made of, those of areas above among them."""

    verdict: Verdict
    known: Mapping[ObservationKey, Observation]

    @property
    def target(self) -> Target:
        return self.verdict.target

    def growth_of(self, area: Area, month: Month) -> Observation | None:
        """Return the growth of an area since January, on the basis of the target."""
        key = (area.id, self.target.indicator, Measure.GROWTH_YTD, self.target.basis, month)
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
            if figure.measure is Measure.GROWTH_YTD and self.target.is_about(figure)
        }
        return [GrowthToDate(month, growth[month]) for month in sorted(growth)]

    def level(self, month: Month) -> float | None:
        """Return the level since January, at current prices where that is known."""
        return next(levels_since_january(self.known, self.target, month), None)

    def flash(self, months: Sequence[Month]) -> bool:
        """Return whether growth or level of any of the months is an internal flash."""
        unpublished = {quarter.end for quarter in self.verdict.history.unpublished}
        unpublished |= {
            figure.month
            for figure in self.known.values()
            if figure.status is Status.FLASH
            and (figure.area, figure.indicator) == (self.target.area, self.target.indicator)
        }
        return not unpublished.isdisjoint(months)


def _line(figures: _Figures, areas_above: Sequence[Area]) -> BriefLine:
    """Return the line of a verdict, whose history holds one figure at least."""
    indicator = figures.verdict.history.indicator
    *earlier, latest = figures.readings()
    before = earlier[-1] if earlier else None
    if before is not None and _months(latest.period) - _months(before.period) > MOST_MONTHS:
        before = None
    months = [latest.period] + ([] if before is None else [before.period])
    compared = (
        (area, figure)
        for area in areas_above
        if (figure := figures.growth_of(area, latest.period)) is not None
    )
    area, figure = next(compared, (None, None))
    return BriefLine(
        indicator=indicator.id,
        name=indicator.name,
        latest=latest,
        level=figures.level(latest.period),
        unit=indicator.unit,
        before=before,
        above=Above(area.id, area.name, figure.value) if area and figure else None,
        progress=_progress(figures, latest),
        unpublished=figures.flash(months) or (figure is not None and figure.status is Status.FLASH),
    )


def _months(month: Month) -> int:
    return 12 * month.year + month.month


def _progress(figures: _Figures, latest: GrowthToDate) -> Progress:
    threshold = figures.target.threshold
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
