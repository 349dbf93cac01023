"""A made-up zone, and snapshots that are taken of its outlook."""

from __future__ import annotations

from datetime import date
from functools import cache

from forecasting.issues.snapshot import IssueNote, Snapshot
from forecasting.issues.take import Material, take
from forecasting.news.news import News
from forecasting.outlook.judge import Baseline, outlook_of
from forecasting.scenario.apply import Applied, apply
from forecasting.scenario.model import Scenario
from tests.forecasting.scenario.builders import CATALOGUE, figures, zone_baseline

NOTE = IssueNote(3, "2021-07-20T02:00:00+00:00", "某开发区经济运行局", "")


@cache
def forecast() -> Baseline:
    return zone_baseline()


def material() -> Material:
    return Material((), CATALOGUE, figures(), 5, "0.6.0", date(2021, 7, 20))


def taken(baseline: Baseline, scenario: Scenario) -> Snapshot:
    return taken_of(baseline, apply(baseline, scenario))


def taken_of(
    baseline: Baseline, applied: Applied, news: tuple[int, News] | None = None
) -> Snapshot:
    return take(NOTE, outlook_of(baseline), material(), applied=applied, news=news)
