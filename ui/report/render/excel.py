"""The figures of an issue as .xlsx: every number as it is stored, none rounded, no formula.

It is shown at the digits that readers know.
Only a change of a probability is told in percentage points, a hundred times what is stored.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from data.workbook.write.excel import TENTHS, Cell, SheetTable, workbook_of
from forecasting.figures.period import Quarter, quarters_between
from forecasting.issues.snapshot import (
    AssumedEntry,
    AssumedProjects,
    Assumptions,
    BriefLine,
    Snapshot,
)
from forecasting.outlook.outlook import QUANTILE_LEVELS, AllClear, Excluded, Outlook, Verdict
from ui.language import Language, t, words
from ui.language import format as fmt
from ui.outlook import headlines, sentences
from ui.report.document import past_issues
from ui.report.document.assumptions import Wording, hidden, hidden_below, in_a_line
from ui.report.document.brief import span

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
            _together(snapshot, language),
            _assumed(snapshot, language),
            _brief(snapshot, language),
        )
        if table is not None and table.rows
    ]
    return workbook_of(tables)


def _text(key: str, language: Language, **values: object) -> str:
    return t(f"sheets.{key}", language, **values)


def _marked(table: SheetTable, marks: Sequence[str], language: Language) -> SheetTable:
    """Put the marks beside every row, so that they go along wherever a row is copied to.

    On paper they stand above each page.
    """
    if not marks:
        return table
    mark = t("format.comma", language).join(marks)
    rows = [(*row, mark) for row in table.rows]
    heads = (*table.heads, _text("mark", language))
    return replace(table, heads=heads, rows=rows, unprinted=1, heading=mark)


def _about(snapshot: Snapshot, language: Language, marks: Sequence[str], digest: str) -> SheetTable:
    """Return what the figures are, who issued them, and what they were made from."""
    pairs = [*_issued(snapshot, language, marks), *_made(snapshot, language), ("digest", digest)]
    rows = [
        (_text(key, language) if part == 0 else "", cell)
        for key, value in pairs
        if value != ""
        for part, cell in enumerate(_parted(value))
    ]
    heads = (_text("item", language), _text("value", language))
    return SheetTable(_text("about", language), heads, rows, wrapped=True)


def _issued(
    snapshot: Snapshot, language: Language, marks: Sequence[str]
) -> Iterator[tuple[str, Cell]]:
    """Yield what the head of the issue says."""
    outlook, issue = snapshot.outlook, snapshot.issue
    area = words.plain_name(outlook.area.name, language)
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
    yield "area_version", words.plain_name(version, language) if version else ""
    yield "scenario", snapshot.scenario.name.strip() if snapshot.scenario else ""
    yield "asked", _text("asked_planned" if snapshot.planned else "asked_typed", language)
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


def _verdicts(snapshot: Snapshot, language: Language) -> SheetTable:
    outlook = snapshot.outlook
    chance = "probability_reference" if outlook.area.reference else "probability"
    heads = (
        t("column.indicator", language),
        *(_text(key, language) for key in ("target", "threshold", "counts", "verdict", chance)),
        *_quantile_heads("quantile", language),
        *(
            _text(key, language)
            for key in ("pace_first", "pace", "pace_shown", "reached", "windows", "reason")
        ),
    )
    rows = [_verdict(verdict, language) for verdict in outlook.verdicts]
    rows += [_excluded(entry, snapshot, len(heads), language) for entry in outlook.excluded]
    rates = dict.fromkeys((2, *range(6, 13), 14, 15), TENTHS)
    return SheetTable(
        _text("verdicts", language),
        heads,
        rows,
        percent=frozenset({5}),
        formats=rates,
        second=13,
    )


def _quantile_heads(key: str, language: Language) -> list[str]:
    return [_text(key, language, level=f"{level * 100:g}%") for level in QUANTILE_LEVELS]


def _verdict(verdict: Verdict, language: Language) -> tuple[Cell, ...]:
    target, pace = verdict.target, verdict.pace
    ahead: tuple[Cell, ...] = (None,) * 5
    if pace is not None:
        ahead = (pace.first_quarter, _number(pace.average), _number(pace.shown))
        ahead += (pace.reached, pace.windows)
    return (
        words.plain_name(verdict.history.indicator.name, language),
        words.clause(target, language),
        target.threshold,
        _text("yes" if target.counts else "no", language),
        words.light(light, language) if (light := sentences.shown_light(verdict)) else "",
        verdict.probability,
        *map(_number, verdict.quantiles),
        *ahead,
        "",
    )


def _excluded(
    entry: Excluded, snapshot: Snapshot, width: int, language: Language
) -> tuple[Cell, ...]:
    name = words.plain_name(snapshot.catalogue[entry.target.indicator].name, language)
    reason = sentences.excluded(entry, snapshot.outlook.year, language)
    counts = _text("yes" if entry.target.counts else "no", language)
    known = (name, words.clause(entry.target, language), entry.target.threshold, counts)
    return (*known, *(None,) * (width - len(known) - 1), reason)


def _number(value: float) -> float | None:
    """Return a number that a sheet can hold."""
    return value if math.isfinite(value) else None


def _fan(outlook: Outlook, language: Language) -> SheetTable:
    """Return what is known of last year and this one, and the quantiles of what is to come."""
    heads = (
        t("column.indicator", language),
        t("column.period", language),
        _text("known", language),
        *_quantile_heads("quantile_fan", language),
    )
    rows = [row for verdict in outlook.verdicts for row in _path(verdict, outlook.year, language)]
    rates = dict.fromkeys(range(2, len(heads)), TENTHS)
    return SheetTable(_text("fan", language), heads, rows, formats=rates)


def _path(verdict: Verdict, year: int, language: Language) -> Iterator[tuple[Cell, ...]]:
    name = words.plain_name(verdict.history.indicator.name, language)
    blank = (None,) * len(QUANTILE_LEVELS)
    for quarter in quarters_between(Quarter(year - 1, 1), Quarter(year, 4)):
        value = verdict.history.ytd_at(quarter)
        if math.isfinite(value):
            yield (name, fmt.since_january(quarter, language), value, *blank)
    for point in verdict.fan:
        period = fmt.since_january(point.quarter, language)
        yield (name, period, None, *map(_number, point.quantiles))


def _brief(snapshot: Snapshot, language: Language) -> SheetTable:
    heads = (
        t("column.indicator", language),
        t("column.period", language),
        _text("level", language),
        t("column.unit", language),
        *(_text(key, language) for key in _BRIEF),
    )
    rows = [_brief_row(line, snapshot, language) for line in snapshot.brief]
    formats = dict.fromkeys((4, 6, 8, 9), TENTHS) | {2: _formats(rows, 2)}
    return SheetTable(
        _text("brief", language), heads, rows, percent=frozenset({10}), formats=formats
    )


_BRIEF = (
    "growth", "before_period", "before", "above", "above_growth", "gap", "progress", "flash",
)  # fmt: skip
"""Heads of a line of the brief behind its level and unit."""


def _brief_row(line: BriefLine, snapshot: Snapshot, language: Language) -> tuple[Cell, ...]:
    before, above, progress = line.before, line.above, snapshot.progress_of(line)
    return (
        words.plain_name(line.name, language),
        span(line.latest.period, language),
        line.level,
        words.unit(line.unit, language),
        line.latest.growth,
        span(before.period, language) if before else "",
        before.growth if before else None,
        words.plain_name(above.name, language) if above else "",
        above.growth if above else None,
        progress.gap if progress else None,
        progress.share if progress else None,
        _text("yes" if line.unpublished else "no", language),
    )


def _together(snapshot: Snapshot, language: Language) -> SheetTable:
    """Return the all-clear, why it moved since the last issue, and earlier issues."""
    suffix = words.suffix(snapshot.outlook.area.reference)
    rows: list[tuple[Cell, ...]] = []
    together = snapshot.outlook.all_clear
    if together is not None:
        rows += _now(together, snapshot, suffix, language)
    baseline = snapshot.baseline
    if baseline is not None:
        rows.append((_text("baseline", language), baseline.probability, None, ""))
    rows += _changes(snapshot, language)
    rows += _past(snapshot, suffix, language)
    heads = tuple(_text(key, language) for key in ("item", "share", "moved", "value"))
    return SheetTable(
        _text("together", language), heads, rows, percent=frozenset({1}), formats={2: TENTHS}
    )


def _now(
    together: AllClear, snapshot: Snapshot, suffix: str, language: Language
) -> Iterator[tuple[Cell, ...]]:
    yield (_text(f"all_probability{suffix}", language), together.probability, None, "")
    yield (_text("error", language), None, together.error * 100, "")
    yield (_text("independent", language), together.independent, None, "")
    if together.weakest is not None and not headlines.settled(snapshot.outlook):
        name = words.plain_name(snapshot.catalogue[together.weakest.indicator_id].name, language)
        yield (_text(f"weakest{suffix}", language), None, None, name)
        cleared = together.weakest.probability_if_cleared
        yield (_text(f"if_cleared{suffix}", language), cleared, None, "")


def _changes(snapshot: Snapshot, language: Language) -> Iterator[tuple[Cell, ...]]:
    change = snapshot.change
    if change is None:
        return
    yield (_text("change_before", language, number=change.since), change.before, None, "")
    for term in change.terms:
        kind = _text(f"kind.{term.kind}", language)
        told = (
            [words.plain_name(snapshot.catalogue[term.indicator].name, language)]
            if term.indicator
            else []
        )
        told += [fmt.since_january(term.quarter, language)] if term.quarter else []
        text = t("format.comma", language).join(told)
        yield (_text("change_term", language, kind=kind), None, _points(term.change), text)
    why = t(f"record.unexplained.{change.unexplained}", language) if change.unexplained else ""
    yield (_text("change_now", language), change.now, None, why)


def _points(change: float | None) -> float | None:
    """Return a change of a probability in percentage points."""
    return None if change is None else change * 100


def _past(snapshot: Snapshot, suffix: str, language: Language) -> Iterator[tuple[Cell, ...]]:
    for past in snapshot.record:
        date = fmt.date(datetime.fromisoformat(past.issued_at), language)
        item = _text("past", language, number=past.number, date=date, year=past.year)
        value = t("record.internal", language) if past.internal else past.p_all
        came = past_issues.outcome_of(past, suffix, language)
        yield (past_issues.with_apart(item, past, language), value, None, came)


_NONE = AssumedProjects(0, 0, ())


def _assumed(snapshot: Snapshot, language: Language) -> SheetTable | None:
    """Return the assumptions; None without a scenario."""
    scenario = snapshot.scenario
    if scenario is None:
        return None
    wording = Wording(snapshot.outlook.year, snapshot.catalogue, language)
    heads = (
        t("sheets.text", language),
        t("sheets.amount", language),
        t("column.unit", language),
        t("sheets.start", language),
        t("column.indicator", language),
        t("sheets.points", language),
        t("sheets.effect_amount", language),
        t("column.unit", language),
    )
    rows = list(_assumed_rows(scenario, wording))
    amounts = {column: _formats(rows, column) for column in (1, 6)}
    return SheetTable(t("sheets.assumed", language), heads, rows, formats=amounts | {5: TENTHS})


def _assumed_rows(scenario: Assumptions, wording: Wording) -> Iterator[tuple[Cell, ...]]:
    for pin in scenario.pins:
        told = in_a_line(_only(pins=(pin,)), wording)
        yield (told, pin.growth, "%", _from(pin.quarter), wording.name(pin.indicator), *_nothing(3))
    for entry in scenario.entries:
        yield from _entry(entry, wording)
    if scenario.projects.count:
        told = in_a_line(_only(projects=scenario.projects), wording)
        known = (told, scenario.projects.count, "", "")
        if not scenario.projects.effects:
            yield (*known, "", *_nothing(3))
        for effect in scenario.projects.effects:
            few = t("report.assumed_few", wording.language) if effect.points is None else ""
            yield (*known, wording.name(effect.indicator), effect.points, None, few)
    for view in scenario.bottom_up:
        told = in_a_line(_only(bottom_up=(view,)), wording)
        why = hidden_below(wording.language) if view.few else None
        yield (told, view.weight, "", "", wording.name(view.indicator), *_nothing(2), why)


def _entry(entry: AssumedEntry, wording: Wording) -> Iterator[tuple[Cell, ...]]:
    told = in_a_line(_only(entries=(entry,)), wording)
    unit = words.unit(entry.unit, wording.language) if entry.unit else ""
    known = (told, entry.value, unit, _from(entry.start))
    if not entry.effects:
        yield (*known, "", *_nothing(3))
    for effect in entry.effects:
        of = words.unit(effect.unit, wording.language) if effect.unit else ""
        of = hidden([effect], wording) if effect.points is None else of
        yield (*known, wording.name(effect.indicator), effect.points, effect.amount, of)


def _only(**parts: object) -> Assumptions:
    """Return a scenario of one part, which is told as a phrase."""
    empty = {"entries": (), "projects": _NONE, "pins": (), "bottom_up": ()}
    return Assumptions(name="", note="", **{**empty, **parts})  # type: ignore[arg-type]


def _from(quarter: Quarter | None) -> str:
    return str(quarter) if quarter else ""


def _nothing(count: int) -> tuple[None, ...]:
    return (None,) * count


def _formats(rows: Sequence[Sequence[Cell]], column: int) -> list[str]:
    """Return the format of each number of a column: as many digits as tell something."""
    return [_format(row[column]) for row in rows]


def _format(cell: Cell) -> str:
    if cell is None or isinstance(cell, str):
        return "General"
    if round(cell, 2) == round(cell):
        return "#,##0"
    return "#,##0.0" if abs(cell) >= 1 else "0.00"
