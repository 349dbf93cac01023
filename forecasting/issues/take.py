"""Taking a snapshot of an outlook: everything that its readers will ever be shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from forecasting.figures.indicator import Area, Catalogue, Indicator, Names, Observation, Status
from forecasting.issues.brief import brief_of
from forecasting.issues.redact import assumptions_of, baseline_beside, without_views
from forecasting.issues.releases import next_release
from forecasting.issues.snapshot import (
    Assumptions,
    BriefLine,
    ChangeSinceIssue,
    ChangeTerm,
    IssueNote,
    NextSteps,
    PastIssue,
    Provenance,
    Snapshot,
)
from forecasting.news.news import News
from forecasting.outlook.outlook import Outlook
from forecasting.outlook.question import figures_until_cut

if TYPE_CHECKING:  # what applies scenarios imports every model: a snapshot needs none
    from forecasting.scenario.apply import Applied


@dataclass(frozen=True, slots=True)
class Material:
    """What a snapshot needs besides the outlook.

    Attributes
    ----------
    areas, observations
        Of any area; those of the outlook's and of the areas above it are picked.
    today
        The day of the issue where its readers live.
    area_version
        What the area is called as it is since it was last redrawn; None where it never was.
    """

    areas: Sequence[Area]
    catalogue: Catalogue
    observations: Sequence[Observation]
    vintage: int
    app_version: str
    today: date
    area_version: Names | None = None


def take(
    issue: IssueNote,
    outlook: Outlook,
    material: Material,
    *,
    planned: bool = True,
    applied: Applied | None = None,
    with_note: bool = False,
    news: tuple[int, News] | None = None,
    record: Sequence[PastIssue] = (),
    next_steps: NextSteps | None = None,
) -> Snapshot:
    """Freeze an outlook.

    Parameters
    ----------
    outlook
        Without any scenario.
    planned
        Whether its line is the area's planned one, not one that the reader typed.
    applied
        A scenario on it, whose outlook is then the one that is issued.
    with_note
        Whether readers see the note of the scenario.
    news
        Number of the issue before, and what led from its vintage to this one. It is left out under
        a scenario, whose issues compare with each other.
    record
        Earlier issues, the last first.
    next_steps
        About the weakest link of what is issued. What projects bring together is left out under a
        scenario, which tells it of its own.
    """
    assumes = applied is not None and not applied.scenario.silent
    scenario, issued = None, outlook
    if applied and assumes:
        scenario = assumptions_of(applied, material.catalogue, with_note=with_note)
        issued, news = without_views(applied.outlook, scenario.bottom_up), None
        next_steps = next_steps and replace(next_steps, brings=None, points=None)
    brief = brief_of(outlook, material.areas, material.observations)
    change = change_of(*news) if news else None
    return Snapshot(
        issue=issue,
        outlook=issued,
        provenance=_provenance(outlook, material, brief),
        planned=planned,
        baseline=baseline_beside(scenario, outlook) if scenario else None,
        scenario=scenario,
        brief=brief,
        change=change,
        record=tuple(record),
        indicators=_indicators(material.catalogue, outlook, scenario, news),
        area_version=material.area_version,
        next_steps=next_steps,
    )


def change_of(since: int, news: News) -> ChangeSinceIssue:
    """Return why the all-clear probability is another than at an issue; all terms, in order."""
    before, now = news.before.all_clear, news.after.all_clear
    return ChangeSinceIssue(
        since=since,
        before=before.probability if before else None,
        now=now.probability if now else None,
        terms=tuple(
            ChangeTerm(
                term.kind, term.indicator, term.quarter, term.all_clear, term.surprise, term.target
            )
            for term in news.terms
        ),
    )


def _provenance(outlook: Outlook, material: Material, brief: tuple[BriefLine, ...]) -> Provenance:
    own = [figure for figure in material.observations if figure.area == outlook.area.id]
    figures = figures_until_cut(own, outlook.year, outlook.as_of)
    asked = {(verdict.indicator_id, verdict.target.basis) for verdict in outlook.verdicts}
    used = [figure for figure in figures if (figure.indicator, figure.basis) in asked]
    return Provenance(
        vintage=material.vintage,
        engine=outlook.engine,
        app_version=material.app_version,
        seed=outlook.seed,
        publishers=tuple(sorted({figure.publisher for figure in used} - {""})),
        unpublished=any(line.unpublished for line in brief)
        or any(figure.status is Status.FLASH for figure in figures),
        next_release=next_release(outlook, material.today),
    )


def _indicators(
    catalogue: Catalogue,
    outlook: Outlook,
    scenario: Assumptions | None,
    news: tuple[int, News] | None,
) -> tuple[Indicator, ...]:
    """Return every indicator mentioned; one that is gone by the name it had before."""
    known = {
        verdict.indicator_id: verdict.history.indicator
        for before in ([news[1].before] if news else [])
        for verdict in before.verdicts
    } | dict(catalogue.indicators)
    named = set(mentioned(outlook, scenario, news))
    return tuple(
        sorted(
            (indicator for name, indicator in known.items() if name in named),
            key=lambda indicator: (indicator.order, indicator.id),
        )
    )


def mentioned(
    outlook: Outlook, scenario: Assumptions | None, news: tuple[int, News] | None = None
) -> Iterator[str]:
    """Yield the ids of indicators that are mentioned, and some other names."""
    yield from (verdict.indicator_id for verdict in outlook.verdicts)
    yield from (entry.target.indicator for entry in outlook.excluded)
    if news:
        yield from (term.indicator for term in news[1].terms if term.indicator)
    if scenario:
        yield from (entry.what for entry in scenario.entries)
        yield from (pin.indicator for pin in scenario.pins)
        yield from (view.indicator for view in scenario.bottom_up)
        yield from scenario.unmeasured
