"""The targets of an area, year by year, edited in place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from html import escape

import streamlit as st

from data.targets.edits import TargetForm
from forecasting.figures.indicator import AreaKind, Comparator, Indicator, Target, TargetKey
from forecasting.figures.target import USUAL_LINE
from ui.frame import look
from ui.frame.controls import View
from ui.language import Speaker, words
from ui.targets import sentences
from ui.targets.state import (
    EVERY_YEAR,
    TargetEditor,
    bases_of,
    shared_document,
    target_forms,
    targets_for,
)


def show_targets(editor: TargetEditor) -> int:
    """Show the targets of a year to be edited, and return the year."""
    say = editor.say
    reference = words.suffix(editor.view.area.reference)
    st.header(say(f"editor.targets{reference}"), anchor=False)
    st.caption(say("editor.targets_note"))
    year = choose_targets_year(editor)
    forms = target_forms(editor, year)
    standing = len(targets_for(editor, year)) - sum(form is not None for form in forms.values())
    if standing > 0:
        st.markdown(say(f"editor.standing{reference}", count=standing))
    if forms:
        shared = shared_document(forms.values())
        if shared:
            look.show(look.note(say("editor.document_of_all", document=shared)))
        with st.container(key="target_rows", gap=None):
            for slot in sorted(forms, key=lambda slot: editor.view.catalogue[slot[1]].order):
                _show_row(slot, forms[slot], shared, editor)
    elif not standing:
        st.markdown(say(f"editor.no_targets{reference}"))
    show_adding(forms, year, editor)
    show_copying(forms, year, editor)
    return year


def _show_row(slot: TargetKey, form: TargetForm | None, shared: str, editor: TargetEditor) -> None:
    with st.container(key=editor.key("row", slot), gap=None):
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            with st.container(key=editor.key("name", slot), width=200):
                look.show(f'<p class="name">{escape(_name(slot, editor, editor.say.plain))}</p>')
            if form is None:
                _show_removed(slot, editor)
                return
            form = _typed(slot, form, editor)
            form = _show_more(slot, form, editor)
            with st.container():
                look.show(look.note(_note(slot, form, shared, editor)))
        editor.put(slot, form)
        editor.places[slot] = st.container()


def _show_removed(slot: TargetKey, editor: TargetEditor) -> None:
    stored = editor.stored_form(slot)
    assert isinstance(stored, TargetForm)
    told = editor.say("editor.removed", old=words.clause(stored.entry(), editor.say))
    look.show(look.note(told), content_wide=True)
    if st.button(editor.say("editor.keep"), key=editor.key("keep", slot), type="tertiary"):
        editor.renew(slot, stored)


def _typed(slot: TargetKey, form: TargetForm, editor: TargetEditor) -> TargetForm:
    """Show the rule and the line in place, and return the form as it is typed."""
    say = editor.say
    values = {"name": _name(slot, editor, say)}
    rules = list(Comparator)
    comparator = st.selectbox(
        say("editor.rule_of", **values), rules, rules.index(form.comparator),
        format_func=lambda rule: say(f"editor.rule.{Comparator(rule).name.lower()}"),
        key=editor.key("rule", slot), label_visibility="collapsed", width=118,
    )  # fmt: skip
    threshold = st.number_input(
        say("editor.line_of", **values), value=form.threshold, step=0.5, format="%g",
        key=editor.key("threshold", slot), label_visibility="collapsed", width=120,
    )  # fmt: skip
    st.markdown("%", width="content")
    tolerance = form.tolerance
    if comparator is Comparator.ABOUT:
        st.markdown("±", width="content")
        tolerance = st.number_input(
            say("editor.tolerance_of", **values), value=form.tolerance, step=0.5,
            format="%g", key=editor.key("tolerance", slot), label_visibility="collapsed", width=110,
            placeholder=say("editor.tolerance"),
        )  # fmt: skip
    return replace(form, comparator=comparator, threshold=threshold, tolerance=tolerance)


def _show_more(slot: TargetKey, form: TargetForm, editor: TargetEditor) -> TargetForm:
    """Show what is seldom edited, behind a button, and return the form as it is typed."""
    say, stored = editor.say, editor.stored_form(slot)
    with st.popover(say("editor.more"), key=editor.key("more", slot)):
        document = st.text_input(
            say("editor.document"), form.document, key=editor.key("document", slot),
            placeholder=say("editor.document_example"),
        )  # fmt: skip
        counts = st.checkbox(say("editor.counts"), form.counts, key=editor.key("counts", slot))
        bases = bases_of(form.indicator, editor, form.basis)
        basis = form.basis
        if len(bases) > 1:
            basis = st.selectbox(
                say("editor.basis"), bases, bases.index(form.basis),
                format_func=lambda basis: words.basis(basis, say),
                key=editor.key("basis", slot),
            )  # fmt: skip
        with st.container(horizontal=True):
            if stored not in (None, form) and st.button(
                say("editor.restore"), key=editor.key("restore", slot)
            ):
                editor.renew(slot, stored)
            if st.button(say("editor.remove"), key=editor.key("remove", slot)):
                editor.renew(slot, None)
    return replace(form, document=document, counts=counts, basis=basis)


def _note(slot: TargetKey, form: TargetForm, shared: str, editor: TargetEditor) -> str:
    """Say what is not the usual of a target, and what it was where it is edited."""
    say, stored = editor.say, editor.stored_form(slot)
    told = []
    if stored is None:
        told.append(say("editor.new"))
    elif isinstance(stored, TargetForm) and stored != form:
        told.append(say("editor.was", old=words.clause(stored.entry(), say)))
    if form.basis != editor.view.catalogue[form.indicator].basis:
        told.append(words.basis(form.basis, say))
    if not form.counts:
        told.append(say("editor.not_counted"))
    if form.document.strip() and form.document != shared:
        told.append(say("editor.document_is", document=form.document.strip()))
    return say("format.comma_in_sentence").join(told)


def _name(slot: TargetKey, editor: TargetEditor, say: Speaker) -> str:
    return words.title(editor.view.catalogue[slot[1]], say)


def choose_targets_year(editor: TargetEditor) -> int:
    """Show the years, and return the chosen one."""
    years = years_of(editor.view, editor.targets)
    edits, say = editor.edits, editor.say
    now = editor.view.snapshot.target_year(editor.view.area.id)
    if edits.year not in years:
        standing = target_forms(editor, EVERY_YEAR) and not target_forms(editor, now)
        edits.year = EVERY_YEAR if standing else now
    chosen: int | None = st.segmented_control(
        say("editor.year"), years, default=edits.year, required=True,
        format_func=lambda year: sentences.year_name(year, say),
        key=f"editor_year_{editor.view.area.id}_{say.language}", label_visibility="collapsed",
    )  # fmt: skip
    edits.year = now if chosen is None else chosen
    return edits.year


def years_of(view: View, targets: Iterable[Target]) -> list[int]:
    """Return the years to set targets for: the target year, the next, and at last every year.

    Where an area has no figures, years that have targets already are offered too.
    """
    given = {target.year for target in targets} - {EVERY_YEAR}
    now = view.snapshot.target_year(view.area.id)
    first = now if view.has_figures else min(given, default=now)
    return [*sorted({year for year in given | {now, now + 1} if year >= first}), EVERY_YEAR]


def show_adding(
    forms: Mapping[TargetKey, TargetForm | None], year: int, editor: TargetEditor
) -> None:
    """Offer the indicators that have no target in the year, those with figures first."""
    say, catalogue = editor.say, editor.view.catalogue
    taken = {indicator for _, indicator, _ in forms}
    seen = {indicator for indicator, _ in editor.spans}
    free = [i for i in catalogue.indicators.values() if i.id not in taken]
    free.sort(key=lambda indicator: (indicator.id not in seen, indicator.order))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen: Indicator | None = st.selectbox(
            say("editor.add_indicator"), free, None, width=300,
            format_func=lambda indicator: words.title(indicator, say.plain),
            placeholder=say("editor.choose"),
            key=f"add_{year}_{editor.edits.turn}_{say.language}",
        )  # fmt: skip
        pressed = st.button(say("editor.add"), key="add_target", disabled=chosen is None)
    if pressed and chosen is not None:
        editor.edits.add(
            new_target(chosen, year, [form for form in forms.values() if form], editor)
        )
        st.rerun()


def new_target(
    indicator: Indicator, year: int, others: Sequence[TargetForm], editor: TargetEditor
) -> TargetForm:
    """Return what a new target begins with: as the last one until then, else as the others."""
    area = editor.view.area
    past = [
        form
        for form in editor.forms(TargetForm).values()
        if form is not None and form.indicator == indicator.id
    ]
    document = shared_document(others)
    if past:
        last = max(past, key=lambda form: (form.year <= year, form.year))
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
        basis=bases_of(indicator.id, editor)[0],
        document=document,
    )


def show_copying(
    forms: Mapping[TargetKey, TargetForm | None], year: int, editor: TargetEditor
) -> None:
    """Offer targets that the year does not have yet: of an earlier year, or of another area."""
    say = editor.say
    taken = {indicator for _, indicator, _ in forms}
    sources = {
        source: copied
        for source, targets in _sources(year, editor).items()
        if (copied := [one for one in targets if one.indicator not in taken])
    }
    if not sources:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        source = next(iter(sources))
        if len(sources) > 1:
            source = st.selectbox(
                say("editor.copy_from"), list(sources), width=260, key=f"copy_from_{year}",
                format_func=lambda source: _source_name(source, editor),
            )  # fmt: skip
        document = st.text_input(
            say("editor.copy_document", year=year), key=f"copy_document_{year}", width=420,
            placeholder=say("editor.document_example"),
        )  # fmt: skip
        area, of = source
        own = area == editor.view.area.id
        name = say.name(editor.view.snapshot.area(area).name)
        label = say(
            "editor.copy" if own else "editor.copy_area",
            area=name, year=of if own else sentences.year_name(of, say), count=len(sources[source]),
        )  # fmt: skip
        pressed = st.button(label, key="copy_targets")
    if pressed and not document.strip():
        look.show(f'<p class="fault">{say("editor.fault.document")}</p>')
    elif pressed:
        for target in sources[source]:
            form = TargetForm.of(target)
            here = editor.view.area.id
            editor.edits.add(replace(form, area=here, year=year, document=document.strip()))
        st.rerun()


def _sources(year: int, editor: TargetEditor) -> dict[tuple[str, int], list[Target]]:
    """Return whose targets of which year may be copied: our own of the newest year before, first.

    Those of another area are of the year itself, else of every year, else of the newest before;
    lines that figures are only compared with, and those of synthetic areas, stay among their own.
    """
    view = editor.view
    listed = {view.area.id: list(editor.targets)} | {
        area.id: list(view.snapshot.targets(area.id))
        for area in view.snapshot.areas
        if area.id != view.area.id
        and (area.reference, area.synthetic) == (view.area.reference, view.area.synthetic)
    }
    found = {}
    for id, targets in listed.items():
        years = {target.year for target in targets}
        before = max((one for one in years if 0 < one < year), default=None)
        order = (before,) if id == view.area.id else (year, EVERY_YEAR, before)
        of = next((one for one in order if one in years), None)
        if of is not None:
            found[id, of] = [target for target in targets if target.year == of]
    return found


def _source_name(source: tuple[str, int], editor: TargetEditor) -> str:
    say = editor.say.plain
    area, year = source
    name = say.name(editor.view.snapshot.area(area).name)
    return say("editor.copy_source", area=name, year=sentences.year_name(year, say))
