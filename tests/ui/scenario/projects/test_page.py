"""The page of projects: read, edited, taken from a file. All figures are invented."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from data import clock
from data.projects.write import export_projects, projects_template
from data.store.store import Store
from forecasting.figures.period import Quarter
from forecasting.scenario.model import Scenario
from forecasting.scenario.projects import Project, Stage, carried
from forecasting.scenario.reference_class import Rate
from forecasting.scenario.toml import write_scenario
from tests.ui.conftest import ROOT, OpenPage
from tests.ui.desks import text_of
from tests.ui.pages import switch_page
from tests.ui.reading import Screen

PARTS = Project(
    "03",
    "装备部件",
    Stage.STARTED,
    12.0,
    signed=Quarter(2025, 1),
    started=Quarter(2025, 3),
    recorded=Quarter(2025, 4),
    producing=Quarter(2026, 4),
    counted=Quarter(2027, 1),
    completion=((2026, 3.2), (2027, 4.0)),
    output=20.0,
    tax=3000.0,
    certain=True,
    owner="招商一部",
)
DRUGS = Project(
    "05",
    "制药车间",
    total_investment=8.5,
    started=Quarter(2026, 4),
    completion=((2026, 1.4),),
    ramp=(1.0,),
    start_probability=0.735,
    delay=(0.6, 0.3, 0.1),
    certain=True,
    blocking="用地手续未办结",
)


def projects_of(page: Screen) -> tuple[Project, ...]:
    """Return the projects that the page's draft holds."""
    (draft,) = page.app.session_state["drafts"].values()
    projects: tuple[Project, ...] = draft.now.projects
    return projects


def choose(page: Screen, project: str) -> Screen:
    return Screen(page.app.selectbox(key="project").set_value(project).run())


@pytest.fixture
def open_projects(open_page: OpenPage) -> OpenPage:
    def opened(*projects: Project, **parameters: str) -> Screen:
        given = {"area": "SAMPLE", "year": "2026", "lang": "zh"} | parameters
        if projects:
            given["scenario"] = text_of(Scenario(projects=projects))
        return open_page("projects", **given)

    return opened


def widget(widgets: Sequence[object], name: str) -> object:
    """Return the widget of a field; the rest of its key changes."""
    (found,) = [one for one in widgets if str(one.key).startswith(f"project_{name}_")]  # type: ignore[attr-defined]
    return found


def number(page: Screen, name: str, value: float) -> Screen:
    widget(page.app.number_input, name).set_value(value).run()  # type: ignore[attr-defined]
    return Screen(page.app)


def press(page: Screen, key: str) -> Screen:
    return Screen(page.app.button(key=key).click().run())


def test_an_empty_table_says_what_to_do_and_offers_a_template(open_projects: OpenPage) -> None:
    page = open_projects()

    assert page.title == "当前情景的项目台账还是空的。"
    assert "可以逐个添加，也可以导入项目工作簿" in page.text
    assert "下载空白模板" in page.text
    assert "导出台账（.xlsx）" not in page.text
    assert "模拟数据" in page.text


def test_an_empty_table_says_which_scenario_has_the_projects_of_the_plan(
    open_projects: OpenPage, store: Store
) -> None:
    planned = write_scenario(Scenario(projects=(PARTS, DRUGS)))
    store.scenarios.save("SAMPLE", 2026, "稳投资", planned, 1)

    page = open_projects()
    assert "任务、报告所用的情景“稳投资”有2个项目。" in page.text
    page = press(page, "open_plan")

    assert projects_of(page) == (PARTS, DRUGS)
    assert page.title.startswith("台账共2个项目")


def test_the_sentence_says_what_all_projects_bring_and_the_table_what_each_does(
    open_projects: OpenPage,
) -> None:
    page = open_projects(PARTS, DRUGS)

    assert page.title.startswith("台账共2个项目，2026年计划完成投资4.6亿元，预计拉动工业投资")
    assert "装备部件" in page.text
    assert "四季度投产，2027年一季度入统" in page.text
    assert "用地手续未办结" in page.text
    assert "固定资产投资+3.1" in page.text
    assert "引进一批" in page.text
    assert "50.0%" in page.text


def test_the_same_page_is_told_in_english(open_projects: OpenPage) -> None:
    page = open_projects(PARTS, DRUGS, lang="en")

    assert page.title.startswith("2 projects, CNY 460m of investment planned for 2026, expected")
    assert "Q4: start" in page.text


