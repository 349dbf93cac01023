"""Two vintages side by side: what differs between them."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from data.store.compare import Comparison, Difference, Fate, value_change
from data.store.vintages import Committed
from forecasting.figures.indicator import Catalogue, Observation, Target
from ui.frame import address, cache, controls, look
from ui.frame.controls import View
from ui.language import Language, t, words
from ui.language import format as fmt
from ui.language.markdown import literal
from ui.news import state
from ui.targets import sentences
from ui.vintages import tables
from ui.workbook.tables import difference, with_unit

SHOWN = 30


def choose(view: View) -> tuple[int, int]:
    """Show the two pickers; by default the newest vintage and the one before."""
    language = view.language
    records = {record.number: record for record in cache.store().vintages()}
    numbers = list(reversed(records))
    newest = numbers[0]

    def label(number: str) -> str:
        record = records[int(number)]
        return t(
            "vintages.label",
            language,
            number=number,
            date=fmt.date(record.committed_at, language),
            kind=tables.kind(record, language),
        )

    st.header(t("vintages.compare", language), anchor=False)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        old = controls.pick_vintage(address.FROM, numbers, max(newest - 1, 1), label, language)
        new = controls.pick_vintage(address.TO, numbers, newest, label, language)
    return old, new


def show(old: int, new: int, view: View) -> None:
    """Show what differs, of the area that is looked at."""
    compared, language = state.comparison(old, new), view.language
    catalogue = state.catalogue(view.area.id, old, new)
    figures = [entry for entry in compared.figures if entry.either.area == view.area.id]
    targets = [entry for entry in compared.targets if entry.either.area == view.area.id]
    elsewhere = len(compared.figures) + len(compared.targets) - len(figures) - len(targets)
    st.markdown(_summary(figures, targets, elsewhere, old, new, language))
    if figures:
        _show_figures(figures, catalogue, language)
    if targets:
        _show_targets(targets, catalogue, language)
    _show_recorded(compared, catalogue, view)


def _summary(
    figures: Sequence[Difference[Observation]],
    targets: Sequence[Difference[Target]],
    elsewhere: int,
    old: int,
    new: int,
    language: Language,
) -> str:
    fates = [entry.fate for entry in figures]
    parts = [
        t(f"vintages.count.{fate}", language, count=fates.count(fate))
        for fate in Fate
        if fate in fates
    ]
    if targets:
        parts.append(t("vintages.count.targets", language, count=len(targets)))
    if elsewhere:
        parts.append(t("vintages.count.elsewhere", language, count=elsewhere))
    if not parts:
        return t("vintages.same", language, old=old, new=new)
    told = t("format.comma_in_sentence", language).join(parts)
    return t("vintages.differs", language, old=old, new=new, parts=told)


def _show_figures(
    figures: Sequence[Difference[Observation]], catalogue: Catalogue, language: Language
) -> None:
    head = [
        (t(f"column.{name}", language), kind)
        for name, kind in (
            ("state", "l"), ("indicator", "l wrap"), ("period", "l wrap"), ("measure", "l wide"),
            ("before", ""), ("after", "wrap"), ("difference", "wide"), ("vintage", "wide"),
        )
    ]  # fmt: skip
    rows = [_figure_row(entry, catalogue, language) for entry in figures]
    look.show(look.table(head, rows[:SHOWN]))
    if len(rows) > SHOWN:
        with st.expander(t("upload.more", language, count=len(rows) - SHOWN)):
            look.show(look.table(head, rows[SHOWN:]))


def _figure_row(entry: Difference[Observation], catalogue: Catalogue, language: Language) -> str:
    figure = entry.either
    missing = t("format.missing", language)
    change = value_change(entry)
    brought = entry.new or entry.old
    assert brought is not None
    return (
        look.fate(entry.fate, t(f"vintages.fate.{entry.fate}", language))
        + look.named(
            words.plain_title(catalogue[figure.indicator], language),
            words.measure(figure.measure, language),
        )
        + look.dated(fmt.period(figure, language))
        + look.cell(words.measure(figure.measure, language), "l wide")
        + look.cell(with_unit(entry.old.value, language) if entry.old else missing, "wrap keep")
        + look.cell(
            with_unit(entry.new.value, language) if entry.new else missing, "wrap keep strong"
        )
        + look.cell(difference(change, figure) if change else "", "wide")
        + look.cell(str(brought.vintage), "wide")
    )


def _show_targets(
    targets: Sequence[Difference[Target]], catalogue: Catalogue, language: Language
) -> None:
    missing = t("format.missing", language)
    head = [
        (t(f"column.{name}", language), kind)
        for name, kind in (
            ("state", "l"), ("target", "l wrap"), ("year", "l"), ("before", "l wrap"),
            ("after", "l wrap"),
        )
    ]  # fmt: skip

    def told(entry: Committed[Target] | None, other: Committed[Target] | None) -> str:
        if entry is None:
            return missing
        return sentences.entry_text(
            entry.value, other.value if other else None, catalogue, language
        )

    rows = [
        look.fate(entry.fate, t(f"vintages.fate.{entry.fate}", language))
        + look.cell(words.plain_title(catalogue[entry.either.indicator], language), "l strong wrap")
        + look.cell(
            str(entry.either.year) if entry.either.year else t("vintages.every_year", language), "l"
        )
        + look.cell(told(entry.old, entry.new), "l wrap")
        + look.cell(told(entry.new, entry.old), "l wrap")
        for entry in targets
    ]
    look.show(look.table(head, rows))


def _show_recorded(compared: Comparison, catalogue: Catalogue, view: View) -> None:
    """Name recorded changes of definition and area versions that differ."""
    language = view.language
    lines = [
        t(
            f"vintages.recorded.{entry.fate}",
            language,
            what=words.title(catalogue[entry.either.indicator], language),
            period=fmt.single_quarter(entry.either.quarter, language),
            document=literal(entry.either.document),
        )
        for entry in compared.changes
        if entry.either.area == view.area.id
    ]
    lines += [
        t(
            f"vintages.recorded.{entry.fate}",
            language,
            what=words.name(entry.either.label, language),
            period=fmt.single_quarter(entry.either.quarter, language),
            document=literal(entry.either.document),
        )
        for entry in compared.area_versions
        if entry.either.area == view.area.id
    ]
    if lines:
        st.markdown("\n".join(f"- {line}" for line in lines))
