"""How things stand, one sentence for each indicator, in the standard order of a brief (简报).

Period, level, growth, against the period before in percentage points, against the area above,
and the distance to the target.
"""

from __future__ import annotations

from forecasting.indicator import Target
from forecasting.period import Month
from forecasting.snapshot.model import BriefLine, Snapshot
from forecasting.target import published
from ui import format as fmt
from ui import words
from ui.messages import Language, t
from ui.report.model import Align, Block, Details, Grid, Paragraph, Part, Section
from ui.report.text import marked
from ui.scenario_words import quantity


def section(snapshot: Snapshot, language: Language) -> Section | None:
    """Return the sentences and the figures in them; None where there is no line."""
    if not snapshot.brief:
        return None
    targets = {verdict.indicator_id: verdict.target for verdict in snapshot.outlook.verdicts}
    reference = snapshot.outlook.area.reference
    told: list[Block] = [
        Paragraph(marked(_sentence(line, targets.get(line.indicator), reference, language)))
        for line in snapshot.brief
    ]
    return Section(
        Part.BRIEF,
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


def _sentence(line: BriefLine, target: Target | None, reference: bool, language: Language) -> str:
    growth = fmt.growth(line.latest.growth, language)
    period = span(line.latest.period, language)
    if line.level is None:
        text = t("report.brief_growth", language, period=period, growth=growth)
    else:
        level = quantity(line.level, line.unit, language, exact=False)
        text = t("report.brief_level", language, period=period, level=level, growth=growth)
    if line.unpublished:
        text += t("report.brief_flash", language)
    text += _against_before(line, language) + _against_above(line, language)
    if target is not None:
        text += _progress(line, target, reference, language)
    name = words.name(line.name, language)
    return t("report.brief_sentence", language, name=name, text=text)


def _points(moved: float) -> float:
    """Return a difference of growth rates as it is shown."""
    return published(moved)


def _against_before(line: BriefLine, language: Language) -> str:
    """Say how growth compares with that of the period before."""
    if line.before is None:
        return ""
    moved = _points(published(line.latest.growth) - published(line.before.growth))
    before = span(line.before.period, language)
    if moved == 0:
        return t("report.brief_same", language, before=before)
    key = "report.brief_up" if moved > 0 else "report.brief_down"
    return t(key, language, before=before, points=fmt.figure(abs(moved)))


def _against_above(line: BriefLine, language: Language) -> str:
    """Say how growth compares with that of the area above."""
    if line.above is None:
        return ""
    moved = _points(published(line.latest.growth) - published(line.above.growth))
    area = words.name(line.above.name, language)
    if moved == 0:
        return t("report.brief_level_with", language, area=area)
    key = "report.brief_above" if moved > 0 else "report.brief_below"
    return t(key, language, area=area, points=fmt.figure(abs(moved)))


def _progress(line: BriefLine, target: Target, reference: bool, language: Language) -> str:
    """Say how far growth is from its target, and how much of the year's level is reached."""
    gap = _points(line.progress.gap)
    kind = "report.brief_line" if reference else "report.brief_target"
    what = t(kind, language, threshold=fmt.threshold(target.threshold))
    if gap == 0:
        text = t("report.brief_gap_none", language, what=what)
    else:
        key = "report.brief_gap_above" if gap > 0 else "report.brief_gap_below"
        text = t(key, language, what=what, points=fmt.figure(abs(gap)))
    if line.progress.share is None or reference:
        return text
    share = fmt.percent(line.progress.share * 100)
    return text + t("report.brief_progress", language, share=share)


def _table(snapshot: Snapshot, language: Language) -> Grid:
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
    return Grid(t("report.brief_caption", language), head, rows, align)


def _row(line: BriefLine, language: Language) -> tuple[str, ...]:
    missing = t("format.missing", language)
    level = line.level
    return (
        words.name(line.name, language),
        span(line.latest.period, language),
        missing if level is None else quantity(level, line.unit, language, exact=False),
        fmt.figure(line.latest.growth),
        _signed(line.before.growth if line.before else None, line, missing),
        _signed(line.above.growth if line.above else None, line, missing),
    )


def _signed(other: float | None, line: BriefLine, missing: str) -> str:
    """Write by how many points growth differs from another one, with its sign."""
    if other is None:
        return missing
    moved = _points(published(line.latest.growth) - published(other))
    return ("+" if moved > 0 else "") + fmt.figure(moved)
