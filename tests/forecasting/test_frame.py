"""Outlooks of frames are those of the app, and what is wrong with a frame is said."""

from __future__ import annotations

import doctest
import math
import subprocess
import sys
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from data.settings import ROOT
from forecasting import outlook_of
from forecasting.figures.indicator import (
    Basis,
    Catalogue,
    Comparator,
    Inputs,
    Measure,
    Observation,
    PriceBasis,
    Target,
)
from forecasting.outlook.judge import judge
from forecasting.outlook.quantiles import QUANTILE_NAMES
from forecasting.outlook.question import Question
from tests.snapshots import learner, seeds, zone

YEAR = 2026
NAMES = ["gdp", "fixed_asset_investment", "tax_revenue"]
BASIS = Basis(PriceBasis.CURRENT)


def known() -> list[Observation]:
    """Return growth since January of the sample zone, all on one basis."""
    return [
        Observation(one.area, one.indicator, one.measure, one.month, one.value, "%", BASIS)
        for one in seeds().observations
        if (one.area, one.measure) == ("SAMPLE", Measure.GROWTH_YTD) and one.indicator in NAMES
    ]


def frame() -> pd.DataFrame:
    cells = {(str(one.month.quarter), one.indicator): one.value for one in known()}
    rows = sorted({row for row, _ in cells})
    return pd.DataFrame(
        [[cells.get((row, name), math.nan) for name in NAMES] for row in rows], rows, NAMES
    )


def test_a_frame_has_the_outlook_that_its_figures_have_in_the_app() -> None:
    bare = [
        replace(seeds().catalogue[name], basis=BASIS, quarterly_shares=None, order=place)
        for place, name in enumerate(NAMES)
    ]
    targets = [Target("SAMPLE", name, YEAR, Comparator.ABOVE, 7.0, BASIS, "") for name in NAMES]
    inputs = Inputs(Catalogue.of(bare), targets, known(), learner=learner())
    app = judge(Question(zone(), YEAR), inputs)
    assert app.all_clear is not None
    assert app.all_clear.weakest is not None

    given = outlook_of(frame(), YEAR, learner=learner())

    assert (given.p_all, given.p_all_error) == (app.all_clear.probability, app.all_clear.error)
    assert given.weakest == app.all_clear.weakest.indicator_id
    for verdict in app.verdicts:
        row = given.indicators.loc[verdict.indicator_id]
        assert row["probability"] == verdict.probability
        assert row[list(QUANTILE_NAMES)].tolist() == list(verdict.quantiles)
        assert verdict.pace is not None
        assert row["required_pace"] == verdict.pace.shown
        assert row["latest"] == str(verdict.history.latest)
    assert given.fan.to_numpy().tolist() == [
        list(point.quantiles) for verdict in app.verdicts for point in verdict.fan
    ]


def test_periods_of_pandas_are_read_and_rows_after_the_year_change_nothing() -> None:
    plain = outlook_of(frame(), YEAR, learner=None)
    later = pd.DataFrame([[99.0] * 3], ["2027Q1"], NAMES)
    periods = frame().set_axis(pd.PeriodIndex(frame().index, freq="Q"))

    assert outlook_of(periods, YEAR, learner=None).indicators.equals(plain.indicators)
    after = outlook_of(pd.concat([frame(), later]), YEAR, learner=None)
    assert after.indicators.equals(plain.indicators)


def test_a_column_without_figures_has_no_number() -> None:
    few = frame().assign(tax_revenue=math.nan)

    given = outlook_of(few, YEAR, learner=None)

    assert given.indicators.loc["tax_revenue"].isna().all()
    assert given.indicators.probability.notna().tolist() == [True, True, False]


@pytest.mark.parametrize(
    ("growth", "options", "said"),
    [
        (pd.DataFrame([[1.0, 2.0]], ["2026Q1"], ["a", "a"]), {}, "two columns have one name"),
        (pd.DataFrame([[1.0]], ["spring"], ["a"]), {}, "'spring' is no quarter or month"),
        (pd.DataFrame([[math.inf]], ["2026Q1"], ["a"]), {}, "'a' is infinite in 2026Q1"),
        (pd.DataFrame([[1.0], [2.0]], ["2026Q1", "2026-03"], ["a"]), {}, "two values to the end"),
        (pd.DataFrame([[1.0]], ["2026Q1"], ["a"]), {"line": {"b": 7.0}}, "no line for 'a'"),
        (pd.DataFrame([[1.0]], ["2026Q1"], ["a"]), {"comparator": "about"}, "about"),
    ],
)
def test_what_is_wrong_with_a_frame_is_said(
    growth: pd.DataFrame, options: dict[str, Any], said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        outlook_of(growth, YEAR, learner=None, **options)


def test_the_page_on_the_library_is_as_it_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)

    assert doctest.testfile(str(ROOT / "docs/library.md"), module_relative=False).failed == 0


def test_who_needs_no_frame_imports_none() -> None:
    program = "import sys, forecasting.figures.period; sys.exit('pandas' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
