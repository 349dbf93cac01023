"""The workbook holds the very numbers of the issue, no formula, and opens as it was written."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from functools import cache
from hashlib import sha256
from io import BytesIO

import openpyxl
import pytest
from openpyxl.cell import Cell
from openpyxl.workbook import Workbook

from forecasting.figures.period import Month, Quarter, quarters_between
from forecasting.issues.snapshot import GrowthToDate
from forecasting.outlook.quantiles import QUANTILE_LEVELS
from forecasting.scenario.unseen import UnseenGrowth
from tests.ui.outlooks import make_outlook, make_verdict
from tests.ui.report.issues import EXAMPLE, issues
from tests.ui.report.snapshots import make_snapshot
from tests.ui.report.test_plan import PLAN
from tests.ui.speakers import SPEAKERS, ZH
from ui.language import Speaker
from ui.report.document.blocks import Topic
from ui.report.render.excel import figures_of

CASES = [(name, say) for name in issues() for say in SPEAKERS]
MARKS = ("模拟数据",)


@cache
def file(name: str, say: Speaker) -> bytes:
    return figures_of(issues()[name], say, MARKS, digest=sha256(EXAMPLE.read_bytes()).hexdigest())


def book(name: str, say: Speaker) -> Workbook:
    return openpyxl.load_workbook(BytesIO(file(name, say)))


def rows(name: str, sheet: str, say: Speaker = ZH) -> list[tuple[object, ...]]:
    """Return the rows of a sheet below its head, by the key of its name."""
    found = book(name, say)[say(f"sheets.{sheet}")]
    return list(found.iter_rows(min_row=2, values_only=True))


SHEETS = {
    Topic.NOTE: "about",
    Topic.LIGHTS: "verdicts",
    Topic.WEAKEST: "fan",
    Topic.CHANGE: "together",
    Topic.FIGURES: "verdicts",
    Topic.ASSUMED: "assumed",
    Topic.BRIEF: "brief",
    Topic.NEXT: "next",
    Topic.CLAIMS: "claims",
    Topic.RANK: "rank",
    Topic.TASKS: "tasks",
    Topic.REQUESTS: "requests",
    Topic.RECORD: "together",
    Topic.PRINT: "about",
}
"""Where the figures of a part of the report are."""
LEFT_OUT = {Topic.TODAY}
"""Parts that are no part of the issue: a file holds what was issued."""


def test_the_figures_of_every_part_are_there() -> None:
    assert {*SHEETS, *LEFT_OUT} == set(Topic)
    assert not LEFT_OUT & SHEETS.keys()
    names = {*book("full", ZH).sheetnames, *book("scenario", ZH).sheetnames}
    told = figures_of(replace(issues()["full"], plan=PLAN), ZH)
    names |= {*openpyxl.load_workbook(BytesIO(told)).sheetnames}
    assert {ZH(f"sheets.{key}") for key in SHEETS.values()} <= names


@pytest.mark.parametrize(("name", "say"), CASES)
def test_every_sheet_opens_and_no_cell_is_a_formula(name: str, say: Speaker) -> None:
    cells = [
        cell
        for sheet in book(name, say).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell, Cell)
    ]

    assert len(cells) > 10
    assert {cell.data_type for cell in cells} <= {"n", "s"}


@pytest.mark.parametrize("name", issues())
def test_verdicts_are_the_numbers_of_the_issue(name: str) -> None:
    outlook = issues()[name].outlook
    if name != "nothing":
        assert outlook.verdicts
    told = rows(name, "verdicts")

    assert len(told) == len(outlook.verdicts) + len(outlook.excluded)
    for row, verdict in zip(told, outlook.verdicts, strict=False):
        assert row[2] == verdict.target.threshold
        assert row[5] == verdict.probability
        assert row[6:13] == verdict.quantiles
        pace = verdict.pace
        wanted = (
            (None,) * 5
            if pace is None
            else (pace.first_quarter, pace.average, pace.shown, pace.reached, pace.windows)
        )
        assert row[13:18] == wanted


def test_a_year_known_inside_has_no_light_and_nothing_weakest() -> None:
    flash = make_verdict(1.0, ytd=(9.0, 8.8, 8.4, 8.1), median=8.1, flash=True)
    issue = make_outlook(1.0, flash)
    written = openpyxl.load_workbook(BytesIO(figures_of(make_snapshot(issue), ZH)))
    _, first = written["各项研判"].iter_rows(values_only=True)
    told = [row[0] for row in written["总体"].iter_rows(values_only=True)]

    assert first[4] == ""
    assert "短板" not in told
    assert "短板" in [row[0] for row in rows("full", "together")]


@pytest.mark.parametrize("say", SPEAKERS)
def test_what_has_no_verdict_says_why(say: Speaker) -> None:
    *_, last = rows("full", "verdicts", say)

    assert last[5] is None
    assert isinstance(last[18], str)


@pytest.mark.parametrize("name", ["full", "published", "example"])
def test_paths_are_what_is_known_and_the_quantiles_ahead(name: str) -> None:
    outlook = issues()[name].outlook
    told = rows(name, "fan")

    known = [row[2] for row in told if row[2] is not None]
    ahead = [row[3:10] for row in told if row[2] is None]
    years = quarters_between(Quarter(outlook.year - 1, 1), Quarter(outlook.year, 4))
    values = [v.history.ytd_at(quarter) for v in outlook.verdicts for quarter in years]
    wanted = [value for value in values if math.isfinite(value)]
    assert wanted
    assert known == wanted
    assert ahead == [point.quantiles for verdict in outlook.verdicts for point in verdict.fan]
    assert len(QUANTILE_LEVELS) == 7


def test_all_together_holds_chance_change_and_record() -> None:
    issue = issues()["full"]
    together, change = issue.outlook.all_clear, issue.change
    assert together is not None
    assert together.weakest is not None
    assert change is not None

    shares = [row[1] for row in rows("full", "together")]

    assert shares == [
        together.probability,
        None,
        together.independent,
        None,
        together.weakest.probability_if_cleared,
        change.before,
        *(None for _ in change.terms),
        change.now,
        *(past.p_all for past in issue.record),
    ]


def test_a_change_of_a_probability_is_in_points_and_no_percentage() -> None:
    """Ten points less are no −10%: the column is not formatted as the shares beside it."""
    issue = issues()["full"]
    together, change = issue.outlook.all_clear, issue.change
    assert together is not None
    assert change is not None
    sheet = book("full", ZH)[ZH("sheets.together")]

    moved = [cell for cell in sheet["C"][1:] if cell.value is not None]
    wanted = [together.error, *(term.change or 0.0 for term in change.terms)]
    assert [cell.value for cell in moved] == pytest.approx([value * 100 for value in wanted])
    assert not any("%" in cell.number_format for cell in moved)
    assert all("%" in cell.number_format for cell in sheet["B"][1:])
    assert sheet["C1"].value == "变化（百分点）"


def test_the_terms_of_a_change_still_sum_to_it() -> None:
    change = issues()["example"].change
    assert change is not None
    assert change.before is not None
    assert change.now is not None
    told = rows("example", "together")
    place = [row[1] for row in told].index(change.before)
    terms = [row[2] for row in told[place + 1 : place + 1 + len(change.terms)]]

    assert told[place + 1 + len(change.terms)][1] == change.now
    points = (change.now - change.before) * 100
    assert sum(float(str(term)) for term in terms) == pytest.approx(points, abs=1e-9)


def test_assumptions_are_told_with_their_effects() -> None:
    scenario = issues()["scenario"].scenario
    assert scenario is not None
    told = rows("scenario", "assumed")

    points = [row[5] for row in told if row[5] is not None]
    wanted = [effect.points for entry in scenario.entries for effect in entry.effects]
    wanted += [e.points for e in scenario.projects.effects if e.points is not None]
    assert points == wanted
    assert "assumed" not in [sheet.title for sheet in book("full", ZH).worksheets]


def test_a_sum_of_too_few_projects_stays_untold() -> None:
    few = ZH("report.assumed_few")

    (row,) = [row for row in rows("scenario", "assumed") if row[7] == few]
    assert row[5] is None


def test_an_effect_that_is_left_out_has_a_reason_and_no_figure() -> None:
    scenario = issues()["guarded"].scenario
    assert scenario is not None
    untold = [e for entry in scenario.entries for e in entry.effects if e.points is None]
    told = rows("guarded", "assumed")

    reasons = [row for row in told if row[7] and "以免推算出单个企业的数据" in str(row[7])]
    assert len(reasons) == len(untold) > 0
    below = [row for row in told if row[7] == ZH("report.assumed_few_below")]
    assert len(below) == 1
    assert {(row[5], row[6]) for row in (*reasons, *below)} == {(None, None)}


@pytest.mark.parametrize("name", ["full", "example"])
def test_how_things_stand_is_told_in_numbers(name: str) -> None:
    for row, line in zip(rows(name, "brief"), issues()[name].brief, strict=True):
        assert row[0] == ZH.name(line.name)
        assert row[2] == line.level
        assert row[4] == line.latest.growth
        assert row[6] == (line.before.growth if line.before else None)
        assert row[8] == (line.above.growth if line.above else None)
        assert row[9] == line.progress.gap
        assert row[10] == line.progress.share


def test_a_figure_of_last_year_is_held_against_no_target_of_this_one() -> None:
    issue = issues()["full"]
    old = replace(issue.brief[0], latest=GrowthToDate(Month(2025, 12), 2.7))
    content = figures_of(replace(issue, brief=(old, *issue.brief[1:])), ZH)

    sheet = openpyxl.load_workbook(BytesIO(content))[ZH("sheets.brief")]
    first, second, *_ = sheet.iter_rows(min_row=2, values_only=True)
    assert (first[9], first[10]) == (None, None)
    assert None not in (second[9], second[10])


@pytest.mark.parametrize("say", SPEAKERS)
def test_it_says_what_it_was_made_from(say: Speaker) -> None:
    told = dict(rows("example", "about", say))
    issue = issues()["example"]

    assert told[say("sheets.digest")] == sha256(EXAMPLE.read_bytes()).hexdigest()
    assert told[say("sheets.seed")] == issue.provenance.seed
    assert told[say("sheets.engine")] == issue.provenance.engine
    number = say("report.number_practice_scenario", number=issue.issue.number)
    assert told[say("sheets.number")] == number
    assert told[say("sheets.issuer")] == issue.issue.issuer


@pytest.mark.parametrize(("name", "say"), CASES)
def test_the_marks_go_along_with_every_row(name: str, say: Speaker) -> None:
    first, *others = book(name, say).worksheets

    assert MARKS[0] in [row[1] for row in first.iter_rows(values_only=True)]
    for sheet in others:
        for row in list(sheet.iter_rows(values_only=True))[1:]:
            assert row[-1] == MARKS[0]


@pytest.mark.parametrize("say", SPEAKERS)
def test_rows_under_a_scenario_are_stamped_and_the_baseline_s_come_first(say: Speaker) -> None:
    unseen = (UnseenGrowth("investment", None, 25.3, 18.1, 10),)
    issue = issues()["scenario"]
    assert issue.scenario is not None
    started, tax = issue.scenario.entries
    entries = (tax, replace(started, certain=True))
    scenario = replace(issue.scenario, unseen=unseen, entries=entries)
    mark = say("report.scenario")
    content = figures_of(replace(issue, scenario=scenario), say, (mark,))
    sheets = {
        sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)]
        for sheet in openpyxl.load_workbook(BytesIO(content)).worksheets
    }

    for name in ("verdicts", "fan", "assumed"):
        assert {row[-1] for row in sheets[say(f"sheets.{name}")][1:]} == {mark}
    together = sheets[say("sheets.together")]
    assert [row[:2] for row in together[1:3]] == [
        [say("sheets.baseline"), 0.38],
        [say("sheets.in_scenario", text=say("sheets.all_probability")), 0.62],
    ]
    assert {row[4] for row in sheets[say("sheets.verdicts")][1:]} == {""}  # the lights
    about = dict(row[:2] for row in sheets[say("sheets.about")])
    assert about[say("sheets.assumed_as")] == say("lines.given")
    assert "25.3%" in str(about[say("sheets.unseen")])
    pin, started, *_ = sheets[say("sheets.assumed")][1:]
    assert (pin[8], started[8]) == (None, say("sheets.yes"))


def test_figures_without_a_mark_have_no_column_for_it() -> None:
    plain = openpyxl.load_workbook(BytesIO(figures_of(issues()["full"], ZH)))

    heads = [cell.value for sheet in plain.worksheets[1:] for cell in sheet[1]]
    assert ZH("sheets.mark") not in heads


def test_a_text_too_long_for_a_cell_goes_on_in_the_next() -> None:
    told = rows("odd", "about")
    start = next(place for place, row in enumerate(told) if row[0] == ZH("sheets.note"))

    parts = [str(told[start][1])]
    for row in told[start + 1 :]:
        if row[0]:
            break
        parts.append(str(row[1]))
    assert len(parts) > 1
    assert "".join(parts).count("长") == 40_000


@pytest.mark.parametrize(("name", "say"), CASES)
def test_the_same_figures_are_the_same_bytes(name: str, say: Speaker) -> None:
    again = figures_of(issues()[name], say, MARKS, digest=sha256(EXAMPLE.read_bytes()).hexdigest())

    assert again == file(name, say)


SHOWN = re.compile(r"0\.0|0\.00|0\.0%|#,##0(\.0)?")


@pytest.mark.parametrize("name", ["full", "example", "reference"])
def test_no_number_is_shown_with_the_dust_of_a_computer(name: str) -> None:
    for sheet in book(name, ZH).worksheets:
        for row in sheet.iter_rows(min_row=2):
            for cell in row:
                if isinstance(cell.value, float) and not cell.value.is_integer():
                    assert SHOWN.fullmatch(cell.number_format), (sheet.title, cell.coordinate)


def test_the_verdicts_are_printed_on_two_pages_that_can_be_read() -> None:
    sheet = book("example", ZH)[ZH("sheets.verdicts")]

    assert sheet.page_setup.orientation == "landscape"
    assert 60 <= sheet.page_setup.scale <= 100
    assert [one.id for one in sheet.col_breaks.brk] == [13]
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.print_title_cols == "$A:$A"
    assert sheet.cell(1, 14).value == ZH("sheets.pace_first")
    assert MARKS[0] in sheet.oddHeader.right.text
    printed = str(sheet.print_area)
    assert f"${sheet.cell(1, sheet.max_column - 1).column_letter}$" in printed
    assert f"${sheet.cell(1, sheet.max_column).column_letter}$" not in printed  # the marks
