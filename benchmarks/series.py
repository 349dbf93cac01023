"""The series that forecasts are made of, and the histories that are shown to a method."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np

from benchmarks.exchange import History
from benchmarks.scores import seasonal_scale
from forecasting.arrays import Array
from forecasting.history.log_levels import SEASON

HORIZON = 8
SETTINGS: dict[str, int | None] = {"full history": None, "last 40": 40, "last 24": 24}
"""Observations a method sees at most, by the name of the setting."""


class Half(StrEnum):
    """Every second series in the order of their ids: the first, or the other."""

    CALIBRATION = "calibration"
    HELD_OUT = "held-out"


@dataclass(frozen=True, eq=False)
class Series:
    """One quarterly series: ``train`` is what may be seen, ``test`` the quarters after it."""

    id: str
    half: Half
    train: Array
    test: Array

    def history(self, setting: str) -> Array:
        """Return what a method sees."""
        most = SETTINGS[setting]
        return self.train if most is None else self.train[-most:]

    def key(self, setting: str) -> str:
        """Name a history; equal in two settings that show the same."""
        return f"{self.id}:{len(self.history(setting))}"

    @property
    def scorable(self) -> bool:
        """Whether the values have logarithms, and their seasonal naive errors a size."""
        shortest = self.train[-min(most for most in SETTINGS.values() if most) :]
        positive = min(self.train.min(), self.test.min()) > 0
        return bool(positive and len(self.train) > SEASON and seasonal_scale(shortest) > 0)


def read_series(path: Path) -> list[Series]:
    """Read every series, in the order of their ids.

    Parameters
    ----------
    path
        A table with the columns ``dataset, id, type, t, set, y``: a row a quarter, ``t`` its
        number and ``set`` either ``train`` or ``test``.
    """
    parts: dict[str, dict[str, list[tuple[int, float]]]] = {}
    with path.open(newline="", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            part = parts.setdefault(row["id"], {"train": [], "test": []})
            part[row["set"]].append((int(row["t"]), float(row["y"])))
    halves = list(Half)
    return [
        Series(id, halves[index % 2], _values(parts[id]["train"]), _values(parts[id]["test"]))
        for index, id in enumerate(sorted(parts))
    ]


def _values(quarters: Sequence[tuple[int, float]]) -> Array:
    return np.array([value for _, value in sorted(quarters)])


def select(series: Sequence[Series], half: Half | None, every: int) -> list[Series]:
    """Return those of a half, thinned to every so-manieth pair of one series from each half."""
    return [
        one
        for index, one in enumerate(series)
        if index // 2 % every == 0 and half in (None, one.half) and one.scorable
    ]


def histories(series: Sequence[Series]) -> dict[str, History]:
    """Return every history that some setting shows, once, by its key."""
    return {
        one.key(setting): one.history(setting).tolist() for setting in SETTINGS for one in series
    }
