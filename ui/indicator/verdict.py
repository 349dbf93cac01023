"""The verdict of one indicator: its sentence, fan and weights, with and without outliers."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from forecasting.history.history import History, quarters_after_gap
from forecasting.history.shares import ShareSource
from forecasting.models.predictive import ModelReport, OutlierKind
from forecasting.outlook.outlook import Excluded, Outlook, Verdict
from forecasting.outlook.question import figures_until_cut
from ui.frame import controls, look
from ui.frame.controls import Selection, View
from ui.indicator import history, model
from ui.language import Speaker, words
from ui.language import format as fmt
from ui.outlook import sentences, untargeted
from ui.outlook.panels import show_large_fan


def choose_indicator(outlook: Outlook, view: View) -> Verdict | Excluded | History | None:
    """Show the picker of an indicator; None where the area has neither target nor history.

    Of an indicator without a target there is a history alone. A reference area, which has
    dozens, offers those only where it has no line at all.
    """
    targeted: list[Verdict | Excluded] = [*outlook.verdicts, *outlook.excluded]
    entries: dict[str, Verdict | Excluded | History] = {
        entry.target.indicator: entry for entry in targeted
    }
    if not (targeted and view.area.reference):
        entries |= untargeted.histories_of(view, entries)
    if not entries:
        return None
    catalogue, say = view.catalogue, view.say
    ids = sorted(entries, key=lambda indicator: catalogue[indicator].order)
    chosen = controls.pick_indicator(
        ids, lambda indicator: say.plain.name(catalogue[indicator].name), say
    )
    return entries[chosen or ids[0]]


def show_verdict(verdict: Verdict, outlook: Outlook, view: View, asked: Selection) -> None:
    """Show sentence, fan, pace, history, model, errors, outliers and weights."""
    say = view.say
    st.title(sentences.indicator_title(verdict, outlook.year, say), anchor=False)
    st.markdown(sentences.verdict_sentence(verdict, outlook.year, say))
    supports = [
        sentences.pace_support(verdict, say),
        sentences.base_effect(verdict, say),
        sentences.short_histories([verdict], say),
        _after_gap(verdict, outlook, view),
    ]
    for support in filter(None, supports):
        st.markdown(support)
    _show_fan(verdict, outlook, say)
    outliers = verdict.model.outliers if verdict.model else ()
    history.show(verdict.history, verdict.target.threshold, outliers, view)
    if verdict.model is None:
        st.header(say("model.title"), anchor=False)
        st.markdown(say("model.published"))
    else:
        model.show_model(verdict, verdict.model, view)
        model.show_errors(verdict, verdict.model, view)
        show_outliers(verdict, verdict.model, view, asked)
    _show_weights(verdict, outlook.year, say)
    if asked.threshold is None:
        key = "indicator.line_source" if outlook.area.reference else "indicator.target_source"
        document = words.document(verdict.target, say)
        st.caption(say(key, document=document))


def show_excluded(entry: Excluded, outlook: Outlook, view: View) -> None:
    """Show why an indicator has no verdict, and the history it has all the same."""
    say = view.say
    name = say.name(view.catalogue[entry.target.indicator].name)
    st.title(name, anchor=False)
    reason = sentences.excluded(entry, outlook.year, say)
    st.markdown(say("indicator.without_history", name=name, reason=reason))
    if entry.history is not None:
        history.show(entry.history, entry.target.threshold, (), view)
    else:
        history.show_months(entry.target.indicator, view)


def show_untargeted(past: History, year: int, view: View) -> None:
    """Show the history of an indicator that has no target, and lead to targets."""
    say, indicator = view.say, past.indicator
    name = say.name(indicator.name)
    st.title(untargeted.latest_growth(past, say, named=name), anchor=False)
    reference = words.suffix(view.area.reference)
    st.markdown(say(f"indicator.untargeted{reference}", name=name, year=year))
    untargeted.show_way_to_targets(view)
    history.show(past, None, (), view)


def _after_gap(verdict: Verdict, outlook: Outlook, view: View) -> str:
    """Say which quarters' own growth is not used, for that of one before is missing."""
    history, say = verdict.history, view.say
    known = figures_until_cut(
        filter(verdict.target.is_about, view.snapshot.observations(view.area.id)),
        outlook.year,
        outlook.as_of,
    )
    quarters = quarters_after_gap(history, known)
    if not quarters:
        return ""
    names = say("format.comma").join(fmt.single_quarter(quarter, say) for quarter in quarters)
    missing = fmt.single_quarter(history.origin + 1, say)
    return say("indicator.after_gap", quarters=names, missing=missing)


