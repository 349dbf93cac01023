"""What is kept between reruns: the one owner of caching.

A vintage never changes, so everything read or computed at one is kept under the database, the
vintage and plain values. The objects are shared between sessions: never change one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any

import streamlit as st

from data import choices, clock
from data.indicators.national import national
from data.issues.contents import IssueContents
from data.store.issues import IssueRecord
from data.store.seed import learner_of
from data.store.store import Store
from data.store.vintages import Committed, Vintage
from data.views import BaselineKey, StoreView
from forecasting.figures.indicator import (
    Area,
    Catalogue,
    DefinitionChange,
    Inputs,
    Observation,
    Target,
    with_area_changes,
)
from forecasting.figures.learner import Learner
from forecasting.figures.period import Month, Period, Quarter, parse_period
from forecasting.history.log_levels import LogLevels
from forecasting.issues.outcome import Outcome
from forecasting.models.pool import ENGINE, FittedPool, ModelForecasts, fit
from forecasting.models.predictive import Predictive
from forecasting.news.news import News
from forecasting.outlook.judge import Baseline, judge
from forecasting.outlook.outlook import Outlook
from forecasting.outlook.question import DEFAULT_SEED, Question
from forecasting.plan.years import YearPaths
from forecasting.record.backtest import BacktestCase, backtest, years_to_judge
from forecasting.scenario.evaluation import Evaluation
from forecasting.scenario.model import Scenario
from ui.frame import people
from ui.frame import store as links_store
from ui.frame.environment import settings

MOST_OUTLOOKS = 256
MOST_READ = 2048
"""Of each kind of what is read; Streamlit's cache takes longer to find such than pages have."""
MOST_INDICATORS = 8
"""Whose growth of a year in all areas is kept: of 2,500 areas each is 12,500 figures."""
MOST_ISSUES = 2048
MOST_VIEWS = 64
"""Views of an area's figures at a time: issues of one year share them."""
MOST_BASELINES = 24
"""Each holds some megabytes of paths."""
MOST_EVALUATIONS = 128
MOST_PATHS = 48
MOST_EXPLANATIONS = 64
MOST_SERIES = 4096
"""Series that models were asked about, kept at most: then all are forgotten."""

BY_TEXT: dict[str | type, Callable[[Any], Any]] = {BaselineKey: repr, Scenario: repr, tuple: repr}
"""How arguments are told apart; text is faster than what Streamlit does for dataclasses."""


