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
from forecasting.outlook.outlook import AllClear, Excluded, Outlook, Verdict
from forecasting.outlook.quantiles import QUANTILE_LEVELS
from ui.language import Speaker, words
from ui.language import format as fmt
from ui.outlook import sentences
from ui.report.document import next_steps, past_issues, plan, small_print, why_it_moved
from ui.report.document.assumptions import (
    Wording,
    drivers,
    hidden,
    in_a_line,
    never_seen,
    whole,
    wording_of,
)
from ui.report.document.blocks import FigureTable
from ui.report.document.brief import span
from ui.report.document.compose import title_of

LONGEST = 32_000
"""Signs that a cell holds; Excel takes 32,767."""


def figures_of(
    snapshot: Snapshot, say: Speaker, marks: Sequence[str] = (), *, digest: str = ""
) -> bytes:
    """Return the figures of an issue as a workbook; equal figures are equal bytes.

    Parameters
    ----------
    marks
        What must stand beside every figure, such as 模拟数据.
    digest
        SHA-256 of the document that the figures are from.
    """
    say = say.plain
    tables = [_about(snapshot, say, marks, digest)]
    everywhere = [mark for mark in marks if mark != say("report.scenario")]
    tables += [
        _marked(table, kept, say)
        for table, kept in (
            (_verdicts(snapshot, say), marks),
            (_fan(snapshot.outlook, say), marks),
            (_together(snapshot, say), everywhere),  # its rows say which of them are of a scenario
            (_assumed(snapshot, say), marks),
            (_next_steps(snapshot, say), everywhere),
            *((table, everywhere) for table in _plan(snapshot, say)),
            (_brief(snapshot, say), everywhere),
        )
        if table is not None and table.rows
    ]
    return workbook_of(tables)


def _marked(table: SheetTable, marks: Sequence[str], say: Speaker) -> SheetTable:
    """Put the marks beside every row, so that they go along wherever a row is copied to.

    On paper they stand above each page.
    """
    if not marks:
        return table
    mark = say("format.comma").join(marks)
    rows = [(*row, mark) for row in table.rows]
    heads = (*table.heads, say("sheets.mark"))
    return replace(table, heads=heads, rows=rows, unprinted=1, heading=mark)


def _about(snapshot: Snapshot, say: Speaker, marks: Sequence[str], digest: str) -> SheetTable:
    """Return what the figures are, who issued them, and what they were made from."""
    pairs = [*_issued(snapshot, say, marks), *_made(snapshot, say), ("digest", digest)]
    rows = [
        (say(f"sheets.{key}") if part == 0 else "", cell)
        for key, value in pairs
        if value != ""
        for part, cell in enumerate(_parted(value))
    ]
    heads = (say("sheets.item"), say("sheets.value"))
    return SheetTable(say("sheets.about"), heads, rows, wrapped=True)


def _issued(snapshot: Snapshot, say: Speaker, marks: Sequence[str]) -> Iterator[tuple[str, Cell]]:
    """Yield what the head of the issue says."""
    issue = snapshot.issue
    yield "title", title_of(snapshot, say)
    yield "marks", say("format.comma").join(marks)
    yield "number", small_print.number_of(snapshot, say)
    yield "issued_at", fmt.minute(datetime.fromisoformat(issue.issued_at))
    yield "issuer", issue.issuer
    yield "note", issue.note


def _made(snapshot: Snapshot, say: Speaker) -> Iterator[tuple[str, Cell]]:
    """Yield what the figures were made from, and by what."""
    made, version = snapshot.provenance, snapshot.area_version
    publishers = [say.word("publisher", name) for name in made.publishers]
    yield "area_version", say.name(version) if version else ""
    yield from _of_scenario(snapshot, say)
    yield "asked", say("sheets.asked_planned" if snapshot.planned else "sheets.asked_typed")
    yield "publishers", say("format.comma").join(publishers)
    yield "vintage", made.vintage
    yield "engine", made.engine
    yield "app", made.app_version
    yield "seed", made.seed


def _of_scenario(snapshot: Snapshot, say: Speaker) -> Iterator[tuple[str, Cell]]:
    """Yield the name of a scenario, how its assumptions count, and growth never seen before."""
    scenario = snapshot.scenario
    if scenario is None:
        return
    wording = wording_of(snapshot, say)
    yield "scenario", scenario.name.strip() or say("report.assumed")
    yield "assumed_as", say("lines.given_whole" if whole(scenario) else "lines.given")
    yield "unseen", never_seen(scenario, wording)


