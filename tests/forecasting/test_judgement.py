import math
from dataclasses import replace

import numpy as np
import pytest

from forecasting.document import outlook_document, to_json
from forecasting.errors import AreaWithoutFigures
from forecasting.indicator import Basis, Measure, Observation, PriceBasis, Target
from forecasting.judgement import judge
from forecasting.outlook import Light, Outlook, Reason, light_of
from forecasting.period import Quarter
from forecasting.question import Question
from forecasting.seeds import Seeds
from tests.builders import (
    REFERENCE,
    ZONE,
    make_catalogue,
    make_figures,
    make_target,
    periods,
    steady_figures,
)

CATALOGUE = make_catalogue("a", "b", "c")
ASK = Question(ZONE, 2021)


def history(indicator: str, growth: float, last: str = "2021Q2") -> list[Observation]:
    return steady_figures("2010Q1", last, growth, wobble=1.0, indicator=indicator)


def answer(figures: list[Observation], targets: list[Target], question: Question = ASK) -> Outlook:
    return judge(question, CATALOGUE, targets, figures)


@pytest.fixture(scope="module")
def three() -> Outlook:
    figures = history("a", 7.2) + history("b", 6.9) + history("c", 7.4, last="2021Q1")
    return answer(figures, [make_target(name) for name in "abc"])


def sample(seeds: Seeds, **changes: object) -> Outlook:
    area = next(area for area in seeds.areas if area.id == "SAMPLE")
    question = replace(Question(area, 2026), **changes)  # type: ignore[arg-type]
    return judge(question, seeds.catalogue, seeds.targets, seeds.observations)


def test_the_all_clear_lies_within_the_frechet_bounds(three: Outlook, seeds: Seeds) -> None:
    for outlook in (three, sample(seeds)):
        assert outlook.all_clear is not None
        singles = [verdict.probability for verdict in outlook.counted]

        assert outlook.all_clear.probability <= min(singles)
        assert outlook.all_clear.probability >= sum(singles) - len(singles) + 1


def test_without_correlation_the_all_clear_is_the_product_of_the_single_probabilities(
    seeds: Seeds,
) -> None:
    outlook = sample(seeds, correlated=False)

    assert outlook.all_clear is not None
    product = math.prod(verdict.probability for verdict in outlook.counted)
    assert outlook.all_clear.independent == product
    assert outlook.all_clear.probability == pytest.approx(
        product, abs=4 * outlook.all_clear.error + 1e-3
    )
    assert 0.02 < product < 0.98


def test_correlated_shocks_move_the_all_clear_away_from_the_product(seeds: Seeds) -> None:
    outlook = sample(seeds)

    assert outlook.all_clear is not None
    gain = outlook.all_clear.probability - outlook.all_clear.independent
    assert gain > 4 * outlook.all_clear.error


def test_the_weakest_link_is_the_one_whose_clearing_raises_the_all_clear_most(
    three: Outlook,
) -> None:
    assert three.all_clear is not None
    assert three.all_clear.weakest is not None

    assert three.all_clear.weakest.indicator_id == "b"
    assert three.all_clear.weakest.probability_if_cleared > three.all_clear.probability


def test_where_no_single_clearing_helps_the_weakest_is_the_farthest_from_its_line() -> None:
    figures = history("a", -20.0) + history("b", -40.0)

    outlook = answer(figures, [make_target(name) for name in "ab"])

    assert outlook.all_clear is not None
    assert outlook.all_clear.probability == 0
    assert outlook.all_clear.weakest is not None
    assert [verdict.probability for verdict in outlook.verdicts] == [0, 0]
    assert outlook.all_clear.weakest.indicator_id == "b"
    assert outlook.all_clear.weakest.probability_if_cleared == 0


def test_the_same_seed_gives_the_same_bytes_and_another_does_not(seeds: Seeds) -> None:
    first, second, other = (
        to_json(outlook_document(sample(seeds, seed=seed))) for seed in (7, 7, 8)
    )

    assert first == second != other


