import math
from dataclasses import replace

import numpy as np
import pytest

from forecasting.cli.options import to_json
from forecasting.cli.views import outlook_document
from forecasting.errors import AreaWithoutFigures
from forecasting.figures.indicator import (
    Basis,
    Catalogue,
    Comparator,
    IndicatorGroup,
    Inputs,
    Measure,
    Observation,
    PriceBasis,
    Status,
    Target,
)
from forecasting.figures.period import Quarter
from forecasting.figures.seeds import Seeds
from forecasting.outlook.judge import baseline_of, judge, outlook_of
from forecasting.outlook.lights import Light, light_of
from forecasting.outlook.outlook import Outlook, Reason
from forecasting.outlook.question import Question
from forecasting.outlook.verdict import ytd_paths
from tests.builders import (
    REFERENCE,
    ZONE,
    chain,
    make_catalogue,
    make_figures,
    make_indicator,
    make_target,
    periods,
    steady_figures,
)

CATALOGUE = make_catalogue("a", "b", "c")
ASK = Question(ZONE, 2021)


def history(indicator: str, growth: float, last: str = "2021Q2") -> list[Observation]:
    return steady_figures("2010Q1", last, growth, wobble=1.0, indicator=indicator)


def answer(figures: list[Observation], targets: list[Target], question: Question = ASK) -> Outlook:
    return judge(question, Inputs(CATALOGUE, targets, figures))


@pytest.fixture(scope="module")
def three() -> Outlook:
    figures = history("a", 7.2) + history("b", 6.5) + history("c", 7.4, last="2021Q1")
    return answer(figures, [make_target(name) for name in "abc"])


def sample(seeds: Seeds, **changes: object) -> Outlook:
    area = next(area for area in seeds.areas if area.id == "SAMPLE")
    question = replace(Question(area, 2026), **changes)  # type: ignore[arg-type]
    return judge(question, seeds.inputs)


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


def test_only_what_is_added_to_is_judged_anew() -> None:
    figures = history("a", 7.2) + history("b", 6.5)
    known = Inputs(CATALOGUE, [make_target(name) for name in "ab"], figures)
    baseline = baseline_of(ASK, known)
    first = outlook_of(baseline)

    moved = outlook_of(baseline, {"a": np.array([[0.0, 5.0]])})

    assert moved.verdicts[1] is first.verdicts[1]
    assert moved.verdicts[0].probability > first.verdicts[0].probability
    assert (
        moved.all_clear
        == outlook_of(baseline_of(ASK, known), {"a": np.array([[0.0, 5.0]])}).all_clear
    )
    assert outlook_of(baseline).all_clear == first.all_clear


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

    before = judge(question, seeds.inputs)
    after = judge(question, Inputs(seeds.catalogue, seeds.targets, altered))

    assert to_json(outlook_document(before)) == to_json(outlook_document(after))


def test_known_quarters_are_fixed_and_only_the_rest_is_simulated() -> None:
    figures = history("a", 8.0, last="2021Q3")

    (verdict,) = answer(figures, [make_target("a")]).verdicts

    weights = verdict.history.weights(2021)
    known = sum(weights[:3]) * verdict.history.ytd_at(Quarter(2021, 3))
    low, high = verdict.quantiles.q025, verdict.quantiles.q975
    assert [point.quarter for point in verdict.fan] == [Quarter(2021, 4)]
    assert low < known + weights[3] * 8.0 < high
    (whole,) = answer(history("a", 8.0, last="2020Q4"), [make_target("a")]).verdicts
    assert high - low < 0.7 * (whole.quantiles.q975 - whole.quantiles.q025)


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

    outlook = judge(ASK, Inputs(catalogue, targets, stale + months + elsewhere))

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