def _parted(value: Cell) -> Sequence[Cell]:
    """Return a value as cells: a text that is too long for one goes on in the next."""
    if not isinstance(value, str):
        return [value]
    return [value[start : start + LONGEST] for start in range(0, len(value), LONGEST)]


def _verdicts(snapshot: Snapshot, say: Speaker) -> SheetTable:
    outlook = snapshot.outlook
    chance = "probability_reference" if outlook.area.reference else "probability"
    heads = (
        say("column.indicator"),
        *(say(f"sheets.{key}") for key in ("target", "threshold", "counts", "verdict", chance)),
        *_quantile_heads("quantile", say),
        *(
            say(f"sheets.{key}")
            for key in ("pace_first", "pace", "pace_shown", "reached", "windows", "reason")
        ),
    )
    rows = [_verdict(verdict, snapshot, say) for verdict in outlook.verdicts]
    rows += [_excluded(entry, snapshot, len(heads), say) for entry in outlook.excluded]
    rates = dict.fromkeys((2, *range(6, 13), 14, 15), TENTHS)
    return SheetTable(
        say("sheets.verdicts"), heads, rows, percent=frozenset({5}), formats=rates, second=13
    )


def _quantile_heads(key: str, say: Speaker) -> list[str]:
    return [say(f"sheets.{key}", level=f"{level * 100:g}%") for level in QUANTILE_LEVELS]


def _verdict(verdict: Verdict, snapshot: Snapshot, say: Speaker) -> tuple[Cell, ...]:
    target, pace = verdict.target, verdict.pace
    ahead: tuple[Cell, ...] = (None,) * 5
    if pace is not None:
        ahead = (pace.first_quarter, _number(pace.average), _number(pace.shown))
        ahead += (pace.reached, pace.windows)
    return (
        say.name(verdict.history.indicator.name),
        words.clause(target, say),
        target.threshold,
        say("sheets.yes" if target.counts else "sheets.no"),
        say(f"light.{light}") if (light := snapshot.shown_light(verdict)) else "",
        verdict.probability,
        *map(_number, verdict.quantiles),
        *ahead,
        "",
    )


def _excluded(entry: Excluded, snapshot: Snapshot, width: int, say: Speaker) -> tuple[Cell, ...]:
    name = say.name(snapshot.catalogue[entry.target.indicator].name)
    reason = sentences.excluded(entry, snapshot.outlook.year, say)
    counts = say("sheets.yes" if entry.target.counts else "sheets.no")
    known = (name, words.clause(entry.target, say), entry.target.threshold, counts)
    return (*known, *(None,) * (width - len(known) - 1), reason)


def _number(value: float) -> float | None:
    """Return a number that a sheet can hold."""
    return value if math.isfinite(value) else None


def _fan(outlook: Outlook, say: Speaker) -> SheetTable:
    """Return what is known of last year and this one, and the quantiles of what is to come."""
    heads = (
        say("column.indicator"),
        say("column.period"),
        say("sheets.known"),
        *_quantile_heads("quantile_fan", say),
    )
    rows = [row for verdict in outlook.verdicts for row in _path(verdict, outlook.year, say)]
    rates = dict.fromkeys(range(2, len(heads)), TENTHS)
    return SheetTable(say("sheets.fan"), heads, rows, formats=rates)


def _path(verdict: Verdict, year: int, say: Speaker) -> Iterator[tuple[Cell, ...]]:
    name = say.name(verdict.history.indicator.name)
    blank = (None,) * len(QUANTILE_LEVELS)
    for quarter in quarters_between(Quarter(year - 1, 1), Quarter(year, 4)):
        value = verdict.history.ytd_at(quarter)
        if math.isfinite(value):
            yield (name, fmt.since_january(quarter, say), value, *blank)
    if (known := verdict.history.partial) is not None:
        yield (name, fmt.since_january(known.month, say), known.ytd, *blank)
    for point in verdict.fan:
        period = fmt.since_january(point.quarter, say)
        yield (name, period, None, *map(_number, point.quantiles))


