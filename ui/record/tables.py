"""The track record on its page: its sentence and picture, scores, judged years and issues."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from math import fsum
from statistics import fmean

import streamlit as st

from data import choices
from data.issues.past import Past, past_issues
from data.plan.plan_scenario import plan_scenario
from forecasting.issues.outcome import Outcome
from forecasting.issues.snapshot import Apart
from forecasting.models.pool import ENGINE
from forecasting.record.backtest import BacktestCase
from forecasting.record.record import ComparedCase, Record, ScoredYears, record_of
from forecasting.record.reliability import FEWEST_ANSWERS, Bin
from forecasting.record.scores import SHOCK_YEARS
from forecasting.scenario.realisation import KnownOutcome, known_outcomes
from forecasting.scenario.reference_class import PRIOR, RateKey
from ui.charts.figures import bin_figures
from ui.charts.reliability import reliability_data, reliability_spec
from ui.frame import address, cache, controls, look, page_files
from ui.frame.columns import Column, table
from ui.frame.controls import View
from ui.issues import state
from ui.language import Speaker, words
from ui.language import format as fmt
from ui.outlook import sentences
from ui.outlook.sentences import BREAK
from ui.record import sentences as said
from ui.record.sentences import KnownPlans


def judge_years(view: View, threshold: float | None) -> list[BacktestCase]:
    """Judge every year that can be, with a bar that says how far it is."""
    years = view.snapshot.track_years(view.area.id)
    cases: list[BacktestCase] = []
    bar = st.empty()
    for done, year in enumerate(years, start=1):
        text = view.say("track.progress", year=year, done=done, total=len(years))
        bar.progress((done - 1) / len(years), text=text)
        cases += view.snapshot.cases(view.area.id, year, threshold)
    bar.empty()
    return cases


def choose_record(
    cases: Sequence[BacktestCase], view: View, place: st.delta_generator.DeltaGenerator
) -> Record:
    """Show the picker of an indicator in its place and return the record, of it or of all."""
    catalogue, say = view.catalogue, view.say
    ids = choices.unique(case.verdict.indicator_id for case in cases)
    ids.sort(key=lambda indicator: catalogue[indicator].order)
    if not ids:
        return record_of(())
    with place:
        chosen = controls.pick_indicator(
            ids, lambda i: say.plain.name(catalogue[i].name), say, every=True
        )
    return record_of(case for case in cases if chosen in (None, case.verdict.indicator_id))


def show_nothing(view: View, threshold: float | None) -> None:
    """Say what an area lacks that no year of it can be judged."""
    say, area = view.say, view.say.name(view.area.name)
    st.title(say("track.nothing", area=area).replace("|", sentences.BREAK), anchor=False)
    asked = threshold is not None or view.snapshot.targets(view.area.id)
    st.markdown(say("track.nothing_lead" if asked else "track.no_targets", area=area))


def show_headline(record: Record, view: View) -> None:
    """Show the sentence, and what the judgements gain on the simple forecast."""
    assert record.every is not None
    left, right = st.columns([1.85, 1], gap="large")
    with left:
        st.title(said.headline(record, record.every, view.area, view.say), anchor=False)
    leading = record.calm or record.shock
    if leading is not None and leading.bins:
        with right:
            look.show(_record_number(record, leading, view.say), "number")


def show_picture(record: Record, view: View) -> None:
    """Show reliability, the shock years apart; too few judgements are told, not drawn."""
    say = view.say
    if record.every is None or not record.every.bins:
        return
    clause = said.clause_of(record.every.answers, say)
    chance = said.chance_word(view.area, say)
    st.header(say("track.picture"), anchor=False)
    st.caption(say("track.picture_note", chance=chance, clause=clause))
    labels = {"calm": said.calm_label(record, say), "shock": said.shock_label(say)}
    for name, period in (("calm", record.calm), ("shock", record.shock)):
        if period is not None:
            _show_period(name, period, labels[name], view)


def _show_period(name: str, period: ScoredYears, label: str, view: View) -> None:
    say, synthetic = view.say, view.area.synthetic
    count = period.scores.count
    if not period.bins:
        few = {"period": label, "count": count, "fewest": FEWEST_ANSWERS}
        st.markdown(say("track.picture_few", **few))
        return
    st.markdown(f"**{label}**")
    picture, numbers = st.columns([1.5, 1], gap="medium", vertical_alignment="center")
    with picture:
        page_files.chart(
            reliability_data(period.bins, say, synthetic=synthetic),
            reliability_spec(dark=address.dark()),
            bin_figures(period.bins, f"{say('track.picture')} {label}", say),
            key=f"reliability_{name}_{'dark' if address.dark() else 'light'}",
            alt=said.picture_alt(period, label, view.area, say.plain),
        )
    with numbers:
        look.show(_bins(period.bins, say))


def _bins(bins: Sequence[Bin], say: Speaker) -> str:
    """Return the table of the dots, from the least to the most likely."""
    head = [
        (say("column.said"), "l"),
        *((say(f"column.{name}"), "") for name in ("count", "observed", "interval_95")),
    ]
    rows = (
        look.cell(said.bin_label(bin, say), "l")
        + look.cell(str(bin.count))
        + look.cell(fmt.share(bin.observed), "strong")
        + look.cell(fmt.share_interval(bin.lower, bin.upper, say))
        for bin in bins
    )
    return look.table(head, rows)


def _record_number(record: Record, leading: ScoredYears, say: Speaker) -> str:
    """Return the number in words: better or worse than the simple forecast, and how much."""
    shock = said.shock_label(say)
    label = said.calm_label(record, say) if record.calm else shock
    skill, count = leading.scores.on_simple, leading.scores.count
    lines = [say("track.number_note", period=label, count=count)]
    if record.calm and record.shock and record.shock.bins:
        other = record.shock.scores
        words_of = {"skill": said.skill(other.on_simple, say)}
        words_of["size"] = said.size(other.on_simple, say)
        lines.append(say("track.number_shock", period=shock, count=other.count, **words_of))
    return (
        f'<div><p class="cheng long" lang="{say.language}">{said.skill(skill, say)}</p>'
        f'<p class="exact">{said.size(skill, say)}</p>'
        f'<p class="note">{"<br>".join(lines)}</p></div>'
    )


COLUMNS = 2


def show_scores(record: Record, view: View) -> None:
    """Show Brier scores of the judgements and of two simple methods, shock years apart.

    A period of too few judgements has no row: its skill would be an accident.
    """
    say = view.say
    labels = (said.calm_label(record, say), said.shock_label(say))
    periods = zip(labels, (record.calm, record.shock), strict=True)
    rows = [
        _score_row(label, period, say)
        for label, period in periods
        if period is not None and period.bins
    ]
    if record.every is None or not rows:
        return
    clause = said.clause_of(record.every.answers, say)
    st.header(say("track.scores"), anchor=False)
    st.caption(say("track.scores_note", clause=clause))
    head = [
        (say("column.period_of_years"), "l"),
        (say("column.count"), ""),
        (say("column.issued"), ""),
        (say("column.simple"), "wide"),
        (say("column.frequency"), "wide"),
        *(
            (say(f"column.on_{name}").replace("|", BREAK), "wrap")
            for name in ("simple", "frequency")
        ),
    ]
    look.show(look.table(head, rows))


def _score_row(label: str, period: ScoredYears, say: Speaker) -> str:
    scores = period.scores
    return (
        look.cell(label, "l strong")
        + look.cell(str(scores.count))
        + look.cell(f"{scores.issued:.3f}", "strong")
        + look.cell(f"{scores.simple:.3f}", "wide")
        + look.cell(f"{scores.frequency:.3f}", "wide")
        + look.cell(said.gain(scores.on_simple, say))
        + look.cell(said.gain(scores.on_frequency, say))
    )


def show_years(record: Record, view: View) -> None:
    """Show one table for each indicator: what was said at each origin, and what came."""
    say = view.say
    clause = said.clause_of(record.answers, say)
    chance = said.chance_word(view.area, say)
    st.header(say("track.years"), anchor=False)
    st.caption(say("track.years_note", chance=chance, clause=clause))
    ids = choices.unique(answer.case.verdict.indicator_id for answer in record.answers)
    tables = [[a for a in record.answers if a.case.verdict.indicator_id == i] for i in ids]
    for start in range(0, len(tables), COLUMNS):
        cells = st.columns(COLUMNS, gap="large")
        for cell, answers in zip(cells, tables[start : start + COLUMNS], strict=False):
            with cell, st.container(gap="xsmall"):
                indicator = answers[0].case.verdict.history.indicator
                st.markdown(f"**{words.title(indicator, say)}**")
                look.show(_year_table(answers, say))
        st.space("small")


def _year_table(answers: Sequence[ComparedCase], say: Speaker) -> str:
    """Return one row for each year, the newest first; shock years stand apart, below."""
    head = [
        (say("column.year"), "l"),
        (say("column.start"), ""),
        *((fmt.span(quarter, say), "") for quarter in (1, 2, 3)),
        (say("column.published"), "wrap"),
    ]
    years = sorted({answer.case.year for answer in answers}, reverse=True)
    rows = {
        year: _year_row(year, [a for a in answers if a.case.year == year], say) for year in years
    }
    shown = [row for year, row in rows.items() if year not in SHOCK_YEARS]
    apart = [row for year, row in rows.items() if year in SHOCK_YEARS]
    if apart and shown:
        label = say("track.apart", period=said.shock_label(say))
        apart.insert(0, f'<td class="l note" colspan="{len(head)}">{label}</td>')
    return look.table(head, shown + apart)


def _year_row(year: int, answers: Sequence[ComparedCase], say: Speaker) -> str:
    by_origin = {answer.case.origin_quarter: answer.case for answer in answers}
    missing = say("format.missing")
    cells = [
        look.cell(fmt.probability(by_origin[k].verdict.probability) if k in by_origin else missing)
        for k in range(4)
    ]
    return look.cell(str(year), "l") + "".join(cells) + _outcome(answers[0], say)


def _outcome(answer: ComparedCase, say: Speaker) -> str:
    """Return the published growth with ✓ or ✗ in ink; the caption says what they mean."""
    case = answer.case
    if case.outcome is None:
        return look.cell(say("format.missing"))
    mark = f'<span class="mark">{"✓" if case.met else "✗"}</span>'
    return f'<td class="strong">{escape(fmt.figure(case.outcome))}{mark}</td>'


def show_small_print(view: View) -> None:
    """Say how the record was made, and what it cannot show."""
    say = view.say
    lines = [say("note.computed")]
    if view.area.synthetic:
        lines.append(say("note.synthetic", area=say.name(view.area.name)))
    lines.append(say("track.not_issued", engine=ENGINE))
    lines.append(say("note.provenance_published", vintage=view.snapshot.vintage))
    st.divider()
    st.caption(say("format.between_sentences").join(lines))


def show_issues(view: View) -> None:
    """Show every issue of the area beside what came of it; a year that runs has no score."""
    say = view.say
    st.header(say("track_issues.title"), anchor=False)
    found = past_issues(view.area.id, view.snapshot)
    if not found:
        st.markdown(say("track_issues.none"))
        return
    st.caption(say("track_issues.note"))
    st.markdown(_sum(found, say))
    look.show(_issues_table(found, view))


def show_plans(view: View) -> None:
    """Show what the projects of the plan's scenario were to do, what was expected and what came."""
    name, plans = known_plans(view)
    if not plans:
        return
    say = view.say
    st.header(say("track_plans.title"), anchor=False)
    st.caption(say("track_plans.note", name=say.verbatim(name)))
    st.markdown(said.plans_line(plans, say))
    columns: list[Column[KnownPlans]] = [
        Column(
            say("realisation.reference"), "l wrap", lambda one: say(f"reference_class.{one.key[0]}")
        ),
        Column(say("track_plans.what"), "l wrap", lambda one: say(f"rate_quantity.{one.key[1]}")),
        Column(say("track_plans.planned"), "wide", lambda one: said.plans_amount(one, 1.0, say)),
        Column(
            say("track_plans.expected"),
            "wide",
            lambda one: said.plans_amount(one, one.expected, say),
        ),
        Column(say("track_plans.came"), "", lambda one: said.plans_amount(one, one.came, say)),
        Column(say("track_plans.share"), "", lambda one: fmt.share(one.came)),
    ]
    look.show(table(columns, plans))


