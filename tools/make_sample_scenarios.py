"""Make the saved scenarios of the sample zone: invented, marked so by name, the same every time.

    python -m tools.make_sample_scenarios

One holds a ledger with a project of every stage and class, and what the levers need that only
a zone knows; the other adds a push in the second half of the year.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from forecasting.figures.period import Quarter
from forecasting.scenario.levers import Lever, LeverKind
from forecasting.scenario.model import Scenario
from forecasting.scenario.projects import Project, Stage, carried
from forecasting.scenario.toml import write_scenario

FOLDER = Path(__file__).resolve().parents[1] / "seeds" / "sample_scenarios"
OWN_NUMBERS = (
    (LeverKind.FIRMS_RAISED, "own_growth", 0.15),
    (LeverKind.TOP_FIRMS_OUTPUT, "weight", 0.55),
    (LeverKind.STOPPAGE, "weight", 0.3),
    (LeverKind.FOREIGN_CAPITAL, "probability", 0.5),
    (LeverKind.FREIGHT_TRAINS, "value_per_train", 0.08),
    (LeverKind.LAND_SUPPLY, "intensity", 0.025),
)
"""What only a zone knows, as the sample zone assumes it."""
Q = Quarter


def ledger() -> tuple[Project, ...]:
    """Return the ledger: what is under way is in the trend, what is not adds to it."""
    office = "项目服务部（模拟）"
    return (
        Project(
            "S01", "模拟·智能铸造产业园", Stage.INTRODUCED, 6.0, signed=Q(2026, 2),
            completion=((2026, 0.6), (2027, 3.0)), output=8.0, blocking="用地", owner=office,
        ),
        Project(
            "S02", "模拟·医药中间体扩建", Stage.INTRODUCED, 2.4, signed=Q(2025, 4),
            started=Q(2026, 3), recorded=Q(2026, 3), start_planned=Q(2026, 3),
            completion=((2026, 0.7), (2027, 1.5)), output=3.6, blocking="环评", owner=office,
        ),
        carried(Project(
            "S03", "模拟·装备部件扩能", Stage.STARTED, 3.2, signed=Q(2025, 3),
            started=Q(2026, 1), recorded=Q(2026, 2), start_planned=Q(2026, 1),
            completion=((2026, 1.4), (2027, 1.6)), output=4.2, owner=office,
        )),
        carried(Project(
            "S04", "模拟·综合物流园一期", Stage.STARTED, 8.0, signed=Q(2024, 2),
            started=Q(2024, 4), recorded=Q(2025, 1), producing=Q(2027, 2),
            completion=((2025, 2.6), (2026, 2.8), (2027, 1.6)), completed=((2025, 2.1),),
            industrial=False, owner=office,
        )),
        carried(Project(
            "S05", "模拟·制药车间二期", Stage.STARTED, 2.6, signed=Q(2024, 3),
            started=Q(2025, 2), recorded=Q(2025, 2), producing=Q(2026, 4), counted=Q(2027, 1),
            completion=((2025, 1.2), (2026, 1.2)), completed=((2025, 1.1),), output=3.4,
            tax=900.0, owner=office,
        )),
        Project(
            "S06", "模拟·精密铸件一期", Stage.PRODUCING, 3.0, signed=Q(2023, 3),
            started=Q(2024, 1), recorded=Q(2024, 1), producing=Q(2026, 2), counted=Q(2026, 4),
            completion=((2024, 1.4), (2025, 1.5)), completed=((2024, 1.1), (2025, 1.6)),
            output=2.4, tax=700.0, owner=office,
        ),
        carried(Project(
            "S07", "模拟·电机壳体", Stage.AT_CAPACITY, 1.8, signed=Q(2022, 4),
            started=Q(2023, 2), recorded=Q(2023, 2), producing=Q(2024, 3), counted=Q(2024, 4),
            completion=((2023, 0.9), (2024, 0.8)), completed=((2023, 0.7), (2024, 0.9)),
            output=2.8, tax=600.0, owner=office,
        )),
        Project(
            "S08", "模拟·生产线智能化改造", Stage.UPGRADED, 0.9, signed=Q(2026, 1),
            started=Q(2026, 3), recorded=Q(2026, 3), producing=Q(2026, 4),
            completion=((2026, 0.5), (2027, 0.4)), output=0.8, owner=office,
        ),
        carried(Project(
            "S09", "模拟·骨干纳税企业扩产", Stage.GROWN, 2.0, signed=Q(2022, 1),
            started=Q(2022, 3), recorded=Q(2022, 3), producing=Q(2023, 4), counted=Q(2024, 1),
            completion=((2022, 0.8), (2023, 1.1)), completed=((2022, 0.6), (2023, 1.2)),
            output=3.0, tax=1500.0, owner=office,
        )),
    )  # fmt: skip


def scenarios() -> dict[str, Scenario]:
    """Return the scenarios by the name of their file."""
    own = tuple(
        Lever(kind, 0.0, assumptions=((name, number),)) for kind, name, number in OWN_NUMBERS
    )
    planned = Scenario(
        name="台账按计划推进（模拟数据）",
        note="示例开发区的虚构项目，供练习使用。",
        levers=own,
        projects=ledger(),
    )
    moved = {
        LeverKind.TOP_FIRMS_OUTPUT: 2.0,
        LeverKind.FOREIGN_CAPITAL: 400.0,
        LeverKind.FREIGHT_TRAINS: 10.0,
    }
    push = replace(
        planned,
        name="下半年冲刺（模拟数据）",
        note="在台账基础上，增加新开工投资，重点企业增产。供练习使用。",
        levers=(
            Lever(LeverKind.NEW_STARTS, 1.5),
            *(replace(lever, value=moved.get(lever.kind, 0.0)) for lever in own),
        ),
    )
    return {"1_ledger": planned, "2_push": push}


def main() -> None:
    """Write each as a file."""
    FOLDER.mkdir(exist_ok=True)
    for name, scenario in scenarios().items():
        (FOLDER / f"{name}.toml").write_text(write_scenario(scenario), "utf-8", newline="\n")


if __name__ == "__main__":
    main()
