"""Months inside the open quarter move the verdict, and nothing before their time."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from forecasting.cli.options import to_json
from forecasting.cli.views import outlook_document
from forecasting.figures.indicator import Inputs, Measure, Observation
from forecasting.figures.period import Month, Quarter
from forecasting.history.log_levels import LogLevels
from forecasting.models.predictive import Member, ModelReport, Predictive
from forecasting.outlook.departure import base_effect
from forecasting.outlook.judge import baseline_of, judge
from forecasting.outlook.outlook import Verdict
from forecasting.outlook.question import Question
from forecasting.scenario.model import Pin
from forecasting.scenario.pins import pinned, plausibility
from tests.builders import ZONE, make_catalogue, make_figures, make_target

SCALE = 0.02
CATALOGUE = make_catalogue("a", "b")
ASK = Question(ZONE, 2020)


def figures(last: str, *, name: str = "a", month: float = 8.0) -> list[Observation]:
    """Growth of 8% from 2010 on with a wobble, every month; the last one as given."""
    rng = np.random.default_rng(5)
    own: dict[str, float] = {}
    for year in range(2010, 2021):
        months = 8 + rng.normal(size=12)
        months[1] = months[0]
        for end in range(2, 13):
            own[f"{year}-{end:02d}"] = float(months[:end].mean())
    kept = {label: value for label, value in own.items() if label <= last}
    return make_figures(kept | {last: month}, indicator=name)


def engine(series: Sequence[LogLevels], horizon: int) -> list[Predictive]:
    """Growth of 8% is expected of every quarter; shocks of the two go together."""
    rng = np.random.default_rng(9)
    shocks = rng.multivariate_normal([0, 0], [[1, 0.8], [0.8, 1]], size=60).T
    forecasts = []
    for one, own in zip(series, shocks, strict=False):
        residuals = tuple((Quarter(2020, 2) + (row - 59), float(v)) for row, v in enumerate(own))
        report = ModelReport("sarima", None, None, (), (), 60, residuals)
        mean = one.filled[-4:][:horizon] + np.log(1.08)
        member = Member(1.0, mean, SCALE**2 * np.eye(horizon), np.inf, report)
        forecasts.append(Predictive(one.origin, (member,)))
    return forecasts


def known(*observations: Observation, both: bool = False) -> Inputs:
    targets = [make_target("a"), *([make_target("b")] if both else [])]
    return Inputs(CATALOGUE, targets, observations)


def verdict(last: str, month: float = 8.0) -> Verdict:
    return judge(ASK, known(*figures(last, month=month)), engine).verdicts[0]


def test_the_quarter_is_the_gaussian_one_given_its_part() -> None:
    """The whole of the arithmetic by hand: precision-weighted mean and variance."""
    baseline = baseline_of(ASK, known(*figures("2020-08", month=9.0)), engine)
    (line,) = baseline.standing
    partial = line.history.partial
    assert partial is not None
    prior, seen = np.log(1.08), np.log1p(partial.growth / 100)
    gain = SCALE**2 / (SCALE**2 + partial.deviation**2)

    levels = baseline.paths[0].levels
    growth = levels - line.history.bridged[-4:][:2]

    assert growth[:, 0].mean() == pytest.approx(prior + gain * (seen - prior), abs=1e-4)
    assert growth[:, 0].std() == pytest.approx(np.sqrt(1 - gain) * SCALE, rel=0.03)
    assert growth[:, 1].mean() == pytest.approx(prior, abs=1e-4)
    assert growth[:, 1].std() == pytest.approx(SCALE, rel=0.03)


def test_a_good_month_raises_the_verdict_and_every_month_narrows_it() -> None:
    chances = [verdict("2020-08", month).probability for month in (6.0, 7.0, 8.0, 9.0)]
    widths = [verdict(last).quantiles.deviation for last in ("2020-06", "2020-07", "2020-08")]

    assert all(one < other for one, other in pairwise(chances))
    assert all(one > other for one, other in pairwise(widths))


def test_months_of_one_indicator_tell_of_another_that_has_none() -> None:
    """As shocks of one quarter go together; how much by hand, from their correlation."""

    def other(month: float) -> float:
        own = figures("2020-08", month=month)
        beside = figures("2020-06", name="b", month=8.0)
        baseline = baseline_of(ASK, known(*own, *beside, both=True), engine)
        return float(baseline.paths[1].levels[:, 0].mean())

    assert other(10.0) - other(9.0) > 0.003
    assert other(9.0) - other(8.0) > 0.003


def test_a_year_begins_with_its_first_two_months() -> None:
    answer = verdict("2020-02", 6.0)

    assert answer.history.origin == Quarter(2019, 4)
    assert answer.pace is not None
    assert answer.pace.begun
    assert (answer.pace.first_quarter, answer.pace.first_month) == (1, 3)
    assert [point.quarter for point in answer.fan] == [Quarter(2020, k) for k in (1, 2, 3, 4)]


def test_the_required_pace_is_of_the_months_left() -> None:
    """After ten months at 6% two months have to bring a year of equal months over 7.05%."""
    answer = verdict("2020-10", 6.0)

    assert answer.pace is not None
    assert answer.pace.first_month == 11
    share = answer.history.share_known(2020)
    assert answer.pace.average == pytest.approx((7.05 - share * 6.0) / (1 - share))
    assert share == pytest.approx(10 / 12, abs=2e-3)
    assert answer.pace.windows == 10  # the years whose first ten months are known as well
    assert answer.pace.reached == 0


def test_a_later_month_changes_no_byte_of_an_earlier_as_of() -> None:
    every = figures("2020-11")
    for last in ("2020-02", "2020-06", "2020-08", "2020-10"):
        asked = replace(ASK, as_of=Month.parse(last).quarter or Month.parse(last))
        early = [one for one in every if one.month <= Month.parse(last)]
        other = [
            replace(one, value=one.value + 3.0) if one.month > Month.parse(last) else one
            for one in every
        ]

        answers = {
            to_json(outlook_document(judge(asked, known(*rows), engine)))
            for rows in (early, every, other)
        }

        assert len(answers) == 1


def test_the_same_months_are_the_same_bytes_and_another_seed_is_not() -> None:
    inputs = known(*figures("2020-08"))
    first, again, other = (
        baseline_of(replace(ASK, seed=seed), inputs, engine).paths[0].levels for seed in (7, 7, 8)
    )

    assert first.tobytes() == again.tobytes()
    assert first.tobytes() != other.tobytes()


def test_an_outlook_runs_to_its_last_month() -> None:
    outlook = judge(ASK, known(*figures("2020-08")), engine)

    assert outlook.latest == Month(2020, 8)
    assert outlook.verdicts[0].history.latest_ytd == 8.0


def test_a_pin_is_met_whatever_months_say_and_is_judged_given_them() -> None:
    baseline = baseline_of(ASK, known(*figures("2020-08", month=9.0)), engine)
    line = baseline.standing[0]
    assert line.history.partial is not None
    near, far = line.history.partial.growth, 2.0

    held = pinned(baseline, [Pin("a", far, Quarter(2020, 3))])
    likely, unlikely = (
        plausibility(baseline, [Pin("a", growth, Quarter(2020, 3))]) for growth in (near, far)
    )

    growth = np.exp(held.paths[0].levels[:, 0] - line.history.bridged[-4])
    assert growth == pytest.approx(1 + far / 100)
    assert likely is not None
    assert unlikely is not None
    assert likely.each[0].growth.probability > 0.3
    assert unlikely.each[0].growth.probability < 1e-6
    assert unlikely.each[0].path.probability < 1e-6


def test_a_pin_of_a_later_quarter_leaves_what_months_say() -> None:
    baseline = baseline_of(ASK, known(*figures("2020-08", month=9.0)), engine)

    held = pinned(baseline, [Pin("a", 2.0, Quarter(2020, 4))])

    before, after = (one.paths[0].levels[:, 0] for one in (baseline, held))
    assert after.mean() == pytest.approx(before.mean(), abs=1e-3)
    assert after.std() == pytest.approx(before.std(), rel=0.05)


def test_last_years_base_is_that_of_the_same_months() -> None:
    history = verdict("2020-08", 8.0).history

    base = base_effect(history)

    assert base is not None
    assert base.last_part == pytest.approx(history.ytd_to_month(2019))
    assert history.share_to_month(2019) * base.last_part + (
        1 - history.share_to_month(2019)
    ) * base.last_rest == pytest.approx(history.ytd_at(Quarter(2019, 4)))


def test_an_indicator_of_single_months_has_the_verdict_of_its_sums() -> None:
    """Its quarters, its shares and the known part of the open quarter are those of the sums."""
    singles = {
        f"{year}-{month:02d}": (20.0 + month + (7 * month * year) % 5) * 1.08 ** (year - 2010)
        for year in range(2010, 2021)
        for month in range(1, 13)
        if (year, month) <= (2020, 8)
    }
    sums = {
        label: sum(v for other, v in singles.items() if other[:4] == label[:4] and other <= label)
        for label in singles
    }

    single = judge(ASK, known(*make_figures(singles, Measure.LEVEL_MONTH, indicator="a")), engine)
    summed = judge(ASK, known(*make_figures(sums, Measure.LEVEL_YTD, indicator="a")), engine)

    (one,), (other,) = single.verdicts, summed.verdicts
    assert one.probability == other.probability
    assert one.quantiles == pytest.approx(other.quantiles)
    assert one.pace == other.pace