def test_looking_at_a_project_changes_nothing_of_it(open_projects: OpenPage) -> None:
    page = choose(open_projects(PARTS, DRUGS), "05")

    assert widget(page.app.text_input, "name").value == "制药车间"  # type: ignore[attr-defined]
    assert projects_of(page) == (PARTS, DRUGS)
    assert "制药车间" not in str(page.url)
    assert "project" not in page.url


@pytest.mark.parametrize("certain", [True, False])
def test_looking_at_a_project_that_has_begun_leaves_its_own_start_and_delay(
    open_projects: OpenPage, certain: bool
) -> None:
    ours = replace(PARTS, start_probability=1.0, delay=(0.5, 0.5), certain=certain)

    page = open_projects(ours, replace(DRUGS, certain=certain))

    assert projects_of(page)[0] == ours
    assert projects_of(number(page, "delay_1", 20.0))[0].delay == pytest.approx((0.8, 0.2))


def test_projects_whose_numbers_differ_in_a_mark_alone_have_fields_of_their_own(
    open_projects: OpenPage,
) -> None:
    ours = (
        Project("A/1", total_investment=7.0),
        Project("A-1", total_investment=2.0),
        Project("A（1）", total_investment=3.0),
    )
    page = open_projects(*ours)
    for project in ours:
        page = choose(page, project.id)
        assert widget(page.app.number_input, "total_investment").value == project.total_investment  # type: ignore[attr-defined]

    assert projects_of(page) == ours


def test_what_is_typed_is_counted_at_once_and_can_be_undone(open_projects: OpenPage) -> None:
    page = open_projects(PARTS, DRUGS)

    page = number(page, "completion_2026", 5.0)
    assert dict(projects_of(page)[0].completion) == {2026: 5.0, 2027: 4.0}
    assert "计划完成投资6.4亿元" in page.title

    page = press(page, "undo")
    assert projects_of(page) == (PARTS, DRUGS)
    assert widget(page.app.number_input, "completion_2026").value == 3.2  # type: ignore[attr-defined]

    page = press(page, "redo")
    assert widget(page.app.number_input, "completion_2026").value == 5.0  # type: ignore[attr-defined]


def test_every_kind_of_field_is_taken_over(open_projects: OpenPage) -> None:
    page = open_projects(DRUGS)

    page = number(page, "value_added_rate", 25.0)
    page = number(page, "ramp_0", 30.0)
    page = number(page, "delay_1", 20.0)
    widget(page.app.text_input, "owner").set_value("建设部").run()  # type: ignore[attr-defined]
    widget(page.app.selectbox, "producing").set_value(Quarter(2027, 2)).run()  # type: ignore[attr-defined]
    widget(page.app.selectbox, "stage").set_value(Stage.STARTED).run()  # type: ignore[attr-defined]
    widget(page.app.slider, "start_probability").set_value(90).run()  # type: ignore[attr-defined]

    (project,) = projects_of(Screen(page.app))
    assert project.value_added_rate == 0.25
    assert project.ramp == (0.3, 1.0)
    assert project.delay == pytest.approx((0.7, 0.2, 0.1))
    assert (project.owner, project.stage) == ("建设部", Stage.STARTED)
    assert (project.producing, project.start_probability) == (Quarter(2027, 2), 0.9)
    assert project.completion == DRUGS.completion


def test_what_a_project_is_to_complete_and_what_it_did_is_set(open_projects: OpenPage) -> None:
    page = open_projects(replace(DRUGS, certain=False))
    assert "预计完成82%（八成情形在40%—110%）" in page.text

    widget(page.app.checkbox, "own_plan_share").set_value(True).run()  # type: ignore[attr-defined]
    page = number(Screen(page.app), "plan_share_expected", 80.0)
    page = number(page, "completion_2025", 2.0)
    page = number(page, "completed_2025", 1.5)
    widget(page.app.selectbox, "start_planned").set_value(Quarter(2026, 1)).run()  # type: ignore[attr-defined]

    (project,) = projects_of(Screen(page.app))
    assert project.plan_share == Rate(0.8, 0.4, 1.1)
    assert (project.completion[0], project.completed) == ((2025, 2.0), ((2025, 1.5),))
    assert project.start_planned == Quarter(2026, 1)


