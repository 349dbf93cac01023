"""The figures of an issue as .xlsx: every number as it is stored, none rounded, no formula."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from data.workbook.export_sheet import Cell, Table, workbook_of
from forecasting.outlook import QUANTILE_LEVELS, Excluded, Outlook, Verdict
from forecasting.period import Quarter, quarters_between
from forecasting.snapshot.model import Snapshot
from ui import format as fmt
from ui import sentences, words
from ui.messages import Language, t
from ui.report import record, xlsx_assumed
from ui.report.brief import span

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
            xlsx_assumed.table(snapshot, language),
            _brief(snapshot, language),
        )
        if table is not None and table.rows
    ]
    return workbook_of(tables)


def _said(key: str, language: Language, **values: object) -> str:
    return t(f"sheets.{key}", language, **values)


def _marked(table: Table, marks: Sequence[str], language: Language) -> Table:
    """Put the marks beside every row, so that they go along wherever a row is copied to."""
    if not marks:
        return table
    mark = t("format.comma", language).join(marks)
    rows = [(*row, mark) for row in table.rows]
    return replace(table, heads=(*table.heads, _said("mark", language)), rows=rows)


def _about(snapshot: Snapshot, language: Language, marks: Sequence[str], digest: str) -> Table:
    """Return what the figures are, who issued them, and what they were made from."""
    outlook, issue, made = snapshot.outlook, snapshot.issue, snapshot.provenance
    area = words.name(outlook.area.name, language)
    comma = t("format.comma", language)
    publishers = comma.join(words.publisher(name, language) for name in made.publishers)
    version = snapshot.area_version
    asked = "asked_planned" if snapshot.planned else "asked_typed"
    pairs: list[tuple[str, Cell]] = [
        ("title", t("report.title", language, area=area, year=outlook.year)),
        ("marks", comma.join(marks)),
        ("number", issue.number),
        ("issued_at", fmt.minute(datetime.fromisoformat(issue.issued_at))),
        ("issuer", issue.issuer),
        ("note", issue.note),
        ("area_version", words.name(version, language) if version else ""),
        ("asked", _said(asked, language)),
        ("publishers", publishers),
        ("vintage", made.vintage),
        ("engine", made.engine),
        ("app", made.app_version),
        ("seed", made.seed),
        ("digest", digest),
    ]
    rows = [
        (_said(key, language) if part == 0 else "", cell)
        for key, value in pairs
        if value != ""
        for part, cell in enumerate(_parted(value))
    ]
    heads = (_said("item", language), _said("value", language))
    return Table(_said("about", language), heads, rows, wrapped=True)


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
    return Table(_said("verdicts", language), heads, rows, percent=frozenset({5}))


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
        words.light(verdict.light, language) if verdict.light else "",
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
    return Table(_said("fan", language), heads, rows)


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


def _together(snapshot: Snapshot, language: Language) -> Table | None:
    """Return the all-clear, why it moved since the last issue, and earlier issues."""
    suffix = "_reference" if snapshot.outlook.area.reference else ""
    rows: list[tuple[Cell, ...]] = []
    together = snapshot.outlook.all_clear
    if together is not None:
        rows.append((_said(f"all_probability{suffix}", language), together.probability, ""))
        rows.append((_said("error", language), together.error, ""))
        rows.append((_said("independent", language), together.independent, ""))
        if together.weakest is not None:
            name = words.name(snapshot.catalogue[together.weakest.indicator_id].name, language)
            rows.append((_said(f"weakest{suffix}", language), None, name))
            cleared = together.weakest.probability_if_cleared
            rows.append((_said(f"if_cleared{suffix}", language), cleared, ""))
    baseline = snapshot.baseline.all_clear if snapshot.baseline else None
    if baseline is not None:
        rows.append((_said("baseline", language), baseline.probability, ""))
    rows += _changes(snapshot, language)
    rows += _past(snapshot, language)
    heads = (_said("item", language), _said("share", language), _said("value", language))
    return Table(_said("together", language), heads, rows, percent=frozenset({1}))


def _changes(snapshot: Snapshot, language: Language) -> Iterator[tuple[Cell, ...]]:
    change = snapshot.change
    if change is None:
        return
    yield (_said("change_before", language, number=change.since), change.before, "")
    for term in change.terms:
        kind = _said(f"kind.{term.kind}", language)
        told = (
            [words.name(snapshot.catalogue[term.indicator].name, language)]
            if term.indicator
            else []
        )
        told += [fmt.since_january(term.quarter, language)] if term.quarter else []
        text = t("format.comma", language).join(told)
        yield (_said("change_term", language, kind=kind), term.change, text)
    why = t(f"record.unexplained.{change.unexplained}", language) if change.unexplained else ""
    yield (_said("change_now", language), change.now, why)


def _past(snapshot: Snapshot, language: Language) -> Iterator[tuple[Cell, ...]]:
    suffix = "_reference" if snapshot.outlook.area.reference else ""
    for past in snapshot.record:
        date = fmt.date(datetime.fromisoformat(past.issued_at), language)
        item = _said("past", language, number=past.number, date=date, year=past.year)
        value = t("record.internal", language) if past.internal else past.p_all
        came = record.came(past, suffix, language)
        yield (record.with_apart(item, past, language), value, came)


def _brief(snapshot: Snapshot, language: Language) -> Table:
    heads = (
        t("column.indicator", language),
        t("column.period", language),
        *(_said(key, language) for key in ("level",)),
        t("column.unit", language),
        *(
            _said(key, language)
            for key in (
                "growth", "before_period", "before", "above", "above_growth", "gap", "progress",
                "flash",
            )
        ),
    )  # fmt: skip
    rows = [
        (
            words.name(line.name, language),
            span(line.latest.period, language),
            line.level,
            words.unit(line.unit, language),
            line.latest.growth,
            span(line.before.period, language) if line.before else "",
            line.before.growth if line.before else None,
            words.name(line.above.name, language) if line.above else "",
            line.above.growth if line.above else None,
            line.progress.gap,
            line.progress.share,
            _said("yes" if line.unpublished else "no", language),
        )
        for line in snapshot.brief
    ]
    return Table(_said("brief", language), heads, rows, percent=frozenset({10}))
