"""How things stand, one sentence for each indicator, in the standard order of a brief (简报).

Period, level, growth, against the period before in percentage points, against the area above,
and the distance to the target.
"""

from __future__ import annotations

from dataclasses import dataclass

from forecasting.figures.indicator import Basis, PriceBasis, Target
from forecasting.figures.period import Month
from forecasting.figures.target import published
from forecasting.issues.snapshot import BriefLine, Snapshot
from forecasting.outlook.outlook import Verdict
from ui.language import Language, t, words
from ui.language import format as fmt
from ui.report.document.blocks import (
    Align,
    Block,
    Details,
    FigureTable,
    Paragraph,
    Section,
    Topic,
    marked,
)
from ui.scenario.terms import quantity

SCOPES = ("comparable_scope", "same_firms")
"""Coverages on which growth is of what both years count, while each level counts its own."""


def section(snapshot: Snapshot, language: Language) -> Section | None:
    """Return the sentences and the figures in them; None where there is no line."""
    if not snapshot.brief:
        return None
    verdicts = {verdict.indicator_id: verdict for verdict in snapshot.outlook.verdicts}
    told: list[Block] = [
        Paragraph(marked(_sentence(line, verdicts.get(line.indicator), snapshot, language)))
        for line in snapshot.brief
    ]
    return Section(
        Topic.BRIEF,
        t("report.brief", language),
        t("report.brief_note", language),
        (
            Details(t("report.brief_open", language), tuple(told)),
            Details(t("report.brief_table", language), (_table(snapshot, language),)),
        ),
    )


def span(month: Month, language: Language) -> str:
    """Name the months from January to a month: 上半年, 1—10月."""
    if month.quarter is not None:
        return fmt.since_january(month.quarter, language)
    name = t(f"period.month.{month.month}", language)
    return t("period.until", language, year=month.year, month=name)


def _sentence(
    line: BriefLine, verdict: Verdict | None, snapshot: Snapshot, language: Language
) -> str:
    flash = _flash(line, verdict, language)
    text = _standing(line, language) + flash.latest
    text += _against_before(line, flash.before, language) + _against_above(line, language)
    if verdict is not None:
        text += _progress(line, verdict.target, snapshot, language)
    name = words.plain_name(line.name, language)
    return t("report.brief_sentence", language, name=name, text=text + flash.line)


@dataclass(frozen=True, slots=True)
class _Flash:
    """The marks of an internal flash behind the figures that are one; empty behind others.

    Attributes
    ----------
    line
        Where something in the line is one, and no history tells which: a level, the figure of a
        month between the ends of quarters, or that of the area above.
    """

    latest: str
    before: str
    line: str


def _flash(line: BriefLine, verdict: Verdict | None, language: Language) -> _Flash:
    """Return the marks of a line, by what the history of its verdict holds unpublished."""
    if not line.unpublished:
        return _Flash("", "", "")
    quarters = verdict.history.unpublished if verdict is not None else frozenset()
    mark = t("report.brief_flash", language)
    latest, before = (
        mark if reading is not None and reading.period.quarter in quarters else ""
        for reading in (line.latest, line.before)
    )
    untold = not (latest or before)
    return _Flash(latest, before, t("report.brief_flash_line", language) if untold else "")


def _standing(line: BriefLine, language: Language) -> str:
    """Say the period, the level where it is known, and growth."""
    flat = "_flat" if published(line.latest.growth) == 0 else ""
    values = {
        "period": span(line.latest.period, language),
        "growth": fmt.growth(line.latest.growth, language),
    }
    if line.level is None:
        return t(f"report.brief_growth{flat}", language, **values)
    values["level"] = quantity(line.level, line.unit, language, exact=False)
    return t(f"report.brief_level{flat}", language, **values)


