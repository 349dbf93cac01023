"""The targets of an area, year by year, edited in place."""

from __future__ import annotations

from dataclasses import replace
from html import escape

import streamlit as st

from data.targets.forms import TargetForm
from forecasting.figures.indicator import Comparator, TargetKey
from ui.frame import look
from ui.language import t, words
from ui.targets import years
from ui.targets.editor import Desk, bases_of, shared_document, target_forms, targets_for


def show(desk: Desk) -> int:
    """Show the targets of a year to be edited, and return the year."""
    language = desk.language
    reference = words.suffix(desk.view.area.reference)
    st.header(t(f"editor.targets{reference}", language), anchor=False)
    st.caption(t("editor.targets_note", language))
    year = years.choose(desk)
    forms = target_forms(desk, year)
    standing = len(targets_for(desk, year)) - sum(form is not None for form in forms.values())
    if standing > 0:
        st.markdown(t(f"editor.standing{reference}", language, count=standing))
    if forms:
        shared = shared_document(forms.values())
        if shared:
            look.show(look.note(t("editor.document_of_all", language, document=shared)))
        with st.container(key="target_rows", gap=None):
            for slot in sorted(forms, key=lambda slot: desk.view.catalogue[slot[1]].order):
                _show_row(slot, forms[slot], shared, desk)
    elif not standing:
        st.markdown(t(f"editor.no_targets{reference}", language))
    years.show_adding(forms, year, desk)
    years.show_copying(forms, year, desk)
    return year


def _show_row(slot: TargetKey, form: TargetForm | None, shared: str, desk: Desk) -> None:
    with st.container(key=desk.key("row", slot), gap=None):
        with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
            with st.container(key=desk.key("name", slot), width=200):
                look.show(f'<p class="name">{escape(_name(slot, desk))}</p>')
            if form is None:
                _show_removed(slot, desk)
                return
            form = _typed(slot, form, desk)
            form = _show_more(slot, form, desk)
            with st.container():
                look.show(look.note(_note(slot, form, shared, desk)))
        desk.put(slot, form)
        desk.places[slot] = st.container()


def _show_removed(slot: TargetKey, desk: Desk) -> None:
    stored = desk.stored_form(slot)
    assert isinstance(stored, TargetForm)
    told = t("editor.removed", desk.language, old=words.clause(stored.entry(), desk.language))
    look.show(look.note(told), content_wide=True)
    if st.button(t("editor.keep", desk.language), key=desk.key("keep", slot), type="tertiary"):
        desk.renew(slot, stored)


def _typed(slot: TargetKey, form: TargetForm, desk: Desk) -> TargetForm:
    """Show the rule and the line in place, and return the form as it is typed."""
    language = desk.language
    values = {"name": _name(slot, desk)}
    rules = list(Comparator)
    comparator = st.selectbox(
        t("editor.rule_of", language, **values), rules, rules.index(form.comparator),
        format_func=lambda rule: t(f"editor.rule.{Comparator(rule).name.lower()}", language),
        key=desk.key("rule", slot), label_visibility="collapsed", width=118,
    )  # fmt: skip
    threshold = st.number_input(
        t("editor.line_of", language, **values), value=form.threshold, step=0.5, format="%g",
        key=desk.key("threshold", slot), label_visibility="collapsed", width=120,
    )  # fmt: skip
    st.markdown("%", width="content")
    tolerance = form.tolerance
    if comparator is Comparator.ABOUT:
        st.markdown("±", width="content")
        tolerance = st.number_input(
            t("editor.tolerance_of", language, **values), value=form.tolerance, step=0.5,
            format="%g", key=desk.key("tolerance", slot), label_visibility="collapsed", width=110,
            placeholder=t("editor.tolerance", language),
        )  # fmt: skip
    return replace(form, comparator=comparator, threshold=threshold, tolerance=tolerance)


def _show_more(slot: TargetKey, form: TargetForm, desk: Desk) -> TargetForm:
    """Show what is seldom edited, behind a button, and return the form as it is typed."""
    language, stored = desk.language, desk.stored_form(slot)
    with st.popover(t("editor.more", language), key=desk.key("more", slot)):
        document = st.text_input(
            t("editor.document", language), form.document, key=desk.key("document", slot),
            placeholder=t("editor.document_example", language),
        )  # fmt: skip
        counts = st.checkbox(
            t("editor.counts", language), form.counts, key=desk.key("counts", slot)
        )
        bases = bases_of(form.indicator, desk, form.basis)
        basis = form.basis
        if len(bases) > 1:
            basis = st.selectbox(
                t("editor.basis", language), bases, bases.index(form.basis),
                format_func=lambda basis: words.basis(basis, language),
                key=desk.key("basis", slot),
            )  # fmt: skip
        with st.container(horizontal=True):
            if stored not in (None, form) and st.button(
                t("editor.restore", language), key=desk.key("restore", slot)
            ):
                desk.renew(slot, stored)
            if st.button(t("editor.remove", language), key=desk.key("remove", slot)):
                desk.renew(slot, None)
    return replace(form, document=document, counts=counts, basis=basis)


def _note(slot: TargetKey, form: TargetForm, shared: str, desk: Desk) -> str:
    """Say what is not the usual of a target, and what it was where it is edited."""
    language, stored = desk.language, desk.stored_form(slot)
    told = []
    if stored is None:
        told.append(t("editor.new", language))
    elif isinstance(stored, TargetForm) and stored != form:
        told.append(t("editor.was", language, old=words.clause(stored.entry(), language)))
    if form.basis != desk.view.catalogue[form.indicator].basis:
        told.append(words.basis(form.basis, language))
    if not form.counts:
        told.append(t("editor.not_counted", language))
    if form.document.strip() and form.document != shared:
        told.append(t("editor.document_is", language, document=form.document.strip()))
    return t("format.comma_in_sentence", language).join(told)


def _name(slot: TargetKey, desk: Desk) -> str:
    return words.title(desk.view.catalogue[slot[1]], desk.language)
