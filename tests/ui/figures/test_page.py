"""The page of figures: all forms are shown, and indicators are renamed, merged and removed."""

from __future__ import annotations

from dataclasses import replace

from data.store.store import Store
from data.store.vintages import Commit, VintageKind
from forecasting.figures.indicator import Measure, Names, Observation
from forecasting.figures.period import Month
from tests.ui.conftest import OpenPage
from tests.ui.reading import Screen

NAME = "各项贷款余额"
FORMS = {
    Measure.LEVEL_END: (321.5, "1e8 CNY"),
    Measure.GROWTH_END: (9.1, "%"),
    Measure.RATIO: (61.2, "%"),
    Measure.LEVEL_MONTH: (3.1, "1e8 CNY"),
}


def commit_new(store: Store, *forms: Measure) -> None:
    """Commit an indicator that was added with a file, in forms beside the series."""
    gdp = store.catalogue(1)["gdp"]
    new = replace(gdp, id=NAME, name=Names(NAME, NAME), short=Names(NAME, NAME), aliases=())
    figures = tuple(
        Observation("SAMPLE", NAME, measure, Month(2026, 6), value, unit, gdp.basis)
        for measure, (value, unit) in FORMS.items()
        if measure in forms
    )
    store.commit(Commit(VintageKind.UPLOAD, "王工", indicators=(new,), observations=figures))


def press(page: Screen, label: str) -> Screen:
    return Screen(next(one for one in page.app.button if one.label == label).click().run())


def field(page: Screen, label: str) -> object:
    return next(one for one in (*page.app.text_input, *page.app.selectbox) if one.label == label)


def test_figures_beside_the_series_are_shown_with_their_form(
    open_page: OpenPage, store: Store
) -> None:
    commit_new(store, *FORMS)

    table = open_page("data", area="SAMPLE").app.dataframe[0].value

    rows = table[table["指标"] == NAME][["期间", "数值", "单位", "数据形式"]]
    assert {tuple(row) for row in rows.to_numpy()} == {
        ("2026年6月", "321.5", "亿元", "期末值"),
        ("2026年6月", "9.1", "%", "期末增速"),
        ("2026年6月", "61.2", "%", "比率、指数、价格"),
        ("2026年6月", "3.1", "亿元", "当月值"),
    }


def test_a_new_indicator_is_renamed_and_merged_and_one_of_ours_only_renamed(
    open_page: OpenPage, store: Store
) -> None:
    forms = {*FORMS} - {Measure.RATIO}
    commit_new(store, *forms)
    page = open_page("data", area="SAMPLE")
    field(page, "提交人").set_value("张三")
    field(page, "名称（中文）").set_value("贷款*余额*")
    page = press(page, "提交改名")
    catalogue = store.catalogue(store.latest_vintage())
    assert (catalogue[NAME].name.zh, catalogue[NAME].aliases) == ("贷款*余额*", (NAME,))

    refused = press(page, "删除")
    assert "有3个数据，不能删除" in " ".join(one.value for one in refused.app.error)
    field(refused, "并入").set_value("gdp")
    merged = press(Screen(refused.app.run()), "合并")
    assert any(r"贷款\*余额\*" in toast.value for toast in merged.app.toast)

    latest = store.latest_vintage()
    assert NAME not in store.catalogue(latest)
    assert {f.measure for f in store.observations(latest, "SAMPLE", "gdp")} >= forms
    assert store.vintages()[-1].author == "张三"
    ours = open_page("data", area="SAMPLE")
    assert "合并" not in [one.label for one in ours.app.button]
