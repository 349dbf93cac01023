"""Every figure of a review, one line each, by what a commit would do with it."""

from __future__ import annotations

from collections.abc import Sequence
from math import isclose

import pandas as pd
import streamlit as st

from data.workbook.review import Line, Review, State
from forecasting.figures.indicator import Observation, Status
from ui.frame import look
from ui.frame.controls import View
from ui.language import Speaker, words
from ui.language import format as fmt
from ui.workbook import sentences

SHOWN = 30
"""Lines that stand on the page; the others are one click away."""
GLYPHS = {
    State.DOUBTFUL: ("?", "g3"),
    State.REFUSED: ("✕", "g4"),
    State.REVISED: ("↻", "acc"),
    State.NEW: ("＋", "acc"),
    State.UNCHANGED: ("＝", "ink3"),
}


def show(review: Review, view: View) -> None:
    """Show the lines, all or of one state."""
    if not review.lines:
        return
    say = view.say
    st.header(say("upload.lines"), anchor=False)
    counts = review.counts
    total = sum(counts.values())
    names = {"all": say("upload.filter.all", count=total)}
    names |= {
        str(state): say(f"upload.filter.{state}", count=counts[state])
        for state in State
        if counts[state]
    }
    picked = st.segmented_control(
        say("upload.filter.label"), list(names), default="all", required=True,
        format_func=names.__getitem__, key=f"filter_{say.language}", label_visibility="collapsed",
    )  # fmt: skip
    lines = [line for line in review.lines if picked in ("all", None, str(line.state))]
    several = len({line.figure.area for line in review.lines if line.figure}) > 1
    rows = [_cells(line, view) for line in lines[:SHOWN]]
    look.show(look.table(_head(say, several=several), (_row(r, several) for r in rows)))
    if len(lines) > SHOWN:
        label = say("upload.more", count=len(lines) - SHOWN)
        more = st.expander(label, key=f"more_{picked}_{say.language}", on_change="rerun")
        if more.open:  # a large file has tens of thousands of them
            with more:
                _show_frame(lines[SHOWN:], view)


_COLUMNS = (
    ("state", "l"), ("indicator", "l wrap"), ("area", "l wide"), ("period", "l wrap"),
    ("measure", "l wide"), ("old", ""), ("new", "wrap"), ("difference", "wide"),
    ("cell", "l raw wide"), ("remark", "l wrap wide"),
)  # fmt: skip


def _head(say: Speaker, *, several: bool) -> list[tuple[str, str]]:
    return [(say(f"column.{name}"), kind) for name, kind in _COLUMNS if several or name != "area"]


def _row(cells: dict[str, str], several: bool) -> str:
    area, refused = cells["area"] if several else "", "" if cells["period"] else cells["remark"]
    detail = " ".join(filter(None, (area, cells["measure"], refused)))
    made = {
        "state": cells["state"],
        "indicator": look.named(cells["indicator"], detail),
        "period": look.dated(cells["period"]),
        "new": look.cell(cells["new"], "wrap keep strong"),
    }
    return "".join(
        made.get(name) or look.cell(cells[name], kind)
        for name, kind in _COLUMNS
        if several or name != "area"
    )


def _cells(line: Line, view: View) -> dict[str, str]:
    view, figure = view.plain, line.figure
    say = view.say
    glyph, colour = GLYPHS[line.state]
    mark = look.mark(glyph, colour, say(f"upload.state.{line.state}"))
    missing = say("format.missing")
    cells = {name: "" for name, _ in _COLUMNS}
    cells |= {"state": mark, "cell": f"{line.place.sheet} {line.place}".strip()}
    cells |= {"old": missing, "new": line.found, "remark": _remark(line, view)}
    if figure is None:
        return cells | {"indicator": sentences.indicator_name(line.label, view.catalogue, say)}
    return cells | {
        "indicator": sentences.indicator_name(figure.indicator, view.catalogue, say),
        "area": say.name(view.snapshot.area(figure.area).name),
        "period": fmt.period(figure, say),
        "measure": _form(figure, view),
        "old": missing if line.stored is None else _number(line.stored),
        "new": with_unit(figure, say),
        "difference": _difference(line, figure),
    }


def _form(figure: Observation, view: View) -> str:
    """Name the form of a figure, with its basis where that is not the usual one."""
    parts = [view.say(f"measure.{figure.measure}")]
    if figure.indicator in view.catalogue:
        usual = view.catalogue[figure.indicator].basis
        if figure.basis != usual:
            parts.append(words.basis(figure.basis, view.say))
        if figure.basis.currency != usual.currency and figure.basis.currency:
            parts.append(view.say.word("currency", figure.basis.currency))
    # The words of a basis name a currency where they name no coverage.
    return view.say("format.comma_in_sentence").join(dict.fromkeys(parts))


def with_unit(figure: Observation, say: Speaker) -> str:
    """Write a figure with its unit."""
    unit = say.word("unit", figure.unit)
    between = " × " if unit[:1].isdigit() else "" if unit == "%" else " "
    return f"{_number(figure)}{between}{unit}".strip()


def _number(figure: Observation) -> str:
    """Write the value of a figure: 7.0 of growth, and a level as it is."""
    return fmt.rate(figure.value) if figure.measure.is_growth else fmt.precise(figure.value)


def _remark(line: Line, view: View) -> str:
    say = view.say
    if line.reason:
        return view.say(f"refused.{line.reason}")
    if line.figure is None:
        return ""
    told = []
    if line.doubts:
        told.append(say("upload.see_question"))
    if line.replaced_by:
        told.append(say("upload.older_line"))
    if line.figure.status is not Status.PUBLISHED:
        told.append(say(f"status.{line.figure.status}"))
    if not _as_written(line.found, line.figure.value):
        told.append(say("upload.found", found=line.found))
    return say("format.comma_in_sentence").join(told)


def _as_written(found: str, value: float) -> bool:
    """Return whether a cell holds just the number that was read."""
    try:
        return isclose(float(found.replace(",", "").rstrip("% ")), value)
    except ValueError:
        return False


def _difference(line: Line, figure: Observation) -> str:
    if line.difference is None or line.state is State.UNCHANGED:
        return ""
    return difference(line.difference, figure)


def difference(value: float, figure: Observation) -> str:
    """Write by how much a figure differs: +1.0 of growth, and a level as precisely as it is."""
    return fmt.difference(value, growth=figure.measure.is_growth)


def _show_frame(lines: Sequence[Line], view: View) -> None:
    """Show further lines in a table that scrolls."""
    rows = [_cells(line, view) for line in lines]
    for row, line in zip(rows, lines, strict=True):
        row["state"] = view.say(f"upload.state.{line.state}")
    frame = pd.DataFrame(rows, columns=[name for name, _ in _COLUMNS])
    titles = {name: view.say(f"column.{name}") for name, _ in _COLUMNS}
    st.dataframe(frame.rename(columns=titles), hide_index=True, height=480)
