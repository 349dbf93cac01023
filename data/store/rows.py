"""Rows of the tables, as written from the domain's values and read back into them."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from sqlalchemy import Row, Table

from data.store import schema
from data.store.vintage import Draft, Kind, Removable, Vintage
from forecasting.figures.indicator import (
    Area,
    AreaKind,
    AreaVersion,
    Basis,
    Comparator,
    DefinitionChange,
    Direction,
    Group,
    Indicator,
    Measure,
    Names,
    Observation,
    PriceBasis,
    Status,
    Target,
)
from forecasting.figures.period import Month, Quarter

Cells = dict[str, object]


def rows_of(draft: Draft) -> dict[Table, list[Cells]]:
    """Return the rows a draft adds to each table, without their vintage."""
    rows = {
        schema.area: [_area_cells(area) for area in draft.areas],
        schema.indicator: [_indicator_cells(indicator) for indicator in draft.indicators],
        schema.observation: [_observation_cells(figure) for figure in draft.observations],
        schema.remembered_answer: [
            _answer_cells(shape, question, answer)
            for (shape, question), answer in draft.answers.items()
        ],
    }
    standing: tuple[Removable, ...] = (*draft.targets, *draft.changes, *draft.area_versions)
    for entries, removed in ((standing, False), (draft.removed, True)):
        for entry in entries:
            table, cells = _removable_cells(entry)
            rows.setdefault(table, []).append(cells | {"removed": removed})
    return rows


def _removable_cells(entry: Removable) -> tuple[Table, Cells]:
    """Return the table of an entry and its row there."""
    if isinstance(entry, Target):
        return schema.target, _target_cells(entry)
    if isinstance(entry, DefinitionChange):
        return schema.definition_change, _change_cells(entry)
    return schema.area_version, _area_version_cells(entry)


def _area_cells(area: Area) -> Cells:
    return {
        "id": area.id,
        "name_zh": area.name.zh,
        "name_en": area.name.en,
        "kind": area.kind,
        "parent": area.parent,
        "reference": area.reference,
        "synthetic": area.synthetic,
        "home": area.home,
    }


def area_of(row: Row[Any]) -> Area:
    """Return the area of a row."""
    return Area(
        id=row.id,
        name=Names(row.name_zh, row.name_en),
        kind=AreaKind(row.kind),
        parent=row.parent,
        reference=row.reference,
        synthetic=row.synthetic,
        home=row.home,
    )


def _indicator_cells(indicator: Indicator) -> Cells:
    return {
        "id": indicator.id,
        "name_zh": indicator.name.zh,
        "name_en": indicator.name.en,
        "short_zh": indicator.short.zh,
        "short_en": indicator.short.en,
        "aliases": indicator.aliases,
        "unit": indicator.unit,
        "measures": indicator.measures,
        **_basis_cells(indicator.basis),
        "group": indicator.group,
        "direction": indicator.direction,
        "quarterly_shares": indicator.quarterly_shares,
        "release_day": indicator.release_day,
        "order": indicator.order,
    }


def indicator_of(row: Row[Any]) -> Indicator:
    """Return the indicator of a row."""
    return Indicator(
        id=row.id,
        name=Names(row.name_zh, row.name_en),
        short=Names(row.short_zh, row.short_en),
        aliases=tuple(row.aliases),
        unit=row.unit,
        measures=tuple(Measure(measure) for measure in row.measures),
        basis=_basis_of(row),
        group=Group(row.group),
        direction=Direction(row.direction),
        quarterly_shares=tuple(row.quarterly_shares) if row.quarterly_shares else None,
        release_day=row.release_day,
        order=row.order,
    )


def _target_cells(target: Target) -> Cells:
    return {
        "area": target.area,
        "indicator": target.indicator,
        "year": target.year,
        "comparator": target.comparator,
        "threshold": _plain(target.threshold),
        "tolerance": _plain(target.tolerance),
        **_basis_cells(target.basis),
        "document": target.document,
        "counts": target.counts,
    }


def target_of(row: Row[Any]) -> Target:
    """Return the target of a row."""
    return Target(
        area=row.area,
        indicator=row.indicator,
        year=row.year,
        comparator=Comparator(row.comparator),
        threshold=row.threshold,
        basis=_basis_of(row),
        document=row.document,
        tolerance=row.tolerance,
        counts=row.counts,
    )


def _change_cells(change: DefinitionChange) -> Cells:
    return {
        "area": change.area,
        "indicator": change.indicator,
        **_basis_cells(change.basis),
        "quarter": str(change.quarter),
        "document": change.document,
    }


def change_of(row: Row[Any]) -> DefinitionChange:
    """Return the change of definition of a row."""
    return DefinitionChange(
        area=row.area,
        indicator=row.indicator,
        basis=_basis_of(row),
        quarter=Quarter.parse(row.quarter),
        document=row.document,
    )


def _area_version_cells(version: AreaVersion) -> Cells:
    return {
        "area": version.area,
        "quarter": str(version.quarter),
        "label_zh": version.label.zh,
        "label_en": version.label.en,
        "document": version.document,
        "note": version.note,
    }


def area_version_of(row: Row[Any]) -> AreaVersion:
    """Return the version of an area of a row."""
    return AreaVersion(
        area=row.area,
        quarter=Quarter.parse(row.quarter),
        label=Names(row.label_zh, row.label_en),
        document=row.document,
        note=row.note,
    )


def _answer_cells(shape: str, question: str, answer: str) -> Cells:
    return {
        "shape": shape,
        "question_sha256": sha256(question.encode()).hexdigest(),
        "question": question,
        "answer": answer,
    }


def _observation_cells(observation: Observation) -> Cells:
    return {
        "area": observation.area,
        "indicator": observation.indicator,
        "measure": observation.measure,
        **_basis_cells(observation.basis),
        "month": str(observation.month),
        "value": _plain(observation.value),
        "unit": observation.unit,
        "status": observation.status,
        "publisher": observation.publisher,
    }


def observation_of(row: Row[Any]) -> Observation:
    """Return the observation of a row."""
    return Observation(
        area=row.area,
        indicator=row.indicator,
        measure=Measure(row.measure),
        month=Month.parse(row.month),
        value=row.value,
        unit=row.unit,
        basis=_basis_of(row),
        status=Status(row.status),
        publisher=row.publisher,
    )


def vintage_of(row: Row[Any]) -> Vintage:
    """Return the vintage of a row."""
    return Vintage(
        number=row.number,
        committed_at=row.committed_at,
        kind=Kind(row.kind),
        author=row.author,
        note=row.note,
        base=row.base,
        withdraws=row.withdraws,
    )


def _basis_cells(basis: Basis) -> Cells:
    return {
        "price_basis": basis.price,
        "coverage_basis": basis.coverage,
        "currency": basis.currency,
    }


def _basis_of(row: Row[Any]) -> Basis:
    return Basis(PriceBasis(row.price_basis), row.coverage_basis, row.currency)


def _plain(number: float) -> float:
    """Return the number, with -0.0 as 0.0: SQLite does not keep the sign of zero."""
    return number + 0.0
