"""Scenarios side by side: what each brings, and in what they differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import streamlit as st

from data.store.scenarios import SavedScenario
from data.store.seed import SEED_AUTHOR
from forecasting.errors import OutlookError
from forecasting.outlook.outlook import Outlook, Verdict, by_probability
from forecasting.scenario.evaluation import Evaluation
from forecasting.scenario.model import Scenario
from ui.frame import look
from ui.frame.errors import show_error
from ui.language import Speaker, words
from ui.language import format as fmt
from ui.outlook.sentences import weakest
from ui.scenario import sentences as scenario_sentences
from ui.scenario.saved import sentences
from ui.scenario.state import Draft

MOST = 4
_DRAFT = "draft"


@dataclass(frozen=True, slots=True, eq=False)
class _Compared:
    """One scenario of the comparison; the draft has no saved version."""

    name: str
    evaluation: Evaluation
    saved: SavedScenario | None


def show(draft: Draft) -> None:
    """Choose scenarios and show them beside the baseline."""
    say = draft.say
    compared = _choose(draft)
    applied = [(one.name, one.evaluation.applied) for one in compared]
    title = scenario_sentences.comparison(draft.baseline_outlook, applied, say)
    st.title(title or say("scenario_label.comparison"), anchor=False)
    if not compared:
        st.markdown(say("scenario_notice.no_comparison"))
        return
    look.show(_table(compared, draft))
    st.header(say("scenario_label.differences"), anchor=False)
    for one in compared:
        scenario = one.evaluation.scenario
        differences = scenario_sentences.differences(
            Scenario(), scenario, draft.year, draft.catalogue, say
        )
        st.markdown(say("saved.row", name=say.verbatim(one.name), rest=differences))
        if one.saved and (line := sentences.newer(one.saved, scenario, draft)):
            st.caption(line)
        if scenario.note:
            look.show(look.note(scenario.note))
        for error in one.evaluation.errors:
            show_error(error, say)


def _choose(draft: Draft) -> list[_Compared]:
    """Return the draft, where it is not saved as it stands, and the saved ones that are chosen."""
    say = draft.say
    options = {str(saved.id): saved for saved in draft.saved_scenarios()}
    names = {key: saved.name for key, saved in options.items()}
    names = {_DRAFT: say("scenario_label.draft")} | names
    first = [_DRAFT] if draft.is_changed else []
    own = [key for key, saved in options.items() if saved.author != SEED_AUTHOR]
    # Those to practise on give way, save where there would be nothing to compare with.
    rest = [] if first or len(own) > 1 else [key for key in options if key not in own]
    chosen = st.multiselect(
        say("saved.compare"),
        list(names),
        default=[*first, *own, *rest][:MOST],
        format_func=names.__getitem__,
        max_selections=MOST,
        key=f"compare_{draft.view.area.id}_{draft.year}_{'_'.join(options)}",
        placeholder=say("scenario_notice.no_comparison"),
    )
    compared = []
    for key in chosen:
        saved = options.get(key)
        try:
            scenario = draft.scenario_of(saved) if saved else draft.scenario
        except OutlookError as error:
            show_error(error, say)
            continue
        evaluated = draft.baseline_key.evaluation(scenario)
        compared.append(_Compared(names[key], evaluated, saved))
    return compared


def _table(compared: Sequence[_Compared], draft: Draft) -> str:
    """Return the table: of all together first, then what counts, then what is for reference."""
    say, suffix = draft.say, words.suffix(draft.view.area.reference)
    names = [say("scenario_label.baseline")]
    names += [say("issue.scenario", name=one.name) for one in compared]
    head = [(say("column.indicator"), "l"), *((name, "wrap") for name in names)]
    outlooks = [draft.baseline_outlook, *(one.evaluation.applied.outlook for one in compared)]
    rows = [_all_clear(outlooks, draft), _changes(outlooks, draft), _weakest(outlooks, draft)]
    counted = by_probability(draft.baseline_outlook.counted)
    extra = by_probability([one for one in draft.baseline_outlook.verdicts if not one.counts])
    note = say(f"saved.lines{suffix}", count=len(counted))
    for verdicts, title in ((counted, note), (extra, say("overview.extra_note"))):
        if verdicts:
            rows.append(f'<td class="l note wrap" colspan="{len(head)}">{escape(title)}</td>')
        rows += [_row(verdict, outlooks, say) for verdict in verdicts]
    return look.table(head, rows)


def _row(verdict: Verdict, outlooks: Sequence[Outlook], say: Speaker) -> str:
    cells = "".join(_verdict(verdict.indicator_id, outlook) for outlook in outlooks)
    return look.cell(words.title(verdict.history.indicator, say.plain), "l wrap") + cells


def _all_clear(outlooks: Sequence[Outlook], draft: Draft) -> str:
    suffix = words.suffix(draft.view.area.reference)
    cells = look.cell(draft.say(f"saved.all_clear{suffix}"), "l strong wrap")
    for place, outlook in enumerate(outlooks):
        together = outlook.all_clear
        shown = "" if together is None else escape(fmt.probability(together.probability))
        judged = outlook.light if place == 0 else None  # a scenario is never a verdict
        light = look.light(judged, draft.say) if judged else ""
        cells += f'<td class="strong">{shown}<br>{light}</td>'
    return cells


def _changes(outlooks: Sequence[Outlook], draft: Draft) -> str:
    say, first = draft.say, outlooks[0].all_clear
    missing = say("format.missing")
    cells = [look.cell(say("saved.change"), "l wrap"), look.cell(missing)]
    for outlook in outlooks[1:]:
        both = first is not None and outlook.all_clear is not None
        step = missing
        if both and first and outlook.all_clear:
            step = scenario_sentences.step_of(first.probability, outlook.all_clear.probability, say)
        cells.append(look.cell(step, "wrap"))
    return "".join(cells)


def _weakest(outlooks: Sequence[Outlook], draft: Draft) -> str:
    say, suffix = draft.say, words.suffix(draft.view.area.reference)
    cells = look.cell(say(f"saved.weakest{suffix}"), "l wrap")
    for outlook in outlooks:
        link = weakest(outlook)
        name = words.title(link.history.indicator, say.plain) if link else ""
        cells += look.cell(name or say("format.missing"), "wrap")
    return cells


def _verdict(indicator: str, outlook: Outlook) -> str:
    verdict = next(one for one in outlook.verdicts if one.indicator_id == indicator)
    growth = fmt.percent(verdict.quantiles.median)
    chance = escape(fmt.probability(verdict.probability))
    return f'<td>{chance}<br><span class="note">{escape(growth)}</span></td>'
