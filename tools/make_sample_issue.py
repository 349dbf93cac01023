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

from data.store.seed import SAMPLE_AREA, SAMPLE_ISSUE, SAMPLE_YEAR, read_seeds
from forecasting.issues.json import write_snapshot
from forecasting.issues.snapshot import IssueNote, Snapshot
from forecasting.issues.take import Material, take
from forecasting.models.runtime import use_one_thread
from forecasting.outlook.judge import baseline_of, outlook_of
from forecasting.outlook.question import Question
from ui.frame.environment import version

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
ISSUED = datetime(2026, 7, 30, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
"""After the last figures of the sample zone would have come out."""
ISSUER = "示例开发区统计局（模拟）"
NOTE = "模拟数据，供练习使用。"


def sample_issue() -> Snapshot:
    """Return the issue: of the first vintage, the only one that a fresh store has."""
    seeds = read_seeds(SEEDS)
    area = next(area for area in seeds.areas if area.id == SAMPLE_AREA)
    outlook = outlook_of(baseline_of(Question(area, SAMPLE_YEAR), seeds.inputs))
    material = Material(
        seeds.areas,
        seeds.catalogue,
        seeds.observations,
        vintage=1,
        app_version=version(),
        today=ISSUED.date(),
    )
    return take(IssueNote(1, ISSUED.astimezone(UTC).isoformat(), ISSUER, NOTE), outlook, material)


def main() -> None:
    """Write the document."""
    use_one_thread()
    (SEEDS / SAMPLE_ISSUE).write_bytes(write_snapshot(sample_issue()))


if __name__ == "__main__":
    main()
