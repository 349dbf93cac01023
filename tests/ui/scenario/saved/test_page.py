"""Saved scenarios: versions, copies, what is deleted and brought back, and the comparison."""

from __future__ import annotations

from dataclasses import replace

import pytest

from data.store.scenarios import Scenarios
from data.store.seed import SEED_AUTHOR
from data.store.store import Store
from data.store.vintages import Commit, VintageKind
from forecasting.figures.period import Quarter
from forecasting.scenario.levers import Lever, LeverKind
from forecasting.scenario.model import Pin, Scenario
from forecasting.scenario.projects import Project
from forecasting.scenario.toml import write_scenario
from tests.builders import make_figures
from tests.ui.desks import (
    SAMPLE,
    choose_part,
    history,
    link,
    now,
    open_desk,
    press,
    save,
    told,
    widget,
)
from tests.ui.reading import Screen


def signed(value: float, **fields: object) -> Scenario:
    lever = Lever(LeverKind.SIGNED_INVESTMENT, float(value))
    return Scenario(levers=(lever,), **fields)  # type: ignore[arg-type]  # the tests name them


@pytest.fixture
def saved(store: Store) -> Scenarios:
    """Give the scenarios of a store that the app uses."""
    return store.scenarios


def keep(saved: Scenarios, name: str, content: Scenario, **fields: int) -> int:
    """Save a scenario as another session would, and return its number."""
    document = write_scenario(content)
    return saved.save("SAMPLE", 2026, name, document, 1, author="李工", **fields).id


def listed(saved: Scenarios) -> list[tuple[str, int]]:
    return sorted((one.name, one.version) for one in saved.listed("SAMPLE"))


def test_the_page_says_so_where_nothing_is_saved(saved: Scenarios) -> None:
    page = open_desk("scenarios", **SAMPLE)

    assert page.title == "情景对比"
    assert "还没有保存的情景" in page.text


def test_a_notice_shows_a_name_as_it_was_written(saved: Scenarios) -> None:
    page = save(open_desk("scenarios", **SAMPLE), "*a*", anew=True)

    assert [toast.value for toast in page.app.toast] == [r"已保存为“\*a\*”。"]


def test_a_scenario_is_saved_and_saved_again(saved: Scenarios) -> None:
    page = open_desk("assumptions", **link(signed(10)))
    assert [button.key for button in page.app.button if button.key == "save"] == []
    page = save(page, " 加快建设 ", note="先谈后定", author="王工", anew=True)

    assert listed(saved) == [("加快建设", 1)]
    assert [toast.value for toast in page.app.toast] == ["已保存为“加快建设”。"]
    assert page.url["saved"] == str(saved.listed("SAMPLE")[0].id)
    assert "有尚未保存的改动" not in page.text
    assert (now(page).name, now(page).note) == ("加快建设", "先谈后定")

    page = Screen(widget(page.app.number_input, "lag", "signed_investment", "").set_value(1).run())
    assert "有尚未保存的改动" in page.text
    page = save(page, "加快建设", note="已定", author="王工")

    assert listed(saved) == [("加快建设", 2)]
    first, second = saved.versions(saved.listed("SAMPLE")[0].id)
    assert [edit.path for edit in second.edits] == ["lever/signed_investment/lag", "//note"]
    assert {edit.path.partition("/")[0] for edit in first.edits} == {"lever", ""}
    assert (second.author, second.vintage) == ("王工", 1)


def test_the_log_tells_every_version_with_its_edits(saved: Scenarios) -> None:
    page = save(open_desk("assumptions", **link(signed(10))), "甲", author="王工", anew=True)
    page = Screen(widget(page.app.number_input, "lag", "signed_investment", "").set_value(1).run())
    page = choose_part(save(page, "甲"), "log")

    assert "第2版" in page.text
    assert "未署名" in page.text
    assert "王工" in page.text
    assert page.text.index("第2版　") < page.text.index("第1版　")
    assert "抓手“签约总投资”：滞后" in page.text
    assert "抓手“签约总投资”：取值" in page.text


def test_a_saved_scenario_without_a_name_is_refused_and_nothing_is_lost(saved: Scenarios) -> None:
    page = save(open_desk("assumptions", **link(signed(10))), " ", anew=True)

    assert "名称" in told(page)
    assert listed(saved) == []
    assert now(page) == signed(10)
    assert page.url == link(signed(10))
    assert history(page).saved is None


def test_what_another_session_saved_meanwhile_is_not_overwritten(saved: Scenarios) -> None:
    number = keep(saved, "甲", signed(10))
    page = open_desk("assumptions", **SAMPLE, saved=str(number))
    assert now(page).levers == signed(10).levers
    keep(saved, "甲", signed(20), scenario=number, based_on=1)
    page = Screen(widget(page.app.number_input, "lag", "signed_investment", "").set_value(1).run())

    page = save(page, "甲")
    assert "情景“甲”在您打开第1版之后已有改动，现为第2版，本次操作没有写入" in told(page)
    assert listed(saved) == [("甲", 2)]
    assert now(page).levers[0].lag == 1

    page = save(page, "甲（我的）", anew=True)
    assert told(page) == ""
    assert listed(saved) == [("甲", 2), ("甲（我的）", 1)]
    assert saved.find(number).document == write_scenario(signed(20))


