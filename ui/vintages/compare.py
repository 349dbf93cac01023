"""Two vintages side by side: what differs between them."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from data.store.compare import Comparison, Difference, Fate, value_change
from data.store.vintages import FIRST_VINTAGE, Committed
from forecasting.figures.indicator import Catalogue, Observation, Target
from ui.frame import address, cache, controls, look
from ui.frame.controls import View
from ui.language import Speaker, words
from ui.language import format as fmt
from ui.news import state
from ui.targets import sentences
from ui.vintages import tables
from ui.workbook.tables import difference, with_unit

SHOWN = 30


def choose(view: View) -> tuple[int, int]:
    """Show the two pickers; by default the newest vintage and the one before.

    Where there is one alone, say so and return it twice.
    """
    say, newest = view.say, view.snapshot.vintage
    st.header(say("vintages.compare"), anchor=False)
    if newest == FIRST_VINTAGE:
        st.markdown(say("vintages.only"))
        return newest, newest
    records = {record.number: record for record in cache.store().vintages()}
    numbers = list(reversed(records))

    def label(number: str) -> str:
        record = records[int(number)]
        return say(
            "vintages.label",
            number=number,
            date=fmt.date(record.committed_at, say),
            kind=tables.kind(record, say),
        )

    with st.container(horizontal=True, vertical_alignment="bottom"):
        old = controls.pick_vintage(address.FROM, numbers, max(newest - 1, 1), label, say)
        new = controls.pick_vintage(address.TO, numbers, newest, label, say)
    return old, new


def show(old: int, new: int, view: View) -> None:
    """Show what differs, of the area that is looked at."""
    if view.snapshot.vintage == FIRST_VINTAGE:
        return
    compared, say = state.comparison(old, new), view.say
    catalogue = state.catalogue(view.area.id, old, new)
    figures = [entry for entry in compared.figures if entry.either.area == view.area.id]
    targets = [entry for entry in compared.targets if entry.either.area == view.area.id]
    elsewhere = len(compared.figures) + len(compared.targets) - len(figures) - len(targets)
    st.markdown(_summary(figures, targets, elsewhere, old, new, say))
    if figures:
        _show_figures(figures, catalogue, say)
    if targets:
        _show_targets(targets, catalogue, say)
    _show_recorded(compared, catalogue, view)


def _summary(
    figures: Sequence[Difference[Observation]],
    targets: Sequence[Difference[Target]],
    elsewhere: int,
    old: int,
    new: int,
    say: Speaker,
) -> str:
    fates = [entry.fate for entry in figures]
    parts = [
        say(f"vintages.count.{fate}", count=fates.count(fate)) for fate in Fate if fate in fates
    ]
    if targets:
        parts.append(say("vintages.count.targets", count=len(targets)))
    if elsewhere:
        parts.append(say("vintages.count.elsewhere", count=elsewhere))
    if not parts:
        return say("vintages.same", old=old, new=new)
    told = say("format.comma_in_sentence").join(parts)
    return say("vintages.differs", old=old, new=new, parts=told)


def _show_figures(
    figures: Sequence[Difference[Observation]], catalogue: Catalogue, say: Speaker
) -> None:
    head = [
        (say(f"column.{name}"), kind)
        for name, kind in (
            ("state", "l"), ("indicator", "l wrap"), ("period", "l wrap"), ("measure", "l wide"),
            ("before", ""), ("after", "wrap"), ("difference", "wide"), ("vintage", "wide"),
        )
    ]  # fmt: skip
    rows = [_figure_row(entry, catalogue, say.plain) for entry in figures]
    look.show(look.table(head, rows[:SHOWN]))
    if len(rows) > SHOWN:
        with st.expander(say("upload.more", count=len(rows) - SHOWN)):
            look.show(look.table(head, rows[SHOWN:]))


def _figure_row(entry: Difference[Observation], catalogue: Catalogue, say: Speaker) -> str:
    figure = entry.either
    missing = say("format.missing")
    change = value_change(entry)
    brought = entry.new or entry.old
    assert brought is not None
    return (
        look.fate(entry.fate, say(f"vintages.fate.{entry.fate}"))
        + look.named(
            words.title(catalogue[figure.indicator], say), say(f"measure.{figure.measure}")
        )
        + look.dated(fmt.period(figure, say))
        + look.cell(say(f"measure.{figure.measure}"), "l wide")
        + look.cell(with_unit(entry.old.value, say) if entry.old else missing, "wrap keep")
        + look.cell(with_unit(entry.new.value, say) if entry.new else missing, "wrap keep strong")
        + look.cell(difference(change, figure) if change else "", "wide")
        + look.cell(str(brought.vintage), "wide")
    )


def _show_targets(
    targets: Sequence[Difference[Target]], catalogue: Catalogue, say: Speaker
) -> None:
    missing = say("format.missing")
    head = [
        (say(f"column.{name}"), kind)
        for name, kind in (
            ("state", "l"), ("target", "l wrap"), ("year", "l"), ("before", "l wrap"),
            ("after", "l wrap"),
        )
    ]  # fmt: skip

    def told(entry: Committed[Target] | None, other: Committed[Target] | None) -> str:
        if entry is None:
            return missing
        return sentences.entry_text(
            entry.value, other.value if other else None, catalogue, say.plain
        )

    rows = [
        look.fate(entry.fate, say(f"vintages.fate.{entry.fate}"))
        + look.cell(words.title(catalogue[entry.either.indicator], say.plain), "l strong wrap")
        + look.cell(
            str(entry.either.year) if entry.either.year else say("vintages.every_year"), "l"
        )
        + look.cell(told(entry.old, entry.new), "l wrap")
        + look.cell(told(entry.new, entry.old), "l wrap")
        for entry in targets
    ]
    look.show(look.table(head, rows))


def _show_recorded(compared: Comparison, catalogue: Catalogue, view: View) -> None:
    """Name recorded changes of definition and area versions that differ."""
    say = view.say
    lines = [
        say(
            f"vintages.recorded.{entry.fate}",
            what=words.title(catalogue[entry.either.indicator], say),
            period=fmt.single_quarter(entry.either.quarter, say),
            document=say.verbatim(entry.either.document),
        )
        for entry in compared.changes
        if entry.either.area == view.area.id
    ]
    lines += [
        say(
            f"vintages.recorded.{entry.fate}",
            what=say.name(entry.either.label),
            period=fmt.single_quarter(entry.either.quarter, say),
            document=say.verbatim(entry.either.document),
        )
        for entry in compared.area_versions
        if entry.either.area == view.area.id
    ]
    if lines:
        st.markdown("\n".join(f"- {line}" for line in lines))
