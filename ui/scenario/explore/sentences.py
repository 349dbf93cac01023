"""What the page of a scenario says: its arithmetic, what moves most, and what it would take.

The arithmetic can be checked with a pocket calculator: value times rates, over last year's level.
What it would take is said in projects, amounts and dates, never as a growth rate to report.
Names stand in them as they are, in Markdown on the page and in plain text in charts and tables.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace

from forecasting.errors import AssumptionMissing, LevelsMissing, OutlookError
from forecasting.figures.indicator import Catalogue
from forecasting.figures.period import Quarter
from forecasting.outlook.outlook import Outlook
from forecasting.scenario.apply import Applied, Effect
from forecasting.scenario.levers import POINTS, YEAR_POINTS, Factor, Lever, Source, Timing, in_units
from forecasting.scenario.model import Amount, Entry, Pin, PointLever, Scenario
from forecasting.scenario.projects import Project
from forecasting.scenario.response import Dial
from forecasting.scenario.tornado import BarKind, Swing, Tornado, TornadoBar
from forecasting.solve.solution import (
    WORTH,
    AdvancedProject,
    Alternative,
    LeverAside,
    Setting,
    Solution,
    TurnedLever,
)
from ui.frame.errors import told
from ui.language import Speaker, words
from ui.language import format as fmt
from ui.scenario import terms
from ui.scenario.sentences import changes, listed, percent_of, pinned_indicators, project_changes
from ui.scenario.terms import (
    EVERY_YEAR,
    entry_name,
    factor_value,
    indicator_name,
    level,
    lever_range,
    points,
    project_name,
    quantity,
    quarter_name,
    rounded,
    set_figure,
    since,
    source_name,
)

SAME = 0.002
"""Relative difference up to which a drawn mean is its expectation."""


def arithmetic(effect: Effect, catalogue: Catalogue, say: Speaker) -> str:
    """Say in one line how an entry comes to move an indicator by what it does."""
    counted = math.fsum(effect.amounts)
    if counted and effect.level is None and effect.unit not in (POINTS, YEAR_POINTS):
        kind = "no_level"
    elif isinstance(effect.entry, Project):
        kind = "project" if counted else "project_none"
        if counted < 0:  # what the trend had of it and what now falls away
            kind = "project_less"
    elif effect.unit in (POINTS, YEAR_POINTS):
        kind = f"{effect.unit}" if any(effect.points) else "none"
    elif not counted:
        kind = "none"
    else:
        whole = math.isclose(counted, _full(effect), rel_tol=SAME)
        kind = ("all" if whole else "part") + ("" if effect.factors else "_plain")
    return say(f"effect.{kind}", **_values(effect, catalogue, say))


def _values(effect: Effect, catalogue: Catalogue, say: Speaker) -> dict[str, object]:
    return {
        "formula": _formula(effect, catalogue, say),
        "project": entry_name(effect.entry, catalogue, say),
        "given": _given(effect, say),
        "full": amount_of(effect, _full(effect), say),
        "amount": amount_of(effect, math.fsum(effect.amounts), say),
        "less": amount_of(effect, abs(math.fsum(effect.amounts)), say),
        "quarters": _quarters(effect, say),
        "share": _share(effect, say),
        "pull": pull(effect, catalogue, say),
    }


def _full(effect: Effect) -> float:
    """Return what value and steps multiply to, in the indicator's unit."""
    product = math.prod(factor.multiplier for factor in effect.factors)
    return effect.value * product * _in_own_unit(effect)


def _route_unit(effect: Effect) -> str:
    """Return the unit that the arithmetic is in; of what is no lever, the indicator's."""
    if isinstance(effect.entry, Lever):
        for route in effect.entry.rule.routes:
            if route.indicator == effect.indicator:
                return route.unit
    return effect.unit


def _in_own_unit(effect: Effect) -> float:
    unit = _route_unit(effect)
    return (None if unit == effect.unit else in_units(unit, effect.unit)) or 1.0