def test_a_name_that_is_taken_is_refused(saved: Scenarios) -> None:
    keep(saved, "甲", signed(20))
    page = save(open_desk("assumptions", **link(signed(10))), "甲", anew=True)

    assert "2026年已有名为“甲”的情景" in told(page)
    assert listed(saved) == [("甲", 1)]
    assert now(page) == signed(10)
    assert page.url == link(signed(10))
    assert "//name" not in [edit.path for edit in history(page).edits]
    assert widget(page.app.text_input, "save_name").value == "甲"


def test_a_name_with_two_spaces_inside_is_saved_with_one_and_nothing_is_left(
    saved: Scenarios,
) -> None:
    page = save(open_desk("assumptions", **link(signed(10))), "甲  乙", anew=True)

    assert listed(saved) == [("甲 乙", 1)]
    assert now(page).name == "甲 乙"
    assert "有尚未保存的改动" not in page.text
    assert history(page).edits == []


def test_opening_a_saved_scenario_can_be_undone(saved: Scenarios) -> None:
    number = keep(saved, "甲", signed(20))
    page = open_desk("scenarios", **link(signed(10)))
    page = press(page, f"list_open_{number}")

    assert now(page) == signed(20, name="甲")
    assert page.url["saved"] == str(number)
    assert "有尚未保存的改动" not in page.text
    page = press(page, "undo")
    assert (now(page), history(page).saved) == (signed(10), None)
    assert "saved" not in page.url
    assert "草稿" in page.text


def test_a_blank_one_is_begun_beside_what_is_saved(saved: Scenarios) -> None:
    number = keep(saved, "甲", signed(20))
    page = press(open_desk("scenarios", **SAMPLE, saved=str(number)), "open_new")

    assert (now(page), history(page).saved) == (Scenario(), None)
    assert "saved" not in page.url


def test_a_copy_has_its_own_name_and_number(saved: Scenarios) -> None:
    number = keep(saved, "甲", signed(20))
    page = open_desk("scenarios", **SAMPLE)
    assert widget(page.app.text_input, "copy_name").value == "甲（副本）"
    page = press(page, f"copy_{number}")

    assert listed(saved) == [("甲", 1), ("甲（副本）", 1)]
    assert [toast.value for toast in page.app.toast] == ["已复制为“甲（副本）”。"]
    copied = next(one for one in saved.listed("SAMPLE") if one.id != number)
    assert copied.document == write_scenario(signed(20))


def test_what_is_deleted_can_be_brought_back_with_all_its_versions(saved: Scenarios) -> None:
    number = keep(saved, "甲", signed(20))
    page = press(open_desk("scenarios", **SAMPLE, saved=str(number)), f"delete_{number}")

    assert listed(saved) == []
    assert "已删除的情景（1个）" in page.text
    assert "删除（第2版）" in page.text
    assert history(page).saved is None
    assert now(page).levers == signed(20).levers

    page = press(page, f"restore_{number}")
    assert listed(saved) == [("甲", 3)]
    assert "已删除的情景" not in page.text
    assert [one.version for one in saved.versions(number)] == [1, 2, 3]


def test_one_whose_name_is_taken_comes_back_under_another(saved: Scenarios) -> None:
    number = keep(saved, "甲", signed(20))
    saved.remove(number, 1)
    keep(saved, "甲", signed(30))
    page = press(open_desk("scenarios", **SAMPLE), f"restore_{number}")
    assert "2026年已有名为“甲”的情景" in told(page)
    assert listed(saved) == [("甲", 1)]

    page.app.text_input(key=f"restore_name_{number}").set_value("甲（旧）").run()
    page = press(Screen(page.app), f"restore_{number}")
    assert listed(saved) == [("甲", 1), ("甲（旧）", 3)]


def test_scenarios_stand_side_by_side_with_the_baseline_and_the_draft(saved: Scenarios) -> None:
    keep(saved, "多签约", signed(20, note="先谈后定"))
    keep(saved, "少税收", Scenario(levers=(Lever(LeverKind.TAX, -3000.0),)))
    page = open_desk("scenarios", **link(signed(60)))

    assert page.title.startswith("3个情景中，“草稿”的把握最高，为")
    assert "“少税收”最低" in page.title
    assert page.app.multiselect[0].value[0] == "draft"
    for text in (
        "基准",
        "草稿",
        "多签约",
        "少税收",
        "签约投资增加20亿元",
        ("税收减少3,000万元"),
        "先谈后定",
    ):
        assert text in page.text, text

    page = Screen(page.app.multiselect[0].set_value([]).run())
    assert page.title == "情景对比"
    assert "请选择至少一个情景，与基准对比" in page.text


def test_a_draft_that_is_saved_as_it_stands_is_not_compared_with_itself(saved: Scenarios) -> None:
    number = keep(saved, "多签约", signed(20))
    page = press(open_desk("scenarios", **SAMPLE), f"list_open_{number}")

    assert now(page).levers == signed(20).levers
    assert page.app.multiselect[0].value == [str(number)]
    assert page.title.startswith("“多签约”的把握为")


