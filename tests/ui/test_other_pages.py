import pytest

from data.store.store import Store
from data.store.vintages import Commit, VintageKind
from forecasting.figures.indicator import Measure, Observation
from forecasting.figures.period import Month
from tests.ui.conftest import OpenPage
from tests.ui.pages import switch_page
from tests.ui.reading import Screen
from ui.frame.navigation import names as page_names
from ui.frame.site import SHARED

WITHOUT_AREA = ("method", "people", "league", SHARED)
"""Pages that are of no area of the reader's choice."""


def test_an_indicator_shows_model_parameters_outliers_weights_and_pace(
    open_page: OpenPage,
) -> None:
    page = open_page("indicator", area="SAMPLE", indicator="fixed_asset_investment")

    assert page.title.startswith("固定资产投资2026年全年增速超过7%的把握")
    for part in ("季节ARIMA模型", "标准误", "2017年一季度", "水平变动", "季度权重"):
        assert part in page.text
    assert "下半年需增长" in page.text
    assert "上年已公布的累计值" in page.text


def test_a_short_series_says_plainly_that_it_has_no_model_of_its_own(open_page: OpenPage) -> None:
    page = open_page("indicator", area="SAMPLE", indicator="technical_transformation_investment")

    assert "多序列模型：该指标的数据不足以单独建模" in page.text
    assert "ARIMA" not in page.text


def test_an_indicator_page_draws_fan_published_growth_single_quarters_and_errors(
    open_page: OpenPage,
) -> None:
    page = open_page("indicator", area="SAMPLE", indicator="foreign_capital")

    alternatives = [chart.proto.alt for chart in page.app.get("vega_lite_chart")]
    assert len(alternatives) == 4
    assert "累计增速" in alternatives[1]
    assert "当季增速" in alternatives[2]
    assert "以标准差为单位" in alternatives[3]
    assert len(page.app.expander) == 4


def test_an_indicator_that_does_not_count_says_why(open_page: OpenPage, store: Store) -> None:
    income = store.catalogue(store.latest_vintage())["resident_income"]
    months = [
        Observation("CN", income.id, Measure.GROWTH_MONTH, Month(2026, month), 5.0, "%",
                    income.basis, publisher="made up")
        for month in (3, 6)
    ]  # fmt: skip
    store.commit(Commit(VintageKind.EDIT, "王工", observations=tuple(months)))

    page = open_page("indicator", area="CN", indicator="resident_income")

    assert "只有当月增速，无法推算全年增速" in page.text
    assert "历年当月增速" in page.text
    assert "随机种子" not in page.text


def test_an_indicator_known_to_a_month_is_told_to_that_month(open_page: OpenPage) -> None:
    page = open_page("indicator", area="CN", indicator="retail_sales")
    overview = open_page(area="CN")
    past = open_page(area="CN", year="2025", as_of="2025-10")

    assert "1—4月增长1.9%" in page.text
    assert "5—12月需增长" in page.text
    assert "5—12月至少需" in overview.text
    assert past.title.startswith("截至2025年10月，")


def test_a_typed_line_is_the_readers_own(open_page: OpenPage) -> None:
    for area, said in (("CN", "对照线5%由本页填写"), ("SAMPLE", "目标线5%由本页填写")):
        page = open_page("indicator", area=area, indicator="gdp", threshold="5")
        assert said in page.text
        assert "目标依据" not in page.text
        assert "对照线来源" not in page.text


def test_a_published_year_is_not_told_as_a_forecast(open_page: OpenPage) -> None:
    for area in ("CN", "SAMPLE"):
        page = open_page(area=area, year="2025")
        text = page.text + open_page("indicator", area=area, year="2025", indicator="gdp").text
        assert "全年（已公布）" in text
        assert "2025年数据均已公布。" in text
        for word in ("预计", "五成", "由低到高", "向上取整", "近年", "深浅", "最新至"):
            assert word not in text


def test_the_data_page_lists_every_figure_with_source_basis_and_vintage(
    open_page: OpenPage,
) -> None:
    page = open_page("data", area="CN")

    table = page.app.dataframe[0].value
    assert len(table) == 1425
    assert list(table.columns) == [
        "指标", "期间", "数值", "单位", "数据形式", "价格口径", "统计口径", "币种", "状态",
        "来源", "数据版本",
    ]  # fmt: skip
    assert not (table["来源"] == "").any()
    assert set(table["数据版本"]) == {1}


def test_the_data_page_can_show_one_indicator(open_page: OpenPage) -> None:
    page = open_page("data", area="CN", indicator="gdp")

    assert set(page.app.dataframe[0].value["指标"]) == {"国内生产总值"}
    assert page.url["indicator"] == "gdp"


@pytest.mark.parametrize("name", [name for name in page_names() if name not in WITHOUT_AREA])
def test_the_sample_zone_is_marked_as_simulated_on_every_page(
    open_page: OpenPage, name: str
) -> None:
    assert "模拟数据" in open_page(name, area="SAMPLE").text
    assert "Simulated data" in open_page(name, area="SAMPLE", lang="en").text


def test_choices_survive_navigation(open_page: OpenPage) -> None:
    page = open_page(area="SAMPLE", as_of="2026Q1", threshold="6.5", lang="en")
    page.app.query_params.clear()  # as the browser does on navigation

    moved = Screen(switch_page(page.app, "indicator").run())

    kept = {"area": "SAMPLE", "year": "2026", "as_of": "2026Q1", "threshold": "6.5", "lang": "en"}
    assert kept.items() <= moved.url.items()


def test_choices_survive_a_page_that_does_not_show_them(open_page: OpenPage) -> None:
    page = open_page(area="SAMPLE", as_of="2026Q1")
    for name in ("data", "overview"):
        page.app.query_params.clear()
        page = Screen(switch_page(page.app, name).run())

    assert page.url == {"area": "SAMPLE", "year": "2026", "as_of": "2026Q1", "lang": "zh"}


def test_a_choice_on_the_page_reaches_the_url(open_page: OpenPage) -> None:
    page = open_page()

    page.app.selectbox(key="area").select("SAMPLE").run()
    page.app.number_input(key="threshold").set_value(6.5).run()

    assert Screen(page.app).url["area"] == "SAMPLE"
    assert Screen(page.app).url["threshold"] == "6.5"
    assert "超过6.5%" in Screen(page.app).title


def test_the_language_switch_keeps_the_view(open_page: OpenPage) -> None:
    page = open_page(area="SAMPLE", as_of="2026Q1")

    page.app.button(key="switch_language").click().run()

    assert Screen(page.app).url == {
        "area": "SAMPLE", "year": "2026", "as_of": "2026Q1", "lang": "en",
    }  # fmt: skip
    assert Screen(page.app).title.startswith("As of Q1 2026")


def test_changing_the_area_drops_a_year_it_does_not_have(open_page: OpenPage) -> None:
    page = open_page(area="CN", year="2019")

    page.app.selectbox(key="area").select("SAMPLE").run()

    assert Screen(page.app).url["year"] == "2026"
