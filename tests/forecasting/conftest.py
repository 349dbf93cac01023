"""The seeds of a fresh installation, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from forecasting.figures.seeds import Seeds, parse_seeds

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


@pytest.fixture(scope="session")
def seeds() -> Seeds:
    paths = [*SEEDS.glob("*.csv"), *SEEDS.glob("observations/*.csv")]
    return parse_seeds({str(path.relative_to(SEEDS)): path.read_bytes() for path in paths})
