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
    Assumptions,
    EntryKind,
)
from forecasting.scenario.levers import YEAR_POINTS, Factor
from ui.language import Language, t, words
from ui.language import format as fmt
from ui.report.document.blocks import (
    Block,
    Details,
    Note,
    Paragraph,
    Section,
    Topic,
    as_written,
    capitalised,
    marked,
)
from ui.scenario.terms import (
    assumption_value,
    lever_change,
    points,
    quantity,
    quarter_name,
    set_figure,
    since,
    source_name,
)

NAMED = 2
"""Assumptions that a line names; of more it says how many there are."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The year, catalogue and language in which a scenario is put into words."""

    year: int
    catalogue: Catalogue
    language: Language

    def name(self, indicator: str) -> str:
        """Return the name of an indicator by its id."""
        return words.plain_name(self.catalogue[indicator].name, self.language)


def in_a_line(assumptions: Assumptions, wording: Wording) -> str:
    """Name the first assumptions, and how many there are where they are more."""
    phrases = _phrases(assumptions, wording)
    comma = t("format.comma", wording.language)
    if len(phrases) <= NAMED:
        return comma.join(phrases)
    named = comma.join(phrases[:NAMED])
    return t("lines.many", wording.language, named=named, count=len(phrases))


def _phrases(assumptions: Assumptions, wording: Wording) -> list[str]:
    """Return every assumption as a phrase, what holds an indicator first."""
    told = [_pin(pin, wording) for pin in assumptions.pins]
    told += [_entry(entry, wording) for entry in assumptions.entries]
    if assumptions.projects.count:
        told.append(_projects(assumptions, wording))
    return told + [_view(view.indicator, view.weight, wording) for view in assumptions.bottom_up]


def section(assumptions: Assumptions, wording: Wording, *, compared: bool = False) -> Section:
    """Return the assumptions one by one, with what each does to the year.

    Parameters
    ----------
    compared
        Whether the report compares with an earlier issue, which it does without the scenario.
    """
    language = wording.language
    blocks: list[Block] = []
    if assumptions.note:
        blocks.append(Paragraph(as_written(assumptions.note)))
    blocks += [
        Paragraph(marked(capitalised(_sentence(_pin(pin, wording), language))))
        for pin in assumptions.pins
    ]
    blocks += [
        Paragraph(marked(capitalised(_line(entry, wording)))) for entry in assumptions.entries
    ]
    blocks += _project_lines(assumptions, wording)
    for view in assumptions.bottom_up:
        text = _view(view.indicator, view.weight, wording)
        remarks = [hidden_below(language)] if view.few else []
        blocks.append(Paragraph(marked(capitalised(_sentence(text, language, remarks)))))
    if assumptions.unmeasured:
        comma = t("format.comma", language)
        names = comma.join(wording.name(indicator) for indicator in assumptions.unmeasured)
        blocks.append(Note(marked(t("report.assumed_unmeasured", language, listed=names))))
    if assumptions.guarded:
        key = "report.assumed_guarded" if compared else "report.assumed_guarded_change"
        blocks.append(Note(marked(t(key, language))))
    blocks += _rates(assumptions, wording)
    title, note = _title(assumptions, language), t("report.assumed_note", language)
    return Section(Topic.ASSUMED, title, note, tuple(blocks))


def _title(assumptions: Assumptions, language: Language) -> str:
    name = assumptions.name.strip()
    if not name:
        return t("report.assumed", language)
    return t("report.assumed_named", language, name=name)


def hidden(effects: Sequence[AssumedEffect], wording: Wording) -> str:
    """Say why effects are not told."""
    comma = t("format.comma", wording.language)
    names = comma.join(wording.name(effect.indicator) for effect in effects)
    return t("report.assumed_hidden", wording.language, names=names)


def hidden_below(language: Language) -> str:
    """Say why nothing is told of what a view from below does."""
    return t("report.assumed_few_below", language)


def _sentence(text: str, language: Language, remarks: Sequence[str] = ()) -> str:
    return t("report.assumed_bare", language, text=text, remark=_remark(remarks, language))


def _remark(remarks: Sequence[str], language: Language) -> str:
    if not remarks:
        return ""
    told = t("format.comma", language).join(remarks)
    return t("report.assumed_remark", language, listed=told)


def _pin(pin: AssumedPin, wording: Wording) -> str:
    """Say what a pin holds: 固定资产投资全年增长8.0%."""
    language, rate = wording.language, published(pin.growth)
    direction = "flat" if rate == 0 else ("grow" if rate > 0 else "fall")
    if pin.quarter is None:
        period = fmt.span(4, language)
    elif pin.cumulative and pin.quarter.year == wording.year:
        period = fmt.span(pin.quarter.quarter, language)
    else:
        period = quarter_name(pin.quarter, wording.year, language)
    growth = t(f"change.pin_{direction}", language, period=period, rate=fmt.percent(abs(rate)))
    return t("report.assumed_pin", language, name=wording.name(pin.indicator), growth=growth)