def known_plans(view: View) -> tuple[str, list[KnownPlans]]:
    """Return the name of the plan's scenario and what is known of its projects, by class.

    The plan is that of the newest year with a saved scenario, so that what came of a year is still
    told while the next one has none.
    """
    listed, span = cache.store().scenarios.listed(view.area.id), view.snapshot.span(view.area.id)
    if not listed or span is None:
        return "", []
    planned = plan_scenario(view, max(saved.year for saved in listed))
    by_key: dict[RateKey, list[KnownOutcome]] = {}
    for outcome in known_outcomes(planned.scenario.projects, span[1] + 1):
        by_key.setdefault((outcome.reference, outcome.quantity), []).append(outcome)
    return planned.name, [
        KnownPlans(
            key,
            len(outcomes),
            fsum(one.planned for one in outcomes),
            PRIOR[key][0].expected,
            fsum(one.planned * one.came for one in outcomes)
            / fsum(one.planned for one in outcomes),
        )
        for key, outcomes in sorted(by_key.items(), key=lambda item: list(PRIOR).index(item[0]))
    ]


def _scored(past: Past) -> Outcome | None:
    """Return what came of an issue that counts, once its year is over."""
    over = past.outcome is not None and past.outcome.together is not None
    return past.outcome if over and past.apart is None else None


