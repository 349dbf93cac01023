"""What the page of a scenario says: its arithmetic, what moves most, and what it would take.

The arithmetic can be checked with a pocket calculator: value times rates, over last year's level.
What it would take is said in projects, amounts and dates, never as a growth rate to report.
Sentences are Markdown; names and settings of the tornado are plain texts, as charts and tables
show them.
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
    Setting,
    Solution,
    TurnedLever,
)
from ui.frame.errors import told
from ui.language import Language, t, words
from ui.language import format as fmt
from ui.language.markdown import literal, unescaped
from ui.scenario import terms
from ui.scenario.sentences import changes, listed, percent_of, pinned_indicators, project_changes
from ui.scenario.terms import (
    assumption_value,
    entry_name,
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


def arithmetic(effect: Effect, catalogue: Catalogue, language: Language) -> str:
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
    return t(f"effect.{kind}", language, **_values(effect, catalogue, language))


def _values(effect: Effect, catalogue: Catalogue, language: Language) -> dict[str, object]:
    return {
        "formula": _formula(effect, catalogue, language),
        "project": entry_name(effect.entry, catalogue, language),
        "given": _given(effect, language),
        "full": amount_of(effect, _full(effect), language),
        "amount": amount_of(effect, math.fsum(effect.amounts), language),
        "less": amount_of(effect, abs(math.fsum(effect.amounts)), language),
        "quarters": _quarters(effect, language),
        "share": _share(effect, language),
        "pull": pull(effect, catalogue, language),
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


def amount_of(effect: Effect, value: float, language: Language) -> str:
    """Write an amount in the unit of the arithmetic; points where it is in points."""
    value *= _sign(effect)
    if effect.unit in (POINTS, YEAR_POINTS):
        return points(value, language)
    return quantity(value / _in_own_unit(effect), _route_unit(effect), language, exact=False)


def _formula(effect: Effect, catalogue: Catalogue, language: Language) -> str:
    """Write value and factors: 签约总投资10亿元 × 开工率58.8% × 年内完成比例10%."""
    return _value(effect, catalogue, language) + "".join(
        _factor(step, language) for step in effect.factors
    )


def _value(effect: Effect, catalogue: Catalogue, language: Language) -> str:
    entry = effect.entry
    match entry:
        case Lever():
            amount = quantity(entry.value, entry.rule.unit, language)
            if entry.rule.low < 0 < entry.value:
                amount = f"+{amount}"
            return t(
                "effect.value",
                language,
                name=entry_name(entry, catalogue, language),
                amount=amount,
            )
        case Amount():
            direction = "up" if entry.value > 0 else "down"
            if entry.points:
                amount = points(abs(entry.value), language)
            else:
                amount = quantity(abs(entry.value), effect.unit, language)
            name = indicator_name(entry.indicator, catalogue, language)
            return t(f"effect.amount_{direction}", language, name=name, amount=amount)
        case PointLever():
            return t(
                "effect.turns",
                language,
                name=literal(entry.name),
                figure=set_figure(entry.value),
            )
        case Project():
            return entry_name(entry, catalogue, language)


def _factor(step: Factor, language: Language) -> str:
    if step.name == "scale":
        # The only constant there is: a quarter's days, and a stoppage takes away.
        return t("effect.days", language, days=set_figure(abs(100 / step.value)))
    key = "effect.times" if not step.divides else "effect.over"
    return t(
        key,
        language,
        name=t(f"assumption.{step.name}", language),
        value=assumption_value(step.name, step.value, language),
    )


def _given(effect: Effect, language: Language) -> str:
    """Say under what a project's amounts are expected; empty of all else."""
    if not isinstance(effect.entry, Project):
        return ""
    conditions = [named_value(step, language) for step in effect.factors]
    if len(effect.entry.delay) > 1:
        conditions.append(t("effect.delays", language))
    if not conditions:
        return ""
    return t("effect.given", language, given=t("format.comma", language).join(conditions))


def named_value(step: Factor, language: Language) -> str:
    """Write a rate with its name: 开工率58.8%."""
    return t(
        "effect.named_value",
        language,
        name=t(f"assumption.{step.name}", language),
        value=assumption_value(step.name, step.value, language),
    )


