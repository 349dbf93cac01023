"""What a reader of the league chooses: which areas, judged when, their order, and a page of it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from data.store.league import League, LeagueOrder, LeagueRound, LeagueScope
from forecasting.figures.indicator import AreaKind
from ui.fleet import sentences
from ui.frame import address
from ui.language import Language, Speaker

PER_PAGE = 40
"""Areas on a page."""
_ORDERS = (LeagueOrder.CHANCE, LeagueOrder.RISE, LeagueOrder.FALL, LeagueOrder.NAME)
"""What the page offers: by name, areas are listed as the reader reads it."""


def choose(
    league: League, rounds: Sequence[LeagueRound], say: Speaker
) -> tuple[LeagueScope, LeagueOrder]:
    """Ask for the quarter, the province and kind of areas, and their order, as in the address."""
    plain, by_id = say.plain, {_id_of(round): round for round in rounds}
    every = address.EVERY
    with st.container(horizontal=True, vertical_alignment="bottom"):
        round = by_id[
            address.select(
                address.ROUND, say("league.round"), list(by_id), _id_of(rounds[0]),
                lambda id: sentences.round_of(by_id[id], plain), width=330,
            )
        ]  # fmt: skip
        groups = league.groups(round)
        names = sentences.names_of({province for _, province in groups if province})
        province = address.select(
            address.PROVINCE, say("league.province"), [every, *names], every,
            lambda id: plain("league.every_province") if id == every else plain.name(names[id]),
            width=180,  # beside the kind on a phone
        )  # fmt: skip
        found = {kind for kind, above in groups if province in (every, above)}
        kind = address.select(
            address.KIND, say("areas.kind"),
            [every, *(str(kind) for kind in AreaKind if kind in found)], every,
            lambda kind: plain("areas.every_kind" if kind == every else f"area_kind.{kind}"),
            width=150,
        )  # fmt: skip
        order = LeagueOrder(
            address.select(
                address.ORDER, say("league.order"), list(map(str, _ORDERS)), address.LIKELIEST,
                lambda order: plain(f"league.by_{order}"), width=270,
            )
        )  # fmt: skip
    scope = LeagueScope(
        round,
        None if kind == every else AreaKind(kind),
        "" if province == every else province,
    )
    english = order is LeagueOrder.NAME and say.language is Language.EN
    return scope, LeagueOrder.NAME_EN if english else order


def _id_of(round: LeagueRound) -> str:
    """Return what a round is called in the address."""
    return f"{round.year}-{round.quarter}" + "-synthetic" * round.synthetic


def choose_page(areas: int) -> int:
    """Ask which page of some areas is shown, and return how many areas come before."""
    pages = -(-areas // PER_PAGE)
    asked = address.number(address.PAGE) or 1
    page = int(asked) if asked in range(1, pages + 1) else 1
    if pages > 1:
        seen = address.give(address.PAGE, page)
        page = st.pagination(pages, default=1 if seen else page, key=address.PAGE)
    address.settle(address.PAGE, page)
    return (page - 1) * PER_PAGE