def _sign(effect: Effect) -> int:
    """Return −1 where words say that an amount is less, which then stands without a sign."""
    return -1 if isinstance(effect.entry, Amount) and effect.value < 0 else 1


def amount_of(effect: Effect, value: float, say: Speaker) -> str:
    """Write an amount in the unit of the arithmetic; points where it is in points."""
    value *= _sign(effect)
    if effect.unit in (POINTS, YEAR_POINTS):
        return points(value, say)
    return quantity(value / _in_own_unit(effect), _route_unit(effect), say, exact=False)


def _formula(effect: Effect, catalogue: Catalogue, say: Speaker) -> str:
    """Write value and factors: 签约总投资10亿元 × 开工率58.8% × 年内完成比例10%."""
    return _value(effect, catalogue, say) + "".join(_factor(step, say) for step in effect.factors)


def _value(effect: Effect, catalogue: Catalogue, say: Speaker) -> str:
    entry = effect.entry
    match entry:
        case Lever():
            amount = quantity(entry.value, entry.rule.unit, say)
            if entry.rule.low < 0 < entry.value:
                amount = f"+{amount}"
            return say("effect.value", name=entry_name(entry, catalogue, say), amount=amount)
        case Amount():
            direction = "up" if entry.value > 0 else "down"
            if entry.points:
                amount = points(abs(entry.value), say)
            else:
                amount = quantity(abs(entry.value), effect.unit, say)
            name = indicator_name(entry.indicator, catalogue, say)
            return say(f"effect.amount_{direction}", name=name, amount=amount)
        case PointLever():
            return say(
                "effect.turns", name=say.verbatim(entry.name), figure=set_figure(entry.value)
            )
        case Project():
            return entry_name(entry, catalogue, say)


def _factor(step: Factor, say: Speaker) -> str:
    if step.name == "scale":
        # The only constant there is: a quarter's days, and a stoppage takes away.
        return say("effect.days", days=set_figure(abs(100 / step.value)))
    key = "effect.times" if not step.divides else "effect.over"
    return say(key, name=say(f"assumption.{step.name}"), value=factor_value(step, say))


def _given(effect: Effect, say: Speaker) -> str:
    """Say under what a project's amounts are expected; empty of all else."""
    if not isinstance(effect.entry, Project):
        return ""
    conditions = [named_value(step, say) for step in effect.factors]
    delay = effect.entry.delay
    if len(delay) > 1 if delay is not None else not effect.entry.certain:
        conditions.append(say("effect.delays"))
    if not conditions:
        return ""
    return say("effect.given", given=say("format.comma").join(conditions))


def named_value(step: Factor, say: Speaker) -> str:
    """Write a rate with its name: 开工率58.8%."""
    return say(
        "effect.named_value",
        name=say(f"assumption.{step.name}"),
        value=factor_value(step, say),
    )


def _quarters(effect: Effect, say: Speaker) -> str:
    """Say in which quarters how much is counted; equal ones together."""
    counted = [
        (say(f"period.quarter_name.{number}"), amount)
        for number, amount in enumerate(effect.amounts, start=1)
        if amount
    ]
    names = [name for name, _ in counted]
    each = {amount_of(effect, amount, say) for _, amount in counted}
    if effect.unit in (POINTS, YEAR_POINTS):
        return _quarters_in_points(effect, counted, say)
    if len(counted) < 2:
        return say("effect.quarter", quarter="".join(names)) if counted else ""
    if len(each) == 1:
        joined = listed(names, say)
        return say("effect.quarters_each", quarters=joined, amount=each.pop())
    parts = [
        say("effect.in_quarter", quarter=name, amount=amount_of(effect, amount, say))
        for name, amount in counted
    ]
    return say("effect.quarters", parts=say("format.comma").join(parts))


def _quarters_in_points(effect: Effect, counted: Sequence[tuple[str, float]], say: Speaker) -> str:
    moves = [points(amount, say, signed=True) for _, amount in counted]
    names = [name for name, _ in counted]
    if len(counted) > 1 and len(set(moves)) == 1:
        joined = listed(names, say)
        return say("effect.growth_each", quarters=joined, amount=moves[0])
    parts = [
        say("effect.growth_of", quarter=name, amount=move)
        for name, move in zip(names, moves, strict=True)
    ]
    return say("format.comma").join(parts)


