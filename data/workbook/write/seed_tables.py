"""What is known of an area, as the tables that a fresh store starts from: all of it, in full.

``forecasting.figures.seeds`` reads them, and ``python -m forecasting`` with it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from forecasting.figures.indicator import Area, Basis, Indicator, Inputs
from forecasting.figures.seeds import AREAS, CHANGES, INDICATORS, OBSERVATIONS, TARGETS
from forecasting.figures.tables import (
    AREA_COLUMNS,
    BASIS_COLUMNS,
    CHANGE_COLUMNS,
    INDICATOR_COLUMNS,
    OBSERVATION_COLUMNS,
    TARGET_COLUMNS,
)

Row = Mapping[str, object]


def seed_tables(area: Area, above: Sequence[Area], known: Inputs) -> dict[str, bytes]:
    """Return tables by name below the folder that is to hold them.

    Parameters
    ----------
    above
        The areas above it, the nearest first.
    known
        Of this area.
    """
    highest_first = (*reversed(above), area)
    targets = [
        {
            "area": one.area, "indicator": one.indicator, "year": one.year or "",
            "comparator": one.comparator, "threshold": one.threshold,
            "tolerance": one.tolerance or "", **_basis(one.basis), "document": one.document,
            "counts": _flag(one.counts),
        }
        for one in known.targets
    ]  # fmt: skip
    figures = [
        {
            "area": one.area, "indicator": one.indicator, "measure": one.measure,
            "period": one.month, "value": one.value, "unit": one.unit,
            "publisher": one.publisher, "status": one.status, **_basis(one.basis),
        }
        for one in known.observations
    ]  # fmt: skip
    changes = [
        {
            "area": one.area, "indicator": one.indicator, "period": one.quarter,
            **_basis(one.basis), "document": one.document,
        }
        for one in known.changes
    ]  # fmt: skip
    return {
        AREAS: _table(AREA_COLUMNS, [_area(one, highest_first) for one in highest_first]),
        INDICATORS: _table(
            (*INDICATOR_COLUMNS, "order"), map(_indicator, known.catalogue.indicators.values())
        ),
        TARGETS: _table(TARGET_COLUMNS, targets),
        f"{OBSERVATIONS}{area.id}.csv": _table(
            (*OBSERVATION_COLUMNS, "unit", "publisher", "status", *BASIS_COLUMNS), figures
        ),
        CHANGES: _table((*CHANGE_COLUMNS, *BASIS_COLUMNS), changes),
    }


def _area(area: Area, written: Sequence[Area]) -> Row:
    listed = any(one.id == area.parent for one in written)
    return {
        "id": area.id, "name_zh": area.name.zh, "name_en": area.name.en, "kind": area.kind,
        "parent": area.parent if listed else "", "reference": _flag(area.reference),
        "synthetic": _flag(area.synthetic), "home": _flag(area.home),
    }  # fmt: skip


def _indicator(one: Indicator) -> Row:
    shares = one.quarterly_shares or ()
    return {
        "id": one.id, "name_zh": one.name.zh, "name_en": one.name.en, "short_zh": one.short.zh,
        "short_en": one.short.en, "aliases": "|".join(one.aliases), "unit": one.unit,
        "measures": "|".join(one.measures), **_basis(one.basis), "group": one.group,
        "direction": one.direction, "quarterly_shares": "|".join(map(repr, shares)),
        "release_day": one.release_day or "", "order": one.order,
    }  # fmt: skip


def _basis(basis: Basis) -> Row:
    return {
        "price_basis": basis.price, "coverage_basis": basis.coverage, "currency": basis.currency,
    }  # fmt: skip


def _flag(value: bool) -> str:
    return "yes" if value else "no"


def _table(columns: Sequence[str], rows: Iterable[Row]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()
