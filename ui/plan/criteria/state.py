"""What it takes to close the gaps of an area, kept between reruns."""

from __future__ import annotations

import streamlit as st

from data.plan import benchmark as compared
from data.views import BaselineKey
from forecasting.plan.gaps import ItemStanding
from forecasting.plan.quickest import GapSolution
from forecasting.scenario.model import Scenario
from ui.frame.cache import BY_TEXT
from ui.frame.controls import View

MOST_KEPT = 24

Benchmark = compared.Benchmark[View]
"""A zone beside the criteria, and what its reader looks at."""


def solved_of(benchmark: Benchmark, item: ItemStanding) -> GapSolution | None:
    """Return what it takes to close a gap by the end of this year (``Benchmark.solved``)."""
    growth = benchmark.growth_to_close(item)
    of = item.item.indicator, str(item.item.direction), growth
    return _solved(benchmark.key, benchmark.scenario, of, benchmark, item)


@st.cache_resource(show_spinner=False, max_entries=MOST_KEPT, hash_funcs=BY_TEXT)
def _solved(
    key: BaselineKey, scenario: Scenario, of: tuple[object, ...], _benchmark: Benchmark,
    _item: ItemStanding,
) -> GapSolution | None:  # fmt: skip
    return _benchmark.solved(_item)
