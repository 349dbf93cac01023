"""The tables a fresh installation starts from, read together: each leans on the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from forecasting.errors import Problem, TableRefused
from forecasting.figures.indicator import (
    Area,
    Catalogue,
    Inputs,
    Observation,
    ObservationKey,
    Target,
)
from forecasting.figures.learner import Learner, read_learner
from forecasting.figures.tables import read_areas, read_indicators, read_observations, read_targets

Table = TypeVar("Table")

AREAS = "areas.csv"
INDICATORS = "indicators.csv"
TARGETS = "targets.csv"
OBSERVATIONS = "observations/"
CHANGES = "changes.csv"
"""Recorded changes of definition, which a fresh store has none of."""
LEARNED = "learned_growth.json"
"""What was learned from series of others; no table, and no part of the figures."""

# What other tables may name unpunished once this one could not be read.
_EXCUSED = {AREAS: ("area",), INDICATORS: ("indicator",)}


@dataclass(frozen=True, slots=True)
class Seeds:
    """What the seed files say, and the files.

    Attributes
    ----------
    files
        The bytes of every table that was read, by name below the seeds folder.
    learner
        What was learned from series of others; None where there is no such file.
    """

    areas: tuple[Area, ...]
    catalogue: Catalogue
    targets: tuple[Target, ...]
    observations: tuple[Observation, ...]
    files: Mapping[str, bytes]
    learner: Learner | None = None

    @property
    def inputs(self) -> Inputs:
        """What is known from the seeds alone."""
        return Inputs(self.catalogue, self.targets, self.observations, learner=self.learner)


def parse_seeds(files: Mapping[str, bytes]) -> Seeds:
    """Read the seed files, given by name below the seeds folder.

    ``areas.csv``, ``indicators.csv`` and ``targets.csv`` are needed; every file under
    ``observations/`` is read in the order of the names, and none may repeat a figure of
    another. What was learned, in ``learned_growth.json``, may be left out.

    Raises
    ------
    TableRefused
        With every problem of every file. Where the areas or the indicators are refused,
        the other tables are not blamed for naming them.
    """
    excused: set[str] = set()
    problems: list[Problem] = []

    def table(name: str, read: Callable[[str, str], Table]) -> Table | None:
        try:
            return read(decode(files.get(name, b""), name), name)
        except TableRefused as refused:
            problems.extend(one for one in refused.problems if one.expected not in excused)
            excused.update(_EXCUSED.get(name, ()))
            return None

    areas = table(AREAS, read_areas) or ()
    catalogue = table(INDICATORS, read_indicators) or Catalogue()
    ids = [area.id for area in areas]
    targets = table(TARGETS, partial(read_targets, catalogue=catalogue, areas=ids)) or ()
    figures: dict[ObservationKey, Observation] = {}
    for name in sorted(name for name in files if name.startswith(OBSERVATIONS)):
        read = partial(read_observations, catalogue=catalogue, areas=ids, taken=figures)
        figures.update((figure.key, figure) for figure in table(name, read) or ())
    if problems:
        raise TableRefused(problems)
    tables = {name: content for name, content in files.items() if name != LEARNED}
    taught = read_learner(files[LEARNED]) if LEARNED in files else None
    return Seeds(areas, catalogue, targets, tuple(figures.values()), tables, taught)


def decode(content: bytes, file: str) -> str:
    """Return the text of a table.

    Raises
    ------
    TableRefused
        If it is not text in UTF-8, or holds a null character, which PostgreSQL cannot keep.
    """
    wrong = content.find(b"\0")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        wrong = error.start
    else:
        if wrong < 0:
            return text
    start = content.rfind(b"\n", 0, wrong) + 1
    row = content[start : start + 40].partition(b"\n")[0].decode("utf-8", "backslashreplace")
    raise TableRefused([Problem(file, content.count(b"\n", 0, wrong) + 1, "row", row, "csv")])