def _share(effect: Effect, say: Speaker) -> str:
    if not effect.level:
        return ""
    share = _sign(effect) * 100 * math.fsum(effect.amounts) / effect.level
    figure = rounded(share) if abs(share) < 0.05 else fmt.figure(share)
    figures = level(effect.level, effect.unit, say)
    return say("effect.share", level=figures, share=f"{figure}%")


def pull(effect: Effect, catalogue: Catalogue, say: Speaker) -> str:
    """Say by how much full-year growth of the indicator moves."""
    total = math.fsum(effect.points)
    name = indicator_name(effect.indicator, catalogue, say)
    direction = "up" if total > 0 else "down"
    return say(f"effect.pull_{direction}", name=name, points=points(abs(total), say))


def effect_remarks(effect: Effect, catalogue: Catalogue, say: Speaker) -> list[str]:
    """Return what has to be said beside the arithmetic: what is not counted, what is unusual."""
    lines = []
    if effect.known:
        if effect.unit == POINTS:
            lines.append(say("effect.known_points"))
        else:
            amount = amount_of(effect, effect.known, say)
            lines.append(say("effect.known", amount=amount))
    if effect.later:
        lines.append(say("effect.later", amount=amount_of(effect, effect.later, say)))
    entry = effect.entry
    if effect.beyond_range and isinstance(entry, Lever):
        usual = lever_range(entry.kind, say)
        name = say(f"lever.{entry.kind}")
        lines.append(say("effect.beyond_range", name=name, range=usual))
    if effect.beyond_history:
        name = indicator_name(effect.indicator, catalogue, say)
        lines.append(say("effect.beyond_history", name=name))
    return lines


def basis(effect: Effect, say: Speaker) -> str:
    """Say where each rate of the arithmetic comes from; empty where it has none."""
    own = dict(effect.entry.assumptions) if isinstance(effect.entry, Lever) else {}
    groups: dict[str, list[str]] = {}
    for step in effect.factors:
        if step.source is not None:
            source = source_name(step.source, say, own=step.name in own)
            groups.setdefault(source, []).append(named_value(step, say))
    if not groups:
        return ""
    parts = [
        say("effect.basis_part", source=source, rates=listed(rates, say))
        for source, rates in groups.items()
    ]
    return say("effect.basis", parts=say("scenario_list.semicolon").join(parts))


def no_effect(entry: Entry, applied: Applied, catalogue: Catalogue, say: Speaker) -> str:
    """Say why an entry moves nothing this year."""
    effects = [effect for effect in applied.effects if effect.entry == entry]
    reached = [effect.indicator for effect in effects] or _reached(entry)
    if not isinstance(entry, Project) and entry.value == 0:
        reason = "at_rest"
    elif effects:
        reason = _of_effects(effects)
    elif isinstance(entry, Project):
        reason = "nothing_due" if entry.in_trend is None else "in_trend"
    else:
        reason = "unmoved" if set(reached) <= set(applied.scenario.unmoved) else "not_judged"
    named = [indicator_name(one, catalogue, say) for one in reached if one in catalogue.indicators]
    return say(
        f"no_effect.{reason}",
        name=entry_name(entry, catalogue, say),
        indicators=listed(named, say),
        year=applied.outlook.year,
    )


def _of_effects(effects: Sequence[Effect]) -> str:
    if any(any(effect.amounts) and effect.level is None for effect in effects):
        return "unmeasured"
    if any(effect.known for effect in effects):
        return "known"
    if any(step.value == 0 for effect in effects for step in effect.factors):
        return "zero_rate"
    return "too_late"


def _reached(entry: Entry) -> list[str]:
    if isinstance(entry, Project):
        return []
    if isinstance(entry, Lever):
        return [route.indicator for route in entry.rule.routes]
    return [entry.indicator]


