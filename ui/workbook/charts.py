"""The history of one series of a file, with the points that the file brings."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from data.workbook.review import Line, Review, State
from forecasting.figures.indicator import Basis, Measure, Observation
from ui.charts.figures import Figures
from ui.charts.revisions import Point, review_data, review_spec
from ui.frame import address, page_files
from ui.frame.controls import View
from ui.language import Speaker
from ui.language import format as fmt
from ui.workbook import sentences

Series = tuple[str, str, Measure, Basis]
_CHANGED = (State.DOUBTFUL, State.REVISED, State.NEW)


def show(review: Review, view: View) -> None:
    """Show the series that most needs looking at, or the one that is picked."""
    lines: dict[Series, list[Line]] = {}
    for line in review.lines:
        if line.figure is not None and line.state in _CHANGED:
            lines.setdefault(_series(line.figure), []).append(line)
    if not lines:
        return
    say = view.say
    names = {key: _name(found, view.plain) for key, found in lines.items()}
    picked: Series | None = st.selectbox(
        say("upload.series"), list(lines), format_func=names.__getitem__,
        key=f"series_{review.reading.shape[:12]}_{say.language}",
    )  # fmt: skip
    if picked is not None:
        _show_series(picked, lines[picked], names[picked], view)


def _show_series(picked: Series, lines: Sequence[Line], name: str, view: View) -> None:
    area, indicator, measure, basis = picked
    stored = {
        figure.value.month: figure.value.value
        for figure in view.snapshot.figures(area)
        if _series(figure.value) == picked
    }
    found = {line.figure.month: line for line in lines if line.figure is not None}
    points = [
        Point(
            month,
            stored.get(month),
            _value(found[month]) if month in found else None,
            month in found and found[month].state is State.DOUBTFUL,
        )
        for month in sorted(stored.keys() | found.keys())
    ]
    line = _target(area, indicator, basis, view) if measure is Measure.GROWTH_YTD else None
    synthetic = view.snapshot.area(area).synthetic
    dark = address.dark()
    page_files.chart(
        review_data(points, line, view.say, synthetic=synthetic),
        review_spec(dark=dark),
        _figures(points, name, view.say.plain),
        key=f"review_{'dark' if dark else 'light'}",
        alt=_alternative(points, name, view),
    )
    st.caption(view.say("upload.chart_note"))


def _figures(points: Sequence[Point], name: str, say: Speaker) -> Figures:
    head = (say("column.period"), say("download.now"), say("download.after"))
    rows = [
        [
            str(point.month),
            *("" if one is None else fmt.amount(one) for one in (point.stored, point.found)),
        ]
        for point in points
    ]
    return Figures(name, head, rows)


def _series(figure: Observation) -> Series:
    return figure.area, figure.indicator, figure.measure, figure.basis


def _value(line: Line) -> float:
    assert line.figure is not None
    return line.figure.value


def _name(lines: Sequence[Line], view: View) -> str:
    figure = lines[0].figure
    assert figure is not None
    title, unit = sentences.series_name(figure, view), view.say.word("unit", figure.unit)
    return view.say("upload.series_name", series=title, unit=unit, count=len(lines))


def _target(area: str, indicator: str, basis: Basis, view: View) -> float | None:
    """Return the newest line of an indicator on a basis, to be drawn for orientation."""
    lines = [
        (target.year, target.threshold)
        for target in view.snapshot.targets(area)
        if target.indicator == indicator and target.basis == basis
    ]
    return max(lines)[1] if lines else None


def _alternative(points: Sequence[Point], name: str, view: View) -> str:
    """Tell the picture: the new points one by one, ten at most."""
    say = view.say
    told = [
        say(
            "upload.chart_point",
            period=sentences.month_name(str(point.month), say),
            stored=say("format.missing") if point.stored is None else fmt.amount(point.stored),
            found=fmt.amount(point.found),
        )
        for point in points
        if point.found is not None
    ]
    listed = say("format.semicolon").join(told[-10:])
    return say("upload.chart_alt", series=name, points=listed)
