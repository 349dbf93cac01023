"""What a link gives to other programs: the figures of its page, for JSON and for CSV.

They are made of the document alone and hold nothing that page and workbook do not show: of a
scenario what a snapshot discloses, and no light where the page has none. What the page says in
words (next steps, the other goals of the plan) stays there. Keys are named as those of
``python -m data outlook --json``. Growth is in percent and probabilities are from 0 to 1, neither
rounded; what is not known is null.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from forecasting.figures.indicator import AreaKind, Comparator, Names
from forecasting.figures.period import Quarter, quarters_between
from forecasting.issues.snapshot import (
    Apart,
    AssumedEffect,
    AssumedEntry,
    Assumptions,
    BriefLine,
    ChangeSinceIssue,
    EntryKind,
    PastIssue,
    Snapshot,
    Unexplained,
)
from forecasting.news.news import TermKind
from forecasting.outlook.lights import Light
from forecasting.outlook.outlook import Excluded, Outlook, Reason, Verdict
from forecasting.outlook.pace import Pace
from forecasting.outlook.quantiles import QUANTILE_NAMES, Quantiles

FORM: Literal["zone-outlook/shared-figures/1"] = "zone-outlook/shared-figures/1"
"""Another key or meaning makes a new one, with a release."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedArea:
    """The area that is judged; ``synthetic`` figures are invented and must be marked so."""

    id: str
    name: Names
    kind: AreaKind
    reference: bool
    synthetic: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedIssue:
    """The head of the issue; ``sha256`` is the digest of the document that all is made of."""

    number: int
    label: str
    issued_at: str
    issuer: str
    note: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedProvenance:
    """What the numbers were made from, and the command that makes them again from the store.

    ``command`` is null under a scenario: what a link discloses of one does not make it again.
    """

    vintage: int
    engine: str
    app_version: str
    seed: int
    publishers: tuple[str, ...]
    command: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedAllClear:
    """That all are met: its probability, the error of it, and the weakest link."""

    p_all: float
    p_all_error: float
    p_independent: float
    light: Light | None
    weakest: str | None
    p_all_if_weakest_clears: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedBaseline:
    """The same without the scenario; in tenths where more would disclose a single part of it."""

    p_all: float
    in_tenths: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedQuantiles:
    """Quantiles of growth: the ends of the 95, 80 and 50% intervals, and the median."""

    q025: float | None
    q10: float | None
    q25: float | None
    q50: float | None
    q75: float | None
    q90: float | None
    q975: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedKnown:
    """Growth since January that is known, to a quarter (2026Q2) or a month (2026-08)."""

    period: str
    growth_ytd: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedFanPoint:
    """Growth since January at the end of a quarter to come."""

    quarter: str
    quantiles: SharedQuantiles


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedPace:
    """What the rest of the year must average, and in how many years of how many it did."""

    from_quarter: int
    from_month: int | None
    average: float | None
    shown: float | None
    reached: int
    windows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedIndicator:
    """The verdict of one indicator; without a light where its page has none."""

    indicator: str
    name: Names
    unit: str
    comparator: Comparator
    threshold: float
    tolerance: float
    counts: bool
    complete: bool
    probability: float
    light: Light | None
    quantiles: SharedQuantiles
    known: tuple[SharedKnown, ...]
    fan: tuple[SharedFanPoint, ...]
    pace: SharedPace | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedExcluded:
    """An indicator with a target and without a verdict, and why."""

    indicator: str
    name: Names
    comparator: Comparator
    threshold: float
    counts: bool
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedTerm:
    """One cause by which the probability of all moved, in probability."""

    kind: TermKind
    indicator: str | None
    period: str | None
    change: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedChange:
    """What changed since the last issue of the same series."""

    since: int
    label: str
    before: float | None
    now: float | None
    terms: tuple[SharedTerm, ...]
    unexplained: Unexplained | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedPast:
    """An earlier issue and what became of it."""

    number: int
    label: str
    issued_at: str
    year: int
    p_all: float | None
    met: bool | None
    apart: Apart | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedLine:
    """The last figure of one indicator since January, as a brief tells it."""

    indicator: str
    name: Names
    period: str
    growth_ytd: float
    level: float | None
    unit: str
    before_period: str | None
    before: float | None
    above: str | None
    above_growth: float | None
    unpublished: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedEffect:
    """What something assumed does to an indicator; null where it is not disclosed."""

    indicator: str
    points: float | None
    amount: float | None
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedEntry:
    """A lever, an amount or points that a scenario assumes."""

    kind: EntryKind
    what: str
    value: float
    unit: str
    start: str | None
    once: bool
    certain: bool
    effects: tuple[SharedEffect, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedPin:
    """An indicator that a scenario holds to a growth rate."""

    indicator: str
    growth: float
    quarter: str | None
    cumulative: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedView:
    """A view from below that takes a share of an indicator's paths."""

    indicator: str
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedScenario:
    """What the scenario assumes, as far as it is disclosed; projects in sums."""

    name: str
    note: str
    realised: bool
    entries: tuple[SharedEntry, ...]
    projects: int
    project_effects: tuple[SharedEffect, ...]
    pins: tuple[SharedPin, ...]
    bottom_up: tuple[SharedView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedFigures:
    """The figures of the page behind a link."""

    form: Literal["zone-outlook/shared-figures/1"]
    area: SharedArea
    year: int
    as_of: str | None
    planned: bool
    internal: bool
    unpublished: bool
    issue: SharedIssue
    made_from: SharedProvenance
    together: SharedAllClear | None
    without_scenario: SharedBaseline | None
    indicators: tuple[SharedIndicator, ...]
    excluded: tuple[SharedExcluded, ...]
    scenario: SharedScenario | None
    change: SharedChange | None
    record: tuple[SharedPast, ...]
    brief: tuple[SharedLine, ...]


def shared_figures(snapshot: Snapshot, *, digest: str) -> SharedFigures:
    """Return what a link gives to other programs.

    Parameters
    ----------
    digest
        SHA-256 of the document that the snapshot was read from.
    """
    outlook, issue, scenario = snapshot.outlook, snapshot.issue, snapshot.scenario
    area, made = outlook.area, snapshot.provenance
    return SharedFigures(
        form=FORM,
        area=SharedArea(
            id=area.id, name=snapshot.area_version or area.name, kind=area.kind,
            reference=area.reference, synthetic=area.synthetic,
        ),
        year=outlook.year,
        as_of=_text(outlook.as_of),
        planned=snapshot.planned,
        internal=snapshot.internal,
        unpublished=snapshot.unpublished,
        issue=SharedIssue(
            number=issue.number, label=issue.label, issued_at=issue.issued_at,
            issuer=issue.issuer, note=issue.note, sha256=digest,
        ),
        made_from=SharedProvenance(
            vintage=made.vintage, engine=made.engine, app_version=made.app_version,
            seed=made.seed, publishers=made.publishers, command=_command(snapshot),
        ),
        together=_together(outlook, snapshot),
        without_scenario=SharedBaseline(
            p_all=snapshot.baseline.probability, in_tenths=snapshot.baseline_in_tenths
        ) if snapshot.baseline else None,
        indicators=tuple(_indicator(verdict, snapshot) for verdict in outlook.verdicts),
        excluded=tuple(_excluded(one, snapshot) for one in outlook.excluded),
        scenario=_scenario(scenario) if scenario else None,
        change=_change(snapshot.change) if snapshot.change else None,
        record=tuple(_past(past) for past in snapshot.record),
        brief=tuple(_line(line) for line in snapshot.brief),
    )  # fmt: skip


def json_of(figures: SharedFigures) -> bytes:
    """Return the figures as JSON, the same bytes each time."""
    return msgspec.json.format(msgspec.json.encode(figures), indent=2) + b"\n"


def rows_of(figures: SharedFigures) -> list[list[str | float | None]]:
    """Return one row for each indicator, below a head of keys."""
    rows: list[list[str | float | None]] = [
        ["area", "year", "as_of", "synthetic", "unpublished", "indicator", "name_zh", "name_en",
         "comparator", "threshold", "counts", "complete", "probability", "light", *QUANTILE_NAMES,
         "known_period", "known_growth_ytd", "required_pace"]
    ]  # fmt: skip
    for one in figures.indicators:
        known = one.known[-1] if one.known else None
        rows.append(
            [figures.area.id, figures.year, figures.as_of, _yes(figures.area.synthetic),
             _yes(figures.unpublished), one.indicator, one.name.zh, one.name.en, one.comparator,
             one.threshold, _yes(one.counts), _yes(one.complete), one.probability, one.light,
             *(getattr(one.quantiles, level) for level in QUANTILE_NAMES),
             known.period if known else None, known.growth_ytd if known else None,
             one.pace.shown if one.pace else None]
        )  # fmt: skip
    return rows


def schema() -> dict[str, Any]:
    """Return the JSON Schema of what ``json_of`` writes, in the words of this module alone."""
    found = msgspec.json.schema(SharedFigures)
    for name, part in found["$defs"].items():
        if not name.startswith("Shared"):
            part.pop("description", None)
    return found


def _yes(value: bool) -> str:
    return "true" if value else "false"


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _command(snapshot: Snapshot) -> str | None:
    if snapshot.scenario is not None:
        return None
    outlook = snapshot.outlook
    asked = [f"--area {outlook.area.id}", f"--year {outlook.year}"]
    asked += [f"--vintage {snapshot.provenance.vintage}", f"--seed {outlook.seed}"]
    if outlook.as_of is not None:
        asked.append(f"--as-of {outlook.as_of}")
    if not snapshot.planned and outlook.verdicts:
        asked.append(f"--threshold {outlook.verdicts[0].target.threshold:g}")
    return " ".join(["python -m data outlook", *asked, "--json"])


def _together(outlook: Outlook, snapshot: Snapshot) -> SharedAllClear | None:
    together = outlook.all_clear
    if together is None:
        return None
    weakest = None if outlook.settled else together.weakest
    return SharedAllClear(
        p_all=together.probability,
        p_all_error=together.error,
        p_independent=together.independent,
        light=outlook.light if snapshot.scenario is None else None,
        weakest=weakest.indicator_id if weakest else None,
        p_all_if_weakest_clears=weakest.probability_if_cleared if weakest else None,
    )


def _indicator(verdict: Verdict, snapshot: Snapshot) -> SharedIndicator:
    target, history, pace = verdict.target, verdict.history, verdict.pace
    return SharedIndicator(
        indicator=verdict.indicator_id,
        name=history.indicator.name,
        unit=history.indicator.unit,
        comparator=target.comparator,
        threshold=target.threshold,
        tolerance=target.tolerance,
        counts=target.counts,
        complete=verdict.complete,
        probability=verdict.probability,
        light=snapshot.shown_light(verdict),
        quantiles=_levels(verdict.quantiles),
        known=tuple(_known(verdict, snapshot.outlook.year)),
        fan=tuple(
            SharedFanPoint(quarter=str(point.quarter), quantiles=_levels(point.quantiles))
            for point in verdict.fan
        ),
        pace=_pace(pace) if pace else None,
    )  # fmt: skip


def _pace(pace: Pace) -> SharedPace:
    return SharedPace(
        from_quarter=pace.first_quarter, from_month=pace.first_month,
        average=_finite(pace.average), shown=_finite(pace.shown),
        reached=pace.reached, windows=pace.windows,
    )  # fmt: skip


def _levels(quantiles: Quantiles) -> SharedQuantiles:
    return SharedQuantiles(**dict(zip(QUANTILE_NAMES, map(_finite, quantiles), strict=True)))


def _known(verdict: Verdict, year: int) -> list[SharedKnown]:
    """Return what is known of the year before and of the year, as a fan shows it."""
    history = verdict.history
    found = [
        SharedKnown(period=str(quarter), growth_ytd=value)
        for quarter in quarters_between(Quarter(year - 1, 1), Quarter(year, 4))
        if math.isfinite(value := history.ytd_at(quarter))
    ]
    if history.partial is not None:
        found.append(SharedKnown(period=str(history.partial.month), growth_ytd=history.partial.ytd))
    return found


def _excluded(one: Excluded, snapshot: Snapshot) -> SharedExcluded:
    return SharedExcluded(
        indicator=one.target.indicator, name=snapshot.catalogue[one.target.indicator].name,
        comparator=one.target.comparator, threshold=one.target.threshold,
        counts=one.target.counts, reason=one.reason,
    )  # fmt: skip


def _scenario(scenario: Assumptions) -> SharedScenario:
    return SharedScenario(
        name=scenario.name,
        note=scenario.note,
        realised=scenario.realised,
        entries=tuple(_assumed(entry) for entry in scenario.entries),
        projects=scenario.projects.count,
        project_effects=tuple(
            SharedEffect(indicator=one.indicator, points=one.points, amount=None, unit="")
            for one in scenario.projects.effects
        ),
        pins=tuple(
            SharedPin(
                indicator=pin.indicator, growth=pin.growth, quarter=_text(pin.quarter),
                cumulative=pin.cumulative,
            )
            for pin in scenario.pins
        ),
        bottom_up=tuple(
            SharedView(indicator=view.indicator, weight=view.weight) for view in scenario.bottom_up
        ),
    )  # fmt: skip


def _assumed(entry: AssumedEntry) -> SharedEntry:
    return SharedEntry(
        kind=entry.kind, what=entry.what, value=entry.value, unit=entry.unit,
        start=_text(entry.start), once=entry.one_off, certain=entry.certain,
        effects=tuple(map(_effect, entry.effects)),
    )  # fmt: skip


def _effect(effect: AssumedEffect) -> SharedEffect:
    return SharedEffect(
        indicator=effect.indicator, points=effect.points, amount=effect.amount, unit=effect.unit
    )


def _change(change: ChangeSinceIssue) -> SharedChange:
    return SharedChange(
        since=change.since,
        label=change.label,
        before=change.before,
        now=change.now,
        terms=tuple(
            SharedTerm(
                kind=term.kind, indicator=term.indicator, period=_text(term.quarter),
                change=term.change,
            )
            for term in change.terms
        ),
        unexplained=change.unexplained,
    )  # fmt: skip


def _past(past: PastIssue) -> SharedPast:
    return SharedPast(
        number=past.number, label=past.label, issued_at=past.issued_at, year=past.year,
        p_all=past.p_all, met=past.outcome, apart=past.apart,
    )  # fmt: skip


def _line(line: BriefLine) -> SharedLine:
    before, above = line.before, line.above
    return SharedLine(
        indicator=line.indicator, name=line.name, period=str(line.latest.period),
        growth_ytd=line.latest.growth, level=line.level, unit=line.unit,
        before_period=str(before.period) if before else None,
        before=before.growth if before else None,
        above=above.area if above else None, above_growth=above.growth if above else None,
        unpublished=line.unpublished,
    )  # fmt: skip