def basis_count(applied: Applied, say: Speaker) -> str:
    """Say how many rates are published examples, estimates and judgements: the small print."""
    counts = dict.fromkeys(Source, 0)
    for source in {
        (effect.entry, step.name): step.source
        for effect in applied.effects
        for step in effect.factors
        if step.source is not None
    }.values():
        counts[source] += 1
    phrases = [
        say(f"effect.count_{source}", count=count) for source, count in counts.items() if count
    ]
    if not phrases:
        return ""
    return say("effect.counts", counts=say("format.comma").join(phrases))


LEAST_TARGETS = 0.05
"""Of a target, that a step has to move before it is worth a bar."""


def bar_name(bar: TornadoBar, catalogue: Catalogue, say: Speaker) -> str:
    """Return what is turned: a lever, the dates of a project, its chance to start."""
    name = terms.entry_name(bar.entry, catalogue, say)
    if bar.action is BarKind.VALUE:
        return name
    return say(f"tornado.{bar.action}_of", name=name)


def setting_name(bar: TornadoBar, step: Swing, catalogue: Catalogue, say: Speaker) -> str:
    """Return how far it is turned: 多3亿元, 早1季, 把握100%."""
    if bar.action is BarKind.DATES:
        key = "tornado.earlier" if step.amount < 0 else "tornado.later"
        return say(key, count=round(abs(step.amount)))
    if bar.action is BarKind.CHANCE:
        assert isinstance(bar.entry, Project)
        chance = bar.stands + step.amount
        return say("tornado.chance", percent=fmt.share(chance))
    size, up = abs(step.amount), step.amount > 0
    match bar.entry:
        case Lever() if bar.entry.rule.unit == "%":
            key, amount = "higher" if up else "lower", f"{terms.rounded(size)}%"
        case Lever():
            key = "more" if up else "less"
            amount = terms.quantity(size, bar.entry.rule.unit, say, exact=False)
        case Amount() if not bar.entry.points:
            key, unit = "more" if up else "less", catalogue[bar.entry.indicator].unit
            amount = terms.quantity(size, unit, say, exact=False)
        case Amount():
            key, amount = "more" if up else "less", terms.points(size, say)
        case PointLever() | Project():
            figure = terms.rounded(size)
            return say("tornado.further" if up else "tornado.back", figure=figure)
    return say(f"tornado.{key}", amount=amount)


def is_flat(found: Tornado) -> bool:
    """Return whether no step moves the all-clear as far as it is shown."""
    shown = fmt.probability(found.probability)
    return all(
        fmt.probability(step.probability) == shown for bar in found.bars for step in steps_of(bar)
    )


def is_still(found: Tornado) -> bool:
    """Return whether no step moves the targets that are met either, so that a chart is empty."""
    moves = [abs(step.targets) for bar in found.bars for step in steps_of(bar)]
    return is_flat(found) and max(moves, default=0.0) < LEAST_TARGETS


def steps_of(bar: TornadoBar) -> tuple[Swing, ...]:
    """Return the steps of a bar, the one that lowers first."""
    return tuple(step for step in (bar.down, bar.up) if step)


def tornado_sentence(found: Tornado, outlook: Outlook, catalogue: Catalogue, say: Speaker) -> str:
    """Say what moves the all-clear most, and by what it would gain most."""
    suffix = words.suffix(outlook.area.reference)
    if not found.bars:
        return say("tornado.none")
    if is_flat(found):
        probability = percent_of(found.probability, say)
        kind = "still" if is_still(found) else "flat"
        return say(f"tornado.{kind}{suffix}", probability=probability)
    first = found.bars[0]
    lines = [_bar_sentence("largest", first, steps_of(first), found, suffix, catalogue, say)]
    best = max(found.bars, key=lambda bar: max(step.change for step in steps_of(bar)))
    gain = max(steps_of(best), key=lambda step: step.change)
    if best is not first and gain.change > max(step.change for step in steps_of(first)):
        lines.append(_bar_sentence(f"best{suffix}", best, (gain,), found, suffix, catalogue, say))
    return say("format.between_sentences").join(lines)


