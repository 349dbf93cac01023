"""The page of a scenario, driven without a browser: the address stands for what is dragged."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from data.store.errors import ScenarioTooLong
from data.store.store import Store
from data.store.vintages import Commit, VintageKind
from data.views import BaselineKey
from forecasting.figures.indicator import Status
from forecasting.figures.period import Quarter
from forecasting.scenario.levers import Lever, LeverKind
from forecasting.scenario.model import Amount, Pin, PointLever, Scenario
from forecasting.scenario.projects import Project
from tests.builders import make_figures
from tests.ui.conftest import OpenPage
from tests.ui.desks import SAMPLE, link, now, open_desk, press, told
from tests.ui.reading import Screen
from ui.frame import cache
from ui.frame.navigation import SCENARIO_MENU
from ui.scenario.live import component
from ui.scenario.live.packing import Packed, Released

FIXED = "fixed_asset_investment"
SIGNED = Scenario(levers=(Lever(LeverKind.SIGNED_INVESTMENT, 10.0),))
LOWER = "6.5"
"""A line, in percent, that levers can reach with even odds."""
VERDICTS = ("可完成", "有望", "有压力", "难度较大", "把握", "达标", "已完成", "未完成", "短板")


def all_clear(scenario: Scenario, line: float | None = None) -> float:
    """Return the all-clear of a scenario as the page answers it."""
    key = BaselineKey(cache.current(), "SAMPLE", 2026, None, line)
    found = key.evaluation(scenario).applied.outlook.all_clear
    assert found is not None
    return found.probability


def choose(page: Screen, wanted: float) -> Screen:
    return Screen(page.app.button_group(key="wanted").set_value(wanted).run())


def test_without_a_change_the_page_says_what_the_overview_does(open_page: OpenPage) -> None:
    page = open_page("scenario", **SAMPLE)

    assert "没有改动" in page.title
    assert "测算过程" not in page.text
    assert told(page) == ""


def test_a_release_that_cannot_be_kept_is_told_and_leaves_the_sliders(
    open_page: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page("scenario", **SAMPLE)
    before, answered = now(page), []

    def released(pack: Packed, *, key: str) -> Released:
        (name,) = [name for name in pack.controls if name.endswith("_new_starts")]
        return Released({name: 5.0}, 7)

    def answer(*given: Any, **named: Any) -> None:
        answered.append((given[1], named["released"].at))

    def refuse(*_: object) -> None:
        raise ScenarioTooLong(length=1, limit=0)

    monkeypatch.setattr(component, "released", released)
    monkeypatch.setattr(component, "answer", answer)
    monkeypatch.setattr("ui.scenario.state.address_of", refuse)
    page = Screen(page.app.run())

    assert "超出可保存的上限" in told(page)
    assert now(page) == before
    ((values, at),) = answered
    assert not any(values.values())
    assert at == 7


def test_a_link_opens_its_scenario_and_shows_the_arithmetic(open_page: OpenPage) -> None:
    page = open_page("scenario", **link(SIGNED))

    assert "签约投资增加10亿元" in page.title
    assert "签约总投资10亿元 × 开工率58.8% × 年内完成比例10% = 0.59亿元" in page.text
    assert "开工率58.8%、年内完成比例10%为公开案例" in page.text
    assert "拉动固定资产投资全年增长1.1个百分点" in page.text


def test_a_lever_beyond_its_usual_range_says_so(open_page: OpenPage) -> None:
    far = Scenario(levers=(Lever(LeverKind.SIGNED_INVESTMENT, 90.0),))

    assert "超出通常范围（0—60亿元）" in open_page("scenario", **link(far)).text
    assert "超出通常范围" not in open_page("scenario", **link(SIGNED)).text


def test_a_lever_without_its_number_is_told_and_the_rest_is_answered(open_page: OpenPage) -> None:
    stuck = replace(SIGNED, levers=(*SIGNED.levers, Lever(LeverKind.STOPPAGE, 5.0)))
    page = open_page("scenario", **link(stuck))

    assert "占规上工业比重" in told(page)
    assert "签约投资增加10亿元" in page.title
    assert "0.59亿元" in page.text


def test_pins_that_cannot_hold_are_told_and_the_rest_is_answered(open_page: OpenPage) -> None:
    page = open_page("scenario", **link(replace(SIGNED, pins=(Pin(FIXED, 8.0, Quarter(2026, 1)),))))

    assert "固定资产投资截至2026年第1季度已有数据" in told(page)
    assert "0.59亿元" in page.text


def test_levers_of_ones_own_are_answered(open_page: OpenPage) -> None:
    own = Scenario(
        amounts=(Amount("retail_sales", 1.0, "大会", points=True),),
        points=(PointLever("客流", "retail_sales", 2.0, 0.4),),
    )
    page = open_page("scenario", **link(own))

    assert "**社会消费品零售总额拉动（大会）**" in page.text
    assert "客流2档 × 每档拉动0.4个百分点" in page.text


def test_what_was_set_up_and_not_turned_is_not_among_the_arithmetic(open_page: OpenPage) -> None:
    resting = Scenario(amounts=(Amount("retail_sales", 0.0, "大会", points=True),))
    page = open_page("scenario", **link(resting))

    assert "测算过程" not in page.text
    page = open_page("scenario", **link(replace(resting, levers=SIGNED.levers)))
    assert "0.59亿元" in page.text
    assert "未动" not in page.text


def test_projects_that_move_something_stand_beside_the_sliders(open_page: OpenPage) -> None:
    moving = Project("甲厂", started=Quarter(2026, 4), completion=((2026, 3.0),))
    later = Project("乙厂", started=Quarter(2027, 4), completion=((2027, 3.0),))
    page = open_page("scenario", **link(Scenario(projects=(moving, later))))

    table = page.text.partition("有影响的项目")[2].partition("各抓手影响大小")[0]
    assert "甲厂" in table
    assert "乙厂" not in table
    assert "其余1个项目未列" in table
    assert "有影响的项目" not in open_page("scenario", **link(SIGNED)).text


def with_tax(page: Screen) -> Screen:
    """Allow extra tax, which nobody is led to."""
    (box,) = [one for one in page.app.checkbox if str(one.key).startswith("means/tax/")]
    return Screen(box.check().run())


def test_extra_tax_is_not_allowed_until_somebody_does(open_page: OpenPage) -> None:
    page = press(choose(open_page("scenario", **SAMPLE, threshold=LOWER), 0.5), "solve")
    assert "税收增减默认不选" in page.text
    beside, _, steps = page.text.partition("最接近的做法")
    assert "税收增加" not in steps
    assert "以上未使用的抓手，如在此基础上单独用足，总体把握可再提高：税收增加" in beside

    page = press(with_tax(page), "solve")
    assert "税收增加" in page.text.partition("代价最小")[2]
    assert "以上未使用的抓手" not in page.text


def test_what_it_takes_is_answered_on_demand_and_reaches_what_is_wanted(
    open_page: OpenPage,
) -> None:
    page = with_tax(choose(open_page("scenario", **SAMPLE, threshold=LOWER), 0.5))
    assert "代价最小" not in page.text

    page = press(page, "solve")
    assert re.search(r"要使总体把握由\d+%提高到50%", page.text)
    page = press(page, "take", "0")

    assert now(page).levers != ()
    assert all_clear(now(page), float(LOWER)) >= 0.5 - 2 * (0.25 / 8192) ** 0.5
    assert "代价最小" not in page.text
    assert now(press(page, "undo")) == Scenario()


def test_what_cannot_be_reached_is_told_with_the_best_there_is(open_page: OpenPage) -> None:
    page = press(choose(open_page("scenario", **SAMPLE), 0.9), "solve")

    assert "达不到90%" in page.text
    assert "所选措施均无影响，总体把握因此不会超过" in page.text
    assert "到年底合计计入" in page.text


def allow(page: Screen, *kinds: LeverKind) -> Screen:
    """Leave the boxes of these levers ticked and no others."""
    for box in page.app.checkbox:
        if str(box.key).startswith("means/"):
            box.set_value(str(box.key).split("/")[1] in kinds)
    return Screen(page.app.run())


def test_only_the_levers_that_are_allowed_are_used(open_page: OpenPage) -> None:
    page = choose(open_page("scenario", **SAMPLE), 0.5)
    page = press(allow(page, LeverKind.NEW_STARTS), "solve")
    answer = page.text.partition("需要采取哪些措施")[2]
    assert "1. 新开工和在建项目完成投资增加" in answer
    assert "2. " not in answer

    assert "没有可用的抓手：请至少选一项" in allow(page).text


def test_a_lever_turned_beyond_its_range_can_still_be_solved_with(open_page: OpenPage) -> None:
    far = Scenario(levers=(Lever(LeverKind.TAX, -9000.0), Lever(LeverKind.NEW_STARTS, 30.0)))
    page = press(open_page("scenario", **link(far)), "solve")

    assert told(page) == ""
    assert "总体把握" in page.text.partition("需要采取哪些措施")[2]


def test_a_lever_turned_so_far_that_solving_would_take_all_memory_is_told(
    open_page: OpenPage,
) -> None:
    far = Scenario(levers=(Lever(LeverKind.NEW_STARTS, 1e9),))
    page = press(open_page("scenario", **link(far)), "solve")

    assert "其间不超过10万个步长" in told(page)


def test_nobody_can_allow_so_much_that_solving_would_take_all_memory(open_page: OpenPage) -> None:
    page = open_page("scenario", **SAMPLE)
    fields = [one for one in page.app.number_input if str(one.key).startswith("most/")]

    assert len(fields) >= 3
    for field in fields:
        assert field.value < field.max <= 1e7


def test_the_answer_to_an_earlier_scenario_is_not_shown(open_page: OpenPage) -> None:
    page = press(
        with_tax(choose(open_page("scenario", **link(SIGNED), threshold=LOWER), 0.5)), "solve"
    )
    assert "代价最小" in page.text

    assert "代价最小" not in press(page, "open_new").text


@pytest.mark.parametrize("name", ["scenario", "scenarios"])
def test_a_reference_area_has_no_lights_and_no_verdict_words(
    open_page: OpenPage, name: str
) -> None:
    page = open_page(name, **link(SIGNED, area="CN"))
    if name == "scenario":
        page = press(page, "solve")
    text = page.text.replace("开工概率", "")

    assert [word for word in VERDICTS if word in text] == []
    assert page.glyphs == ""
    assert "可能性" in text


def test_a_scenario_is_stamped_and_only_the_baseline_has_a_light(open_page: OpenPage) -> None:
    far = Scenario(levers=(Lever(LeverKind.NEW_STARTS, 900.0),))

    page = open_page("scenario", **link(far))
    assert "按所列假定和到位概率测算，不是对全年的研判" in page.text
    assert not re.search(r"情景\s+按所列假定", page.text)  # the number beside the sliders has it
    assert "历史上未有的增速：固定资产投资" in page.text
    assert "按所列假定和到位概率测算" not in open_page("scenario", **SAMPLE).text
    table = open_page("scenarios", **link(far))
    assert len(table.glyphs) == 1  # of the baseline


def test_a_complete_year_says_once_that_nothing_moves(open_page: OpenPage) -> None:
    page = open_page("scenario", **link(SIGNED, year="2025"))

    assert page.title == "2025年数据已全部公布，改动不再影响结果。"
    assert page.count("改动不再影响结果") == 1
    for part in ("测算过程", "各抓手影响大小", "需要采取哪些措施"):
        assert part not in page.text


@pytest.mark.parametrize("name", SCENARIO_MENU)
def test_an_area_without_figures_says_what_it_needs(open_page: OpenPage, name: str) -> None:
    page = open_page(name, **link(SIGNED, area="CN-SX-LF-HMZ"))

    assert page.title == "侯马经济开发区还没有数据。"
    assert "drafts" not in page.app.session_state


@pytest.mark.parametrize("name", SCENARIO_MENU)
def test_a_page_that_uses_flash_figures_says_for_whom_it_is(store: Store, name: str) -> None:
    said = "所用数据含未公布的内部快报，仅限内部使用"
    assert said not in open_desk(name, **SAMPLE).text

    basis = store.catalogue(1)[FIXED].basis
    figures = make_figures({"2026Q3": 7.4}, indicator=FIXED, area="SAMPLE")
    drafted = [replace(figure, basis=basis, status=Status.FLASH) for figure in figures]
    store.commit(Commit(VintageKind.UPLOAD, "王工", base=1, observations=drafted))

    assert said in open_desk(name, **SAMPLE).text
    assert said not in open_desk(name, **(SAMPLE | {"area": "CN"})).text


def test_sliders_bear_the_names_of_their_own_scenario_whatever_others_opened(
    open_page: OpenPage,
) -> None:
    """A lever without its number moves nothing, so all else on the sliders is the same."""
    for own, other in (("甲公司", "乙公司"), ("乙公司", "甲公司")):
        capital = Lever(LeverKind.FOREIGN_CAPITAL, 0.0, own)
        sliders = sent(open_page("scenario", **link(Scenario(levers=(capital,)))))

        assert f"外资到位（{own}）" in sliders
        assert other not in sliders


def sent(page: Screen) -> str:
    """Return the texts that the sliders of a page were sent; numbers follow them."""
    packs = (one.proto.bytes for one in page.app.get("bidi_component"))
    (pack,) = filter(None, packs)
    return pack.decode(errors="ignore")
