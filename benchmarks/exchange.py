"""What a method is asked and what it answers: one file each, for every package and language.

The file of histories has a series a line: its key, then its values, the oldest first. The file
of forecasts has the columns ``COLUMNS`` and a row for each series and quarter ahead. A method
prints the seconds that its import took and its version, with a tab between.

Only the standard library is used here, for this runs in the environment of every package.
"""

from __future__ import annotations

import csv
import math
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path

COLUMNS = ("key", "milliseconds", "point", "lower80", "upper80", "lower95", "upper95")
Row = tuple[float, ...]
"""Point forecast and ends of the 80 and 95% intervals of one quarter ahead."""
History = Sequence[float]
Forecaster = Callable[[Sequence[History], int], list[list[Row]]]
"""From histories and a horizon to the rows of each; not a number where a package gave up."""


@dataclass(frozen=True)
class Answer:
    """The forecast of one series and the processor time it took."""

    milliseconds: float
    rows: tuple[Row, ...]

    @property
    def failed(self) -> bool:
        """Whether the package returned anything but finite numbers."""
        return not all(math.isfinite(value) for row in self.rows for value in row)


def serve(load: Callable[[str], tuple[Forecaster, str]], batch: int = 1) -> None:
    """Answer one file of histories: what a method's own process does.

    Parameters
    ----------
    load
        Imports the package and returns the forecaster of a method's name, and the version.
    batch
        Series that are forecast in one call; each is charged an equal part of its time.
    """
    name, horizon, source, target = sys.argv[1:]
    started = time.perf_counter()
    forecaster, version = load(name)
    print(f"{time.perf_counter() - started:.3f}\t{version}")
    histories = read_histories(Path(source))
    if histories:
        first = next(iter(histories.values()))
        forecaster([first[::-1]], int(horizon))  # what happens once only is not to be timed
    write_answers(Path(target), _answers(forecaster, histories, int(horizon), batch))


def _answers(
    forecaster: Forecaster, histories: Mapping[str, History], horizon: int, batch: int
) -> Iterable[tuple[str, Answer]]:
    remaining = iter(histories.items())
    while taken := list(islice(remaining, batch)):
        started = time.process_time()
        forecasts = forecaster([history for _, history in taken], horizon)
        each = 1000 * (time.process_time() - started) / len(taken)
        for (key, _), rows in zip(taken, forecasts, strict=True):
            yield key, Answer(each, tuple(rows))


def read_histories(path: Path) -> dict[str, History]:
    """Read a file of histories."""
    with path.open(newline="") as lines:
        return {key: [float(value) for value in values] for key, *values in csv.reader(lines)}


def write_histories(path: Path, histories: Mapping[str, History]) -> None:
    """Write a file of histories."""
    with path.open("w", newline="") as lines:
        csv.writer(lines).writerows(
            (key, *map(float, history)) for key, history in histories.items()
        )


def read_answers(path: Path) -> dict[str, Answer]:
    """Read a file of forecasts."""
    with path.open(newline="") as lines:
        rows = list(csv.reader(lines))[1:]
    answers = {}
    for key, group in groupby(rows, key=lambda row: row[0]):
        numbers = [tuple(map(float, row[1:])) for row in group]
        answers[key] = Answer(numbers[0][0], tuple(row[1:] for row in numbers))
    return answers


def write_answers(path: Path, answers: Iterable[tuple[str, Answer]]) -> None:
    """Write a file of forecasts, each as soon as it is there."""
    with path.open("w", newline="", buffering=1) as lines:
        writer = csv.writer(lines)
        writer.writerow(COLUMNS)
        for key, answer in answers:
            writer.writerows((key, answer.milliseconds, *row) for row in answer.rows)
