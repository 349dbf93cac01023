"""What it would take, in sentences: projects, amounts and dates, never a growth rate to report."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from forecasting.figures.indicator import Catalogue
from forecasting.figures.period import Quarter
from forecasting.outlook.outlook import Outlook
from forecasting.scenario.levers import Lever, Timing
from forecasting.scenario.model import Scenario
from forecasting.scenario.projects import Project
from forecasting.scenario.tornado import Action, Tornado
from forecasting.solve.solution import WORTH, Advanced, Alternative, Setting, Solution, Turned
from ui.language import Language, t, words
from ui.language import format as fmt
from ui.scenario.changes import changes, listed
from ui.scenario.projects.changes import project_changes
from ui.scenario.sentences import percent_of
from ui.scenario.words import entry_name, indicator_name, project_name, quarter_name, since

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


def steps(
    setting: Setting, year: int, now: Quarter, catalogue: Catalogue, language: Language
) -> list[str]:
    """Return what is to be done, a phrase each: projects and their dates first, then amounts.

    Parameters
    ----------
    now
        The first quarter without figures, from which a lever counts that does not say.
    """
    told: list[tuple[str, list[str], bool]] = [
        (_advanced(one, year, language), [], one.at_bound) for one in setting.projects
    ]
    told += [
        (_turned(one, year, catalogue, language), [_when(one, now, year, language)], one.at_bound)
        for one in setting.levers
    ]
    comma = t("format.comma_in_sentence", language)
    phrases = []
    for text, notes, at_bound in told:
        notes = [*notes, t("solve.at_bound", language)] if at_bound else notes
        noted = t("solve.step_noted", language, step=text, notes=comma.join(notes))
        phrases.append(noted if notes else text)
    return phrases


def _when(one: Turned, now: Quarter, year: int, language: Language) -> str:
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
    bars = [bar for bar in found.bars if bar.action is Action.CHANCE and bar.up is not None]
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


def _advanced(one: Advanced, year: int, language: Language) -> str:
    return project_changes(one.before, one.project, year, language)[0].named


def _turned(one: Turned, year: int, catalogue: Catalogue, language: Language) -> str:
    before, after = (
        Scenario().holding([entry]) for entry in (replace(one.entry, value=one.before), one.entry)
    )
    return changes(before, after, year, catalogue, language)[0].text


def bounds(setting: Setting, catalogue: Catalogue, language: Language) -> str:
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
