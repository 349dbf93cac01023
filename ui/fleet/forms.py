"""What a reader of the league chooses: which areas, judged when, and which page of them."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from data.store.league import League, LeagueRound, LeagueScope
from forecasting.figures.indicator import AreaKind
from ui.fleet import sentences
from ui.language import Speaker

PER_PAGE = 40
"""Areas on a page."""


def choose_scope(league: League, rounds: Sequence[LeagueRound], say: Speaker) -> LeagueScope:
    """Ask for the quarter, the province and the kind of areas."""
    plain = say.plain
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            say("league.round"), range(len(rounds)), key="league_round", width=330,
            format_func=lambda place: sentences.round_of(rounds[place], plain),
        )  # fmt: skip
        groups = league.groups(rounds[chosen])
        names = sentences.names_of({province for _, province in groups if province})
        province = st.selectbox(
            say("league.province"), ["", *names], key="league_province", width=200,
            format_func=lambda id: plain.name(names[id]) if id else plain("league.every_province"),
        )  # fmt: skip
        found = {kind for kind, _ in groups}
        kind = st.selectbox(
            say("areas.kind"), [None, *(kind for kind in AreaKind if kind in found)],
            format_func=lambda kind: plain(f"area_kind.{kind}" if kind else "areas.every_kind"),
            key="league_area_kind", width=150,
        )  # fmt: skip
    return LeagueScope(rounds[chosen], kind, province)


def choose_page(scope: LeagueScope, areas: int) -> int:
    """Ask which page of the areas of a scope is shown, and return how many areas come before."""
    pages = -(-areas // PER_PAGE)
    if pages < 2:
        return 0
    round = scope.round
    chosen = (round.year, round.quarter, round.synthetic, scope.kind, scope.province, pages)
    page: int = st.pagination(pages, key="league_page_" + "_".join(map(str, chosen)))
    return (page - 1) * PER_PAGE
