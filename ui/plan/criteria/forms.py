"""How a zone is compared, as somebody chooses it: by version, kept with its author."""

from __future__ import annotations

import streamlit as st

from data.plan import documents
from data.plan.benchmark import open_benchmark
from data.plan.criteria import comparable
from data.texts import as_kept
from forecasting.plan.comparison_choice import ComparisonChoice, Freeze
from ui.frame import session
from ui.frame.author import ask_author
from ui.frame.controls import View
from ui.language import words
from ui.plan.criteria.state import Benchmark
from ui.plan.versions import OpenedPart, save_part, show_versions

FIRST_YEAR, LAST_YEAR = 2000, 2100


def choose_version(view: View) -> Benchmark:
    """Show the picker of the version of the criteria, the chosen one first."""
    say, benchmark = view.say, open_benchmark(view)
    versions = benchmark.book.versions
    picked = st.selectbox(
        say("criteria.version"), list(versions),
        index=list(versions).index(benchmark.criteria.id), key=f"criteria_{view.area.id}",
        format_func=lambda id: say.plain.name(versions[id].name), width=520,
    )  # fmt: skip
    return benchmark if picked == benchmark.criteria.id else open_benchmark(view, picked)


def show_choices(benchmark: Benchmark) -> None:
    """Ask with whom the zone is compared, and whether its province may put zones forward."""
    view, say = benchmark.view, benchmark.view.say
    chosen, opened = benchmark.chosen, session.remembered(f"comparison_{view.area.id}", OpenedPart)
    if opened.version is None:
        opened.version = benchmark.version
    possible = {area.id: area for area in comparable(view.area, view.snapshot.areas)}
    st.header(say("criteria.choices"), anchor=False)
    key = f"{view.area.id}_{opened.version}_{say.language}"
    with st.form(f"comparison_{key}", border=False):
        peers = st.multiselect(
            say("criteria.peers"), list(possible), [area.id for area in benchmark.peers],
            format_func=lambda id: words.area_label(possible[id], say.plain),
            placeholder=say("criteria.peers_hint"), help=say("criteria.peers_help"),
        )  # fmt: skip
        with st.container(horizontal=True, vertical_alignment="bottom"):
            frozen = st.selectbox(
                say("criteria.frozen"), [str(one) for one in Freeze],
                index=list(Freeze).index(chosen.province_frozen), width=220,
                format_func=lambda one: say(f"criteria.freeze.{one}"),
            )  # fmt: skip
            until = st.number_input(
                say("criteria.until"), FIRST_YEAR, LAST_YEAR, chosen.frozen_until, step=1,
                width=220, placeholder=say("criteria.until_hint"),
            )  # fmt: skip
        note = st.text_input(
            say("criteria.note"), chosen.note, max_chars=300, placeholder=say("criteria.note_hint")
        )
        author = ask_author(say("upload.author"), session.author(), width=180)
        if st.form_submit_button(say("criteria.save"), type="primary"):
            new = ComparisonChoice(
                criteria=benchmark.criteria.id, peers=tuple(peers),
                province_frozen=Freeze(frozen), frozen_until=until, note=as_kept(note),
            )  # fmt: skip
            save_part(documents.COMPARISON, new, author, opened, view, "criteria.saved")
    show_versions(documents.COMPARISON, view)