def _brief(snapshot: Snapshot, say: Speaker) -> SheetTable:
    heads = (
        say("column.indicator"),
        say("column.period"),
        say("sheets.level"),
        say("column.unit"),
        *(say(f"sheets.{key}") for key in _BRIEF),
    )
    rows = [_brief_row(line, snapshot, say) for line in snapshot.brief]
    formats = dict.fromkeys((4, 6, 8, 9), TENTHS) | {2: _formats(rows, 2)}
    return SheetTable(say("sheets.brief"), heads, rows, percent=frozenset({10}), formats=formats)


_BRIEF = (
    "growth", "before_period", "before", "above", "above_growth", "gap", "progress", "flash",
)  # fmt: skip
"""Heads of a line of the brief behind its level and unit."""


def _brief_row(line: BriefLine, snapshot: Snapshot, say: Speaker) -> tuple[Cell, ...]:
    before, above, progress = line.before, line.above, snapshot.progress_of(line)
    return (
        say.name(line.name),
        span(line.latest.period, say),
        line.level,
        say.word("unit", line.unit),
        line.latest.growth,
        span(before.period, say) if before else "",
        before.growth if before else None,
        say.name(above.name) if above else "",
        above.growth if above else None,
        progress.gap if progress else None,
        progress.share if progress else None,
        say("sheets.yes" if line.unpublished else "sheets.no"),
    )


def _together(snapshot: Snapshot, say: Speaker) -> SheetTable:
    """Return the all-clear, why it moved since the last issue, and earlier issues."""
    suffix = words.suffix(snapshot.outlook.area.reference)
    rows: list[tuple[Cell, ...]] = []
    together = snapshot.outlook.all_clear
    baseline = snapshot.baseline
    if baseline is not None:
        rough = snapshot.baseline_in_tenths
        exact = None if rough else baseline.probability
        told = fmt.cheng(baseline.probability, say) if rough else ""
        rows.append((say(f"sheets.baseline{suffix}"), exact, None, told))
    if together is not None:
        rows += _now(together, snapshot, suffix, say)
    rows += _changes(snapshot, say)
    rows += _past(snapshot, suffix, say)
    heads = tuple(say(f"sheets.{key}") for key in ("item", "share", "moved", "value"))
    return SheetTable(
        say("sheets.together"), heads, rows, percent=frozenset({1}), formats={2: TENTHS}
    )


def _next_steps(snapshot: Snapshot, say: Speaker) -> SheetTable | None:
    """Return every step, also those that a page has no room for."""
    steps = snapshot.next_steps
    if steps is None or not steps.steps:
        return None
    table = next_steps.table(steps, steps.steps, snapshot, say)
    rows: list[tuple[Cell, ...]] = [tuple(row) for row in table.rows]
    return SheetTable(say("sheets.next"), table.head, rows)


def _plan(snapshot: Snapshot, say: Speaker) -> Iterator[SheetTable]:
    """Yield what is said of the plan besides growth, a sheet a table."""
    for section in plan.sections(snapshot, say, whole=True):
        for block in section.blocks:
            if isinstance(block, FigureTable):
                rows: list[tuple[Cell, ...]] = [tuple(row) for row in block.rows]
                yield SheetTable(say(f"sheets.{section.part}"), block.head, rows)


def _now(
    together: AllClear, snapshot: Snapshot, suffix: str, say: Speaker
) -> Iterator[tuple[Cell, ...]]:
    def item(key: str) -> str:
        text = say(f"sheets.{key}")
        return text if snapshot.scenario is None else say("sheets.in_scenario", text=text)

    yield (item(f"all_probability{suffix}"), together.probability, None, "")
    yield (item("error"), None, together.error * 100, "")
    yield (item("independent"), together.independent, None, "")
    if together.weakest is not None and not snapshot.outlook.settled:
        name = say.name(snapshot.catalogue[together.weakest.indicator_id].name)
        yield (item(f"weakest{suffix}"), None, None, name)
        cleared = together.weakest.probability_if_cleared
        yield (item(f"if_cleared{suffix}"), cleared, None, "")


