"""The figures of "all": its chance, why that moved since an earlier issue, and earlier issues."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from data.workbook.write.xlsx import TENTHS, Cell, Table
from forecasting.issues.model import Snapshot
from forecasting.outlook.outlook import AllClear
from ui.language import Language, t, words
from ui.language import format as fmt
from ui.outlook import headlines
from ui.report.document import record


def _said(key: str, language: Language, **values: object) -> str:
    return t(f"sheets.{key}", language, **values)


def table(snapshot: Snapshot, language: Language) -> Table:
    """Return the all-clear, why it moved since the last issue, and earlier issues."""
    suffix = words.suffix(snapshot.outlook.area.reference)
    rows: list[tuple[Cell, ...]] = []
    together = snapshot.outlook.all_clear
    if together is not None:
        rows += _now(together, snapshot, suffix, language)
    baseline = snapshot.baseline
    if baseline is not None:
        rows.append((_said("baseline", language), baseline.probability, None, ""))
    rows += _changes(snapshot, language)
    rows += _past(snapshot, suffix, language)
    heads = tuple(_said(key, language) for key in ("item", "share", "moved", "value"))
    return Table(
        _said("together", language), heads, rows, percent=frozenset({1}), formats={2: TENTHS}
    )


def _now(
    together: AllClear, snapshot: Snapshot, suffix: str, language: Language
) -> Iterator[tuple[Cell, ...]]:
    yield (_said(f"all_probability{suffix}", language), together.probability, None, "")
    yield (_said("error", language), None, together.error * 100, "")
    yield (_said("independent", language), together.independent, None, "")
    if together.weakest is not None and not headlines.settled(snapshot.outlook):
        name = words.name(snapshot.catalogue[together.weakest.indicator_id].name, language)
        yield (_said(f"weakest{suffix}", language), None, None, name)
        cleared = together.weakest.probability_if_cleared
        yield (_said(f"if_cleared{suffix}", language), cleared, None, "")


def _changes(snapshot: Snapshot, language: Language) -> Iterator[tuple[Cell, ...]]:
    change = snapshot.change
    if change is None:
        return
    yield (_said("change_before", language, number=change.since), change.before, None, "")
    for term in change.terms:
        kind = _said(f"kind.{term.kind}", language)
        told = (
            [words.name(snapshot.catalogue[term.indicator].name, language)]
            if term.indicator
            else []
        )
        told += [fmt.since_january(term.quarter, language)] if term.quarter else []
        text = t("format.comma", language).join(told)
        yield (_said("change_term", language, kind=kind), None, _points(term.change), text)
    why = t(f"record.unexplained.{change.unexplained}", language) if change.unexplained else ""
    yield (_said("change_now", language), change.now, None, why)


def _points(change: float | None) -> float | None:
    """Return a change of a probability in percentage points."""
    return None if change is None else change * 100


def _past(snapshot: Snapshot, suffix: str, language: Language) -> Iterator[tuple[Cell, ...]]:
    for past in snapshot.record:
        date = fmt.date(datetime.fromisoformat(past.issued_at), language)
        item = _said("past", language, number=past.number, date=date, year=past.year)
        value = t("record.internal", language) if past.internal else past.p_all
        came = record.came(past, suffix, language)
        yield (record.with_apart(item, past, language), value, None, came)