def _quarters(effect: Effect, language: Language) -> str:
    """Say in which quarters how much is counted; equal ones together."""
    counted = [
        (t(f"period.quarter_name.{number}", language), amount)
        for number, amount in enumerate(effect.amounts, start=1)
        if amount
    ]
    names = [name for name, _ in counted]
    each = {amount_of(effect, amount, language) for _, amount in counted}
    if effect.unit in (POINTS, YEAR_POINTS):
        return _quarters_in_points(effect, counted, language)
    if len(counted) < 2:
        return t("effect.quarter", language, quarter="".join(names)) if counted else ""
    if len(each) == 1:
        joined = listed(names, language)
        return t("effect.quarters_each", language, quarters=joined, amount=each.pop())
    parts = [
        t("effect.in_quarter", language, quarter=name, amount=amount_of(effect, amount, language))
        for name, amount in counted
    ]
    return t("effect.quarters", language, parts=t("format.comma", language).join(parts))


def _quarters_in_points(
    effect: Effect, counted: Sequence[tuple[str, float]], language: Language
) -> str:
    moves = [points(amount, language, signed=True) for _, amount in counted]
    names = [name for name, _ in counted]
    if len(counted) > 1 and len(set(moves)) == 1:
        joined = listed(names, language)
        return t("effect.growth_each", language, quarters=joined, amount=moves[0])
    parts = [
        t("effect.growth_of", language, quarter=name, amount=move)
        for name, move in zip(names, moves, strict=True)
    ]
    return t("format.comma", language).join(parts)


def _share(effect: Effect, language: Language) -> str:
    if not effect.level:
        return ""
    share = _sign(effect) * 100 * math.fsum(effect.amounts) / effect.level
    figure = rounded(share) if abs(share) < 0.05 else fmt.figure(share)
    figures = level(effect.level, effect.unit, language)
    return t("effect.share", language, level=figures, share=f"{figure}%")


def pull(effect: Effect, catalogue: Catalogue, language: Language) -> str:
    """Say by how much full-year growth of the indicator moves."""
    total = math.fsum(effect.points)
    name = indicator_name(effect.indicator, catalogue, language)
    direction = "up" if total > 0 else "down"
    return t(f"effect.pull_{direction}", language, name=name, points=points(abs(total), language))


def effect_remarks(effect: Effect, catalogue: Catalogue, language: Language) -> list[str]:
    """Return what has to be said beside the arithmetic: what is not counted, what is unusual."""
    lines = []
    if effect.known:
        if effect.unit == POINTS:
            lines.append(t("effect.known_points", language))
        else:
            amount = amount_of(effect, effect.known, language)
            lines.append(t("effect.known", language, amount=amount))
    if effect.later:
        lines.append(t("effect.later", language, amount=amount_of(effect, effect.later, language)))
    entry = effect.entry
    if effect.beyond_range and isinstance(entry, Lever):
        usual = lever_range(entry.kind, language)
        name = t(f"lever.{entry.kind}", language)
        lines.append(t("effect.beyond_range", language, name=name, range=usual))
    if effect.beyond_history:
        name = indicator_name(effect.indicator, catalogue, language)
        lines.append(t("effect.beyond_history", language, name=name))
    return lines


def basis(effect: Effect, language: Language) -> str:
    """Say where each rate of the arithmetic comes from; empty where it has none."""
    own = dict(effect.entry.assumptions) if isinstance(effect.entry, Lever) else {}
    groups: dict[str, list[str]] = {}
    for step in effect.factors:
        if step.source is not None:
            source = source_name(step.source, language, own=step.name in own)
            groups.setdefault(source, []).append(named_value(step, language))
    if not groups:
        return ""
    parts = [
        t("effect.basis_part", language, source=source, rates=listed(rates, language))
        for source, rates in groups.items()
    ]
    return t("effect.basis", language, parts=t("scenario_list.semicolon", language).join(parts))


def no_effect(entry: Entry, applied: Applied, catalogue: Catalogue, language: Language) -> str:
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
    named = [
        indicator_name(one, catalogue, language) for one in reached if one in catalogue.indicators
    ]
    return t(
        f"no_effect.{reason}",
        language,
        name=entry_name(entry, catalogue, language),
        indicators=listed(named, language),
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


def basis_count(applied: Applied, language: Language) -> str:
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
        t(f"effect.count_{source}", language, count=count)
        for source, count in counts.items()
        if count
    ]
    if not phrases:
        return ""
    return t("effect.counts", language, counts=t("format.comma", language).join(phrases))


