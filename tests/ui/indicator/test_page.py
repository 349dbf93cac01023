"""The model on an indicator's page: members, averaged models, errors, outliers and the switch."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape

import pytest

from data.store.store import Store
from forecasting.figures.indicator import Measure
from forecasting.figures.period import Month, Quarter
from forecasting.models.predictive import Candidate, ModelReport, Outlier, OutlierKind, Parameter
from forecasting.outlook.outlook import MemberVerdict, Outlook, Verdict
from tests.data.drafts import upload
from tests.ui.conftest import OpenPage
from tests.ui.pages import switch_page
from tests.ui.reading import Screen, raw_marks
from tests.ui.speakers import EN, SPEAKERS, ZH
from ui.frame import cache
from ui.language import Speaker

Change = Callable[[Verdict, ModelReport], Verdict]
ChangeAll = Callable[[Change], None]
SWITCH = "without_outliers"
INVESTMENT = {"area": "SAMPLE", "indicator": "fixed_asset_investment"}
ADDITIVE = Outlier(Quarter(2020, 1), OutlierKind.ADDITIVE, -20.0)
DEFINITION = Outlier(Quarter(2019, 1), OutlierKind.DEFINITION, 12.3)


@pytest.fixture
def change_verdicts(monkeypatch: pytest.MonkeyPatch) -> ChangeAll:
    """Give a way to change every verdict that has a model before a page sees it."""

    def change_all(change: Change) -> None:
        answer = cache.VintageView.outlook

        def changed(*asked: object, **options: bool) -> Outlook:
            outlook: Outlook = answer(*asked, **options)  # type: ignore[arg-type]
            verdicts = tuple(change(v, v.model) if v.model else v for v in outlook.verdicts)
            return replace(outlook, verdicts=verdicts)

        monkeypatch.setattr(cache.VintageView, "outlook", changed)

    return change_all


def with_model(**changes: object) -> Change:
    return lambda verdict, model: replace(verdict, model=replace(model, **changes))  # type: ignore[arg-type]


def with_members(verdict: Verdict, model: ModelReport) -> Verdict:
    q = verdict.quantiles
    members = (
        MemberVerdict("sarima", 0.5, model.candidates, 0.25, q),
        MemberVerdict("persistence", 0.495, (), 0.4, q._replace(q10=-1.25, median=6.44, q90=9.0)),
        MemberVerdict("theta", 0.005, (), None, None),
    )
    return replace(verdict, members=members, probability=0.3)


def rows(page: Screen) -> list[list[str]]:
    """Return the cells of every row of every table."""
    bodies = [node.proto.body for node in page.app.get("html")]
    found = [row for body in bodies for row in re.findall(r"<tr>(.*?)</tr>", body)]
    return [[unescape(c) for c in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row)] for row in found]


def headings(page: Screen) -> list[str]:
    return [heading.value for heading in page.app.header]


@pytest.mark.parametrize(
    ("language", "persistence", "pooled"),
    [
        ("zh", "累计增速外推法", "合并（正式结果）"),
        ("en", ("Cumulative growth carried forward"), ("Combined (used throughout)")),
    ],
)
def test_each_member_says_what_it_expects_alone(
    open_page: OpenPage,
    change_verdicts: ChangeAll,
    language: str,
    persistence: str,
    pooled: str,
) -> None:
    change_verdicts(with_members)

    page = open_page("indicator", **INVESTMENT, lang=language)

    table = {row[0]: row[1:] for row in rows(page) if row}
    low = "−1.3至9.0" if language == "zh" else "−1.3 to 9.0"
    assert table[persistence] == ["50%", "6.4", low, "40%"]
    assert table[pooled][0] == "100%"
    assert table[pooled][-1] == "30%"
    assert set(table["Theta法" if language == "zh" else "Theta"][1:]) <= {"—", "–"}
    assert raw_marks(page.text) == []


def test_a_model_alone_has_no_table_of_members(
    open_page: OpenPage, change_verdicts: ChangeAll
) -> None:
    change_verdicts(lambda verdict, _: replace(verdict, members=verdict.members[:1]))

    page = open_page("indicator", **INVESTMENT)

    assert "各模型单独测算结果" not in page.text
    assert "合并" not in page.text


def test_the_light_averaged_models_share_a_row(
    open_page: OpenPage, change_verdicts: ChangeAll
) -> None:
    weights = (0.3, 0.2, 0.15, 0.13, 0.12, 0.06, 0.04)
    every = tuple(Candidate(f"ARIMA(0,1,{i})", weight) for i, weight in enumerate(weights))
    change_verdicts(with_model(candidates=every))

    page = open_page("indicator", **INVESTMENT)

    assert ["ARIMA(0,1,4)", "12%"] in rows(page)
    assert ["其余2个", "10%"] in rows(page)
    assert "ARIMA(0,1,5)" not in page.text
    assert "7个候选模型的加权平均" in page.text


def test_one_light_model_is_named_like_the_others(
    open_page: OpenPage, change_verdicts: ChangeAll
) -> None:
    every = tuple(Candidate(f"ARIMA(0,1,{i})", 1 / 6) for i in range(6))
    change_verdicts(with_model(candidates=every))

    page = open_page("indicator", **INVESTMENT)

    assert ["ARIMA(0,1,5)", "17%"] in rows(page)
    assert "其余" not in page.text


def test_parameters_have_names_and_the_sizes_of_outliers_are_not_among_them(
    open_page: OpenPage, change_verdicts: ChangeAll
) -> None:
    names = ("mean", "x1", "ma.L1", "ar.S.L4")
    parameters = tuple(Parameter(name, 0.1, float("nan")) for name in names)
    change_verdicts(with_model(parameters=parameters))

    page = open_page("indicator", **INVESTMENT)

    known = [row[0] for row in rows(page) if row[1:] == ["0.1000", "—"]]
    assert known == ["平均增速（对数）", "移动平均，滞后1季", "季节自回归，滞后4季"]


def test_errors_are_told_in_one_sentence_and_tested(open_page: OpenPage) -> None:
    page = open_page("indicator", **INVESTMENT)

    assert "模型误差" in headings(page)
    assert "误差未见明显规律" in page.text
    tests = [row for row in rows(page) if row and ("Ljung" in row[0] or "Shapiro" in row[0])]
    assert [len(row) for row in tests] == [4, 4]


def test_a_pattern_in_the_errors_is_told_with_its_lag(
    open_page: OpenPage, change_verdicts: ChangeAll
) -> None:
    first = Quarter(2012, 1)
    season = tuple((first + row, (2.0, 0.1, -1.9, -0.2)[row % 4]) for row in range(40))
    change_verdicts(with_model(residuals=season))

    zh = open_page("indicator", **INVESTMENT)
    en = open_page("indicator", **INVESTMENT, lang="en")

    assert "误差中仍有模型未反映的规律（相隔2、4、6、8个季度的误差彼此相关）" in zh.text
    assert "The errors still show a pattern" in en.text
    assert any(row[:1] == ["4"] and row[1].endswith("*") for row in rows(zh))


def test_few_errors_are_not_tested(open_page: OpenPage, change_verdicts: ChangeAll) -> None:
    few = tuple((Quarter(2023, 1) + row, 0.5) for row in range(9))
    change_verdicts(with_model(residuals=few))

    page = open_page("indicator", **INVESTMENT)

    assert "以往误差仅9个，不足16个，不作检验。" in page.text
    assert "Ljung" not in page.text


@pytest.mark.parametrize("say", SPEAKERS)
def test_the_switch_puts_both_answers_side_by_side(open_page: OpenPage, say: Speaker) -> None:
    page = open_page("indicator", **INVESTMENT, lang=say.language)
    before, title = rows(page), page.title
    official = {ZH: "正式结果", EN: "used throughout"}[say]

    page.app.toggle(key=SWITCH).set_value(True).run()
    on = Screen(page.app)

    added = rows(on)[len(before) - 2 : -2]
    assert [row for row in rows(on) if row not in added] == before
    assert official in added[0][1]
    assert official not in added[0][2]
    assert len({added[1][1], added[1][2]}) == 2
    assert on.title == title
    assert raw_marks(on.text) == []
    assert on.url == page.url

    page.app.toggle(key=SWITCH).set_value(False).run()
    assert rows(Screen(page.app)) == before


def test_the_switch_changes_no_other_page(open_page: OpenPage) -> None:
    page = open_page("indicator", **INVESTMENT)
    page.app.toggle(key=SWITCH).set_value(True).run()

    moved = Screen(switch_page(page.app, "overview").run())

    fresh = open_page("overview", **INVESTMENT)
    assert (moved.title, rows(moved)) == (fresh.title, rows(fresh))


def test_a_reference_area_compares_probabilities(open_page: OpenPage) -> None:
    page = open_page("indicator", area="CN", indicator="gdp")

    page.app.toggle(key=SWITCH).set_value(True).run()

    assert [row[0] for row in rows(Screen(page.app))].count("可能性") == 1
    assert "把握" not in Screen(page.app).text


@pytest.mark.parametrize("outliers", [(), (DEFINITION,)])
def test_without_an_outlier_that_was_found_there_is_no_switch(
    open_page: OpenPage, change_verdicts: ChangeAll, outliers: tuple[Outlier, ...]
) -> None:
    change_verdicts(with_model(outliers=outliers))

    page = open_page("indicator", **INVESTMENT)

    assert not page.app.toggle
    assert ("未发现异常季" in page.text) == (outliers == ())


def test_a_recorded_change_of_definition_is_told_as_recorded(
    open_page: OpenPage, change_verdicts: ChangeAll
) -> None:
    change_verdicts(with_model(outliers=(DEFINITION, ADDITIVE)))

    page = open_page("indicator", **INVESTMENT)

    assert ["2019年一季度", "口径变更", "12.3"] in rows(page)
    assert "口径变更按记录处理" in page.text
    assert "自动识别" in page.text
    assert "圆圈为异常季度或口径变更" in page.text
    assert len(page.app.toggle) == 1


def test_growth_of_a_quarter_after_a_missing_one_is_told_and_not_used(
    open_page: OpenPage, store: Store
) -> None:
    before = open_page("indicator", **INVESTMENT)
    (latest,) = [
        figure
        for figure in store.observations(1, "SAMPLE")
        if figure.indicator == INVESTMENT["indicator"]
        and figure.month == Month(2026, 6)
        and figure.measure is Measure.GROWTH_YTD
    ]
    later = replace(latest, measure=Measure.GROWTH_QUARTER, month=Month(2026, 12), value=9.0)
    store.commit(upload(later, base=1))

    told = "2026年四季度的当季增速未用于预测：缺2026年三季度的增速"
    assert told not in before.text
    page = open_page("indicator", **INVESTMENT)
    assert told in page.text
    assert page.app.title[0].value == before.app.title[0].value
    assert told not in open_page("indicator", **INVESTMENT, as_of="2026Q2").text
