"""What was ever issued is read for ever: a stored document of every schema, and its values."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

import pytest

from forecasting.figures.indicator import (
    AreaKind,
    Comparator,
    Direction,
    Group,
    Measure,
    PriceBasis,
)
from forecasting.history.history import History
from forecasting.history.shares import ShareSource
from forecasting.issues import outlook_1, schema_1, schema_2, snapshot
from forecasting.issues.document import SCHEMA, read_snapshot, write_snapshot
from forecasting.issues.snapshot import Apart, Assumptions, EntryKind, IssueNote, Unexplained
from forecasting.models.predictive import OutlierKind
from forecasting.news.terms import TermKind
from forecasting.outlook.outlook import Light, Outlook, Reason
from forecasting.scenario.levers import LeverKind, Source
from tests.forecasting.issues import wide

EXAMPLES = Path(__file__).parent / "examples"
DIGESTS = {
    "schema_1.json": "b332b08019d823f99af9c2b7325243f1cf2769d44fa42d438513fa812282d8e6",
    "schema_1_wide.json": "1f0de247b9be293ef5b8ff483f90649f29601da5192c9c7b35b4842ad1f5f7f5",
    "schema_2.json": "e9cc0e54018b63e13e2242291ea6493f5bf31af913f429fb088b9a96c0f797bc",
    "schema_2_wide.json": "2dc26a6b246a8a3b4156e2208244cea689c8f5bbdcb79a599d0c402e9e9c6a4e",
}
"""Of each schema an issue that has everything, and one of the values that are rarer."""
KINDS = ("", "_wide")
ENUMS: Mapping[type[StrEnum], str] = {
    AreaKind: "nation province city county zone",
    Comparator: "> >= < <= ~",
    Direction: "up down",
    EntryKind: "lever amount point",
    Group: "main three_big_things national_rank",
    LeverKind: (
        "signed_investment new_starts technical_transformation project_output firms_raised"
        " top_firms_output stoppage producer_prices tax foreign_capital freight_trains land_supply"
    ),
    Light: "achievable hopeful pressed hard met missed",
    Measure: "growth_ytd growth_quarter growth_month level_ytd level_quarter",
    OutlierKind: "additive level_shift definition",
    PriceBasis: "comparable constant current physical",
    Reason: "no_figures other_basis month_only stale",
    ShareSource: "levels median chained nearest usual equal",
    Source: "published estimated judgement",
    TermKind: "revision definition figure estimation target indicators",
}
"""What schema 1 writes of each enumeration, and every schema since."""
ENUMS_2: Mapping[type[StrEnum], str] = {
    Apart: "scenario line known unreadable",
    Unexplained: "engine otherwise",
}
"""What schema 2 writes besides."""


@pytest.mark.parametrize(("name", "digest"), DIGESTS.items())
def test_documents_of_every_schema_are_read_for_ever(name: str, digest: str) -> None:
    stored = (EXAMPLES / name).read_bytes()
    assert sha256(stored).hexdigest() == digest

    back = read_snapshot(stored)

    assert json.loads(stored)["schema"] == int(name.removesuffix(".json").split("_")[1])
    if "wide" in name:
        assert back.issue.number == 3
        assert [line.indicator for line in back.brief] == [*wide.KNOWN, *wide.OPEN]
        assert [v.light for v in back.outlook.verdicts][:2] == [Light.MET, Light.MISSED]
        assert {entry.reason for entry in back.outlook.excluded} == set(Reason)
        return
    assert back.issue == IssueNote(
        2, "2026-08-01T01:30:00+00:00", "示例开发区经济运行局", "内部研究，模拟数据"
    )
    assert [verdict.indicator_id for verdict in back.outlook.verdicts][:2] == [
        "gdp",
        "fixed_asset_investment",
    ]
    assert back.outlook.all_clear is not None
    assert back.baseline is not None
    assert back.change is not None
    assert back.change.now == back.baseline.probability != back.outlook.all_clear.probability


def test_every_schema_has_its_examples() -> None:
    """Whoever changes a snapshot writes a new schema, and keeps examples of the old one."""
    kinds = [f"schema_{number}{kind}.json" for number in range(1, SCHEMA + 1) for kind in KINDS]
    assert list(DIGESTS) == kinds
    for kind in KINDS:
        newest = (EXAMPLES / f"schema_{SCHEMA}{kind}.json").read_bytes()
        assert write_snapshot(read_snapshot(newest)) == newest


@pytest.mark.parametrize("kind", [*ENUMS, *ENUMS_2])
def test_what_is_written_of_an_enumeration_stays(kind: type[StrEnum]) -> None:
    """A stored document holds these texts: who renames or drops one can no longer read it.

    A new one is a new schema: a release that knows only this one could not read it.
    """
    assert list(kind) == {**ENUMS, **ENUMS_2}[kind].split()


def test_every_enumeration_that_is_read_is_held_to_what_was_written() -> None:
    """Whatever a reader turns into a member of an enumeration is listed above."""
    read = {
        kind
        for module in (outlook_1, schema_1, schema_2)
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, StrEnum)
    }

    assert {AreaKind, Light, Reason, TermKind, Unexplained} <= read
    assert read - {*ENUMS, *ENUMS_2} == set()


def test_nearly_every_value_of_an_enumeration_stands_in_an_example() -> None:
    """All but the kinds of area and forms of figures that no example is of."""
    found = {
        value
        for name in DIGESTS
        for value in everything_in(read_snapshot((EXAMPLES / name).read_bytes()))
        if isinstance(value, StrEnum)
    }
    missing = {member for kind in ENUMS for member in kind if member not in found}

    assert missing == {
        *(set(AreaKind) - {AreaKind.ZONE}),
        *LeverKind,  # written as the text of an entry
    }
    entries = {
        entry.what
        for name in DIGESTS
        for entry in assumed(name).entries
        if entry.kind is EntryKind.LEVER
    }
    assert entries == set(LeverKind)


def test_schema_1_told_all_that_an_entry_does() -> None:
    told = assumed("schema_1_wide.json")

    assert not told.guarded
    assert all(effect.points for entry in told.entries for effect in entry.effects)


def test_an_untold_effect_is_neither_nothing_nor_a_number() -> None:
    told = assumed("schema_2_wide.json")

    untold = {
        (entry.what, effect.indicator)
        for entry in told.entries
        for effect in entry.effects
        if effect.points is None
    }
    assert ("stoppage", "industrial_output") in untold
    assert ("foreign_capital", "foreign_capital") in untold
    assert told.bottom_up[0].few
    assert told.guarded


def assumed(name: str) -> Assumptions:
    """Return what the scenario of an example assumes."""
    scenario = read_snapshot((EXAMPLES / name).read_bytes()).scenario
    assert scenario is not None
    return scenario


def test_the_example_holds_everything_a_snapshot_can() -> None:
    newest = (EXAMPLES / f"schema_{SCHEMA}.json").read_bytes()
    found = {type(value) for value in everything_in(read_snapshot(newest))}

    kinds = {
        kind
        for kind in vars(snapshot).values()
        if is_dataclass(kind) and kind.__module__ == snapshot.__name__
    }
    assert kinds - found == set()
    assert {History, Outlook} <= found


def everything_in(value: object) -> Iterator[object]:
    """Yield a value of dataclasses and tuples, and every value in it."""
    yield value
    if isinstance(value, tuple | dict):
        for entry in value.values() if isinstance(value, dict) else value:
            yield from everything_in(entry)
    elif is_dataclass(value):
        for name in value.__dataclass_fields__:
            yield from everything_in(getattr(value, name))


def test_schema_1_said_nothing_of_issues_that_do_not_compare() -> None:
    back = read_snapshot((EXAMPLES / "schema_1.json").read_bytes())

    assert back.change is not None
    assert back.change.unexplained is None
    assert [(past.internal, past.apart) for past in back.record] == [(False, None)]
