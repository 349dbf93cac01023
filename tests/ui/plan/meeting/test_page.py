"""The page for the meeting: what it shows, what is asked for, and what an issue keeps of it."""

from __future__ import annotations

import re
from datetime import date

import pytest
from msgspec import structs

from data import clock
from data.plan import documents
from data.store.evidence import EvidenceFile
from data.store.seed import save_sample_claims, save_sample_tasks
from data.store.store import Store
from forecasting.issues.json import read_snapshot
from forecasting.plan.claims import Claim
from forecasting.plan.evidence import Evidence
from forecasting.plan.requests import Request, Requests
from forecasting.plan.tasks import Ledger
from tests.ui.conftest import ROOT, OpenPage
from tests.ui.reading import Screen

AUTUMN = date(2026, 9, 30)
SCENARIO = ROOT / "seeds" / "sample_scenarios" / "1_ledger.toml"


@pytest.fixture(autouse=True)
def autumn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the third quarter just over."""
    monkeypatch.setattr(clock, "today", lambda: AUTUMN)


@pytest.fixture
def zone(store: Store) -> Store:
    """Give a store with what the sample zone says of its plan, and a scenario for its tasks."""
    save_sample_claims(store, ROOT / "seeds")
    save_sample_tasks(store, ROOT / "seeds")
    document = SCENARIO.read_text("utf-8")
    store.scenarios.save("SAMPLE", 2026, "台账", document, store.latest_vintage(), author="张三")
    return store


def press(page: Screen, label: str) -> Screen:
    found = [one for one in page.app.button if one.label == label]
    return Screen(found[0].click().run())


def said(page: Screen) -> str:
    """Return what a page says, without its markup."""
    return re.sub(r"<[^>]+>| ", "", page.text)


def test_the_three_goals_stand_on_one_page(open_page: OpenPage, zone: Store) -> None:
    page = open_page("meeting", area="SAMPLE")

    for told in ("全部超过7%", "三件大事", "国家智能制造试点示范区", "对标国家级", "不计算得分",
                 "13项任务", "8项滞后", "降为", "下一步措施", "未出具"):  # fmt: skip
        assert told in said(page), told
    # The task has a project, which its name tells.
    assert "医药中间体扩建" not in page.text
    assert "与项目挂钩，不列名称" in page.text
    assert [button.label for button in page.app.get("download_button")] == [
        "调度会一页（PDF）", "投屏页",
    ]  # fmt: skip


@pytest.mark.parametrize("area", ["CN", "CN-SX-LF-HMZ"])
def test_what_has_no_goals_or_no_figures_says_so(open_page: OpenPage, area: str) -> None:
    page = open_page("meeting", area=area)

    assert page.title == "调度会一页"
    assert ("不是开发区" in page.text) is (area == "CN")
    assert ("尚无数据" in page.text) or area == "CN"


def test_a_request_is_kept_with_its_author_and_an_issue_freezes_it(
    open_page: OpenPage, zone: Store
) -> None:
    proof = EvidenceFile("会议纪要.pdf", b"%PDF-1.7")
    named = (Evidence(name=proof.name, file=proof.sha256),)
    claim, before = documents.latest(zone.plans, "SAMPLE", "claim/logistics", Claim)
    claim = structs.replace(claim, evidence=named)
    zone.plans.save(
        "SAMPLE", "claim/logistics", documents.written(claim), based_on=before, files=[proof]
    )
    tasks, before = documents.latest(zone.plans, "SAMPLE", documents.part_of(2026), Ledger)
    proven = tuple(structs.replace(task, evidence=named) for task in tasks.tasks[-1:])
    tasks = structs.replace(tasks, tasks=(*tasks.tasks[:-1], *proven))
    zone.plans.save("SAMPLE", documents.part_of(2026), documents.written(tasks), based_on=before)

    page = open_page("meeting", area="SAMPLE")
    assert "会议纪要" not in page.text
    page.app.text_area[0].set_value("供地指标 | 市自然资源局 | 11月底\n\n 能耗指标\n")
    page = press(page, "保存")
    assert "请先填写提交人" in page.text
    page.app.text_input[0].set_value("李四")
    page = press(page, "保存")

    kept, version = documents.latest(zone.plans, "SAMPLE", documents.REQUESTS, Requests)
    assert kept.requests == (Request("供地指标", "市自然资源局", "11月底"), Request("能耗指标"))
    part = zone.plans.latest("SAMPLE", documents.REQUESTS)
    assert part is not None
    assert (part.version, part.author) == (version, "李四")
    assert "供地指标" in page.text

    page = open_page("overview", area="SAMPLE", year="2026")
    page = Screen(page.app.button(key="issue_begin").click().run())
    press(page, "出具")
    issued = zone.issues.listed("SAMPLE")[0]
    document = zone.issues.find(issued.number).document
    for secret in ("会议纪要", proof.sha256):
        assert secret not in document.decode(), "files of evidence go into nothing that is issued"
    plan = read_snapshot(document).plan
    assert plan is not None
    assert [one.text for one in plan.requests] == ["供地指标", "能耗指标"]
    assert len(plan.claims) == 3
    assert plan.tasks is not None
    assert plan.tasks.count == 13
    assert all(one.years is not None for one in plan.claims[0].quantities)
    assert plan.tasks.schedule is not None
    placed = [one for line in plan.tasks.schedule.lines for one in line.tasks]
    hidden = [one for one in placed if not one.work]
    assert (len(placed), len(hidden)) == (13, 4)
    # How far a project is that may be a single firm's cannot be told from the chart either.
    assert {(one.place.done, one.place.nodes) for one in hidden} == {(None, ())}


def test_what_late_tasks_do_together_is_not_told_where_few_projects_hang_on_them(
    open_page: OpenPage, zone: Store
) -> None:
    ledger, version = documents.latest(zone.plans, "SAMPLE", documents.part_of(2026), Ledger)
    linked = [task for task in ledger.tasks if task.projects]
    few = tuple(
        task if task is linked[0] else structs.replace(task, projects=(), levers=())
        for task in ledger.tasks
    )
    changed = documents.written(structs.replace(ledger, tasks=few))
    zone.plans.save("SAMPLE", documents.part_of(2026), changed, based_on=version, author="张三")

    page = open_page("meeting", area="SAMPLE")

    assert "8项滞后" in said(page)
    assert "降为" not in said(page)
