"""The opening of a track record: the years judged, sentence, number and picture."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from forecasting.record.backtest import Case
from forecasting.record.record import FEWEST_ANSWERS, Bin, Period, Record, record_of
from ui.charts.reliability import reliability_data, reliability_spec
from ui.frame import address, choices, look, pickers
from ui.frame.shell import View
from ui.language import Language, t, words
from ui.language import format as fmt
from ui.outlook import sentences
from ui.record import sentences as said


def judge_years(view: View, threshold: float | None) -> list[Case]:
    """Judge every year that can be, with a bar that says how far it is."""
    years = view.snapshot.track_years(view.area.id)
    cases: list[Case] = []
    bar = st.empty()
    for done, year in enumerate(years, start=1):
        text = t("track.progress", view.language, year=year, done=done, total=len(years))
        bar.progress((done - 1) / len(years), text=text)
        cases += view.snapshot.cases(view.area.id, year, threshold)
    bar.empty()
    return cases


def choose_record(
    cases: Sequence[Case], view: View, place: st.delta_generator.DeltaGenerator
) -> Record:
    """Show the picker of an indicator in its place and return the record, of it or of all."""
    catalogue, language = view.catalogue, view.language
    ids = choices.unique(case.verdict.indicator_id for case in cases)
    ids.sort(key=lambda indicator: catalogue[indicator].order)
    if not ids:
        return record_of(())
    with place:
        chosen = pickers.choose_indicator(
            ids, lambda i: words.name(catalogue[i].name, language), language, every=True
        )
    return record_of(case for case in cases if chosen in (None, case.verdict.indicator_id))


def show_nothing(view: View, threshold: float | None) -> None:
    """Say what an area lacks that no year of it can be judged."""
    language, area = view.language, words.name(view.area.name, view.language)
    st.title(t("track.nothing", language, area=area).replace("|", sentences.BREAK), anchor=False)
    asked = threshold is not None or view.snapshot.targets(view.area.id)
    st.markdown(t("track.nothing_lead" if asked else "track.no_targets", language, area=area))


def show_headline(record: Record, view: View) -> None:
    """Show the sentence, and what the judgements gain on the simple forecast."""
    assert record.every is not None
    left, right = st.columns([1.85, 1], gap="large")
    with left:
        st.title(said.headline(record, record.every, view.area, view.language), anchor=False)
    leading = record.calm or record.shock
    if leading is not None and leading.bins:
        with right:
            look.show(_number(record, leading, view.language), "number")


def show_picture(record: Record, view: View) -> None:
    """Show reliability, the shock years apart; too few judgements are told, not drawn."""
    language = view.language
    if record.every is None or not record.every.bins:
        return
    clause = said.clause_of(record.every.answers, language)
    chance = said.chance_word(view.area, language)
    st.header(t("track.picture", language), anchor=False)
    st.caption(t("track.picture_note", language, chance=chance, clause=clause))
    labels = {"calm": said.calm_label(record, language), "shock": said.shock_label(language)}
    for name, period in (("calm", record.calm), ("shock", record.shock)):
        if period is not None:
            _show_period(name, period, labels[name], view)


def _show_period(name: str, period: Period, label: str, view: View) -> None:
    language, synthetic = view.language, view.area.synthetic
    count = period.scores.count
    if not period.bins:
        few = {"period": label, "count": count, "fewest": FEWEST_ANSWERS}
        st.markdown(t("track.picture_few", language, **few))
        return
    st.markdown(f"**{label}**")
    picture, numbers = st.columns([1.5, 1], gap="medium", vertical_alignment="center")
    with picture:
        st.vega_lite_chart(
            reliability_data(period.bins, language, synthetic=synthetic),
            reliability_spec(dark=address.dark()),
            key=f"reliability_{name}_{'dark' if address.dark() else 'light'}",
            theme=None,
            alt=said.picture_alt(period, label, view.area, language),
        )
    with numbers:
        look.show(_bins(period.bins, language))


def _bins(bins: Sequence[Bin], language: Language) -> str:
    """Return the table of the dots, from the least to the most likely."""
    head = [
        (t("column.said", language), "l"),
        *((t(f"column.{name}", language), "") for name in ("count", "observed", "interval_95")),
    ]
    rows = (
        look.cell(said.bin_label(bin, language), "l")
        + look.cell(str(bin.count))
        + look.cell(fmt.share(bin.observed), "strong")
        + look.cell(fmt.share_interval(bin.lower, bin.upper, language))
        for bin in bins
    )
    return look.table(head, rows)


def _number(record: Record, leading: Period, language: Language) -> str:
    """Return the number in words: better or worse than the simple forecast, and how much."""
    shock = said.shock_label(language)
    label = said.calm_label(record, language) if record.calm else shock
    skill, count = leading.scores.on_simple, leading.scores.count
    lines = [t("track.number_note", language, period=label, count=count)]
    if record.calm and record.shock:
        other = record.shock.scores
        words_of = {"skill": said.skill(other.on_simple, language)}
        words_of["size"] = said.size(other.on_simple, language)
        lines.append(t("track.number_shock", language, period=shock, count=other.count, **words_of))
    return (
        f'<div><p class="cheng" lang="{language}">{said.skill(skill, language)}</p>'
        f'<p class="exact">{said.size(skill, language)}</p>'
        f'<p class="note">{"<br>".join(lines)}</p></div>'
    )
