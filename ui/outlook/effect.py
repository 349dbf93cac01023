"""What a commit would do to each probability and to the all-clear: a sentence and a picture."""

from __future__ import annotations

import streamlit as st

from forecasting.errors import AreaWithoutFigures
from forecasting.outlook.outlook import Outlook, Verdict
from ui.charts.dumbbell import Pair, change, dumbbell_data, dumbbell_spec
from ui.charts.figures import pair_figures
from ui.frame import address, look, page_files
from ui.frame.controls import View
from ui.language import Speaker, words
from ui.language import format as fmt
from ui.outlook import sentences

LEAST_MOVE = 0.01
"""A probability that moves less explains nothing."""


def now(view: View, year: int) -> Outlook | None:
    """Return the outlook of what is stored, None where it does not reach the year."""
    try:
        return view.snapshot.outlook(view.area.id, year, None, None)
    except AreaWithoutFigures:
        return None


def show(now: Outlook | None, after: Outlook, view: View) -> None:
    """Show how the probabilities move, where anything counts in all."""
    say, dark = view.say, address.dark()
    told, pairs = sentence(now, after, say), pairs_of(now, after, say)
    st.markdown(told)
    if not pairs:
        return
    page_files.chart(
        dumbbell_data(pairs, say, synthetic=view.area.synthetic),
        dumbbell_spec(len(pairs), dark=dark),
        pair_figures(pairs, say("download.effect"), say),
        key=f"effect_{len(pairs)}_{'dark' if dark else 'light'}",
        alt=sentences.plain(told),
    )
    with st.expander(say("chart.table")):
        head = [(say("column.indicator"), "l"), (say("upload.now_after"), "")]
        rows = (look.cell(p.name, "l") + look.cell(change(p, say)) for p in pairs)
        look.show(look.table(head, rows))


def pairs_of(now: Outlook | None, after: Outlook, say: Speaker) -> list[Pair]:
    """Return all together, then each indicator that counts, the least likely first.

    Indicators that count no longer come last.
    """
    pairs = []
    if after.all_clear is not None and len(after.counted) > 1:
        together = now.all_clear.probability if now and now.all_clear else None
        name = say("upload.all", count=len(after.counted))
        pairs.append(Pair(name, together, after.all_clear.probability))
    before = _probabilities(now)
    counted = {verdict.indicator_id for verdict in after.counted}
    gone = [v for v in now.counted if v.indicator_id not in counted] if now else []
    return [
        *pairs,
        *(
            Pair(_name(verdict, say), before.get(verdict.indicator_id), verdict.probability)
            for verdict in sorted(after.counted, key=lambda verdict: verdict.probability)
        ),
        *(Pair(_name(verdict, say), verdict.probability, None) for verdict in gone),
    ]


def _probabilities(outlook: Outlook | None) -> dict[str, float]:
    return {v.indicator_id: v.probability for v in outlook.verdicts} if outlook else {}


def _name(verdict: Verdict, say: Speaker) -> str:
    return words.title(verdict.history.indicator, say.plain)


def sentence(now: Outlook | None, after: Outlook, say: Speaker) -> str:
    """Say how the all-clear probability moves, and which indicator moves most."""
    if after.all_clear is None:
        return say("upload.effect_none")
    chance = fmt.probability(after.all_clear.probability)
    reference = words.suffix(after.area.reference)
    if now is None or now.all_clear is None:
        return say(f"upload.effect_first{reference}", after=chance)
    before = fmt.probability(now.all_clear.probability)
    if before == chance:
        return say(f"upload.effect_same{reference}", after=chance)
    direction = "up" if after.all_clear.probability > now.all_clear.probability else "down"
    text = say(f"upload.effect_{direction}{reference}", before=before, after=chance)
    return text + _because(now, after, direction, say) + say("upload.effect_end")


def _because(now: Outlook, after: Outlook, direction: str, say: Speaker) -> str:
    """Name the indicator that moves most in the direction of all, and say if others move back."""
    sign = 1 if direction == "up" else -1
    before = {verdict.indicator_id: verdict.probability for verdict in now.counted}
    moves = [
        (sign * (verdict.probability - before[verdict.indicator_id]), verdict)
        for verdict in after.counted
        if verdict.indicator_id in before
    ]
    most, verdict = max(moves, key=lambda entry: entry[0], default=(0.0, None))
    if verdict is None or most < LEAST_MOVE:
        return ""
    back = -min(move for move, _ in moves)
    mixed = say("upload.effect_mixed") if back >= max(LEAST_MOVE, most / 2) else ""
    name = words.title(verdict.history.indicator, say)
    return mixed + say(f"upload.effect_because_{direction}", name=name)
