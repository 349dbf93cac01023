"""Everything known at a vintage, each entry with the vintage that brought it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Row, Table

from data.store import schema
from data.store.rows import (
    area_of,
    area_version_of,
    change_of,
    indicator_of,
    observation_of,
    target_of,
)
from data.store.view import View
from data.store.vintage import Stored
from forecasting.figures.indicator import (
    Area,
    AreaVersion,
    AreaVersionKey,
    DefinitionChange,
    DefinitionChangeKey,
    Indicator,
    Observation,
    ObservationKey,
    Target,
    TargetKey,
)

Key = TypeVar("Key", bound=Hashable)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Contents:
    """What was known at one vintage, by what identifies each entry."""

    areas: Mapping[str, Stored[Area]]
    indicators: Mapping[str, Stored[Indicator]]
    targets: Mapping[TargetKey, Stored[Target]]
    changes: Mapping[DefinitionChangeKey, Stored[DefinitionChange]]
    area_versions: Mapping[AreaVersionKey, Stored[AreaVersion]]
    figures: Mapping[ObservationKey, Stored[Observation]]


def contents_of(view: View) -> Contents:
    """Return everything known at a vintage."""
    return Contents(
        areas=_known(view, schema.area, area_of, lambda area: area.id),
        indicators=_known(view, schema.indicator, indicator_of, lambda entry: entry.id),
        targets=_known(view, schema.target, target_of, lambda target: target.key),
        changes=_known(view, schema.definition_change, change_of, lambda change: change.key),
        area_versions=_known(
            view, schema.area_version, area_version_of, lambda version: version.key
        ),
        figures=_known(view, schema.observation, observation_of, lambda figure: figure.key),
    )


def _known(
    view: View, table: Table, value_of: Callable[[Row[Any]], T], key_of: Callable[[T], Key]
) -> dict[Key, Stored[T]]:
    entries = [Stored(value_of(row), row.vintage) for row in view.rows(table)]
    return {key_of(entry.value): entry for entry in entries}
