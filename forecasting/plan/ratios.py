"""Shares of an area above: an indicator in percent of that of its city."""

from __future__ import annotations

from dataclasses import replace

from forecasting.figures.indicator import Direction
from forecasting.plan.lines import peers_line
from forecasting.plan.years import REACH, Levels, YearPaths


def ratio_levels(own: Levels, above: Levels) -> Levels:
    """Return the levels of an area in percent of those of an area above, of years known of both."""
    return {year: own[year] / above[year] * 100 for year in own if year in above}


def ratio_paths(paths: YearPaths, above: Levels) -> YearPaths | None:
    """Return the years of an indicator in percent of the levels of an area above.

    That goes on at its own average growth of up to ``MOST_PEER_YEARS`` years, and stands still
    where it has fallen. None where no level of it is known.
    """
    line = peers_line({"": above}, paths.first - 1)
    if line is None:
        return None
    years = range(paths.first - 1, paths.first + REACH)
    course = line.course(years, Direction.UP)
    growth = ((1 + paths.growth / 100) / (course[1:] / course[:-1]) - 1) * 100
    levels = ratio_levels(paths.levels, above)
    past = {
        year: (levels[year] / levels[year - 1] - 1) * 100 for year in levels if year - 1 in levels
    }
    return replace(paths, levels=levels, past_growth=past, growth=growth)