def _changes(snapshot: Snapshot, say: Speaker) -> Iterator[tuple[Cell, ...]]:
    change = snapshot.change
    if change is None:
        return
    kind = "_scenario" if change.conditional else ""
    number = why_it_moved.number_of(change, snapshot, say)
    yield (say(f"sheets.change_before{kind}", number=number), change.before, None, "")
    for term in change.terms:
        cause = say(f"sheets.kind.{term.kind}")
        told = [say.name(snapshot.catalogue[term.indicator].name)] if term.indicator else []
        told += [fmt.since_january(term.quarter, say)] if term.quarter else []
        text = say("format.comma").join(told)
        yield (say("sheets.change_term", kind=cause), None, _points(term.change), text)
    why = say(f"record.unexplained.{change.unexplained}") if change.unexplained else ""
    yield (say(f"sheets.change_now{kind}"), change.now, None, why)


def _points(change: float | None) -> float | None:
    """Return a change of a probability in percentage points."""
    return None if change is None else change * 100


def _past(snapshot: Snapshot, suffix: str, say: Speaker) -> Iterator[tuple[Cell, ...]]:
    for past in snapshot.record:
        date = fmt.date(datetime.fromisoformat(past.issued_at), say)
        number = past_issues.number_of(past, snapshot, say)
        item = say("sheets.past", number=number, date=date, year=past.year)
        value = say("record.internal") if past.internal else past.p_all
        came = past_issues.outcome_of(past, suffix, say)
        yield (past_issues.with_apart(item, past, say), value, None, came)


_NONE = AssumedProjects(0, 0, ())


def _assumed(snapshot: Snapshot, say: Speaker) -> SheetTable | None:
    """Return the assumptions; None without a scenario."""
    scenario = snapshot.scenario
    if scenario is None:
        return None
    wording = wording_of(snapshot, say)
    heads = (
        say("sheets.text"),
        say("sheets.amount"),
        say("column.unit"),
        say("sheets.start"),
        say("column.indicator"),
        say("sheets.points"),
        say("sheets.effect_amount"),
        say("column.unit"),
        say("sheets.certain"),
    )
    rows = list(_assumed_rows(scenario, wording))
    amounts = {column: _formats(rows, column) for column in (1, 6)}
    return SheetTable(say("sheets.assumed"), heads, rows, formats=amounts | {5: TENTHS})


def _assumed_rows(scenario: Assumptions, wording: Wording) -> Iterator[tuple[Cell, ...]]:
    """Yield what holds an indicator, then what moves some, the largest effect first."""
    for pin in scenario.pins:
        told = in_a_line(_only(pins=(pin,)), wording)
        yield (told, pin.growth, "%", _from(pin.quarter), wording.name(pin.indicator), *_nothing(4))
    for driver in drivers(scenario):
        if isinstance(driver, AssumedProjects):
            yield from _projects(driver, wording)
        else:
            yield from _entry(driver, wording)
    for view in scenario.bottom_up:
        told = in_a_line(_only(bottom_up=(view,)), wording)
        why = wording.say("report.assumed_few_below") if view.few else None
        yield (told, view.weight, "", "", wording.name(view.indicator), *_nothing(2), why, None)


def _projects(projects: AssumedProjects, wording: Wording) -> Iterator[tuple[Cell, ...]]:
    say, told = wording.say, in_a_line(_only(projects=projects), wording)
    sure = ""
    if projects.certain:
        sure = say("report.assumed_certain_projects", count=projects.certain)
    known = (told, projects.count, "", "")
    if not projects.effects:
        yield (*known, "", *_nothing(3), sure)
    for effect in projects.effects:
        few = say("report.assumed_few") if effect.points is None else ""
        yield (*known, wording.name(effect.indicator), effect.points, None, few, sure)


def _entry(entry: AssumedEntry, wording: Wording) -> Iterator[tuple[Cell, ...]]:
    say, told = wording.say, in_a_line(_only(entries=(entry,)), wording)
    unit = say.word("unit", entry.unit) if entry.unit else ""
    known = (told, entry.value, unit, _from(entry.start))
    sure = ""
    if wording.realised:
        sure = say("sheets.yes" if entry.certain else "sheets.no")
    if not entry.effects:
        yield (*known, "", *_nothing(3), sure)
    for effect in entry.effects:
        of = say.word("unit", effect.unit) if effect.unit else ""
        of = hidden([effect], wording) if effect.points is None else of
        yield (*known, wording.name(effect.indicator), effect.points, effect.amount, of, sure)


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
