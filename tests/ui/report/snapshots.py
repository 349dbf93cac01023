"""Snapshots that name only what a report's words and charts depend on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from forecasting.figures.indicator import Area, AreaKind, Names
from forecasting.figures.period import Month, Quarter
from forecasting.issues.snapshot import (
    Above,
    AssumedEffect,
    AssumedEntry,
    AssumedPin,
    AssumedProjects,
    AssumedView,
    Assumptions,
    BriefLine,
    ChangeSinceIssue,
    ChangeTerm,
    EntryKind,
    GrowthToDate,
    IssueNote,
    NextRelease,
    NextSteps,
    PastIssue,
    Progress,
    ProjectSum,
    Provenance,
    Snapshot,
    Step,
)
from forecasting.news.news import Amended, Surprise, TermKind
from forecasting.outlook.outlook import Outlook, Verdict
from forecasting.outlook.pace import Pace
from forecasting.scenario.levers import Factor, Source
from tests.builders import make_target
from tests.ui.outlooks import NAMES, NATION, make_history, make_outlook, make_verdict

ZONE = Area("Z", Names("某开发区", "Some zone"), AreaKind.ZONE)
SEPTEMBER = (5.4, 6.1, 6.2)
YEAR = (9.0, 8.8, 8.4, 8.1)
RELEASE = NextRelease(date(2027, 1, 18), Quarter(2026, 4))
PACE = Pace(4, 9.03, 9.1, 2, 5)
INDICATORS = tuple(make_history(name).indicator for name in NAMES)


def make_snapshot(
    outlook: Outlook,
    *,
    unpublished: bool = False,
    issued: str = "2026-10-25T01:30:00+00:00",
    release: NextRelease | None = RELEASE,
    note: str = "",
    **parts: object,
) -> Snapshot:
    """Return an outlook as it was issued."""
    return Snapshot(
        issue=IssueNote(12, issued, "某开发区经济发展局", note),
        outlook=outlook,
        provenance=Provenance(27, "pool-2", "0.6.0", 7, ("统计局",), unpublished, release),
        indicators=INDICATORS,
        **parts,  # type: ignore[arg-type]
    )


def six(probability: float, *, area: Area = ZONE, **options: object) -> Outlook:
    """Return six indicators after the third quarter, investment the weakest."""
    least = 1 - 0.9 * (1 - probability) if probability > 0.4 else 0.0  # all are no likelier
    weakest = make_verdict(max(0.46, least), ytd=SEPTEMBER, median=7.0, pace=PACE)
    chances = {"tax": 0.74, "trade": 0.82, "gdp": 0.95, "retail": 0.93, "budget": 0.88}
    others = [
        make_verdict(max(chance, least), name=name, ytd=SEPTEMBER, median=8.3)
        for name, chance in chances.items()
    ]
    cleared = max(0.71, least)
    return make_outlook(probability, weakest, *others, area=area, if_cleared=cleared, **options)  # type: ignore[arg-type]


def three(probability: float, *chances: float, **options: object) -> Outlook:
    """Return three indicators at half of the year, investment the weakest."""
    verdicts = (
        make_verdict(chance, name=name)
        for name, chance in zip(("investment", "tax", "trade"), chances, strict=True)
    )
    return make_outlook(probability, *verdicts, **{"area": ZONE, **options})  # type: ignore[arg-type]


def published(*growth: float, area: Area = ZONE, line: float = 7.0) -> Outlook:
    """Return a year that is published: the full year's growth of investment, tax and trade."""
    names = ("investment", "tax", "trade")
    verdicts = [
        make_verdict(float(rate > line), name=name, ytd=YEAR, median=rate, reference=area.reference)
        for name, rate in zip(names, growth, strict=False)
    ]
    return make_outlook(float(all(v.probability for v in verdicts)), *verdicts, area=area)


def reference(*chances: float, missing: int = 5) -> Outlook:
    """Return a reference area, held against the zone's line for comparison."""
    verdicts = [
        make_verdict(chance, name=name, reference=True)
        for name, chance in zip(("investment", "tax", "trade"), chances, strict=False)
    ]
    cleared = 0.31 if len(chances) > 1 else None
    return make_outlook(chances[0], *verdicts, area=NATION, missing=missing, if_cleared=cleared)


