"""What stored figures tell of the form and the unit of those in a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from data.workbook.read.asking import Pending
from data.workbook.words.units import convert
from forecasting.figures.indicator import Indicator, Measure, Observation, ObservationKey
from forecasting.figures.period import Month

_OF_ONE_SIZE = 30.0
"""Levels of a year and of its first quarter, of ten years ago and of today, lie within this."""
_AGREEING, _MOSTLY = 3, 0.8
"""So many figures, and such a share of those that are stored, tell a form by agreeing."""
_ROUNDED_LEVEL, _ROUNDED_GROWTH = 5e-4, 0.05


class Stored:
    """The stored figures, and how those of a file agree with them."""

    def __init__(self, known: Mapping[ObservationKey, Observation]):
        self._values: dict[tuple[str, str, str, Month], list[float]] = {}
        self._sizes: dict[tuple[str, str], list[float]] = {}
        for (area, indicator, measure, _, month), figure in known.items():
            self._values.setdefault((area, indicator, str(measure), month), []).append(figure.value)
            if measure is Measure.LEVEL_YTD:
                self._sizes.setdefault((area, indicator), []).append(abs(figure.value))
        self._compared: dict[tuple[str, str], list[bool]] = {}

    def compare(
        self, pending: Pending, area: str, indicator: str, month: Month, value: float
    ) -> None:
        """Hold a figure of which the form is asked against the stored ones in every form."""
        for option in pending.options:
            stored = self._values.get((area, indicator, option.value, month), ())
            if stored:
                fits = any(_same(value, other, Measure(option.value)) for other in stored)
                self._compared.setdefault((pending.id, option.id), []).append(fits)

    def likely(self) -> dict[str, str]:
        """Return by question the one form in which figures agree with the stored ones."""
        fitting: dict[str, list[str]] = {}
        for (question, option), fits in self._compared.items():
            if sum(fits) >= _AGREEING and sum(fits) >= _MOSTLY * len(fits):
                fitting.setdefault(question, []).append(option)
        return {question: found[0] for question, found in fitting.items() if len(found) == 1}

    def unit(self, area: str, indicator: Indicator, value: float, codes: Sequence[str]) -> str:
        """Return the one unit in which a level is of the size of those stored, empty for none."""
        levels = sorted(self._sizes.get((area, indicator.id), ()))
        size = levels[-len(levels) // 2] if levels else 0.0
        fitting = [
            code
            for code in codes
            if size
            and (read := convert(abs(value), code, indicator.unit)) is not None
            and size / _OF_ONE_SIZE <= read <= size * _OF_ONE_SIZE
        ]
        return fitting[0] if len(fitting) == 1 else ""


def _same(value: float, other: float, measure: Measure) -> bool:
    """Return whether two figures differ by no more than rounding."""
    if measure.is_growth:
        return abs(value - other) <= _ROUNDED_GROWTH + 1e-9
    return abs(value - other) <= _ROUNDED_LEVEL * abs(other)
