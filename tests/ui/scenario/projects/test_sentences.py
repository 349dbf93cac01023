"""Pages say the words that files say, and every problem of a table in a sentence."""

from __future__ import annotations

import pytest

from data.projects import fields
from data.projects.problems import Code, ProjectProblem
from forecasting.figures.spelling import in_language
from forecasting.scenario.projects import Stage
from tests.ui.speakers import EN, SPEAKERS, ZH
from ui.language import Speaker, catalogue
from ui.scenario.projects import sentences

LANGUAGES = pytest.mark.parametrize("say", SPEAKERS)


@LANGUAGES
def test_files_and_pages_head_columns_alike(say: Speaker) -> None:
    on_pages = {field: say(f"projects.column.{field}", year=2027) for field in fields.Field}

    assert on_pages == {
        field: in_language(field.head, say.language).format(year=2027) for field in fields.Field
    }


@LANGUAGES
def test_files_and_pages_call_stages_alike(say: Speaker) -> None:
    on_pages = {stage: say(f"projects.stage.{stage}") for stage in Stage}

    in_files = {
        stage: in_language(words.name, say.language) for stage, words in fields.STAGES.items()
    }

    assert on_pages == in_files


@LANGUAGES
def test_every_code_has_its_sentence_and_no_other_has_one(say: Speaker) -> None:
    prefix = "projects.problem."
    keys = {key.removeprefix(prefix) for key in catalogue(say.language) if key.startswith(prefix)}

    assert keys == set(Code)


def test_a_problem_says_where_it_is_and_what_to_do() -> None:
    cell = ProjectProblem(Code.QUARTER_UNCLEAR, "在建", 9, 8, "开工时间", "2026.1")
    row = ProjectProblem(Code.DUPLICATE_NAME, "在建", 9, found="A厂", other="4")
    column = ProjectProblem(Code.YEAR_OF_TITLE, "在建", 0, 5, "年度计划投资", other="2026")
    sheet = ProjectProblem(Code.HIDDEN_SHEET, "旧表")

    assert sentences.problem(cell, ZH) == (
        "第9行“开工时间”：读到“2026.1”，分不清是1月还是10月：请写成2026年1月或2026年10月"
    )
    assert sentences.problem(row, ZH, with_sheet=True) == (
        "工作表“在建”第9行：“A厂”与第4行项目名称相同，请核对是否重复填报"
    )
    assert sentences.problem(column, ZH) == (
        "“年度计划投资”列：表头没有注明年份，已按标题中的2026年读入"
    )
    assert sentences.problem(sheet, ZH) == (
        "工作表“旧表”：已隐藏，未读入；需要读入的，请取消隐藏后重新上传"
    )
    assert sentences.problem(ProjectProblem(Code.NO_TABLE), EN).startswith("No table")


def test_what_stands_in_a_file_is_shown_as_it_is() -> None:
    found = ProjectProblem(Code.STAGE, row=2, column=3, head="*阶段*", found="[点我](http://x)")

    told = sentences.problem(found, ZH)

    assert r"\*阶段\*" in told
    assert "[点我](" not in told


def test_a_rate_is_a_percentage_and_a_dash_without_a_base() -> None:
    assert sentences.rate(10 / 17, ZH) == "58.8%"
    assert sentences.rate(None, ZH) == "—"
