"""The row of controls: pickers of what a reader looks at, each kept in the address by ``state``."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from forecasting.figures.indicator import Area
from forecasting.figures.period import Quarter
from ui.frame import address
from ui.language import Language, t, words
from ui.language import format as fmt

_THRESHOLD_BOUND = 1000.0
_AREA_WIDTH = {Language.ZH: 250, Language.EN: 350}  # the longest name, marked as empty


def choose_area(areas: Sequence[Area], default: Area, filled: set[str], lang: Language) -> Area:
    """Show the area picker and return the chosen area."""
    by_id = {area.id: area for area in areas}

    def label(area_id: str) -> str:
        name = words.name(by_id[area_id].name, lang)
        return name if area_id in filled else t("area.empty", lang, name=name)

    chosen = address.select(
        address.AREA,
        t("control.area", lang),
        list(by_id),
        default.id,
        label,
        width=_AREA_WIDTH[lang],
    )
    return by_id[chosen]


def choose_year(years: Sequence[int], default: int, lang: Language) -> int:
    """Show the year picker and return the chosen year."""
    options = [str(year) for year in years]

    def label(year: str) -> str:
        return t("period.year", lang, year=year)

    chosen = address.select(
        address.YEAR, t("control.year", lang), options, str(default), label, width=112
    )
    return int(chosen)


def choose_as_of(quarters: Sequence[Quarter], latest: Quarter, lang: Language) -> Quarter | None:
    """Show the picker of the quarter figures are cut at; None is the latest."""
    options = {address.LATEST: t("control.latest", lang, period=fmt.as_of(latest, lang))}
    options |= {str(quarter): fmt.as_of(quarter, lang) for quarter in quarters}
    chosen = address.select(
        address.AS_OF,
        t("control.as_of", lang),
        list(options),
        address.LATEST,
        options.__getitem__,
        width=205,
        help=t("control.as_of_help", lang),
    )
    return None if chosen == address.LATEST else Quarter.parse(chosen)


def choose_threshold(area: Area, lang: Language) -> float | None:
    """Show the input of a line that replaces every target's; None keeps the targets."""
    asked = address.number(address.THRESHOLD)
    current = None if asked is None else min(max(asked, -_THRESHOLD_BOUND), _THRESHOLD_BOUND)
    if current != asked:
        st.toast(t("control.threshold_range", lang, line=fmt.threshold(current or 0.0)))
    seen = address.give(address.THRESHOLD, current)
    # Streamlit would tell the bounds in English, so it does not know them.
    value: float | None = st.number_input(
        t("control.line" if area.reference else "control.threshold", lang),
        value=None if seen else current,
        step=0.5,
        format="%g",
        key=address.THRESHOLD,
        placeholder=t("control.threshold_placeholder", lang),
        help=t("control.threshold_help", lang),
        width=150,
    )
    address.settle(address.THRESHOLD, value)
    return value


def choose_indicator(
    ids: Sequence[str], label: Callable[[str], str], lang: Language, *, every: bool = False
) -> str | None:
    """Show the indicator picker; None stands for all of them where ``every`` allows it."""
    options = [address.EVERY, *ids] if every else list(ids)

    def name(option: str) -> str:
        return t("control.all_indicators", lang) if option == address.EVERY else label(option)

    title = t("control.indicator", lang)
    chosen = address.select(address.INDICATOR, title, options, options[0], name, width=300)
    return None if chosen == address.EVERY else chosen


def choose_vintage(
    name: str, numbers: Sequence[int], default: int, label: Callable[[str], str], lang: Language
) -> int:
    """Show the picker of one end of a comparison, ``FROM`` or ``TO``."""
    options = [str(number) for number in numbers]
    title = t(f"control.{name}", lang)
    return int(address.select(name, title, options, str(default), label, width=330))


def choose_without_outliers(lang: Language) -> bool:
    """Show the switch of the forecast without looking for outliers.

    It only adds a comparison, so it is not in the address.
    """
    return st.toggle(
        t("control.without_outliers", lang),
        key="without_outliers",
        help=t("control.without_outliers_help", lang),
    )
