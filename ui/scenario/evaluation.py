"""What pages make of a scenario, kept between reruns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from data.views import BaselineKey
from forecasting.scenario.arithmetic import unit_of
from forecasting.scenario.evaluation import Evaluation
from forecasting.scenario.model import Entry, Scenario
from forecasting.scenario.response import Response, at_rest, response
from ui.frame.cache import BY_TEXT, MOST_EVALUATIONS


def response_of(key: BaselineKey, evaluated: Evaluation) -> Response:
    """Return the linear response to the dials, the same however these are turned."""
    return _response(key, at_rest(evaluated.usable), tuple(map(unit_of, evaluated.dials)))


@st.cache_resource(show_spinner=False, max_entries=MOST_EVALUATIONS, hash_funcs=BY_TEXT)
def _response(key: BaselineKey, resting: Scenario, dials: tuple[Entry, ...]) -> Response:
    return response(key.baseline, resting, dials, partly=True)


@st.cache_resource(show_spinner=False, max_entries=MOST_EVALUATIONS, hash_funcs=BY_TEXT)
def computed(key: BaselineKey, scenario: Scenario, kind: str, _make: Callable[[], Any]) -> Any:
    """Return what a page makes of a scenario, made once: a tornado, a solution."""
    return _make()
