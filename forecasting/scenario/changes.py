"""What differs between two scenarios, field by field: the log of edits.

The order of entries is no field: it changes no number.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from forecasting.scenario.model import Scenario
from forecasting.scenario.toml import write_scenario

_NAMED_BY: Mapping[str, tuple[str, ...]] = {
    "lever": ("kind", "name"),
    "amount": ("indicator", "name"),
    "point": ("indicator", "name"),
    "project": ("id",),
    "pin": ("indicator", "quarter"),
    "risk": ("line", "name"),
    "bottom_up": ("indicator",),
    "rate": ("reference", "quantity"),
}
"""The fields that tell entries of a section apart; entries alike are counted."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that differs.

    Attributes
    ----------
    section
        Of the document: ``lever``, ``project`` ...; ``levels``; empty for the scenario's own.
    entry
        What tells the entry from others of its section; empty for the scenario's own fields.
    field
        Its name in the document.
    before, after
        As in the document; empty where it says nothing.
    """

    section: str
    entry: str
    field: str
    before: str
    after: str


def changes_between(before: Scenario, after: Scenario) -> tuple[FieldChange, ...]:
    """Return the fields that differ, in the order of the later document, then of the earlier."""
    if before == after:
        return ()
    old, new = _fields(before), _fields(after)
    return tuple(
        FieldChange(*place, old.get(place, ""), new.get(place, ""))
        for place in {**new, **old}
        if old.get(place, "") != new.get(place, "")
    )


@lru_cache(64)
def _fields(scenario: Scenario) -> Mapping[tuple[str, str, str], str]:
    """Return every field of a scenario's document by section, entry and name."""
    return MappingProxyType(dict(_listed(scenario)))


def _listed(scenario: Scenario) -> Iterator[tuple[tuple[str, str, str], str]]:
    for name, value in tomllib.loads(write_scenario(scenario)).items():
        match value:
            case [dict(), *_]:
                yield from _of_entries(name, value)
            case dict():
                yield from (((name, "", key), _said(entry)) for key, entry in value.items())
            case _:
                yield ("", "", name), _said(value)


def _of_entries(
    section: str, entries: list[dict[str, object]]
) -> Iterator[tuple[tuple[str, str, str], str]]:
    seen: dict[str, int] = {}
    for entry in entries:
        parts = (str(entry.get(name, "")) for name in _NAMED_BY[section])
        label = " ".join(part for part in parts if part)
        seen[label] = seen.get(label, 0) + 1
        if seen[label] > 1:
            label = f"{label} ({seen[label]})"
        for field, value in _leaves(entry):
            yield (section, label, field), _said(value)


def _leaves(entry: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, object]]:
    """Return the fields of an entry, those of tables inside it by dotted names."""
    for name, value in entry.items():
        match value:
            case dict():
                yield from _leaves(value, f"{prefix}{name}.")
            case [dict(), *_]:
                for number, inner in enumerate(value, start=1):
                    yield from _leaves(inner, f"{prefix}{name}.{inner.get('name', number)}.")
            case _:
                yield prefix + name, value


def _said(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case list():
            return ", ".join(map(_said, value))
        case float():
            return repr(value).removesuffix(".0")
    return str(value)