@dataclass(frozen=True, slots=True)
class VintageView(StoreView):
    """One vintage of one database: the address of everything that is kept."""

    database: str
    vintage: int

    @property
    def store(self) -> Store:
        """The store that pages write to, acting as who signed in."""
        return people.acting(links_store.store_at(self.database))

    @property
    def learner(self) -> Learner | None:
        """What was learned from series of others."""
        return learner()

    def at(self, vintage: int) -> VintageView:
        """Return another vintage of the same database."""
        return VintageView(self.database, vintage)

    @property
    def areas(self) -> tuple[Area, ...]:
        """The areas, from the nation down."""
        return _areas(self.database, self.vintage)

    @property
    def filled(self) -> frozenset[str]:
        """Ids of the areas with figures."""
        return _filled(self.database, self.vintage)

    def catalogue(self, area: str) -> Catalogue:
        """Return the indicators, by the names that are usual in an area."""
        return _catalogue(self.database, self.vintage, area)

    def record(self) -> Vintage:
        """Return the record of this vintage."""
        return _record(self.database, self.vintage)

    def figures(self, area: str) -> tuple[Committed[Observation], ...]:
        """Return every figure of an area."""
        return _figures(self.database, self.vintage, area)

    def areas_by_month(self, indicator: str) -> Mapping[Month, int]:
        """Return of how many real areas cumulative growth is known, by month, the newest first."""
        return _areas_by_month(self.database, self.vintage, indicator)

    def growth_to(self, indicator: str, month: Month) -> tuple[Observation, ...]:
        """Return cumulative growth in every area to a month and to each of the twelve before it."""
        return _growth_to(self.database, self.vintage, indicator, month)

    def observations_then(self, then: int, area: str) -> tuple[Observation, ...]:
        """Return what was known of an area at an earlier vintage, but what was withdrawn since."""
        return _observations_then(self.database, then, self.vintage, area)

    def targets(self, area: str) -> tuple[Target, ...]:
        """Return every target of an area."""
        return _targets(self.database, self.vintage, area)

    def changes(self, area: str) -> tuple[DefinitionChange, ...]:
        """Return every recorded change of an area's series, its enlargements among them."""
        return _changes(self.database, self.vintage, area)

    def changes_with(
        self, area: str, figures: Iterable[Observation]
    ) -> tuple[DefinitionChange, ...]:
        """Return the same where the area had these figures, be they committed or not."""
        store = links_store.store_at(self.database)
        changes = store.changes(self.vintage, area)
        return with_area_changes(changes, store.area_versions(self.vintage, area), figures)

    def inputs(self, area: str) -> Inputs:
        """Return what an outlook of an area is drawn from."""
        figures, changes = self.observations(area), self.changes(area)
        return Inputs(self.catalogue(area), self.targets(area), figures, changes, learner())

    def span(self, area: str) -> tuple[Quarter, Quarter] | None:
        """Return the first and last quarter with growth."""
        return _span(self.database, self.vintage, area)

    def months(self, area: str) -> frozenset[Month]:
        """Return the months between the ends of quarters with growth."""
        return _months(self.database, self.vintage, area)

    def outlook(
        self,
        area: str,
        year: int,
        as_of: Period | None,
        line: float | None,
        *,
        outliers: bool = True,
    ) -> Outlook:
        """Return the outlook that answers a reader's choices.

        Without ``outliers`` none are looked for, which only a comparison ever asks.
        """
        cut = str(as_of) if as_of else ""
        return _outlook(self.database, self.vintage, area, year, cut, line, DEFAULT_SEED, outliers)

    def predict(self, batch: Sequence[LogLevels], horizon: int) -> list[Predictive]:
        """Forecast a batch of series of a vintage, or give again what the store has kept of it."""
        forecasts = links_store.store_at(self.database).forecasts
        return forecasts.predict(batch, horizon, ENGINE, remembering_predict, clock.now())

    def fit(self, batch: Sequence[LogLevels], horizon: int) -> list[FittedPool]:
        """Forecast a batch of series, and give what was estimated with it."""
        return remembering_fit(batch, horizon)

    def baseline(self, key: BaselineKey) -> Baseline:
        """Return the baseline of a question to this vintage, fitted once."""
        return _baseline(key)

    def outlook_without_scenario(self, key: BaselineKey) -> Outlook:
        """Return the outlook that answers a question to this vintage."""
        return _outlook_without_scenario(key)

    def evaluation(self, key: BaselineKey, scenario: Scenario) -> Evaluation:
        """Return what a scenario comes to; nothing is fitted for it."""
        return _evaluation(key, scenario)

    def paths_ahead(
        self, area: str, year: int, indicators: tuple[str, ...]
    ) -> dict[str, YearPaths]:
        """Return the joint paths of some indicators of an area from a year on."""
        return _paths_ahead(self.database, self.vintage, area, year, indicators)

    def news_since(self, vintage: int, area: str, year: int) -> News:
        """Return why the outlook of an area and year moved since an earlier vintage."""
        return _news_since(self.database, self.vintage, vintage, area, year)

    def issue_contents(self, record: IssueRecord) -> IssueContents:
        """Return what the document of an issue says that its record does not."""
        return _issue_contents(self.database, record.number, record.sha256, record)

    def issue_outcome(self, record: IssueRecord) -> Outcome:
        """Return what came of an issue by this vintage."""
        return _issue_outcome(self.database, self.vintage, record.number, record.sha256, record)

    def track_years(self, area: str) -> tuple[int, ...]:
        """Return the years that the track record of an area can judge."""
        return _track_years(self.database, self.vintage, area)

    def cases(self, area: str, year: int, line: float | None) -> tuple[BacktestCase, ...]:
        """Return what would have been said of a past year from its four origins."""
        return _cases(self.database, self.vintage, area, year, line, ENGINE)


def current() -> VintageView:
    """Return the newest vintage of the store, made ready on first use."""
    return VintageView(store().database_url, store().latest_vintage())


@lru_cache(1)
def learner() -> Learner | None:
    """Return what was learned from series of others."""
    return learner_of(settings().seeds_folder)


def store() -> Store:
    """Return the store that pages write to, acting as who signed in."""
    return people.acting(links_store.store())


@lru_cache(MOST_READ)
def _areas(database: str, vintage: int) -> tuple[Area, ...]:
    return links_store.store_at(database).areas(vintage)


@lru_cache(MOST_READ)
def _filled(database: str, vintage: int) -> frozenset[str]:
    return links_store.store_at(database).areas_with_figures(vintage)


@lru_cache(MOST_READ)
def _areas_by_month(database: str, vintage: int, indicator: str) -> Mapping[Month, int]:
    return links_store.store_at(database).areas_by_month(vintage, indicator)


@lru_cache(MOST_INDICATORS)
def _growth_to(
    database: str, vintage: int, indicator: str, month: Month
) -> tuple[Observation, ...]:
    return links_store.store_at(database).growth_to(vintage, indicator, month)


@lru_cache(MOST_READ)
def _catalogue(database: str, vintage: int, area: str) -> Catalogue:
    whole = links_store.store_at(database).catalogue(vintage)
    return national(whole, VintageView(database, vintage).area(area))


@lru_cache(MOST_READ)
def _record(database: str, vintage: int) -> Vintage:
    return next(v for v in links_store.store_at(database).vintages() if v.number == vintage)


@lru_cache(MOST_READ)
def _figures(database: str, vintage: int, area: str) -> tuple[Committed[Observation], ...]:
    return links_store.store_at(database).figures(vintage, area)


@lru_cache(MOST_READ)
def _targets(database: str, vintage: int, area: str) -> tuple[Target, ...]:
    return links_store.store_at(database).targets(vintage, area)