LEAST_TARGETS = 0.05
"""Of a target, that a step has to move before it is worth a bar."""


def bar_name(bar: TornadoBar, catalogue: Catalogue, language: Language) -> str:
    """Return what is turned: a lever, the dates of a project, its chance to start."""
    name = unescaped(terms.entry_name(bar.entry, catalogue, language))
    if bar.action is BarKind.VALUE:
        return name
    return t(f"tornado.{bar.action}_of", language, name=name)


def setting_name(bar: TornadoBar, step: Swing, catalogue: Catalogue, language: Language) -> str:
    """Return how far it is turned: 多3亿元, 早1季, 把握100%."""
    if bar.action is BarKind.DATES:
        key = "tornado.earlier" if step.amount < 0 else "tornado.later"
        return t(key, language, count=round(abs(step.amount)))
    if bar.action is BarKind.CHANCE:
        assert isinstance(bar.entry, Project)
        chance = bar.entry.start_probability + step.amount
        return t("tornado.chance", language, percent=fmt.share(chance))
    size, up = abs(step.amount), step.amount > 0
    match bar.entry:
        case Lever() if bar.entry.rule.unit == "%":
            key, amount = "higher" if up else "lower", f"{terms.rounded(size)}%"
        case Lever():
            key = "more" if up else "less"
            amount = terms.quantity(size, bar.entry.rule.unit, language, exact=False)
        case Amount() if not bar.entry.points:
            key, unit = "more" if up else "less", catalogue[bar.entry.indicator].unit
            amount = terms.quantity(size, unit, language, exact=False)
        case Amount():
            key, amount = "more" if up else "less", terms.points(size, language)
        case PointLever() | Project():
            figure = terms.rounded(size)
            return t("tornado.further" if up else "tornado.back", language, figure=figure)
    return t(f"tornado.{key}", language, amount=amount)


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


def tornado_sentence(
    found: Tornado, outlook: Outlook, catalogue: Catalogue, language: Language
) -> str:
    """Say what moves the all-clear most, and by what it would gain most."""
    suffix = words.suffix(outlook.area.reference)
    if not found.bars:
        return t("tornado.none", language)
    if is_flat(found):
        probability = percent_of(found.probability, language)
        kind = "still" if is_still(found) else "flat"
        return t(f"tornado.{kind}{suffix}", language, probability=probability)
    first = found.bars[0]
    lines = [_bar_sentence("largest", first, steps_of(first), found, suffix, catalogue, language)]
    best = max(found.bars, key=lambda bar: max(step.change for step in steps_of(bar)))
    gain = max(steps_of(best), key=lambda step: step.change)
    if best is not first and gain.change > max(step.change for step in steps_of(first)):
        lines.append(
            _bar_sentence(f"best{suffix}", best, (gain,), found, suffix, catalogue, language)
        )
    return t("format.between_sentences", language).join(lines)


def _bar_sentence(
    key: str,
    bar: TornadoBar,
    steps: Sequence[Swing],
    found: Tornado,
    suffix: str,
    catalogue: Catalogue,
    language: Language,
) -> str:
    moves: list[str] = []
    for step in sorted(steps, key=lambda step: -step.change):
        direction = "tornado.rises" if step.change > 0 else "tornado.falls"
        moves.append(
            t(
                "tornado.second" if moves else f"tornado.first{suffix}",
                language,
                setting=literal(setting_name(bar, step, catalogue, language)),
                before=percent_of(found.probability, language),
                direction=t(direction, language),
                after=percent_of(step.probability, language),
            )
        )
    name = literal(bar_name(bar, catalogue, language))
    joined = t("scenario_list.semicolon", language).join(moves)
    return t(f"tornado.{key}", language, name=name, moves=joined)


