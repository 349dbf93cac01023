"""The opening of a page: one sentence, one number, and what stands behind them."""

from __future__ import annotations

from html import escape

import streamlit as st

from forecasting.outlook.outlook import AllClear, Outlook
from ui.charts.dots import dots
from ui.frame import look
from ui.frame.controls import View
from ui.language import Speaker, words
from ui.language import format as fmt
from ui.outlook import headlines, sentences, untargeted


def show(outlook: Outlook, say: Speaker, *, planned: bool) -> None:
    """Show sentence, weakest link, pace, number and one hundred dots."""
    left, right = st.columns([1.85, 1], gap="large")
    with left:
        st.title(headlines.headline(outlook, say, planned=planned), anchor=False)
        for sentence in _support(outlook, say):
            st.markdown(sentence)
        if told := sentences.short_histories(outlook.counted, say):
            st.markdown(told)
        _show_lights(outlook, say)
    if outlook.all_clear is not None and not outlook.lost:
        with right:
            look.show(_number(outlook, outlook.all_clear, say), "number")


def show_untargeted(count: int, year: int, view: View) -> None:
    """Say of an area without targets how many indicators have figures, and lead to targets."""
    say = view.say
    reference = words.suffix(view.area.reference)
    title = say(
        f"untargeted.title{reference}", area=say.name(view.area.name), count=count, year=year
    )
    st.title(title.replace("|", sentences.BREAK), anchor=False)
    st.markdown(say(f"untargeted.lead{reference}", year=year))
    untargeted.show_way_to_targets(view)


def _support(outlook: Outlook, say: Speaker) -> list[str]:
    """Return the weakest link and its pace; the pace only where the line is a target."""
    link, weakest = sentences.weakest_link(outlook, say), sentences.weakest(outlook)
    if not link or weakest is None:
        return []
    lines = [link, sentences.pace(weakest, say)]
    return [line for line in lines if line]


def _show_lights(outlook: Outlook, say: Speaker) -> None:
    counts = sentences.lights(outlook)
    if not counts:
        look.show(sentences.coverage_line(outlook, say), "note")
        return
    shown = [
        f"<span>{look.light(light, say)}&ensp;{say('light.count', count=count)}</span>"
        for light, count in counts.items()
    ]
    if outlook.excluded:
        shown.append(f'<span class="note">{sentences.coverage_line(outlook, say)}</span>')
    look.show("".join(shown), "counts")


def _number(outlook: Outlook, together: AllClear, say: Speaker) -> str:
    """Return the number: 成 and a light for an area's own targets, bare for a reference."""
    if outlook.known:
        return _known_number(outlook, say)
    probability = together.probability
    exact = escape(fmt.probability(probability))
    if outlook.light is None:
        big, below = exact, say("overview.probability")
    else:
        big, below = fmt.cheng(probability, say), exact + look.light(outlook.light, say)
    times = fmt.times_in_hundred(probability, say)
    act = words.common_act(outlook.counted, say)
    count = len(outlook.counted)
    clears = say("overview.all_clear_times", count=count, act=act)
    return (
        f'<div><p class="cheng" lang="{say.language}">{big}</p><p class="exact">{below}</p>'
        f'<p class="note">{times}<br>{clears}</p></div>{dots(_filled(probability))}'
    )


def _known_number(outlook: Outlook, say: Speaker) -> str:
    """Return how many of the indicators made it, once nothing is left to forecast."""
    met, count = sum(verdict.met for verdict in outlook.counted), len(outlook.counted)
    note = headlines.made_it(outlook, say)
    return f'<div><p class="cheng">{met}/{count}</p><p class="note">{note}</p></div>'


def _filled(probability: float) -> int:
    """Return how many dots to fill; none or all would claim a certainty there is not."""
    return 0 if probability < 0.01 else min(fmt.hundredths(probability), 99)
