"""The years of an area that every page of the plan judges by, kept between reruns."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from data.plan.criteria import comparable
from forecasting.figures.indicator import Area
from forecasting.outlook.question import Question
from forecasting.plan.gaps import Levels
from forecasting.plan.years import YearPaths, levels_by_year, year_paths
from ui.frame import cache
from ui.frame.controls import View

MOST_KEPT = 48


def comparable_areas(view: View) -> tuple[Area, ...]:
    """Return the areas an area may be compared with; simulated figures only with their like."""
    return comparable(view.area, view.snapshot.areas)


def levels_of(view: View, area: str, indicators: Sequence[str]) -> dict[str, Levels]:
    """Return the levels of whole years of an area, by indicator."""
    figures = [figure.value for figure in view.snapshot.figures(area)]
    catalogue = view.catalogue
    return {id: levels_by_year(id, area, catalogue[id].basis, figures) for id in indicators}


@st.cache_resource(show_spinner=False, max_entries=MOST_KEPT)
def paths_ahead(
    database: str, vintage: int, area: str, year: int, indicators: tuple[str, ...]
) -> dict[str, YearPaths]:
    """Return the joint paths of some indicators of an area from a year on."""
    asked = cache.VintageView(database, vintage)
    question = Question(asked.area(area), year)
    return year_paths(question, asked.inputs(area), indicators, asked.predict)
