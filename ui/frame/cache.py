"""What is kept between reruns: the one owner of caching.

A vintage never changes, so everything read or computed at one is kept under the database, the
vintage and plain values. The objects are shared between sessions: never change one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

import streamlit as st

from data import clock
from data.areas.gazetteer import gazetteer
from data.store.seed import learner_of
from data.store.store import Store
from data.store.vintages import Committed, Vintage
from forecasting.figures.indicator import (
    Area,
    Catalogue,
    DefinitionChange,
    Inputs,
    Observation,
    Status,
    Target,
    with_area_changes,
)
from forecasting.figures.learner import Learner
from forecasting.figures.period import Month, Period, Quarter, parse_period
from forecasting.history.log_levels import LogLevels
from forecasting.models.pool import ENGINE, FittedPool, ModelForecasts, fit
from forecasting.models.predictive import Predictive
from forecasting.outlook.judge import judge
from forecasting.outlook.outlook import Outlook
from forecasting.outlook.question import DEFAULT_SEED, Question
from forecasting.record.backtest import BacktestCase, backtest, years_to_judge
from ui.frame import choices, people
from ui.frame import store as links_store
from ui.frame.environment import settings
from ui.language import words

MOST_OUTLOOKS = 256
MOST_READ = 2048
"""Of each kind of what is read; Streamlit's cache takes longer to find such than pages have."""
MOST_SERIES = 4096
"""Series that models were asked about, kept at most: then all are forgotten."""


@dataclass(frozen=True, slots=True)
class VintageView:
    """One vintage of one database: the address of everything that is kept."""

    database: str
    vintage: int

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
        figures = [figure.value for figure in self.figures(area)]
        changes = self.changes(area)
        return Inputs(self.catalogue(area), self.targets(area), figures, changes, learner())

    def span(self, area: str) -> tuple[Quarter, Quarter] | None:
        """Return the first and last quarter with growth."""
        return _span(self.database, self.vintage, area)

    def months(self, area: str) -> frozenset[Month]:
        """Return the months between the ends of quarters with growth."""
        return _months(self.database, self.vintage, area)

    def target_year(self, area: str) -> int:
        """Return the year an area works towards: that of its latest figures, else this one."""
        span = self.span(area)
        if span is None:
            return clock.today().year
        return choices.default_year(span, choices.year_options(span, self.targets(area)))

    def has_flash(self, area: str) -> bool:
        """Return whether figures that are not published are among those of an area."""
        return any(figure.value.status is Status.FLASH for figure in self.figures(area))

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

    def track_years(self, area: str) -> tuple[int, ...]:
        """Return the years that the track record of an area can judge."""
        return _track_years(self.database, self.vintage, area)

    def cases(self, area: str, year: int, line: float | None) -> tuple[BacktestCase, ...]:
        """Return what would have been said of a past year from its four origins."""
        return _cases(self.database, self.vintage, area, year, line, ENGINE)

    def area(self, area_id: str) -> Area:
        """Return the area of an id, or the place of China that may yet become one."""
        known = next((area for area in self.areas if area.id == area_id), None)
        found = known or gazetteer().area(area_id)
        if found is None:
            raise KeyError(area_id)
        return found


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
    asked = VintageView(database, vintage)
    return frozenset(area.id for area in asked.areas if asked.figures(area.id))


@lru_cache(MOST_READ)
def _catalogue(database: str, vintage: int, area: str) -> Catalogue:
    whole = links_store.store_at(database).catalogue(vintage)
    return words.national(whole, VintageView(database, vintage).area(area))


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
    return asked.changes_with(area, [figure.value for figure in asked.figures(area)])


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


@lru_cache(MOST_READ)
def _track_years(database: str, vintage: int, area: str) -> tuple[int, ...]:
    asked = VintageView(database, vintage)
    figures = [figure.value for figure in asked.figures(area)]
    return years_to_judge(area, asked.catalogue(area), figures)


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
            remembering_predict,
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