def test_delays_beyond_certainty_are_told_and_nothing_is_lost(open_projects: OpenPage) -> None:
    page = number(open_projects(DRUGS), "delay_1", 95.0)

    assert "各种延期的概率合计超过100%" in page.text
    assert projects_of(page) == (DRUGS,)
    assert widget(page.app.number_input, "delay_1").value == 95.0  # type: ignore[attr-defined]

    page = number(page, "delay_1", 90.0)
    assert "合计超过100%" not in page.text
    assert projects_of(page)[0].delay == pytest.approx((0.0, 0.9, 0.1))


def test_what_looks_wrong_is_told_but_kept(open_projects: OpenPage) -> None:
    page = number(open_projects(DRUGS), "completion_2027", 9.0)

    assert "超过总投资8.5亿元，请核对。" in page.text
    assert dict(projects_of(page)[0].completion)[2027] == 9.0


def test_projects_without_a_date_of_registration_are_counted(open_projects: OpenPage) -> None:
    assert "其中1个项目没有入库时间，按开工时间计入，请补填。" in open_projects(DRUGS, PARTS).text
    assert "没有入库时间" not in open_projects(PARTS).text


def test_all_dates_ahead_move_together_at_a_press(
    open_projects: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 8, 1, tzinfo=UTC))
    built = replace(PARTS, completion=((2025, 10.0), (2026, 2.0)))
    page = press(open_projects(built), "project_later")

    (moved,) = projects_of(page)
    assert (moved.started, moved.producing) == (Quarter(2025, 3), Quarter(2027, 1))
    assert widget(page.app.selectbox, "producing").value == Quarter(2027, 1)  # type: ignore[attr-defined]

    page = press(press(page, "project_earlier"), "project_earlier")
    assert projects_of(page)[0].producing == Quarter(2026, 3)
    assert page.app.button(key="project_earlier").disabled


def test_no_date_moves_into_a_quarter_that_is_over(
    open_projects: OpenPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 8, 1, tzinfo=UTC))
    assert not open_projects(DRUGS).app.button(key="project_earlier").disabled

    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 1, tzinfo=UTC))
    assert open_projects(DRUGS).app.button(key="project_earlier").disabled


def test_a_chance_of_its_own_keeps_the_delays_of_the_class(open_projects: OpenPage) -> None:
    likely = replace(DRUGS, delay=None, start_probability=0.4, certain=False)

    assert projects_of(open_projects(likely)) == (likely,)


def test_delays_of_its_own_keep_the_chance_of_the_class(open_projects: OpenPage) -> None:
    late = replace(DRUGS, delay=(0.5, 0.5), start_probability=None, certain=False)

    assert projects_of(open_projects(late)) == (late,)


def test_nothing_is_in_production_before_it_can_be_built(open_projects: OpenPage) -> None:
    page = press(open_projects(PARTS), "project_later")

    assert page.app.button(key="project_earlier").disabled


def test_a_project_is_copied_removed_and_added(open_projects: OpenPage) -> None:
    page = press(choose(open_projects(PARTS, DRUGS), "05"), "project_duplicate")
    assert [project.name for project in projects_of(page)] == [
        "装备部件",
        "制药车间",
        "制药车间（副本）",
    ]
    assert widget(page.app.text_input, "name").value == "制药车间（副本）"  # type: ignore[attr-defined]

    page = press(page, "project_remove")
    assert projects_of(page) == (PARTS, DRUGS)

    page = press(page, "project_add")
    assert projects_of(page)[-1] == Project("04")
    assert page.app.selectbox(key="project").value == "04"


def test_the_first_project_can_be_added_by_hand(open_projects: OpenPage) -> None:
    page = press(open_projects(), "project_add")

    assert projects_of(page) == (Project("01"),)
    assert page.title.startswith("台账共1个项目")


def put_in(page: Screen, content: bytes, name: str = "项目.xlsx") -> Screen:
    page.app.file_uploader[0].set_value((name, content, "application/octet-stream")).run()
    return Screen(page.app)


def test_a_workbook_is_shown_before_it_is_taken_over(open_projects: OpenPage) -> None:
    later = Project("11", "食品加工", total_investment=2.5)
    slower = Project(**{**_fields(DRUGS), "start_probability": 0.5})
    page = put_in(open_projects(PARTS, DRUGS), export_projects([slower, later]))

    assert "项目.xlsx读到2个项目：新增1个，修改1个，删除0个，不变1个。" in page.text
    assert "食品加工" in page.text
    assert projects_of(page) == (PARTS, DRUGS)

    page = press(page, "projects_take")
    assert projects_of(page) == (PARTS, slower, later)
    assert "读到2个项目，与现有台账完全一致" in page.text
    assert projects_of(press(page, "undo")) == (PARTS, DRUGS)


