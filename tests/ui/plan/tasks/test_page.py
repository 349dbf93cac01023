"""The page of the ledger of tasks."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from data import clock
from data.plan.documents import latest, part_of, written
from data.plan.tasks.fields import LEVERS
from data.store.seed import save_sample_tasks
from data.store.store import Store
from forecasting.plan.evidence import Evidence
from forecasting.plan.tasks import DueMark, Ledger, Task, TaskStatus
from forecasting.scenario.levers import LeverKind
from tests.data.plan.test_tasks import PLAIN
from tests.ui.conftest import ROOT, OpenPage
from tests.ui.reading import Screen
from tests.ui.speakers import SPEAKERS
from ui.charts.palette import GLYPHS
from ui.language import Speaker
from ui.plan.tasks.tables import MARKS

TODAY = date(2026, 9, 30)
SCENARIO = ROOT / "seeds" / "sample_scenarios" / "1_ledger.toml"
SAMPLE = {"area": "SAMPLE"}


@pytest.fixture(autouse=True)
def autumn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the third quarter just over."""
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def zone(store: Store) -> Store:
    """Give a store with the tasks of the sample zone, and a scenario that has their projects."""
    save_sample_tasks(store, ROOT / "seeds")
    document = SCENARIO.read_text("utf-8")
    store.scenarios.save("SAMPLE", 2026, "台账", document, store.latest_vintage(), author="张三")
    return store


def ledger(store: Store, area: str = "SAMPLE") -> tuple[Ledger, int]:
    return latest(store.plans, area, part_of(2026), Ledger)


def press(page: Screen, label: str) -> Screen:
    found = [one for one in page.app.button if one.label == label]
    return Screen(found[0].click().run())


def sign(page: Screen, author: str) -> None:
    page.app.text_input(key="tasks_author").set_value(author)


def test_tasks_stand_against_today_and_late_ones_against_the_scenario(
    open_page: OpenPage, zone: Store
) -> None:
    page = open_page("tasks", **SAMPLE)

    assert "共13项，已完成3项，进度滞后8项" in page.title
    assert "2026年已过9个月，序时进度为75%" in page.text
    assert "另有1项填报为已完成" in page.text
    assert "虚构地区" in page.text
    assert "全部达标的把握为" in page.text
    assert "各项影响不能相加" in page.text
    assert "固定资产投资" in page.text
    words = [line for line in page.lines if "医药中间体扩建三季度开工：欠进度" in line]
    assert words  # the picture says it too


def test_tasks_are_filtered_by_line_unit_and_status(open_page: OpenPage, zone: Store) -> None:
    page = open_page("tasks", **SAMPLE)
    status = page.app.selectbox(key="tasks_status_SAMPLE_2026")
    page = Screen(status.set_value(str(TaskStatus.NOT_STARTED)).run())

    assert "显示2项，共13项" in page.text
    line = page.app.selectbox(key="tasks_line_SAMPLE_2026")
    page = Screen(line.set_value("new_district").run())
    assert "显示1项，共13项" in page.text


@pytest.mark.parametrize("say", SPEAKERS)
def test_marks_and_words_of_tasks_are_none_of_an_outlook(say: Speaker) -> None:
    shapes = {glyph for glyph, _ in GLYPHS.values()}
    lights = {say(f"light.{light}").casefold() for light in GLYPHS}
    own = {say(f"tasks.timing.{timing}").casefold() for timing in DueMark}
    own |= {say(f"tasks.status.{status}").casefold() for status in TaskStatus}

    assert not {glyph for glyph, _ in MARKS.values()} & shapes
    # 已完成 alone is said of both: of a target that was met, and of a task.
    assert own & lights <= {say("tasks.status.completed").casefold()}


def test_a_real_zone_has_the_frame_of_the_plan_and_no_task(open_page: OpenPage) -> None:
    page = open_page("tasks", area="CN-SX-LF-HMZ")

    assert "尚无任务台账" in page.title
    assert "54555：原文只有名称，未作解释" in page.text
    assert page.count("待填") >= 40
    assert "30项重点工作、10个环节" in page.text
    assert "模拟" not in page.text.partition("尚无任务台账")[2].replace("模拟数据", "")


