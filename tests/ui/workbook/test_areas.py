"""Areas that get their figures after the seeds."""

from __future__ import annotations

from dataclasses import replace

from streamlit.testing.v1 import AppTest

from data.store.store import Store
from data.store.vintages import Commit, VintageKind
from forecasting.figures.indicator import Observation
from tests.builders import make_figures, periods
from tests.ui.conftest import ROOT
from tests.ui.reading import Screen


def upload(store: Store, area: str) -> None:
    """Commit two years of growth of two indicators, on their usual bases."""
    catalogue = store.catalogue(1)
    figures: list[Observation] = []
    for indicator in ("gdp", "tax_revenue"):
        values = dict(zip(periods("2017Q1", "2018Q4"), (7.2, 7.4, 7.1, 7.3) * 2, strict=True))
        drawn = make_figures(values, indicator=indicator, area=area)
        figures += [replace(figure, basis=catalogue[indicator].basis) for figure in drawn]
    store.commit(Commit(VintageKind.UPLOAD, "analyst", base=1, observations=tuple(figures)))


def open_app(**parameters: str) -> Screen:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params |= parameters
    return Screen(app.run())


def test_the_home_zone_is_the_first_page_once_it_has_figures(store: Store) -> None:
    upload(store, "CN-SX-LF-HMZ")

    page = open_app()

    assert page.url == {"area": "CN-SX-LF-HMZ", "year": "2019", "lang": "zh"}
    assert page.title.startswith("截至2018年末，预计全年8项主要指标中可研判的2项")
    assert page.count("尚无可用于测算增速的数据") == 6
    assert "数据版本2" in page.text


def test_an_area_without_targets_asks_for_a_line_and_answers_it(store: Store) -> None:
    upload(store, "CN-SX-LF")

    page = open_app(area="CN-SX-LF")
    assert page.title == "临汾市有2项指标的数据，还没有2019年的对照线。"
    assert "2018年全年增长7.3%" in page.text
    assert len(page.app.get("vega_lite_chart")) == 2
    asked = open_app(area="CN-SX-LF", threshold="6")
    assert asked.title.startswith("截至2018年末，临汾市2项主要指标中有2项可比较")


def test_figures_of_a_single_year_are_reviewed_and_shown_without_a_verdict(store: Store) -> None:
    basis = store.catalogue(1)["gdp"].basis
    figures = make_figures({"2026Q1": 7.2, "2026Q2": 7.4}, indicator="gdp", area="CN-SX-LF-HMZ")
    drafted = [replace(figure, basis=basis) for figure in figures]
    store.commit(Commit(VintageKind.UPLOAD, "analyst", base=1, observations=drafted))

    page = open_app(area="CN-SX-LF-HMZ", lang="zh")

    assert page.url["year"] == "2026"
    assert "侯马经济开发区" in page.title


def test_an_area_without_figures_is_in_the_address(store: Store) -> None:
    app = open_app(area="CN", lang="zh").app

    page = Screen(app.selectbox(key="area").set_value("CN-SX-LF-HMZ").run())

    assert page.url["area"] == "CN-SX-LF-HMZ"
