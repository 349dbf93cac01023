"""What it would take, in sentences: projects, amounts and dates, never a growth rate to report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from forecasting.indicator import Catalogue
from forecasting.outlook import Outlook
from forecasting.scenario.scenario import Scenario
from forecasting.solve.solution import Advanced, Alternative, Setting, Solution, Turned
from ui import words
from ui.messages import Language, t
from ui.project_changes import project_changes
from ui.scenario_changes import changes, listed
from ui.scenario_sentences import percent_of
from ui.scenario_words import entry_name, indicator_name, project_name

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
        "then": percent_of(setting.probability if setting.reached else setting.most, language),
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
            then=percent_of(weakest.if_cleared, language),
        )
    if limits.unmoved:
        names = _names(limits.unmoved, catalogue, language)
        ceiling = percent_of(limits.ceiling, language)
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
    then = setting.probability if setting.reached else setting.most
    return t(
        f"{key}{words.suffix(outlook.area.reference)}", language, then=percent_of(then, language)
    )


def steps(setting: Setting, year: int, catalogue: Catalogue, language: Language) -> list[str]:
    """Return what is to be done, a phrase each: projects and their dates first, then amounts."""
    told = [(_advanced(one, year, language), one.at_bound) for one in setting.projects]
    told += [(_turned(one, year, catalogue, language), one.at_bound) for one in setting.levers]
    return [
        t("solve.step_at_bound", language, step=text) if at_bound else text
        for text, at_bound in told
    ]


def _advanced(one: Advanced, year: int, language: Language) -> str:
    return project_changes(one.before, one.project, year, language)[0]


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
