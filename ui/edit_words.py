"""A logged edit in words: which field of what, and its values."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from data.saved_scenario import Edit
from forecasting.indicator import Catalogue
from forecasting.period import Quarter
from forecasting.scenario.changes import Change
from forecasting.scenario.levers import RULES, LeverKind
from ui import scenario_words
from ui.messages import Language, known, t
from ui.messages.markdown import unescaped
from ui.scenario_draft import change_of

_FLAGS = ("true", "false")


def what(edit: Edit, catalogue: Catalogue, language: Language) -> str:
    """Name the field that was changed, with what it belongs to."""
    change = change_of(edit)
    entry = _ENTRIES.get(change.section, _plain)(change, catalogue, language)
    field = _field(change, catalogue, language)
    section = t(f"edit.section.{change.section or 'scenario'}", language)
    named = t("edit.entry", language, section=section, entry=entry) if entry else section
    return t("edit.what", language, entry=named, field=field) if field else named


def value(text: str, language: Language) -> str:
    """Write a value of a document; an empty one is told as none."""
    if not text:
        return t("edit.none", language)
    if text in _FLAGS:
        return t(f"edit.{text}", language)
    try:
        quarter = Quarter.parse(text)
    except ValueError:
        return _code(text, language)
    return unescaped(scenario_words.quarter_name(quarter, 0, language))


def _code(text: str, language: Language) -> str:
    """Return the word of a code of the document, or the text as it is."""
    for key in (f"projects.stage.{text}", f"source.{text}", f"risk_line.{text}"):
        if known(key):
            return t(key, language)
    return text


def _field(change: Change, catalogue: Catalogue, language: Language) -> str:
    section, _, name = change.field.rpartition(".")
    if change.section == "levels":
        return _indicator(change.field, catalogue, language)
    if section == "assumptions":
        return scenario_words.assumption_name(name, language)
    if section == "completion":
        return t("edit.completion", language, year=name)
    if section.startswith("items."):
        item = section.removeprefix("items.")
        return t("edit.of_item", language, item=item, field=t(f"edit.field.{name}", language))
    if section == "rest":
        return t("edit.of_rest", language, field=t(f"edit.field.{name}", language))
    return t(f"edit.field.{change.field}", language)


def _lever(change: Change, catalogue: Catalogue, language: Language) -> str:
    kind, _, own = change.entry.partition(" ")
    if kind not in RULES:
        return change.entry
    name = scenario_words.lever_name(LeverKind(kind), language)
    return t("lever_label.named", language, name=name, own=own) if own else name


def _of_indicator(change: Change, catalogue: Catalogue, language: Language) -> str:
    indicator, _, own = change.entry.partition(" ")
    name = _indicator(indicator, catalogue, language)
    if not own:
        return name
    return t("lever_label.named", language, name=name, own=value(own, language))


def _plain(change: Change, catalogue: Catalogue, language: Language) -> str:
    return change.entry


def _indicator(name: str, catalogue: Catalogue, language: Language) -> str:
    if name not in catalogue.indicators:
        return name
    return unescaped(scenario_words.indicator_name(name, catalogue, language))


_ENTRIES: Mapping[str, Callable[[Change, Catalogue, Language], str]] = {
    "lever": _lever,
    "amount": _of_indicator,
    "point": _of_indicator,
    "pin": _of_indicator,
    "bottom_up": _of_indicator,
}
