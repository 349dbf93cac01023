"""A batch says of each area what its own page would say, from published figures alone."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache

import pytest

from forecasting.figures.indicator import (
    Area,
    AreaKind,
    Inputs,
    Measure,
    Names,
    Observation,
    Status,
    Target,
)
from forecasting.figures.period import Quarter
from forecasting.fleet.batch import (
    AreaFigures,
    FleetAnswer,
    FleetBatch,
    inputs_digest,
    judge_batch,
)
from forecasting.fleet.results import FleetFailure, FleetResult, FleetRun
from forecasting.history.log_levels import LogLevels
from forecasting.issues.json import read_snapshot, write_snapshot
from forecasting.issues.snapshot import IssueNote
from forecasting.issues.take import Material, take
from forecasting.models.pool import ENGINE, predict
from forecasting.models.predictive import Predictive
from forecasting.outlook.judge import judge
from forecasting.outlook.lights import Light
from forecasting.outlook.question import Question
from forecasting.record.backtest import backtest
from forecasting.record.record import record_of
from tests.builders import make_catalogue, make_figures, make_target, steady_figures

CATALOGUE = make_catalogue("a", "b")
NATION = Area("N", Names("国", "Nation"), AreaKind.NATION)
PROVINCE = Area("P", Names("省", "Province"), AreaKind.PROVINCE, "N")
RUN = FleetRun(
    year=2026, quarter=Quarter(2026, 2), as_of=None, vintage=5,
    issued_at=datetime(2026, 7, 25, tzinfo=UTC), today=date(2026, 7, 25), app_version="1",
    engine=ENGINE, origins=3,
)  # fmt: skip


def area_figures(id: str, figures: Sequence[Observation], *targets: Target) -> AreaFigures:
    """Return what is known of a zone in the province."""
    return AreaFigures(
        area=Area(id, Names(f"{id}区", id), AreaKind.ZONE, "P"),
        above=(PROVINCE, NATION),
        targets=tuple(replace(target, area=id) for target in targets),
        changes=(),
        observations=tuple(replace(figure, area=id) for figure in figures),
        observations_above=tuple(make_figures({"2026Q2": 6.5}, indicator="a", area="N")),
    )


def levels(last: int) -> list[Observation]:
    """Return quarterly levels of ``b``, which are forecast as they are."""
    quarters = [f"{year}Q{quarter}" for year in range(2021, 2027) for quarter in range(1, 5)]
    values = {label: 10.0 + at % 4 + 0.3 * at for at, label in enumerate(quarters[:last])}
    return make_figures(values, Measure.LEVEL_QUARTER, indicator="b")


TARGETS = make_target("a"), make_target("b", 4.0)
AREAS = (
    area_figures(
        "Z1", [*steady_figures("2018Q1", "2026Q2", wobble=1.0, indicator="a"), *levels(22)],
        *TARGETS,
    ),
    area_figures("Z2", steady_figures("2016Q1", "2025Q4", wobble=2.0, indicator="a"), *TARGETS),
    area_figures("Z3", levels(21), TARGETS[1]),
)  # fmt: skip


def batch_of(*areas: AreaFigures, run: FleetRun = RUN) -> FleetBatch:
    return FleetBatch(run, CATALOGUE, None, tuple((one.area.id * 32, one) for one in areas))


def results(answers: Sequence[FleetAnswer]) -> list[FleetResult]:
    assert not [answer for answer in answers if isinstance(answer, FleetFailure)]
    return [answer for answer in answers if isinstance(answer, FleetResult)]


@cache
def judged() -> list[FleetResult]:
    return results(judge_batch(batch_of(*AREAS)))


def test_an_area_is_judged_as_alone_to_the_last_bit() -> None:
    for figures, result in zip(AREAS, judged(), strict=True):
        known = Inputs(CATALOGUE, figures.targets, figures.observations)
        observations = (*figures.observations, *figures.observations_above)
        material = Material(
            (figures.area, *figures.above), CATALOGUE, observations, 5, "1", RUN.today
        )
        alone = judge(Question(figures.area, 2026), known)

        document = write_snapshot(take(IssueNote(0, RUN.issued_at.isoformat()), alone, material))

        assert result.document == document
        assert read_snapshot(result.document).outlook.area == figures.area


def test_the_batch_that_an_area_is_in_changes_nothing() -> None:
    sent = pickle.loads(pickle.dumps(batch_of(*AREAS[::-1][:2])))

    assert results(judge_batch(sent)) == judged()[::-1][:2]


def test_a_result_says_in_short_what_the_document_says() -> None:
    first = judged()[0]
    outlook = read_snapshot(first.document).outlook

    assert outlook.all_clear is not None
    assert (first.p_all, first.light) == (outlook.all_clear.probability, outlook.light)
    assert (first.province, first.kind, first.synthetic) == ("P", AreaKind.ZONE, False)
    assert [one.probability for one in first.verdicts] == [v.probability for v in outlook.verdicts]
    assert sum(first.lights.values()) == len(first.verdicts) == 2
    assert first.lights[outlook.verdicts[0].light or Light.MET] > 0
    assert str(first.verdicts[0].latest) == "2026-06"


def test_origins_are_scored_as_the_track_record_scores_them() -> None:
    figures, found = AREAS[0], judged()[0].backtest
    known = Inputs(CATALOGUE, figures.targets, figures.observations)
    cases = [
        case for case in backtest(Question(figures.area, 2025), [2025], known)
        if case.origin_quarter > 0
    ]  # fmt: skip
    every = record_of(cases).every

    assert every is not None
    assert found is not None
    assert (found.cases, found.brier) == (len(cases), every.scores.issued)
    assert (found.brier_persistence, found.brier_frequency) == (
        every.scores.simple, every.scores.frequency,
    )  # fmt: skip
    (without,) = results(judge_batch(batch_of(AREAS[2], run=replace(RUN, origins=0))))
    assert without == replace(judged()[2], backtest=None)


def test_what_is_not_published_has_no_part_in_a_result() -> None:
    flash = make_figures({"2026-07": 77.7}, indicator="a")
    unpublished = [
        replace(figure, area="Z1", status=status)
        for figure in flash
        for status in (Status.FLASH, Status.ESTIMATE)
    ]
    above = replace(AREAS[0].observations_above[0], status=Status.FLASH, value=66.6)
    figures = replace(
        AREAS[0],
        observations=(*AREAS[0].observations, *unpublished),
        observations_above=(*AREAS[0].observations_above, above),
    )

    assert figures.published(RUN) == AREAS[0]


def test_a_cut_keeps_what_was_known_then() -> None:
    run = replace(RUN, as_of=Quarter(2026, 1))

    kept = AREAS[0].published(run)

    assert max(str(figure.month) for figure in kept.observations) == "2026-03"
    assert kept.observations_above == ()


def test_what_goes_wrong_in_an_area_is_the_answer_of_that_area_alone() -> None:
    def engine(batch: Sequence[LogLevels], horizon: int) -> list[Predictive]:
        if any(series.origin == Quarter(2026, 1) for series in batch):
            raise ArithmeticError("no\nfit")
        return predict(batch, horizon)

    nothing = area_figures("Z4", [], *TARGETS)
    untargeted = area_figures("Z5", levels(22))
    answers = judge_batch(
        batch_of(nothing, AREAS[1], AREAS[2], untargeted, run=replace(RUN, origins=0)), engine
    )

    assert isinstance(answers[1], FleetResult)
    assert [answer for answer in answers if isinstance(answer, FleetFailure)] == [
        FleetFailure("Z4", "area_without_figures", "no figures of area 'Z4': upload some first"),
        FleetFailure("Z3", "ArithmeticError", "no fit"),
        FleetFailure("Z5", "no_targets", "no targets of 2026"),
    ]


def test_a_worker_of_another_release_judges_nothing() -> None:
    (answer,) = judge_batch(batch_of(AREAS[0], run=replace(RUN, engine="pool-0")))

    assert isinstance(answer, FleetFailure)
    assert answer.code == "other_engine"


@pytest.mark.parametrize("part", ["observations", "observations_above", "targets"])
def test_the_digest_is_of_all_that_a_result_follows_from(part: str) -> None:
    digest = inputs_digest(RUN, CATALOGUE, None, AREAS[0])

    fewer = replace(AREAS[0], **{part: getattr(AREAS[0], part)[1:]})  # type: ignore[arg-type]
    assert inputs_digest(RUN, CATALOGUE, None, fewer) != digest
    later = replace(RUN, vintage=6, issued_at=datetime(2027, 1, 1, tzinfo=UTC), app_version="2")
    assert inputs_digest(later, CATALOGUE, None, AREAS[0]) == digest
    assert inputs_digest(replace(RUN, year=2025), CATALOGUE, None, AREAS[0]) != digest
    assert inputs_digest(RUN, make_catalogue("a"), None, AREAS[0]) != digest