def dial_remarks(
    dials: Sequence[Dial], pins: Sequence[Pin], catalogue: Catalogue, language: Language
) -> list[str]:
    """Say which dials cannot be turned and why, and what of the others is left out."""
    semicolon = t("scenario_list.semicolon", language)
    stuck = [_lacks(dial, catalogue, language) for dial in dials if dial.missing]
    resting = [dial for dial in dials if not (dial.missing or dial.reaches or dial.unmeasured)]
    stopped = [dial for dial in resting if pinned_indicators(dial.entry, pins)]
    idle, fixed = (
        [terms.entry_name(dial.entry, catalogue, language) for dial in some]
        for some in ([dial for dial in resting if dial not in stopped], stopped)
    )
    unmeasured = dict.fromkeys(
        words.title(indicator, language) for dial in dials for indicator in dial.unmeasured
    )
    comma = t("format.comma", language)
    lines = {
        "lacking": semicolon.join(stuck),
        "unmeasured": comma.join(unmeasured),
        "idle": semicolon.join(idle),
        "held": semicolon.join(fixed),
    }
    return [t(f"tornado.{key}", language, names=names) for key, names in lines.items() if names]


def _lacks(dial: Dial, catalogue: Catalogue, language: Language) -> str:
    what = dict.fromkeys(text for error in dial.missing for text in _lacking(error, language))
    return t(
        "tornado.lacks",
        language,
        name=terms.entry_name(dial.entry, catalogue, language),
        what=t("format.comma", language).join(what),
    )


def _lacking(error: OutlookError, language: Language) -> Iterator[str]:
    match error:
        case AssumptionMissing():
            yield t(f"assumption.{error.values['assumption']}", language)
        case LevelsMissing():
            yield t("tornado.level", language)
        case _:
            yield from told(error, language)


MOST_NAMED = 3
"""Indicators that one sentence names."""


def solve_sentence(
    solution: Solution, outlook: Outlook, catalogue: Catalogue, language: Language
) -> str:
    """Say whether the wanted probability is reached, or how close it gets and why.

    Parameters
    ----------
    outlook
        Of the area and year that is solved for.
    """
    suffix, setting = words.suffix(outlook.area.reference), solution.setting
    values = {
        "wanted": percent_of(solution.wanted, language),
        "before": percent_of(solution.before, language),
        "then": _most(setting, language),
        "count": len(setting.levers) + len(setting.projects),
    }
    if solution.reached:
        kind = "reached" if values["count"] else "enough"
        return t(f"solve.{kind}{suffix}", language, **values)
    parts = [t(f"solve.missed{suffix}", language, **values)]
    parts += _reasons(solution, outlook, catalogue, language)
    return t("format.between_sentences", language).join(parts)


def _reasons(
    solution: Solution, outlook: Outlook, catalogue: Catalogue, language: Language
) -> Iterator[str]:
    """Say why no setting reaches: the weakest link, and what nothing allowed can move."""
    limits, weakest, suffix = (
        solution.limits,
        solution.setting.weakest,
        words.suffix(outlook.area.reference),
    )
    if limits.missed:
        names = _names(limits.missed, catalogue, language)
        yield t(f"solve.year_missed{suffix}", language, names=names, year=outlook.year)
        return
    if weakest is not None:
        yield t(
            f"solve.weakest{suffix}",
            language,
            name=indicator_name(weakest.indicator, catalogue, language),
            chance=percent_of(weakest.probability, language),
            then=_at_most(weakest.if_cleared, solution.wanted, language),
        )
    if limits.unmoved:
        names = _names(limits.unmoved, catalogue, language)
        ceiling = _at_most(limits.ceiling, solution.wanted, language)
        yield t(f"solve.unmoved{suffix}", language, names=names, ceiling=ceiling)


def _names(ids: tuple[str, ...], catalogue: Catalogue, language: Language) -> str:
    """List indicators, the first of them where they are many."""
    names = [indicator_name(one, catalogue, language) for one in ids]
    if len(names) <= MOST_NAMED:
        return listed(names, language)
    joined = t("format.comma", language).join(names[:MOST_NAMED])
    return t("solve.many", language, names=joined, count=len(names))


def setting_title(setting: Setting, outlook: Outlook, language: Language) -> str:
    """Say over the steps of a setting what it reaches: 把握70%; else the most there is."""
    key = "solve.title" if setting.reached else "solve.title_missed"
    return t(
        f"{key}{words.suffix(outlook.area.reference)}", language, then=_most(setting, language)
    )


