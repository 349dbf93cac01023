"""What a scenario changes and what that brings, in phrases and sentences.

All are Markdown. A change is a phrase without a full stop, so that a headline can list them:
签约多10亿元, 项目05开工由四季度提前到三季度. In a reference area sentences compare, without words
of a verdict.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from forecasting.figures.indicator import Catalogue
from forecasting.figures.period import Quarter
from forecasting.figures.target import published
from forecasting.outlook.outlook import Outlook
from forecasting.scenario.apply import Applied
from forecasting.scenario.levers import Lever
from forecasting.scenario.model import Amount, Entry, Pin, PointLever, Scenario, Turnable
from forecasting.scenario.projects import DATES, Project, as_carried
from forecasting.scenario.realisation import COUNTED_ALREADY, loss_multiple, rate_key, realised
from forecasting.scenario.reference_class import PRIOR, Rate, RealisationRates
from ui.language import Speaker, words
from ui.language import format as fmt
from ui.outlook import headlines
from ui.outlook.sentences import BREAK
from ui.scenario.terms import (
    assumption_value,
    entry_name,
    indicator_name,
    lever_change,
    lever_change_key,
    points,
    project_name,
    quantity,
    quarter_name,
    set_figure,
    unseen_growth,
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
    before: Scenario, after: Scenario, year: int, catalogue: Catalogue, say: Speaker
) -> list[Moved]:
    """Return what differs between two scenarios, pins first, then as entries stand."""
    phrases = _Phrases(year, catalogue, say)
    return [
        *phrases.pins(before.pins, after.pins),
        *phrases.levers(before.levers, after.levers),
        *phrases.amounts(before.amounts, after.amounts),
        *phrases.points(before.points, after.points),
        *phrases.projects(before.projects, after.projects),
        *phrases.basis(before, after),
    ]


def listed(phrases: Sequence[str], say: Speaker) -> str:
    """Join phrases as a sentence lists them: a, b and c."""
    if len(phrases) < 2:
        return "".join(phrases)
    head = say("format.comma").join(phrases[:-1])
    return say("scenario_list.two", head=head, last=phrases[-1])


Kept = TypeVar("Kept", Lever, Amount, PointLever)


@dataclass(frozen=True, slots=True)
class _Phrases:
    year: int
    catalogue: Catalogue
    say: Speaker

    def pins(self, before: Sequence[Pin], after: Sequence[Pin]) -> Iterator[Moved]:
        for pin in after:
            if pin not in before:
                yield Moved(pin_text(pin, self.year, self.catalogue, self.say), pin=True)
        pinned = {(pin.indicator, pin.quarter, pin.cumulative) for pin in after}
        for pin in before:
            if (pin.indicator, pin.quarter, pin.cumulative) not in pinned:
                period = _period(pin, self.year, self.say)
                name = indicator_name(pin.indicator, self.catalogue, self.say)
                yield Moved(self.say("change.unpinned", name=name, period=period), pin=True)

    def levers(self, before: Sequence[Lever], after: Sequence[Lever]) -> Iterator[Moved]:
        for old, new in _pairs(before, after):
            if old.value != new.value:
                yield _part(self._lever(old, new), old.value, new)
            elif old != new:
                yield Moved(self.say("change.adjusted", name=self._name(new)), (new,))

    def _lever(self, old: Lever, new: Lever) -> str:
        text = lever_change(
            new.kind, old.value, new.value, new.rule.unit, self.say, one_off=new.one_off
        )
        return self._named(text, new.name)

    def _named(self, text: str, own: str) -> str:
        return self.say("change.named", text=text, own=self.say.verbatim(own)) if own else text

    def amounts(self, before: Sequence[Amount], after: Sequence[Amount]) -> Iterator[Moved]:
        for old, new in _pairs(before, after):
            step = new.value - old.value
            direction = "up" if step > 0 else "down"
            name = indicator_name(new.indicator, self.catalogue, self.say)
            if step == 0:
                if old != new:
                    yield Moved(self.say("change.adjusted", name=self._name(new)), (new,))
                continue
            if new.points:
                key, amount = f"points_{direction}", points(abs(step), self.say)
            else:
                unit = self.catalogue[new.indicator].unit
                key, amount = f"amount_{direction}", quantity(abs(step), unit, self.say)
            text = self.say(f"change.{key}", name=name, amount=amount)
            yield _part(self._named(text, new.name), old.value, new)

    def points(self, before: Sequence[PointLever], after: Sequence[PointLever]) -> Iterator[Moved]:
        for old, new in _pairs(before, after):
            step = new.value - old.value
            if step:
                direction = "up" if step > 0 else "down"
                key, figure = f"change.point_{direction}", set_figure(abs(step))
                text = self.say(key, name=self.say.verbatim(new.name), figure=figure)
                yield _part(text, old.value, new)
            elif old != new:
                yield Moved(self.say("change.adjusted", name=self.say.verbatim(new.name)), (new,))

    def projects(self, before: Sequence[Project], after: Sequence[Project]) -> Iterator[Moved]:
        old, new = ({project.id: project for project in some} for some in (before, after))
        for id, project in new.items():
            if id in old and project != old[id]:
                found = project_changes(old[id], project, self.year, self.say)
                yield Moved(found[0].named, (project,))
        added = [new[id] for id in new if id not in old]
        yield from self._projects("added", [one for one in added if not one.in_trend], here=True)
        for project in added:
            if project.in_trend and not as_carried(project):
                found = project_changes(_plan_of(project), project, self.year, self.say)
                yield Moved(found[0].named, (project,))
        if carried := [one for one in added if as_carried(one)]:
            yield Moved(self.say("change.projects_carried", count=len(carried)), tuple(carried))
        yield from self._projects("dropped", [old[id] for id in old if id not in new], here=False)

    def _projects(self, kind: str, some: Sequence[Project], *, here: bool) -> Iterator[Moved]:
        if len(some) > FEW:
            text = self.say(f"change.projects_{kind}", count=len(some))
            yield Moved(text, tuple(some) if here else ())
            return
        for project in some:
            name = project_name(project, self.say)
            text = self.say(f"change.project_{kind}", name=name)
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
            yield Moved(self.say("change.levels"), basis=True)
        if before.unmoved != after.unmoved:
            yield Moved(self.say("change.unmoved"), basis=True)
        if before.risks != after.risks:
            yield Moved(self.say("change.risks"), basis=True)

    def _view(self, indicator: str, before: float, after: float) -> Moved:
        """Say with which weight a view from below is mixed in, or that it differs otherwise."""
        name = indicator_name(indicator, self.catalogue, self.say)
        if before == after:
            return Moved(self.say("change.view_adjusted", name=name), basis=after == 0)
        weights = [assumption_value("weight", weight, self.say) for weight in (before, after)]
        return Moved(self.say("change.view_weight", name=name, before=weights[0], after=weights[1]))

    def _common(self, name: str, value: float) -> Moved:
        amount = assumption_value(name, value, self.say)
        spoken = self.say(f"assumption.{name}")
        return Moved(self.say("change.common", name=spoken, value=amount), basis=True)

    def _name(self, entry: Entry) -> str:
        return entry_name(entry, self.catalogue, self.say)


def _part(text: str, before: float, entry: Lever | Amount | PointLever) -> Moved:
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


def pin_text(pin: Pin, year: int, catalogue: Catalogue, say: Speaker) -> str:
    """Say what a pin assumes: 假定固定资产投资全年增长8.0%."""
    name = indicator_name(pin.indicator, catalogue, say)
    growth = pin_growth(pin, year, say)
    return say("change.pin", name=name, growth=growth)


def pin_growth(pin: Pin, year: int, say: Speaker) -> str:
    """Say which growth a pin holds its indicator to: 全年增长8.0%."""
    rate = published(pin.growth)
    direction = "flat" if rate == 0 else ("grow" if rate > 0 else "fall")
    return say(
        f"change.pin_{direction}", period=_period(pin, year, say), rate=fmt.percent(abs(rate))
    )


def _period(pin: Pin, year: int, say: Speaker) -> str:
    """Name what a pin holds: a quarter, the months since January, or the full year."""
    if pin.quarter is None:
        return fmt.span(4, say)
    if pin.cumulative and pin.quarter.year == year:
        return fmt.span(pin.quarter.quarter, say)
    return quarter_name(pin.quarter, year, say)


def _plan_of(project: Project) -> Project:
    """Return a project in the trend as that carries it, under its own name."""
    assert project.in_trend is not None
    return replace(
        project.in_trend, name=project.name, signed=project.signed, in_trend=project.in_trend
    )


MILESTONES = DATES
"""The dates of a project, in their order."""
LEADING = ("started", "producing")
"""The dates that stand for all where all move together."""


@dataclass(frozen=True, slots=True)
class ProjectChange:
    """One difference of a project.

    Attributes
    ----------
    key
        Of its two phrases in the catalogues, one with the name of the project and one without.
    values
        What both say, in words of the language.
    """

    project: Project
    key: str
    values: Mapping[str, object]
    say: Speaker

    @property
    def named(self) -> str:
        """The phrase with the name of the project: start of Project 05 left open."""
        name = project_name(self.project, self.say)
        return self.say(f"change.{self.key}", name=name, **self.values)

    @property
    def unnamed(self) -> str:
        """The phrase where the name stands beside it: start left open."""
        return self.say(f"project_change.{self.key}", **self.values)


def project_changes(old: Project, new: Project, year: int, say: Speaker) -> list[ProjectChange]:
    """Return what differs in a project, dates first; at least one difference."""
    found = [
        *_dates(old, new, year, say),
        *_completion(dict(old.completion), dict(new.completion), year, say),
        *_amounts(old, new, say),
        *_rates(old, new, say),
    ]
    if old.certain != new.certain:
        found.append(("project_certain" if new.certain else "project_uncertain", {}))
    if (old.in_trend is None) != (new.in_trend is None):
        found.append(("project_on_top" if new.in_trend is None else "project_in_trend", {}))
    return [
        ProjectChange(new, key, values, say) for key, values in found or [("project_adjusted", {})]
    ]


_Difference = tuple[str, Mapping[str, object]]


def _dates(old: Project, new: Project, year: int, say: Speaker) -> Iterator[_Difference]:
    """Yield which dates move; one difference where they move together."""
    ends = {name: (getattr(old, name), getattr(new, name)) for name in MILESTONES}
    moved = {name: pair for name, pair in ends.items() if pair[0] != pair[1]}
    steps = {after - before if before and after else None for before, after in moved.values()}
    if len(moved) < 2 or len(steps) > 1 or None in steps:
        for milestone, (before, after) in moved.items():
            yield _date(milestone, before, after, year, say)
        return
    quarters = steps.pop() or 0
    milestone, (before, after) = next(
        (one for one in moved.items() if one[0] in LEADING), next(iter(moved.items()))
    )
    yield (
        "dates_earlier" if quarters < 0 else "dates_later",
        {
            "count": abs(quarters),
            "what": say(f"milestone.{milestone}"),
            "before": quarter_name(before, year, say),
            "after": quarter_name(after, year, say),
        },
    )


def _date(
    milestone: str, old: Quarter | None, new: Quarter | None, year: int, say: Speaker
) -> _Difference:
    what = say(f"milestone.{milestone}")
    if new is None:
        return "date_open", {"what": what}
    after = quarter_name(new, year, say)
    if old is None:
        return "date_set", {"what": what, "after": after}
    before = quarter_name(old, year, say)
    key = "date_earlier" if new < old else "date_later"
    return key, {"what": what, "before": before, "after": after}


def _completion(
    old: Mapping[int, float], new: Mapping[int, float], year: int, say: Speaker
) -> Iterator[_Difference]:
    for at in sorted({**old, **new}, key=lambda at: (at != year, at)):
        step = new.get(at, 0.0) - old.get(at, 0.0)
        if step:
            key = f"completion_{'up' if step > 0 else 'down'}"
            amount = quantity(abs(step), "1e8 CNY", say)
            if at == year:
                yield key, {"amount": amount}
            else:
                yield f"{key}_other", {"amount": amount, "year": at}


def _amounts(old: Project, new: Project, say: Speaker) -> Iterator[_Difference]:
    for field, unit in (("output", "1e8 CNY"), ("tax", "1e4 CNY")):
        step = getattr(new, field) - getattr(old, field)
        if step:
            key = f"at_capacity_{field}_{'up' if step > 0 else 'down'}"
            yield key, {"amount": quantity(abs(step), unit, say)}


def _rates(old: Project, new: Project, say: Speaker) -> Iterator[_Difference]:
    for field in ("start_probability", "value_added_rate", "retained"):
        ends = (getattr(old, field), getattr(new, field))
        if ends[0] != ends[1]:
            before, after = (
                say("realisation.by_class") if end is None else assumption_value(field, end, say)
                for end in ends
            )
            what = say(f"assumption.{field}")
            yield "project_rate", {"what": what, "before": before, "after": after}


def rate_range(rate: Rate, say: Speaker) -> str:
    """Write a rate with the range it lies in in eight cases of ten: 65%（八成情形在25%—105%）."""
    low, high = fmt.share(rate.low), fmt.share(rate.high)
    return say("realisation.rate", expected=fmt.share(rate.expected), low=low, high=high)


def comes(entry: Turnable, rates: RealisationRates, say: Speaker) -> str:
    """Say how much of an amount or a lever is taken to come, and where the number is from."""
    if entry.certain:
        return say("realisation.all_comes")
    share = rate_range(realised(entry, rates), say)
    key = rate_key(entry)
    if entry.realised is not None:
        source = say("source.own")
    elif key in dict(rates.own):
        source = say("realisation.of_zone")
    else:
        source = say(f"source.{PRIOR[key][1]}")
    kind = "realisation.comes_of_product" if key[1] in COUNTED_ALREADY else "realisation.comes"
    name = say(f"reference_class.{key[0]}")
    line = say(kind, share=share, name=name, source=source)
    return say("realisation.but_losses", line=line) if loss_multiple(entry, rates) != 1 else line


def comes_briefly(
    entry: Turnable, rates: RealisationRates, say: Speaker, *, below_zero: bool
) -> str:
    """Say beside a slider how much is taken to come: 预计到位55%（0—105%）.

    Parameters
    ----------
    below_zero
        Whether it can be turned below zero, where a loss counts in full.
    """
    if entry.certain:
        return say("realisation.all_comes")
    rate = realised(entry, rates)
    key = "realisation.briefly"
    if rate_key(entry)[1] in COUNTED_ALREADY:
        key = "realisation.briefly_of_product"
    interval = fmt.share_interval(rate.low, rate.high, say)
    line = say(key, expected=fmt.share(rate.expected), interval=interval)
    if isinstance(entry, Lever) and "probability" in entry.rule.assumptions:
        chance = entry.assumed("probability")
        assert chance is not None  # a slider that lacks a number says nothing of what comes
        line = say("realisation.by_chance", chance=fmt.share(chance), line=line)
    losing = below_zero and loss_multiple(entry, rates) != 1
    return say("realisation.but_losses", line=line) if losing else line


def turns(dial: Turnable, catalogue: Catalogue, say: Speaker) -> tuple[str, str]:
    """Return how it is told that a dial is turned up, and down, from rest.

    ``{amount}`` stands for by how much.
    """
    amount = "{amount}"
    match dial:
        case Lever():
            keys = [
                lever_change_key(dial.kind, 0.0, to, one_off=dial.one_off) for to in (1.0, -1.0)
            ]
            values = {"amount": amount}
        case Amount():
            kind = "points" if dial.points else "amount"
            keys = [f"change.{kind}_up", f"change.{kind}_down"]
            name = indicator_name(dial.indicator, catalogue, say)
            values = {"name": name, "amount": amount}
        case PointLever():
            keys = ["change.point_up", "change.point_down"]
            values = {"name": say.verbatim(dial.name), "figure": amount}
    own = "" if isinstance(dial, PointLever) else say.verbatim(dial.name)
    up, down = (say(key, **values) for key in keys)
    if own:
        up, down = (say("change.named", text=text, own=own) for text in (up, down))
    return up, down


def pinned_indicators(entry: Entry, pins: Iterable[Pin]) -> list[str]:
    """Return the indicators that an entry would move and pins hold, once each."""
    reached: tuple[str, ...] = ()
    match entry:
        case Lever():
            reached = entry.rule.indicators
        case Amount() | PointLever():
            reached = (entry.indicator,)
    pinned = {pin.indicator for pin in pins}
    return [indicator for indicator in dict.fromkeys(reached) if indicator in pinned]


MOST_NAMED = 3
"""Changes a headline names; of more it names two and counts all."""


def headline(
    before: Outlook,
    applied: Applied,
    catalogue: Catalogue,
    say: Speaker,
    *,
    against: Scenario | None = None,
) -> str:
    """Return the sentence that opens the page of a scenario: what it does, what that brings.

    Parameters
    ----------
    before
        What it is compared with: the baseline, or the outlook of the scenario ``against``.
    """
    outlook = applied.outlook
    if before.all_clear is None or outlook.all_clear is None:
        area = say.name(outlook.area.name)
        text = say("scenario_headline.none", area=area, year=outlook.year)
        return text.replace("|", BREAK)
    if outlook.known:
        key = "scenario_headline.complete" if outlook.published else "scenario_headline.known"
        return say(key, year=outlook.year).replace("|", BREAK)
    if outlook.lost:
        lost = headlines.headline(outlook, say)
        return say("scenario_headline.lost", told=lost).replace("|", BREAK)
    every = changes(against or Scenario(), applied.scenario, outlook.year, catalogue, say)
    named = [change for change in every if not change.basis]
    text = say(
        "scenario_headline.moved" if named else "scenario_headline.at_rest",
        changes=_foremost(named, applied, say),
        chance=chance_of_all(outlook, say),
        moves=_movement(before, outlook, say),
        still=still(outlook.all_clear.probability, say),
    )
    return text.replace("|", BREAK)


def conditions(applied: Applied, catalogue: Catalogue, say: Speaker) -> list[str]:
    """Say how the assumptions of a scenario count, which count in full, and what was never seen."""
    certain = applied.certain
    whole = bool(applied.drivers) and certain == applied.drivers
    told = [say("scenario_condition.whole" if whole else "scenario_condition.given")]
    if certain and not whole:
        names = [entry_name(entry, catalogue, say) for entry in certain]
        named = listed(names, say)
        if len(names) > MOST_NAMED:
            first = say("format.comma").join(names[:MOST_NAMED])
            named = say("scenario_condition.many", names=first, count=len(names))
        told.append(say("scenario_condition.certain", names=named))
    unseen = unseen_growth(
        applied.unseen,
        lambda indicator: indicator_name(indicator, catalogue, say),
        applied.outlook.year,
        say,
    )
    return [*told, unseen] if unseen else told


def _foremost(moved: Sequence[Moved], applied: Applied, say: Speaker) -> str:
    """Name the changes by what they move, the most first; pins before, since all follow them."""
    ranked = sorted(moved, key=lambda change: (not change.pin, -largest_effect(change, applied)))
    if len(ranked) <= MOST_NAMED:
        return listed([change.text for change in ranked], say)
    named = listed([change.text for change in ranked[:2]], say)
    return say("scenario_headline.many", named=named, count=len(ranked))


def largest_effect(change: Moved, applied: Applied) -> float:
    """Return the most that a change moves an indicator that counts, in points of the year."""
    counted = {verdict.indicator_id for verdict in applied.outlook.counted}
    moves: dict[str, float] = {}
    for effect in applied.effects:
        if effect.entry in change.entries and effect.indicator in counted:
            moves[effect.indicator] = moves.get(effect.indicator, 0.0) + sum(effect.points)
    return change.share * max(map(abs, moves.values()), default=0.0)


def chance_of_all(outlook: Outlook, say: Speaker) -> str:
    """Say of what a probability is: 全部超过7%的把握."""
    counted, total = outlook.counted, outlook.targets_in_all
    kind = "all" if len(counted) == total else "some"
    if len(counted) == 1:
        kind = "one"
    return say(
        f"scenario_chance.{kind}{words.suffix(outlook.area.reference)}",
        name=say.name(counted[0].history.indicator.name),
        count=len(counted),
        clause=words.common_clause(counted, say),
    )


def _movement(before: Outlook, after: Outlook, say: Speaker) -> str:
    """Say from where to where the probability of all moves, in tenths where these differ."""
    assert before.all_clear is not None
    assert after.all_clear is not None
    old, new = before.all_clear.probability, after.all_clear.probability
    tenths = [fmt.cheng(value, say) for value in (old, new)]
    percents = [percent_of(value, say) for value in (old, new)]
    direction = "rise" if new > old else "fall"
    if tenths[0] != tenths[1]:
        key = f"scenario_move.{direction}"
        return say(key, before=tenths[0], after=tenths[1])
    if percents[0] != percents[1]:
        key = f"scenario_move.{direction}_within"
        return say(key, before=percents[0], after=percents[1], still=still(new, say))
    return still(new, say)


def still(probability: float, say: Speaker) -> str:
    """Say that a probability is what it was, in tenths: 仍为约四成."""
    band = "above" if fmt.sure(probability) else ("below" if fmt.rare(probability) else "within")
    return say(f"scenario_still.{band}", cheng=fmt.cheng(probability, say))


def step_of(before: float, after: float, say: Speaker) -> str:
    """Say by how many whole points a probability moves, so that shown figures add up."""
    points = fmt.hundredths(after) - fmt.hundredths(before)
    if points:
        key = "scenario_step.up" if points > 0 else "scenario_step.down"
        return say(key, points=abs(points))
    key = "scenario_step.same" if before == after else "scenario_step.hardly"
    return say(key)


def percent_of(probability: float, say: Speaker) -> str:
    """Write a probability at 1% where it is read aloud: 99%以上 instead of >99%."""
    if 0.01 <= probability <= 0.99:
        return fmt.probability(probability)
    end = "below" if probability < 0.01 else "above"
    return say(f"scenario_line.percent_{end}")


def comparison(before: Outlook, others: Sequence[tuple[str, Applied]], say: Speaker) -> str:
    """Say which of several scenarios brings most, and by how much over the baseline.

    Parameters
    ----------
    others
        Their names, and what they come to.
    """
    outlooks = [(name, one.outlook) for name, one in others if one.outlook.all_clear is not None]
    if before.all_clear is None or not outlooks:
        return ""
    suffix = words.suffix(before.area.reference)

    def probability(entry: tuple[str, Outlook]) -> float:
        return entry[1].all_clear.probability if entry[1].all_clear else 0.0

    best, worst = max(outlooks, key=probability), min(outlooks, key=probability)
    values = {
        "count": len(outlooks),
        "best": say.verbatim(best[0]),
        "best_chance": percent_of(probability(best), say),
        "worst": say.verbatim(worst[0]),
        "worst_chance": percent_of(probability(worst), say),
        "baseline": percent_of(before.all_clear.probability, say),
        "step": step_of(before.all_clear.probability, probability(best), say),
    }
    if len(outlooks) == 1:
        key = "one"
    else:
        key = "level" if values["best_chance"] == values["worst_chance"] else "several"
    return say(f"scenario_comparison.{key}{suffix}", **values)


def differences(
    before: Scenario, after: Scenario, year: int, catalogue: Catalogue, say: Speaker
) -> str:
    """Say in one sentence what differs between two scenarios."""
    moved = changes(before, after, year, catalogue, say)
    if not moved:
        return say("scenario_comparison.alike")
    phrases = [change.text for change in moved]
    return say("scenario_comparison.differences", changes=listed(phrases, say))
