"""Mounts the live sliders: the one place that knows how Streamlit carries them.

Several components, so that little travels. The first brings the page's code and the paths, which
stay while sliders move; Streamlit then sends its hash alone. The second brings each answer, a few
kilobytes. Places are where the page shows what the first draws beside its sliders. In the browser
they meet through events of the document.

A page takes what was released, computes, and mounts the second before all else; then the first
where the sliders stand::

    pack = packing.pack(...)                        # worth caching
    released = component.released(pack, key="live")  # None unless a slider was just let go
    if released is not None:
        ...                                         # keep released.values
    component.answer(pack, values, applied.outlook, headline, key="live", released=released)
    component.show(pack, key="live")
    component.place(Slot.LEAD, key="live")         # the sentence and the number, for instance

In a fragment that holds all of it and ends a release by a rerun of the page, the answer does not
wait for whatever else the page shows.

A release is a trigger of Streamlit's and no state: after undo or a restart of the server, a state
that the browser still holds would come back as if it had been released again.

Values that change on the server, by undo or by loading, need nothing else: the sliders follow
the values of an answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from forecasting.outlook.outlook import Outlook
from ui.frame import session
from ui.scenario.live import packing
from ui.scenario.live.packing import Packed, Released

_HERE = Path(__file__).parent
_SCRIPTS = (
    "figures.js",
    "engine.js",
    "scale.js",
    "fan.js",
    "controls.js",
    "together.js",
    "panel.js",
    "legend.js",
    "sentence.js",
    "view.js",
)
"""Joined in this order into the one module that Streamlit takes; only the last exports."""


def released(pack: Packed, *, key: str) -> Released | None:
    """Return what the reader released, in the one run that the release started.

    The sliders need not be mounted in this run yet, but in one before: what is released to a
    session that is new is lost, and the sliders ask again.
    """
    mounted = session.held(key)
    return packing.released_from(mounted.get("released"), pack) if mounted else None


def show(pack: Packed, *, key: str) -> None:
    """Mount the sliders."""
    _sliders()(data=pack.content, key=key, on_released_change=_nothing)


def answer(
    pack: Packed,
    values: Mapping[str, float],
    outlook: Outlook,
    headline: str,
    *,
    key: str,
    released: Released | None = None,
) -> None:
    """Send where the sliders stand and what all paths say of it.

    Parameters
    ----------
    headline
        What the page opens with, in Markdown.
    key
        That of ``show``.
    released
        What ``released`` returned in this run.
    """
    _carrier()(data=packing.answer(pack, values, outlook, headline, released), key=f"{key}_answer")


class Slot(StrEnum):
    """A part of what the sliders show, which stands where the page has a place for it."""

    LEAD = "lead"  # the sentence and the number; on a phone they stand above the sliders
    FIRST = "first"  # the fans that the scenario changes
    OTHERS = "others"  # all others


def place(part: Slot, *, key: str) -> None:
    """Mount a place for a part of what the sliders of ``key`` show."""
    _place()(data=str(part), key=f"{key}_{part}")


def watch(*, key: str) -> None:
    """Run the page where a release stays without an answer; outside of any fragment.

    Parameters
    ----------
    key
        That of ``show``.
    """
    _watcher()(key=f"{key}_watch", on_lost_change=_nothing)


def _nothing() -> None:
    """Be called: Streamlit keeps only events that somebody listens to."""


@cache
def _sliders() -> Any:
    script = "\n".join((_HERE / name).read_text(encoding="utf-8") for name in _SCRIPTS)
    style = (_HERE / "view.css").read_text(encoding="utf-8")
    return st.components.v2.component("live_sliders", js=script, css=style, isolate_styles=False)


@cache
def _carrier() -> Any:
    script = (_HERE / "answer.js").read_text(encoding="utf-8")
    return st.components.v2.component("live_answer", js=script, isolate_styles=False)


@cache
def _place() -> Any:
    script = (_HERE / "place.js").read_text(encoding="utf-8")
    return st.components.v2.component("live_place", js=script, isolate_styles=False)


@cache
def _watcher() -> Any:
    script = (_HERE / "watch.js").read_text(encoding="utf-8")
    return st.components.v2.component("live_watch", js=script, isolate_styles=False)
