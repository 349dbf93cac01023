"""Units of levels, how many of one make one of another, and in which a number is shown."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ShownIn:
    """How people write a number.

    Attributes
    ----------
    unit
        Empty of a pure number.
    scale
        How many of this unit one of the number is.
    per
        What it is counted for one of, where the name of the number does not say it.
    """

    unit: str
    scale: float
    per: str = ""


SHARE = ShownIn("%", 100.0)


def in_units(unit: str, wanted: str) -> float | None:
    """Return how many ``wanted`` one ``unit`` is; None where they measure different things.

    A unit is a name with or without a power of ten before it: ``1e4 CNY``, ``trains``.
    """
    size, name = split(unit)
    wanted_size, wanted_name = split(wanted)
    return size / wanted_size if name == wanted_name else None


def split(unit: str) -> tuple[float, str]:
    """Return the power of ten of a unit, one where it has none, and its name."""
    head, _, name = unit.partition(" ")
    try:
        return float(head), name
    except ValueError:
        return 1.0, unit