CHANGE = ChangeSinceIssue(
    11,
    0.45,
    0.38,
    (
        ChangeTerm(TermKind.REVISION, "gdp", None, 0.012),
        ChangeTerm(TermKind.FIGURE, "investment", Quarter(2026, 3), -0.09, Surprise(6.8, 0.4, 6.2)),
        ChangeTerm(TermKind.FIGURE, "tax", Quarter(2026, 3), -0.003, Surprise(6.2, 0.4, 6.2)),
        ChangeTerm(TermKind.ESTIMATION, None, None, 0.011),
        ChangeTerm(
            TermKind.TARGET,
            "tax",
            None,
            0.0,
            target=Amended(make_target("tax", 6.0), make_target("tax", 7.0)),
        ),
    ),
)
RECORD = (
    PastIssue(11, "2026-07-24T02:00:00+00:00", 2026, 0.45, None),
    PastIssue(8, "2025-10-24T02:00:00+00:00", 2025, 0.72, True),
    PastIssue(5, "2025-07-24T02:00:00+00:00", 2025, 0.55, True),
    PastIssue(2, "2024-07-24T02:00:00+00:00", 2024, 0.34, False),
)
ASSUMED = Assumptions(
    name="抓投资",
    note="按例会议定事项测算。",
    entries=(
        AssumedEntry(
            EntryKind.LEVER,
            "new_starts",
            20.0,
            "1e8 CNY",
            Quarter(2026, 4),
            False,
            False,
            (
                AssumedEffect(
                    "investment",
                    20.0,
                    "1e8 CNY",
                    1.4,
                    False,
                    (Factor("completion", 0.4, False, Source.JUDGEMENT),),
                ),
            ),
        ),
        AssumedEntry(EntryKind.AMOUNT, "tax", -0.5, "1e8 CNY", None, False, True, ()),
    ),
    projects=AssumedProjects(12, 5, (ProjectSum("investment", 0.8), ProjectSum("tax", None))),
    pins=(AssumedPin("retail", 8.0, None, False),),
    bottom_up=(AssumedView("gdp", 0.4),),
)


def brief_line(verdict: Verdict, **changes: object) -> BriefLine:
    """Return how an indicator stands at the end of September, half a point above the province."""
    latest = verdict.history.ytd_at(Quarter(2026, 3))
    line = BriefLine(
        indicator=verdict.indicator_id,
        name=verdict.history.indicator.name,
        latest=GrowthToDate(Month(2026, 9), latest),
        level=120.5,
        unit="1e8 CNY",
        before=GrowthToDate(Month(2026, 6), verdict.history.ytd_at(Quarter(2026, 2))),
        above=Above("CN-SX", Names("山西省", "Shanxi"), latest - 0.5),
        progress=Progress(latest - 7.0, 0.712),
        unpublished=False,
    )
    return replace(line, **changes)  # type: ignore[arg-type]


COUNTED = NextSteps(
    "investment",
    0.05,
    0.42,
    "1e8 CNY",
    True,
    projects=7,
    carried=4,
    blocked=2,
    brings=2.6,
    points=0.71,
    steps=(
        Step("started", Quarter(2026, 4), "经济发展部", 3, 2),
        Step("producing", Quarter(2026, 4), "", 2, 0),
        Step("recorded", None, "", 1, 0),
    ),
)
NAMED = replace(
    COUNTED,
    steps=(
        Step("started", Quarter(2026, 4), "经济发展部", 1, 1, "铸造产业园", "用地手续未办结"),
        Step("producing", Quarter(2027, 1), "", 1, 0, "制药车间二期"),
    ),
    named=True,
)


def full() -> Snapshot:
    """Return an issue that has a part of every kind but a scenario."""
    outlook = six(0.38, missing=1)
    return make_snapshot(
        outlook,
        unpublished=True,
        note="三季度数据为快报。\n统计局反馈后另行更新。",
        brief=tuple(brief_line(verdict) for verdict in outlook.verdicts),
        change=CHANGE,
        record=RECORD,
        next_steps=COUNTED,
    )


def with_scenario() -> Snapshot:
    """Return an issue of a scenario."""
    return make_snapshot(
        six(0.62),
        baseline=six(0.38).all_clear,
        scenario=ASSUMED,
        change=CHANGE,
        next_steps=replace(COUNTED, brings=None, points=None),
    )
