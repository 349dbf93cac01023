"""Why the outlook moved between two vintages: a waterfall and one sentence for each step."""

from __future__ import annotations

import streamlit as st

from data import choices
from forecasting.errors import AreaWithoutFigures
from forecasting.figures.indicator import Catalogue
from forecasting.news.news import News
from ui.charts.figures import waterfall_figures
from ui.charts.waterfall_content import Waterfall, WaterfallBar
from ui.charts.waterfall_vega import GROWTH, PROBABILITY, waterfall_data, waterfall_spec
from ui.frame import address, controls, look, page_files
from ui.frame.controls import View
from ui.language import Speaker, words
from ui.language import format as fmt
from ui.news import state
from ui.news.sentences import Cause, causes, effect, ends, foremost, growth_ends, headline, in_both
from ui.outlook import sentences

DRAWN = 0.005
"""Where no step moves the probability by more, the expected growth shows better what happened."""


def show(old: int, new: int, view: View) -> None:
    """Explain the year and the probability that a reader picks."""
    span = view.snapshot.span(view.area.id)
    if old == new or span is None:
        return
    say = view.say
    st.header(say("news.title"), anchor=False)
    st.caption(say("news.note"))
    years = choices.year_options(span, view.snapshot.targets(view.area.id))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        year = controls.pick_year(years, choices.default_year(span, years), say)
        place = st.container(width="content")
    news = _explained(old, new, year, view)
    if news is None:
        st.markdown(say("news.none"))
        return
    with place:
        indicator = _choose(news, state.catalogue(view.area.id, old, new), say)
    _show(news, indicator, (old, new), view)


def show_foremost(old: int, new: int, view: View) -> None:
    """Explain the year in hand without anything to pick: all together, or what moved most."""
    span = view.snapshot.span(view.area.id)
    if span is None:
        return
    years = choices.year_options(span, view.snapshot.targets(view.area.id))
    news = _explained(old, new, choices.default_year(span, years), view)
    if news is not None and news.terms:
        st.header(view.say("news.title"), anchor=False)
        _show(news, foremost(news), (old, new), view)


def _explained(old: int, new: int, year: int, view: View) -> News | None:
    try:
        with st.spinner(view.say("app.spinner")):
            return state.explanation(view.area.id, year, old, new)
    except AreaWithoutFigures:  # at one of both
        return None


def _choose(news: News, catalogue: Catalogue, say: Speaker) -> str | None:
    return controls.pick_indicator(
        sorted(in_both(news), key=lambda id: catalogue[id].order),
        lambda id: words.title(catalogue[id], say.plain),
        say,
        every=True,
    )


def _show(news: News, indicator: str | None, numbers: tuple[int, int], view: View) -> None:
    say = view.say
    if ends(news, indicator) is None:
        st.markdown(say("news.none"))
        return
    catalogue = state.catalogue(view.area.id, *numbers)
    told = headline(news, indicator, catalogue, say)
    st.markdown(told)
    found = causes(news, indicator, catalogue, say)
    if all(cause.small for cause in found):
        return
    _show_waterfall(news, indicator, found, numbers, view, sentences.plain(told))
    _show_sentences(found, view)


def _show_waterfall(
    news: News,
    indicator: str | None,
    found: list[Cause],
    numbers: tuple[int, int],
    view: View,
    alternative: str,
) -> None:
    """Draw the probability, or the growth of an indicator whose probability stays."""
    say, dark = view.say, address.dark()
    first_last = ends(news, indicator)
    assert first_last is not None
    sizes = [cause.change * 100 for cause in found]
    written, heights = (
        [fmt.probability(end) for end in first_last],
        [end * 100 for end in first_last],
    )
    axis = PROBABILITY
    if indicator is not None and all(abs(cause.change) < DRAWN for cause in found):
        axis, sizes = GROWTH, [cause.expected or 0.0 for cause in found]
        heights = list(growth_ends(news, indicator))
        written = [fmt.percent(end) for end in heights]
    names = (say("news.end", number=number) for number in numbers)
    before, after = (WaterfallBar(*end) for end in zip(names, heights, written, strict=True))
    steps = tuple(
        WaterfallBar(cause.name, size, fmt.signed(size))
        for cause, size in zip(found, sizes, strict=True)
    )
    stamp = say("area.synthetic") if view.area.synthetic else ""
    kind = words.suffix(view.area.reference)
    st.caption(say("news.drawn_growth" if axis is GROWTH else f"news.drawn{kind}"))
    drawn = Waterfall(before, steps, after, stamp)
    page_files.chart(
        waterfall_data(drawn, axis),
        waterfall_spec(len(steps) + 2, dark=dark),
        waterfall_figures(drawn, say("download.change"), say),
        key=f"news_{len(steps)}_{'dark' if dark else 'light'}",
        alt=alternative,
    )


def _show_sentences(found: list[Cause], view: View) -> None:
    say, reference = view.say, view.area.reference
    lines = []
    for number, cause in enumerate(found, start=1):
        moved = effect(cause, say, reference=reference)
        lines.append(f"{number}. " + say("news.line", cause=cause.sentence, effect=moved))
    st.markdown("\n".join(lines))
    with st.expander(say("chart.table")):
        kind = words.suffix(reference)
        single = found[0].expected is not None
        head = [(say("column.cause"), "l wrap"), (say(f"news.column{kind}"), "")]
        head += [(say("news.column_growth"), "")] if single else []
        rows = [
            look.cell(cause.name, "l wrap")
            + look.cell(fmt.signed(cause.change * 100))
            + (look.cell(fmt.signed(cause.expected or 0.0)) if single else "")
            for cause in found
        ]
        look.show(look.table(head, rows))
    st.caption(say("news.rounding"))
