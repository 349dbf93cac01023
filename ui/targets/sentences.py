"""What is edited by hand, in words."""

from __future__ import annotations

from data.store.vintages import Removable
from forecasting.figures.indicator import Basis, Catalogue, DefinitionChange, Target
from ui.frame.controls import View
from ui.language import Language, t, words
from ui.language import format as fmt
from ui.workbook import sentences


def year_name(year: int, language: Language) -> str:
    """Name the year of a target; 0 is every year."""
    return t("period.year" if year else "vintages.every_year", language, year=year)


def entry_name(entry: Removable, view: View) -> str:
    """Name what is edited: an indicator's target of a year, or what is recorded from when on."""
    language = view.language
    if isinstance(entry, Target):
        name = sentences.indicator_name(entry.indicator, view.catalogue, language)
        return t("area.marked", language, name=name, mark=year_name(entry.year, language))
    since = fmt.single_quarter(entry.quarter, language)
    if isinstance(entry, DefinitionChange):
        name = sentences.indicator_name(entry.indicator, view.catalogue, language)
        return t("editor.what_change", language, name=name, since=since)
    label = words.plain_name(entry.label, language)
    return t("editor.what_version", language, label=label, since=since)


def entry_text(
    entry: Removable, other: Removable | None, catalogue: Catalogue, language: Language
) -> str:
    """Say what an entry holds; of a target its line, what is not usual, and what is changed."""
    if isinstance(entry, Target):
        before = other if isinstance(other, Target) else None
        parts = _of_target(entry, before, catalogue[entry.indicator].basis, language)
    elif isinstance(entry, DefinitionChange):
        parts = [entry.document]
    else:
        parts = [words.plain_name(entry.label, language), entry.document, entry.note]
    return t("format.comma_in_sentence", language).join(part for part in parts if part)


def _of_target(target: Target, other: Target | None, usual: Basis, language: Language) -> list[str]:
    parts = [words.clause(target, language)]
    if target.basis != (other.basis if other else usual):
        parts.append(words.basis(target.basis, language))
    if target.counts != (other.counts if other else True):
        parts.append(t("editor.counted" if target.counts else "editor.not_counted", language))
    if other and target.document != other.document:
        parts.append(document_text(target, language))
    return parts


def document_text(target: Target, language: Language) -> str:
    """Say which document a target is from."""
    return t("editor.document_is", language, document=target.document)