def test_an_edited_task_is_a_version_with_its_author(open_page: OpenPage, zone: Store) -> None:
    page = open_page("tasks", **SAMPLE)
    which = next(one for one in page.app.selectbox if one.label == "任务")
    page = Screen(which.set_value("M09").run())
    sign(page, "李四")
    share = next(one for one in page.app.number_input if one.label == "完成比例（%）")
    share.set_value(95.0)
    page = press(page, "保存")

    kept, version = ledger(zone)
    task = next(one for one in kept.tasks if one.id == "M09")
    assert (version, task.share, task.share_day) == (2, 0.95, TODAY)
    assert len(kept.tasks) == 13
    part = zone.plans.latest("SAMPLE", part_of(2026))
    assert part is not None
    assert part.author == "李四"

    zone.plans.save("SAMPLE", part_of(2026), "{}", based_on=2)
    sign(page, "李四")
    share = next(one for one in page.app.number_input if one.label == "三季度末（%）")
    share.set_value(60.0)
    refused = Screen(page.app.button(key="pace_save").click().run())
    assert "他人已保存第3版" in refused.app.error[0].value
    assert ledger(zone)[1] == 3


def test_whatever_a_file_brought_can_be_edited(open_page: OpenPage, store: Store) -> None:
    """A list longer than a field takes, and a day of completion that is still to come."""
    documents = tuple(Evidence(name=f"文件{number:03d}号") for number in range(90))
    task = Task(id="T", work="工作" * 300, evidence=documents, finished=date(2026, 12, 31))
    store.plans.save("SAMPLE", part_of(2026), written(Ledger(tasks=(task,))))
    page = open_page("tasks", **SAMPLE)
    which = next(one for one in page.app.selectbox if one.label == "任务")
    page = Screen(which.set_value("T").run())
    sign(page, "李四")
    next(one for one in page.app.text_input if one.label == "牵头单位（不填个人姓名）").set_value(
        "甲局"
    )
    page = press(page, "保存")

    assert ledger(store)[0].tasks == (msgspec.structs.replace(task, unit="甲局"),)


def test_a_file_of_evidence_is_stored_with_its_task(open_page: OpenPage, zone: Store) -> None:
    page = open_page("tasks", **SAMPLE)
    which = next(one for one in page.app.selectbox if one.label == "任务")
    page = Screen(which.set_value("M09").run())
    sign(page, "李四")
    page.app.file_uploader[0].set_value(("验收单.png", b"\x89PNG\r\n\x1a\n", "image/png"))
    page = press(page, "保存")

    assert "佐证材料（文件1份）" in page.text
    labels = [one.label for one in page.app.get("download_button")]
    assert "下载：验收单.png（0.1 KB）" in labels
    (digest,) = zone.plans.files("SAMPLE")

    which = next(one for one in page.app.selectbox if one.label == "任务")
    page = Screen(which.set_value("M09").run())
    sign(page, "李四")
    listed = next(one for one in page.app.text_input if one.label == "佐证材料")
    assert listed.value.endswith("验收单.png")
    listed.set_value(f"{listed.value}（2026-09-28，证明完成）")
    press(page, "保存")
    task = next(one for one in ledger(zone)[0].tasks if one.id == "M09")
    proof = task.evidence[-1]
    assert (proof.name, proof.completes, proof.file) == ("验收单.png", True, digest)


def test_a_ledger_is_imported_after_it_was_shown(open_page: OpenPage, store: Store) -> None:
    page = open_page("tasks", area="CN-SX-LF-HMZ")
    file = next(one for one in page.app.file_uploader if one.label == "任务台账文件")
    page = Screen(file.set_value(("台账.xlsx", PLAIN, "application/octet-stream")).run())

    assert "读到5项任务：新增5项" in page.text
    assert "责任领导" in page.text
    assert ledger(store, "CN-SX-LF-HMZ") == (Ledger(), 0)
    sign(page, "王五")
    page = press(page, "写入台账")
    kept, version = ledger(store, "CN-SX-LF-HMZ")
    assert (len(kept.tasks), version) == (5, 1)
    assert "共5项" in page.title
    assert "应急局" in page.text
    assert "主任" not in page.text


def test_a_pace_that_is_edited_changes_what_is_late(open_page: OpenPage, zone: Store) -> None:
    page = open_page("tasks", **SAMPLE)
    sign(page, "李四")
    third = next(one for one in page.app.number_input if one.label == "三季度末（%）")
    third.set_value(60.0)
    page = Screen(page.app.button(key="pace_save").click().run())

    assert ledger(zone)[0].pace == (0.25, 0.5, 0.6, 1.0)
    assert "序时进度为60%" in page.text
    assert "进度滞后7项" in page.title


@pytest.mark.parametrize("say", SPEAKERS)
def test_levers_are_called_in_files_as_on_the_screen(say: Speaker) -> None:
    assert {kind: say.plain.name(names) for kind, names in LEVERS.items()} == {
        kind: say.plain(f"lever.{kind}") for kind in LeverKind
    }
