"""Targets, changes of definition and versions of an area, edited on a page."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError
from streamlit.testing.v1 import AppTest

from data.areas.edits import commit_of, own
from data.store.store import Store
from data.store.vintages import Commit, VintageKind
from forecasting.figures.indicator import (
    AreaKind,
    AreaVersion,
    Comparator,
    DefinitionChange,
    Names,
    Target,
)
from forecasting.figures.period import Quarter
from tests.ui.conftest import ROOT, OpenPage
from tests.ui.pages import switch_page
from tests.ui.reading import Screen

LINE = "threshold_SAMPLE/fixed_asset_investment/2026"


def open_targets(area: str = "SAMPLE", lang: str = "zh", **more: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params |= {"area": area, "lang": lang} | more
    switch_page(app, "targets")
    return Screen(app.run()).app


def widget(app: AppTest, kind: str, key: str) -> Any:
    """Return the widget whose key begins so; what follows changes with every removal."""
    (found,) = [entry for entry in app.get(kind) if (entry.key or "").startswith(key)]
    return found


def lacks(app: AppTest, kind: str, key: str) -> bool:
    return not [entry for entry in app.get(kind) if (entry.key or "").startswith(key)]


def go(app: AppTest, page: str) -> AppTest:
    """Walk to another page, as the menu does."""
    return Screen(switch_page(app, page).run()).app


def commit(app: AppTest, author: str = "王工") -> Screen:
    app.text_input(key="edit_author").set_value(author)
    return Screen(app.button(key="edit_commit").click().run())


def target(store: Store, indicator: str, year: int = 2026, area: str = "SAMPLE") -> Target:
    """Return the newest target of an indicator."""
    known = store.targets(store.latest_vintage(), area)
    (found,) = [to for to in known if (to.indicator, to.year) == (indicator, year)]
    return found


def test_the_targets_of_the_target_year_are_shown_with_their_document(
    open_page: OpenPage,
) -> None:
    page = open_page("targets", area="SAMPLE")

    assert page.title == "示例开发区2026年有12项指标设定了目标，目标线不尽相同。"
    assert "依据：示例目标（模拟）" in page.text
    assert page.count("不计入总体") == 4
    assert lacks(page.app, "button", "edit_commit")


def test_a_line_is_changed_seen_committed_and_withdrawn(store: Store) -> None:
    app = open_targets()
    widget(app, "number_input", LINE).set_value(5.5)
    page = Screen(app.run())

    assert "有1处修改尚未提交" in page.text
    assert "原为超过7%" in page.text
    assert "超过5.5%" in page.text
    assert "提交后，总体把握由" in page.text
    assert "升幅最大的是固定资产投资" in page.text
    assert store.latest_vintage() == 1

    done = commit(app)

    assert done.title == "已提交为数据版本2。"
    assert store.vintages()[-1].kind is VintageKind.EDIT
    assert store.vintages()[-1].author == "王工"
    assert store.targets(2, "SAMPLE") == tuple(
        replace(to, threshold=5.5)
        if (to.indicator, to.year) == ("fixed_asset_investment", 2026)
        else to
        for to in store.targets(1, "SAMPLE")
    )

    app.button(key="edit_undo").click().run()

    assert store.latest_vintage() == 3
    assert store.targets(3, "SAMPLE") == store.targets(1, "SAMPLE")
    assert widget(app, "number_input", LINE).value == 7.0


@pytest.mark.parametrize("written", [False, True])
def test_a_commit_that_is_cut_off_is_told_once_the_database_is_back(
    store: Store, monkeypatch: pytest.MonkeyPatch, written: bool
) -> None:
    app = open_targets()
    widget(app, "number_input", LINE).set_value(5.5)
    app.run()
    through = Store.commit

    def cut_off(self: Store, draft: Commit) -> int:
        if written:
            through(self, draft)
        raise OperationalError("COMMIT", {}, Exception("connection lost"))

    with monkeypatch.context() as patch:
        patch.setattr(Store, "commit", cut_off)
        assert "尚不能确定本次提交是否已写入" in commit(app).text

    page = Screen(app.run())
    assert ("修改没有写入" in page.text, page.title == "已提交为数据版本2。") == (
        not written,
        written,
    )
    if not written:
        assert commit(app).title == "已提交为数据版本2。"
    assert store.latest_vintage() == 2
    assert target(store, "fixed_asset_investment").threshold == 5.5


@pytest.mark.parametrize("written", [False, True])
def test_edits_that_a_session_took_with_it_are_told_of_once_it_is_gone(
    store: Store, written: bool
) -> None:
    app = open_targets()
    assert "edits" not in Screen(app).url
    widget(app, "number_input", LINE).set_value(5.5)
    begun = Screen(app.run()).url
    if written:
        commit(app)

    app = open_targets(**begun)
    page = Screen(app)

    assert ("此前输入的修改没有提交" in page.text, page.title == "已提交为数据版本2。") == (
        not written,
        written,
    )
    assert "edits" not in page.url
    widget(app, "number_input", LINE).set_value(6.5)
    app.run()
    assert "此前输入的修改没有提交" not in commit(app).text


def test_an_edit_is_told_and_withdrawn_on_the_page_of_vintages(store: Store) -> None:
    app = open_targets()
    widget(app, "number_input", LINE).set_value(5.5)
    app.run()
    commit(app)

    app = go(app, "vintages")
    assert "目标变动1项" in Screen(app).text
    app.text_input(key="withdraw_author").set_value("李工")
    app.button(key="withdraw").click().run()

    assert widget(go(app, "targets"), "number_input", LINE).value == 7.0
    assert store.targets(3, "SAMPLE") == store.targets(1, "SAMPLE")


def test_unfinished_edits_survive_a_walk_to_another_page_and_another_area(store: Store) -> None:
    app = open_targets()
    widget(app, "number_input", LINE).set_value(6.0)
    app.run()
    app.button(key="add_change").click().run()

    app = go(go(app, "data"), "targets")
    app.selectbox(key="area").select("CN").run()
    assert "尚未提交" not in Screen(app).text
    app.selectbox(key="area").select("SAMPLE").run()

    assert widget(app, "number_input", LINE).value == 6.0
    assert "有2处修改尚未提交" in Screen(app).text
    assert "请填写四位数的年份" in Screen(app).text
    assert store.latest_vintage() == 1


def test_edits_are_discarded_together(store: Store) -> None:
    app = open_targets()
    widget(app, "number_input", LINE).set_value(6.0)
    app.run()
    app.button(key="add_version").click().run()

    page = Screen(app.button(key="edit_discard").click().run())

    assert widget(app, "number_input", LINE).value == 7.0
    assert "尚未提交" not in page.text
    assert lacks(app, "selectbox", "kind_")


def test_a_line_typed_back_is_no_edit(store: Store) -> None:
    app = open_targets()
    widget(app, "number_input", LINE).set_value(6.0)
    app.run()
    widget(app, "number_input", LINE).set_value(7.0)

    assert "尚未提交" not in Screen(app.run()).text


def test_about_asks_for_a_tolerance_and_keeps_what_is_typed(store: Store) -> None:
    app = open_targets()
    widget(app, "selectbox", "rule_SAMPLE/gdp/2026").select(Comparator.ABOUT)
    widget(app, "number_input", "threshold_SAMPLE/gdp/2026").set_value(6.5)
    page = Screen(app.run())

    assert "“左右”须写明上下浮动几个百分点" in page.text
    assert app.button(key="edit_commit").disabled
    assert widget(app, "number_input", "threshold_SAMPLE/gdp/2026").value == 6.5

    widget(app, "number_input", "tolerance_SAMPLE/gdp/2026").set_value(0.5)
    app.run()
    commit(app)

    about = target(store, "gdp")
    assert (about.comparator, about.threshold, about.tolerance) == (Comparator.ABOUT, 6.5, 0.5)


def test_a_line_beyond_any_growth_is_refused_in_both_languages(store: Store) -> None:
    for lang, said in (("zh", "−1000至1000之间的数字"), ("en", "between −1000 and 1000")):
        app = open_targets(lang=lang)
        widget(app, "number_input", LINE).set_value(70000.0)
        page = Screen(app.run())

        assert said in page.text
        assert app.button(key="edit_commit").disabled
        assert widget(app, "number_input", LINE).value == 70000.0


def test_nothing_is_committed_without_a_document_or_a_name(store: Store) -> None:
    app = open_targets()
    widget(app, "text_input", "document_SAMPLE/gdp/2026").set_value(" ")
    page = Screen(app.run())

    assert "没有依据的不能提交" in page.text
    assert app.button(key="edit_commit").disabled

    widget(app, "text_input", "document_SAMPLE/gdp/2026").set_value("调整通知（示例）")
    app.run()
    assert "请先填写提交人。" in commit(app, author=" ").text
    assert store.latest_vintage() == 1


def test_a_target_is_removed_and_may_be_kept_after_all(store: Store) -> None:
    app = open_targets()
    widget(app, "button", "remove_SAMPLE/fixed_asset_investment/2026").click().run()
    page = Screen(app)

    assert "提交后删除（超过7%）" in page.text
    assert "计入总体的由8项变为7项" in page.text
    assert page.title.startswith("示例开发区2026年有11项指标")

    widget(app, "button", "keep_SAMPLE/fixed_asset_investment/2026").click().run()
    assert "尚未提交" not in Screen(app).text

    widget(app, "button", "remove_SAMPLE/fixed_asset_investment/2026").click().run()
    commit(app)
    assert len(store.targets(2, "SAMPLE")) == len(store.targets(1, "SAMPLE")) - 1


def test_an_indicator_gets_a_target_that_begins_as_the_others_of_the_year(store: Store) -> None:
    app = open_targets()
    picker = widget(app, "selectbox", "add_2026")
    picker.select_index(picker.options.index("民间投资"))
    app.run()
    app.button(key="add_target").click().run()
    commit(app)

    added = target(store, "private_investment")
    assert (added.comparator, added.threshold) == (Comparator.ABOVE, 7.0)
    assert added.document == "示例目标（模拟）"
    assert added.basis == store.catalogue(1)["private_investment"].basis


def test_targets_are_carried_on_into_the_next_year_under_its_own_document(store: Store) -> None:
    app = open_targets()
    widget(app, "segmented_control", "editor_year").set_value(2027)
    assert Screen(app.run()).title == "示例开发区还没有2027年的目标。"

    page = Screen(app.button(key="copy_targets").click().run())
    assert "请填写依据文件" in page.text

    app.text_input(key="copy_document_2027").set_value("2027年工作目标（示例）")
    page = Screen(app.button(key="copy_targets").click().run())
    assert "所改的属于其他年度，2026年的测算结果不变。" in page.text
    commit(app)

    before = [to for to in store.targets(1, "SAMPLE") if to.year == 2026]
    after = [to for to in store.targets(2, "SAMPLE") if to.year == 2027]
    document = "2027年工作目标（示例）"
    assert after == [replace(to, year=2027, document=document) for to in before]


def test_targets_are_taken_over_from_another_zone_and_never_from_a_simulated_one(
    store: Store,
) -> None:
    base = store.latest_vintage()
    zones = [own(f"河东{name}园", "", AreaKind.ZONE, "", store.areas(base)) for name in "甲乙"]
    first, second = (zone.id for zone in zones)
    targets = tuple(replace(to, area=first) for to in store.targets(base, "CN-SX-LF-HMZ"))
    assert targets
    store.commit(replace(commit_of(zones, "王工", base=base), targets=targets))

    app = open_targets(second)
    assert "示例" not in app.button(key="copy_targets").label
    year = targets[0].year or 2026
    widget(app, "segmented_control", "editor_year").set_value(year).run()
    picker = widget(app, "selectbox", "copy_from_")
    picker.select_index(next(k for k, name in enumerate(picker.options) if "河东甲园" in name))
    app.run()
    widget(app, "text_input", "copy_document_").set_value("目标文件（示例）").run()
    app.button(key="copy_targets").click().run()
    commit(app)

    taken = store.targets(store.latest_vintage(), second)
    assert {to.indicator for to in taken} == {to.indicator for to in targets}
    assert {to.document for to in taken} == {"目标文件（示例）"}


def test_a_change_of_definition_is_recorded_moved_and_removed(store: Store) -> None:
    app = open_targets()
    app.button(key="add_change").click().run()
    picker = widget(app, "selectbox", "series_")
    picker.select_index(picker.options.index("固定资产投资"))
    widget(app, "number_input", "year_").set_value(2023)
    widget(app, "text_input", "document_1_").set_value("改用财务支出法（示例）")
    page = Screen(app.run())
    assert "固定资产投资：2023年一季度起口径变更" in page.text
    commit(app)

    basis = store.catalogue(1)["fixed_asset_investment"].basis
    first = DefinitionChange(
        "SAMPLE", "fixed_asset_investment", basis, Quarter(2023, 1), "改用财务支出法（示例）"
    )
    assert store.changes(2, "SAMPLE") == (first,)

    widget(app, "selectbox", "quarter_").select(3)
    app.run()
    commit(app)
    assert store.changes(3, "SAMPLE") == (replace(first, quarter=Quarter(2023, 3)),)

    widget(app, "button", "remove_SAMPLE/fixed_asset_investment/Basis").click().run()
    assert "提交后删除" in Screen(app).text
    commit(app)
    assert store.changes(4, "SAMPLE") == ()


def test_a_quarter_before_the_first_figure_or_recorded_twice_is_refused(store: Store) -> None:
    app = open_targets()
    app.button(key="add_change").click().run()
    widget(app, "number_input", "year_").set_value(1999)
    widget(app, "text_input", "document_1_").set_value("通知（示例）")
    assert "该季度之前没有数据" in Screen(app.run()).text
    widget(app, "number_input", "year_").set_value(2023)
    app.run()
    assert not app.button(key="edit_commit").disabled

    app.button(key="add_change").click().run()
    widget(app, "number_input", "year_2_").set_value(2023)
    widget(app, "text_input", "document_2_").set_value("另一通知（示例）")

    assert "同一季度已有一条相同的记录" in Screen(app.run()).text
    assert app.button(key="edit_commit").disabled


def test_a_version_of_the_area_has_a_usual_name_or_one_of_its_own(store: Store) -> None:
    app = open_targets()
    app.button(key="add_version").click().run()
    widget(app, "number_input", "year_").set_value(2022)
    widget(app, "text_input", "document_1_").set_value("批复（示例）")
    widget(app, "text_input", "note_1_").set_value("划入两镇")
    app.run()
    commit(app)

    usual = AreaVersion(
        "SAMPLE", Quarter(2022, 1), Names("扩区", "Enlarged"), "批复（示例）", "划入两镇"
    )
    assert store.area_versions(2, "SAMPLE") == (usual,)

    widget(app, "selectbox", "kind_").select("other")
    assert "请填写名称" in Screen(app.run()).text
    widget(app, "text_input", "zh_").set_value("托管调整")
    app.run()
    commit(app)
    own = replace(usual, label=Names("托管调整", "托管调整"))
    assert store.area_versions(3, "SAMPLE") == (own,)


def test_others_who_committed_meanwhile_are_looked_at_first(store: Store) -> None:
    app = open_targets()
    widget(app, "number_input", LINE).set_value(5.5)
    app.run()
    raised = replace(target(store, "gdp"), threshold=8.0)
    store.commit(Commit(VintageKind.EDIT, "李工", base=1, targets=(raised,)))

    widget(app, "number_input", "threshold_SAMPLE/tax_revenue/2026").set_value(6.0)
    page = commit(app)
    assert "已有人提交了数据版本2" in page.text
    assert widget(app, "number_input", LINE).value == 5.5
    assert widget(app, "number_input", "threshold_SAMPLE/gdp/2026").value == 8.0
    assert store.latest_vintage() == 2

    commit(app)
    assert store.latest_vintage() == 3
    assert target(store, "gdp") == raised
    assert target(store, "fixed_asset_investment").threshold == 5.5
    assert target(store, "tax_revenue").threshold == 6.0


def test_a_reference_area_has_lines_of_comparison_and_no_verdict_words(store: Store) -> None:
    app = open_targets("CN")
    assert Screen(app).title == "全国各年有8项指标设定了对照线（超过7%），并非全国的目标。"

    widget(app, "number_input", "threshold_CN/gdp/0").set_value(4.0)
    page = Screen(app.run())

    assert "总体可能性" in page.text
    for word in ("把握", "有望", "完成", "●", "▲", "◆", "■"):
        assert word not in page.text


def test_a_year_without_lines_of_its_own_follows_those_of_every_year(store: Store) -> None:
    app = open_targets("CN")
    widget(app, "segmented_control", "editor_year").set_value(2026)
    page = Screen(app.run())
    assert page.title.startswith("全国2026年有8项指标设定了对照线")
    assert "8项指标适用“各年”一栏的对照线。" in page.text

    picker = widget(app, "selectbox", "add_2026")
    picker.select_index(picker.options.index("国内生产总值"))
    app.run()
    app.button(key="add_target").click().run()
    widget(app, "number_input", "threshold_CN/gdp/2026").set_value(5.0)
    widget(app, "text_input", "document_CN/gdp/2026").set_value("对照说明（示例）")
    page = Screen(app.run())

    assert "7项指标适用“各年”一栏的对照线。" in page.text
    assert "国内生产总值（2026年）" in page.text


def test_what_is_typed_of_an_indicator_that_is_gone_is_forgotten(store: Store) -> None:
    usual = store.catalogue(1)["gdp"]
    own = replace(usual, id="own", name=Names("自设指标", "Own"), order=99)
    store.commit(Commit(VintageKind.EDIT, "李工", indicators=(own,)))
    app = open_targets()
    picker = widget(app, "selectbox", "add_2026")
    picker.select_index(picker.options.index("自设指标"))
    app.run()
    app.button(key="add_target").click().run()
    assert "自设指标（2026年）" in Screen(app).text

    store.withdraw(2, "李工")

    assert "自设指标" not in Screen(app.run()).text


def test_an_indicator_that_went_with_its_target_leaves_the_page_whole(store: Store) -> None:
    usual = store.catalogue(1)["gdp"]
    own = replace(usual, id="own", name=Names("自设指标", "Own"), order=99)
    store.commit(Commit(VintageKind.EDIT, "李工", indicators=(own,)))
    (past, *_) = [to for to in store.targets(2, "SAMPLE") if to.year == 2026]
    target = replace(past, indicator="own", basis=own.basis)
    store.commit(Commit(VintageKind.EDIT, "李工", base=2, targets=(target,)))
    app = open_targets()
    assert "自设指标" in Screen(app).text

    store.withdraw(3, "李工")
    store.withdraw(2, "李工")

    assert "自设指标" not in Screen(app.run()).text
    assert not app.exception


def test_an_area_without_figures_can_have_targets(store: Store) -> None:
    app = open_targets("CN-SX-LF-HMZ")
    app.button_group(key="editor_year_CN-SX-LF-HMZ_zh").set_value(2019).run()
    widget(app, "number_input", "threshold_CN-SX-LF-HMZ/gdp/2019").set_value(8.0)
    page = Screen(app.run())

    assert "本地区还没有数据" in page.text
    commit(app)
    assert target(store, "gdp", 2019, "CN-SX-LF-HMZ").threshold == 8.0


def test_the_page_speaks_english(open_page: OpenPage) -> None:
    page = open_page("targets", area="SAMPLE", lang="en")

    assert page.title.startswith("Sample zone (synthetic) has 12 targets for 2026")
    assert "Carry on" not in page.text
    assert not [line for line in page.lines if "修改" in line]
