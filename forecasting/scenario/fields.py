"""Reading a TOML table field by field; whatever is left over is refused."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from enum import StrEnum
from typing import TypeVar

from forecasting.errors import ScenarioRefused
from forecasting.figures.period import Quarter

Choice = TypeVar("Choice", bound=StrEnum)
LARGEST = 1e9
"""No amount, share or growth rate of a scenario is larger."""
SMALLEST = 1e-9
"""No level or standard error is smaller."""


class Table:
    """One table of a scenario and where it stands.

    Every method raises ``ScenarioRefused`` where the field is not what it should be.
    """

    def __init__(self, values: Mapping[str, object], place: str = ""):
        self._values = dict(values)
        self._place = place

    def end(self) -> None:
        """Refuse what nobody has read."""
        for key in self._values:
            raise ScenarioRefused(self._place or key, key, "known_key")

    def refuse(self, key: str, found: object, expected: str) -> ScenarioRefused:
        """Return the error for a field."""
        return ScenarioRefused(self._at(key), _shown(found), expected)

    def _at(self, key: str) -> str:
        return f"{self._place}.{key}" if self._place else key

    def text(self, key: str, default: str | None = "") -> str:
        """Return a text; without a default one has to stand there."""
        value = self._values.pop(key, default)
        if value is None or (default is None and value == ""):
            raise self.refuse(key, "", "key")
        if not isinstance(value, str):
            raise self.refuse(key, value, "text")
        return value

    def one_of(
        self, key: str, known: Collection[str], expected: str, default: str | None = None
    ) -> str:
        """Return a text that is one of those known."""
        value = self.text(key, default)
        if value not in known:
            raise self.refuse(key, value, expected)
        return value

    def choice(self, key: str, kind: type[Choice], default: Choice | None = None) -> Choice:
        """Return a member of an enumeration."""
        value = self.text(key, default)
        try:
            return kind(value)
        except ValueError as error:
            raise self.refuse(key, value, "choice") from error

    def several(self, key: str, known: Collection[str], expected: str) -> tuple[str, ...]:
        """Return a list of texts that are among those known, which may be left out."""
        value = self._values.pop(key, [])
        if not isinstance(value, list):
            raise self.refuse(key, value, expected)
        for entry in value:
            if not isinstance(entry, str) or entry not in known:
                raise self.refuse(key, entry, expected)
        return tuple(value)

    def number(
        self,
        key: str,
        default: float | None = None,
        low: float = -LARGEST,
        high: float = LARGEST,
    ) -> float:
        """Return a number within limits; without a default one has to stand there."""
        value = self._values.pop(key, default)
        if value is None:
            raise self.refuse(key, "", "key")
        return self._number(key, value, low, high)

    def number_or_none(self, key: str, low: float, high: float = LARGEST) -> float | None:
        """Return a number within limits, None where it is left out."""
        return self.number(key, None, low, high) if key in self._values else None

    def _number(self, key: str, value: object, low: float, high: float) -> float:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise self.refuse(key, value, "number")
        if not low <= value <= high:
            raise self.refuse(key, value, "range")
        return float(value) + 0.0  # zero has one sign

    def whole(self, key: str, low: float, high: float) -> int | None:
        """Return a whole number within limits, None where it is left out."""
        if key not in self._values:
            return None
        value = self.number(key, None, low, high)
        if value != int(value):
            raise self.refuse(key, value, "range")
        return int(value)

    def flag(self, key: str, *, default: bool) -> bool:
        """Return true or false."""
        value = self._values.pop(key, default)
        if not isinstance(value, bool):
            raise self.refuse(key, value, "flag")
        return value

    def quarter(self, key: str) -> Quarter | None:
        """Return a quarter, None where it is left out."""
        if key not in self._values:
            return None
        value = self.text(key)
        try:
            return Quarter.parse(value)
        except ValueError as error:
            raise self.refuse(key, value, "quarter") from error

    def numbers(
        self, key: str, default: tuple[float, ...], low: float, high: float
    ) -> tuple[float, ...]:
        """Return a list of at least one number within limits, which may be left out."""
        if key not in self._values:
            return default
        value = self._values.pop(key)
        if not isinstance(value, (list, tuple)) or not value:
            raise self.refuse(key, value, "list")
        return tuple(self._number(key, entry, low, high) for entry in value)

    def probabilities(self, key: str, default: tuple[float, ...]) -> tuple[float, ...]:
        """Return probabilities that sum to one."""
        value = self.numbers(key, default, 0.0, 1.0)
        if abs(sum(value) - 1) > 1e-6:
            raise self.refuse(key, list(value), "probabilities")
        return value

    def pairs(
        self, key: str, limits: Callable[[str], tuple[float, float] | None], expected: str
    ) -> tuple[tuple[str, float], ...]:
        """Return names and numbers; ``limits`` gives those of a name, None where it is unknown."""
        value = self._values.pop(key, {})
        if not isinstance(value, dict):
            raise self.refuse(key, value, "known_key")
        pairs = []
        for name, number in value.items():
            within = limits(name)
            if within is None:
                raise self.refuse(key, name, expected)
            pairs.append((name, self._number(f"{key}.{name}", number, *within)))
        return tuple(pairs)

    def table(self, key: str) -> Table:
        """Return a table that has to stand here, to be read to its end."""
        value = self._values.pop(key, None)
        if not isinstance(value, dict):
            raise self.refuse(key, "" if value is None else value, "key")
        return Table(value, self._at(key))

    def table_or_none(self, key: str) -> Table | None:
        """Return a table to be read to its end, None where it is left out."""
        return self.table(key) if key in self._values else None

    def tables(self, key: str) -> Iterator[Table]:
        """Return the tables of a list, each to be read to its end."""
        value = self._values.pop(key, [])
        if not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value):
            raise self.refuse(key, value, "known_key")
        for number, entry in enumerate(value, start=1):
            table = Table(entry, self._at(f"{key} {number}"))
            yield table
            table.end()


def _shown(found: object) -> str:
    """Return a value as a text; Python writes no whole number of thousands of digits."""
    try:
        return str(found)[:200]
    except ValueError:
        return "..."
