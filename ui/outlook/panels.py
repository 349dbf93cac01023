"""One small fan per indicator, in rows of four that a phone stacks."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import streamlit as st
from streamlit.dataframe_util import convert_pandas_df_to_arrow_table

from forecasting.outlook.outlook import Outlook, Verdict, by_probability
from ui.charts.fan_content import Fan, fan_of
from ui.charts.fan_vega import LARGE, SMALL, fan_data, fan_spec
from ui.charts.figures import fan_figures
from ui.frame import address, look, page_files
from ui.frame.controls import INDICATOR_PAGE
from ui.language import Speaker, words
from ui.language import format as fmt
from ui.outlook import sentences

COLUMNS = 4


def show(outlook: Outlook, say: Speaker) -> None:
    """Show the indicators that count, the least likely first, then those for reference."""
    reference = outlook.area.reference
    if outlook.complete:
        note = f"overview.published_{'reference_' if reference else ''}note"
    else:
        note = "overview.reference_note" if reference else "overview.counted_note"
    _show_group(
        by_probability(outlook.counted),
        outlook,
        say("overview.compared" if reference else "overview.counted", count=len(outlook.counted)),
        say(note),
        say,
        legend=True,
    )
    extra = [verdict for verdict in outlook.verdicts if not verdict.counts]
    if extra:
        title = say("overview.extra", count=len(extra))
        note = say("overview.extra_note")
        _show_group(by_probability(extra), outlook, title, note, say)


def show_fan(verdict: Verdict, outlook: Outlook, say: Speaker, *, height: int) -> None:
    """Show the fan of one verdict with its sentence as text alternative."""
    dark = address.dark()
    stamp = say("area.synthetic") if outlook.area.synthetic else ""
    fan = fan_of(verdict, outlook.year, say, whole=height == LARGE, stamp=stamp)
    name = words.title(verdict.history.indicator, say.plain)
    page_files.chart(
        _rows_of(fan, height),
        fan_spec(dark=dark, height=height),
        fan_figures(fan, name, outlook.year, say),
        key=f"fan_{height}_{verdict.indicator_id}_{'dark' if dark else 'light'}",
        alt=sentences.plain(sentences.verdict_sentence(verdict, outlook.year, say)),
    )


@lru_cache(maxsize=512)
def _rows_of(fan: Fan, height: int) -> Any:
    """Return the rows of a fan as Streamlit sends them, made once for all who are shown it."""
    return convert_pandas_df_to_arrow_table(fan_data(fan, height))


def show_large_fan(verdict: Verdict, outlook: Outlook, say: Speaker) -> None:
    """Show the fan of an indicator's own page, with the key to its depths."""
    show_legend(outlook, say, complete=verdict.complete)
    show_fan(verdict, outlook, say, height=LARGE)


def show_legend(outlook: Outlook, say: Speaker, *, complete: bool) -> None:
    """Show the key to lines and depths; a complete year has no depths."""
    line = "legend_line" if outlook.area.reference else "legend_target"
    kinds = ["published", "median", "f50", "f80", "f95", "target"]
    inside = any(verdict.history.unpublished for verdict in outlook.verdicts)
    known = "legend_flash" if inside else "legend_published"
    keys = [known, "legend_median", "legend_50", "legend_80", "legend_95", line]
    ahead = {"median", "f50", "f80", "f95"} if complete else set()
    shown = [
        f'<span><i class="{kind}"></i>{say(f"overview.{key}")}</span>'
        for kind, key in zip(kinds, keys, strict=True)
        if kind not in ahead
    ]
    look.show("".join(shown), "legend")


def _show_group(
    verdicts: Sequence[Verdict],
    outlook: Outlook,
    title: str,
    note: str,
    say: Speaker,
    *,
    legend: bool = False,
) -> None:
    st.header(title, anchor=False)
    st.caption(note)
    if legend:
        show_legend(outlook, say, complete=outlook.complete)
    for start in range(0, len(verdicts), COLUMNS):
        with st.container(key=f"panels_{verdicts[start].indicator_id}"):
            cells = st.columns(COLUMNS, gap="medium")
        for cell, verdict in zip(cells, verdicts[start : start + COLUMNS], strict=False):
            with cell:
                _show_panel(verdict, outlook, say)
        st.space("small")


def _show_panel(verdict: Verdict, outlook: Outlook, say: Speaker) -> None:
    indicator = verdict.history.indicator
    with st.container(gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.page_link(
                INDICATOR_PAGE,
                label=f"**{words.title(indicator, say)}**",
                query_params=address.link_to(indicator.id),
                width="stretch",
            )
            if not verdict.known:
                chance = fmt.probability(verdict.probability).replace("<", "&lt;")
                look.show(chance, "percent", content_wide=True)
        look.show(_second_row(verdict, say))
        show_fan(verdict, outlook, say, height=SMALL)
        look.show(_facts(verdict, say), "facts")
        notes = [
            sentences.base_effect(verdict, say, short=True),
            sentences.short_history(verdict, say),
        ]
        if told := say("format.semicolon").join(note for note in notes if note):
            look.show(look.note(told))


def _second_row(verdict: Verdict, say: Speaker) -> str:
    light = verdict.shown_light
    left = look.light(light, say) if light else ""
    basis = words.basis(verdict.target.basis, say)
    return f'<div class="row"><span>{left}</span><span class="note">{basis}</span></div>'


def _facts(verdict: Verdict, say: Speaker) -> str:
    """Return expected growth with its 80% interval, and required pace with its odds."""
    low, middle, high = verdict.quantiles.q10, verdict.quantiles.median, verdict.quantiles.q90
    if verdict.pace is None:
        key = "overview.published" if verdict.complete else "overview.flash"
        label, values = say(key), f"<b>{fmt.percent(middle)}</b>"
        return f"<span>{label}</span><span></span><span>{values}</span>"
    label = say("overview.expected")
    interval = fmt.interval(low, high, say)
    need, rate = sentences.pace_in_short(verdict, verdict.pace, say)
    odds = sentences.odds_in_short(verdict.pace, say)
    return (
        f"<span>{label}</span><span>{need}</span>"
        f"<span><b>{fmt.percent(middle)}</b>{interval}</span>"
        f"<span><b>{rate}</b>{odds}</span>"
    )
