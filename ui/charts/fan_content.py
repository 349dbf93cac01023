"""The fan of one indicator: last year, this year, and what the rest of it may bring.

What it shows is described here once; ``fan_vega`` draws it on pages,
``ui.report.render.charts_svg`` in links and files, and ``ui/scenario/live/fan.js`` while sliders
move. All draw it as deviation from the target, so that the target is the horizon: its line stands
at the same height in every panel, and above or below is read without a scale.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from forecasting.figures.period import Period, Quarter, quarters_between
from forecasting.models.predictive import OutlierKind
from forecasting.outlook.outlook import Verdict
from forecasting.outlook.quantiles import Quantiles
from ui.charts.scale import AxisRange, horizon, short, spaced
from ui.language import Speaker
from ui.language import format as fmt

LAST = 7
"""Position of the fourth quarter of the year; the first of the year before is at 0."""
NEW_YEAR = LAST - 3
"""Position of the first quarter of the year."""
YEAR_END = NEW_YEAR - 1
"""Position of the last quarter of the year before."""
CROWD = 2
"""Quarters between two labels of figures beyond the frame, so that they do not overlap."""


@dataclass(frozen=True, slots=True)
class KnownFigure:
    """Cumulative growth that is known.

    Attributes
    ----------
    period
        The quarter, or the month inside the open one, to whose end it runs.
    position
        Of that end, in quarters from the first of the year before: 0 to 7, a month between.
    growth
        In percent.
    unpublished
        Whether it is an internal flash, which is drawn hollow.
    ring
        What its ring means, of an outlier or a change of definition; empty where there is none.
    """

    period: Period
    position: float
    growth: float
    unpublished: bool = False
    ring: str = ""


@dataclass(frozen=True, slots=True)
class Fan:
    """What a fan shows, and the words that stand in it.

    Attributes
    ----------
    years
        Names of the year before and of the year.
    target
        Height of the target line, in percent.
    known
        Figures of both years, in order.
    depths
        Position and quantiles of cumulative growth. They open at the year's last figure, where
        there is one; empty once the year is known.
    frame
        What is shown, as deviation from the target.
    end
        Expected full-year growth as it is written; empty once it is known.
    told
        What every quarter was, or what is expected of it, in words, at its position.
    flash
        What a hollow point means; empty where there is none.
    stamp
        What must stand in it wherever it is copied to: 内部资料, 模拟数据; else empty.
    """

    years: tuple[str, str]
    target: float
    known: tuple[KnownFigure, ...]
    depths: tuple[tuple[float, Quantiles], ...]
    frame: AxisRange
    end: str
    told: tuple[tuple[float, str], ...]
    flash: str
    stamp: str

    @property
    def lines(self) -> tuple[tuple[KnownFigure, ...], tuple[KnownFigure, ...]]:
        """The figures of the year before, and those of the year."""
        before = [figure for figure in self.known if figure.position <= YEAR_END]
        now = [figure for figure in self.known if figure.position > YEAR_END]
        return tuple(before), tuple(now)

    @property
    def points(self) -> tuple[KnownFigure, ...]:
        """The figures with a point: those of the year, and whatever is not published."""
        return tuple(
            figure
            for figure in self.known
            if (figure.unpublished or figure.position > YEAR_END) and not self.is_beyond(figure)
        )

    @property
    def rings(self) -> tuple[tuple[KnownFigure, str], ...]:
        """The figures with a ring, each with its label: of one meaning only the first has one."""
        ringed = [figure for figure in self.known if figure.ring and not self.is_beyond(figure)]
        first = {figure.ring: figure for figure in reversed(ringed)}
        return tuple((figure, figure.ring * (first[figure.ring] is figure)) for figure in ringed)

    @property
    def beyond(self) -> tuple[tuple[KnownFigure, str], ...]:
        """The figures outside the frame, each with its label: neighbours have one between them."""
        away = [figure for figure in self.known if self.is_beyond(figure)]
        places = [(figure.position, abs(figure.growth - self.target)) for figure in away]
        labelled = spaced(places, CROWD)
        return tuple(
            (figure, short(figure.growth) if place in labelled else "")
            for place, figure in enumerate(away)
        )

    def is_beyond(self, figure: KnownFigure) -> bool:
        """Return whether a figure is outside the frame."""
        return self.frame.beyond(figure.growth - self.target)


def fan_of(
    verdict: Verdict, year: int, say: Speaker, *, whole: bool = False, stamp: str = ""
) -> Fan:
    """Return the fan of a verdict.

    Parameters
    ----------
    whole
        Whether all of it is shown, as where there is room; else the year's 80% range and its
        latest figure, and of the rest what fits.
    """
    known = _known(verdict, year, say)
    depths: list[tuple[float, Quantiles]] = [
        (_position(point.quarter, year), point.quantiles) for point in verdict.fan
    ]
    if depths and known and known[-1].position > YEAR_END:
        depths.insert(0, (known[-1].position, Quantiles(*(known[-1].growth,) * 7)))
    inside = any(figure.unpublished for figure in known)
    return Fan(
        years=(say("period.year", year=year - 1), say("period.year", year=year)),
        target=verdict.target.threshold,
        known=known,
        depths=tuple(depths),
        frame=_frame(verdict, known, whole=whole),
        end=short(depths[-1][1].median) if depths else "",
        told=tuple(_told(verdict, known, year, say)),
        flash=say("chart.flash") if inside else "",
        stamp=stamp,
    )


def _told(
    verdict: Verdict, known: Sequence[KnownFigure], year: int, say: Speaker
) -> Iterator[tuple[float, str]]:
    """Yield what stands at each position, in words."""
    for figure in known:
        key = "chart.at_flash" if figure.unpublished else "chart.at"
        period = fmt.since_january(figure.period, say)
        yield figure.position, say(key, period=period, figure=fmt.growth(figure.growth, say))
    for point in verdict.fan:
        low, high = point.quantiles.q10, point.quantiles.q90
        told = say(
            "chart.at_ahead",
            period=fmt.since_january(point.quarter, say),
            figure=fmt.expected_growth(point.quantiles.median, say),
            interval=fmt.interval(low, high, say, unit="%"),
        )
        yield _position(point.quarter, year), told


def _position(period: Period, year: int) -> float:
    if isinstance(period, Quarter):
        return period - Quarter(year - 1, 1)
    return (12 * (period.year - year + 1) + period.month) / 3 - 1


def _known(verdict: Verdict, year: int, say: Speaker) -> tuple[KnownFigure, ...]:
    history, outliers = verdict.history, verdict.model.outliers if verdict.model else ()
    rings = {
        outlier.quarter: say(
            "chart.definition" if outlier.kind is OutlierKind.DEFINITION else "chart.outlier"
        )
        for outlier in outliers
    }
    figures = [
        KnownFigure(
            quarter,
            _position(quarter, year),
            history.ytd_at(quarter),
            quarter in history.unpublished,
            rings.get(quarter, ""),
        )
        for quarter in quarters_between(Quarter(year - 1, 1), Quarter(year, 4))
        if math.isfinite(history.ytd_at(quarter))
    ]
    if (known := history.partial) is not None:
        at = _position(known.month, year)
        figures.append(KnownFigure(known.month, at, known.ytd, known.unpublished))
    return tuple(figures)


def _frame(verdict: Verdict, known: Sequence[KnownFigure], *, whole: bool) -> AxisRange:
    ahead = [point.quantiles for point in verdict.fan]
    core = [*verdict.quantiles[1:6], *(figure.growth for figure in known[-1:])]
    wide = [*verdict.quantiles, *(value for quantiles in ahead for value in quantiles[1:6])]
    if whole:
        core += [*verdict.quantiles, *(value for quantiles in ahead for value in quantiles)]
    if verdict.complete:
        core = [figure.growth for figure in known if figure.position > YEAR_END]
    wide += [figure.growth for figure in known]
    target = verdict.target.threshold
    return horizon([value - target for value in core], [value - target for value in wide])
