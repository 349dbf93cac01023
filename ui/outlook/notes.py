"""The small print, and what an area without figures says instead of a verdict."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from data import choices
from forecasting.figures.indicator import AreaKind, Indicator
from forecasting.outlook.outlook import Outlook
from ui.first_steps import checklist
from ui.first_steps.state import StepsDone, progress_of
from ui.frame import address, look, people
from ui.frame.controls import METHOD_PAGE, OVERVIEW_PAGE, UPLOAD_PAGE, View
from ui.language import Speaker, words
from ui.language import format as fmt
from ui.outlook import sentences


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
    say = view.say
    lines = [say("note.computed")]
    if outlook.area.synthetic:
        name = say.name(outlook.area.name)
        lines.append(say("note.synthetic", area=name))
    if outlook.complete:
        some = "_some" if outlook.targets_in_all > len(outlook.counted) else ""
        lines.append(say(f"note.published{some}", year=outlook.year))
    elif outlook.latest is not None:
        key = "note.as_of" if outlook.as_of else "note.as_of_latest"
        period = fmt.as_of(outlook.as_of or outlook.latest, say)
        lines.append(say(key, period=period))
    if view.has_flash:
        lines.append(say("note.flash"))
    if line is not None:
        key = "note.asked_reference" if outlook.area.reference else "note.asked"
        lines.append(say(key, line=fmt.threshold(line)))
    lines.append(_provenance(outlook, view, simulated=judged))
    if publishers := _publishers(view):
        lines.append(say("note.source", publishers=publishers))
    st.divider()
    st.caption(say("format.between_sentences").join(lines))
    with st.container(key="method_link"):
        label = say("note.method")
        st.page_link(METHOD_PAGE, label=label, query_params=address.whole_view())


def _provenance(outlook: Outlook, view: View, *, simulated: bool) -> str:
    """Say what it takes to have the numbers again; only a vintage where none is simulated."""
    say, together = view.say, outlook.all_clear
    if not simulated or together is None or outlook.settled:
        return say("note.provenance_published", vintage=view.snapshot.vintage)
    points = f"{together.error * 100:.1f}"
    small = points == "0.0"
    return say(
        "note.provenance" if len(outlook.counted) > 1 else "note.provenance_one",
        vintage=view.snapshot.vintage,
        seed=outlook.seed,
        error=say("note.error_below" if small else "note.error", error=points),
        independent=fmt.chance(together.independent, say),
        clause=words.common_clause(outlook.counted, say),
    )


def show_synthetic(view: View) -> None:
    """Mark a page of simulated figures that has no other small print."""
    if view.area.synthetic:
        name = view.say.name(view.area.name)
        st.caption(view.say("note.synthetic", area=name))


def show_stamps(view: View) -> None:
    """Say what the figures are on a page that computes with them and has no other small print."""
    show_synthetic(view)
    if view.has_flash:
        st.caption(view.say("note.flash"))


def show_empty(view: View, progress: StepsDone | None = None) -> None:
    """Say what an area without figures needs: which indicators, which form, an example.

    Parameters
    ----------
    progress
        Of the area, where the page shows all of its first steps; any other page leads to the
        next one.
    """
    say = view.say
    area = say.name(view.area.name)
    headline = say("empty.headline", area=area).replace("|", sentences.BREAK)
    st.title(headline, anchor=False)
    st.markdown(say("empty.lead"))
    checklist.show(view, progress)
    if progress is None and (own := progress_of(view)) is not None and own.next is not None:
        checklist.show_link(own.next, view)
    st.header(say("empty.have"), anchor=False)
    st.markdown(say("empty.what"))
    wanted = _wanted(view)
    _show_wanted(wanted, say)
    st.markdown(say("empty.upload"))
    if view.area.reference and people.may_open("upload"):
        with st.container(key="go_on"):
            label = say("empty.to_upload")
            st.page_link(UPLOAD_PAGE, label=label, query_params=address.whole_view())
    st.markdown(say("empty.meanwhile"))
    _show_others(view)


def _wanted(view: View) -> list[Indicator]:
    """Return the indicators with a target; without targets, those every locality reports."""
    catalogue = view.catalogue
    ids = choices.unique(target.indicator for target in view.snapshot.targets(view.area.id))
    return [catalogue[i] for i in ids] or list(catalogue.indicators.values())[:3]


def _show_wanted(wanted: Sequence[Indicator], say: Speaker) -> None:
    st.caption(say("empty.indicators"))
    head = [
        (say("column.indicator"), "l"),
        (say("column.measure"), "l wrap"),
        (say("column.unit"), "l wide"),
        (say("column.basis"), "l wide"),
    ]
    comma = say("format.comma")
    rows = [
        look.cell(words.title(indicator, say.plain), "l strong wrap")
        + look.cell(comma.join(say(f"measure.{m}") for m in indicator.measures), "l wrap")
        + look.cell(say.plain.word("unit", indicator.unit), "l wide")
        + look.cell(words.basis(indicator.basis, say), "l wide")
        for indicator in wanted
    ]
    look.show(look.table(head, rows))


def _show_others(view: View) -> None:
    """Link to the areas that do have figures: the sample zone to practise on, and the nation."""
    filled = view.snapshot.filled
    for area in view.snapshot.areas:
        if area.id in filled and (area.synthetic or area.kind is AreaKind.NATION):
            label = words.area_label(area, view.say)
            st.page_link(OVERVIEW_PAGE, label=label, query_params=address.link_to_area(area.id))


def _publishers(view: View) -> str:
    figures = view.snapshot.figures(view.area.id)
    names = choices.unique(figure.value.publisher for figure in figures)
    shown = [view.say.word("publisher", name) for name in names if name]
    return view.say("format.comma").join(shown)
