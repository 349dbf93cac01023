import pytest
from streamlit.testing.v1 import AppTest

from data.areas.errors import AreaMisplaced
from data.indicators.errors import IndicatorHasTargets
from data.workbook.open.opening import WorkbookRefused
from data.workbook.open.refusal import Refusal
from forecasting.errors import AssumptionMissing, LevelsMissing, ScenarioRefused, UnitsDiffer
from forecasting.figures.indicator import Names
from forecasting.scenario.levers import RULES, LeverKind
from tests.builders import make_indicator
from tests.ui.conftest import ROOT, OpenPage
from tests.ui.pages import switch_page
from tests.ui.speakers import EN, SPEAKERS, ZH
from ui.frame.errors import told
from ui.language import Speaker


def page_of_an_error_to_mend() -> None:
    import streamlit as st

    from forecasting.errors import AreaWithoutFigures
    from tests.ui.speakers import ZH
    from ui.frame.errors import guard

    with guard(ZH):
        raise AreaWithoutFigures(area="Z")
    st.title("never shown")


def page_of_a_defect() -> None:
    from tests.ui.speakers import ZH
    from ui.frame.errors import guard

    with guard(ZH):
        raise ZeroDivisionError("a defect")


def test_an_error_names_indicators_and_areas_in_the_language_of_its_reader() -> None:
    names = Names("税收收入", "Tax revenue")
    areas = (Names("甲区", "Zone A"), Names("乙区", "Zone B"))

    (line,) = told(IndicatorHasTargets(name=names, areas=areas), EN)
    (own,) = told(IndicatorHasTargets(name=names, areas=areas), ZH)
    (misplaced,) = told(AreaMisplaced(name=areas[0], parent=areas[1]), EN)

    assert "Tax revenue" in line
    assert "Zone A, Zone B" in line
    assert "税收收入" in own
    assert "甲区、乙区" in own
    assert "Zone A" in misplaced


def test_an_error_a_reader_can_mend_is_shown_with_its_remedy_and_ends_the_page() -> None:
    page = AppTest.from_function(page_of_an_error_to_mend).run()

    assert "请先上传数据，或选择较晚的时点" in page.error[0].value
    assert not page.title
    assert not page.exception


def test_a_defect_crashes_loudly() -> None:
    page = AppTest.from_function(page_of_a_defect).run()

    assert page.exception
    assert not page.error


def test_what_a_file_is_called_is_shown_as_it_is() -> None:
    told_of = told(WorkbookRefused("*a*_[b](c).xlsx", Refusal.DAMAGED), ZH)

    assert r"\*a\*\_\[b\](c).xlsx" in told_of[0]


def test_what_is_wrong_with_a_scenario_is_told_in_both_languages() -> None:
    refused = ScenarioRefused("lever 1.start", "2026-07", "quarter")
    missing = LevelsMissing([make_indicator("gdp"), make_indicator("exports")], 2025)

    assert "应为季度，如2026Q2" in told(refused, ZH)[0]
    assert "expected a quarter such as 2026Q2" in told(refused, EN)[0]
    assert "缺少gdp、exports2025年全年数" in told(missing, ZH)[0]
    assert "of gdp, exports for 2025 is missing" in told(missing, EN)[0]


def test_a_link_that_is_damaged_is_told_with_what_to_do_and_not_as_a_field() -> None:
    refused = ScenarioRefused("link", "garbage", "link")

    assert told(refused, ZH) == [
        "链接不完整或已损坏，无法读取其中的情景，没有打开。请向发送人索取完整的链接。"
    ]
    assert "Ask the sender" in told(refused, EN)[0]


@pytest.mark.parametrize("say", SPEAKERS)
@pytest.mark.parametrize("kind", LeverKind)
def test_a_lever_that_lacks_a_number_is_told_by_names(kind: LeverKind, say: Speaker) -> None:
    for assumption in RULES[kind].assumptions:
        (sentence,) = told(AssumptionMissing(lever=kind, assumption=assumption), say)

        assert "_" not in sentence
        assert {ZH: "假定与依据", EN: "Assumptions"}[say] in sentence


def test_units_are_told_as_they_are_written() -> None:
    gdp = make_indicator("gdp")
    differ = UnitsDiffer(id=gdp.id, name=gdp.name, wanted=gdp.unit, unit="1e4 USD")

    assert "gdp以“亿元”计量，与所填金额的单位“万美元”不一致" in told(differ, ZH)[0]


def test_a_defect_is_told_in_the_readers_words_and_still_crashes(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a defect")

    monkeypatch.setattr("ui.method.method.show", broken)

    with pytest.raises(AssertionError):
        open_page("method", lang="zh")

    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    switch_page(app, "method")
    app.run()
    assert "本页出错" in app.markdown[-1].value
