"""What a scenario assumes, in words that give away no single firm or project."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from forecasting.figures.indicator import Catalogue
from forecasting.figures.target import published
from forecasting.issues.snapshot import (
    AssumedEffect,
    AssumedEntry,
    AssumedPin,
    AssumedProjects,
    Assumptions,
    EntryKind,
    Snapshot,
)
from forecasting.scenario.levers import YEAR_POINTS, Factor
from ui.language import Speaker
from ui.language import format as fmt
from ui.report.document.blocks import (
    Block,
    Details,
    Note,
    Paragraph,
    Section,
    Topic,
    as_written,
    listed,
    marked,
)
from ui.scenario.terms import (
    assumption_value,
    factor_value,
    lever_change,
    points,
    quantity,
    quarter_name,
    set_figure,
    since,
    source_name,
    unseen_growth,
)

NAMED = 2
"""Assumptions that a line names; of more it says how many there are."""
MOST_CERTAIN = 3
"""The same of those that count in full; the list of all marks every one."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The year, catalogue and speaker by which a scenario is put into words.

    Attributes
    ----------
    realised
        As of ``Assumptions``.
    """

    year: int
    catalogue: Catalogue
    say: Speaker
    realised: bool = True

    def name(self, indicator: str) -> str:
        """Return the name of an indicator by its id."""
        return self.say.plain.name(self.catalogue[indicator].name)


def wording_of(snapshot: Snapshot, say: Speaker) -> Wording:
    """Return what puts the scenario of an issue into words."""
    realised = snapshot.scenario is None or snapshot.scenario.realised
    return Wording(snapshot.outlook.year, snapshot.catalogue, say, realised)


def in_a_line(assumptions: Assumptions, wording: Wording) -> str:
    """Name the assumptions that move most, and how many there are where they are more."""
    phrases = _phrases(assumptions, wording)
    comma = wording.say("format.comma")
    if len(phrases) <= NAMED:
        return comma.join(phrases)
    named = comma.join(phrases[:NAMED])
    return wording.say("lines.many", named=named, count=len(phrases))


def _phrases(assumptions: Assumptions, wording: Wording) -> list[str]:
    """Return every assumption as a phrase, what holds an indicator first."""
    told = [_pin(pin, wording) for pin in assumptions.pins]
    told += [_driver(driver, wording) for driver in drivers(assumptions)]
    return told + [_view(view.indicator, view.weight, wording) for view in assumptions.bottom_up]


Driver = AssumedEntry | AssumedProjects


def drivers(assumptions: Assumptions) -> list[Driver]:
    """Return the entries that are not at zero and all projects as one, what moves most first.

    What may not be shown comes behind what is shown, so that its place tells nothing.
    """
    every: list[Driver] = [entry for entry in assumptions.entries if entry.value]
    if assumptions.projects.count:
        every.append(assumptions.projects)
    return sorted(every, key=lambda driver: -driver.size)


def _driver(driver: Driver, wording: Wording) -> str:
    if isinstance(driver, AssumedProjects):
        return _projects(driver, wording)
    return _entry(driver, wording)


def certain(assumptions: Assumptions, wording: Wording) -> str:
    """Name what counts in full only because somebody said so; empty where nothing does."""
    if not assumptions.realised:  # then all did, and nobody was asked
        return ""
    say, projects = wording.say, assumptions.projects
    if whole(assumptions):
        return say("lines.certain_all")
    told = [
        _entry(driver, wording)
        for driver in drivers(assumptions)
        if isinstance(driver, AssumedEntry) and driver.certain and driver.effects
    ]
    if projects.certain:
        told.append(say("lines.certain_projects", count=projects.certain))
    if not told:
        return ""
    if len(told) > MOST_CERTAIN:
        named = say("format.comma").join(told[:MOST_CERTAIN])
        return say("lines.certain", listed=say("lines.many", named=named, count=len(told)))
    return say("lines.certain", listed=listed(told, say))


MOST_HELPING = 3
"""Assumptions that are named because they help one indicator."""


def helping(assumptions: Assumptions, indicator: str, wording: Wording) -> list[str]:
    """Name the entries that raise an indicator most, from when, and by how much."""
    say = wording.say
    raised = [
        (effect.points, entry)
        for entry in drivers(assumptions)
        if isinstance(entry, AssumedEntry)
        for effect in entry.effects
        if effect.indicator == indicator and effect.points is not None and effect.points > 0
    ]
    raised.sort(key=lambda one: -one[0])
    told = []
    for moved, entry in raised[:MOST_HELPING]:
        text = _entry(entry, wording)
        if entry.start is not None:
            text = say(
                "report.assumed_start", text=text, since=since(entry.start, wording.year, say)
            )
        told.append(
            say("report.assumed_helping", text=text, points=points(moved, say, signed=True))
        )
    return told


def whole(assumptions: Assumptions) -> bool:
    """Return whether all that moves anything is assumed to come in full."""
    if not assumptions.realised:
        return True
    projects = assumptions.projects
    moving = [entry.certain for entry in assumptions.entries if entry.effects]
    some = bool(moving or projects.moving)
    return some and all(moving) and projects.certain == projects.moving


def never_seen(assumptions: Assumptions, wording: Wording) -> str:
    """Say which growth was never seen before; empty where none is."""
    return unseen_growth(assumptions.unseen, wording.name, wording.year, wording.say)


def section(assumptions: Assumptions, wording: Wording, *, compared: bool = False) -> Section:
    """Return the assumptions one by one, with what each does to the year.

    Parameters
    ----------
    compared
        Whether the report compares with an earlier issue, which it does without the scenario.
    """
    say = wording.say
    blocks: list[Block] = []
    if assumptions.note:
        blocks.append(Paragraph(as_written(assumptions.note)))
    blocks += [
        Paragraph(marked(fmt.capitalised(_sentence(_pin(pin, wording), say))))
        for pin in assumptions.pins
    ]
    blocks += [Paragraph(marked(_told(driver, wording))) for driver in drivers(assumptions)]
    for view in assumptions.bottom_up:
        text = _view(view.indicator, view.weight, wording)
        remarks = [say("report.assumed_few_below")] if view.few else []
        blocks.append(Paragraph(marked(fmt.capitalised(_sentence(text, say, remarks)))))
    if assumptions.unmeasured:
        comma = say("format.comma")
        names = comma.join(wording.name(indicator) for indicator in assumptions.unmeasured)
        blocks.append(Note(marked(say("report.assumed_unmeasured", listed=names))))
    if assumptions.guarded:
        key = "report.assumed_guarded" if compared else "report.assumed_guarded_change"
        blocks.append(Note(marked(say(key))))
    blocks += _rates(assumptions, wording)
    kind = "_realised" if assumptions.realised and not whole(assumptions) else ""
    title, note = _title(assumptions, say), say(f"report.assumed_note{kind}")
    return Section(Topic.ASSUMED, title, note, tuple(blocks))


def _title(assumptions: Assumptions, say: Speaker) -> str:
    name = assumptions.name.strip()
    if not name:
        return say("report.assumed")
    return say("report.assumed_named", name=name)


def hidden(effects: Sequence[AssumedEffect], wording: Wording) -> str:
    """Say why effects are not told."""
    comma = wording.say("format.comma")
    names = comma.join(wording.name(effect.indicator) for effect in effects)
    return wording.say("report.assumed_hidden", names=names)


def _sentence(text: str, say: Speaker, remarks: Sequence[str] = ()) -> str:
    return say("report.assumed_bare", text=text, remark=_remark(remarks, say))


def _remark(remarks: Sequence[str], say: Speaker) -> str:
    if not remarks:
        return ""
    told = say("format.comma").join(remarks)
    return say("report.assumed_remark", listed=told)


def _pin(pin: AssumedPin, wording: Wording) -> str:
    """Say what a pin holds: 固定资产投资全年增长8.0%."""
    say, rate = wording.say, published(pin.growth)
    direction = "flat" if rate == 0 else ("grow" if rate > 0 else "fall")
    if pin.quarter is None:
        period = fmt.span(4, say)
    elif pin.cumulative and pin.quarter.year == wording.year:
        period = fmt.span(pin.quarter.quarter, say)
    else:
        period = quarter_name(pin.quarter, wording.year, say)
    growth = say(f"change.pin_{direction}", period=period, rate=fmt.percent(abs(rate)))
    return say("report.assumed_pin", name=wording.name(pin.indicator), growth=growth)


def _entry(entry: AssumedEntry, wording: Wording) -> str:
    """Say what an entry assumes beyond the baseline: 签约多10亿元."""
    say, size = wording.say, abs(entry.value)
    if entry.kind is EntryKind.LEVER:
        return lever_change(entry.what, 0.0, entry.value, entry.unit, say, one_off=entry.one_off)
    direction = "up" if entry.value > 0 else "down"
    name = wording.name(entry.what)
    if entry.kind is EntryKind.POINT:
        key = f"report.assumed_point_{direction}"
        return say(key, name=name, figure=set_figure(size), count=size)
    if entry.unit == YEAR_POINTS:
        amount = points(size, say)
        return say(f"change.points_{direction}", name=name, amount=amount)
    amount = quantity(size, entry.unit, say)
    return say(f"change.amount_{direction}", name=name, amount=amount)


def _told(driver: Driver, wording: Wording) -> str:
    """Say what moves an indicator, and by how much."""
    if isinstance(driver, AssumedProjects):
        return fmt.capitalised(_project_line(driver, wording))
    return fmt.capitalised(_line(driver, wording))


def _line(entry: AssumedEntry, wording: Wording) -> str:
    """Say what an entry assumes, from when, and what it brings this year."""
    say = wording.say
    text = _entry(entry, wording)
    if entry.start is not None:
        start = since(entry.start, wording.year, say)
        text = say("report.assumed_start", text=text, since=start)
    remarks = [say("report.assumed_certain")] if entry.certain and wording.realised else []
    if entry.beyond_range:
        remarks.append(say("report.assumed_beyond_range"))
    if any(effect.beyond_history for effect in entry.effects):
        remarks.append(say("report.assumed_beyond_history"))
    if untold := [effect for effect in entry.effects if effect.points is None]:
        remarks.append(hidden(untold, wording))
    told = [_pull(e.indicator, e.points, wording) for e in entry.effects if e.points is not None]
    if not told and entry.effects:
        return _sentence(text, say, remarks)
    effects = say("format.comma").join(told) or say("report.assumed_none")
    remark = _remark(remarks, say)
    return say("report.assumed_line", text=text, effects=effects, remark=remark)


def _pull(indicator: str, moved: float, wording: Wording) -> str:
    figure = points(moved, wording.say, signed=True)
    name = wording.name(indicator)
    return wording.say("report.assumed_effect", name=name, points=figure)


def _projects(projects: AssumedProjects, wording: Wording) -> str:
    return wording.say("report.assumed_projects", count=projects.count, moving=projects.moving)


def _project_line(projects: AssumedProjects, wording: Wording) -> str:
    """Say how many projects there are and what they bring together."""
    say = wording.say
    told = [
        _pull(effect.indicator, effect.points, wording)
        for effect in projects.effects
        if effect.points is not None
    ]
    remarks = []
    if projects.certain:
        remarks.append(say("report.assumed_certain_projects", count=projects.certain))
    if projects.few:
        remarks.append(say("report.assumed_few"))
    text = _projects(projects, wording)
    if not told:
        return _sentence(text, say, remarks)
    effects, remark = say("format.comma").join(told), _remark(remarks, say)
    return say("report.assumed_line", text=text, effects=effects, remark=remark)


def _view(indicator: str, weight: float, wording: Wording) -> str:
    share = assumption_value("weight", weight, wording.say)
    name = wording.name(indicator)
    return wording.say("report.assumed_view", name=name, weight=share)


def _rates(assumptions: Assumptions, wording: Wording) -> list[Block]:
    """Say which rates the arithmetic rests on, and where each comes from."""
    rated = [
        (_driver(one, wording), one.common if isinstance(one, AssumedProjects) else _factors(one))
        for one in drivers(assumptions)
    ]
    lines = [
        Note(marked(fmt.capitalised(_rated(text, factors, wording.say))))
        for text, factors in rated
        if factors
    ]
    return [Details(wording.say("report.assumed_rates"), tuple(lines))] if lines else []


def _factors(entry: AssumedEntry) -> tuple[Factor, ...]:
    """Return every factor of an entry once, whatever it reaches."""
    every = {factor.name: factor for effect in entry.effects for factor in effect.factors}
    return tuple(factor for factor in every.values() if factor.source is not None)


def _rated(text: str, factors: Sequence[Factor], say: Speaker) -> str:
    rates = say("format.comma").join(_rate(factor, say) for factor in factors)
    return say("report.assumed_rated", text=text, rates=rates)


def _rate(factor: Factor, say: Speaker) -> str:
    assert factor.source is not None
    return say(
        "report.assumed_rate",
        name=say(f"assumption.{factor.name}"),
        value=factor_value(factor, say),
        source=source_name(factor.source, say),
    )
