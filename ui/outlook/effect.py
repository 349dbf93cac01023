"""What a commit would do to each probability and to the all-clear: a sentence and a picture."""

from __future__ import annotations

import streamlit as st

from forecasting.errors import AreaWithoutFigures
from forecasting.outlook.outlook import Outlook, Verdict
from ui.charts.dumbbell import Pair, change, dumbbell_data, dumbbell_spec
from ui.frame import address, look
from ui.frame.controls import View
from ui.language import Language, t, words
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
    language, dark = view.language, address.dark()
    told, pairs = sentence(now, after, language), pairs_of(now, after, language)
    st.markdown(told)
    if not pairs:
        return
    st.vega_lite_chart(
        dumbbell_data(pairs, language, synthetic=view.area.synthetic),
        dumbbell_spec(len(pairs), dark=dark),
        key=f"effect_{len(pairs)}_{'dark' if dark else 'light'}",
        theme=None,
        alt=sentences.plain(told),
    )
    with st.expander(t("chart.table", language)):
        head = [(t("column.indicator", language), "l"), (t("upload.now_after", language), "")]
        rows = (look.cell(p.name, "l") + look.cell(change(p, language)) for p in pairs)
        look.show(look.table(head, rows))


def pairs_of(now: Outlook | None, after: Outlook, language: Language) -> list[Pair]:
    """Return all together, then each indicator that counts, the least likely first.

    Indicators that count no longer come last.
    """
    pairs = []
    if after.all_clear is not None and len(after.counted) > 1:
        together = now.all_clear.probability if now and now.all_clear else None
        name = t("upload.all", language, count=len(after.counted))
        pairs.append(Pair(name, together, after.all_clear.probability))
    before = _probabilities(now)
    counted = {verdict.indicator_id for verdict in after.counted}
    gone = [v for v in now.counted if v.indicator_id not in counted] if now else []
    return [
        *pairs,
        *(
            Pair(_name(verdict, language), before.get(verdict.indicator_id), verdict.probability)
            for verdict in sorted(after.counted, key=lambda verdict: verdict.probability)
        ),
        *(Pair(_name(verdict, language), verdict.probability, None) for verdict in gone),
    ]


def _probabilities(outlook: Outlook | None) -> dict[str, float]:
    return {v.indicator_id: v.probability for v in outlook.verdicts} if outlook else {}


def _name(verdict: Verdict, language: Language) -> str:
    return words.plain_title(verdict.history.indicator, language)


def sentence(now: Outlook | None, after: Outlook, language: Language) -> str:
    """Say how the all-clear probability moves, and which indicator moves most."""
    if after.all_clear is None:
        return t("upload.effect_none", language)
    chance = fmt.probability(after.all_clear.probability)
    reference = words.suffix(after.area.reference)
    if now is None or now.all_clear is None:
        return t(f"upload.effect_first{reference}", language, after=chance)
    before = fmt.probability(now.all_clear.probability)
    if before == chance:
        return t(f"upload.effect_same{reference}", language, after=chance)
    direction = "up" if after.all_clear.probability > now.all_clear.probability else "down"
    text = t(f"upload.effect_{direction}{reference}", language, before=before, after=chance)
    return text + _because(now, after, direction, language) + t("upload.effect_end", language)


def _because(now: Outlook, after: Outlook, direction: str, language: Language) -> str:
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
    mixed = t("upload.effect_mixed", language) if back >= max(LEAST_MOVE, most / 2) else ""
    name = words.title(verdict.history.indicator, language)
    return mixed + t(f"upload.effect_because_{direction}", language, name=name)
