"""The screens of a report for a meeting room: what is on which, and that nothing is left out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.ui.report.issues import issues
from tests.ui.speakers import SPEAKERS, ZH
from ui.language import Speaker
from ui.report.document.blocks import FigureTable, Lights, Paragraph, Topic
from ui.report.document.compose import report_of
from ui.report.render.slides import ROWS, screens_of, slides_of


@pytest.mark.parametrize("say", SPEAKERS)
@pytest.mark.parametrize("name", ["full", "scenario", "crowded", "nothing"])
def test_every_line_and_every_row_is_on_a_screen(name: str, say: Speaker) -> None:
    report = report_of(issues()[name], say)
    screens = screens_of(report)

    said = [one.block.text for one in screens if isinstance(one.block, Paragraph)]
    assert said[: len(report.lines) - 1] == list(report.lines[1:])
    parts = [one.block for one in screens if isinstance(one.block, (Lights, FigureTable))]
    assert all(1 <= len(part.rows) <= ROWS for part in parts)
    section = report.section(Topic.LIGHTS)
    whole = [block for block in (section.blocks if section else ()) if isinstance(block, Lights)]
    shown = [row for part in parts if isinstance(part, Lights) for row in part.rows]
    assert shown == [row for block in whole for row in block.rows]


def test_what_must_stand_on_a_page_stands_on_every_screen() -> None:
    report = replace(report_of(issues()["full"], ZH), marks=("模拟数据", "内部资料"))
    document = slides_of(report)

    screens = document.count("<section")
    assert screens == len(screens_of(report)) + 1 > 8
    for mark in report.marks:
        assert document.count(f'<span class="stamp">{mark}</span>') == screens
    assert document.count(report.number) >= screens
    assert "<script" not in document
    assert "http" not in document.replace("http://www.w3.org/2000/svg", "")
