"""What an issue says of the plan besides growth, in its document and in every file."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from io import BytesIO
from xml.etree import ElementTree

import openpyxl
import pytest
from docx import Document
from pypdf import PdfReader

from forecasting.figures.indicator import Names
from forecasting.issues.json import read_snapshot, write_snapshot
from forecasting.issues.plan_note import (
    NotedClaim,
    NotedClass,
    NotedItem,
    NotedLine,
    NotedQuantity,
    NotedSchedule,
    NotedTask,
    NotedTasks,
    NotedYears,
    PlacedTask,
    PlanNote,
)
from forecasting.issues.snapshot import Snapshot
from forecasting.outlook.quantiles import Quantiles
from forecasting.plan.requests import Request
from forecasting.plan.tasks import TaskPlace
from tests.ui.report.snapshots import full
from tests.ui.speakers import SPEAKERS, ZH
from ui.language import Speaker
from ui.report.document.blocks import (
    Cards,
    Details,
    FigureTable,
    Note,
    Paragraph,
    PlanPicture,
    Report,
    Topic,
    inside_of,
    plain,
)
from ui.report.document.compose import report_of
from ui.report.document.meeting import ROWS, meeting_of, meeting_sheets
from ui.report.document.plan import MOST_LATE
from ui.report.files import files_of
from ui.report.render.html import html_of
from ui.report.render.pdf import sheet_pdf_of
from ui.report.render.pictures import svg_of
from ui.report.render.png import charts_of
from ui.report.render.slides import slides_of

SPREAD = Quantiles(350.0, 370.0, 390.0, 405.0, 420.0, 440.0, 470.0)
AHEAD = ((2026, SPREAD), (2027, SPREAD))
REVENUE = NotedQuantity(
    Names("营业收入", "Revenue"), "level", "1e8 CNY", 400.0, 2027, 2025, 335.4, None, 0.54, "",
    NotedYears(((2024, 310.0), (2025, 335.4)), AHEAD, ()),
)  # fmt: skip
PLACE = NotedQuantity(
    Names("进出口", "Trade"), "rank", "1e8 CNY", 1.0, 2027, 2025, 15.5, (2, 3, 4), None, "rivals",
    NotedYears(((2025, 335.4),), AHEAD, ((380.0, 400.0),)),
)  # fmt: skip
GROWTH = NotedQuantity(
    Names("税收", "Tax"), "growth", "1e8 CNY", 7.0, 2026, None, None, None, 0.02, "",
    NotedYears(
        ((2024, 5.1), (2025, 3.0)), ((2026, Quantiles(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 6.9)),), ()
    ),
)  # fmt: skip
CLAIMS = (
    NotedClaim(Names("智能制造", "Smart works"), "列入名单", "", (REVENUE, GROWTH), 0.26),
    NotedClaim(Names("物流基地", "Logistics base"), "", "", (PLACE,), None),
)
CLASSES = (
    NotedClass(
        Names("对外开放", "Openness"), 30.0, 2, 1, Names("外资", "FDI"), 0.43, 0.03, 2027,
        (NotedItem(Names("外资", "FDI"), 0.43, "peers", 2025, 4, "", (1.8,)),
         NotedItem(Names("进出口", "Trade"), 1.4, "all", 2024, 229, "with_reinvestment", (0.6,))),
    ),
    NotedClass(Names("绿色发展", "Green"), 15.0, 0, 0, None, None, None, None),
    NotedClass(Names("协调", "Balance"), None, 1, 1, None, None, None, None),
)  # fmt: skip
LATE = tuple(
    NotedTask(str(number), f"任务{number}", "招商局", "6月底", "behind", linked=number < 3)
    for number in range(MOST_LATE + 3)
)
PLACED = PlacedTask(
    "1", "任务甲", "招商局", "三季度", "behind", TaskPlace(9.0, False, 0.4, ((3.0, True),), True)
)
HIDDEN = PlacedTask("2", "", "项目部", "", "on_pace", TaskPlace(12.0, True, None, (), False))
SCHEDULE = NotedSchedule(
    8.5,
    (
        NotedLine(1, Names("招商引资", "Investment"), (PLACED, HIDDEN)),
        NotedLine(None, None, (PLACED,)),
    ),
)
TASKS = NotedTasks((("completed", 4), ("behind", MOST_LATE + 3)), LATE, 0.45, 0.2, SCHEDULE)
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
        inside = inside_of(block) if isinstance(block, Cards) else (block,)
        told += [plain(one.text) for one in inside if isinstance(one, Paragraph | Note)]
    return "\n".join(told)


def pictures(report: Report, topic: Topic) -> list[PlanPicture]:
    section = report.section(topic)
    assert section is not None
    found: list[PlanPicture] = []
    for block in section.blocks:
        inside = inside_of(block) if isinstance(block, Cards | Details) else (block,)
        found += [one for one in inside if isinstance(one, PlanPicture)]
    return found


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

    assert "可比的3项中，2项达到参照线，1项未达到" in told
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
    assert "按任务台账所用情景（计入其假定）测算，总体把握为约四成五" in told
    assert "降为约两成。" in told
    assert "个百分点" not in told
    assert "不能相加" in told
    assert f"任务{MOST_LATE - 1}" in told
    assert f"任务{MOST_LATE}" not in told
    assert "另有3项未列" in told
    hardly = replace(TASKS, before=0.452, after=0.449)
    told = texts(report_of(planned(replace(PLAN, tasks=hardly)), ZH), Topic.TASKS)
    assert "有所下降，取整后仍为约四成五" in told
    alone = replace(TASKS, before=None, after=None)
    assert "降为" not in texts(report_of(planned(replace(PLAN, tasks=alone)), ZH), Topic.TASKS)


def test_an_issue_of_before_there_were_charts_is_read_without_them() -> None:
    document = json.loads(write_snapshot(planned()))
    for claim in document["plan"]["claims"]:
        for quantity in claim["quantities"]:
            del quantity["years"]
    del document["plan"]["classes"][0]["items"], document["plan"]["tasks"]["schedule"]

    kept = read_snapshot(json.dumps(document).encode())
    report = report_of(kept, ZH)

    assert [pictures(report, topic) for topic in (Topic.CLAIMS, Topic.RANK, Topic.TASKS)] == [
        []
    ] * 3
    assert texts(report, Topic.CLAIMS) == texts(report_of(planned(), ZH), Topic.CLAIMS)


def test_each_card_shows_its_least_likely_quantity_and_the_others_one_tap_away() -> None:
    fans = pictures(report_of(planned(), ZH), Topic.CLAIMS)

    assert [one.title for one in fans] == [
        "智能制造：税收增速", "物流基地：进出口位次", "智能制造：营业收入",
    ]  # fmt: skip
    assert fans[2].alt == (
        "营业收入：2025年为335.4亿元。预计2027年405亿元左右，八成可能在370亿元至440亿元。"
        "2027年达到400亿元的把握约五成五。"
    )
    assert fans[2].chart.ring == (2027, 400.0)
    assert fans[1].chart.ring is None  # a place stands at no height of a level
    assert len(fans[1].chart.courses()) == 1
    assert fans[1].caption.endswith("点线为可比地区，按以往增速延续。")


def test_gaps_are_told_beside_the_line_that_each_stands_for() -> None:
    (gaps,) = pictures(report_of(planned(), ZH), Topic.RANK)

    assert gaps.alt == (
        "外资相当于可比开发区中位数（2025年，4个）的43%。 "
        "进出口相当于国家级经开区平均（2024年，229个），含再投资，与其他年份不可比的140%。"
    )
    assert "参照线：可比开发区中位数（2025年，4个）；国家级经开区平均" in gaps.caption


def test_how_far_a_task_is_that_may_not_be_named_is_not_drawn() -> None:
    (schedule,) = pictures(report_of(planned(), ZH), Topic.TASKS)

    assert "第2项（与项目挂钩，不列名称），项目部：达进度，已完成—。" in schedule.alt
    assert "任务甲，招商局，三季度：欠进度，已完成40%。" in schedule.alt
    assert schedule.caption.endswith("与项目挂钩的任务不列完成比例。")
    named = replace(TASKS, schedule=replace(SCHEDULE, lines=(NotedLine(None, None, (PLACED,)),)))
    (own,) = pictures(report_of(planned(replace(PLAN, tasks=named)), ZH), Topic.TASKS)
    assert "不列完成比例" not in own.caption


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
    files = files_of(planned(), say)
    made = {file.kind: file.make() for file in files if file.kind != "meeting"}  # it comes below
    wanted = [say.plain.name(claim.name) for claim in CLAIMS]

    def words(text: str) -> str:
        return re.sub(r"\s", "", text)

    pages = {
        kind: "".join(page.extract_text() for page in PdfReader(BytesIO(made[kind])).pages)
        for kind in ("pdf", "brief")
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
    report = report_of(planned(), say)
    sheet = meeting_of(report)

    (page,) = PdfReader(BytesIO(sheet_pdf_of(meeting_sheets(report)))).pages

    written = re.sub(r"\s", "", page.extract_text())
    for told in (sheet.title, *(say.plain.name(claim.name) for claim in CLAIMS)):
        assert re.sub(r"\s", "", told) in written
    (late,) = pictures(sheet, Topic.TASKS)
    assert late.chart.groups[0].bars[0].name == "任务甲"
    assert all(
        bar.place.late for one in late.chart.groups for bar in one.bars
    )  # all else is left out
    assert len(pictures(sheet, Topic.CLAIMS)) == 2
    told = texts(sheet, Topic.TASKS)
    assert f"任务{ROWS - 1}" in told
    assert f"任务{ROWS}" not in told
    assert say("next_steps.rest", count=len(LATE) - ROWS) in told
    crowded = texts(next(meeting_sheets(report)), Topic.TASKS)
    assert "任务0" not in crowded  # the chart lists them
    assert say("next_steps.rest", count=len(LATE) - ROWS) in crowded
    assert sheet.section(Topic.FIGURES) is None


@pytest.mark.parametrize("say", SPEAKERS)
def test_charts_are_whole_and_say_what_they_are_where_they_stand_alone(say: Speaker) -> None:
    drawn = charts_of(report_of(planned(), say))
    known = {chart.title: ElementTree.fromstring(chart.svg) for chart in drawn}

    for title in (say("plan_note.gaps"), say("plan_note.schedule")):
        words = [one.text for one in known[title].iter("{http://www.w3.org/2000/svg}text")]
        assert say("report.internal") in " ".join(filter(None, words))
    (bars,) = (one for one in pictures(report_of(planned(), say), Topic.TASKS))
    svg = svg_of(bars, "", "k")
    inside = ElementTree.fromstring(svg)
    _, _, width, height = map(float, inside.attrib["viewBox"].split())
    for one in inside.iter("{http://www.w3.org/2000/svg}rect"):
        assert 0 <= float(one.attrib["y"]) < height
        assert float(one.attrib["x"]) + float(one.attrib["width"]) <= width + 2
    assert svg.count('class="hw"') == 0  # the one node is reached
    pointed = [one.text for one in inside.iter("{http://www.w3.org/2000/svg}title")]
    assert pointed[1:] == [bar.told for one in bars.chart.groups for bar in one.bars]
    fan = pictures(report_of(planned(), say), Topic.CLAIMS)[2]
    years = ElementTree.fromstring(svg_of(fan, "", "k")).iter("{http://www.w3.org/2000/svg}title")
    assert [(one.text or "")[:4] for one in years][1:] == ["2024", "2025", "2026", "2027"]
    assert bars.alt in "".join(inside.itertext())


def test_where_room_is_short_charts_give_way_to_tables() -> None:
    sheets = list(meeting_sheets(report_of(planned(), ZH)))

    drawn = [
        [len(pictures(sheet, topic)) for topic in (Topic.CLAIMS, Topic.RANK, Topic.TASKS)]
        for sheet in sheets
    ]
    assert drawn == [[2, 1, 1], [0, 1, 1], [0, 0, 1], [0, 0, 0]]
    for topic in (Topic.CLAIMS, Topic.RANK, Topic.TASKS):
        assert texts(sheets[-1], topic) == texts(meeting_of(report_of(planned(), ZH)), topic)


def test_nothing_is_made_of_what_somebody_typed() -> None:
    odd = "<b>x</b> **y** [a](http://evil.example)"
    claims = (replace(CLAIMS[0], name=Names(odd, odd)),)
    drawn = NotedSchedule(8.5, (NotedLine(1, Names(odd, odd), (replace(PLACED, work=odd),)),))
    late = replace(TASKS, late=(replace(LATE[0], work=odd, unit=odd, due=odd),), schedule=drawn)
    typed = replace(PLAN, claims=claims, tasks=late, requests=(Request(odd, odd, odd),))
    report = report_of(planned(typed), ZH)

    for document in (html_of(report), slides_of(report), html_of(meeting_of(report))):
        assert "<b>x</b>" not in document
        assert "&lt;b&gt;x&lt;/b&gt; **y** [a](http://evil.example)" in document
        assert 'href="http' not in document
