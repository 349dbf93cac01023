"""Issues that files are made of: of every kind, the stored example, and one full of odd texts."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from forecasting.figures.indicator import Names
from forecasting.figures.period import Quarter
from forecasting.issues.json import read_snapshot
from forecasting.issues.snapshot import IssueNote, Snapshot
from forecasting.scenario.unseen import UnseenGrowth
from tests.ui.outlooks import SAMPLE, make_outlook
from tests.ui.report.snapshots import (
    NAMED,
    ZONE,
    full,
    make_snapshot,
    published,
    reference,
    six,
    with_scenario,
)

EXAMPLES = Path(__file__).parents[2] / "forecasting/issues/examples"
EXAMPLE = EXAMPLES / "0.1.0.json"
ODD = "=1+1 <b>&amp;\x00\x0b\x1b\ufffe]]></svg></style> {x} ${y} %s \u202eabc"
"""Markup, a formula, placeholders, controls, and a sign that turns the direction of writing."""


def example() -> Snapshot:
    """Return the stored example, read anew."""
    return read_snapshot(EXAMPLE.read_bytes())


def odd() -> Snapshot:
    """Return an issue whose texts are as odd as they can be, and very long."""
    told = with_scenario()
    assert told.scenario is not None
    names = {
        indicator.id: Names(f"{indicator.name.zh}{ODD}", f"{indicator.name.en} {ODD}")
        for indicator in told.indicators
    }
    return replace(
        told,
        issue=IssueNote(3, told.issue.issued_at, ODD * 20, f"{ODD}\n" * 30 + "长" * 40_000),
        outlook=replace(
            told.outlook,
            area=replace(ZONE, name=Names(f"某开发区{ODD}" * 20, f"Some zone {ODD}" * 20)),
            verdicts=tuple(
                replace(
                    verdict,
                    history=replace(
                        verdict.history,
                        indicator=replace(
                            verdict.history.indicator, name=names[verdict.indicator_id]
                        ),
                    ),
                )
                for verdict in told.outlook.verdicts
            ),
        ),
        indicators=tuple(
            replace(indicator, name=names[indicator.id]) for indicator in told.indicators
        ),
        scenario=replace(told.scenario, name=ODD, note=ODD * 10),
    )


def crowded() -> Snapshot:
    """Return an issue of a scenario of which much has to be said."""
    told = with_scenario()
    assert told.scenario is not None
    unseen = tuple(
        UnseenGrowth("investment", quarter, 25.3, 18.1, 10)
        for quarter in (None, Quarter(2026, 3), Quarter(2026, 4))
    )
    area = replace(ZONE, synthetic=True)
    return replace(
        told,
        outlook=replace(told.outlook, area=area),
        scenario=replace(told.scenario, unseen=unseen),
        next_steps=NAMED,
    )


@cache
def issues() -> dict[str, Snapshot]:
    """Return an issue of every kind by its name."""
    return {
        "full": full(),
        "scenario": with_scenario(),
        "crowded": crowded(),
        "reference": make_snapshot(reference(0.07, 0.4, 0.7)),
        "published": make_snapshot(published(8.1, -2.3, 5.1)),
        "nothing": make_snapshot(make_outlook(0.0, area=ZONE, missing=2)),
        "sample": make_snapshot(six(0.38, area=SAMPLE)),
        "example": example(),
        "guarded": read_snapshot((EXAMPLES / "0.1.0_wide.json").read_bytes()),
        "odd": odd(),
    }
