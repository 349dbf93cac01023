"""What has to be said beside the arithmetic of a scenario: limits, sources, and why nothing moves.

Sentences are Markdown.
"""

from __future__ import annotations

from collections.abc import Sequence

from forecasting.figures.indicator import Catalogue
from forecasting.scenario.apply import Applied, Effect
from forecasting.scenario.levers import POINTS, Lever, Source
from forecasting.scenario.model import Entry
from forecasting.scenario.projects import Project
from ui.language import Language, t
from ui.scenario.changes import listed
from ui.scenario.explore.effect_sentences import amount_of, named_value
from ui.scenario.words import entry_name, indicator_name, lever_name, lever_range, source_name


def remarks(effect: Effect, catalogue: Catalogue, language: Language) -> list[str]:
    """Return what has to be said beside the arithmetic: what is not counted, what is unusual."""
    told = []
    if effect.known:
        if effect.unit == POINTS:
            told.append(t("effect.known_points", language))
        else:
            amount = amount_of(effect, effect.known, language)
            told.append(t("effect.known", language, amount=amount))
    if effect.later:
        told.append(t("effect.later", language, amount=amount_of(effect, effect.later, language)))
    entry = effect.entry
    if effect.beyond_range and isinstance(entry, Lever):
        usual = lever_range(entry.kind, language)
        name = lever_name(entry.kind, language)
        told.append(t("effect.beyond_range", language, name=name, range=usual))
    if effect.beyond_history:
        name = indicator_name(effect.indicator, catalogue, language)
        told.append(t("effect.beyond_history", language, name=name))
    return told


def basis(effect: Effect, language: Language) -> str:
    """Say where each rate of the arithmetic comes from; empty where it has none."""
    own = dict(effect.entry.assumptions) if isinstance(effect.entry, Lever) else {}
    groups: dict[str, list[str]] = {}
    for step in effect.steps:
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
    if any(step.value == 0 for effect in effects for step in effect.steps):
        return "zero_rate"
    return "too_late"


def _reached(entry: Entry) -> list[str]:
    """Return the indicators that an entry would move."""
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
        for step in effect.steps
        if step.source is not None
    }.values():
        counts[source] += 1
    told = [
        t(f"effect.count_{source}", language, count=count)
        for source, count in counts.items()
        if count
    ]
    if not told:
        return ""
    return t("effect.counts", language, counts=t("format.comma", language).join(told))
