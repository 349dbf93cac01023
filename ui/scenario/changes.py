"""What a scenario changes, each change as a phrase: 签约多10亿元, 项目05开工由四季度提前到三季度.

Phrases are Markdown without a full stop, so that a headline can list them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from forecasting.figures.indicator import Catalogue
from forecasting.figures.target import published
from forecasting.scenario.levers import Lever
from forecasting.scenario.model import Amount, Entry, Pin, PointLever, Scenario
from forecasting.scenario.projects import Project, as_carried
from ui.language import Language, t
from ui.language import format as fmt
from ui.language.markdown import literal
from ui.scenario.projects.changes import project_changes
from ui.scenario.words import (
    assumption_name,
    assumption_value,
    entry_name,
    indicator_name,
    lever_change,
    points,
    project_name,
    quantity,
    quarter_name,
    set_figure,
)

FEW = 2
"""Projects that are added are named up to here, and counted beyond."""


@dataclass(frozen=True, slots=True)
class Moved:
    """One change.

    Attributes
    ----------
    entries
        What is changed, as it is after the change; none where it is gone, or a pin.
    share
        Which part of what the entry brings the change makes up.
    pin
        Whether it is an assumed growth, which all others follow.
    basis
        Whether it moves nothing by itself, but what others are measured against.
    """

    text: str
    entries: tuple[Entry, ...] = ()
    share: float = 1.0
    pin: bool = False
    basis: bool = False


def changes(
    before: Scenario, after: Scenario, year: int, catalogue: Catalogue, language: Language
) -> list[Moved]:
    """Return what differs between two scenarios, pins first, then as entries stand."""
    draft = _Desk(year, catalogue, language)
    return [
        *draft.pins(before.pins, after.pins),
        *draft.levers(before.levers, after.levers),
        *draft.amounts(before.amounts, after.amounts),
        *draft.points(before.points, after.points),
        *draft.projects(before.projects, after.projects),
        *draft.basis(before, after),
    ]


def listed(phrases: Sequence[str], language: Language) -> str:
    """Join phrases as a sentence lists them: a, b and c."""
    if len(phrases) < 2:
        return "".join(phrases)
    head = t("format.comma", language).join(phrases[:-1])
    return t("scenario_list.two", language, head=head, last=phrases[-1])


Kept = TypeVar("Kept", Lever, Amount, PointLever)


@dataclass(frozen=True, slots=True)
class _Desk:
    """What phrases of one scenario share."""

    year: int
    catalogue: Catalogue
    language: Language

    def say(self, key: str, **values: object) -> str:
        return t(f"change.{key}", self.language, **values)

    def pins(self, before: Sequence[Pin], after: Sequence[Pin]) -> Iterator[Moved]:
        for pin in after:
            if pin not in before:
                yield Moved(pin_text(pin, self.year, self.catalogue, self.language), pin=True)
        held = {(pin.indicator, pin.quarter, pin.cumulative) for pin in after}
        for pin in before:
            if (pin.indicator, pin.quarter, pin.cumulative) not in held:
                period = _period(pin, self.year, self.language)
                name = indicator_name(pin.indicator, self.catalogue, self.language)
                yield Moved(self.say("unpinned", name=name, period=period), pin=True)

    def levers(self, before: Sequence[Lever], after: Sequence[Lever]) -> Iterator[Moved]:
        for old, new in _pairs(before, after):
            if old.value != new.value:
                yield _part(self._lever(old, new), old.value, new)
            elif old != new:
                yield Moved(self.say("adjusted", name=self._name(new)), (new,))

    def _lever(self, old: Lever, new: Lever) -> str:
        text = lever_change(
            new.kind, old.value, new.value, new.rule.unit, self.language, one_off=new.one_off
        )
        return self._named(text, new.name)

    def _named(self, text: str, own: str) -> str:
        return self.say("named", text=text, own=literal(own)) if own else text

    def amounts(self, before: Sequence[Amount], after: Sequence[Amount]) -> Iterator[Moved]:
        for old, new in _pairs(before, after):
            step = new.value - old.value
            direction = "up" if step > 0 else "down"
            name = indicator_name(new.indicator, self.catalogue, self.language)
            if step == 0:
                if old != new:
                    yield Moved(self.say("adjusted", name=self._name(new)), (new,))
                continue
            if new.points:
                key, amount = f"points_{direction}", points(abs(step), self.language)
            else:
                unit = self.catalogue[new.indicator].unit
                key, amount = f"amount_{direction}", quantity(abs(step), unit, self.language)
            text = t(f"change.{key}", self.language, name=name, amount=amount)
            yield _part(self._named(text, new.name), old.value, new)

    def points(self, before: Sequence[PointLever], after: Sequence[PointLever]) -> Iterator[Moved]:
        for old, new in _pairs(before, after):
            step = new.value - old.value
            if step:
                direction = "up" if step > 0 else "down"
                key, figure = f"change.point_{direction}", set_figure(abs(step))
                text = t(key, self.language, name=literal(new.name), figure=figure)
                yield _part(text, old.value, new)
            elif old != new:
                yield Moved(self.say("adjusted", name=literal(new.name)), (new,))

    def projects(self, before: Sequence[Project], after: Sequence[Project]) -> Iterator[Moved]:
        old, new = ({project.id: project for project in some} for some in (before, after))
        for id, project in new.items():
            if id in old and project != old[id]:
                found = project_changes(old[id], project, self.year, self.language)
                yield Moved(found[0].named, (project,))
        added = [new[id] for id in new if id not in old]
        yield from self._projects("added", [one for one in added if not one.in_trend], here=True)
        for project in added:
            if project.in_trend and not as_carried(project):
                found = project_changes(_plan_of(project), project, self.year, self.language)
                yield Moved(found[0].named, (project,))
        if carried := [one for one in added if as_carried(one)]:
            yield Moved(self.say("projects_carried", count=len(carried)), tuple(carried))
        yield from self._projects("dropped", [old[id] for id in old if id not in new], here=False)

    def _projects(self, kind: str, some: Sequence[Project], *, here: bool) -> Iterator[Moved]:
        if len(some) > FEW:
            text = t(f"change.projects_{kind}", self.language, count=len(some))
            yield Moved(text, tuple(some) if here else ())
            return
        for project in some:
            name = project_name(project, self.language)
            text = t(f"change.project_{kind}", self.language, name=name)
            yield Moved(text, (project,) if here else ())

    def basis(self, before: Scenario, after: Scenario) -> Iterator[Moved]:
        """Say what else differs: views from below, levels of last year, what is left as it is."""
        old, new = ({view.indicator: view for view in one.bottom_up} for one in (before, after))
        for indicator in {**new, **old}:
            views = (old.get(indicator), new.get(indicator))
            if views[0] != views[1]:
                yield self._view(indicator, *(view.weight if view else 0.0 for view in views))
        for name, value in after.common.items():
            if value != before.common[name]:
                yield self._common(name, value)
        if before.levels != after.levels:
            yield Moved(self.say("levels"), basis=True)
        if before.unmoved != after.unmoved:
            yield Moved(self.say("unmoved"), basis=True)
        if before.risks != after.risks:
            yield Moved(self.say("risks"), basis=True)

    def _view(self, indicator: str, before: float, after: float) -> Moved:
        """Say with which weight a view from below is mixed in, or that it differs otherwise."""
        name = indicator_name(indicator, self.catalogue, self.language)
        if before == after:
            return Moved(self.say("view_adjusted", name=name), basis=after == 0)
        weights = [assumption_value("weight", weight, self.language) for weight in (before, after)]
        return Moved(self.say("view_weight", name=name, before=weights[0], after=weights[1]))

    def _common(self, name: str, value: float) -> Moved:
        """Say what is assumed of every project now."""
        told = assumption_value(name, value, self.language)
        spoken = assumption_name(name, self.language)
        return Moved(self.say("common", name=spoken, value=told), basis=True)

    def _name(self, entry: Entry) -> str:
        return entry_name(entry, self.catalogue, self.language)


def _part(text: str, before: float, entry: Lever | Amount | PointLever) -> Moved:
    """Return a change of a value, which makes up a part of what the entry brings."""
    share = abs((entry.value - before) / entry.value) if entry.value else 0.0
    return Moved(text, (entry,), share)


def _pairs(before: Iterable[Kept], after: Iterable[Kept]) -> Iterator[tuple[Kept, Kept]]:
    """Return entries of the same name, old and new; where one has none, the other at rest."""
    old, new = dict(_keyed(before)), dict(_keyed(after))
    for label in {**new, **old}:
        now = new[label] if label in new else replace(old[label], value=0.0)
        yield (old[label] if label in old else replace(now, value=0.0)), now


def _keyed(entries: Iterable[Kept]) -> Iterator[tuple[tuple[str, ...], Kept]]:
    """Return entries by what tells them apart; those alike are counted."""
    seen: dict[tuple[str, ...], int] = {}
    for entry in entries:
        what = str(entry.kind) if isinstance(entry, Lever) else entry.indicator
        alike: tuple[str, str] = (what, entry.name)
        seen[alike] = seen.get(alike, 0) + 1
        yield (*alike, str(seen[alike])), entry


def pin_text(pin: Pin, year: int, catalogue: Catalogue, language: Language) -> str:
    """Say what a pin assumes: 假定固定资产投资全年增长8.0%."""
    name = indicator_name(pin.indicator, catalogue, language)
    growth = pin_growth(pin, year, language)
    return t("change.pin", language, name=name, growth=growth)


def pin_growth(pin: Pin, year: int, language: Language) -> str:
    """Say which growth a pin holds its indicator to: 全年增长8.0%."""
    rate = published(pin.growth)
    direction = "flat" if rate == 0 else ("grow" if rate > 0 else "fall")
    return t(
        f"change.pin_{direction}",
        language,
        period=_period(pin, year, language),
        rate=fmt.percent(abs(rate)),
    )


def _period(pin: Pin, year: int, language: Language) -> str:
    """Name what a pin holds: a quarter, the months since January, or the full year."""
    if pin.quarter is None:
        return fmt.span(4, language)
    if pin.cumulative and pin.quarter.year == year:
        return fmt.span(pin.quarter.quarter, language)
    return quarter_name(pin.quarter, year, language)


def _plan_of(project: Project) -> Project:
    """Return a project in the trend as that carries it, under its own name."""
    assert project.in_trend is not None
    return replace(
        project.in_trend, name=project.name, signed=project.signed, in_trend=project.in_trend
    )