def _show_fan(verdict: Verdict, outlook: Outlook, say: Speaker) -> None:
    st.header(say("indicator.fan"), anchor=False)
    note = "indicator.fan_note_published" if verdict.complete else "indicator.fan_note"
    st.caption(say(note))
    picture, numbers = st.columns([1.5, 1], gap="large", vertical_alignment="center")
    with picture:
        show_large_fan(verdict, outlook, say)
    with numbers:
        _show_fan_table(verdict, say)


def _show_fan_table(verdict: Verdict, say: Speaker) -> None:
    if not verdict.fan:
        return
    head = [
        (say("column.period"), "l"),
        (say("column.median"), ""),
        *((say(f"overview.legend_{level}"), "") for level in (50, 80, 95)),
    ]
    rows = []
    for point in verdict.fan:
        q = point.quantiles
        spans = ((q.q25, q.q75), (q.q10, q.q90), (q.q025, q.q975))
        rows.append(
            look.cell(fmt.span(point.quarter.quarter, say), "l")
            + look.cell(fmt.figure(q.median), "strong")
            + "".join(look.range_cell(low, high, say) for low, high in spans)
        )
    look.show(look.table(head, rows))


def _show_weights(verdict: Verdict, year: int, say: Speaker) -> None:
    st.header(say("indicator.weights"), anchor=False)
    shares = verdict.history.shares[year - 1]
    source = say(f"shares.{ShareSource(shares.source)}")
    st.markdown(say("indicator.weights_note", year=year, source=source))
    head = [(say(f"period.quarter_name.{k}"), "") for k in (1, 2, 3, 4)]
    row = "".join(look.cell(fmt.figure(share * 100)) for share in shares.values)
    name = look.cell(say("column.share"), "l")
    look.show(look.table([(say("column.quarter"), "l"), *head], [name + row]))


def show_outliers(verdict: Verdict, model: ModelReport, view: View, asked: Selection) -> None:
    """Show each outlier with its size, and on request what the forecast is without any."""
    say = view.say
    st.header(say("indicator.outliers"), anchor=False)
    if not model.outliers:
        st.markdown(say("indicator.no_outliers"))
        return
    kinds = {outlier.kind for outlier in model.outliers}
    found = kinds - {OutlierKind.DEFINITION}
    notes = [say("indicator.outliers_note")] if found else []
    if OutlierKind.DEFINITION in kinds:
        notes.append(say("indicator.definition_note"))
    st.caption(say("format.between_sentences").join(notes))
    look.show(_outlier_table(model, say))
    if found and controls.pick_without_outliers(say):
        without = controls.outlook_of(view, asked, outliers=False)
        _show_both(verdict, without, view)


def _outlier_table(model: ModelReport, say: Speaker) -> str:
    head = [(say("column.quarter"), "l"), (say("column.kind"), "l"), (say("column.size"), "")]
    rows = (
        look.cell(fmt.single_quarter(outlier.quarter, say), "l wrap")
        + look.cell(say(f"outlier.{outlier.kind}"), "l")
        + look.cell(fmt.figure(outlier.size))
        for outlier in model.outliers
    )
    return look.table(head, rows)


def _show_both(official: Verdict, outlook: Outlook, view: View) -> None:
    """Show the official answer beside the one without looking for outliers."""
    say = view.say
    without = next(v for v in outlook.verdicts if v.target == official.target)
    chance = "column.likelihood" if view.area.reference else "column.probability"
    cells: list[tuple[str, Callable[[Verdict], str]]] = [
        (chance, lambda v: look.cell(fmt.probability(v.probability), "strong")),
        ("column.expected_growth", lambda v: look.cell(fmt.percent(v.quantiles.median))),
        ("column.interval", lambda v: look.range_cell(v.quantiles.q10, v.quantiles.q90, say)),
    ]
    head = [
        ("", "l"),
        (say("indicator.with_outliers"), "wrap"),
        (say("indicator.without_outliers"), "wrap"),
    ]
    rows = (
        look.cell(say(key), "l wrap keep") + cell(official) + cell(without) for key, cell in cells
    )
    st.markdown(say("indicator.official"))
    look.show(look.table(head, rows))
