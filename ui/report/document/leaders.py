"""Figures as leaders read them: tenths of a probability, or steps of 5%.

Nobody decides by 38% against 39%. A step is the one nearest to the whole percent that the exact
figures show, a tenth the nearest to the probability, and neither crosses the bound of a light.
What is said to be the least is rounded down.
"""

from __future__ import annotations

from ui.language import Speaker
from ui.language import format as fmt

SURE, RARE = 90, 10
"""Percent from which on, and below which, a sentence gives no nearer figure: nine tenths, one."""

MOST_WORDS = 10
"""Numbers of years up to here are written out."""


def steps(probability: float) -> int:
    """Return the whole percent of a probability, rounded down to a multiple of five."""
    return fmt.hundredths(probability) // 5 * 5


def near(probability: float) -> int:
    """Return the multiple of five nearest to the whole percent; none leads over a light's bound.

    Nor does one lead up to what is too rare for a nearer figure.
    """
    if fmt.rare(probability):
        return steps(probability)
    return fmt.twentieths(fmt.hundredths(probability) / 100) * 5


def about(probability: float, say: Speaker) -> str:
    """Say a probability in a sentence: 约四成五."""
    percent = near(probability)
    if percent >= SURE:
        return say("leader.above")
    if percent < RARE:
        return say("leader.below")
    return say("leader.about", share=say(f"leader.{percent}"))


def around(probability: float, say: Speaker) -> str:
    """Say an all-clear probability after a verb, to the nearest tenth: 七成左右, 近九成."""
    tenths = fmt.tenths(probability)
    if probability >= SURE / 100:
        return least(probability, say)
    if fmt.rare(probability):
        return say("leader.below")
    if fmt.nearly(probability):
        share = say(f"leader.{(tenths + 1) * 10}")
        return say("leader.nearly", share=share)
    return say("leader.around", share=say(f"leader.{tenths * 10}"))


def least(probability: float, say: Speaker) -> str:
    """Say what a probability is at the least, from 10% on: 七成五以上."""
    percent = min(steps(probability), SURE)
    return say("leader.least", share=say(f"leader.{percent}"))


def cell(probability: float, say: Speaker, *, alone: bool = False) -> str:
    """Write a probability in a table: 约45%.

    Parameters
    ----------
    alone
        Whether it is that of all, too, which a heading says in tenths: 约50%, as there.
    """
    percent = _cell_percent(probability, alone=alone)
    if percent >= SURE:
        return say("leader.cell_least")
    if percent == 0:
        return say("leader.cell_rare" if alone else "leader.cell_below")
    if alone and fmt.nearly(probability):
        return say("leader.cell_nearly", percent=percent + RARE)
    return say("leader.cell", percent=percent)


def other_cell(probability: float, say: Speaker, *, alone: bool = False) -> str:
    """Write in a table what is left of a probability that stands beside it: 约55%."""
    percent = _cell_percent(probability, alone=alone)
    if percent >= SURE:
        return say("leader.below")
    if percent == 0:
        return say("leader.cell_least" if alone else "leader.cell_most")
    if alone and fmt.nearly(probability):
        return say("leader.cell_over", percent=100 - percent - RARE)
    return say("leader.cell", percent=100 - percent)


def _cell_percent(probability: float, *, alone: bool) -> int:
    if not alone:
        return near(probability)
    return 0 if fmt.rare(probability) else fmt.tenths(probability) * 10


def years(count: int, say: Speaker) -> str:
    """Write a number of years in words, as far as words are short."""
    return say(f"years.{count}") if 1 <= count <= MOST_WORDS else str(count)
