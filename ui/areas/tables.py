"""How areas stand beside each other in one indicator at one time, and which there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from data.areas.standings import Standing, standings
from forecasting.figures.indicator import Area, AreaKind
from forecasting.figures.period import Month
from ui.frame import look
from ui.frame.columns import Column, table
from ui.frame.controls import View
from ui.language import Speaker, words
from ui.language import format as fmt
from ui.outlook import sentences

SHOWN = 40
"""Areas that stand on the page; the others are one click away."""
FEWEST = 2
"""Areas that can be compared."""


def show_head(view: View) -> None:
    """Say how many areas there are, and how many of them have figures."""
    say, areas = view.say, view.snapshot.areas
    title = say("areas.title", count=len(areas), filled=len(view.snapshot.filled))
    st.title(title.replace("|", sentences.BREAK), anchor=False)
    st.markdown(say("areas.lead"))


def show_standings(view: View) -> None:
    """Show the areas by their growth, of the indicator and the time that are chosen."""
    say = view.say
    with st.container(horizontal=True, vertical_alignment="bottom"):
        indicator = st.selectbox(
            say("areas.indicator"), list(view.catalogue.indicators), key="standings_indicator",
            format_func=lambda id: words.title(view.catalogue[id], say.plain), width=330,
        )  # fmt: skip
        months = _months(view.snapshot.areas_by_month(indicator))
        if not months:
            st.markdown(say("areas.no_standings"))
            return
        month = st.selectbox(
            say("areas.period"), months, key=f"standings_month_{indicator}",
            format_func=lambda month: fmt.until(month, say.plain), width=205,
        )  # fmt: skip
        kind = st.selectbox(
            say("areas.kind"), [None, *AreaKind], key="standings_kind", width=150,
            format_func=lambda kind: say.plain(f"area_kind.{kind}" if kind else "areas.every_kind"),
        )  # fmt: skip
    areas = {
        area.id: area for area in view.snapshot.areas
        if not area.synthetic and kind in (None, area.kind)
    }  # fmt: skip
    places = standings(view.snapshot.growth_to(indicator, month), month, areas)
    if not places:
        st.markdown(say("areas.no_standings"))
        return
    st.markdown(_sentence(places, month, view))
    columns = _columns(view)
    look.show(table(columns, places[:SHOWN]))
    if len(places) > SHOWN:
        with st.expander(say("areas.more", count=len(places) - SHOWN)):
            look.show(table(columns, places[SHOWN:]))


def _months(areas: Mapping[Month, int]) -> list[Month]:
    """Return the months of figures, first the newest that several areas have.

    What several had in an earlier year does not come before what is new.
    """
    newest = next(iter(areas), None)
    shared = [
        month
        for month, count in areas.items()
        if count >= FEWEST and newest is not None and newest.year == month.year
    ]
    return list(dict.fromkeys([*shared[:1], *areas]))


def _sentence(places: Sequence[Standing], month: Month, view: View) -> str:
    """Say where the area that is looked at stands, else which one leads."""
    say = view.say
    own = next((place for place in places if place.area.id == view.area.id), None)
    told = own or places[0]
    return say(
        "areas.only" if len(places) < FEWEST else "areas.place" if own else "areas.first",
        area=say.name(told.area.name),
        period=fmt.until(month, say),
        growth=fmt.rate(told.growth),
        place=told.number,
        count=len(places),
    )


def _columns(view: View) -> list[Column[Standing]]:
    say = view.say.plain
    above = {area.id: area for area in view.snapshot.areas}

    def within(area: Area) -> str:
        parent = above.get(area.parent)
        return say.name(parent.name) if parent else ""

    return [
        Column(say("areas.number"), "", lambda place: str(place.number)),
        Column(say("control.area"), "l wrap",
               cell=lambda place: look.named(say.name(place.area.name), within(place.area))),
        Column(say("areas.kind"), "l wide", lambda place: say(f"area_kind.{place.area.kind}")),
        Column(say("areas.growth"), "", lambda place: fmt.rate(place.growth)),
        Column(say("areas.changed"), "",
               lambda place: "" if place.change is None else fmt.signed(place.change)),
        Column(say("column.status"), "l wide",
               lambda place: _status(place, say)),
    ]  # fmt: skip


def _status(place: Standing, say: Speaker) -> str:
    return say("status.flash" if place.flash else "status.published")