def _sum(found: Sequence[Past], say: Speaker) -> str:
    """Say how the issues did: the mean is over verdicts, of which issues hold more or fewer."""
    scored = [came for past in found if (came := _scored(past)) is not None]
    errors = [error for came in scored for error in came.errors.values()]
    if not errors:
        return say("track_issues.open", count=len(found))
    return say(
        "track_issues.sum",
        count=len(found),
        scored=len(scored),
        met=sum(came.together is True for came in scored),
        verdicts=len(errors),
        score=f"{fmean(errors):.3f}",
    )


def _issues_table(found: Sequence[Past], view: View) -> str:
    say = view.say
    kind = "reference" if view.area.reference else "verdict"
    head = [
        (say("report.record_number"), "l wrap"),
        (say("report.record_date"), "l"),
        (say("report.record_year"), "wide"),
        (say(f"report.chance.{kind}"), "wrap"),
        (say("report.record_came"), "l"),
        (say("track_issues.met"), "wrap"),
        (say("track_issues.score"), "wrap"),
    ]
    return look.table(head, (_issue_row(past, view) for past in found))


def _issue_row(past: Past, view: View) -> str:
    say, record, came = view.say, past.record, past.outcome
    missing = say("format.missing")
    over = came is not None and came.together is not None
    return (
        look.named(
            state.number_of(record, say),
            say("period.year", year=record.year),
            "l strong wrap",
        )
        + look.dated(fmt.date(record.issued_at, say))
        + look.cell(str(record.year), "wide")
        + look.cell(missing if past.p_all is None else fmt.probability(past.p_all))
        + look.cell(_came(came, view), "l wrap")
        + look.cell(_met(came, say) if came is not None and over else missing, "wrap")
        + look.cell(_score(past, say), "wrap")
    )


