"""Why a probability moved, one cause at a time: what a page and a report both say of it."""

from __future__ import annotations

from forecasting.figures.indicator import Target
from forecasting.figures.period import Quarter
from forecasting.figures.target import published
from forecasting.news.terms import Amended, Surprise, TermKind
from ui.language import Language, t, words
from ui.language import format as fmt

UNUSUAL = 1.28
"""Standard deviations beyond which a figure lies outside four of five that were expected."""


def short(kind: TermKind, name: str | None, period: Quarter | None, language: Language) -> str:
    """Name a cause beside its bar.

    Parameters
    ----------
    name
        Of its indicator; None where it is of all of them.
    period
        To which a new figure runs; None where it fills in earlier ones.
    """
    key = f"news.name.{kind}"
    if name is None:
        return t(f"{key}_all" if kind is TermKind.INDICATORS else key, language)
    if kind is TermKind.FIGURE and period is not None:
        return t(key, language, name=name, period=fmt.span(period.quarter, language))
    return t(f"{key}_past" if kind is TermKind.FIGURE else key, language, name=name)


def gap(surprise: Surprise) -> float:
    """Return by how much a figure is above what was expected, both as they are published."""
    return published(published(surprise.actual) - published(surprise.expected))


def surprising(name: str, quarter: Quarter, surprise: Surprise, language: Language) -> str:
    """Say what a new figure came to, beside what was expected of it."""
    actual, expected = surprise.actual, surprise.expected
    above = gap(surprise)
    values = {
        "name": name,
        "period": fmt.since_january(quarter, language),
        "actual": fmt.growth(actual, language),
        "expected": fmt.growth(expected, language),
        "gap": fmt.figure(abs(above)),
    }
    if above == 0:
        return t("news.cause.as_expected", language, **values)
    unusual = abs(actual - expected) > UNUSUAL * surprise.deviation
    kind = ("above" if above > 0 else "below") + ("_unusual" if unusual else "")
    return t(f"news.cause.{kind}", language, **values)


def other_target(kind: TermKind, name: str, target: Amended[Target], language: Language) -> str:
    """Say how a target changed, or that it is new or gone."""
    old, new = target.old, target.new
    if kind is TermKind.TARGET and old is not None and new is not None:
        before, after = words.clause(old, language), words.clause(new, language)
        if before != after:
            return t("news.cause.target", language, name=name, old=before, new=after)
        return t("news.cause.target_otherwise", language, name=name)
    if new is None:
        return t("news.cause.indicator_gone", language, name=name)
    return t("news.cause.indicator_new", language, name=name, clause=words.clause(new, language))