def test_the_first_of_ones_own_is_compared_with_those_to_practise_on(saved: Scenarios) -> None:
    document = write_scenario(signed(30))
    practice = saved.save("SAMPLE", 2026, "练习", document, 1, author=SEED_AUTHOR).id
    own = keep(saved, "多签约", signed(20))
    page = open_desk("scenarios", **SAMPLE)
    assert page.app.multiselect[0].value == [str(own), str(practice)]

    second = keep(saved, "少签约", signed(-20))
    page = open_desk("scenarios", **SAMPLE)
    assert page.app.multiselect[0].value == [str(second), str(own)]


def test_more_are_saved_than_can_be_compared_at_once(saved: Scenarios) -> None:
    for value in range(1, 7):
        keep(saved, f"情景{value}", signed(value))
    page = open_desk("scenarios", **link(signed(60)))

    assert len(page.app.multiselect[0].value) == 4


def test_a_compared_scenario_that_cannot_be_in_whole_is_told(saved: Scenarios) -> None:
    pin = Pin("fixed_asset_investment", 8.0, Quarter(2026, 1))
    keep(saved, "旧假定", Scenario(pins=(pin,)))
    page = open_desk("scenarios", **SAMPLE)

    assert "固定资产投资截至2026年第1季度已有数据" in told(page)


def test_scenarios_of_another_year_and_area_are_not_listed(saved: Scenarios) -> None:
    number = keep(saved, "甲", signed(20))

    assert f"list_open_{number}" in [b.key for b in open_desk("scenarios", **SAMPLE).app.button]
    for other in ({"year": "2025"}, {"area": "CN"}):
        page = open_desk("scenarios", **(SAMPLE | other))
        assert f"list_open_{number}" not in [button.key for button in page.app.button]


def test_what_is_saved_in_a_schema_that_is_not_known_yet_is_told(saved: Scenarios) -> None:
    number = saved.save("SAMPLE", 2026, "将来", "schema = 99\n", 1).id
    page = open_desk("scenarios", **SAMPLE)
    assert "格式99" in told(page)

    page = press(page, f"list_open_{number}")
    assert history(page).saved is None
    page = open_desk("assumptions", **SAMPLE, saved=str(number))
    assert "格式99" in told(page)
    assert now(page) == Scenario()


def test_the_comparison_separates_what_counts_and_names_change_and_weakest_link(
    saved: Scenarios,
) -> None:
    keep(saved, "多签约", signed(60))
    text = open_desk("scenarios", **SAMPLE).text
    table = text[text.index("全部达标的把握") :]

    assert "较基准" in table
    assert "上升" in table[table.index("较基准") : table.index("短板")]
    assert "计入总体的" in table
    assert "（上行为把握，下行为预计全年增速）" in table
    assert table.index("计入总体的") < table.index("不计入总体")


def test_newer_data_are_told_wherever_a_saved_scenario_is_seen(store: Store) -> None:
    number = keep(store.scenarios, "多签约", signed(20))
    assert "其间本地区数据有更新" not in open_desk("scenarios", **SAMPLE).text

    late = make_figures({"2026Q3": 8.0}, indicator="fixed_asset_investment", area="SAMPLE")
    usual = store.catalogue(1)["fixed_asset_investment"].basis
    figures = tuple(replace(figure, basis=usual) for figure in late)
    new = store.commit(Commit(VintageKind.UPLOAD, "王工", observations=figures))
    page = open_desk("scenarios", **SAMPLE)
    told_of = f"按数据版本1保存，现按数据版本{new}计算，其间本地区数据有更新"
    assert page.count(told_of) == 2
    assert "未写明起始季度的改动，现在四季度起计入" in page.text

    page = open_desk("scenario", **SAMPLE, saved=str(number))
    assert told_of in page.text


def test_the_scenario_that_tasks_and_reports_go_by_is_marked_and_chosen(saved: Scenarios) -> None:
    first = keep(saved, "台账", Scenario(projects=(Project("a", signed=Quarter(2026, 1)),)))
    second = keep(saved, "设想", signed(10))
    page = open_desk("scenarios", **SAMPLE)

    assert marked(page) == ["台账"]
    assert "未指定时，取最近保存、含项目的" in page.text
    page = press(page, f"list_plan_{second}")

    assert [toast.value for toast in page.app.toast] == ["任务、报告和“计划与实际”改按情景“设想”。"]
    page = open_desk("scenarios", **SAMPLE)
    assert marked(page) == ["设想"]
    assert "未指定" not in page.text
    keys = {button.key for button in page.app.button}
    assert f"list_plan_{first}" in keys
    assert f"list_plan_{second}" not in keys


def marked(page: Screen) -> list[str]:
    """Return the names of the scenarios that are said to be of the plan."""
    texts = [one.value for one in page.app.markdown if "按此情景" in one.value]
    return [text.partition("　")[0].strip("*") for text in texts]
