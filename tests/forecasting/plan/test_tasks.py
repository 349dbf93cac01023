"""How far tasks are, and what it does that one fails."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from data.plan.outline import shipped_outline
from data.store.seed import read_seeds
from forecasting.figures.indicator import Inputs
from forecasting.figures.learner import read_learner
from forecasting.models.pool import predict
from forecasting.outlook.judge import Baseline, baseline_of
from forecasting.outlook.question import Question
from forecasting.plan.evidence import Evidence
from forecasting.plan.tasks import (
    Due,
    DueMark,
    Ledger,
    Node,
    StatusBasis,
    Task,
    TaskProgress,
    TaskStatus,
    failure,
    months_over,
    paced,
    progress,
    tally,
    without,
)
from forecasting.scenario.apply import apply
from forecasting.scenario.levers import LeverKind
from forecasting.scenario.model import Scenario
from forecasting.scenario.toml import read_scenario

YEAR = 2026
SEEDS = Path(__file__).resolve().parents[3] / "seeds"
AFTER_Q3 = date(2026, 9, 30)
JUNE, WHOLE = Due(text="6月底", day=date(2026, 6, 30)), Due(text="全年", day=date(2026, 12, 31))


def on(task: Task, today: date = AFTER_Q3, ledger: Ledger | None = None) -> TaskProgress:
    return progress(task, ledger or Ledger(), YEAR, today)


def whole(**told: object) -> Task:
    return Task(id="T", work="工作", due=WHOLE, **told)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("share", "status"),
    [
        (0.80, TaskStatus.AHEAD),
        (0.75, TaskStatus.ON_PACE),
        (0.747, TaskStatus.ON_PACE),  # 75% as it is rounded
        (0.74, TaskStatus.BEHIND),
        (None, TaskStatus.NOT_STARTED),
        (0.0, TaskStatus.NOT_STARTED),
    ],
)
def test_shares_are_held_against_months_by_twelve(share: float | None, status: TaskStatus) -> None:
    assert on(whole(share=share)).expected == 0.75
    assert on(whole(share=share)).status is status


def test_a_month_counts_once_it_is_over() -> None:
    days = [date(2026, 9, 29), AFTER_Q3, date(2026, 12, 30), date(2026, 12, 31), date(2027, 1, 1)]

    assert [months_over(YEAR, day) for day in days] == [8, 9, 11, 12, 12]
    assert months_over(YEAR, date(2025, 12, 31)) == 0


def test_an_edited_pace_and_an_early_due_date_change_what_is_expected() -> None:
    slow = Ledger(pace=(0.1, 0.2, 0.5, 1.0))

    assert on(whole(share=0.5), ledger=slow).status is TaskStatus.ON_PACE
    assert paced(slow.pace, 7) == pytest.approx(0.3)
    due_in_june = Task(id="T", work="工作", due=JUNE, share=0.5)
    assert on(due_in_june, date(2026, 3, 31)).status is TaskStatus.ON_PACE
    assert on(due_in_june).expected == 1.0


@pytest.mark.parametrize(
    "wish",
    [
        {"stated": TaskStatus.COMPLETED},
        {"note": "已全部完成"},
        {"finished": date(2026, 10, 1)},  # tomorrow
        {"evidence": (Evidence(name="验收单", day=date(2026, 10, 1), completes=True),)},
        {"share": 1.0, "share_day": date(2026, 12, 1)},
    ],
)
def test_a_wish_completes_nothing(wish: dict[str, object]) -> None:
    found = on(whole(**wish))

    assert found.status is TaskStatus.NOT_STARTED
    assert found.basis is StatusBasis.NOTHING
    assert found.late
    assert found.unproven == ("stated" in wish)


@pytest.mark.parametrize(
    ("record", "timing"),
    [
        ({"finished": date(2026, 6, 20)}, DueMark.CLOSED),
        ({"finished": date(2026, 7, 1)}, DueMark.CLOSED_LATE),
        ({"evidence": (Evidence(name="验收单", completes=True),)}, DueMark.CLOSED),
        ({"share": 1.0}, DueMark.CLOSED),
    ],
)
def test_a_record_or_evidence_completes(record: dict[str, object], timing: DueMark) -> None:
    task = Task(id="T", work="工作", due=JUNE, **record)  # type: ignore[arg-type]

    assert on(task).status is TaskStatus.COMPLETED
    assert on(task).timing is timing
    assert not on(task).late


def test_nodes_stand_before_the_pace() -> None:
    names = ("立项", "开工", "封顶", "投产")
    days = (date(2026, 3, 1), date(2026, 5, 1), date(2026, 8, 1), date(2026, 9, 1))

    def after(reached: int) -> TaskProgress:
        nodes = tuple(
            Node(quarter=place + 1, text=name, reached=days[place] if place < reached else None)
            for place, name in enumerate(names)
        )
        return on(whole(nodes=nodes))

    statuses = [after(reached).status for reached in range(5)]
    assert statuses == [
        TaskStatus.NOT_STARTED, TaskStatus.BEHIND, TaskStatus.BEHIND, TaskStatus.ON_PACE,
        TaskStatus.AHEAD,
    ]  # fmt: skip
    assert after(2).done == 0.5
    assert after(2).expected == 0.75


@pytest.mark.parametrize(
    ("share", "quarters", "today", "found"),
    [
        (0.05, (4,), AFTER_Q3, (TaskStatus.BEHIND, StatusBasis.SHARE, 0.75, True)),
        (0.80, (4,), AFTER_Q3, (TaskStatus.AHEAD, StatusBasis.SHARE, 0.75, False)),
        (0.0, (4,), AFTER_Q3, (TaskStatus.NOT_STARTED, StatusBasis.NOTHING, 0.75, True)),
        (0.4, (1, 2, 3, 4), date(2026, 3, 31), (TaskStatus.BEHIND, StatusBasis.NODES, 0.25, True)),
        (0.0, (1, 4), AFTER_Q3, (TaskStatus.NOT_STARTED, StatusBasis.NODES, 0.5, True)),
    ],
)
def test_a_share_is_held_against_the_pace_until_a_node_is_over_or_reached(
    share: float,
    quarters: tuple[int, ...],
    today: date,
    found: tuple[TaskStatus, StatusBasis, float, bool],
) -> None:
    nodes = tuple(Node(quarter=quarter, text="投产") for quarter in quarters)

    one = on(whole(share=share, nodes=nodes), today)

    assert (one.status, one.basis, one.expected, one.late) == found


def test_a_document_shows_that_a_task_has_begun_and_not_how_far_it_is() -> None:
    found = on(whole(evidence=(Evidence(name="会议纪要", day=date(2026, 2, 1)),)))

    assert (found.status, found.basis, found.done) == (
        TaskStatus.BEHIND,
        StatusBasis.EVIDENCE,
        None,
    )


@pytest.mark.parametrize(
    ("due", "timing"),
    [
        (JUNE, DueMark.OVERDUE),
        (WHOLE, DueMark.RUNNING),
        (Due(text="10月底", day=date(2026, 10, 30)), DueMark.DUE_SOON),
        (Due(text="长期", standing=True), DueMark.STANDING),
        (Due(text="立行立改"), DueMark.UNDATED),
    ],
)
def test_marks_are_by_date_alone(due: Due, timing: DueMark) -> None:
    for share in (None, 0.5, 0.9):
        assert on(Task(id="T", work="工作", due=due, share=share)).timing is timing


def test_a_task_of_two_lines_counts_under_both() -> None:
    tasks = [whole(lines=("a", "b"), share=0.9), whole(lines=("b",))]
    found = {one.key: one for one in tally(map(on, tasks), lambda task: task.lines)}

    assert {key: one.total for key, one in found.items()} == {"a": 1, "b": 2}
    assert found["b"].late == 1


def test_the_plan_has_nine_lines_and_counts_what_it_does_not_name() -> None:
    outline = shipped_outline()

    assert [line.number for line in outline.lines] == list(range(1, 10))
    assert len(outline.batches) == 5
    assert (outline.discussion.works, outline.discussion.links, len(outline.drives)) == (30, 10, 6)
    assert not {one.id for one in outline.drives} & {one.id for one in outline.lines} - {"party"}
    assert "54555" in {one.id for one in outline.named_only}


@pytest.fixture(scope="module")
def sample() -> tuple[Baseline, Scenario]:
    seeds = read_seeds(SEEDS)
    learner = read_learner((SEEDS / "learned_growth.json").read_bytes())
    known = Inputs(seeds.catalogue, seeds.targets, seeds.observations, (), learner)
    area = next(one for one in seeds.areas if one.synthetic)
    text = (SEEDS / "sample_scenarios" / "1_ledger.toml").read_text("utf-8")
    scenario = read_scenario(text, seeds.catalogue.indicators)
    return baseline_of(Question(area, YEAR), known, predict), scenario


def test_the_failure_of_a_task_is_the_scenario_without_its_project(
    sample: tuple[Baseline, Scenario],
) -> None:
    baseline, scenario = sample
    before = apply(baseline, scenario, partly=True).outlook
    for project in ("S02", "S06"):
        by_hand = replace(
            scenario, projects=tuple(one for one in scenario.projects if one.id != project)
        )
        alone = apply(baseline, by_hand, partly=True).outlook
        left = without(scenario, [whole(projects=(project,))])
        found = failure(before, apply(baseline, left, partly=True).outlook)

        assert len(by_hand.projects) == len(scenario.projects) - 1
        assert found.after == alone.all_clear.probability  # type: ignore[union-attr]
        assert found.change < 0
        assert found.chances
        chances = {one.indicator_id: one.probability for one in alone.verdicts}
        assert all(after == chances[indicator] for indicator, _, after in found.chances)


def test_a_project_is_found_by_its_name_and_a_lever_is_turned_back(
    sample: tuple[Baseline, Scenario],
) -> None:
    _, scenario = sample
    turned = replace(
        scenario, levers=(replace(scenario.levers[0], value=3.0), *scenario.levers[1:])
    )
    name = scenario.projects[0].name
    task = whole(projects=(name,), levers=(str(LeverKind.FIRMS_RAISED),))

    left = without(turned, [task])

    assert name not in {one.name for one in left.projects}
    assert [lever.value for lever in left.levers] == [0.0] * len(left.levers)
    assert without(turned, [whole()]) == turned


def test_effects_do_not_add_up(sample: tuple[Baseline, Scenario]) -> None:
    baseline, scenario = sample
    before = apply(baseline, scenario, partly=True).outlook
    tasks = [whole(projects=(one.id,)) for one in scenario.projects if one.in_trend is None]

    def change(*failing: Task) -> float:
        return failure(
            before, apply(baseline, without(scenario, failing), partly=True).outlook
        ).change

    alone = math.fsum(change(task) for task in tasks)
    assert change(*tasks) != pytest.approx(alone, abs=1e-3)
    assert change(*tasks) == change(*reversed(tasks))
