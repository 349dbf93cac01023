"""One panel of each indicator: what was published, the baseline's fan, and its words."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from forecasting.figures.period import Quarter, quarters_between
from forecasting.models.predictive import OutlierKind
from forecasting.outlook.outlook import Outlook, Verdict
from forecasting.scenario.effects import largest_move
from ui.language import Language, t, words
from ui.outlook.sentences import shown_light

SHOWN = 4
"""Decimals of growth that is only drawn and shown."""


def panels(baseline: Outlook, language: Language) -> list[dict[str, Any]]:
    """Return the panels, those that count first and the least likely first of them.

    Their place stays while sliders move: a panel that jumps cannot be watched.
    """
    ordered = sorted(
        baseline.verdicts,
        key=lambda verdict: (not verdict.counts, verdict.probability, verdict.quantiles.median),
    )
    return [_panel(verdict, baseline.year, language) for verdict in ordered]


def _panel(verdict: Verdict, year: int, language: Language) -> dict[str, Any]:
    first = Quarter(year - 1, 1)
    ahead = verdict.fan[0].quarter - first if verdict.fan else None
    light = shown_light(verdict)
    return {
        "indicator": verdict.indicator_id,
        "name": words.title(verdict.history.indicator, language),
        "clause": words.clause(verdict.target, language),
        "threshold": verdict.target.threshold,
        "years": [t("period.year", language, year=shown) for shown in (year - 1, year)],
        "known": [[quarter - first, value] for quarter, value in _known(verdict, year)],
        "outliers": list(_outliers(verdict, first, language)),
        "ahead": ahead,
        "before": {
            "probability": verdict.probability,
            "fan": [[round(value, SHOWN) for value in p.quantiles] for p in verdict.fan],
        },
        "growth": verdict.quantiles.median,
        "light": None if light is None else str(light),
        "published": verdict.complete,
        "moved": largest_move(verdict.history, year),
    }


def _known(verdict: Verdict, year: int) -> Iterator[tuple[Quarter, float]]:
    for quarter in quarters_between(Quarter(year - 1, 1), Quarter(year, 4)):
        growth = verdict.history.ytd_at(quarter)
        if math.isfinite(growth):
            yield quarter, growth


def _outliers(verdict: Verdict, first: Quarter, language: Language) -> Iterator[tuple[int, str]]:
    """Return the outlying quarters that are drawn; the first of each kind says what it is."""
    said: set[str] = set()
    for outlier in verdict.model.outliers if verdict.model else ():
        if outlier.quarter >= first:
            recorded = outlier.kind is OutlierKind.DEFINITION
            text = t("chart.definition" if recorded else "chart.outlier", language)
            yield outlier.quarter - first, "" if text in said else text
            said.add(text)
