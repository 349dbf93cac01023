"""What is edited by hand, in words."""

from __future__ import annotations

from data.store.vintages import Removable
from forecasting.figures.indicator import Basis, Catalogue, DefinitionChange, Target
from ui.frame.controls import View
from ui.language import Speaker, words
from ui.language import format as fmt
from ui.workbook import sentences


def year_name(year: int, say: Speaker) -> str:
    """Name the year of a target; 0 is every year."""
    return say("period.year" if year else "vintages.every_year", year=year)


def entry_name(entry: Removable, view: View) -> str:
    """Name what is edited: an indicator's target of a year, or what is recorded from when on."""
    say = view.say.plain
    if isinstance(entry, Target):
        name = sentences.indicator_name(entry.indicator, view.catalogue, say)
        return say("area.marked", name=name, mark=year_name(entry.year, say))
    since = fmt.single_quarter(entry.quarter, say)
    if isinstance(entry, DefinitionChange):
        name = sentences.indicator_name(entry.indicator, view.catalogue, say)
        return say("editor.what_change", name=name, since=since)
    label = say.name(entry.label)
    return say("editor.what_version", label=label, since=since)


def entry_text(
    entry: Removable, other: Removable | None, catalogue: Catalogue, say: Speaker
) -> str:
    """Say what an entry holds; of a target its line, what is not usual, and what is changed."""
    if isinstance(entry, Target):
        before = other if isinstance(other, Target) else None
        parts = _of_target(entry, before, catalogue[entry.indicator].basis, say)
    elif isinstance(entry, DefinitionChange):
        parts = [say.verbatim(entry.document)]
    else:
        parts = [say.name(entry.label), *map(say.verbatim, (entry.document, entry.note))]
    return say("format.comma_in_sentence").join(part for part in parts if part)


def _of_target(target: Target, other: Target | None, usual: Basis, say: Speaker) -> list[str]:
    parts = [words.clause(target, say)]
    if target.basis != (other.basis if other else usual):
        parts.append(words.basis(target.basis, say))
    if target.counts != (other.counts if other else True):
        parts.append(say("editor.counted" if target.counts else "editor.not_counted"))
    if other and target.document != other.document:
        parts.append(document_text(target, say))
    return parts


def document_text(target: Target, say: Speaker) -> str:
    """Say which document a target is from."""
    return say("editor.document_is", document=say.verbatim(target.document))
