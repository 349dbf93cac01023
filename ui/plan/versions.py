"""Who filled in a part of the plan, and when."""

from __future__ import annotations

import streamlit as st

from data.store.plans import PlanPart
from data.store.seed import SEED_AUTHOR
from ui.frame import cache, look
from ui.frame.columns import Column, table
from ui.frame.controls import View
from ui.language import Speaker
from ui.language import format as fmt


def author_of(author: str, say: Speaker) -> str:
    """Name an author, who may be the program itself."""
    return say("kind.system") if author == SEED_AUTHOR else say.verbatim(author)


def show_versions(part: str, view: View) -> None:
    """Show every version of a part of an area's plan, the newest first."""
    say = view.say.plain
    versions = cache.store().plans.versions(view.area.id, part)
    if not versions:
        return
    columns: list[Column[PlanPart]] = [
        Column(say("plan.version"), "", lambda one: str(one.version)),
        Column(say("plan.author"), "l strong wrap", lambda one: author_of(one.author, say)),
        Column(say("plan.saved_at"), "l", lambda one: fmt.minute(one.saved_at)),
    ]
    with st.expander(say("plan.versions", count=len(versions))):
        look.show(table(columns, versions))