def _bar_sentence(
    key: str,
    bar: TornadoBar,
    steps: Sequence[Swing],
    found: Tornado,
    suffix: str,
    catalogue: Catalogue,
    say: Speaker,
) -> str:
    moves: list[str] = []
    for step in sorted(steps, key=lambda step: -step.change):
        direction = "tornado.rises" if step.change > 0 else "tornado.falls"
        moves.append(
            say(
                "tornado.second" if moves else f"tornado.first{suffix}",
                setting=setting_name(bar, step, catalogue, say),
                before=percent_of(found.probability, say),
                direction=say(direction),
                after=percent_of(step.probability, say),
            )
        )
    name = bar_name(bar, catalogue, say)
    joined = say("scenario_list.semicolon").join(moves)
    return say(f"tornado.{key}", name=name, moves=joined)


def dial_remarks(
    dials: Sequence[Dial], pins: Sequence[Pin], catalogue: Catalogue, say: Speaker
) -> list[str]:
    """Say which dials cannot be turned and why, and what of the others is left out."""
    semicolon = say("scenario_list.semicolon")
    stuck = [_lacks(dial, catalogue, say) for dial in dials if dial.missing]
    resting = [dial for dial in dials if not (dial.missing or dial.reaches or dial.unmeasured)]
    stopped = [dial for dial in resting if pinned_indicators(dial.entry, pins)]
    idle, fixed = (
        [terms.entry_name(dial.entry, catalogue, say) for dial in some]
        for some in ([dial for dial in resting if dial not in stopped], stopped)
    )
    unmeasured = dict.fromkeys(
        words.title(indicator, say) for dial in dials for indicator in dial.unmeasured
    )
    comma = say("format.comma")
    lines = {
        "lacking": semicolon.join(stuck),
        "unmeasured": comma.join(unmeasured),
        "idle": semicolon.join(idle),
        "held": semicolon.join(fixed),
    }
    return [say(f"tornado.{key}", names=names) for key, names in lines.items() if names]


def _lacks(dial: Dial, catalogue: Catalogue, say: Speaker) -> str:
    what = dict.fromkeys(text for error in dial.missing for text in _lacking(error, say))
    return say(
        "tornado.lacks",
        name=terms.entry_name(dial.entry, catalogue, say),
        what=say("format.comma").join(what),
    )


def _lacking(error: OutlookError, say: Speaker) -> Iterator[str]:
    match error:
        case AssumptionMissing():
            yield say(f"assumption.{error.values['assumption']}")
        case LevelsMissing():
            yield say("tornado.level")
        case _:
            yield from told(error, say)


MOST_NAMED = 3
"""Indicators that one sentence names."""


def solve_sentence(solution: Solution, outlook: Outlook, catalogue: Catalogue, say: Speaker) -> str:
    """Say whether the wanted probability is reached, or how close it gets and why.

    Parameters
    ----------
    outlook
        Of the area and year that is solved for.
    """
    suffix, setting = words.suffix(outlook.area.reference), solution.setting
    values = {
        "wanted": percent_of(solution.wanted, say),
        "before": percent_of(solution.before, say),
        "then": _most(setting, solution.most, say),
        "count": len(setting.levers) + len(setting.projects),
    }
    if solution.reached:
        kind = "reached" if values["count"] else "enough"
        return say(f"solve.{kind}{suffix}", **values)
    parts = [say(f"solve.missed{suffix}", **values)]
    limiting, weakest = _limiting(solution, outlook, catalogue, say)
    return say("format.between_sentences").join([*limiting, *parts, *weakest])