def _against_before(line: BriefLine, flash: str, language: Language) -> str:
    """Say how growth compares with that of the period before; a fall as a fall."""
    if line.before is None:
        return ""
    now, then = published(line.latest.growth), published(line.before.growth)
    before = span(line.before.period, language) + flash
    if _sign(now) != _sign(then):
        was = t(f"report.brief_was_{_sign(then)}", language, rate=fmt.percent(abs(then)))
        return t(f"report.brief_turn_{_sign(now)}", language, before=before, was=was)
    kind = "brief_fall" if now < 0 else "brief"
    moved = published(abs(now) - abs(then))
    if moved == 0:
        return t(f"report.{kind}_same", language, before=before)
    key = f"report.{kind}_{'up' if moved > 0 else 'down'}"
    return t(key, language, before=before, points=fmt.figure(abs(moved)))


def _sign(growth: float) -> str:
    return "flat" if growth == 0 else ("grow" if growth > 0 else "fall")


def _against_above(line: BriefLine, language: Language) -> str:
    """Say how growth compares with that of the area above; where both fall, how the falls do."""
    if line.above is None:
        return ""
    now, there = published(line.latest.growth), published(line.above.growth)
    area = words.plain_name(line.above.name, language)
    falls = now < 0 and there < 0
    kind = "brief_fall" if falls else "brief"
    moved = published(now - there)
    if moved == 0:
        return t(f"report.{kind}_level_with", language, area=area)
    key = f"report.{kind}_{'above' if moved > 0 else 'below'}"
    if now < 0 <= there:
        key = "report.brief_falls_alone"
    return t(key, language, area=area, points=fmt.figure(abs(moved)))


def _progress(line: BriefLine, target: Target, snapshot: Snapshot, language: Language) -> str:
    """Say how far growth is from its target, and how much of the year's level is reached.

    A figure of the year before is held against no target of this one.
    """
    progress, reference = snapshot.progress_of(line), snapshot.outlook.area.reference
    if progress is None:
        return t("report.brief_no_figure", language, year=snapshot.outlook.year)
    gap = published(published(line.latest.growth) - target.threshold)
    kind = "report.brief_line" if reference else "report.brief_target"
    what = t(kind, language, threshold=fmt.threshold(target.threshold))
    if gap == 0:
        text = t("report.brief_gap_none", language, what=what)
    else:
        key = "report.brief_gap_above" if gap > 0 else "report.brief_gap_below"
        text = t(key, language, what=what, points=fmt.figure(abs(gap)))
    if line.level is not None and progress.share is None:
        return text + _incomparable(target.basis, language)
    if progress.share is None or reference:
        return text
    share = fmt.percent(progress.share * 100)
    return text + t("report.brief_progress", language, share=share)


def _incomparable(basis: Basis, language: Language) -> str:
    """Say on what growth is that does not follow from the levels told beside it."""
    if basis.coverage in SCOPES:
        return t("report.brief_by_scope", language)
    if basis.price in (PriceBasis.COMPARABLE, PriceBasis.CONSTANT):
        return t("report.brief_by_prices", language)
    return ""


def _table(snapshot: Snapshot, language: Language) -> FigureTable:
    head = (
        t("column.indicator", language),
        t("column.period", language),
        t("report.brief_column_level", language),
        t("report.brief_column_growth", language),
        t("report.brief_column_before", language),
        t("report.brief_column_above", language),
    )
    rows = tuple(_row(line, language) for line in snapshot.brief)
    align = (Align.LEFT, Align.LEFT, *(Align.RIGHT,) * 4)
    return FigureTable(t("report.brief_caption", language), head, rows, align)


def _row(line: BriefLine, language: Language) -> tuple[str, ...]:
    missing = t("format.missing", language)
    level = line.level
    return (
        words.plain_name(line.name, language),
        span(line.latest.period, language),
        missing if level is None else quantity(level, line.unit, language, exact=False),
        fmt.figure(line.latest.growth),
        _difference(line.before.growth if line.before else None, line, missing),
        _difference(line.above.growth if line.above else None, line, missing),
    )


def _difference(other: float | None, line: BriefLine, missing: str) -> str:
    """Write by how many points growth differs from another one, with its sign."""
    if other is None:
        return missing
    return fmt.signed(published(line.latest.growth) - published(other))
