"""The live part of the page of a scenario: sliders, the number and the fans."""

from __future__ import annotations

import time

import streamlit as st

from forecasting.scenario.arithmetic import unit_of
from forecasting.scenario.live import live
from forecasting.scenario.response import at_rest
from ui.scenario import cache
from ui.scenario.desk import Desk
from ui.scenario.explore import controls
from ui.scenario.live import component, packing
from ui.scenario.live.packing import Packed, Released

KEY = "live"

SENDING = 0.03
"""Seconds in which the answer leaves for the browser: drawing the page would hold it back."""


def show(desk: Desk) -> None:
    """Show the sliders, which answer a release before the rest of the page is drawn anew."""
    _show_sliders(desk)
    component.watch(key=KEY)


@st.fragment
def _show_sliders(desk: Desk) -> None:
    """Mount the sliders, take what was released onto the desk, and answer."""
    pack = _packed(desk)
    released = component.show(pack, key=KEY)
    taken = released is not None and desk.turn(_values(desk, released))
    names = controls.ids(desk.answer.dials)
    values = {name: dial.value for name, dial in zip(names, desk.answer.dials, strict=True)}
    outlook = desk.answer.applied.outlook
    component.answer(pack, values, outlook, key=KEY, released=released)
    if taken:
        time.sleep(SENDING)
        st.rerun()


def _values(desk: Desk, released: Released) -> dict[int, float]:
    """Return where every dial was released, by its number; what is not named rests."""
    picture = cache.picture(desk.asking, desk.answer)
    names = controls.ids(desk.answer.dials)
    return {
        place: released.values.get(name, 0.0)
        for place, (name, dial) in enumerate(zip(names, picture.dials, strict=True))
        if not dial.missing
    }


def _packed(desk: Desk) -> Packed:
    """Return the sliders and everything they are computed from; the same however they turn."""

    def make() -> Packed:
        picture = cache.picture(desk.asking, desk.answer)
        groups = controls.groups(
            desk.answer.dials, picture, desk.baseline, desk.view.catalogue, desk.language
        )
        return packing.pack(live(picture, desk.before), desk.before, groups, desk.language)

    # Levers that lack a number are in no usable scenario, but their names are on the sliders.
    dials = tuple(map(unit_of, desk.answer.dials))
    kind = f"live {desk.language} {dials!r}"
    made: Packed = cache.kept(desk.asking, at_rest(desk.answer.usable), kind, make)
    return made