def _limiting(
    solution: Solution, outlook: Outlook, catalogue: Catalogue, say: Speaker
) -> tuple[list[str], list[str]]:
    """Say why no setting reaches: what nothing allowed can move, and the weakest link beside it."""
    limits, weakest = solution.limits, solution.setting.weakest
    suffix = words.suffix(outlook.area.reference)
    if limits.missed:
        names = _names(limits.missed, catalogue, say)
        return [say(f"solve.year_missed{suffix}", names=names, year=outlook.year)], []
    first, then = [], []
    if limits.limiting:
        names = _names(limits.limiting, catalogue, say)
        ceiling = _at_most(limits.ceiling, solution.wanted, say)
        first.append(say(f"solve.limiting{suffix}", names=names, ceiling=ceiling))
    if weakest is not None and weakest.indicator not in limits.limiting:
        line = say(
            f"solve.weakest{suffix}",
            name=indicator_name(weakest.indicator, catalogue, say),
            chance=percent_of(weakest.probability, say),
            then=_at_most(weakest.if_cleared, solution.wanted, say),
        )
        then.append(line)
    return first, then


def _names(ids: tuple[str, ...], catalogue: Catalogue, say: Speaker) -> str:
    """List indicators, the first of them where they are many."""
    names = [indicator_name(one, catalogue, say) for one in ids]
    if len(names) <= MOST_NAMED:
        return listed(names, say)
    joined = say("format.comma").join(names[:MOST_NAMED])
    return say("solve.many", names=joined, count=len(names))


def setting_title(setting: Setting, solution: Solution, outlook: Outlook, say: Speaker) -> str:
    """Say over the steps of a setting what it reaches: 把握70%; else the most there is."""
    key = "solve.title" if setting.reached else "solve.title_missed"
    most = max(setting.most, solution.before)
    return say(f"{key}{words.suffix(outlook.area.reference)}", then=_most(setting, most, say))


def _most(setting: Setting, most: float, say: Speaker) -> str:
    """Write what a setting reaches; where it does not, the most, rounded down: 49.6% is not 50%."""
    if setting.reached:
        return percent_of(setting.probability, say)
    return _rounded_down(most, say)


def _at_most(probability: float, wanted: float, say: Speaker) -> str:
    """Write a limit that is not passed, and never as what is wanted where it lies below."""
    whole = math.ceil(100 * probability - 1e-9) / 100
    if probability < wanted <= whole:
        return _rounded_down(probability, say)
    return percent_of(whole, say)


def _rounded_down(probability: float, say: Speaker) -> str:
    whole = math.floor(100 * probability + 1e-9) / 100
    return percent_of(whole or probability, say)


def is_worth_showing(solution: Solution) -> bool:
    """Return whether steps lead anywhere: to what is wanted, or a point nearer to it."""
    setting = solution.setting
    some = bool(setting.levers or setting.projects)
    return some and (setting.reached or setting.most >= solution.before + WORTH)


def solve_steps(
    setting: Setting, year: int, opens: Quarter, catalogue: Catalogue, say: Speaker
) -> list[str]:
    """Return what is to be done, a phrase each: projects and their dates first, then amounts.

    Parameters
    ----------
    opens
        The first quarter that is open, from which a lever counts that does not say.
    """
    brought = [
        *(_by_year_end(one.project, setting, catalogue, say) for one in setting.projects),
        *(_by_year_end(one.entry, setting, catalogue, say) for one in setting.levers),
    ]
    steps: list[tuple[str, list[str], bool]] = [
        (_advanced(one, say), [], one.at_bound) for one in setting.projects
    ]
    steps += [
        (_turned(one, year, catalogue, say), [_when(one, opens, year, say)], one.at_bound)
        for one in setting.levers
    ]
    comma = say("format.comma_in_sentence")
    phrases = []
    for (text, notes, at_bound), brings in zip(steps, brought, strict=True):
        notes = [*notes, *brings, *([say("solve.at_bound")] if at_bound else [])]
        noted = say("solve.step_noted", step=text, notes=comma.join(notes))
        phrases.append(noted if notes else text)
    return phrases