def _most(setting: Setting, language: Language) -> str:
    """Write what a setting reaches; where it does not, rounded down: 49.6% is not 50%."""
    if setting.reached:
        return percent_of(setting.probability, language)
    return _rounded_down(setting.most, language)


def _at_most(probability: float, wanted: float, language: Language) -> str:
    """Write a limit, never as what is wanted where it lies below."""
    if probability < wanted:
        return _rounded_down(probability, language)
    return percent_of(probability, language)


def _rounded_down(probability: float, language: Language) -> str:
    whole = math.floor(100 * probability + 1e-9) / 100
    return percent_of(whole or probability, language)


def is_worth_showing(solution: Solution) -> bool:
    """Return whether steps lead anywhere: to what is wanted, or a point nearer to it."""
    setting = solution.setting
    some = bool(setting.levers or setting.projects)
    return some and (setting.reached or setting.most >= solution.before + WORTH)


def solve_steps(
    setting: Setting, year: int, now: Quarter, catalogue: Catalogue, language: Language
) -> list[str]:
    """Return what is to be done, a phrase each: projects and their dates first, then amounts.

    Parameters
    ----------
    now
        The first quarter without figures, from which a lever counts that does not say.
    """
    steps: list[tuple[str, list[str], bool]] = [
        (_advanced(one, year, language), [], one.at_bound) for one in setting.projects
    ]
    steps += [
        (_turned(one, year, catalogue, language), [_when(one, now, year, language)], one.at_bound)
        for one in setting.levers
    ]
    comma = t("format.comma_in_sentence", language)
    phrases = []
    for text, notes, at_bound in steps:
        notes = [*notes, t("solve.at_bound", language)] if at_bound else notes
        noted = t("solve.step_noted", language, step=text, notes=comma.join(notes))
        phrases.append(noted if notes else text)
    return phrases


def _when(one: TurnedLever, now: Quarter, year: int, language: Language) -> str:
    """Say from when on a lever counts, or in which quarter it counts once."""
    entry = one.entry
    if not isinstance(entry, Lever):
        return t("solve.from", language, since=since(entry.start or now, year, language))
    first = entry.first_counted(now)
    if entry.timing is Timing.ONCE:
        return t("solve.once", language, quarter=quarter_name(first, year, language))
    return t("solve.from", language, since=since(first, year, language))


def left_aside(found: Tornado, outlook: Outlook, language: Language) -> str:
    """Say what surer starts of projects would bring, which is not solved for; empty if little."""
    bars = [bar for bar in found.bars if bar.action is BarKind.CHANCE and bar.up is not None]
    if not bars:
        return ""
    best = max(bars, key=lambda bar: bar.up.change if bar.up else 0.0)
    assert isinstance(best.entry, Project)
    assert best.up is not None
    if best.up.change < WORTH:
        return ""
    return t(
        f"solve.chance_aside{words.suffix(outlook.area.reference)}",
        language,
        name=project_name(best.entry, language),
        chance=fmt.share(best.entry.start_probability),
        before=percent_of(found.probability, language),
        after=percent_of(best.up.probability, language),
    )


def _advanced(one: AdvancedProject, year: int, language: Language) -> str:
    return project_changes(one.before, one.project, year, language)[0].named


def _turned(one: TurnedLever, year: int, catalogue: Catalogue, language: Language) -> str:
    before, after = (
        Scenario().holding([entry]) for entry in (replace(one.entry, value=one.before), one.entry)
    )
    return changes(before, after, year, catalogue, language)[0].text


def solve_bounds(setting: Setting, catalogue: Catalogue, language: Language) -> str:
    """Say what is used as far as is allowed; empty where nothing binds."""
    names = [project_name(one.project, language) for one in setting.projects if one.at_bound]
    names += [entry_name(one.entry, catalogue, language) for one in setting.levers if one.at_bound]
    return t("solve.bounds", language, names=listed(names, language)) if names else ""


def alternative_title(alternative: Alternative, catalogue: Catalogue, language: Language) -> str:
    """Name another way to the same end: 不动工期."""
    other = alternative.without
    name = entry_name(other, catalogue, language) if other is not None else ""
    return t(f"solve.kind_{alternative.kind}", language, name=name)


def least_title(language: Language) -> str:
    """Name the setting of least effort."""
    return t("solve.kind_least", language)
