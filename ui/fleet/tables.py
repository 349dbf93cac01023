"""Areas in their places, with their indicators against the targets as small multiples."""

from __future__ import annotations

from html import escape

import streamlit as st

from data.store.league import League, LeagueOrder, LeagueRow, LeagueScope, LeagueVerdict
from forecasting.figures.indicator import Catalogue, Names
from ui.charts.palette import GLYPHS
from ui.fleet import forms, sentences
from ui.frame import cache, look
from ui.frame.columns import Column, table
from ui.language import Speaker
from ui.language import format as fmt
from ui.outlook.sentences import BREAK

REACH = 6.0
"""Percentage points from its target up to which growth is drawn, and what lies beyond."""


def show_nothing(say: Speaker) -> None:
    """Say that no areas were judged together yet, and how they are."""
    st.title(say("league.none"), anchor=False)
    st.markdown(say("league.none_lead"))


def show(league: League, scope: LeagueScope, order: LeagueOrder, say: Speaker) -> None:
    """Show how many areas have which light, and one page of them with their places."""
    lights = league.lights(scope)
    areas = sum(lights.values())
    if scope.round.synthetic:
        look.show(look.stamp(say), content_wide=True)
    st.title(sentences.title(scope, lights, say).replace("|", BREAK), anchor=False)
    counts = (f"<span>{look.light(light, say)} {count}</span>" for light, count in lights.items())
    look.show("".join(counts), "counts")
    if own := sentences.own_place(league, scope, areas, say):
        st.markdown(own)
    offset = forms.choose_page(areas)
    rows = league.rows(scope, offset, forms.PER_PAGE, order)
    look.show(table(_columns(rows, say), rows))
    st.caption(say("league.picture_note", reach=f"{REACH:g}"))
    if rows:
        st.caption(say("league.note", judged=fmt.minute(max(row.issued_at for row in rows))))


def _columns(rows: tuple[LeagueRow, ...], say: Speaker) -> list[Column[LeagueRow]]:
    plain = say.plain
    above = sentences.names_of({row.province for row in rows if row.province})
    snapshot = cache.current()
    catalogue = snapshot.store.catalogue(snapshot.vintage)

    def within(row: LeagueRow) -> str:
        return plain.name(above[row.province]) if row.province not in ("", row.area) else ""

    def placed(row: LeagueRow) -> str:
        return look.named(str(row.place), sentences.moved(row, plain), "")

    def chance(row: LeagueRow) -> str:
        shape, colour = GLYPHS[row.light]
        glyph = f'<span class="glyph" style="color:var(--{colour})">{shape}</span>'
        since = f'<small class="narrow">{sentences.changed(row)}</small>'
        return f'<td class="strong">{glyph}{fmt.probability(row.p_all)}{since}</td>'

    return [
        Column(say("areas.number"), "", cell=placed),
        Column(say("league.moved"), "l wide", lambda row: sentences.moved(row, plain)),
        Column(say("control.area"), "l wrap",
               cell=lambda row: look.named(plain.name(row.name), within(row))),
        Column(say("league.province"), "l wide", within),
        Column(say("league.chance"), "", cell=chance),
        Column(say("league.changed"), "wide", sentences.changed),
        Column(say("column.verdict"), "l wide", lambda row: plain(f"light.{row.light}")),
        Column(say("league.weakest"), "l wide wrap",
               lambda row: _name(row.weakest, catalogue, plain)),
        Column(say("league.picture"), "l", cell=lambda row: _picture(row, catalogue, plain)),
    ]  # fmt: skip


def _name(indicator: str, catalogue: Catalogue, say: Speaker) -> str:
    found = catalogue.indicators.get(indicator)
    return say.name(found.short if found else Names(indicator, indicator))


def _picture(row: LeagueRow, catalogue: Catalogue, say: Speaker) -> str:
    """Draw each indicator that counts: its range and median over or below the target's line."""
    counted = [verdict for verdict in row.verdicts if verdict.counts]
    said = say("format.comma").join(
        say("league.indicator", name=_name(one.indicator, catalogue, say),
            chance=fmt.probability(one.probability))
        for one in counted
    )  # fmt: skip
    bars = "".join(map(_bar, counted))
    drawn = f'<span class="ranges" role="img" aria-label="{escape(said)}">{bars}</span>'
    return f'<td class="l">{drawn}</td>'


def _bar(verdict: LeagueVerdict) -> str:
    top, bottom, median = (
        _height(growth - verdict.threshold) for growth in (verdict.q90, verdict.q10, verdict.median)
    )
    _, colour = GLYPHS[verdict.light] if verdict.light else ("", "ink2")
    style = f"--top:{top}%;--tall:{bottom - top}%;--at:{median}%;color:var(--{colour})"
    return f'<i style="{style}"></i>'


def _height(points: float) -> int:
    """Return how far down growth is drawn, in percent of the picture."""
    within = min(max(points, -REACH), REACH)
    return round(50 - 50 * within / REACH)
