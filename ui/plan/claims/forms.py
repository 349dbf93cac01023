"""What is filled in of a big thing: kept by version with its author."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from data.plan.claims import Card
from data.plan.criteria import comparable
from data.texts import as_kept
from forecasting.plan.claims import MOST_QUANTITIES, Aim, Claim, ClaimQuantity
from forecasting.plan.evidence import Evidence, with_known_files
from ui.frame import session
from ui.frame.author import ask_author
from ui.frame.controls import View
from ui.language import words
from ui.plan import evidence
from ui.plan.versions import OpenedPart, save_part, show_versions

LONGEST = 500
FIRST_YEAR, LAST_YEAR = 2000, 2100
_APART = "|"
"""Between the name of a file and where it is, one file a line."""


def show_form(cards: Sequence[Card], view: View) -> None:
    """Ask for one of the three what is not public, and by which quantities it is measured."""
    say = view.say
    st.header(say("claims.fill"), anchor=False)
    st.markdown(say("claims.fill_note"))
    by_id = {card.stored.thing.id: card for card in cards}
    chosen = st.radio(
        say("claims.which"), list(by_id), key=f"claim_{view.area.id}",
        format_func=lambda id: say.plain.name(by_id[id].stored.thing.name),
    )  # fmt: skip
    card = by_id[chosen]
    opened = session.remembered(f"opened_claim_{view.area.id}_{chosen}", OpenedPart)
    if opened.version is None:
        opened.version = card.stored.version
    key = f"{view.area.id}_{chosen}_{opened.version}_{say.language}"
    with st.form(f"claim_form_{key}", border=False):
        new, file = _asked(card, key, view)
        author = ask_author(say("upload.author"), session.author(), width=180)
        if st.form_submit_button(say("claims.save"), type="primary"):
            part = card.stored.thing.part
            save_part(part, new, author, opened, view, "claims.saved", file=file)
    show_versions(card.stored.thing.part, view)


def _asked(card: Card, key: str, view: View) -> tuple[Claim, UploadedFile | None]:
    """Show the fields of a claim; return it as they say, and a file of evidence that it names."""
    say, claim = view.say, card.stored.claim
    texts = {
        field: st.text_input(
            say(f"claims.{field}"), getattr(claim, field), max_chars=LONGEST, key=f"{field}_{key}",
            placeholder=say.plain(f"claims.unfilled.{field}"),
        )
        for field in ("claim", "stands", "judge", "standard")
    }  # fmt: skip
    listed = st.text_area(
        say("claims.evidence"), "\n".join(map(_line, claim.evidence)), key=f"evidence_{key}",
        placeholder=say("claims.evidence_hint"), height=90,
    )  # fmt: skip
    typed = [_as_before(one, claim) for one in map(_evidence, listed.splitlines()) if one]
    file = evidence.ask_file(key, say)
    areas = {area.id: area for area in comparable(view.area, view.snapshot.areas)}
    rivals = st.multiselect(
        say("claims.rivals"), list(areas), [area.id for area in card.rivals], key=f"rivals_{key}",
        format_func=lambda id: words.area_label(areas[id], say.plain),
        placeholder=say("claims.rivals_hint"), help=say("claims.rivals_help"),
    )  # fmt: skip
    st.caption(say("claims.quantities_note"))
    rows = [*claim.quantities, *[None] * MOST_QUANTITIES][:MOST_QUANTITIES]
    quantities = [_ask_quantity(row, f"{number}_{key}", view) for number, row in enumerate(rows)]
    new = Claim(
        **{field: as_kept(text) for field, text in texts.items()},
        evidence=evidence.attached(with_known_files(typed, claim.evidence), file),
        rivals=tuple(rivals),
        quantities=tuple(one for one in quantities if one is not None),
    )
    return new, file


def _ask_quantity(row: ClaimQuantity | None, key: str, view: View) -> ClaimQuantity | None:
    say, catalogue = view.say, view.catalogue
    options = ["", *catalogue.indicators]
    if row is not None and row.indicator not in catalogue:
        options.append(row.indicator)  # the catalogue has it no more: it stays until it is changed
    at = options.index(row.indicator) if row else 0
    with st.container(horizontal=True, vertical_alignment="bottom"):
        indicator = st.selectbox(
            say("control.indicator"), options, at, key=f"indicator_{key}", width=330,
            format_func=lambda id: _label(id, view),
        )  # fmt: skip
        aim = st.selectbox(
            say("claims.aim"), [str(one) for one in Aim], key=f"aim_{key}", width=190,
            index=list(Aim).index(row.aim if row else Aim.LEVEL),
            format_func=lambda one: say.plain(f"claims.aims.{one}"),
        )  # fmt: skip
        wanted = st.number_input(
            say("claims.wanted"), value=row.wanted if row else None, step=None, format="%g",
            key=f"wanted_{key}", width=150,
        )  # fmt: skip
        year = st.number_input(
            say("claims.by"), FIRST_YEAR, LAST_YEAR, row.year if row else None, step=1,
            key=f"year_{key}", width=150,
        )  # fmt: skip
    if not indicator:
        return None
    return ClaimQuantity(indicator=indicator, aim=Aim(aim), wanted=wanted, year=year)


def _label(indicator: str, view: View) -> str:
    if not indicator:
        return view.say.plain("claims.not_used")
    known = indicator in view.catalogue
    return words.title(view.catalogue[indicator], view.say.plain) if known else indicator


def _as_before(one: Evidence, claim: Claim) -> Evidence:
    """Return what is typed again with all that a claim has of it."""
    known = ((own.name, own.where) == (one.name, one.where) for own in claim.evidence)
    return next((own for own, same in zip(claim.evidence, known, strict=True) if same), one)


def _line(one: Evidence) -> str:
    return f"{one.name} {_APART} {one.where}" if one.where else one.name


def _evidence(line: str) -> Evidence | None:
    name, _, where = line.partition(_APART)
    return Evidence(name=as_kept(name), where=as_kept(where)) if name.strip() else None