def test_what_a_workbook_changes_is_told_beside_the_name_of_the_project(
    open_projects: OpenPage,
) -> None:
    planned = Project("05", "start", started=Quarter(2026, 4))
    earlier = replace(planned, started=Quarter(2026, 3))

    page = put_in(open_projects(planned, lang="en"), export_projects([earlier]))

    assert "start start brought forward from Q4 to Q3" in " ".join(page.text.split())


def _fields(project: Project) -> dict[str, object]:
    return {name: getattr(project, name) for name in Project.__slots__}


def test_a_workbook_may_replace_the_whole_table(open_projects: OpenPage) -> None:
    page = put_in(open_projects(PARTS, DRUGS), export_projects([DRUGS]))
    assert "完全一致" in page.text

    page.app.radio[0].set_value("replace").run()
    page = Screen(page.app)
    assert "删除1个" in page.text

    assert projects_of(press(page, "projects_take")) == (DRUGS,)


def test_what_cannot_be_read_is_listed_before_anything_is_taken_over(
    open_projects: OpenPage,
) -> None:
    table = "项目名称,总投资(亿元),开工时间,开工概率\n甲,5,明年,70%\n乙,很多,2026年四季度,\n"
    page = put_in(open_projects(), table.encode(), "项目.csv")

    assert "有2处未读入，请先核对" in page.text
    assert "第2行“开工时间”：读到“明年”" in page.text
    assert "第3行“总投资(亿元)”：读到“很多”" in page.text
    assert projects_of(page) == ()

    names = [project.name for project in projects_of(press(page, "projects_take"))]
    assert names == ["甲", "乙"]


def test_a_file_with_few_columns_leaves_all_else_as_it_is(open_projects: OpenPage) -> None:
    table = "项目编号,项目名称,开工概率,开工时间\n05,制药车间,90%,明年\n".encode()
    page = put_in(open_projects(PARTS, DRUGS), table, "项目.csv")
    assert "读到“明年”" in page.text
    assert "开工概率由73.5%改为90%" in page.text

    surer = Project(**{**_fields(DRUGS), "start_probability": 0.9})
    assert projects_of(press(page, "projects_take")) == (PARTS, surer)


def test_the_unit_of_a_file_that_says_none_is_asked(open_projects: OpenPage) -> None:
    table = "项目名称,总投资,阶段\n甲,52000,在建\n".encode()
    page = put_in(open_projects(), table, "项目.csv")
    assert "文件没有写明金额单位" in page.text

    page.app.button_group[0].set_value("1e4 CNY").run()
    page = press(Screen(page.app), "projects_take")

    assert projects_of(page)[0].total_investment == pytest.approx(5.2)


def test_a_file_without_projects_and_a_hostile_one_change_nothing(
    open_projects: OpenPage,
) -> None:
    page = put_in(open_projects(PARTS), "甲,乙\n1,2\n".encode(), "表.csv")
    assert "表.csv没有读到项目，台账没有变化。" in page.text
    assert "没有找到项目表" in page.text

    page = put_in(page, b"%PDF-1.7 nothing", "表.pdf")
    assert "PDF" in page.text
    assert projects_of(page) == (PARTS,)
    assert page.title.startswith("台账共1个项目")


def test_the_template_is_read_back_without_its_example(open_projects: OpenPage) -> None:
    book = load_workbook(BytesIO(projects_template(2026)))
    sheet = book.worksheets[0]
    sheet["A3"], sheet["B3"] = "21", "新项目"
    content = BytesIO()
    book.save(content)

    page = press(put_in(open_projects(), content.getvalue()), "projects_take")

    assert projects_of(page) == (Project("21", "新项目"),)


def test_a_name_is_shown_as_it_is(open_projects: OpenPage) -> None:
    page = open_projects(Project("1", "<b>*甲*</b>_乙_", Stage.STARTED))

    assert page.app.selectbox(key="project").options == ["<b>*甲*</b>_乙_"]
    assert "&lt;b&gt;*甲*" in "".join(
        str(node.proto.body) for node in page.app.get("html") if hasattr(node.proto, "body")
    )


