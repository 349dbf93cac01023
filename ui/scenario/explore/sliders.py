"""The live part of the page of a scenario: sliders, the number and the fans."""

from __future__ import annotations

import time

import streamlit as st

from forecasting.scenario.arithmetic import unit_of
from forecasting.scenario.live import live
from forecasting.scenario.response import at_rest
from ui.scenario import evaluation
from ui.scenario.explore import controls
from ui.scenario.live import component, packing
from ui.scenario.live.packing import Packed, Released
from ui.scenario.state import Draft

KEY = "live"

SENDING = 0.03
"""Seconds in which the answer leaves for the browser: drawing the page would hold it back."""


def show(draft: Draft) -> None:
    """Show the sliders, which answer a release before the rest of the page is drawn anew."""
    _show_sliders(draft)
    component.watch(key=KEY)


@st.fragment
def _show_sliders(draft: Draft) -> None:
    """Mount the sliders, take what was released onto the draft, and answer."""
    pack = _packed(draft)
    released = component.show(pack, key=KEY)
    taken = released is not None and draft.set_dials(_values(draft, released))
    names = controls.ids(draft.evaluation.dials)
    values = {name: dial.value for name, dial in zip(names, draft.evaluation.dials, strict=True)}
    outlook = draft.evaluation.applied.outlook
    component.answer(pack, values, outlook, key=KEY, released=released)
    if taken:
        time.sleep(SENDING)
        st.rerun()


def _values(draft: Draft, released: Released) -> dict[int, float]:
    """Return where every dial was released, by its number; what is not named rests."""
    picture = draft.response
    names = controls.ids(draft.evaluation.dials)
    return {
        place: released.values.get(name, 0.0)
        for place, (name, dial) in enumerate(zip(names, picture.dials, strict=True))
        if not dial.missing
    }


def _packed(draft: Draft) -> Packed:
    """Return the sliders and everything they are computed from; the same however they turn."""

    def make() -> Packed:
        picture = draft.response
        groups = controls.groups(
            draft.evaluation.dials, picture, draft.baseline, draft.catalogue, draft.language
        )
        return packing.pack(
            live(picture, draft.baseline_outlook), draft.baseline_outlook, groups, draft.language
        )

    # Levers that lack a number are in no usable scenario, but their names are on the sliders.
    dials = tuple(map(unit_of, draft.evaluation.dials))
    kind = f"live {draft.language} {dials!r}"
    made: Packed = evaluation.computed(
        draft.baseline_key, at_rest(draft.evaluation.usable), kind, make
    )
    return made
