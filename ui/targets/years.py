"""The years of an area's targets: chosen, added to, and carried on into the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import streamlit as st

from data.targets.forms import TargetForm
from forecasting.figures.indicator import AreaKind, Comparator, Indicator, Target, TargetKey
from ui.frame import choices, look
from ui.frame.cache import Snapshot
from ui.frame.shell import View
from ui.language import t, words
from ui.targets import words as editor_words
from ui.targets.editor import EVERY_YEAR, Desk, bases_of, shared_document, target_forms

USUAL_LINE = 7.0
"""Percent: the zone's planned line, where nothing else says what to begin with."""


def choose(desk: Desk) -> int:
    """Show the years, and return the chosen one."""
    years = years_of(desk.view, desk.targets)
    edits, language = desk.edits, desk.language
    if edits.year not in years:
        standing = target_forms(desk, EVERY_YEAR) and not target_forms(desk, years[0])
        edits.year = EVERY_YEAR if standing else years[0]
    chosen: int | None = st.segmented_control(
        t("editor.year", language), years, default=edits.year, required=True,
        format_func=lambda year: editor_words.year_name(year, language),
        key=f"editor_year_{desk.view.area.id}_{language}", label_visibility="collapsed",
    )  # fmt: skip
    edits.year = years[0] if chosen is None else chosen
    return edits.year


def years_of(view: View, targets: Iterable[Target]) -> list[int]:
    """Return the years to set targets for: the target year and later, and at last every year.

    Where an area has no figures its own target year is that of its newest targets, and the
    target year of the areas that have figures is offered too.
    """
    given = {target.year for target in targets} - {EVERY_YEAR}
    own = _target_year(view.snapshot, view.area.id)
    others = [_target_year(view.snapshot, area) for area in view.snapshot.filled]
    now = own or max((year for year in others if year), default=None)
    first = own or max(given, default=now)
    ahead = {now, now + 1} if now else set()
    return [*sorted({year for year in given | ahead if first is None or year >= first}), EVERY_YEAR]


def _target_year(snapshot: Snapshot, area: str) -> int | None:
    span = snapshot.span(area)
    if span is None:
        return None
    return choices.default_year(span, choices.year_options(span, snapshot.targets(area)))


def show_adding(forms: Mapping[TargetKey, TargetForm | None], year: int, desk: Desk) -> None:
    """Offer the indicators that have no target in the year, those with figures first."""
    language, catalogue = desk.language, desk.view.catalogue
    taken = {indicator for _, indicator, _ in forms}
    seen = {indicator for indicator, _ in desk.spans}
    free = [i for i in catalogue.indicators.values() if i.id not in taken]
    free.sort(key=lambda indicator: (indicator.id not in seen, indicator.order))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen: Indicator | None = st.selectbox(
            t("editor.add_indicator", language), free, None, width=300,
            format_func=lambda indicator: words.title(indicator, language),
            placeholder=t("editor.choose", language),
            key=f"add_{year}_{desk.edits.turn}_{language}",
        )  # fmt: skip
        pressed = st.button(t("editor.add", language), key="add_target", disabled=chosen is None)
    if pressed and chosen is not None:
        desk.edits.add(_begin(chosen, year, [form for form in forms.values() if form], desk))
        st.rerun()


def _begin(indicator: Indicator, year: int, others: Sequence[TargetForm], desk: Desk) -> TargetForm:
    """Return what a new target begins with: as the last one, else as the others of the year."""
    area = desk.view.area
    past = [
        form
        for form in desk.forms(TargetForm).values()
        if form is not None and form.indicator == indicator.id
    ]
    document = shared_document(others)
    if past:
        last = max(past, key=lambda form: form.year)
        return replace(last, year=year, document=document)
    comparator, threshold = Comparator.ABOVE, USUAL_LINE if area.kind is AreaKind.ZONE else None
    if others:
        usual = Counter((form.comparator, form.threshold) for form in others).most_common(1)
        ((comparator, threshold), _) = usual[0]
    return TargetForm(
        area=area.id,
        indicator=indicator.id,
        year=year,
        comparator=comparator,
        threshold=threshold,
        basis=bases_of(indicator.id, desk)[0],
        document=document,
    )


def show_copying(forms: Mapping[TargetKey, TargetForm | None], year: int, desk: Desk) -> None:
    """Offer the targets of the newest earlier year that the year does not have yet."""
    language = desk.language
    earlier = max((target.year for target in desk.targets if 0 < target.year < year), default=None)
    taken = {indicator for _, indicator, _ in forms}
    copied = [to for to in desk.targets if to.year == earlier and to.indicator not in taken]
    if earlier is None or not copied:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        document = st.text_input(
            t("editor.copy_document", language, year=year), key=f"copy_document_{year}", width=420,
            placeholder=t("editor.document_example", language),
        )  # fmt: skip
        label = t("editor.copy", language, year=earlier, count=len(copied))
        pressed = st.button(label, key="copy_targets")
    if pressed and not document.strip():
        look.show(f'<p class="fault">{t("editor.fault.document", language)}</p>')
    elif pressed:
        for target in copied:
            form = replace(TargetForm.of(target), year=year, document=document.strip())
            desk.edits.add(form)
        st.rerun()