def _came(came: Outcome | None, view: View) -> str:
    """Return what the year came to, and where revised figures say otherwise, that."""
    say = view.say
    if came is None:
        return say("record.unreadable")
    if came.together is None:
        return say("report.record_open")
    suffix = words.suffix(view.area.reference)
    first, now = (
        say(f"report.record_{'met' if together else 'missed'}{suffix}")
        for together in (came.together, came.together_now)
    )
    if came.together_now is None or came.together_now is came.together:
        return first
    return say("track_issues.revised", first=first, now=now)


def _met(came: Outcome, say: Speaker) -> str:
    """Return how many were met, and where revised figures say otherwise, how many by those."""

    def told(met: Mapping[str, bool]) -> str:
        return f"{sum(met.values())}/{came.asked}"

    flipped = any(came.now.get(name, met) is not met for name, met in came.met.items())
    if not flipped:
        return told(came.met)
    now = told({**came.met, **came.now})
    return say("track_issues.revised", first=told(came.met), now=now)


def _score(past: Past, say: Speaker) -> str:
    """Return the score, or why there is none."""
    if past.apart is not None and past.apart is not Apart.UNREADABLE:
        why = say(f"record.apart.{past.apart}")
        return say("record.not_scored", why=why)
    came = _scored(past)
    score = came.score if came else None
    return say("format.missing") if score is None else f"{score:.3f}"
