"""The reader's choices: the one place that knows widget keys and URL parameters.

A link reproduces the view, so what a reader chooses is in the URL:

    /?area=SAMPLE&year=2026&as_of=2026Q1&threshold=6.5&lang=en
    /indicator?area=CN&year=2026&indicator=gdp&lang=zh

Names and values are public: renaming one breaks every link already sent. Values are ids, not
labels, so widgets are not bound to the URL by Streamlit, which would put the label there.
Navigation drops the parameters and Streamlit forgets widgets that a page does not draw; both
are put back from ``_KEPT``. A value in the URL that this module did not write there, from a
link or the Back button, wins over what was kept; nonsense falls back to the default.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import streamlit as st

from forecasting.indicator import Area
from forecasting.period import Quarter
from ui import format as fmt
from ui import words
from ui.messages import Language, t

AREA, YEAR, AS_OF, THRESHOLD = "area", "year", "as_of", "threshold"
INDICATOR, LANGUAGE = "indicator", "lang"

_KEPT, _WRITTEN = "kept", "written"
_LATEST = "latest"
_THRESHOLD_BOUND = 1000.0
_AREA_WIDTH = {Language.ZH: 250, Language.EN: 350}  # the longest name, marked as empty

Choice = TypeVar("Choice")


def language() -> Language:
    """Return the reader's language: of the link, else of the browser, else Chinese."""
    text = _read(LANGUAGE)
    if text not in set(Language):
        browser = (st.context.locale or "").lower()
        text = Language.EN if browser.startswith("en") else Language.ZH
    _write(LANGUAGE, text)
    return Language(text)


def switch_language(current: Language) -> None:
    """Show the button that switches to the other language and keeps the view."""
    st.button(
        t("app.other_language", current),
        key="switch_language",
        type="tertiary",
        on_click=_keep,
        args=(LANGUAGE, str(current.other)),
    )


def dark() -> bool:
    """Whether the reader's theme is the dark one."""
    return st.context.theme.type == "dark"


def choose_area(areas: Sequence[Area], default: Area, filled: set[str], lang: Language) -> Area:
    """Show the area picker and return the chosen area."""
    by_id = {area.id: area for area in areas}

    def label(area_id: str) -> str:
        name = words.name(by_id[area_id].name, lang)
        return name if area_id in filled else t("area.empty", lang, name=name)

    chosen = _select(
        AREA, t("control.area", lang), list(by_id), default.id, label, width=_AREA_WIDTH[lang]
    )
    return by_id[chosen]


def choose_year(years: Sequence[int], default: int, lang: Language) -> int:
    """Show the year picker and return the chosen year."""
    options = [str(year) for year in years]

    def label(year: str) -> str:
        return t("period.year", lang, year=year)

    chosen = _select(YEAR, t("control.year", lang), options, str(default), label, width=112)
    return int(chosen)


def choose_as_of(quarters: Sequence[Quarter], latest: Quarter, lang: Language) -> Quarter | None:
    """Show the picker of the quarter figures are cut at; None is the latest."""
    options = {_LATEST: t("control.latest", lang, period=fmt.as_of(latest, lang))}
    options |= {str(quarter): fmt.as_of(quarter, lang) for quarter in quarters}
    chosen = _select(
        AS_OF,
        t("control.as_of", lang),
        list(options),
        _LATEST,
        options.__getitem__,
        width=205,
        help=t("control.as_of_help", lang),
        omitted=_LATEST,
    )
    return None if chosen == _LATEST else Quarter.parse(chosen)


def choose_threshold(lang: Language) -> float | None:
    """Show the input of a line that replaces every target's; None keeps the targets."""
    linked = _read(THRESHOLD)
    st.session_state[THRESHOLD] = st.session_state.get(THRESHOLD, _number(linked))
    value: float | None = st.number_input(
        t("control.threshold", lang),
        min_value=-_THRESHOLD_BOUND,
        max_value=_THRESHOLD_BOUND,
        value=None,
        step=0.5,
        format="%g",
        key=THRESHOLD,
        placeholder=t("control.threshold_placeholder", lang),
        help=t("control.threshold_help", lang),
        width=150,
    )
    _write(THRESHOLD, None if value is None else f"{value:g}")
    return value


def choose_indicator(
    ids: Sequence[str], label: Callable[[str], str], lang: Language, *, every: bool = False
) -> str | None:
    """Show the indicator picker; None stands for all of them where ``every`` allows it."""
    whole = "all"
    options = [whole, *ids] if every else list(ids)

    def name(option: str) -> str:
        return t("control.all_indicators", lang) if option == whole else label(option)

    chosen = _select(
        INDICATOR, t("control.indicator", lang), options, options[0], name, width=300,
        omitted=whole,
    )  # fmt: skip
    return None if chosen == whole else chosen


def link_to(indicator: str) -> dict[str, str]:
    """Return the parameters of a link to an indicator that keeps the rest of the view."""
    return {**st.session_state.get(_WRITTEN, {}), INDICATOR: indicator}


def _select(
    name: str,
    title: str,
    options: Sequence[str],
    default: str,
    label: Callable[[str], str],
    *,
    omitted: str = "",
    **style: Any,
) -> str:
    """Show a select box of ids that follows the URL, and the URL it."""
    linked = _read(name)
    current = st.session_state.get(name, linked)
    # Set on every run: on another page the same key is a new widget, which starts empty.
    st.session_state[name] = current if current in options else default
    chosen: str = st.selectbox(
        title, options, format_func=label, key=name, placeholder=title, **style
    )
    _write(name, None if chosen == omitted else chosen)
    return chosen


def _read(name: str) -> str | None:
    """Return what was chosen: what a link newly says, else what was kept."""
    linked = st.query_params.get(name)
    written: dict[str, str] = st.session_state.setdefault(_WRITTEN, {})
    if linked is not None and linked != written.get(name):
        _keep(name, linked)
        st.session_state.pop(name, None)
    kept: dict[str, str] = st.session_state.setdefault(_KEPT, {})
    return kept.get(name)


def _keep(name: str, text: str | None) -> None:
    kept: dict[str, str] = st.session_state.setdefault(_KEPT, {})
    if text is None:
        kept.pop(name, None)
    else:
        kept[name] = text


def _write(name: str, text: str | None) -> None:
    """Keep a choice and show it in the URL; None leaves the URL."""
    _keep(name, text)
    written: dict[str, str] = st.session_state.setdefault(_WRITTEN, {})
    if text is None:
        written.pop(name, None)
        if name in st.query_params:
            del st.query_params[name]
        return
    written[name] = text
    if st.query_params.get(name) != text:
        st.query_params[name] = text


def _number(text: str | None) -> float | None:
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if math.isfinite(value) and abs(value) <= _THRESHOLD_BOUND else None
