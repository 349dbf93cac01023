"""Exports and templates: what a spreadsheet shows, no formula, and no word too few."""

from __future__ import annotations

import dataclasses
import io

import openpyxl
import pytest
from hypothesis import given, settings
from openpyxl.worksheet.worksheet import Worksheet

from data.projects.fields import REFERENCE_CLASSES, STAGES, Field
from data.projects.problems import Code
from data.projects.read import id_of
from data.projects.write import (
    delay_text,
    export_projects,
    export_projects_csv,
    percentage,
    projects_template,
    ramp_text,
)
from forecasting.figures.period import Quarter
from forecasting.scenario.model import Scenario
from forecasting.scenario.projects import Project, Stage
from forecasting.scenario.reference_class import PROJECT_CLASSES
from forecasting.scenario.toml import read_scenario, write_scenario
from tests.data.projects.drawn import PROJECTS
from tests.data.projects.sheets import pasted, reading, told

LANGUAGES = pytest.mark.parametrize("language", ["zh", "en"])
PLANT = Project(
    id="p1",
    name="铸件厂",
    stage=Stage.STARTED,
    total_investment=12.0,
    started=Quarter(2026, 3),
    completion=((2026, 5.0), (2027, 7.0)),
    ramp=(0.5, 1.0),
    start_probability=0.7,
    delay=(0.6, 0.3, 0.1),
)


def sheets(content: bytes) -> list[Worksheet]:
    return openpyxl.load_workbook(io.BytesIO(content)).worksheets


def cells(sheet: Worksheet, row: int) -> dict[object, object]:
    """Return the cells of a row by the head of their column."""
    return {head.value: cell.value for head, cell in zip(sheet[1], sheet[row], strict=True)}


def test_a_row_is_written_as_a_planning_office_writes_it() -> None:
    row = cells(sheets(export_projects([PLANT]))[0], 2)

    assert {head: cell for head, cell in row.items() if cell is not None} == {
        "项目编号": "p1",
        "项目名称": "铸件厂",
        "阶段": "开工在建",
        "总投资(亿元)": 12,
        "开工时间": "2026年三季度",
        "2026年计划投资(亿元)": 5,
        "2027年计划投资(亿元)": 7,
        "增加值率": 0.186,
        "产能爬坡": "第1季50%;第2季100%",
        "地方留成比例": 0.375,
        "是否工业项目": "是",
        "开工概率": 0.7,
        "延期概率": "0季60%;1季30%;2季10%",
        "是否全部按计划到位": "否",
    }


def test_years_asked_for_have_a_column_without_an_amount() -> None:
    content = export_projects([PLANT], years=(2028,))

    assert cells(sheets(content)[0], 2)["2028年计划投资(亿元)"] is None
    assert reading(content).projects == (PLANT,)


def test_the_head_stays_and_shares_are_shown_as_percentages() -> None:
    sheet = sheets(export_projects([PLANT]))[0]

    formats = {
        head.value: cell.number_format for head, cell in zip(sheet[1], sheet[2], strict=True)
    }
    assert sheet.freeze_panes == "A2"
    assert {head for head, form in formats.items() if form == "0.0%"} == {
        "增加值率",
        "地方留成比例",
        "开工概率",
    }


@LANGUAGES
def test_a_second_sheet_explains_every_column(language: str) -> None:
    table, guide = sheets(export_projects([PLANT], language))

    explained = [row[0].value for row in guide.iter_rows(min_row=2)]
    assert explained == [cell.value for cell in table[1]]
    assert all(row[1].value for row in guide.iter_rows(min_row=2))
    assert all(row[1].alignment.wrap_text for row in guide.iter_rows(min_row=2))


def test_every_stage_has_words_and_all_of_a_project_a_column() -> None:
    assert list(STAGES) == list(Stage)
    fields = {it.name for it in dataclasses.fields(Project)}
    # Whether the trend carries a project depends on today; the share of its yearly plan is a
    # judgement with a range, which the page asks for.
    assert set(Field) == fields - {"in_trend", "plan_share"}
    assert tuple(REFERENCE_CLASSES) == PROJECT_CLASSES


@pytest.mark.parametrize(
    "text", ['=HYPERLINK("http://x")', "+1", "-1+2", "@SUM(A1)", "'=1", "''+1"]
)
def test_no_text_becomes_a_formula(text: str) -> None:
    project = Project(id="p1", name="甲", blocking=text)

    content = export_projects([project])
    as_text = export_projects_csv([project])

    cell = next(cell for cell in sheets(content)[0][2] if cell.value == text)
    assert cell.data_type == "s"
    written = as_text.decode("utf-8-sig").splitlines()[1]
    assert "'" + text.replace('"', '""') in written
    assert reading(content).projects == reading(as_text).projects == (project,)


