"""Units of levels, and how many of one make one of another."""

from __future__ import annotations


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
