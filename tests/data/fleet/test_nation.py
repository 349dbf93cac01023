"""The synthetic nation: marked in every row, and never beside anything else."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.store.store import Store
from forecasting.figures.indicator import AreaKind
from forecasting.figures.period import Month
from tests.data.fleet.conftest import AREAS
from tools.make_sample_zone import PUBLISHER
from tools.make_synthetic_nation import NotEmptyDatabase, areas_of, fill


def test_every_area_and_figure_is_marked(nation: Store) -> None:
    vintage = nation.latest_vintage()
    figures = nation.known(vintage).values()

    assert len(nation.areas(vintage)) == AREAS
    assert all(area.synthetic and not area.reference for area in nation.areas(vintage))
    assert {figure.publisher for figure in figures} == {PUBLISHER}
    assert {record.note for record in nation.vintages()} == {PUBLISHER}
    # Short series, gaps and late figures are in it, and not many.
    assert 0.85 < len(figures) / (AREAS * 12 * 56) < 0.99
    ends = {
        max(one.month for one in nation.observations(vintage, area.id, "gdp"))
        for area in nation.areas(vintage)
    }
    assert ends >= {Month(2026, 6), Month(2026, 3)}


def test_a_database_with_anything_in_it_is_refused(nation: Store, tmp_path: Path) -> None:
    latest = nation.latest_vintage()

    with pytest.raises(NotEmptyDatabase):
        next(fill(nation.database_url, AREAS))

    assert nation.latest_vintage() == latest


def test_areas_spread_over_provinces_and_kinds() -> None:
    areas = areas_of(2500)
    ids = {area.id: area for area in areas}

    assert len(ids) == len(areas) == 2500
    kinds = [area.kind for area in areas]
    assert [kinds.count(kind) for kind in AreaKind] == [1, 31, 312, 625, 1531]
    for area in areas[1:]:
        assert ids[area.parent].kind.level < area.kind.level
    assert sum(area.home for area in areas) == 1