def test_equal_projects_make_equal_bytes() -> None:
    assert export_projects([PLANT]) == export_projects([PLANT])


@LANGUAGES
def test_a_template_is_read_as_no_project_until_it_is_filled_in(language: str) -> None:
    content = projects_template(2027, language)

    found = reading(content)

    assert found.projects == ()
    assert told(found) == [(Code.EXAMPLE_ROW, 2, 0)]
    assert found.to_mend == ()


def test_what_is_filled_into_a_template_is_read() -> None:
    book, file = openpyxl.load_workbook(io.BytesIO(projects_template(2027))), io.BytesIO()
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    for head, value in (("项目名称", "铸件厂"), ("2028年计划投资(亿元)", 3), ("阶段", "投产")):
        sheet.cell(3, heads.index(head) + 1).value = value
    book.save(file)

    assert reading(file.getvalue()).projects == (
        Project(
            id=id_of("铸件厂"), name="铸件厂", stage=Stage.PRODUCING, completion=((2028, 3.0),)
        ),
    )


@LANGUAGES
def test_the_example_of_a_template_has_nothing_to_mend(language: str) -> None:
    book, file = openpyxl.load_workbook(io.BytesIO(projects_template(2027, language))), io.BytesIO()
    book.worksheets[0].cell(2, 1).value = "p1"
    book.save(file)

    found = reading(file.getvalue())

    assert found.problems == ()
    (project,) = found.projects
    assert project.completion == ((2027, 2.0), (2028, 3.0))
    assert (project.delay, project.start_probability) == ((0.6, 0.3, 0.1), 0.7)


def test_stages_are_chosen_from_a_list() -> None:
    sheet = sheets(projects_template(2027))[0]

    lists = [it.formula1 for it in sheet.data_validations.dataValidation]
    assert f'"{",".join(words.name.zh for words in STAGES.values())}"' in lists


def test_shares_are_written_to_the_last_digit() -> None:
    assert percentage(0.186) == "18.6%"
    assert percentage(1.0) == "100%"
    assert percentage(0.1234567890123) == "12.34567890123%"
    assert delay_text((0.6, 0.4), "en") == "0Q 60%; 1Q 40%"
    assert ramp_text((0.5, 1.0), "en") == "1Q 50%; 2Q 100%"


def test_an_id_made_from_the_name_stays_however_it_is_spaced() -> None:
    assert id_of("铸件 项目（一期）") == id_of("铸件项目(一期)") != id_of("铸件项目(二期)")


def test_projects_of_one_name_are_told_and_both_read() -> None:
    found = pasted("项目名称|责任单位\n铸件厂|商务局\n铸件厂|财政局")

    assert [project.id for project in found.projects] == [id_of("铸件厂"), id_of("铸件厂") + "-2"]
    assert [(it.code, it.row, it.other) for it in found.problems] == [(Code.DUPLICATE_NAME, 3, "2")]
    assert [project.owner for project in found.without_repeated().projects] == ["商务局"]


def test_projects_of_one_name_with_numbers_of_their_own_are_two() -> None:
    found = pasted("项目编号|项目名称\n1|铸件厂\n2|铸件厂")

    assert found.without_repeated() == found


def test_an_id_that_is_taken_is_told_and_another_given() -> None:
    found = pasted("项目编号|项目名称\n1|甲\n1|乙\n|丙")

    assert [project.id for project in found.projects] == ["1", id_of("乙"), id_of("丙")]
    assert [(it.code, it.row, it.other) for it in found.problems] == [(Code.DUPLICATE_ID, 3, "2")]


@given(project=PROJECTS)
@settings(max_examples=50, deadline=None)
def test_whatever_a_table_may_say_a_scenario_holds(project: Project) -> None:
    scenario = Scenario(projects=(project,))

    assert read_scenario(write_scenario(scenario), ()) == scenario


def test_an_id_made_from_a_name_takes_none_that_a_later_row_has() -> None:
    made = id_of("甲")

    found = pasted(f"项目编号|项目名称\n|甲\n{made}|乙")

    assert [project.id for project in found.projects] == [f"{made}-2", made]
    assert found.problems == ()
