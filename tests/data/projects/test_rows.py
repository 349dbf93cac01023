from dataclasses import replace

from data.projects.read import MOST_ROWS
from data.store.scenarios import LONGEST
from forecasting.figures.period import Quarter
from forecasting.scenario.model import Scenario
from forecasting.scenario.projects import Project, Stage
from forecasting.scenario.toml import write_scenario

FILLED = Project(
    id="P0000000000",
    name="某某新材料有限公司年产2000吨高端材料项目",
    stage=Stage.STARTED,
    total_investment=5.0,
    signed=Quarter(2025, 3),
    started=Quarter(2026, 1),
    recorded=Quarter(2026, 2),
    producing=Quarter(2027, 2),
    counted=Quarter(2027, 4),
    completion=((2026, 2.0), (2027, 3.0)),
    output=8.0,
    ramp=(0.3, 0.6, 1.0),
    tax=2000.0,
    start_probability=0.7,
    delay=(0.6, 0.3, 0.1),
    blocking="用地手续未办结",
    owner="经济发展部",
)


def test_as_many_filled_rows_as_are_read_can_be_kept_in_a_scenario() -> None:
    """With a tenth to spare for the log of edits: change neither number without the other."""
    projects = tuple(replace(FILLED, id=f"P{number:010d}") for number in range(MOST_ROWS))

    assert len(write_scenario(Scenario(projects=projects))) < 0.9 * LONGEST
