"""Fans of a report: figures and words, placed by whoever draws them."""

from __future__ import annotations

import math

from forecasting.figures.period import Quarter, quarters_between
from forecasting.outlook.outlook import FanPoint, Outlook, Verdict
from ui.language import Language, t, words
from ui.language import format as fmt
from ui.outlook import sentences
from ui.report.document import leaders
from ui.report.document.density import density
from ui.report.document.model import Align, Block, Details, Grid
from ui.report.document.pictures import Fan, Side

WIDE = 100.0
"""From this percentage on the end of a fan is labelled without decimals, to fit."""


def fan(
    verdict: Verdict,
    outlook: Outlook,
    language: Language,
    *,
    large: bool,
    held: bool = False,
    stamp: str = "",
) -> Fan:
    """Return the fan of a verdict; a large one has the full year's distribution beside it.

    Parameters
    ----------
    held
        Whether a scenario holds the full year: then nothing of it is a chance.
    stamp
        What must stand in it.
    """
    year, first = outlook.year, Quarter(outlook.year - 1, 1)
    known = _known(verdict, year)
    flash = frozenset(
        quarter - first for quarter in known if quarter in verdict.history.unpublished
    )
    line = "report.fan_line" if verdict.light is None else "report.fan_target"
    return Fan(
        indicator=verdict.indicator_id,
        title=words.title(verdict.history.indicator, language),
        caption=_caption(verdict, outlook, language, large=large, held=held),
        alt=_alt(verdict, known, outlook, language, held=held),
        year=year,
        labels=(
            t("period.year", language, year=year - 1),
            t("period.year", language, year=year),
            t(line, language, threshold=f"{verdict.target.threshold:g}".replace("-", "−")),
        ),
        target=verdict.target.threshold,
        known=tuple((quarter - first, value) for quarter, value in known.items()),
        ahead=tuple((point.quarter - first, point.quantiles) for point in verdict.fan),
        end=_end(verdict),
        side=_side(verdict, language, alone=len(outlook.counted) == 1)
        if large and not held
        else None,
        stamp=stamp,
        flash=flash,
        flash_word=t("report.fan_flash", language) if flash else "",
    )


def _known(verdict: Verdict, year: int) -> dict[Quarter, float]:
    """Return the cumulative growth that is known of the year before and of the year."""
    span = quarters_between(Quarter(year - 1, 1), Quarter(year, 4))
    values = {quarter: verdict.history.ytd_at(quarter) for quarter in span}
    return {quarter: value for quarter, value in values.items() if math.isfinite(value)}


def _end(verdict: Verdict) -> str:
    if not verdict.fan:
        return ""
    median = verdict.fan[-1].quantiles.median
    return f"{median:,.0f}".replace("-", "−") if abs(median) >= WIDE else fmt.figure(median)


def _held(verdict: Verdict, language: Language) -> str:
    """Say what a scenario holds the full year to."""
    return t("report.fan_held", language, rate=fmt.percent(verdict.quantiles.median))


def _caption(
    verdict: Verdict, outlook: Outlook, language: Language, *, large: bool, held: bool
) -> str:
    if held:
        return _held(verdict, language)
    if not large:
        return sentences.plain(sentences.verdict_sentence(verdict, outlook.year, language))
    if not verdict.fan:
        growth = fmt.growth(verdict.quantiles.median, language)
        key = "report.fan_known" if verdict.complete else "report.fan_known_flash"
        return t(key, language, growth=growth)
    low, high = verdict.quantiles.q10, verdict.quantiles.q90
    return t(
        "report.fan_caption",
        language,
        growth=fmt.expected_growth(verdict.quantiles.median, language),
        interval=fmt.interval(low, high, language, unit="%"),
    )


def _alt(
    verdict: Verdict,
    known: dict[Quarter, float],
    outlook: Outlook,
    language: Language,
    *,
    held: bool,
) -> str:
    """Say the verdict, and the figures that lead to it."""
    told = sentences.plain(sentences.verdict_sentence(verdict, outlook.year, language))
    if held:
        told = _held(verdict, language)
    comma = t("format.comma", language)
    before, now = (
        comma.join(
            fmt.percent(value) + _mark(quarter, verdict, language)
            for quarter, value in known.items()
            if quarter.year == year
        )
        or t("format.missing", language)
        for year in (outlook.year - 1, outlook.year)
    )
    return t("report.fan_alt", language, sentence=told, before=before, now=now)


def _mark(quarter: Quarter, verdict: Verdict, language: Language) -> str:
    """Return what stands behind a figure that is not published."""
    unpublished = quarter in verdict.history.unpublished
    return t("report.brief_flash", language) if unpublished else ""


def _side(verdict: Verdict, language: Language, *, alone: bool) -> Side | None:
    """Return the full year's distribution; None where it is known."""
    values, heights = density(verdict.quantiles)
    if not values or not verdict.fan:
        return None
    chance = verdict.probability
    met = t("report.fan_met" if verdict.light else "report.fan_met_reference", language)
    return Side(
        values=values,
        density=heights,
        cuts=(verdict.cut.lower, verdict.cut.upper),
        met=(leaders.cell(chance, language, alone=alone), met),
        missed=(
            leaders.other_cell(chance, language, alone=alone),
            t("report.fan_missed", language),
        ),
    )


def figures(verdict: Verdict, outlook: Outlook, language: Language) -> Block:
    """Return the figures that a fan draws, as a table to open."""
    name = words.name(verdict.history.indicator.name, language)
    head = (
        t("column.period", language),
        t("report.fan_median", language),
        t("report.fan_interval", language),
        t("report.fan_wide", language),
    )
    missing = t("format.missing", language)
    rows = [
        (
            fmt.since_january(quarter, language) + _mark(quarter, verdict, language),
            fmt.figure(value),
            missing,
            missing,
        )
        for quarter, value in _known(verdict, outlook.year).items()
    ]
    rows += [_row(point, language) for point in verdict.fan]
    caption = t("report.fan_figures_caption", language, name=name)
    align = (Align.LEFT, Align.RIGHT, Align.RIGHT, Align.RIGHT)
    return Details(t("report.fan_figures", language), (Grid(caption, head, tuple(rows), align),))


def _row(point: FanPoint, language: Language) -> tuple[str, str, str, str]:
    values = point.quantiles
    return (
        fmt.since_january(point.quarter, language),
        fmt.figure(values.median),
        fmt.interval(values.q10, values.q90, language),
        fmt.interval(values.q025, values.q975, language),
    )
