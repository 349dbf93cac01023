"""A batch of areas and what comes of it: all that a worker needs goes in, all that is kept out.

A batch can be sent to any process of any machine that has this program: the same batch gives the
same bytes there. It holds published figures alone, so that nothing else can leave the office with
it, and no projects: nothing of a single firm is in any result.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

import msgspec

from forecasting.errors import OutlookError
from forecasting.figures.indicator import (
    Area,
    AreaKind,
    Catalogue,
    DefinitionChange,
    Inputs,
    Measure,
    Names,
    Observation,
    Status,
    Target,
)
from forecasting.figures.learner import Learner
from forecasting.figures.period import Quarter
from forecasting.fleet.results import (
    FleetBacktest,
    FleetFailure,
    FleetResult,
    FleetRun,
    VerdictLine,
)
from forecasting.issues.json import write_snapshot
from forecasting.issues.snapshot import IssueNote, Snapshot
from forecasting.issues.take import Material, take
from forecasting.models.pool import ENGINE, Engine, predict
from forecasting.outlook.judge import Baseline, outlooks_of, prepare
from forecasting.outlook.outlook import Outlook
from forecasting.outlook.question import Question, figures_until_cut
from forecasting.record.backtest import (
    ORIGIN_QUARTERS,
    Outcomes,
    cases_of,
    prepare_origins,
)
from forecasting.record.record import record_of


@dataclass(frozen=True, slots=True)
class AreaFigures:
    """What is known of an area, as far as it is published.

    Attributes
    ----------
    above
        The areas above it, the nearest first.
    observations, observations_above
        Of the area, and of those above.
    area_version
        As of ``take.Material``.
    """

    area: Area
    above: tuple[Area, ...]
    targets: tuple[Target, ...]
    changes: tuple[DefinitionChange, ...]
    observations: tuple[Observation, ...]
    observations_above: tuple[Observation, ...]
    area_version: Names | None = None

    def published(self, run: FleetRun) -> AreaFigures:
        """Return it with published figures alone, up to the cut of a run.

        Of areas above only growth since January of this year and the last is compared.
        """
        above = (
            figure
            for figure in _published(self.observations_above, run)
            if figure.measure is Measure.GROWTH_YTD and figure.month.year >= run.year - 1
        )
        return replace(
            self,
            observations=tuple(_published(self.observations, run)),
            observations_above=tuple(above),
        )

    @property
    def province(self) -> str:
        """Id of the province it lies in; empty outside any, and of a province its own."""
        every = (self.area, *self.above)
        return next((one.id for one in every if one.kind is AreaKind.PROVINCE), "")


def _published(figures: Iterable[Observation], run: FleetRun) -> Iterator[Observation]:
    for figure in figures_until_cut(figures, run.year, run.as_of):
        if figure.status is Status.PUBLISHED:
            yield figure


@dataclass(frozen=True, slots=True)
class FleetBatch:
    """Areas that one worker judges together.

    Attributes
    ----------
    learner
        As of ``Inputs``.
    areas
        Of each the digest of what its result follows from (``inputs_digest``), and its figures.
    """

    run: FleetRun
    catalogue: Catalogue
    learner: Learner | None
    areas: tuple[tuple[str, AreaFigures], ...]


FleetAnswer = FleetResult | FleetFailure


def inputs_digest(
    run: FleetRun, catalogue: Catalogue, learner: Learner | None, figures: AreaFigures
) -> str:
    """Return the digest of all that the result of an area follows from, but engine and moment.

    A run of a later vintage that arrives at the same digest need not judge the area again.
    """
    inputs = (
        (run.year, run.quarter, run.as_of),
        tuple(catalogue.indicators.values()),
        learner.digest if learner else None,
        figures,
    )
    return sha256(msgspec.json.encode(inputs)).hexdigest()


def judge_batch(batch: FleetBatch, engine: Engine = predict) -> list[FleetAnswer]:
    """Return what comes of each area of a batch, in its order.

    Whatever goes wrong in an area is the answer of that area alone. A program with another engine
    than the run's judges none.
    """
    if batch.run.engine != ENGINE:
        reason = f"the worker has engine {ENGINE}, the run {batch.run.engine}"
        return [FleetFailure(figures.area.id, "other_engine", reason) for _, figures in batch.areas]
    try:
        return _judge_together(batch, engine)
    except Exception as error:
        if len(batch.areas) > 1:
            alone = [replace(batch, areas=(one,)) for one in batch.areas]
            return [answer for one in alone for answer in judge_batch(one, engine)]
        ((_, figures),) = batch.areas
        return [_failure(figures.area, error)]


@dataclass(frozen=True, slots=True, eq=False)
class _Prepared:
    """An area before its series are forecast: the baseline of the year, and those of origins."""

    figures: AreaFigures
    digest: str
    known: Inputs
    baselines: tuple[Baseline, ...]


def _judge_together(batch: FleetBatch, engine: Engine) -> list[FleetAnswer]:
    """Answer all areas from one call of the engine."""
    prepared = [_prepare(batch, digest, figures) for digest, figures in batch.areas]
    outlooks = outlooks_of(
        [one for area in prepared if isinstance(area, _Prepared) for one in area.baselines], engine
    )
    return [
        area if isinstance(area, FleetFailure) else _answer(batch.run, area, outlooks)
        for area in prepared
    ]


def _prepare(batch: FleetBatch, digest: str, figures: AreaFigures) -> _Prepared | FleetFailure:
    run = batch.run
    known = Inputs(
        batch.catalogue, figures.targets, figures.observations, figures.changes, batch.learner
    )
    question = Question(figures.area, run.year, run.as_of)
    try:
        baseline = prepare(question, known)
    except OutlookError as error:
        return _failure(figures.area, error)
    if not baseline.lines:
        return FleetFailure(figures.area.id, "no_targets", f"no targets of {run.year}")
    earlier = prepare_origins(question, _origins(run), known)
    return _Prepared(figures, digest, known, (baseline, *earlier))


def _failure(area: Area, error: Exception) -> FleetFailure:
    code = error.code if isinstance(error, OutlookError) else type(error).__name__
    return FleetFailure(area.id, code, " ".join(str(error).split()))


def _origins(run: FleetRun) -> list[tuple[int, Quarter]]:
    """Return the last origins of earlier years, the oldest first, each with the year it is of."""
    years = -(-run.origins // len(ORIGIN_QUARTERS))
    every = [
        (year, Quarter(year - 1, 4) + known)
        for year in range(run.year - years, run.year)
        for known in ORIGIN_QUARTERS
    ]
    return every[len(every) - run.origins :]


def _answer(run: FleetRun, prepared: _Prepared, outlooks: Iterator[Outlook]) -> FleetResult:
    outlook, *earlier = [next(outlooks) for _ in prepared.baselines]
    area, figures = prepared.figures.area, prepared.figures
    snapshot = _snapshot(run, prepared, outlook)
    document = write_snapshot(snapshot)
    verdicts = tuple(_lines(snapshot))
    together = outlook.all_clear
    return FleetResult(
        area=area.id,
        name=area.name,
        kind=area.kind,
        province=figures.province,
        reference=area.reference,
        synthetic=area.synthetic,
        p_all=together.probability if together else None,
        light=outlook.light,
        weakest=together.weakest.indicator_id if together and together.weakest else "",
        lights=Counter(one.light for one in verdicts if one.counts and one.light),
        verdicts=verdicts,
        inputs_sha256=prepared.digest,
        sha256=sha256(document).hexdigest(),
        document=document,
        backtest=_backtest(prepared.known, earlier) if run.origins else None,
    )


def _snapshot(run: FleetRun, prepared: _Prepared, outlook: Outlook) -> Snapshot:
    figures = prepared.figures
    material = Material(
        areas=(figures.area, *figures.above),
        catalogue=prepared.known.catalogue,
        observations=(*figures.observations, *figures.observations_above),
        vintage=run.vintage,
        app_version=run.app_version,
        today=run.today,
        area_version=figures.area_version,
    )
    return take(IssueNote(0, run.issued_at.isoformat()), outlook, material)


def _lines(snapshot: Snapshot) -> Iterator[VerdictLine]:
    """Yield the verdicts of a snapshot in short; the brief has a line for each."""
    for verdict, line in zip(snapshot.outlook.verdicts, snapshot.brief, strict=True):
        yield VerdictLine(
            indicator=verdict.indicator_id,
            counts=verdict.counts,
            comparator=verdict.target.comparator,
            threshold=verdict.target.threshold,
            probability=verdict.probability,
            light=verdict.shown_light,
            latest=line.latest.period,
            growth=line.latest.growth,
            q10=verdict.quantiles.q10,
            median=verdict.quantiles.median,
            q90=verdict.quantiles.q90,
        )


def _backtest(known: Inputs, outlooks: Sequence[Outlook]) -> FleetBacktest:
    outcomes: Outcomes = {}
    every = record_of(
        case for outlook in outlooks for case in cases_of(outlook, known, outcomes)
    ).every
    if every is None:
        return FleetBacktest(0)
    scores = every.scores
    return FleetBacktest(scores.count, scores.issued, scores.simple, scores.frequency)
