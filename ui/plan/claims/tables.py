"""The cards of the three big things."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import streamlit as st

from data.plan.claims import Card
from data.store.evidence import StoredEvidence
from forecasting.figures.indicator import AreaKind
from forecasting.plan.claims import Aim, QuantityOutlook
from forecasting.plan.evidence import Evidence
from ui.charts.figures import Figures
from ui.charts.year_fan_content import YearFan
from ui.charts.year_fan_vega import year_fan_data, year_fan_spec
from ui.frame import address, look, page_files
from ui.frame.controls import View
from ui.frame.errors import end_page
from ui.language import Speaker
from ui.language import format as fmt
from ui.outlook import sentences as outlook_sentences
from ui.plan import evidence
from ui.plan.claims import sentences
from ui.scenario import terms

_LINK = re.compile(r"https?://[^\s<>()\[\]\"']+")
_FIELDS = ("claim", "stands", "judge", "standard")


def stop_without_zone(view: View) -> None:
    """End the page where the area is no zone: the three are goals of a zone's plan."""
    if view.area.kind is AreaKind.ZONE:
        return
    st.title(view.say("criteria.no_zone"), anchor=False)
    st.markdown(view.say("claims.no_zone", area=view.say.name(view.area.name)))
    end_page()


def show_head(cards: Sequence[Card], view: View) -> None:
    """Say which of the three is least likely to come whole, and what the page is not."""
    say = view.say
    title = sentences.headline(cards, say)
    st.title(title.replace("|", outlook_sentences.BREAK), anchor=False)
    st.markdown(say("claims.lead"))


def show_cards(cards: Sequence[Card], view: View) -> None:
    """Show one card each, side by side where there is room."""
    stored = evidence.stored_files(view)
    with st.container(key="panels_claims"):
        cells = st.columns(len(cards), gap="large")
    for cell, card in zip(cells, cards, strict=True):
        with cell:
            _show_card(card, stored, view)


def _show_card(card: Card, stored: Mapping[str, StoredEvidence], view: View) -> None:
    say = view.say
    st.header(say.name(card.stored.thing.name), anchor=False)
    if card.stored.version:
        st.caption(sentences.version(card, say))
    for field in _FIELDS:
        text = getattr(card.stored.claim, field)
        told = say.verbatim(text) if text else say(f"claims.unfilled.{field}")
        st.markdown(say("claims.field", field=say(f"claims.{field}"), text=told))
    documents = card.stored.claim.evidence
    kept = [one for one in documents if one.file in stored]
    named = [_evidence(one, say) for one in documents if one.where or one not in kept]
    if kept:
        named.append(say("plan.evidence.count", count=len(kept)))
    text = say("format.semicolon").join(named) or say("claims.unfilled.evidence")
    st.markdown(say("claims.field", field=say("claims.evidence"), text=text))
    evidence.show_files(kept, stored, card.stored.thing.id, view)
    st.markdown(say("claims.strong", text=sentences.together(card, say)))
    for number, quantity in enumerate(card.outlook.quantities):
        _show_quantity(quantity, number, card, view)


def _evidence(one: Evidence, say: Speaker) -> str:
    """Name a file; only an address of the web is a link."""
    if _LINK.fullmatch(one.where):
        return say("claims.file_link", name=say.verbatim(one.name), url=one.where)
    if one.where:
        return say("claims.file_at", name=say.verbatim(one.name), where=say.verbatim(one.where))
    return say.verbatim(one.name)


def _show_quantity(of: QuantityOutlook, number: int, card: Card, view: View) -> None:
    say = view.say
    with st.container(gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(say("claims.strong", text=sentences.name(of, say)), width="stretch")
            if of.probability is not None:
                chance = fmt.probability(of.probability).replace("<", "&lt;")
                look.show(chance, "percent", content_wide=True)
        told = sentences.sentence(of, card, say)
        if of.fan:
            _draw(of, number, card, view, outlook_sentences.plain(told))
        st.caption(told)


def _draw(of: QuantityOutlook, number: int, card: Card, view: View, alt: str) -> None:
    say = view.say.plain
    dark = address.dark()
    ring = None
    if of.quantity.wanted is not None and of.quantity.year and of.quantity.aim is not Aim.RANK:
        ring = (of.quantity.year, of.quantity.wanted)
    told = [(year, say("claims.at", year=year, value=sentences.value(known, of, say)))
            for year, known in of.known]  # fmt: skip
    for year, at in of.fan:
        low, high = (sentences.value(end, of, say) for end in (at.q10, at.q90))
        middle = sentences.value(at.median, of, say)
        told.append((year, say("claims.at_ahead", year=year, value=middle, low=low, high=high)))
    fan = YearFan(
        known=of.known, fan=of.fan,
        rivals=_rivals(of),
        scale=_scale(of, say),
        wanted=ring, wanted_text=sentences.wanted(of, say), told=tuple(told),
        stamp=say("area.synthetic") if view.area.synthetic else "",
    )  # fmt: skip
    page_files.chart(
        year_fan_data(fan),
        year_fan_spec(dark=dark),
        Figures(sentences.name(of, say), (say("column.year"), say("claims.value")),
                [[str(year), text] for year, text in told]),
        key=f"claim_{card.stored.thing.id}_{number}_{'dark' if dark else 'light'}",
        alt=alt,
    )  # fmt: skip


def _rivals(of: QuantityOutlook) -> tuple[tuple[float, ...], ...]:
    """Return the level of each rival in the years ahead."""
    assert of.indicator is not None
    years = [year for year, _ in of.fan]
    return tuple(
        tuple(line.course(years, of.indicator.direction).tolist()) for line in of.rivals.values()
    )


def _scale(of: QuantityOutlook, say: Speaker) -> float:
    """Return what values are multiplied by as they are written."""
    assert of.indicator is not None
    if of.quantity.aim is Aim.GROWTH:
        return 1.0
    return terms.amount_forms(of.indicator.unit, say)[0].scale
