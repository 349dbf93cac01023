"""The criteria that come with the program: every version of them, and figures to stand beside."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from data.settings import ROOT
from data.store.seed import read_seeds
from forecasting.plan.criteria import Criteria, Yardstick, read_criteria, read_yardsticks

FOLDER = ROOT / "seeds" / "criteria"
YARDSTICKS = "yardsticks.csv"


@dataclass(frozen=True, slots=True)
class CriteriaBook:
    """Every version of the criteria by id, the newest first, and the yardsticks."""

    versions: Mapping[str, Criteria]
    yardsticks: tuple[Yardstick, ...]


def read_book(folder: Path, indicators: Collection[str]) -> CriteriaBook:
    """Read the criteria of a folder.

    Parameters
    ----------
    indicators
        Ids of the catalogue, which items may name.

    Raises
    ------
    CriteriaRefused
        At the first thing that is not as it should be, with its file and key.
    """
    read = [
        read_criteria(path.read_text("utf-8"), path.name, indicators)
        for path in sorted(folder.glob("*.toml"))
    ]
    versions = {one.id: one for one in sorted(read, key=lambda one: -one.year)}
    items = {item.id: item for one in read for item in one.items}
    table = (folder / YARDSTICKS).read_text("utf-8")
    return CriteriaBook(versions, tuple(read_yardsticks(table, YARDSTICKS, items)))


@cache
def shipped_book() -> CriteriaBook:
    """Return the criteria that come with the program, read once.

    They name indicators of the catalogue that comes with it; a store may have removed some.
    """
    return read_book(FOLDER, read_seeds(FOLDER.parent).catalogue.indicators)
