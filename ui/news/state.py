"""What is kept between reruns of two vintages held side by side."""

from __future__ import annotations

import streamlit as st

from data.store.compare import Comparison, compare
from data.store.vintages import indicator_order
from forecasting.figures.indicator import Catalogue
from forecasting.news.news import News
from ui.frame import cache
from ui.frame.cache import VintageView

MOST_COMPARISONS = 16


def comparison(old: int, new: int) -> Comparison:
    """Return what differs between two vintages of the store."""
    return _comparison(cache.store().database_url, old, new)


def explanation(area: str, year: int, old: int, new: int) -> News:
    """Return why the outlook of an area and year moved between two vintages of the store.

    Raises
    ------
    AreaWithoutFigures
        If the area has none at either vintage.
    """
    return VintageView(cache.store().database_url, new).news_since(old, area, year)


def catalogue(area: str, old: int, new: int) -> Catalogue:
    """Return every indicator of two vintages of the store, as the later one lists it.

    What only one of them lists, the newest vintage of all may list no longer.
    """
    database = cache.store().database_url
    listed = [VintageView(database, number).catalogue(area) for number in sorted((old, new))]
    known = {**listed[0].indicators, **listed[1].indicators}
    return Catalogue.of(sorted(known.values(), key=indicator_order))


@st.cache_resource(show_spinner=False, max_entries=MOST_COMPARISONS)
def _comparison(database: str, old: int, new: int) -> Comparison:
    return compare(cache.store(), old, new)
