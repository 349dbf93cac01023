"""Snapshots as schema 1 wrote them: nothing here changes, so that no stored one does."""

from __future__ import annotations

from forecasting.figures.indicator import Target
from forecasting.issues.outlook_1 import indicator_1, names_1, outlook_1, target_1
from forecasting.issues.plain import (
    Plain,
    day,
    flag,
    maybe,
    month,
    number,
    quarter,
    several,
    text,
    whole,
)
from forecasting.issues.snapshot import (
    Above,
    AssumedEffect,
    AssumedEntry,
    AssumedPin,
    AssumedProjects,
    AssumedView,
    Assumptions,
    BriefLine,
    Change,
    ChangeTerm,
    EntryKind,
    Factor,
    IssueNote,
    NextRelease,
    PastIssue,
    Progress,
    ProjectSum,
    Provenance,
    Reading,
    Snapshot,
)
from forecasting.news.terms import Amended, Surprise, TermKind
from forecasting.outlook.outlook import AllClear
from forecasting.scenario.levers import Source


def read_1(values: Plain) -> Snapshot:
    """Read a snapshot of schema 1."""
    return Snapshot(
        issue=_issue(values["issue"]),
        outlook=outlook_1(values["outlook"]),
        provenance=_provenance(values["provenance"]),
        planned=flag(values["planned"]),
        baseline=maybe(values["baseline"], _baseline),
        scenario=maybe(values["scenario"], assumptions_1),
        brief=several(values["brief"], _brief_line),
        change=maybe(values["change"], change_1),
        record=several(values["record"], past_issue_1),
        indicators=several(values["indicators"], indicator_1),
        area_version=maybe(values["area_version"], names_1),
    )


def _baseline(values: Plain) -> AllClear | None:
    return outlook_1(values).all_clear


def _issue(values: Plain) -> IssueNote:
    return IssueNote(
        number=whole(values["number"]),
        issued_at=text(values["issued_at"]),
        issuer=text(values["issuer"]),
        note=text(values["note"]),
    )


def _provenance(values: Plain) -> Provenance:
    return Provenance(
        vintage=whole(values["vintage"]),
        engine=text(values["engine"]),
        app_version=text(values["app_version"]),
        seed=whole(values["seed"]),
        publishers=several(values["publishers"], text),
        unpublished=flag(values["unpublished"]),
        next_release=maybe(values["next_release"], _next_release),
    )


def _next_release(values: Plain) -> NextRelease:
    return NextRelease(date=day(values["date"]), period=quarter(values["period"]))


def _brief_line(values: Plain) -> BriefLine:
    return BriefLine(
        indicator=text(values["indicator"]),
        name=names_1(values["name"]),
        latest=_reading(values["latest"]),
        level=maybe(values["level"], number),
        unit=text(values["unit"]),
        before=maybe(values["before"], _reading),
        above=maybe(values["above"], _above),
        progress=_progress(values["progress"]),
        unpublished=flag(values["unpublished"]),
    )


def _reading(values: Plain) -> Reading:
    return Reading(period=month(values["period"]), growth=number(values["growth"]))


def _above(values: Plain) -> Above:
    return Above(
        area=text(values["area"]), name=names_1(values["name"]), growth=number(values["growth"])
    )


def _progress(values: Plain) -> Progress:
    return Progress(gap=number(values["gap"]), share=maybe(values["share"], number))


def change_1(values: Plain) -> Change:
    """Read what changed since an earlier issue."""
    return Change(
        since=whole(values["since"]),
        before=maybe(values["before"], number),
        now=maybe(values["now"], number),
        terms=several(values["terms"], _term),
    )


def _term(values: Plain) -> ChangeTerm:
    return ChangeTerm(
        kind=TermKind(values["kind"]),
        indicator=maybe(values["indicator"], text),
        quarter=maybe(values["quarter"], quarter),
        change=maybe(values["change"], number),
        surprise=maybe(values["surprise"], _surprise),
        target=maybe(values["target"], _amended),
    )


def _surprise(values: Plain) -> Surprise:
    return Surprise(
        expected=number(values["expected"]),
        deviation=number(values["deviation"]),
        actual=number(values["actual"]),
    )


def _amended(values: Plain) -> Amended[Target]:
    return Amended(old=maybe(values["old"], target_1), new=maybe(values["new"], target_1))


def past_issue_1(values: Plain) -> PastIssue:
    """Read an earlier issue."""
    return PastIssue(
        number=whole(values["number"]),
        issued_at=text(values["issued_at"]),
        year=whole(values["year"]),
        p_all=maybe(values["p_all"], number),
        outcome=maybe(values["outcome"], flag),
    )


def assumptions_1(values: Plain) -> Assumptions:
    """Read what a scenario assumes."""
    return Assumptions(
        name=text(values["name"]),
        note=text(values["note"]),
        entries=several(values["entries"], entry_1),
        projects=_projects(values["projects"]),
        pins=several(values["pins"], _pin),
        bottom_up=several(values["bottom_up"], view_1),
        unmeasured=several(values["unmeasured"], text),
    )


def entry_1(values: Plain) -> AssumedEntry:
    """Read an entry of a scenario."""
    return AssumedEntry(
        kind=EntryKind(values["kind"]),
        what=text(values["what"]),
        value=number(values["value"]),
        unit=text(values["unit"]),
        start=maybe(values["start"], quarter),
        one_off=flag(values["one_off"]),
        beyond_range=flag(values["beyond_range"]),
        effects=several(values["effects"], effect_1),
    )


def effect_1(values: Plain) -> AssumedEffect:
    """Read what an entry does to an indicator."""
    return AssumedEffect(
        indicator=text(values["indicator"]),
        amount=maybe(values["amount"], number),
        unit=text(values["unit"]),
        points=number(values["points"]),
        beyond_history=maybe(values["beyond_history"], flag),
        factors=several(values["factors"], factor_1),
    )


def factor_1(values: Plain) -> Factor:
    """Read a factor of an entry's arithmetic."""
    return Factor(
        name=text(values["name"]),
        value=number(values["value"]),
        divides=flag(values["divides"]),
        source=maybe(values["source"], Source),
    )


def _projects(values: Plain) -> AssumedProjects:
    return AssumedProjects(
        count=whole(values["count"]),
        moving=whole(values["moving"]),
        effects=several(values["effects"], _project_sum),
    )


def _project_sum(values: Plain) -> ProjectSum:
    return ProjectSum(indicator=text(values["indicator"]), points=maybe(values["points"], number))


def _pin(values: Plain) -> AssumedPin:
    return AssumedPin(
        indicator=text(values["indicator"]),
        growth=number(values["growth"]),
        quarter=maybe(values["quarter"], quarter),
        cumulative=flag(values["cumulative"]),
    )


def view_1(values: Plain) -> AssumedView:
    """Read a view from below."""
    return AssumedView(indicator=text(values["indicator"]), weight=number(values["weight"]))
