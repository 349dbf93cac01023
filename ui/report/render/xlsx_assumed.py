"""The figures that a scenario assumes, and what each does to the year, as rows."""

from __future__ import annotations

from collections.abc import Iterator

from data.workbook.write.xlsx import TENTHS, Cell, Table
from forecasting.figures.period import Quarter
from forecasting.issues.assumptions import AssumedEntry, AssumedProjects, Assumptions
from forecasting.issues.model import Snapshot
from ui.language import Language, t, words
from ui.report.document.assumed import Telling, hidden, hidden_below, in_a_line
from ui.report.render import xlsx_amounts

_NONE = AssumedProjects(0, 0, ())


def table(snapshot: Snapshot, language: Language) -> Table | None:
    """Return the assumptions; None without a scenario."""
    scenario = snapshot.scenario
    if scenario is None:
        return None
    telling = Telling(snapshot.outlook.year, snapshot.catalogue, language)
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
    rows = list(_rows(scenario, telling))
    amounts = {column: xlsx_amounts.formats(rows, column) for column in (1, 6)}
    return Table(t("sheets.assumed", language), heads, rows, formats=amounts | {5: TENTHS})


def _rows(scenario: Assumptions, telling: Telling) -> Iterator[tuple[Cell, ...]]:
    for pin in scenario.pins:
        told = in_a_line(_only(pins=(pin,)), telling)
        yield (told, pin.growth, "%", _from(pin.quarter), telling.name(pin.indicator), *_nothing(3))
    for entry in scenario.entries:
        yield from _entry(entry, telling)
    if scenario.projects.count:
        told = in_a_line(_only(projects=scenario.projects), telling)
        known = (told, scenario.projects.count, "", "")
        if not scenario.projects.effects:
            yield (*known, "", *_nothing(3))
        for effect in scenario.projects.effects:
            few = t("report.assumed_few", telling.language) if effect.points is None else ""
            yield (*known, telling.name(effect.indicator), effect.points, None, few)
    for view in scenario.bottom_up:
        told = in_a_line(_only(bottom_up=(view,)), telling)
        why = hidden_below(telling.language) if view.few else None
        yield (told, view.weight, "", "", telling.name(view.indicator), *_nothing(2), why)


def _entry(entry: AssumedEntry, telling: Telling) -> Iterator[tuple[Cell, ...]]:
    told = in_a_line(_only(entries=(entry,)), telling)
    unit = words.unit(entry.unit, telling.language) if entry.unit else ""
    known = (told, entry.value, unit, _from(entry.start))
    if not entry.effects:
        yield (*known, "", *_nothing(3))
    for effect in entry.effects:
        of = words.unit(effect.unit, telling.language) if effect.unit else ""
        of = hidden([effect], telling) if effect.points is None else of
        yield (*known, telling.name(effect.indicator), effect.points, effect.amount, of)


def _only(**parts: object) -> Assumptions:
    """Return a scenario of one part, which is told as a phrase."""
    empty = {"entries": (), "projects": _NONE, "pins": (), "bottom_up": ()}
    return Assumptions(name="", note="", **{**empty, **parts})  # type: ignore[arg-type]


def _from(quarter: Quarter | None) -> str:
    return str(quarter) if quarter else ""


def _nothing(count: int) -> tuple[None, ...]:
    return (None,) * count