def test_the_nation_is_answered_on_five_of_eight_indicators(seeds: Seeds) -> None:
    outlook = judge(Question(seeds.areas[0], 2026), seeds.inputs)

    assert (len(outlook.counted), outlook.targets_in_all) == (5, 8)
    assert [str(verdict.history.latest) for verdict in outlook.counted] == [
        *["2026-06"] * 3,
        *["2026-04"] * 2,
    ]
    assert outlook.light is None
    assert {entry.target.indicator: entry.reason for entry in outlook.excluded} == {
        "general_public_budget_revenue": "stale",
        "tax_revenue": "stale",
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
    assert verdict.quantiles.median == pytest.approx(12.0, abs=0.2)


def test_a_target_of_a_later_year_is_not_taken_either() -> None:
    assert answer(history("a", 8.0), [make_target("a", year=2022)]).verdicts == ()


def test_an_area_with_targets_of_other_years_alone_is_held_to_the_threshold_asked_for() -> None:
    targets = [make_target("a", 9.0, year=2020, comparator=Comparator.BELOW)]

    (verdict,) = answer(history("a", 8.0), targets, replace(ASK, threshold=5.0)).verdicts

    assert (verdict.target.comparator, verdict.target.threshold) == (Comparator.ABOVE, 5.0)


def test_only_main_indicators_are_held_to_the_threshold_asked_for() -> None:
    rank = replace(make_indicator("b", 1), group=IndicatorGroup.NATIONAL_RANK)
    catalogue = Catalogue.of([make_indicator("a", 0), rank])

    outlook = judge(
        replace(ASK, threshold=5.0), Inputs(catalogue, [], history("a", 8.0) + history("b", 8.0))
    )

    assert [verdict.indicator_id for verdict in outlook.verdicts] == ["a"]


def test_single_quarters_after_a_missing_one_are_not_too_old() -> None:
    quarters = [label for label in periods("2015Q1", "2020Q4") if label != "2020Q1"]
    single = make_figures(dict.fromkeys(quarters, 8.0), Measure.GROWTH_QUARTER, indicator="a")

    (entry,) = answer(single, [make_target("a")]).excluded

    assert (entry.reason, entry.latest) == (Reason.QUARTER_MISSING, Quarter(2020, 4))


def test_a_figure_of_the_third_quarter_before_is_stale() -> None:
    (entry,) = answer(history("a", 8.0, last="2020Q3"), [make_target("a")]).excluded

    assert entry.reason is Reason.STALE


def test_figures_that_count_something_else_do_not_answer_a_target() -> None:
    target = make_target("a", basis=Basis(PriceBasis.CURRENT, "province_rule"))

    (entry,) = answer(history("a", 8.0), [target]).excluded

    assert entry.reason is Reason.OTHER_BASIS


def test_verdicts_stand_in_the_order_of_the_catalogue() -> None:
    figures = history("a", 8.0) + history("b", 8.0)

    outlook = answer(figures, [make_target("b"), make_target("a")])

    assert [verdict.indicator_id for verdict in outlook.verdicts] == ["a", "b"]


def test_figures_after_the_year_are_left_out_though_as_of_allows_them() -> None:
    figures = history("a", 8.0, last="2022Q3")

    (verdict,) = answer(figures, [make_target("a")], replace(ASK, as_of=Quarter(2022, 4))).verdicts

    assert verdict.complete
    assert verdict.history.origin == Quarter(2021, 4)


def test_levels_that_give_twelve_figures_of_growth_are_enough_for_a_model() -> None:
    values = {
        f"{year}Q{k}": 25.0 * k * 1.08 ** (year - 2018) + (year * k) % 3
        for year in range(2017, 2021)
        for k in (1, 2, 3, 4)
    }
    figures = make_figures(values, Measure.LEVEL_YTD, indicator="a")

    assert answer(figures, [make_target("a")]).verdicts[0].method == "pool"


def test_a_complete_year_of_levels_is_rounded_as_it_would_be_published() -> None:
    values = {
        f"{y}Q{k}": 25.0 * k * g for y, g in ((2020, 1.0), (2021, 1.0704)) for k in range(1, 5)
    }

    (verdict,) = answer(
        make_figures(values, Measure.LEVEL_YTD, indicator="a"), [make_target("a")]
    ).verdicts

    assert verdict.quantiles == (7.0,) * 7
    assert verdict.probability == 0.0


def test_the_light_of_all_waits_for_no_indicator_that_does_not_count() -> None:
    figures = make_figures(dict.fromkeys(periods("2018Q1", "2021Q4"), 8.0), indicator="a")
    figures += history("b", 8.0)

    outlook = answer(figures, [make_target("a"), make_target("b", counts=False)])

    assert outlook.light is Light.MET


def test_growth_of_a_half_and_more_is_not_cut_off() -> None:
    (verdict,) = answer(history("a", 60.0), [make_target("a")]).verdicts

    assert verdict.quantiles.median == pytest.approx(60.0, abs=3.0)


def test_ties_for_the_weakest_link_go_to_the_lowest_own_probability() -> None:
    figures = history("a", 7.0)
    for name in "bc":
        figures += make_figures(dict.fromkeys(periods("2018Q1", "2021Q4"), 5.0), indicator=name)

    outlook = answer(figures, [make_target(name) for name in "abc"])

    assert outlook.verdicts[0].probability > 0
    assert outlook.all_clear is not None
    assert outlook.all_clear.weakest is not None
    assert outlook.all_clear.weakest.indicator_id == "b"


def test_a_target_that_does_not_count_is_not_among_those_of_all() -> None:
    outlook = answer(history("a", 8.0), [make_target("a"), make_target("b", counts=False)])

    assert outlook.targets_in_all == 1


def test_simulated_growth_weighs_single_quarters_by_last_years_shares() -> None:
    figures = make_figures(dict.fromkeys(periods("2020Q1", "2020Q4"), 8.0))
    figures += make_figures({"2021Q1": 5.0, "2021Q2": 4.0})
    for year, sums in ((2019, (10.0, 20.0, 30.0, 40.0)), (2020, (10.0, 30.0, 60.0, 100.0))):
        values = {f"{year}Q{k}": level for k, level in enumerate(sums, start=1)}
        figures += make_figures(values, Measure.LEVEL_YTD)
    history = chain(figures)
    levels = history.bridged[-4:-2] + np.log([1.1, 1.2])

    growth = ytd_paths(history, levels[None, :], 2021)

    third = 0.3 * 1.04 + 0.3 * 1.1
    assert growth == pytest.approx(np.array([[third / 0.6 - 1, third + 0.4 * 1.2 - 1]]) * 100)


def test_every_path_is_above_a_threshold_or_at_most_there() -> None:
    targets = (make_target("a", comparator=Comparator(sign)) for sign in (">", "<="))

    above, at_most = (answer(history("a", 7.0), [t]).verdicts[0].probability for t in targets)

    assert above + at_most == 1
    assert 0.01 < above < 0.99


@pytest.mark.parametrize("last", ["2020Q4", "2021Q2"])
def test_half_yearly_growth_is_forecast_near_what_it_was(last: str) -> None:
    values = {p: 8.0 + int(p[:4]) % 3 / 5 for p in periods("2010Q1", last) if p[-1] in "24"}

    (verdict,) = answer(make_figures(values, indicator="a"), [make_target("a")]).verdicts

    assert verdict.quantiles.median == pytest.approx(8.2, abs=1.5)


def test_a_provinces_scattered_figures_are_forecast_near_what_they_were(seeds: Seeds) -> None:
    shanxi = next(area for area in seeds.areas if area.id == "CN-SX")

    early, late = (
        judge(Question(shanxi, year, as_of=cut), seeds.inputs)
        for year, cut in ((2021, Quarter(2020, 4)), (2025, None))
    )

    investment, gdp = early.verdicts[0].quantiles.median, late.verdicts[0].quantiles.median
    assert -5 < investment < 20  # it said -78.6; 8.7 was published
    assert 0 < gdp < 9  # it said 12.5 after a year of 2.3


@pytest.mark.parametrize("lost", ["2025Q2", "2025Q3"])
def test_a_figure_lost_last_year_hardly_moves_this_years_forecast(seeds: Seeds, lost: str) -> None:
    area = next(area for area in seeds.areas if area.id == "SAMPLE")
    name = "fixed_asset_investment"
    figures = [o for o in seeds.observations if o.area == "SAMPLE" and o.indicator == name]
    fewer = [
        o for o in figures if (o.measure, o.month) != (Measure.GROWTH_YTD, Quarter.parse(lost).end)
    ]

    whole, short = (
        judge(Question(area, 2026), Inputs(seeds.catalogue, seeds.targets, some)).verdicts[0]
        for some in (figures, fewer)
    )

    assert short.quantiles.median == pytest.approx(whole.quantiles.median, abs=1.0)


@pytest.mark.parametrize("first", ["2018Q1", "2010Q1"])
def test_a_series_that_always_grows_the_same_is_forecast_to_go_on_so(first: str) -> None:
    figures = make_figures(dict.fromkeys(periods(first, "2020Q4"), 8.0), indicator="a")

    (verdict,) = answer(figures, [make_target("a")]).verdicts

    assert verdict.quantiles.median == pytest.approx(8.0, abs=0.5)
    assert verdict.quantiles.q90 - verdict.quantiles.q10 < 10


@pytest.mark.parametrize("status", [Status.ESTIMATE, Status.FLASH])
def test_a_year_is_complete_only_once_it_is_published(status: Status) -> None:
    figures = steady_figures("2015Q1", "2021Q4", 8.0, indicator="a")
    figures[-1] = replace(figures[-1], status=status)

    outlook = answer(figures, [make_target("a")])

    assert outlook.light not in ("met", "missed")


def test_a_year_is_complete_where_nothing_that_its_growth_is_made_of_is_a_flash() -> None:
    def light(known: list[Observation], *flashes: Observation) -> str | None:
        inside = [replace(figure, status=Status.FLASH) for figure in flashes]
        return answer([*known, *inside], [make_target("a")]).light

    growth = steady_figures("2015Q1", "2021Q4", 8.0, indicator="a")
    level = make_figures({"2021Q4": 105.0}, Measure.LEVEL_YTD, indicator="a")
    single = [replace(figure, measure=Measure.GROWTH_QUARTER) for figure in growth]

    assert light(growth, *level) == "met"
    assert light([*single[:-2], single[-1]], single[-2]) not in ("met", "missed")


def test_the_light_of_all_is_not_met_while_a_target_has_no_verdict() -> None:
    figures = steady_figures("2015Q1", "2021Q4", 8.0, indicator="a")

    outlook = answer(figures, [make_target("a"), make_target("b")])

    assert outlook.light != "met"


def test_an_indicator_whose_year_is_complete_still_tells_of_the_others() -> None:
    common = np.random.default_rng(5).normal(0, 2, 44)

    def figures(name: str, seed: int, last: str, shock: float):
        own = np.random.default_rng(seed).normal(0, 0.3, 44)
        growth = dict(zip(periods("2011Q1", "2021Q4"), 8 + common + own, strict=True))
        growth["2021Q4"] += shock
        values = {
            p: round(float(np.mean([growth[f"{p[:4]}Q{k}"] for k in range(1, int(p[-1]) + 1)])), 1)
            for p in growth
            if p <= last
        }
        return make_figures(values, indicator=name)

    targets = [make_target("a"), make_target("b")]
    calm, shocked = (
        answer(figures("a", 1, "2021Q4", s) + figures("b", 2, "2021Q3", 0.0), targets).verdicts[1]
        for s in (0.0, -6.0)
    )

    assert shocked.quantiles.median < calm.quantiles.median - 0.2
