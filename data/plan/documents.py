"""Parts of a plan as the store keeps them: JSON by the types of their fields."""

from __future__ import annotations

from typing import TypeVar

import msgspec

from data.store.plans import PlanPart, Plans

Document = TypeVar("Document", bound=msgspec.Struct)

COMPARISON = "comparison"
"""The part that says how an area is compared."""
REQUESTS = "requests"
"""The part that says what is asked of the level above."""
TASKS = "tasks"
"""The kind of part that has the tasks of a year."""
SCENARIO = "scenario"
"""The kind of part that says which saved scenario the plan of a year goes by."""


def part_of(year: int) -> str:
    """Return the part that has the tasks of a year."""
    return f"{TASKS}/{year}"


def scenario_of(year: int) -> str:
    """Return the part that says which scenario the plan of a year goes by."""
    return f"{SCENARIO}/{year}"


def written(document: msgspec.Struct) -> str:
    """Return the text of a document."""
    return msgspec.json.encode(document).decode()


def read(part: PlanPart | None, kind: type[Document]) -> Document:
    """Return the document of a part; where there is none, one that says nothing.

    Raises
    ------
    ValueError
        If it was not written by ``written``.
    """
    if part is None or part.removed:
        return kind()
    return msgspec.json.decode(part.document, type=kind)


def latest(plans: Plans, area: str, name: str, kind: type[Document]) -> tuple[Document, int]:
    """Return the document of a part of an area's plan, and the version that it is of."""
    part = plans.latest(area, name)
    return read(part, kind), part.version if part else 0
