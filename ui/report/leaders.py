"""Figures as leaders read them: tenths of a probability, or steps of 5%, always rounded down.

Nobody decides by 38% against 39%; and rounded down, no figure crosses a light.
"""

from __future__ import annotations

import math

from ui import format as fmt
from ui.messages import Language, t

SURE, RARE = 90, 10
"""Percent from which on, and below which, a sentence gives no nearer figure."""

MOST_WORDS = 10
"""Numbers of years up to here are written out."""

_GUARD = 1e-9


def steps(probability: float) -> int:
    """Return a probability in percent, rounded down to a multiple of five."""
    return math.floor(probability * 20 + _GUARD) * 5


def about(probability: float, language: Language) -> str:
    """Say a probability in a sentence: 约四成五."""
    percent = steps(probability)
    if percent >= SURE:
        return t("leader.above", language)
    if percent < RARE:
        return t("leader.below", language)
    return t("leader.about", language, share=t(f"leader.{percent}", language))


def around(probability: float, language: Language) -> str:
    """Say an all-clear probability after a verb, to the nearest tenth: 七成左右."""
    tenths = fmt.tenths(probability)
    if probability >= SURE / 100:
        return least(probability, language)
    if tenths == 0 or probability < RARE / 100:
        return t("leader.below", language)
    return t("leader.around", language, share=t(f"leader.{tenths * 10}", language))


def least(probability: float, language: Language) -> str:
    """Say what a probability is at the least, from 10% on: 七成五以上."""
    percent = min(steps(probability), SURE)
    return t("leader.least", language, share=t(f"leader.{percent}", language))


def cell(probability: float, language: Language) -> str:
    """Write a probability in a table: 约45%."""
    percent = steps(probability)
    if percent >= SURE:
        return t("leader.cell_least", language)
    if percent == 0:
        return t("leader.cell_below", language)
    return t("leader.cell", language, percent=percent)


def other_cell(probability: float, language: Language) -> str:
    """Write in a table what is left of a probability that stands beside it: 约55%."""
    percent = steps(probability)
    if percent >= SURE:
        return t("leader.below", language)
    if percent == 0:
        return t("leader.cell_most", language)
    return t("leader.cell", language, percent=100 - percent)


def years(count: int, language: Language) -> str:
    """Write a number of years in words, as far as words are short."""
    return t(f"years.{count}", language) if 1 <= count <= MOST_WORDS else str(count)
