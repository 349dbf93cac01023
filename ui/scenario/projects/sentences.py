"""What the projects of a scenario bring, when they come, and what is wrong with one or its file.

Names stand in them as they are, in Markdown on the page and in plain text in a table.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from math import fsum

from data.projects.problems import ProjectProblem
from forecasting.figures.indicator import Catalogue
from forecasting.figures.period import Quarter
from forecasting.scenario.apply import Applied, Effect
from forecasting.scenario.model import Scenario
from forecasting.scenario.projects import Project, first_invested, unregistered
from forecasting.scenario.realisation import dated, is_begun, on_top, plan_share, start_rates
from forecasting.scenario.reference_class import RealisationRates
from ui.language import Speaker, words
from ui.language import format as fmt
from ui.outlook.sentences import BREAK
from ui.scenario import terms
from ui.scenario.sentences import MILESTONES, rate_range

MOST_DATES = 2
"""Quarters ahead that a table names of a project."""
_HUNDRED_MILLION = "1e8 CNY"


def effects_by_project(applied: Applied) -> dict[str, list[Effect]]:
    """Return what each project does to indicators this year, the largest first."""
    found: dict[str, list[Effect]] = {}
    for effect in applied.effects:
        if isinstance(effect.entry, Project) and any(effect.points):
            found.setdefault(effect.entry.id, []).append(effect)
    return {id: sorted(own, key=lambda one: -abs(fsum(one.points))) for id, own in found.items()}


def planned(projects: Sequence[Project], year: int) -> float:
    """Return the investment that projects plan to complete in a year, in 1e8 CNY."""
    return fsum(dict(project.completion).get(year, 0.0) for project in projects)


def headline(applied: Applied, catalogue: Catalogue, say: Speaker) -> str:
    """Say how many projects there are, what they invest this year and what that brings."""
    projects, year = applied.scenario.projects, applied.outlook.year
    if not projects:
        return say("ledger.title_empty").replace("|", BREAK)
    return say(
        "ledger.title",
        count=len(projects),
        year=year,
        amount=terms.quantity(planned(projects, year), _HUNDRED_MILLION, say, exact=False),
        pulls=_pulls(applied, catalogue, say),
    ).replace("|", BREAK)


def _pulls(
    applied: Applied, catalogue: Catalogue, say: Speaker, ids: Collection[str] | None = None
) -> str:
    """Say which two indicators all projects, or those of some ids, together move most."""
    total: dict[str, float] = {}
    for id, own in effects_by_project(applied).items():
        for effect in own if ids is None or id in ids else ():
            total[effect.indicator] = total.get(effect.indicator, 0.0) + fsum(effect.points)
    most = sorted(total, key=lambda indicator: -abs(total[indicator]))[:2]
    if not most:
        return say(f"ledger.no_pull{'_level' if applied.unmeasured else ''}")
    down = "_down" if any(total[indicator] < 0 for indicator in most) else ""
    phrases = [
        say(
            "ledger.pull",
            name=terms.indicator_name(indicator, catalogue, say),
            points=terms.points(total[indicator], say, signed=bool(down)),
        )
        for indicator in most
    ]
    if len(phrases) == 1:
        return say(f"ledger.pulls{down}", first=phrases[0])
    return say(f"ledger.pulls{down}_two", first=phrases[0], second=phrases[1])


def on_top_of_trend(applied: Applied, now: Quarter, catalogue: Catalogue, say: Speaker) -> str:
    """Say which projects had started before a quarter and add to the trend all the same.

    Empty where none does: its ordinary progress is in the figures that the forecast carries on.
    """
    effects = effects_by_project(applied)
    ids = {one.id for one in applied.scenario.projects if on_top(one, now) and one.id in effects}
    if not ids:
        return ""
    return say(
        "ledger.on_top",
        count=len(ids),
        quarter=terms.quarter_name(now, applied.outlook.year, say),
        pulls=_pulls(applied, catalogue, say, ids).replace("|", ""),
    )


def taken_as_carried(projects: Sequence[Project], year: int, say: Speaker) -> str:
    """Say how many projects of a file are taken to be in the trend; empty where none is."""
    some = [project for project in projects if project.in_trend is not None]
    if not some:
        return ""
    amount = terms.quantity(planned(some, year), _HUNDRED_MILLION, say, exact=False)
    return say("ledger.carried", count=len(some), year=year, amount=amount)


def since_saved(saved: Scenario, now: Scenario, name: str, say: Speaker) -> str:
    """Say how the projects differ from those that are saved under a name; empty where not."""
    old, new = by_id(saved.projects), by_id(now.projects)
    moved = sum(id in old and project != old[id] for id, project in new.items())
    added = sum(id not in old for id in new)
    gone = [terms.project_name(project, say) for id, project in old.items() if id not in new]
    phrases = []
    if moved:
        phrases.append(say("ledger.moved", count=moved))
    if added:
        phrases.append(say("ledger.added", count=added))
    if gone:
        names = say("format.comma").join(gone)
        phrases.append(say("ledger.dropped", names=names))
    if not phrases:
        return ""
    what = say("format.comma_in_sentence").join(phrases)
    return say("ledger.since_saved", name=say.verbatim(name), what=what)


def by_id(projects: Sequence[Project]) -> Mapping[str, Project]:
    """Return projects by their ids."""
    return {project.id: project for project in projects}


def name_of(project: Project, say: Speaker) -> str:
    """Return the name of a project as a plain text."""
    return terms.project_name(project, say.plain)


def next_dates(project: Project, now: Quarter, year: int, say: Speaker) -> str:
    """Name what comes next of a project: 三季度开工、入库，四季度投产. Empty where nothing does."""
    ahead = sorted(
        (date, place, milestone)
        for place, (milestone, date) in enumerate(_dates(project))
        if date >= now
    )
    dates = [
        say(
            "ledger.date",
            quarter=terms.quarter_name(quarter, year, say),
            milestones=say("format.comma").join(
                say(f"milestone.{milestone}") for _, _, milestone in same
            ),
        )
        for quarter, same in groupby(ahead, key=lambda entry: entry[0])
    ]
    return say("format.comma_in_sentence").join(dates[:MOST_DATES])


def _dates(project: Project) -> list[tuple[str, Quarter]]:
    """Return the dates of a project by what comes at them; the planned start until it has one."""
    start = "started" if project.started is not None else "start_planned"
    names = [start if name == "started" else name for name in MILESTONES]
    return [(name, date) for name in names if (date := getattr(project, name)) is not None]


def pulls(effects: Sequence[Effect], catalogue: Catalogue, say: Speaker) -> str:
    """Say what a project adds to each indicator, in points: 固定资产投资+3.1、工业投资+6.1."""
    return say("format.comma").join(
        say(
            "desk.effect",
            name=words.title(catalogue[effect.indicator], say),
            points=fmt.signed(fsum(effect.points)),
        )
        for effect in effects
        if fmt.signed(fsum(effect.points)).strip("0.")
    )


def warnings(
    project: Project, year: int, now: Quarter, opens: Quarter, say: Speaker
) -> Iterator[str]:
    """Yield what looks wrong with a project, though it can be."""
    ordered = [one for one in _dates(project) if one[0] not in ("signed", "recorded")]
    for (first, one), (second, other) in pairwise(ordered):
        if other < one:
            earlier, later = (say(f"milestone.{name}") for name in (first, second))
            yield say("ledger.dates_order", earlier=earlier, later=later)
    total = fsum(amount for _, amount in project.completion)
    if 0 < project.total_investment < total - 1e-9:
        amounts = {
            name: terms.quantity(value, _HUNDRED_MILLION, say)
            for name, value in (("amount", total), ("total", project.total_investment))
        }
        yield say("ledger.completion_over", **amounts)
    if dict(project.completion).get(year):
        yield from _start_warning(project, year, now, opens, say)
    if unregistered(project):
        yield say("ledger.unregistered")
    if project.counted is None and project.output:
        yield say("ledger.before_counted")
    if project.producing is None and project.tax:
        yield say("ledger.before_producing")


def _start_warning(
    project: Project, year: int, now: Quarter, opens: Quarter, say: Speaker
) -> Iterator[str]:
    """Yield as of when investment of the year counts, where no date of the project says so."""
    begins = first_invested(dated(project, now, opens))
    if begins is None:
        yield say("ledger.before_start")
    elif begins.year > year:
        yield say("ledger.starts_later", quarter=terms.quarter_name(begins, year, say), year=year)
    elif not (project.started or project.recorded) and is_begun(project, now):
        yield say("ledger.begun_undated")
    elif not (project.started or project.recorded or project.start_planned):
        yield say("ledger.start_unsaid", quarter=terms.quarter_name(begins, year, say))


def problem(found: ProjectProblem, say: Speaker, *, with_sheet: bool = False) -> str:
    """Return what is wrong, or was left out, and where.

    Parameters
    ----------
    with_sheet
        Whether the sheet is named, as where a file has several.
    """
    texts = {
        "found": say.verbatim(found.found),
        "other": say.verbatim(found.other),
        "column": say.verbatim(found.head),
    }
    told = say(f"projects.problem.{found.code}", **texts)
    sheet = say.verbatim(found.sheet)
    if not found.row and not found.column:
        where = "projects.place.sheet" if sheet else "projects.place.file"
        return say(where, sheet=sheet, told=told)
    kind = "cell" if found.row and found.column else "row" if found.row else "column"
    place = say(f"projects.place.{kind}", row=found.row, **texts)
    around = "projects.place.in_sheet" if with_sheet and sheet else "projects.place.alone"
    return say(around, sheet=sheet, place=place, told=told)


def shares(values: Sequence[float], say: Speaker) -> str:
    """List shares one after the other."""
    return say("format.comma").join(fmt.share(value) for value in values)


def realisation(project: Project, rates: RealisationRates, now: Quarter, say: Speaker) -> list[str]:
    """Say how much of a project comes, and when, by what came of its class elsewhere."""
    lines = []
    if not is_begun(project, now) and project.start_probability is None:
        of = start_rates(project, rates, now)
        lines.append(
            say(
                "realisation.starts",
                half=fmt.share(of.within_2q.expected),
                year=fmt.share(of.within_4q.expected),
                ever=fmt.share(of.ever.expected),
            )
        )
    share = plan_share(project, rates, now)
    lines.append(say("realisation.plan_share", share=rate_range(share, say)))
    return lines


def rate(value: float | None, say: Speaker) -> str:
    """Write a rate of the funnel; a dash where it has no base."""
    return say("projects.rate.none") if value is None else fmt.percent(100 * value)
