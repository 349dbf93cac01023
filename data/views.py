"""What a store says at one of its vintages, read and computed when it is asked for.

Pages and commands ask the same questions here. A page keeps the answers between reruns
(``ui.frame.cache.VintageView``), a command asks once (``CommandView``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from data import choices, clock
from data.areas.gazetteer import gazetteer
from data.indicators.national import national
from data.issues.contents import IssueContents, contents_of
from data.store.issues import IssueRecord
from data.store.store import Store
from data.store.vintages import Committed
from forecasting.figures.indicator import (
    Area,
    Catalogue,
    Inputs,
    Observation,
    Status,
    Target,
    with_area_changes,
)
from forecasting.figures.learner import Learner
from forecasting.figures.period import Period, Quarter
from forecasting.history.log_levels import LogLevels
from forecasting.issues.json import read_snapshot
from forecasting.issues.outcome import Outcome, outcome_of
from forecasting.models.pool import ENGINE, FittedPool, ModelForecasts, fit
from forecasting.models.predictive import Predictive
from forecasting.news.causes_in_order import explain
from forecasting.news.news import News
from forecasting.outlook.judge import Baseline, baseline_of, outlook_of
from forecasting.outlook.outlook import Outlook
from forecasting.outlook.question import DEFAULT_SEED, Question
from forecasting.plan.years import Levels, YearPaths, levels_by_year, year_paths
from forecasting.scenario.evaluation import Evaluation, evaluate
from forecasting.scenario.model import Scenario


class StoreView:
    """One vintage of a store; a subclass says which, and may keep what it was told."""

    vintage: int

    @property
    def store(self) -> Store:
        """The store, as whoever asks may write to it."""
        raise NotImplementedError

    @property
    def learner(self) -> Learner | None:
        """What was learned from series of others."""
        raise NotImplementedError

    def at(self, vintage: int) -> StoreView:
        """Return another vintage of the same store."""
        raise NotImplementedError

    @property
    def areas(self) -> tuple[Area, ...]:
        """The areas, from the nation down."""
        return self.store.areas(self.vintage)

    def area(self, area_id: str) -> Area:
        """Return the area of an id, or the place of China that may yet become one."""
        known = next((area for area in self.areas if area.id == area_id), None)
        found = known or gazetteer().area(area_id)
        if found is None:
            raise KeyError(area_id)
        return found

    def catalogue(self, area: str) -> Catalogue:
        """Return the indicators, by the names that are usual in an area."""
        return national(self.store.catalogue(self.vintage), self.area(area))

    def figures(self, area: str) -> tuple[Committed[Observation], ...]:
        """Return every figure of an area, with the vintage that brought it."""
        return self.store.figures(self.vintage, area)

    def observations(self, area: str) -> list[Observation]:
        """Return every figure of an area."""
        return [figure.value for figure in self.figures(area)]

    def observations_then(self, then: int, area: str) -> Sequence[Observation]:
        """Return what was known of an area at an earlier vintage, but what was withdrawn since."""
        return self.store.observations_then(then, self.vintage, area)

    def targets(self, area: str) -> tuple[Target, ...]:
        """Return every target of an area."""
        return self.store.targets(self.vintage, area)

    def inputs(self, area: str) -> Inputs:
        """Return what an outlook of an area is drawn from."""
        return self.inputs_with(area, self.observations(area))

    def inputs_with(self, area: str, figures: Sequence[Observation]) -> Inputs:
        """Return what an outlook of an area is drawn from, with figures in place of its own."""
        store = self.store
        versions = store.area_versions(self.vintage, area)
        changes = with_area_changes(store.changes(self.vintage, area), versions, figures)
        return Inputs(self.catalogue(area), self.targets(area), figures, changes, self.learner)

    def span(self, area: str) -> tuple[Quarter, Quarter] | None:
        """Return the first and last quarter with growth."""
        return choices.growth_span(self.observations(area))

    def target_year(self, area: str) -> int:
        """Return the year an area works towards: that of its latest figures, else this one."""
        span = self.span(area)
        if span is None:
            return clock.today().year
        return choices.default_year(span, choices.year_options(span, self.targets(area)))

    def has_flash(self, area: str) -> bool:
        """Return whether figures that are not published are among those of an area."""
        return any(figure.status is Status.FLASH for figure in self.observations(area))

    def predict(self, batch: Sequence[LogLevels], horizon: int) -> list[Predictive]:
        """Forecast a batch of series, or give again what the store has kept of it."""
        forecasts = self.store.forecasts
        return forecasts.predict(batch, horizon, ENGINE, self.forecast, clock.now())

    def forecast(self, batch: Sequence[LogLevels], horizon: int) -> list[Predictive]:
        """Forecast a batch of series, whatever the store has kept."""
        return [fitted.predictive for fitted in self.fit(batch, horizon)]

    def fit(self, batch: Sequence[LogLevels], horizon: int) -> list[FittedPool]:
        """Forecast a batch of series, and give what was estimated with it."""
        return fit(batch, horizon)

    def baseline(self, key: BaselineKey) -> Baseline:
        """Return the baseline of a question to this vintage."""
        question = Question(self.area(key.area), key.year, key.as_of, key.line, DEFAULT_SEED)
        made = baseline_of(question, self.inputs(key.area), self.predict)
        return replace(made, opens=key.today)

    def outlook_without_scenario(self, key: BaselineKey) -> Outlook:
        """Return the outlook that answers a question to this vintage."""
        return outlook_of(self.baseline(key))

    def evaluation(self, key: BaselineKey, scenario: Scenario) -> Evaluation:
        """Return what a scenario comes to; nothing is fitted for it."""
        return evaluate(self.baseline(key), scenario)

    def paths_ahead(
        self, area: str, year: int, indicators: tuple[str, ...]
    ) -> dict[str, YearPaths]:
        """Return the joint paths of some indicators of an area from a year on."""
        question = Question(self.area(area), year)
        return year_paths(question, self.inputs(area), indicators, self.predict)

    def news_since(self, vintage: int, area: str, year: int) -> News:
        """Return why the outlook of an area and year moved since an earlier vintage.

        Raises
        ------
        AreaWithoutFigures
            If the area has none at either vintage.
        """
        question = Question(self.area(area), year)
        return explain(question, self.at(vintage).inputs(area), self.inputs(area), self.fit)

    def issue_contents(self, record: IssueRecord) -> IssueContents:
        """Return what the document of an issue says that its record does not.

        Raises
        ------
        DamagedIssue, LaterSnapshot, DamagedSnapshot
            If it cannot be read.
        """
        return contents_of(read_snapshot(self.store.issues.find(record.number).document))

    def issue_outcome(self, record: IssueRecord) -> Outcome:
        """Return what came of an issue by this vintage.

        Raises
        ------
        DamagedIssue, LaterSnapshot, DamagedSnapshot
            If its document cannot be read.
        """
        issued = self.store.issues.find(record.number)
        return outcome_of(
            read_snapshot(issued.document).outlook,
            self.at(issued.vintage).observations(issued.area),
            self._known_in_turn(issued.area, issued.year),
            self.observations(issued.area),
        )

    def _known_in_turn(self, area: str, year: int) -> Iterator[Sequence[Observation]]:
        """Yield what was known whenever a figure of the year came, the earliest first."""
        for then in self.store.year_vintages(self.vintage, area, year):
            yield self.observations_then(then, area)


@dataclass(frozen=True, slots=True)
class BaselineKey:
    """What a baseline is fitted for: one vintage, area and year as somebody chose them.

    Attributes
    ----------
    today
        The quarter that it is: what has no start begins no earlier.
    """

    snapshot: StoreView
    area: str
    year: int
    as_of: Period | None = None
    line: float | None = None
    today: Quarter = field(default_factory=clock.quarter)

    @property
    def baseline(self) -> Baseline:
        """The baseline."""
        return self.snapshot.baseline(self)

    @property
    def outlook(self) -> Outlook:
        """The outlook without any scenario."""
        return self.snapshot.outlook_without_scenario(self)

    def evaluation(self, scenario: Scenario) -> Evaluation:
        """Return what a scenario comes to; nothing is fitted for it."""
        return self.snapshot.evaluation(self, scenario)


@dataclass(frozen=True)
class CommandView(StoreView):
    """A vintage of an open store, asked by a program that soon ends.

    What is asked for again and again is kept as long as it lasts, for every vintage.

    Attributes
    ----------
    learned
        What was learned from series of others (``seed.learner_of``).
    """

    opened: Store
    vintage: int
    learned: Learner | None = field(repr=False, compare=False)
    _read: dict[tuple[int, str], tuple[Committed[Observation], ...]] = field(
        default_factory=dict, repr=False, compare=False
    )
    _fitted: dict[bytes, ModelForecasts] = field(default_factory=dict, repr=False, compare=False)
    _baselines: dict[BaselineKey, Baseline] = field(default_factory=dict, repr=False, compare=False)

    @property
    def store(self) -> Store:
        """The store, as it was opened."""
        return self.opened

    @property
    def learner(self) -> Learner | None:
        """What was learned from series of others."""
        return self.learned

    def at(self, vintage: int) -> CommandView:
        """Return another vintage of the same store."""
        return replace(self, vintage=vintage)

    def figures(self, area: str) -> tuple[Committed[Observation], ...]:
        """Return every figure of an area, read once."""
        key = self.vintage, area
        if key not in self._read:
            self._read[key] = super().figures(area)
        return self._read[key]

    def fit(self, batch: Sequence[LogLevels], horizon: int) -> list[FittedPool]:
        """Forecast a batch of series, each fitted once, and give what was estimated with it."""
        return fit(batch, horizon, self._fitted)

    def baseline(self, key: BaselineKey) -> Baseline:
        """Return the baseline of a question, fitted once."""
        if key not in self._baselines:
            self._baselines[key] = super().baseline(key)
        return self._baselines[key]


@dataclass(frozen=True, slots=True)
class AreaView:
    """A vintage, and the area of it that is looked at."""

    snapshot: StoreView
    area: Area

    @property
    def catalogue(self) -> Catalogue:
        """The indicators, by the names that are usual in the area."""
        return self.snapshot.catalogue(self.area.id)

    @property
    def has_figures(self) -> bool:
        """Whether there is anything to judge."""
        return self.snapshot.span(self.area.id) is not None

    @property
    def has_flash(self) -> bool:
        """Whether figures that are not published are among the area's."""
        return self.snapshot.has_flash(self.area.id)

    def levels_of(self, area: str, indicators: Sequence[str]) -> dict[str, Levels]:
        """Return the levels of whole years of any area, by indicator."""
        figures, catalogue = self.snapshot.observations(area), self.catalogue
        return {id: levels_by_year(id, area, catalogue[id].basis, figures) for id in indicators}
