"""What was ever issued is read for ever: a stored document of every schema, and its values."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import is_dataclass, replace
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

import pytest

from forecasting.figures.indicator import (
    AreaKind,
    Comparator,
    Direction,
    IndicatorGroup,
    Measure,
    PriceBasis,
)
from forecasting.figures.period import Quarter
from forecasting.history.history import History
from forecasting.history.shares import ShareSource
from forecasting.issues import snapshot
from forecasting.issues.json import SCHEMA, read_snapshot, write_snapshot
from forecasting.issues.snapshot import (
    Apart,
    Assumptions,
    EntryKind,
    IssueNote,
    NeededLever,
    NeededLevers,
    Snapshot,
    Unexplained,
)
from forecasting.models.predictive import OutlierKind
from forecasting.news.news import TermKind
from forecasting.outlook.lights import Light
from forecasting.outlook.outlook import Outlook, Reason
from forecasting.scenario.levers import LeverKind, Source
from tests.forecasting.issues import wide

EXAMPLES = Path(__file__).parent / "examples"
DIGESTS = {
    "0.1.0.json": "fa346397bc20bfc277a0fb5a1de943e4a44540b0aa5de342e63794129d05828a",
    "0.1.0_wide.json": "42afb82b0477470eca4bd238b512c06723eec633a5c4f1c837198548606cfaf5",
    "schema_2.json": "764b8b5a7e7230f529e43cb6bb0d15382bb8831e210449fbfa9aced0ff995c6a",
    "schema_2_wide.json": "1ee24aa256989e1ba5f36e0bb5cf57e0d94d091117ffec14f490e061948abfcf",
    "schema_3.json": "82d2e7e366e38ee37a6fa7962e635c61847b254c8c635ace99c86483ce6747cc",
    "schema_3_wide.json": "685c8ecbd97aaa257e55c6db785a4a881f552ccbc0cbd927978a9de11ccd4228",
}
"""Of each release that changed the schema an issue that has everything, and one of rarer values."""
ENUMS: Mapping[type[StrEnum], str] = {
    Apart: "scenario line known unreadable",
    AreaKind: "nation province city county zone",
    Comparator: "> >= < <= ~",
    Direction: "up down",
    EntryKind: "lever amount point",
    IndicatorGroup: "main three_big_things national_rank",
    LeverKind: (
        "signed_investment new_starts technical_transformation project_output firms_raised"
        " top_firms_output stoppage producer_prices tax foreign_capital freight_trains land_supply"
    ),
    Light: "achievable hopeful pressed hard met missed",
    Measure: (
        "growth_ytd growth_quarter growth_month growth_end level_ytd level_quarter level_month"
        " level_end ratio"
    ),
    OutlierKind: "additive level_shift definition",
    PriceBasis: "comparable constant current physical",
    Reason: "no_figures other_basis month_only stale quarter_missing",
    ShareSource: "levels median chained nearest usual equal",
    Source: "published estimated judgement",
    TermKind: "revision definition figure estimation target indicators",
    Unexplained: "engine otherwise scenario",
}
"""What the newest schema writes of each enumeration; older ones wrote some of it."""
LATER = (Reason.QUARTER_MISSING,)
"""What was written of one only after the examples."""


@pytest.mark.parametrize(("name", "digest"), DIGESTS.items())
def test_documents_of_every_schema_are_read_for_ever(name: str, digest: str) -> None:
    stored = (EXAMPLES / name).read_bytes()
    assert sha256(stored).hexdigest() == digest

    back = read_snapshot(stored)

    if "wide" in name:
        assert back.issue.number == 3
        assert [line.indicator for line in back.brief] == [*wide.KNOWN, *wide.OPEN]
        assert [v.light for v in back.outlook.verdicts][:2] == [Light.MET, Light.MISSED]
        assert {entry.reason for entry in back.outlook.excluded} == {*Reason} - {*LATER}
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
    bare, together = back.baseline.probability, back.outlook.all_clear.probability
    assert bare != together
    assert back.change.now == (bare if name.startswith("0.1.0") else together)


def test_documents_of_the_first_release_mean_what_they_meant() -> None:
    """All that was typed counted in full, and growth never seen was not looked for."""
    for name in ("0.1.0.json", "0.1.0_wide.json"):
        scenario = read_snapshot((EXAMPLES / name).read_bytes()).scenario

        assert scenario is not None
        assert not scenario.realised
        assert (scenario.unseen, scenario.projects.certain) == ((), 0)
        assert {entry.certain for entry in scenario.entries} == {True}
        newer = read_snapshot((EXAMPLES / name.replace("0.1.0", "schema_2")).read_bytes()).scenario
        assert newer is not None
        assert newer.realised


def test_the_newest_schema_has_its_examples() -> None:
    """Whoever changes a snapshot writes a new schema, and keeps examples of the old one."""
    assert {json.loads((EXAMPLES / name).read_bytes())["schema"] for name in DIGESTS} == set(
        range(1, SCHEMA + 1)
    )
    for name in list(DIGESTS)[-2:]:
        newest = (EXAMPLES / name).read_bytes()
        assert write_snapshot(read_snapshot(newest)) == newest


@pytest.mark.parametrize("kind", ENUMS)
def test_what_is_written_of_an_enumeration_stays(kind: type[StrEnum]) -> None:
    """A stored document holds these texts: who renames or drops one can no longer read it.

    A new one is a new schema: a release that knows only this one could not read it.
    """
    assert list(kind) == ENUMS[kind].split()


def test_every_enumeration_that_is_read_is_held_to_what_was_written() -> None:
    """Whatever the reader turns into a member of an enumeration is listed above."""
    kinds = set(enumerations_of(Snapshot))

    assert {*kinds, LeverKind} == set(ENUMS)


def enumerations_of(kind: Any) -> Iterator[type[StrEnum]]:
    """Yield the enumerations that values of a type hold."""
    for inner in get_args(kind):
        yield from enumerations_of(inner)
    origin = get_origin(kind) or kind
    if is_dataclass(origin):
        for hint in get_type_hints(origin).values():
            yield from enumerations_of(hint)
    elif isinstance(origin, type) and issubclass(origin, StrEnum):
        yield origin


def test_nearly_every_value_of_an_enumeration_stands_in_an_example() -> None:
    """All but the kinds of area and remarks on earlier issues that no example has."""
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
        *(set(Apart) - {Apart.SCENARIO}),
        *(set(Unexplained) - {Unexplained.SCENARIO}),
        TermKind.REVISION,
        TermKind.INDICATORS,
        Measure.GROWTH_END,
        Measure.LEVEL_MONTH,
        Measure.LEVEL_END,
        Measure.RATIO,
        *LATER,
    }
    entries = {
        entry.what
        for name in DIGESTS
        for entry in assumed(name).entries
        if entry.kind is EntryKind.LEVER
    }
    assert entries == set(LeverKind)


def test_an_untold_effect_is_neither_nothing_nor_a_number() -> None:
    told = assumed("0.1.0_wide.json")

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


ASKED = NeededLevers(
    0.5, True, 0.51, (NeededLever("new_starts", 2.8, "1e8 CNY", Quarter(2026, 3), once=False),)
)
"""Is in no document where nobody asked for it."""


def test_what_it_takes_is_in_a_document_only_where_it_was_asked_for() -> None:
    silent = read_snapshot((EXAMPLES / list(DIGESTS)[-2]).read_bytes())
    assert silent.next_steps is not None
    asked = replace(silent, next_steps=replace(silent.next_steps, needed=ASKED))

    assert b'"needed"' not in write_snapshot(silent)
    assert read_snapshot(write_snapshot(asked)).next_steps == asked.next_steps


def test_the_example_holds_everything_a_snapshot_can() -> None:
    names = (list(DIGESTS)[-2], "0.1.0.json")  # terms of a change stand in the older one
    examples = [read_snapshot((EXAMPLES / name).read_bytes()) for name in names]
    found = {type(value) for example in (*examples, ASKED) for value in everything_in(example)}

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
