"""What a file of projects makes of the table, and the small arithmetic of the editor."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.projects.fields import YEARLY, Field
from data.projects.read import FieldOfYear, ProjectRow, ProjectsRead, id_of
from data.workbook.book import Place
from forecasting.figures.period import Quarter
from forecasting.scenario.apply import Applied
from forecasting.scenario.model import Scenario
from forecasting.scenario.projects import Project, Stage
from tests.ui.scenarios import applied, indicators
from tests.ui.speakers import ZH
from ui.outlook.sentences import plain
from ui.scenario.projects.forms import delays, from_now_on, new_id, trimmed
from ui.scenario.projects.import_file import taken_over
from ui.scenario.projects.sentences import (
    effects_by_project,
    headline,
    next_dates,
    since_saved,
    warnings,
)

EVERYTHING = frozenset((field, 0) for field in Field if field not in YEARLY)
A, B, C = (Project(id, name) for id, name in (("1", "甲"), ("2", "乙"), ("3", "丙")))


def file_of(*projects: Project, gives: frozenset[FieldOfYear] = EVERYTHING) -> ProjectsRead:
    rows = (
        ProjectRow(Place("", row, 1), project, gives) for row, project in enumerate(projects, 2)
    )
    return ProjectsRead(tuple(rows), ())


def test_a_picker_of_quarters_starts_at_the_one_that_is_open() -> None:
    year = [Quarter(2026, number) for number in (1, 2, 3, 4)]

    shown = from_now_on([*year, Quarter(2027, 1)], Quarter(2026, 3))

    assert shown == [year[2], year[3], Quarter(2027, 1), year[1], year[0]]


def test_merging_updates_by_id_adds_at_the_end_and_keeps_the_rest() -> None:
    newer = replace(B, output=3.0)

    taken = taken_over([A, B], file_of(C, newer), replacing=False)

    assert taken.projects == (A, newer, C)
    assert (taken.added, taken.changed, taken.removed, taken.same) == ((C,), ((B, newer),), (), 1)


def test_replacing_keeps_the_order_of_the_file_and_drops_the_rest() -> None:
    taken = taken_over([A, B], file_of(C, B), replacing=True)

    assert taken.projects == (C, B)
    assert (taken.added, taken.removed, taken.same) == ((C,), (A,), 1)


def test_a_file_without_ids_finds_projects_by_their_names() -> None:
    read = replace(A, id=id_of("甲"), output=2.0)

    taken = taken_over([A, B], file_of(read), replacing=False)

    assert taken.projects == (replace(A, output=2.0), B)


def test_names_that_several_have_find_nothing() -> None:
    twins = [replace(A, id="8"), replace(A, id="9")]
    read = replace(A, id=id_of("甲"))

    assert taken_over(twins, file_of(read), replacing=False).added == (read,)
    again = [replace(A, id=id_of("甲")), replace(A, id=id_of("甲") + "-2")]
    assert len(taken_over([A], file_of(*again), replacing=False).projects) == 3


@given(st.lists(st.sampled_from("甲乙丙丁"), unique=True), st.lists(st.sampled_from("甲乙丙丁戊")))
def test_taking_over_twice_changes_nothing_more(standing: list[str], read: list[str]) -> None:
    before = [Project(str(number), name) for number, name in enumerate(standing)]
    file = file_of(*(Project(id_of(name), name, output=1.0) for name in dict.fromkeys(read)))

    once = taken_over(before, file, replacing=False)

    assert not taken_over(once.projects, file, replacing=False).differs
    assert len({project.id for project in once.projects}) == len(once.projects)


def test_what_a_file_does_not_tell_stays_and_an_empty_cell_empties() -> None:
    standing = replace(
        A, output=2.0, tax=90.0, owner="招商局", completion=((2026, 1.0), (2027, 2.0), (2028, 3.0))
    )
    read = replace(A, output=5.0, completion=((2026, 1.5),))
    gives = frozenset(
        {
            (Field.OUTPUT, 0),
            (Field.OWNER, 0),
            (Field.COMPLETION, 2026),
            (Field.COMPLETION, 2027),
        }
    )

    (project,) = taken_over([standing], file_of(read, gives=gives), replacing=False).projects

    assert (project.output, project.tax, project.owner) == (5.0, 90.0, "")
    assert project.completion == ((2026, 1.5), (2028, 3.0))


def test_a_plan_is_the_date_of_the_start_until_that_is_known() -> None:
    now = Quarter(2026, 3)
    over, ahead = (replace(A, start_planned=Quarter(2026, quarter)) for quarter in (1, 4))
    plan_alone = frozenset({(Field.START_PLANNED, 0)})

    def started(read: Project, gives: frozenset[FieldOfYear], *standing: Project) -> object:
        taken = taken_over(standing, file_of(read, gives=gives), replacing=False, now=now)
        return taken.projects[0].started

    assert started(ahead, plan_alone) == started(ahead, EVERYTHING) == Quarter(2026, 4)
    assert started(over, plan_alone) == Quarter(2026, 1)
    # The file has a place for the actual start, and it is empty.
    assert started(over, EVERYTHING) is None
    # It moves with the plan; what has started otherwise does not.
    assert started(ahead, plan_alone, replace(over, started=over.start_planned)) == Quarter(2026, 4)
    assert started(ahead, plan_alone, replace(over, started=Quarter(2026, 2))) == Quarter(2026, 2)


def test_new_numbers_are_free() -> None:
    assert new_id([]) == "01"
    assert new_id([Project("02")]) == "03"
    assert new_id([Project("03"), Project("04")]) == "05"


def test_a_ramp_ends_where_it_only_goes_on() -> None:
    assert trimmed([0.3, 1.0, 1.0, 1.0]) == (0.3, 1.0)
    assert trimmed([1.0, 1.0]) == (1.0,)
    assert trimmed([0.5, 1.0, 0.5, 1.0]) == (0.5, 1.0, 0.5, 1.0)


def test_delays_fill_up_to_one_or_are_refused() -> None:
    assert delays([0.3, 0.1, 0.0, 0.0]) == (0.6, 0.3, 0.1)
    assert delays([0.0, 0.0]) == (1.0,)
    assert delays([0.7, 0.3]) == (0.0, 0.7, 0.3)
    assert delays([0.7, 0.4]) is None


def test_next_dates_name_the_quarters_ahead_and_what_comes_in_each() -> None:
    project = Project(
        "1",
        started=Quarter(2026, 2),
        recorded=Quarter(2026, 3),
        producing=Quarter(2026, 3),
        counted=Quarter(2027, 1),
    )

    now = Quarter(2026, 3)
    assert next_dates(project, now, 2026, ZH) == "三季度入库、投产，2027年一季度入统"
    assert next_dates(Project("1"), now, 2026, ZH) == ""
    wanted = Project("1", start_planned=Quarter(2026, 4))
    assert next_dates(wanted, now, 2026, ZH) == "四季度计划开工"
    assert next_dates(replace(wanted, started=Quarter(2026, 2)), now, 2026, ZH) == ""


@pytest.mark.parametrize(
    ("project", "told"),
    [
        (Project("1", started=Quarter(2026, 4), producing=Quarter(2026, 3)), "投产早于开工"),
        (Project("1", total_investment=1.0, completion=((2027, 2.0),)), "超过总投资1亿元"),
        (
            Project("1", start_planned=Quarter(2026, 4), producing=Quarter(2026, 3)),
            "投产早于计划开工",
        ),
        (Project("1", completion=((2026, 2.0),), certain=True), "年内投资不会计入"),
        (Project("1", completion=((2026, 2.0),)), "按三季度开工、以开工的概率计入"),
        (Project("1", completion=((2026, 2.0),), stage=Stage.STARTED), "按已开工计入"),
        (
            Project("1", completion=((2026, 2.0),), start_planned=Quarter(2027, 1)),
            "2027年一季度才开工，2026年的计划投资不会计入",
        ),
        (
            Project("1", started=Quarter(2026, 1), completion=((2026, 2.0),)),
            "没有入库时间，按开工时间计入，请补填。",
        ),
        (Project("1", output=2.0), "没有入统时间"),
        (Project("1", tax=2.0), "没有投产时间"),
    ],
)  # fmt: skip
def test_what_looks_wrong_is_told(project: Project, told: str) -> None:
    (line,) = warnings(project, 2026, Quarter(2026, 3), Quarter(2026, 3), ZH)

    assert told in line


def test_a_sound_project_has_no_warnings() -> None:
    sound = Project(
        "1",
        total_investment=3.0,
        recorded=Quarter(2026, 2),
        producing=Quarter(2026, 3),
        counted=Quarter(2026, 3),
        completion=((2026, 3.0),),
        output=1.0,
        tax=1.0,
    )

    assert list(warnings(sound, 2026, Quarter(2026, 3), Quarter(2026, 3), ZH)) == []


def test_the_difference_to_what_is_saved_is_counted_and_the_dropped_are_named() -> None:
    saved = Scenario(projects=(A, B))
    now = Scenario(projects=(replace(A, output=1.0), C))

    assert since_saved(saved, now, "加快建设", ZH) == (
        "与已保存的“加快建设”相比：改动1个，新增1个，移出乙。"
    )
    assert since_saved(saved, saved, "加快建设", ZH) == ""


def investing(amount: float) -> Applied:
    project = Project("1", recorded=Quarter(2026, 3), completion=((2026, amount),))
    return applied(Scenario(projects=(project,)))


def test_the_headline_adds_up_what_all_projects_bring() -> None:
    found = investing(2.0)

    (effects,) = effects_by_project(found).values()
    told = plain(headline(found, indicators(), ZH)).replace("|", "")
    assert told.startswith("台账共1个项目，2026年计划完成投资2亿元，预计拉动工业投资")
    assert f"{sum(effects[0].points):.1f}个百分点" in told


def test_projects_without_effect_are_told_so() -> None:
    told = plain(headline(applied(Scenario(projects=(A,))), indicators(), ZH)).replace("|", "")

    assert told.endswith("对当年各项指标没有影响。")
