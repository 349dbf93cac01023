"""What an issue says of the plan besides growth, in its document and in every file."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest
from docx import Document
from pypdf import PdfReader

from forecasting.figures.indicator import Names
from forecasting.issues.json import read_snapshot, write_snapshot
from forecasting.issues.plan_note import (
    NotedClaim,
    NotedClass,
    NotedQuantity,
    NotedTask,
    NotedTasks,
    PlanNote,
)
from forecasting.issues.snapshot import Snapshot
from forecasting.plan.requests import Request
from tests.ui.report.snapshots import full
from tests.ui.speakers import SPEAKERS, ZH
from ui.language import Speaker
from ui.report.document.blocks import FigureTable, Report, Topic, plain
from ui.report.document.compose import report_of
from ui.report.document.meeting import ROWS, meeting_of
from ui.report.document.plan import MOST_LATE
from ui.report.files import files_of
from ui.report.render.html import html_of
from ui.report.render.pdf import sheet_pdf_of
from ui.report.render.slides import slides_of

REVENUE = NotedQuantity(
    Names("营业收入", "Revenue"), "level", "1e8 CNY", 400.0, 2027, 2025, 335.4, None, 0.54, ""
)
PLACE = NotedQuantity(
    Names("进出口", "Trade"), "rank", "1e8 CNY", 1.0, 2027, 2025, 15.5, (2, 3, 4), None, "rivals"
)
GROWTH = NotedQuantity(
    Names("税收", "Tax"), "growth", "1e8 CNY", 7.0, 2026, None, None, None, 0.02, ""
)
CLAIMS = (
    NotedClaim(Names("智能制造", "Smart works"), "列入名单", "", (REVENUE, GROWTH), 0.26),
    NotedClaim(Names("物流基地", "Logistics base"), "", "", (PLACE,), None),
)
CLASSES = (
    NotedClass(Names("对外开放", "Openness"), 30.0, 2, 1, Names("外资", "FDI"), 0.43, 0.03, 2027),
    NotedClass(Names("绿色发展", "Green"), 15.0, 0, 0, None, None, None, None),
    NotedClass(Names("协调", "Balance"), None, 1, 1, None, None, None, None),
)
LATE = tuple(
    NotedTask(str(number), f"任务{number}", "招商局", "6月底", "behind", linked=number < 3)
    for number in range(MOST_LATE + 3)
)
TASKS = NotedTasks((("completed", 4), ("behind", MOST_LATE + 3)), LATE, 0.45, 0.2)
PLAN = PlanNote(
    CLAIMS, Names("2021年版", "2021"), CLASSES, TASKS,
    (Request("供地指标", "市自然资源局", "11月底"),), unpublished=False,
)  # fmt: skip


def planned(plan: PlanNote = PLAN) -> Snapshot:
    return replace(full(), plan=plan)


def texts(report: Report, topic: Topic) -> str:
    section = report.section(topic)
    assert section is not None
    told = [section.title, section.note]
    for block in section.blocks:
        if isinstance(block, FigureTable):
            told += [cell for row in (block.head, *block.rows) for cell in row]
        else:
            told.append(plain(block.text))
    return "\n".join(told)


def test_a_document_keeps_the_plan_and_one_without_has_no_word_of_it() -> None:
    kept = read_snapshot(write_snapshot(planned()))

    assert kept.plan == PLAN
    assert "plan" not in json.loads(write_snapshot(full()))
    assert read_snapshot(write_snapshot(full())).plan is None


def test_cards_say_what_is_wanted_how_likely_it_is_and_what_is_missing() -> None:
    told = texts(report_of(planned(), ZH), Topic.CLAIMS)

    assert "智能制造：2项全部如期达到的把握约两成五" in told
    assert "物流基地：目标值或数据不全，不能测算" in told
    for cell in ("400亿元（2027年）", "335.4亿元（2025年）", "约55%", "前1位（2027年）", "不足5%"):
        assert cell in told
    assert "15.5亿元（2025年），4个地区中第2至3位" in told
    assert "无可比数据" in told


def test_classes_say_what_is_farthest_and_nothing_is_summed_into_a_score() -> None:
    told = texts(report_of(planned(), ZH), Topic.RANK)

    assert "可比的3项中，2项达到参照线，1项低于参照线" in told
    assert "对外开放（权重30%）\n1/2\n外资（43%）\n不足5%" in told
    assert "协调\n1/1\n—\n已达到" in told
    assert "绿色发展" not in told
    assert "不计算得分" in told


def test_late_tasks_are_told_with_what_hangs_on_all_of_them_together() -> None:
    told = texts(report_of(planned(), ZH), Topic.TASKS)

    assert (
        f"{MOST_LATE + 7}项任务：已完成4项、欠进度{MOST_LATE + 3}项；其中{MOST_LATE + 3}项滞后"
        in told
    )
    assert "总体把握由约四成五降为约两成，下降25.0个百分点" in told
    assert "不能相加" in told
    assert f"任务{MOST_LATE - 1}" in told
    assert f"任务{MOST_LATE}" not in told
    assert "另有3项未列" in told
    alone = replace(TASKS, before=None, after=None)
    assert "降为" not in texts(report_of(planned(replace(PLAN, tasks=alone)), ZH), Topic.TASKS)


def test_figures_that_are_not_published_make_an_issue_internal() -> None:
    published = replace(full(), provenance=replace(full().provenance, unpublished=False))
    known, secret = (
        replace(published, plan=replace(PLAN, unpublished=unpublished))
        for unpublished in (False, True)
    )

    assert not known.internal
    assert secret.internal
    assert report_of(secret, ZH).internal
    assert "含未公布快报" in report_of(secret, ZH).marks
    assert "含未公布快报" not in report_of(known, ZH).marks


@pytest.mark.parametrize("say", SPEAKERS)
def test_every_file_has_the_plan(say: Speaker) -> None:
    made = {file.kind: file.make() for file in files_of(planned(), say)}
    wanted = [say.plain.name(claim.name) for claim in CLAIMS]

    def words(text: str) -> str:
        return re.sub(r"\s", "", text)

    pages = {
        kind: "".join(page.extract_text() for page in PdfReader(BytesIO(made[kind])).pages)
        for kind in ("pdf", "brief", "meeting")
    }
    brief = Document(BytesIO(made["docx"]))
    pages["docx"] = "".join(one.text for one in brief.element.body.iter() if one.text)
    pages["html"], pages["slides"] = made["html"].decode(), made["slides"].decode()
    for kind, text in pages.items():
        for name in wanted:
            assert words(name) in words(text), (kind, name)
    sheets = openpyxl.load_workbook(BytesIO(made["xlsx"])).sheetnames
    assert {say(f"sheets.{one}") for one in ("claims", "rank", "tasks", "requests")} <= set(sheets)


@pytest.mark.parametrize("say", SPEAKERS)
def test_the_sheet_is_one_page_and_says_how_many_are_left_out(say: Speaker) -> None:
    sheet = meeting_of(report_of(planned(), say))

    (page,) = PdfReader(BytesIO(sheet_pdf_of(sheet))).pages

    assert sheet.title in page.extract_text().replace("\n", "")
    told = texts(sheet, Topic.TASKS)
    assert f"任务{ROWS - 1}" in told
    assert f"任务{ROWS}" not in told
    assert say("next_steps.rest", count=MOST_LATE - ROWS) in told
    assert sheet.section(Topic.FIGURES) is None


def test_nothing_is_made_of_what_somebody_typed() -> None:
    odd = "<b>x</b> **y** [a](http://evil.example)"
    claims = (replace(CLAIMS[0], name=Names(odd, odd)),)
    late = replace(TASKS, late=(replace(LATE[0], work=odd, unit=odd, due=odd),))
    typed = replace(PLAN, claims=claims, tasks=late, requests=(Request(odd, odd, odd),))
    report = report_of(planned(typed), ZH)

    for document in (html_of(report), slides_of(report), html_of(meeting_of(report))):
        assert "<b>x</b>" not in document
        assert "&lt;b&gt;x&lt;/b&gt; **y** [a](http://evil.example)" in document
        assert 'href="http' not in document
