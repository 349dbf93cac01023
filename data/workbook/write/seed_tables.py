"""What is known of an area, as the tables that a fresh store starts from: all of it, in full.

``forecasting.figures.seeds`` reads them, and ``python -m forecasting`` with it.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from forecasting.figures.indicator import Area, Basis, Indicator, Observation
from forecasting.figures.seeds import AREAS, CHANGES, INDICATORS, OBSERVATIONS, TARGETS
from forecasting.figures.tables import (
    AREA_COLUMNS,
    BASIS_COLUMNS,
    CHANGE_COLUMNS,
    INDICATOR_COLUMNS,
    OBSERVATION_COLUMNS,
    TARGET_COLUMNS,
)
from forecasting.issues.brief import areas_above

if TYPE_CHECKING:
    from data.views import StoreView

Row = Mapping[str, object]


def seed_tables(
    view: StoreView, area: Area, figures: Sequence[Observation], added: Sequence[Indicator] = ()
) -> dict[str, bytes]:
    """Return what an outlook of an area is drawn from, by name below the folder that is to hold it.

    Parameters
    ----------
    figures
        Of the area: those of the store, or others in their place.
    added
        Indicators of theirs that the store does not have.
    """
    known = view.inputs_with(area.id, figures)
    # Each under the name that it has anywhere, as a store starts with it.
    indicators = (*view.store.catalogue(view.vintage).indicators.values(), *added)
    highest_first = (*reversed(tuple(areas_above(area, view.areas))), area)
    targets = [
        {
            "area": one.area, "indicator": one.indicator, "year": one.year or "",
            "comparator": one.comparator, "threshold": one.threshold,
            "tolerance": one.tolerance or "", **_basis(one.basis), "document": one.document,
            "counts": _flag(one.counts),
        }
        for one in known.targets
    ]  # fmt: skip
    rows = [
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
        INDICATORS: _table((*INDICATOR_COLUMNS, "order"), map(_indicator, indicators)),
        TARGETS: _table(TARGET_COLUMNS, targets),
        f"{OBSERVATIONS}{area.id}.csv": _table(
            (*OBSERVATION_COLUMNS, "unit", "publisher", "status", *BASIS_COLUMNS), rows
        ),
        CHANGES: _table((*CHANGE_COLUMNS, *BASIS_COLUMNS), changes),
    }


def packed(tables: Mapping[str, bytes]) -> bytes:
    """Return tables as one .zip; equal tables make equal bytes."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in tables.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            opened.writestr(entry, content)
    return archive.getvalue()


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
