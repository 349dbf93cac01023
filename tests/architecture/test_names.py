"""A name has one meaning; those that several modules or classes share are explained."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [
    path
    for layer in ("forecasting", "data", "ui")
    for path in sorted((ROOT / layer).rglob("*.py"))
    if path.stem not in ("__init__", "__main__") and "versions" not in path.parts
]

MODULES = {
    # The same inner words in every feature folder of ui.
    "page": "what a page shows, in which order; found by its address",
    "state": "what is remembered of a feature between reruns",
    "forms": "what a feature asks",
    "tables": "what a feature draws as rows; in data, tables that stand in a sheet",
    "charts": "what a feature draws as pictures",
    "sentences": "what a feature says",
    "commit": "the last step of an edit or an upload: who, why, and what became of it",
    # One meaning in two places.
    "fields": "the fields of a ledger of projects or of tasks, and the heads they have in files",
    "edits": "what is added and changed by hand, with its faults, and its commit",
    "issues": "issued outlooks: as the store keeps them, and as a command makes them",
    "alerts": "alerts: as the store keeps them, and as a command sends them",
    "league": "areas in their places: in one indicator, and by what the fleet stored; as a command",
    "links": "links to issues: as the store keeps them, and as a command makes them",
    "fleet": "results over many areas: as the store keeps them, and as a command makes them",
    "people": "who may do what: as the store keeps it, and as a command gives it",
    "errors": "errors a person can act on, of a layer or of a feature that has several",
    "tornado": "what single turns do: the chart, and the part of the scenario page around it",
}
"""Names of modules that recur below one layer, and what they mean wherever they stand."""

CLASSES = {
    "Question": "what an outlook is asked for, and what a file leaves open: both are questions",
}
"""Names of classes that two modules define, and why."""


def sharing(names: dict[str, list[str]]) -> dict[str, list[str]]:
    return {name: places for name, places in names.items() if len(places) > 1}


def modules() -> dict[str, list[str]]:
    """Return the modules by their name; one capability may have one in each layer."""
    named = defaultdict(list)
    for path in SOURCES:
        named[path.stem].append(path.relative_to(ROOT).as_posix())
    return {
        name: places
        for name, places in sharing(named).items()
        if len({place.split("/")[0] for place in places}) < len(places)
    }


def classes() -> dict[str, list[str]]:
    named = defaultdict(list)
    for path in SOURCES:
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                named[node.name].append(path.relative_to(ROOT).as_posix())
    return sharing(named)


@pytest.mark.parametrize(("found", "explained"), [(modules, MODULES), (classes, CLASSES)])
def test_names_that_are_shared_are_explained(
    found: Callable[[], dict[str, list[str]]], explained: dict[str, str]
) -> None:
    unexplained = {name: places for name, places in found().items() if name not in explained}

    assert unexplained == {}


@pytest.mark.parametrize(("found", "explained"), [(modules, MODULES), (classes, CLASSES)])
def test_no_explanation_outlives_its_names(
    found: Callable[[], dict[str, list[str]]], explained: dict[str, str]
) -> None:
    assert set(explained) <= set(found())


def test_no_prefix_stands_for_a_folder() -> None:
    clumps = defaultdict(list)
    for path in SOURCES:
        prefix, _, rest = path.stem.partition("_")
        if rest and len(prefix) > 2:
            clumps[path.parent, prefix].append(path.name)

    assert {place: names for place, names in clumps.items() if len(names) > 3} == {}
