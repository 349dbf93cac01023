"""Figures that are known inside, or only expected, on the pages."""

from __future__ import annotations

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from data.store.store import Store
from data.store.vintages import Commit, VintageKind
from forecasting.figures.indicator import Status
from tests.builders import make_figures
from tests.ui.conftest import ROOT
from tests.ui.pages import switch_page
from tests.ui.reading import Screen

INDICATOR = "fixed_asset_investment"


def commit(store: Store, status: Status, values: dict[str, float]) -> None:
    basis = store.catalogue(1)[INDICATOR].basis
    figures = make_figures(values, indicator=INDICATOR, area="SAMPLE")
    drafted = [replace(figure, basis=basis, status=status) for figure in figures]
    store.commit(Commit(VintageKind.UPLOAD, "王工", base=1, observations=drafted))


def open_page(page: str, **parameters: str) -> Screen:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params |= {"area": "SAMPLE", "year": "2026", "lang": "zh"} | parameters
    if page != "overview":
        switch_page(app, page)
    return Screen(app.run())


@pytest.mark.parametrize(
    ("growth", "said"),
    [
        (7.4, "2026年增长7.4%，超过7%（内部快报，尚未公布）"),
        (6.2, "2026年增长6.2%，未能超过7%（内部快报，尚未公布）"),
    ],
)
def test_a_flash_of_the_full_year_is_told_as_one(store: Store, growth: float, said: str) -> None:
    commit(store, Status.FLASH, {"2026Q3": growth, "2026Q4": growth})

    page = open_page("indicator", indicator=INDICATOR)

    assert said in page.text
    assert "全年（快报）" in open_page("overview").text
    assert "已完成" not in page.text
    assert "未完成" not in page.text


def test_an_estimate_is_kept_and_judges_nothing(store: Store) -> None:
    before = open_page("overview").text.replace("数据版本1", "数据版本2")
    commit(store, Status.ESTIMATE, {"2026Q4": 12.0})

    after = open_page("overview")

    assert after.text == before
    assert "预计" in open_page("data", indicator=INDICATOR).text


def test_a_page_that_uses_flash_figures_says_for_whom_it_is(store: Store) -> None:
    assert "内部快报" not in open_page("overview").text

    commit(store, Status.FLASH, {"2026Q3": 7.4})

    assert "所用数据含未公布的内部快报，仅限内部使用" in open_page("overview").text
    assert "所用数据含未公布的内部快报" not in open_page("overview", area="CN").text
