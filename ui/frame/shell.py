"""What every page shares: navigation, the row of controls, and the view they choose."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from forecasting.figures.indicator import Area, Catalogue
from forecasting.figures.period import Quarter
from forecasting.outlook.outlook import Outlook
from ui.frame import address, cache, choices, look, pickers
from ui.frame.navigation import DATA_MENU, SCENARIO_MENU, script
from ui.language import Language, t

OVERVIEW_PAGE = str(script("overview"))
INDICATOR_PAGE = str(script("indicator"))
METHOD_PAGE = str(script("method"))
DATA_PAGE = str(script("data"))
UPLOAD_PAGE = str(script("upload"))
VINTAGES_PAGE = str(script("vintages"))


@dataclass(frozen=True, slots=True)
class View:
    """What a reader looks at: the snapshot, the area and the language."""

    snapshot: cache.Snapshot
    area: Area
    language: Language

    @property
    def catalogue(self) -> Catalogue:
        """The indicators, by the names that are usual in the area."""
        return self.snapshot.catalogue(self.area.id)

    @property
    def has_figures(self) -> bool:
        """Whether there is anything to judge."""
        return self.snapshot.span(self.area.id) is not None

    @property
    def has_flash(self) -> bool:
        """Whether figures that are not published are among the area's."""
        return self.snapshot.has_flash(self.area.id)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader asks of an area."""

    year: int
    as_of: Quarter | None
    threshold: float | None


def show_data_menu(view: View) -> None:
    """Show the links between the pages about data."""
    with st.container(horizontal=True, key="data_menu"):
        for name in DATA_MENU:
            label = t(f"data_menu.{name}", view.language)
            st.page_link(script(name), label=label, query_params=address.whole_view())


class ScenarioMenu:
    """The links between the pages about scenarios; each carries the scenario as it stands."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._place = st.container(key="scenario_menu").empty()
        self._carried: dict[str, str] | None = None

    def show(self) -> None:
        """Show the links, or show them anew where the scenario has changed."""
        carried = address.whole_view()
        if carried == self._carried:
            return
        self._carried = carried
        with self._place, st.container(horizontal=True):
            for name in SCENARIO_MENU:
                label = t(f"page.{name}", self._view.language)
                st.page_link(script(name), label=label, query_params=carried)


def choose_view() -> tuple[View, Asked | None]:
    """Show the row of controls; nothing is asked of an area without figures."""
    language = address.language()
    with _row():
        view = _choose_area(language)
        asked = _choose_question(view) if view.has_figures else None
        _row_end(view)
    return view, asked


def choose_area_and_line() -> tuple[View, float | None, st.delta_generator.DeltaGenerator]:
    """Show the row of controls of a page about all years: an area, and a line for it.

    The place returned is in the row, for a picker whose options are not known yet.
    """
    language = address.language()
    with _row():
        view = _choose_area(language)
        threshold = pickers.choose_threshold(view.area, language) if view.has_figures else None
        place = st.container(width="content")
        _row_end(view)
    return view, threshold, place


def choose_area_only() -> View:
    """Show the row of controls of a page that only needs an area."""
    language = address.language()
    with _row():
        view = _choose_area(language)
        _row_end(view)
    return view


def choose_language_only() -> Language:
    """Show the row of controls of a page that is the same for every area."""
    language = address.language()
    with _row():
        st.space("stretch")
        address.switch_language(language)
    return language


def outlook_of(view: View, asked: Asked, *, outliers: bool = True) -> Outlook:
    """Return the outlook, with a word of patience while it is computed."""
    question = (view.area.id, asked.year, asked.as_of, asked.threshold)
    with st.spinner(t("app.spinner", view.language)):
        return view.snapshot.outlook(*question, outliers=outliers)


def _row() -> st.delta_generator.DeltaGenerator:
    return st.container(horizontal=True, vertical_alignment="bottom")


def _row_end(view: View) -> None:
    st.space("stretch")
    if view.area.synthetic:
        look.show(look.stamp(view.language), content_wide=True)
    if view.has_flash:
        look.show(look.flash_stamp(view.language), content_wide=True)
    address.switch_language(view.language)


def _choose_area(language: Language) -> View:
    snapshot = cache.current()
    filled = snapshot.filled
    default = choices.default_area(snapshot.areas, filled)
    area = pickers.choose_area(snapshot.areas, default, filled, language)
    view = View(snapshot, area, language)
    address.forget_unknown_indicator(view.catalogue.indicators)
    return view


def _choose_question(view: View) -> Asked:
    span = view.snapshot.span(view.area.id)
    assert span is not None
    years = choices.year_options(span, view.snapshot.targets(view.area.id))
    year = pickers.choose_year(years, choices.default_year(span, years), view.language)
    cuts = choices.as_of_options(span, year)
    latest = min(span[1], Quarter(year, 4))
    as_of = pickers.choose_as_of(cuts, latest, view.language)
    return Asked(year, as_of, pickers.choose_threshold(view.area, view.language))
