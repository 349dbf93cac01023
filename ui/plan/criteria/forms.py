"""How a zone is compared, as somebody chooses it: by version, kept with its author."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from data.plan import documents
from data.store.plans import PlanPart
from data.texts import as_kept
from forecasting.plan.comparison import ComparisonChoice, Freeze
from ui.frame import cache, cut_off, people, session
from ui.frame.controls import View
from ui.language import words
from ui.plan.criteria import state
from ui.plan.criteria.state import Benchmark
from ui.plan.versions import show_versions

FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(slots=True)
class OpenedForm:
    """The version of what is kept that a form was filled from; None before it is shown."""

    version: int | None = None


def choose_version(view: View) -> Benchmark:
    """Show the picker of the version of the criteria, the chosen one first."""
    say, benchmark = view.say, state.open_benchmark(view)
    versions = benchmark.book.versions
    picked = st.selectbox(
        say("criteria.version"), list(versions),
        index=list(versions).index(benchmark.criteria.id), key=f"criteria_{view.area.id}",
        format_func=lambda id: say.plain.name(versions[id].name), width=520,
    )  # fmt: skip
    return benchmark if picked == benchmark.criteria.id else state.open_benchmark(view, picked)


def show_choices(benchmark: Benchmark) -> None:
    """Ask with whom the zone is compared, and whether its province may put zones forward."""
    view, say = benchmark.view, benchmark.view.say
    chosen, opened = benchmark.chosen, session.remembered(f"comparison_{view.area.id}", OpenedForm)
    if opened.version is None:
        opened.version = benchmark.version
    possible = {area.id: area for area in state.possible_peers(view)}
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
        author = people.ask_author(say("upload.author"), session.author(), width=180)
        if st.form_submit_button(say("criteria.save"), type="primary"):
            new = ComparisonChoice(
                criteria=benchmark.criteria.id, peers=tuple(peers),
                province_frozen=Freeze(frozen), frozen_until=until, note=as_kept(note),
            )  # fmt: skip
            _save(new, author, opened, benchmark)
    show_versions(documents.COMPARISON, view)


def _save(new: ComparisonChoice, author: str, opened: OpenedForm, benchmark: Benchmark) -> None:
    say, area, base = benchmark.view.say, benchmark.view.area.id, opened.version or 0
    if not author.strip():
        st.markdown(say("upload.who"))
        return
    session.keep_author(author)
    document = documents.written(new)

    def write() -> PlanPart:
        plans = cache.store().plans
        return plans.save(
            area, documents.COMPARISON, document, based_on=base, author=as_kept(author)
        )

    def find() -> PlanPart | None:
        part = cache.store().plans.latest(area, documents.COMPARISON)
        return part if part and part.version > base and part.document == document else None

    def end(part: PlanPart) -> None:
        opened.version = part.version
        st.toast(say("criteria.saved", version=part.version))
        st.rerun()

    cut_off.write(write, find, end, say)