def test_nothing_after_the_cut_has_any_influence(seeds: Seeds) -> None:
    area = seeds.areas[0]
    question = Question(area, 2019, as_of=Quarter(2019, 1))
    altered = [
        replace(figure, value=figure.value * -3 + 1)
        if figure.month > Quarter(2019, 1).end
        else figure
        for figure in seeds.observations
    ]

    before = judge(question, seeds.catalogue, seeds.targets, seeds.observations)
    after = judge(question, seeds.catalogue, seeds.targets, altered)

    assert to_json(outlook_document(before)) == to_json(outlook_document(after))


def test_known_quarters_are_fixed_and_only_the_rest_is_simulated() -> None:
    figures = history("a", 8.0, last="2021Q3")

    (verdict,) = answer(figures, [make_target("a")]).verdicts

    weights = verdict.history.weights(2021)
    known = sum(weights[:3]) * verdict.history.ytd_at(Quarter(2021, 3))
    low, high = verdict.quantiles[0], verdict.quantiles[-1]
    assert [point.quarter for point in verdict.fan] == [Quarter(2021, 4)]
    assert low < known + weights[3] * 8.0 < high
    assert high - low < 3


def test_a_complete_year_is_answered_by_its_published_figure() -> None:
    figures = make_figures(dict.fromkeys(periods("2018Q1", "2021Q4"), 7.0), indicator="a")
    figures += make_figures(dict.fromkeys(periods("2018Q1", "2021Q4"), 7.1), indicator="b")

    outlook = answer(figures, [make_target("a"), make_target("b")])

    assert [v.probability for v in outlook.verdicts] == [0.0, 1.0]
    assert [v.light for v in outlook.verdicts] == [Light.MISSED, Light.MET]
    assert [v.method for v in outlook.verdicts] == ["published", "published"]
    assert outlook.all_clear is not None
    assert outlook.all_clear.weakest is None


def test_a_reference_area_has_no_lights() -> None:
    outlook = answer(history("a", 8.0), [make_target("a")], replace(ASK, area=REFERENCE))

    assert outlook.light is None
    assert [verdict.light for verdict in outlook.verdicts] == [None]


@pytest.mark.parametrize(
    ("probability", "light"),
    [
        (0.9, Light.ACHIEVABLE),
        (0.8999, Light.HOPEFUL),
        (0.6, Light.HOPEFUL),
        (0.5999, Light.PRESSED),
        (0.3, Light.PRESSED),
        (0.2999, Light.HARD),
    ],
)
def test_lights_change_at_their_thresholds(probability: float, light: Light) -> None:
    assert light_of(probability, complete=False) is light


def test_every_target_that_has_no_verdict_says_why() -> None:
    other_basis = Basis(PriceBasis.CONSTANT)
    stale = history("a", 8.0, last="2019Q4")
    months = make_figures({"2021Q2": 8.0}, Measure.GROWTH_MONTH, indicator="b")
    catalogue = make_catalogue("a", "b", "c", "d")
    elsewhere = [replace(figure, basis=other_basis) for figure in history("d", 8.0)]
    targets = [make_target(name) for name in "abcd"]

    outlook = judge(ASK, catalogue, targets, stale + months + elsewhere)

    assert [(entry.target.indicator, entry.reason) for entry in outlook.excluded] == [
        ("a", Reason.STALE),
        ("b", Reason.MONTH_ONLY),
        ("c", Reason.NO_FIGURES),
        ("d", Reason.OTHER_BASIS),
    ]
    assert outlook.excluded[0].latest == Quarter(2019, 4)
    assert outlook.all_clear is None
    assert outlook.targets_in_all == 4


def test_a_figure_of_the_fourth_quarter_before_is_fresh_enough() -> None:
    outlook = answer(history("a", 8.0, last="2020Q4"), [make_target("a")])

    assert len(outlook.verdicts) == 1
    assert len(outlook.verdicts[0].fan) == 4


def test_a_target_that_does_not_count_leaves_the_all_clear_alone() -> None:
    figures = history("a", 8.0) + history("b", -30.0)

    outlook = answer(figures, [make_target("a"), make_target("b", counts=False)])

    assert outlook.all_clear is not None
    assert outlook.all_clear.probability == outlook.verdicts[0].probability > 0
    assert [verdict.indicator_id for verdict in outlook.counted] == ["a"]


