"""The figures of an issue as .xlsx: every number as it is stored, none rounded, no formula.

It is shown at the digits that readers know.
Only a change of a probability is told in percentage points, a hundred times what is stored.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from data.workbook.write.xlsx import TENTHS, Cell, Table, workbook_of
from forecasting.figures.period import Quarter, quarters_between
from forecasting.issues.model import BriefLine, Snapshot
from forecasting.outlook.outlook import QUANTILE_LEVELS, Excluded, Outlook, Verdict
from ui.language import Language, t, words
from ui.language import format as fmt
from ui.outlook import sentences
from ui.report.document.brief import span
from ui.report.render import xlsx_amounts, xlsx_assumed, xlsx_together

LONGEST = 32_000
"""Signs that a cell holds; Excel takes 32,767."""


def figures_of(
    snapshot: Snapshot, language: Language, marks: Sequence[str] = (), *, digest: str = ""
) -> bytes:
    """Return the figures of an issue as a workbook; equal figures are equal bytes.

    Parameters
    ----------
    marks
        What must stand beside every figure, such as 模拟数据.
    digest
        SHA-256 of the document that the figures are from.
    """
    tables = [_about(snapshot, language, marks, digest)]
    tables += [
        _marked(table, marks, language)
        for table in (
            _verdicts(snapshot, language),
            _fan(snapshot.outlook, language),
            xlsx_together.table(snapshot, language),
            xlsx_assumed.table(snapshot, language),
            _brief(snapshot, language),
        )
        if table is not None and table.rows
    ]
    return workbook_of(tables)


def _said(key: str, language: Language, **values: object) -> str:
    return t(f"sheets.{key}", language, **values)


def _marked(table: Table, marks: Sequence[str], language: Language) -> Table:
    """Put the marks beside every row, so that they go along wherever a row is copied to.

    On paper they stand above each page.
    """
    if not marks:
        return table
    mark = t("format.comma", language).join(marks)
    rows = [(*row, mark) for row in table.rows]
    heads = (*table.heads, _said("mark", language))
    return replace(table, heads=heads, rows=rows, unprinted=1, heading=mark)


def _about(snapshot: Snapshot, language: Language, marks: Sequence[str], digest: str) -> Table:
    """Return what the figures are, who issued them, and what they were made from."""
    pairs = [*_issued(snapshot, language, marks), *_made(snapshot, language), ("digest", digest)]
    rows = [
        (_said(key, language) if part == 0 else "", cell)
        for key, value in pairs
        if value != ""
        for part, cell in enumerate(_parted(value))
    ]
    heads = (_said("item", language), _said("value", language))
    return Table(_said("about", language), heads, rows, wrapped=True)


def _issued(
    snapshot: Snapshot, language: Language, marks: Sequence[str]
) -> Iterator[tuple[str, Cell]]:
    """Yield what the head of the issue says."""
    outlook, issue = snapshot.outlook, snapshot.issue
    area = words.name(outlook.area.name, language)
    yield "title", t("report.title", language, area=area, year=outlook.year)
    yield "marks", t("format.comma", language).join(marks)
    yield "number", issue.number
    yield "issued_at", fmt.minute(datetime.fromisoformat(issue.issued_at))
    yield "issuer", issue.issuer
    yield "note", issue.note


def _made(snapshot: Snapshot, language: Language) -> Iterator[tuple[str, Cell]]:
    """Yield what the figures were made from, and by what."""
    made, version = snapshot.provenance, snapshot.area_version
    publishers = [words.publisher(name, language) for name in made.publishers]
    yield "area_version", words.name(version, language) if version else ""
    yield "scenario", snapshot.scenario.name.strip() if snapshot.scenario else ""
    yield "asked", _said("asked_planned" if snapshot.planned else "asked_typed", language)
    yield "publishers", t("format.comma", language).join(publishers)
    yield "vintage", made.vintage
    yield "engine", made.engine
    yield "app", made.app_version
    yield "seed", made.seed


def _parted(value: Cell) -> Sequence[Cell]:
    """Return a value as cells: a text that is too long for one goes on in the next."""
    if not isinstance(value, str):
        return [value]
    return [value[start : start + LONGEST] for start in range(0, len(value), LONGEST)]


def _verdicts(snapshot: Snapshot, language: Language) -> Table:
    outlook = snapshot.outlook
    chance = "probability_reference" if outlook.area.reference else "probability"
    heads = (
        t("column.indicator", language),
        *(_said(key, language) for key in ("target", "threshold", "counts", "verdict", chance)),
        *_quantile_heads("quantile", language),
        *(
            _said(key, language)
            for key in ("pace_first", "pace", "pace_shown", "reached", "windows", "reason")
        ),
    )
    rows = [_verdict(verdict, language) for verdict in outlook.verdicts]
    rows += [_excluded(entry, snapshot, len(heads), language) for entry in outlook.excluded]
    rates = dict.fromkeys((2, *range(6, 13), 14, 15), TENTHS)
    return Table(
        _said("verdicts", language),
        heads,
        rows,
        percent=frozenset({5}),
        formats=rates,
        second=13,
    )


def _quantile_heads(key: str, language: Language) -> list[str]:
    return [_said(key, language, level=f"{level * 100:g}%") for level in QUANTILE_LEVELS]


def _verdict(verdict: Verdict, language: Language) -> tuple[Cell, ...]:
    target, pace = verdict.target, verdict.pace
    ahead: tuple[Cell, ...] = (None,) * 5
    if pace is not None:
        ahead = (pace.first_quarter, _number(pace.average), _number(pace.shown))
        ahead += (pace.reached, pace.windows)
    return (
        words.name(verdict.history.indicator.name, language),
        words.clause(target, language),
        target.threshold,
        _said("yes" if target.counts else "no", language),
        words.light(light, language) if (light := sentences.shown_light(verdict)) else "",
        verdict.probability,
        *map(_number, verdict.quantiles),
        *ahead,
        "",
    )


def _excluded(
    entry: Excluded, snapshot: Snapshot, width: int, language: Language
) -> tuple[Cell, ...]:
    name = words.name(snapshot.catalogue[entry.target.indicator].name, language)
    reason = sentences.excluded(entry, snapshot.outlook.year, language)
    counts = _said("yes" if entry.target.counts else "no", language)
    known = (name, words.clause(entry.target, language), entry.target.threshold, counts)
    return (*known, *(None,) * (width - len(known) - 1), reason)


def _number(value: float) -> float | None:
    """Return a number that a sheet can hold."""
    return value if math.isfinite(value) else None


def _fan(outlook: Outlook, language: Language) -> Table:
    """Return what is known of last year and this one, and the quantiles of what is to come."""
    heads = (
        t("column.indicator", language),
        t("column.period", language),
        _said("known", language),
        *_quantile_heads("quantile_fan", language),
    )
    rows = [row for verdict in outlook.verdicts for row in _path(verdict, outlook.year, language)]
    rates = dict.fromkeys(range(2, len(heads)), TENTHS)
    return Table(_said("fan", language), heads, rows, formats=rates)


def _path(verdict: Verdict, year: int, language: Language) -> Iterator[tuple[Cell, ...]]:
    name = words.name(verdict.history.indicator.name, language)
    blank = (None,) * len(QUANTILE_LEVELS)
    for quarter in quarters_between(Quarter(year - 1, 1), Quarter(year, 4)):
        value = verdict.history.ytd_at(quarter)
        if math.isfinite(value):
            yield (name, fmt.since_january(quarter, language), value, *blank)
    for point in verdict.fan:
        period = fmt.since_january(point.quarter, language)
        yield (name, period, None, *map(_number, point.quantiles))


def _brief(snapshot: Snapshot, language: Language) -> Table:
    heads = (
        t("column.indicator", language),
        t("column.period", language),
        _said("level", language),
        t("column.unit", language),
        *(_said(key, language) for key in _BRIEF),
    )
    rows = [_brief_row(line, snapshot, language) for line in snapshot.brief]
    formats = dict.fromkeys((4, 6, 8, 9), TENTHS) | {2: xlsx_amounts.formats(rows, 2)}
    return Table(_said("brief", language), heads, rows, percent=frozenset({10}), formats=formats)


_BRIEF = (
    "growth", "before_period", "before", "above", "above_growth", "gap", "progress", "flash",
)  # fmt: skip
"""Heads of a line of the brief behind its level and unit."""


def _brief_row(line: BriefLine, snapshot: Snapshot, language: Language) -> tuple[Cell, ...]:
    before, above, progress = line.before, line.above, snapshot.progress_of(line)
    return (
        words.name(line.name, language),
        span(line.latest.period, language),
        line.level,
        words.unit(line.unit, language),
        line.latest.growth,
        span(before.period, language) if before else "",
        before.growth if before else None,
        words.name(above.name, language) if above else "",
        above.growth if above else None,
        progress.gap if progress else None,
        progress.share if progress else None,
        _said("yes" if line.unpublished else "no", language),
    )