@lru_cache(MOST_READ)
def _changes(database: str, vintage: int, area: str) -> tuple[DefinitionChange, ...]:
    asked = VintageView(database, vintage)
    return asked.changes_with(area, asked.observations(area))


@lru_cache(MOST_READ)
def _span(database: str, vintage: int, area: str) -> tuple[Quarter, Quarter] | None:
    figures = _figures(database, vintage, area)
    return choices.growth_span(figure.value for figure in figures)


@lru_cache(MOST_READ)
def _months(database: str, vintage: int, area: str) -> frozenset[Month]:
    figures = _figures(database, vintage, area)
    return choices.growth_months(figure.value for figure in figures)


@st.cache_resource(show_spinner=False, max_entries=MOST_OUTLOOKS)
def _outlook(
    database: str,
    vintage: int,
    area: str,
    year: int,
    as_of: str,
    threshold: float | None,
    seed: int,
    outliers: bool,
) -> Outlook:
    asked = VintageView(database, vintage)
    cut = parse_period(as_of) if as_of else None
    question = Question(asked.area(area), year, cut, threshold, seed, outliers=outliers)
    return judge(question, asked.inputs(area), asked.predict)


@st.cache_resource(show_spinner=False, max_entries=MOST_BASELINES, hash_funcs=BY_TEXT)
def _baseline(key: BaselineKey) -> Baseline:
    return StoreView.baseline(key.snapshot, key)


@st.cache_resource(show_spinner=False, max_entries=MOST_EVALUATIONS, hash_funcs=BY_TEXT)
def _outlook_without_scenario(key: BaselineKey) -> Outlook:
    return StoreView.outlook_without_scenario(key.snapshot, key)


@st.cache_resource(show_spinner=False, max_entries=MOST_EVALUATIONS, hash_funcs=BY_TEXT)
def _evaluation(key: BaselineKey, scenario: Scenario) -> Evaluation:
    return StoreView.evaluation(key.snapshot, key, scenario)


@st.cache_resource(show_spinner=False, max_entries=MOST_PATHS)
def _paths_ahead(
    database: str, vintage: int, area: str, year: int, indicators: tuple[str, ...]
) -> dict[str, YearPaths]:
    return StoreView.paths_ahead(VintageView(database, vintage), area, year, indicators)


@st.cache_resource(show_spinner=False, max_entries=MOST_EXPLANATIONS)
def _news_since(database: str, vintage: int, before: int, area: str, year: int) -> News:
    return StoreView.news_since(VintageView(database, vintage), before, area, year)


@st.cache_resource(show_spinner=False, max_entries=MOST_ISSUES)
def _issue_contents(database: str, number: int, sha256: str, _record: IssueRecord) -> IssueContents:
    return StoreView.issue_contents(VintageView(database, _record.vintage), _record)


@st.cache_resource(show_spinner=False, max_entries=MOST_ISSUES)
def _issue_outcome(
    database: str, vintage: int, number: int, sha256: str, _record: IssueRecord
) -> Outcome:
    return StoreView.issue_outcome(VintageView(database, vintage), _record)


@st.cache_resource(show_spinner=False, max_entries=MOST_VIEWS)
def _observations_then(
    database: str, then: int, vintage: int, area: str
) -> tuple[Observation, ...]:
    return links_store.store_at(database).observations_then(then, vintage, area)


@lru_cache(MOST_READ)
def _track_years(database: str, vintage: int, area: str) -> tuple[int, ...]:
    asked = VintageView(database, vintage)
    return years_to_judge(area, asked.catalogue(area), asked.observations(area))


@st.cache_resource(show_spinner=False, max_entries=MOST_OUTLOOKS)
def _cases(
    database: str, vintage: int, area: str, year: int, threshold: float | None, engine: str
) -> tuple[BacktestCase, ...]:
    asked = VintageView(database, vintage)
    return tuple(
        backtest(
            Question(asked.area(area), year, threshold=threshold),
            [year],
            asked.inputs(area),
            asked.predict,
        )
    )


def remembering_predict(batch: Sequence[LogLevels], horizon: int) -> list[Predictive]:
    """Forecast a batch of series, or give again what was forecast for the very same one.

    So a new line, which no forecast depends on, is answered without fitting anything. What
    models said of a single series is kept too: a track record and an outlook share most.
    """
    return [fitted.predictive for fitted in remembering_fit(batch, horizon)]


def remembering_fit(batch: Sequence[LogLevels], horizon: int) -> list[FittedPool]:
    """Forecast as ``remembering_predict`` does, and give what was estimated with it."""
    digest = sha256(b"".join(series.content() for series in batch)).hexdigest()
    return _fit(digest, horizon, batch)


@st.cache_resource(show_spinner=False, max_entries=MOST_OUTLOOKS)
def _fit(digest: str, horizon: int, _batch: Sequence[LogLevels]) -> list[FittedPool]:
    memory = _memory()
    if len(memory) > MOST_SERIES:
        memory.clear()
    return fit(_batch, horizon, memory)


@st.cache_resource(show_spinner=False)
def _memory() -> dict[bytes, ModelForecasts]:
    return {}