def _entry(entry: AssumedEntry, wording: Wording) -> str:
    """Say what an entry assumes beyond the baseline: 签约多10亿元."""
    language, size = wording.language, abs(entry.value)
    if entry.kind is EntryKind.LEVER:
        return lever_change(
            entry.what, 0.0, entry.value, entry.unit, language, one_off=entry.one_off
        )
    direction = "up" if entry.value > 0 else "down"
    name = wording.name(entry.what)
    if entry.kind is EntryKind.POINT:
        key = f"report.assumed_point_{direction}"
        return t(key, language, name=name, figure=set_figure(size))
    if entry.unit == YEAR_POINTS:
        amount = points(size, language)
        return t(f"change.points_{direction}", language, name=name, amount=amount)
    amount = quantity(size, entry.unit, language)
    return t(f"change.amount_{direction}", language, name=name, amount=amount)


def _line(entry: AssumedEntry, wording: Wording) -> str:
    """Say what an entry assumes, from when, and what it brings this year."""
    language = wording.language
    text = _entry(entry, wording)
    if entry.start is not None:
        start = since(entry.start, wording.year, language)
        text = t("report.assumed_start", language, text=text, since=start)
    remarks = [t("report.assumed_beyond_range", language)] if entry.beyond_range else []
    if any(effect.beyond_history for effect in entry.effects):
        remarks.append(t("report.assumed_beyond_history", language))
    if untold := [effect for effect in entry.effects if effect.points is None]:
        remarks.append(hidden(untold, wording))
    told = [_pull(e.indicator, e.points, wording) for e in entry.effects if e.points is not None]
    if not told and entry.effects:
        return _sentence(text, language, remarks)
    effects = t("format.comma", language).join(told) or t("report.assumed_none", language)
    remark = _remark(remarks, language)
    return t("report.assumed_line", language, text=text, effects=effects, remark=remark)


def _pull(indicator: str, moved: float, wording: Wording) -> str:
    figure = points(moved, wording.language, signed=True)
    name = wording.name(indicator)
    return t("report.assumed_effect", wording.language, name=name, points=figure)


def _projects(assumptions: Assumptions, wording: Wording) -> str:
    projects = assumptions.projects
    return t(
        "report.assumed_projects",
        wording.language,
        count=projects.count,
        moving=projects.moving,
    )


def _project_lines(assumptions: Assumptions, wording: Wording) -> list[Block]:
    """Say how many projects there are and what they bring together."""
    projects, language = assumptions.projects, wording.language
    if not projects.count:
        return []
    told = [
        _pull(effect.indicator, effect.points, wording)
        for effect in projects.effects
        if effect.points is not None
    ]
    remarks = [t("report.assumed_few", language)] if projects.few else []
    text = _projects(assumptions, wording)
    if not told:
        return [Paragraph(marked(_sentence(text, language, remarks)))]
    effects, remark = t("format.comma", language).join(told), _remark(remarks, language)
    line = t("report.assumed_line", language, text=text, effects=effects, remark=remark)
    return [Paragraph(marked(line))]


def _view(indicator: str, weight: float, wording: Wording) -> str:
    share = assumption_value("weight", weight, wording.language)
    name = wording.name(indicator)
    return t("report.assumed_view", wording.language, name=name, weight=share)


def _rates(assumptions: Assumptions, wording: Wording) -> list[Block]:
    """Say which rates the arithmetic rests on, and where each comes from."""
    rated = [(_entry(entry, wording), _factors(entry)) for entry in assumptions.entries]
    rated.append((_projects(assumptions, wording), assumptions.projects.common))
    lines = [
        Note(marked(capitalised(_rated(text, factors, wording.language))))
        for text, factors in rated
        if factors
    ]
    return [Details(t("report.assumed_rates", wording.language), tuple(lines))] if lines else []


def _factors(entry: AssumedEntry) -> tuple[Factor, ...]:
    """Return every factor of an entry once, whatever it reaches."""
    every = {factor.name: factor for effect in entry.effects for factor in effect.factors}
    return tuple(factor for factor in every.values() if factor.source is not None)


def _rated(text: str, factors: Sequence[Factor], language: Language) -> str:
    rates = t("format.comma", language).join(_rate(factor, language) for factor in factors)
    return t("report.assumed_rated", language, text=text, rates=rates)


def _rate(factor: Factor, language: Language) -> str:
    assert factor.source is not None
    return t(
        "report.assumed_rate",
        language,
        name=t(f"assumption.{factor.name}", language),
        value=assumption_value(factor.name, factor.value, language),
        source=source_name(factor.source, language),
    )
