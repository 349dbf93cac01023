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
from ui.language import Speaker
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


def section(snapshot: Snapshot, say: Speaker) -> Section | None:
    """Return the sentences and the figures in them; None where there is no line."""
    if not snapshot.brief:
        return None
    verdicts = {verdict.indicator_id: verdict for verdict in snapshot.outlook.verdicts}
    told: list[Block] = [
        Paragraph(marked(_sentence(line, verdicts.get(line.indicator), snapshot, say)))
        for line in snapshot.brief
    ]
    return Section(
        Topic.BRIEF,
        say("report.brief"),
        say("report.brief_note"),
        (
            Details(say("report.brief_open"), tuple(told)),
            Details(say("report.brief_table"), (_table(snapshot, say),)),
        ),
    )


def span(month: Month, say: Speaker) -> str:
    """Name the months from January to a month: 上半年, 1—10月."""
    if month.quarter is not None:
        return fmt.since_january(month.quarter, say)
    name = say(f"period.month.{month.month}")
    return say("period.until", year=month.year, month=name)


def _sentence(line: BriefLine, verdict: Verdict | None, snapshot: Snapshot, say: Speaker) -> str:
    flash = _flash(line, verdict, say)
    text = _standing(line, say) + flash.latest
    text += _against_before(line, flash.before, say) + _against_above(line, say)
    if verdict is not None:
        text += _progress(line, verdict.target, snapshot, say)
    name = say.plain.name(line.name)
    return say("report.brief_sentence", name=name, text=text + flash.line)


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


def _flash(line: BriefLine, verdict: Verdict | None, say: Speaker) -> _Flash:
    """Return the marks of a line, by what the history of its verdict holds unpublished."""
    if not line.unpublished:
        return _Flash("", "", "")
    quarters = verdict.history.unpublished if verdict is not None else frozenset()
    mark = say("report.brief_flash")
    latest, before = (
        mark if reading is not None and reading.period.quarter in quarters else ""
        for reading in (line.latest, line.before)
    )
    untold = not (latest or before)
    return _Flash(latest, before, say("report.brief_flash_line") if untold else "")


def _standing(line: BriefLine, say: Speaker) -> str:
    """Say the period, the level where it is known, and growth."""
    flat = "_flat" if published(line.latest.growth) == 0 else ""
    values = {
        "period": span(line.latest.period, say),
        "growth": fmt.growth(line.latest.growth, say),
    }
    if line.level is None:
        return say(f"report.brief_growth{flat}", **values)
    values["level"] = quantity(line.level, line.unit, say, exact=False)
    return say(f"report.brief_level{flat}", **values)


def _against_before(line: BriefLine, flash: str, say: Speaker) -> str:
    """Say how growth compares with that of the period before; a fall as a fall."""
    if line.before is None:
        return ""
    now, then = published(line.latest.growth), published(line.before.growth)
    before = span(line.before.period, say) + flash
    if _sign(now) != _sign(then):
        was = say(f"report.brief_was_{_sign(then)}", rate=fmt.percent(abs(then)))
        return say(f"report.brief_turn_{_sign(now)}", before=before, was=was)
    kind = "brief_fall" if now < 0 else "brief"
    moved = published(abs(now) - abs(then))
    if moved == 0:
        return say(f"report.{kind}_same", before=before)
    key = f"report.{kind}_{'up' if moved > 0 else 'down'}"
    return say(key, before=before, points=fmt.figure(abs(moved)))


def _sign(growth: float) -> str:
    return "flat" if growth == 0 else ("grow" if growth > 0 else "fall")


def _against_above(line: BriefLine, say: Speaker) -> str:
    """Say how growth compares with that of the area above; where both fall, how the falls do."""
    if line.above is None:
        return ""
    now, there = published(line.latest.growth), published(line.above.growth)
    area = say.plain.name(line.above.name)
    falls = now < 0 and there < 0
    kind = "brief_fall" if falls else "brief"
    moved = published(now - there)
    if moved == 0:
        return say(f"report.{kind}_level_with", area=area)
    key = f"report.{kind}_{'above' if moved > 0 else 'below'}"
    if now < 0 <= there:
        key = "report.brief_falls_alone"
    return say(key, area=area, points=fmt.figure(abs(moved)))


def _progress(line: BriefLine, target: Target, snapshot: Snapshot, say: Speaker) -> str:
    """Say how far growth is from its target, and how much of the year's level is reached.

    A figure of the year before is held against no target of this one.
    """
    progress, reference = snapshot.progress_of(line), snapshot.outlook.area.reference
    if progress is None:
        return say("report.brief_no_figure", year=snapshot.outlook.year)
    gap = published(published(line.latest.growth) - target.threshold)
    kind = "report.brief_line" if reference else "report.brief_target"
    what = say(kind, threshold=fmt.threshold(target.threshold))
    if gap == 0:
        text = say("report.brief_gap_none", what=what)
    else:
        key = "report.brief_gap_above" if gap > 0 else "report.brief_gap_below"
        text = say(key, what=what, points=fmt.figure(abs(gap)))
    if line.level is not None and progress.share is None:
        return text + _incomparable(target.basis, say)
    if progress.share is None or reference:
        return text
    share = fmt.percent(progress.share * 100)
    return text + say("report.brief_progress", share=share)


def _incomparable(basis: Basis, say: Speaker) -> str:
    """Say on what growth is that does not follow from the levels told beside it."""
    if basis.coverage in SCOPES:
        return say("report.brief_by_scope")
    if basis.price in (PriceBasis.COMPARABLE, PriceBasis.CONSTANT):
        return say("report.brief_by_prices")
    return ""


def _table(snapshot: Snapshot, say: Speaker) -> FigureTable:
    head = (
        say("column.indicator"),
        say("column.period"),
        say("report.brief_column_level"),
        say("report.brief_column_growth"),
        say("report.brief_column_before"),
        say("report.brief_column_above"),
    )
    rows = tuple(_row(line, say) for line in snapshot.brief)
    align = (Align.LEFT, Align.LEFT, *(Align.RIGHT,) * 4)
    return FigureTable(say("report.brief_caption"), head, rows, align)


def _row(line: BriefLine, say: Speaker) -> tuple[str, ...]:
    missing = say("format.missing")
    level = line.level
    return (
        say.plain.name(line.name),
        span(line.latest.period, say),
        missing if level is None else quantity(level, line.unit, say, exact=False),
        fmt.figure(line.latest.growth),
        _difference(line.before.growth if line.before else None, line, missing),
        _difference(line.above.growth if line.above else None, line, missing),
    )


def _difference(other: float | None, line: BriefLine, missing: str) -> str:
    """Write by how many points growth differs from another one, with its sign."""
    if other is None:
        return missing
    return fmt.signed(published(line.latest.growth) - published(other))