def test_a_choice_that_is_undone_with_its_project_falls_back(open_projects: OpenPage) -> None:
    page = press(press(open_projects(PARTS), "project_add"), "undo")

    assert page.app.selectbox(key="project").value == "03"


def test_what_differs_from_the_saved_version_is_marked_with_what_it_was(store: Store) -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    text = text_of(Scenario(projects=(PARTS, DRUGS)))
    app.query_params |= {"area": "SAMPLE", "year": "2026", "lang": "zh", "scenario": text}
    switch_page(app, "projects")
    page = Screen(app.run())
    assert "● 装备部件" not in page.text
    app.text_input(key="save_name_new").set_value("加快建设")
    page = press(page, "save_as")
    assert "与已保存的" not in page.text

    page = press(number(page, "completion_2026", 5.0), "project_later")

    assert "与已保存的“加快建设”相比：改动1个。" in page.text
    assert "● 装备部件" in page.text
    assert "● 制药车间" not in page.text
    assert "3.2 → 5.0" in page.text
    assert "四季度投产，2027年一季度入统 → 2027年一季度投产，2027年二季度入统" in page.text

    page = press(choose(page, "05"), "project_remove")
    assert "改动1个，移出制药车间" in page.text


UNDER_WAY = Project(
    "21",
    "续建项目",
    stage=Stage.STARTED,
    total_investment=9.0,
    started=Quarter(2025, 3),
    recorded=Quarter(2025, 3),
    completion=((2026, 4.0),),
)


STARTED = pytest.mark.parametrize("started", [UNDER_WAY.started, None])
"""Without a date a project has begun by its stage."""


@STARTED
def test_importing_projects_under_way_moves_nothing_until_one_is_changed(
    open_projects: OpenPage, started: Quarter | None
) -> None:
    under_way = replace(UNDER_WAY, started=started)
    page = put_in(open_projects(), export_projects([under_way]))
    assert "基准预测已含在建项目的正常推进" in page.text
    assert "其中1个项目已经开工，2026年计划完成4亿元" in page.text

    page = press(page, "projects_take")
    assert projects_of(page) == (carried(under_way),)
    assert "对当年各项指标没有影响" in page.title

    page = number(page, "completion_2026", 6.0)
    assert "预计拉动" in page.title


@STARTED
def test_projects_under_way_on_top_of_the_trend_are_told_and_can_be_marked(
    open_projects: OpenPage, started: Quarter | None
) -> None:
    under_way = replace(UNDER_WAY, started=started)
    page = open_projects(under_way, DRUGS)
    assert "其中1个项目在三季度之前已经开工，但未标为“已含在基准预测中”" in page.text
    assert "续建项目" in page.text

    widget(choose(page, "21").app.checkbox, "in_trend").check().run()  # type: ignore[attr-defined]
    page = Screen(page.app)
    assert projects_of(page) == (carried(under_way), DRUGS)
    assert "但未标为" not in page.text


def test_every_project_stands_in_a_row_of_the_funnel(open_projects: OpenPage) -> None:
    producing = Project("31", "投产项目", stage=Stage.PRODUCING)
    page = open_projects(PARTS, DRUGS, producing)

    assert "投产" in page.text.split("开工一批")[1].split("达产达效一批")[0]


def test_a_project_listed_twice_is_imported_once_unless_somebody_wants_both(
    open_projects: OpenPage,
) -> None:
    table = "项目名称,责任单位\n甲,商务局\n甲,财政局\n".encode()
    page = put_in(open_projects(), table, "项目.csv")

    assert "没有读入" not in page.text
    assert "有1处已读入，但需核对" in page.text
    assert "读到1个项目" in page.text
    page.app.checkbox(key="projects_once").uncheck().run()
    assert "读到2个项目" in Screen(page.app).text


def test_the_stage_of_a_project_follows_from_its_dates_where_no_word_says_it(
    open_projects: OpenPage,
) -> None:
    table = "项目名称,形象进度,开工时间\n甲,推进顺利,2026.3\n乙,主体封顶,2026.3\n".encode()
    page = put_in(open_projects(), table, "项目.csv")
    assert "其中1个项目，文件没有写明或系统未读懂其阶段" in page.text

    page = press(page, "projects_take")
    assert [project.stage for project in projects_of(page)] == [Stage.STARTED, Stage.STARTED]