def _by_year_end(
    entry: Entry, setting: Setting, catalogue: Catalogue, say: Speaker
) -> Iterator[str]:
    """Say which amounts a step is expected to put into indicators by the end of the year."""
    found = [
        effect for effect in setting.effects if effect.entry == entry and math.fsum(effect.amounts)
    ]
    ranked = sorted(found, key=lambda effect: -abs(math.fsum(effect.points)))
    amounts = [
        say(
            "solve.amount",
            name=indicator_name(effect.indicator, catalogue, say),
            amount=amount_of(effect, math.fsum(effect.amounts), say),
        )
        for effect in ranked
        if effect.unit not in (POINTS, YEAR_POINTS)
    ]
    if amounts:
        yield say("solve.by_year_end", amounts=say("format.comma").join(amounts[:MOST_NAMED]))


def _when(one: TurnedLever, opens: Quarter, year: int, say: Speaker) -> str:
    """Say from when on a lever counts, or in which quarter it counts once."""
    entry = one.entry
    first = entry.first_counted(opens) if isinstance(entry, Lever) else entry.start or opens
    if isinstance(entry, Lever) and entry.timing is Timing.ONCE:
        return say("solve.once", quarter=quarter_name(first, year, say))
    if first == Quarter(year, 4):  # the last one that counts this year
        return say("solve.within", quarter=quarter_name(first, year, say))
    return say("solve.from", since=since(first, year, say))


def levers_left_out(
    aside: Sequence[LeverAside],
    setting: Setting,
    outlook: Outlook,
    catalogue: Catalogue,
    say: Speaker,
) -> str:
    """Say what levers would bring that nobody allowed; empty where that is little."""  # fmt: skip
    told_of = [
        say(
            "solve.lever_aside",
            change=changes(Scenario(), Scenario(levers=(one.lever,)), outlook.year, catalogue, say)[
                0
            ].text,
            then=percent_of(one.probability, say),
        )
        for one in aside[:MOST_NAMED]
        if one.probability >= setting.probability + WORTH
    ]
    if not told_of:
        return ""
    joined = say("scenario_list.semicolon").join(told_of)
    return say(f"solve.levers_aside{words.suffix(outlook.area.reference)}", levers=joined)


def left_aside(found: Tornado, outlook: Outlook, say: Speaker) -> str:
    """Say what surer starts of projects would bring, which is not solved for; empty if little."""
    bars = [bar for bar in found.bars if bar.action is BarKind.CHANCE and bar.up is not None]
    if not bars:
        return ""
    best = max(bars, key=lambda bar: bar.up.change if bar.up else 0.0)
    assert isinstance(best.entry, Project)
    assert best.up is not None
    if best.up.change < WORTH:
        return ""
    return say(
        f"solve.chance_aside{words.suffix(outlook.area.reference)}",
        name=project_name(best.entry, say),
        chance=fmt.share(best.stands),
        before=percent_of(found.probability, say),
        after=percent_of(best.up.probability, say),
    )


def _advanced(one: AdvancedProject, say: Speaker) -> str:
    """Say which dates of a project come earlier, each with its year: 提前到2026年四季度."""
    return project_changes(one.before, one.project, EVERY_YEAR, say)[0].named


def _turned(one: TurnedLever, year: int, catalogue: Catalogue, say: Speaker) -> str:
    before, after = (
        Scenario().holding([entry]) for entry in (replace(one.entry, value=one.before), one.entry)
    )
    return changes(before, after, year, catalogue, say)[0].text


def solve_bounds(setting: Setting, catalogue: Catalogue, say: Speaker) -> str:
    """Say what is used as far as is allowed; empty where nothing binds."""
    names = [project_name(one.project, say) for one in setting.projects if one.at_bound]
    names += [entry_name(one.entry, catalogue, say) for one in setting.levers if one.at_bound]
    return say("solve.bounds", names=listed(names, say)) if names else ""


def alternative_title(alternative: Alternative, catalogue: Catalogue, say: Speaker) -> str:
    """Name another way to the same end: 不动工期."""
    other = alternative.without
    name = entry_name(other, catalogue, say) if other is not None else ""
    return say(f"solve.kind_{alternative.kind}", name=name)
