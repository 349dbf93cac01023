"""The small print, and what an area without figures says instead of a verdict."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from forecasting.figures.indicator import AreaKind, Indicator
from forecasting.outlook.outlook import Outlook
from ui.frame import address, choices, look
from ui.frame.controls import METHOD_PAGE, OVERVIEW_PAGE, UPLOAD_PAGE, View
from ui.language import Language, t, words
from ui.language import format as fmt
from ui.language.markdown import literal
from ui.outlook import headlines, sentences


def show_small_print(
    outlook: Outlook, view: View, line: float | None, *, judged: bool = True
) -> None:
    """Say what the page is and is not, and how its numbers can be had again.

    Parameters
    ----------
    line
        The one that the reader typed.
    judged
        Whether the page shows anything simulated.
    """
    language = view.language
    lines = [t("note.computed", language)]
    if outlook.area.synthetic:
        name = words.name(outlook.area.name, language)
        lines.append(t("note.synthetic", language, area=name))
    if outlook.complete:
        some = "_some" if outlook.targets_in_all > len(outlook.counted) else ""
        lines.append(t(f"note.published{some}", language, year=outlook.year))
    elif outlook.latest is not None:
        key = "note.as_of" if outlook.as_of else "note.as_of_latest"
        period = fmt.as_of(outlook.as_of or outlook.latest, language)
        lines.append(t(key, language, period=period))
    if view.has_flash:
        lines.append(t("note.flash", language))
    if line is not None:
        key = "note.asked_reference" if outlook.area.reference else "note.asked"
        lines.append(t(key, language, line=fmt.threshold(line)))
    lines.append(_provenance(outlook, view, simulated=judged))
    if publishers := _publishers(view):
        lines.append(t("note.source", language, publishers=publishers))
    st.divider()
    st.caption(t("format.between_sentences", language).join(lines))
    with st.container(key="method_link"):
        label = t("note.method", language)
        st.page_link(METHOD_PAGE, label=label, query_params=address.whole_view())


def _provenance(outlook: Outlook, view: View, *, simulated: bool) -> str:
    """Say what it takes to have the numbers again; only a vintage where none is simulated."""
    language, together = view.language, outlook.all_clear
    if not simulated or together is None or headlines.settled(outlook):
        return t("note.provenance_published", language, vintage=view.snapshot.vintage)
    points = f"{together.error * 100:.1f}"
    small = points == "0.0"
    return t(
        "note.provenance" if len(outlook.counted) > 1 else "note.provenance_one",
        language,
        vintage=view.snapshot.vintage,
        seed=outlook.seed,
        error=t("note.error_below" if small else "note.error", language, error=points),
        independent=fmt.chance(together.independent, language),
        clause=words.common_clause(outlook.counted, language),
    )


def show_synthetic(view: View) -> None:
    """Mark a page of simulated figures that has no other small print."""
    if view.area.synthetic:
        name = words.name(view.area.name, view.language)
        st.caption(t("note.synthetic", view.language, area=name))


def show_stamps(view: View) -> None:
    """Say what the figures are on a page that computes with them and has no other small print."""
    show_synthetic(view)
    if view.has_flash:
        st.caption(t("note.flash", view.language))


def show_empty(view: View) -> None:
    """Say what an area without figures needs: which indicators, which form, an example."""
    language = view.language
    area = words.name(view.area.name, language)
    headline = t("empty.headline", language, area=area).replace("|", sentences.BREAK)
    st.title(headline, anchor=False)
    st.markdown(t("empty.lead", language))
    st.header(t("empty.have", language), anchor=False)
    st.markdown(t("empty.what", language))
    wanted = _wanted(view)
    _show_wanted(wanted, language)
    st.markdown(t("empty.upload", language))
    with st.container(key="go_on"):
        label = t("empty.to_upload", language)
        st.page_link(UPLOAD_PAGE, label=label, query_params=address.whole_view())
    st.markdown(t("empty.meanwhile", language))
    _show_others(view)


def _wanted(view: View) -> list[Indicator]:
    """Return the indicators with a target; without targets, those every locality reports."""
    catalogue = view.catalogue
    ids = choices.unique(target.indicator for target in view.snapshot.targets(view.area.id))
    return [catalogue[i] for i in ids] or list(catalogue.indicators.values())[:3]


def _show_wanted(wanted: Sequence[Indicator], language: Language) -> None:
    st.caption(t("empty.indicators", language))
    head = [
        (t("column.indicator", language), "l"),
        (t("column.measure", language), "l wrap"),
        (t("column.unit", language), "l wide"),
        (t("column.basis", language), "l wide"),
    ]
    comma = t("format.comma", language)
    rows = [
        look.cell(words.plain_title(indicator, language), "l strong wrap")
        + look.cell(comma.join(words.measure(m, language) for m in indicator.measures), "l wrap")
        + look.cell(words.unit(indicator.unit, language), "l wide")
        + look.cell(words.basis(indicator.basis, language), "l wide")
        for indicator in wanted
    ]
    look.show(look.table(head, rows))


def _show_others(view: View) -> None:
    """Link to the areas that do have figures: the sample zone to practise on, and the nation."""
    filled = view.snapshot.filled
    for area in view.snapshot.areas:
        if area.id in filled and (area.synthetic or area.kind is AreaKind.NATION):
            label = words.area_label(area, view.language)
            st.page_link(OVERVIEW_PAGE, label=label, query_params=address.link_to_area(area.id))


def _publishers(view: View) -> str:
    figures = view.snapshot.figures(view.area.id)
    names = choices.unique(figure.value.publisher for figure in figures)
    shown = [literal(words.publisher(name, view.language)) for name in names if name]
    return t("format.comma", view.language).join(shown)
