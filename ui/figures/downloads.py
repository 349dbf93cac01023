"""Figures as files: all of an area as a workbook or as text, and a workbook to fill in."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from data.workbook.write import export
from data.workbook.write.seed_tables import packed, seed_tables
from forecasting.figures.indicator import Basis, Indicator
from forecasting.figures.period import Quarter
from ui.frame import cache
from ui.frame.controls import View
from ui.language import format as fmt


def show_figures(view: View) -> None:
    """Show the downloads of every figure of the area; each is made when it is asked for."""
    say, area, snapshot = view.say, view.area, view.snapshot

    def figures_by(write: Callable[..., bytes]) -> bytes:
        figures = [stored.value for stored in snapshot.figures(area.id)]
        return write(figures, view.catalogue, (area,), say)

    name = say("downloads.name", area=say.plain.name(area.name), vintage=snapshot.vintage)
    with st.container(horizontal=True, key="downloads"):
        st.download_button(
            say("downloads.workbook"),
            lambda: figures_by(export.observations_workbook),
            f"{name}.xlsx",
            key="download_workbook",
            on_click="ignore",
        )
        st.download_button(
            say("downloads.text"),
            lambda: figures_by(export.observations_csv),
            f"{name}.csv",
            key="download_text",
            on_click="ignore",
        )
        st.download_button(
            say("downloads.tables"),
            lambda: packed(seed_tables(snapshot, area, snapshot.observations(area.id))),
            f"{name}.zip",
            help=say("downloads.tables_help"),
            key="download_tables",
            on_click="ignore",
        )
        show_template(view)


def show_template(view: View) -> None:
    """Show the download of a workbook with the area's indicators for the next quarter."""
    say, area = view.say, view.area
    quarter = next_quarter(view)
    if quarter is None:
        return
    period = fmt.since_january(quarter, say)

    def template() -> bytes:
        known = cache.store().known(view.snapshot.vintage)
        return export.template_workbook(area, view.catalogue, known, quarter, say.language)

    name = say("downloads.template_name", area=say.plain.name(area.name),
             period=period)  # fmt: skip
    st.download_button(
        say("downloads.template", period=period),
        template,
        f"{name}.xlsx",
        key="download_template",
        on_click="ignore",
    )


YEARS = 6
"""Years of a template for the past: five before this one let a model speak."""


def show_history_templates(view: View) -> None:
    """Show the downloads of a workbook with several years of the indicators with targets."""
    say, area = view.say, view.area
    year = view.snapshot.target_year(area.id)
    series = _wanted_series(view, year)
    years = range(year - YEARS + 1, year + 1)
    with st.container(key="history_templates"):
        st.markdown(say("downloads.history", count=len(series), first=years[0], last=year))
        with st.container(horizontal=True):
            for kind, monthly in (("quarters", False), ("months", True)):
                name = say(f"downloads.history_name_{kind}", area=say.plain.name(area.name))
                st.download_button(
                    say(f"downloads.history_{kind}"),
                    partial(
                        export.history_workbook, area, series, years, say.language, monthly=monthly
                    ),
                    f"{name}.xlsx",
                    key=f"download_history_{kind}",
                    on_click="ignore",
                    type="secondary" if monthly else "primary",
                )


def _wanted_series(view: View, year: int) -> list[tuple[Indicator, Basis]]:
    """Return the indicators with a target of the year, else of any year, else the main ones."""
    targets = view.snapshot.targets(view.area.id)
    wanted = [target for target in targets if target.year in (0, year)] or targets
    bases = {target.indicator: target.basis for target in wanted}
    return [
        (indicator, bases.get(indicator.id, indicator.basis))
        for indicator in view.catalogue.indicators.values()
        if indicator.id in bases or (not bases and indicator.group == "main")
    ]


def next_quarter(view: View) -> Quarter | None:
    """Return the quarter to fill in: the first that most indicators have no figure of.

    Of an area without figures, the one after the newest figures anywhere.
    """
    snapshot = view.snapshot
    if not view.has_figures:
        spans = [span for area in snapshot.areas if (span := snapshot.span(area.id))]
        return max(last for _, last in spans) + 1 if spans else None
    latest: dict[str, Quarter] = {}
    for stored in snapshot.figures(view.area.id):
        figure, quarter = stored.value, stored.value.month.quarter
        if quarter is not None:
            latest[figure.indicator] = max(latest.get(figure.indicator, quarter), quarter)
    newest = max(latest.values())
    having = sum(quarter == newest for quarter in latest.values())
    recent = sum(newest - quarter <= 1 for quarter in latest.values())
    return newest + 1 if 2 * having >= recent else newest
