"""Write the backup of a release, which every later release must read.

At a release, once and never again for the same one:

    .venv/bin/python -m tests.data.store.release tests/data/store/releases/0.1.0.sqlite3.gz
"""

from __future__ import annotations

import gzip
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from data.store.backup import back_up
from data.store.scenarios import Edit
from data.store.seed import ensure_seeded
from data.store.store import Store
from data.store.tokens import Token
from forecasting.figures.indicator import Status
from forecasting.figures.period import Quarter
from forecasting.scenario.model import Pin, Scenario
from forecasting.scenario.projects import Project, Stage
from forecasting.scenario.toml import write_scenario
from tests.data.drafts import change, edit, growth, upload, version
from tests.data.seeds import write_seeds

ISSUE = Path(__file__).parents[2] / "forecasting" / "issues" / "examples" / "0.1.0.json"
"""The document that the release issued; what is read from it is tested beside it."""

SCENARIO = Scenario(
    name="稳增长",
    levels=(("gdp", 100.0),),
    projects=(
        Project(
            "a1",
            "一期工程",
            Stage.STARTED,
            5.0,
            started=Quarter(2025, 3),
            completion=((2026, 2.5),),
            output=8.0,
            start_probability=0.75,
            # All that the release planned came, and in time.
            ramp=(1.0,),
            delay=(1.0,),
            certain=True,
        ),
    ),
    pins=(Pin("tax", 7.5), Pin("gdp", 7.0, Quarter(2026, 4), cumulative=True)),
)
EDIT = Edit(datetime(2026, 5, 6, 7, 8, 9, 10, UTC), "pin.0.growth", "7", "7.5")
TOKEN = Token("token-of-a-link-in-a-store-of-a-release")
PASSPHRASE = "晋阳湖畔2026"
NOW = datetime(2026, 10, 25, 1, 2, 3, 4, UTC)
FILE = bytes(range(256))


def fill(store: Store) -> None:
    """Commit, withdraw, save, issue and share on top of the small seeds."""
    flash = growth(7.25, "2026Q2", status=Status.FLASH)
    store.commit(upload(growth(7.0), flash, files={"月报.xlsx": FILE}, note="一季度", base=1))
    store.commit(edit(changes=(change(),), area_versions=(version(),)))
    moved, tax = store.targets(1, "zone")
    store.commit(edit(removed=(tax,), targets=(replace(moved, threshold=6.0),)))
    store.commit(upload(growth(9.9), answers={("形状", "问题"): "gdp"}))
    store.withdraw(5, "analyst", "误传")
    document = write_scenario(SCENARIO)
    store.scenarios.save("zone", 2026, "稳增长", document, 2, author="analyst", edits=[EDIT])
    store.scenarios.remove(store.scenarios.duplicate(1, "副本").id, based_on=1)
    store.scenarios.keep(document, NOW)
    store.issues.issue(
        "zone", 2026, ISSUE.read_bytes(), 2, issued_at=NOW, unpublished=True,
        p_all=0.375, answers={"gdp": 0.5}, issuer="管委会", author="analyst", scenario=(1, 1),
    )  # fmt: skip
    with patch("data.store.links.new_token", lambda: TOKEN):
        expires_at = NOW.replace(month=12)
        store.shares.create(
            1, label="王主任", now=NOW, expires_at=expires_at, passphrase=PASSPHRASE
        )
    store.shares.open(TOKEN, "another one", NOW)
    store.shares.count(1)


def main(file: Path) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        store = Store.open(f"sqlite:///{folder}/store.sqlite3")
        ensure_seeded(store, write_seeds(folder / "seeds"))
        fill(store)
        back_up(store.database_url, folder / "backup.sqlite3")
        store.close()
        file.write_bytes(gzip.compress((folder / "backup.sqlite3").read_bytes(), mtime=0))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
