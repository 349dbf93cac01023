"""What is kept between reruns is computed once."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from data.store.store import Store
from data.store.vintages import Commit, VintageKind
from forecasting.figures.indicator import AreaVersion, DefinitionChange, Names
from forecasting.figures.period import Quarter
from forecasting.models.predictive import OutlierKind
from forecasting.outlook.outlook import Outlook, Verdict
from ui.frame import cache


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch, seeded_file: Path, tmp_path: Path) -> list[int]:
    """Count the series that each call of the engine is given, of a store that has kept none."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{shutil.copy(seeded_file, tmp_path)}")
    cache._fit.clear()  # type: ignore[attr-defined]  # put there by the decorator
    counted: list[int] = []
    engine = cache.fit

    def counting(batch, horizon, memory):
        counted.append(len(batch))
        return engine(batch, horizon, memory)

    monkeypatch.setattr(cache, "fit", counting)
    return counted


def test_another_line_is_answered_without_fitting_anything(calls: list[int]) -> None:
    seven, five = (cache.current().outlook("CN", 2026, None, line) for line in (7.0, 5.0))

    assert calls == [5]
    assert five.verdicts[0].quantiles == seven.verdicts[0].quantiles
    assert five.verdicts[1].probability > seven.verdicts[1].probability


def test_a_new_process_gives_again_what_the_store_has_kept(calls: list[int]) -> None:
    def of_new_process() -> Outlook:
        for kept in (cache._outlook, cache._fit, cache._memory):
            kept.clear()  # type: ignore[attr-defined]
        return cache.current().outlook("CN", 2026, None, None)

    first, again = of_new_process(), of_new_process()

    assert calls == [5]
    assert again is not first
    assert again.all_clear == first.all_clear
    assert [verdict.quantiles for verdict in again.verdicts] == [
        verdict.quantiles for verdict in first.verdicts
    ]
    assert [verdict.model for verdict in again.verdicts] == [
        verdict.model for verdict in first.verdicts
    ]


def test_without_outliers_is_fitted_once_and_leaves_the_official_answer(
    calls: list[int],
) -> None:
    def outlook(*, outliers: bool) -> Outlook:
        return cache.current().outlook("CN", 2026, None, 7.0, outliers=outliers)

    official = outlook(outliers=True)
    without = outlook(outliers=False)

    assert outlook(outliers=True) is official
    assert outlook(outliers=False) is without
    assert calls == [5, 5]
    assert any(verdict.model.outliers for verdict in official.verdicts if verdict.model)
    assert not any(verdict.model.outliers for verdict in without.verdicts if verdict.model)


def test_another_quarter_is_fitted_anew(calls: list[int]) -> None:
    cache.current().outlook("CN", 2026, None, None)
    cache.current().outlook("CN", 2026, Quarter(2026, 1), None)

    assert calls == [5, 5]


def test_a_recorded_change_and_an_enlarged_area_reach_outlook_and_track_record(
    calls: list[int],
) -> None:
    before = cache.current()
    gdp = before.catalogue("CN")["gdp"]
    change = DefinitionChange("CN", "gdp", gdp.basis, Quarter(2018, 1), "made-up notice")
    enlarged = AreaVersion("CN", Quarter(2016, 1), Names("扩区后", "Enlarged"), "made-up reply")
    store = Store.open(before.database)
    store.commit(Commit(VintageKind.EDIT, "test", changes=(change,), area_versions=(enlarged,)))
    store.close()

    after = cache.current()
    outlook = after.outlook("CN", 2026, None, 7.0)
    (case, *_) = after.cases("CN", 2025, 7.0)

    def recorded(verdict: Verdict) -> list[Quarter]:
        assert verdict.model is not None
        outliers = verdict.model.outliers
        return [entry.quarter for entry in outliers if entry.kind is OutlierKind.DEFINITION]

    assert before.changes("CN") == ()
    assert set(recorded(outlook.verdicts[0])) == {Quarter(2016, 1), Quarter(2018, 1)}
    assert {*map(tuple, map(recorded, outlook.verdicts[1:]))} == {(Quarter(2016, 1),)}
    assert set(recorded(case.verdict)) == {Quarter(2016, 1), Quarter(2018, 1)}


def test_an_enlarged_area_changes_a_series_whose_first_figures_are_not_committed(
    calls: list[int],
) -> None:
    seeded = cache.current()
    enlarged = AreaVersion("CN", Quarter(2016, 1), Names("扩区后", "Enlarged"), "made-up reply")
    store = Store.open(seeded.database)
    store.commit(Commit(VintageKind.EDIT, "test", area_versions=(enlarged,)))
    store.close()
    snapshot = cache.current()
    figures = [stored.value for stored in snapshot.figures("CN")]
    first = replace(figures[0], basis=replace(figures[0].basis, coverage="made_up_rule"))

    known, changes = snapshot.changes("CN"), snapshot.changes_with("CN", [*figures, first])

    assert [change.basis for change in changes if change not in known] == [first.basis]
    assert set(known) <= set(changes)
