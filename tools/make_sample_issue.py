"""Make the issue of the sample zone: the outlook on its figures, of the engine as it is now.

    python -m tools.make_sample_issue

A fresh store starts with it, so that the pages of issues and links have something to show. It is
a file, since judging an outlook would keep the first visitor waiting; a test fails when the
engine or the figures have changed and the file has not.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from data.settings import version
from data.store.seed import SAMPLE_AREA, SAMPLE_ISSUE, SAMPLE_YEAR, read_seeds
from forecasting.history.levels import year_levels
from forecasting.issues.json import write_snapshot
from forecasting.issues.next_steps import ledger_alone, next_steps_of
from forecasting.issues.snapshot import IssueNote, Snapshot
from forecasting.issues.take import Material, take
from forecasting.models.runtime import use_one_thread
from forecasting.outlook.judge import baseline_of, outlook_of
from forecasting.outlook.question import Question
from forecasting.scenario.apply import apply
from forecasting.scenario.arithmetic import now_of
from forecasting.scenario.toml import read_scenario

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
LEDGER = SEEDS / "sample_scenarios" / "1_ledger.toml"
ISSUED = datetime(2026, 7, 30, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
"""After the last figures of the sample zone would have come out."""
ISSUER = "示例开发区统计局（模拟）"
NOTE = "模拟数据，供练习使用。"


def sample_issue() -> Snapshot:
    """Return the issue: of the first vintage, the only one that a fresh store has."""
    seeds = read_seeds(SEEDS)
    area = next(area for area in seeds.areas if area.id == SAMPLE_AREA)
    baseline = baseline_of(Question(area, SAMPLE_YEAR), seeds.inputs)
    outlook = outlook_of(baseline)
    ledger = read_scenario(LEDGER.read_text("utf-8"), seeds.catalogue.indicators)
    next_steps = next_steps_of(
        outlook,
        ledger.projects,
        apply(baseline, ledger_alone(ledger), partly=True).effects,
        year_levels(
            (verdict.target for verdict in outlook.verdicts), seeds.observations, SAMPLE_YEAR - 1
        ),
        now_of(baseline),
    )
    material = Material(
        seeds.areas,
        seeds.catalogue,
        seeds.observations,
        vintage=1,
        app_version=version(),
        today=ISSUED.date(),
    )
    note = IssueNote(1, ISSUED.astimezone(UTC).isoformat(), ISSUER, NOTE)
    return take(note, outlook, material, next_steps=next_steps)


def main() -> None:
    """Write the document."""
    use_one_thread()
    (SEEDS / SAMPLE_ISSUE).write_bytes(write_snapshot(sample_issue()))


if __name__ == "__main__":
    main()