def test_targets_are_never_taken_from_another_area_or_another_year() -> None:
    targets = [make_target("a", area="elsewhere"), make_target("a", year=2020)]

    assert answer(history("a", 8.0), targets).verdicts == ()


def test_a_target_of_the_year_stands_before_a_standing_one() -> None:
    targets = [make_target("a", 9.0, year=2021), make_target("a", 7.0)]

    (verdict,) = answer(history("a", 8.0), targets).verdicts

    assert verdict.target.threshold == 9.0


def test_a_threshold_in_the_question_replaces_that_of_every_target() -> None:
    figures = history("a", 8.0)

    low, high = (
        answer(figures, [make_target("a")], replace(ASK, threshold=threshold)).verdicts[0]
        for threshold in (2.0, 14.0)
    )

    assert low.probability > 0.99
    assert high.probability < 0.01
    assert low.quantiles == high.quantiles


def test_an_area_without_targets_is_held_to_the_threshold_asked_for() -> None:
    outlook = answer(history("a", 8.0) + history("b", 8.0), [], replace(ASK, threshold=5.0))

    assert [(v.indicator_id, v.target.threshold) for v in outlook.verdicts] == [
        ("a", 5.0),
        ("b", 5.0),
    ]


def test_an_area_of_which_nothing_is_known_is_refused() -> None:
    with pytest.raises(AreaWithoutFigures) as refusal:
        answer([], [make_target("a")])

    assert refusal.value.values == {"area": "Z"}


def test_the_pace_and_its_odds_look_at_the_same_quarters_of_past_years() -> None:
    values = dict.fromkeys(periods("2015Q1", "2020Q4"), 5.0)
    values |= {"2018Q3": 7.0, "2018Q4": 9.0, "2021Q1": 4.0, "2021Q2": 4.0}

    (verdict,) = answer(make_figures(values, indicator="a"), [make_target("a")]).verdicts

    assert verdict.pace is not None
    assert verdict.pace.first_quarter == 3
    known = sum(verdict.history.weights(2021)[:2])
    assert verdict.pace.average == pytest.approx((7.05 - known * 4) / (1 - known))
    assert verdict.pace.shown == math.ceil(verdict.pace.average * 10) / 10
    assert (verdict.pace.reached, verdict.pace.windows) == (1, 6)


def test_the_nation_is_answered_on_three_of_eight_indicators(seeds: Seeds) -> None:
    outlook = judge(
        Question(seeds.areas[0], 2026), seeds.catalogue, seeds.targets, seeds.observations
    )

    assert (len(outlook.counted), outlook.targets_in_all) == (3, 8)
    assert [str(verdict.history.origin) for verdict in outlook.counted] == ["2026Q2"] * 3
    assert outlook.light is None
    assert {entry.target.indicator: entry.reason for entry in outlook.excluded} == {
        "retail_sales": "month_only",
        "general_public_budget_revenue": "stale",
        "tax_revenue": "stale",
        "exports_usd": "month_only",
        "resident_income": "no_figures",
    }


def test_the_sample_zone_has_twelve_verdicts_with_lights(seeds: Seeds) -> None:
    outlook = sample(seeds)

    assert len(outlook.verdicts) == 12
    assert all(verdict.light is not None for verdict in outlook.verdicts)
    assert len(outlook.counted) == 8
    assert "naive" in {verdict.method for verdict in outlook.verdicts}
    assert all(np.isfinite(verdict.quantiles).all() for verdict in outlook.verdicts)
    assert len({verdict.history.origin for verdict in outlook.verdicts}) == 2


def test_figures_published_half_yearly_persist_as_they_were_published() -> None:
    values = {f"{year}Q{half}": 9.0 for year in range(2016, 2021) for half in (2, 4)}
    figures = make_figures(values | {"2021Q2": 12.0}, indicator="a")

    (verdict,) = answer(figures, [make_target("a")]).verdicts

    assert verdict.method == "naive"
    assert verdict.history.origin == Quarter(2021, 2)
    assert verdict.quantiles[3] == pytest.approx(12.0, abs=0.2)
