"""The change between two outlooks is split into terms that say what each change did."""

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasting.cli.options import to_json
from forecasting.cli.views import outlook_document
from forecasting.errors import AreaWithoutFigures
from forecasting.figures.indicator import (
    Basis,
    Catalogue,
    Comparator,
    DefinitionChange,
    Inputs,
    Measure,
    Observation,
    PriceBasis,
    Status,
    Target,
)
from forecasting.figures.period import Month, Quarter
from forecasting.figures.seeds import Seeds
from forecasting.history.log_levels import LogLevels
from forecasting.models.pool import FittedPool, fit
from forecasting.models.predictive import Predictive
from forecasting.news.causes_in_order import explain
from forecasting.news.news import News, Prospect, Prospects, TermKind
from forecasting.outlook.judge import judge
from forecasting.outlook.outlook import Outlook
from forecasting.outlook.question import Question
from tests.builders import (
    CURRENT,
    ZONE,
    make_catalogue,
    make_figures,
    make_indicator,
    make_target,
    steady_figures,
)

ASK = Question(ZONE, 2021)
CATALOGUE = make_catalogue("a", "b", "c")
TARGETS = [make_target(name) for name in "abc"]
FITTED: dict[tuple[int, bytes], list[FittedPool]] = {}


def wobbling(
    name: str, growth: float, last: str = "2021Q1", first: str = "2015Q1"
) -> list[Observation]:
    return steady_figures(first, last, growth, wobble=0.6 + growth / 20, indicator=name)


def known(last: str = "2021Q1") -> list[Observation]:
    """Two indicators with models, and one too short for any."""
    return [
        *wobbling("a", 7.5, last),
        *wobbling("b", 8.0, last),
        *wobbling("c", 7.0, last, first="2019Q1"),
    ]


def inputs(
    figures: Sequence[Observation],
    targets: Sequence[Target] = TARGETS,
    catalogue: Catalogue = CATALOGUE,
    changes: Sequence[DefinitionChange] = (),
) -> Inputs:
    return Inputs(catalogue, targets, figures, changes)


def remembering(batch: Sequence[LogLevels], horizon: int) -> list[FittedPool]:
    """Fit every batch once."""
    key = horizon, b"".join(series.content() for series in batch)
    if key not in FITTED:
        FITTED[key] = fit(batch, horizon)
    return FITTED[key]


def judged(vintage: Inputs, question: Question = ASK) -> Outlook:
    def engine(batch: Sequence[LogLevels], horizon: int) -> list[Predictive]:
        return [entry.predictive for entry in remembering(batch, horizon)]

    return judge(question, vintage, engine)


def explained(before: Inputs, after: Inputs, question: Question = ASK) -> News:
    """Explain, and check what holds of every explanation."""
    news = explain(question, before, after, remembering)
    assert Prospects.of(news.before) == Prospects.of(judged(before, question))
    assert Prospects.of(news.after) == Prospects.of(judged(after, question))
    assert_links(news)
    return news


def assert_links(news: News) -> None:
    """Every term begins where the one before ended; the kinds stand in their order."""
    place = Prospects.of(news.before)
    for term in news.terms:
        assert term.before == place
        place = term.after
    assert place == Prospects.of(news.after)
    order = list(TermKind)
    kinds = [order.index(term.kind) for term in news.terms]
    assert kinds == sorted(kinds)


def kinds(news: News) -> list[tuple[TermKind, str | None]]:
    return [(term.kind, term.indicator) for term in news.terms]


def moved(figures: Sequence[Observation], name: str, period: str, by: float) -> list[Observation]:
    """Figures of which one is revised."""
    month = Month.parse(period)
    return [
        replace(f, value=round(f.value + by, 1)) if (f.indicator, f.month) == (name, month) else f
        for f in figures
    ]


def test_where_nothing_changed_nothing_is_told() -> None:
    assert explained(inputs(known()), inputs(known())).terms == ()


def test_a_new_quarter_is_told_by_quarter_and_then_in_catalogue_order() -> None:
    news = explained(inputs(known("2020Q4")), inputs(known("2021Q2")))

    told = [(t.kind, str(t.quarter), t.indicator) for t in news.terms if t.quarter]
    assert told == [
        (TermKind.FIGURE, quarter, name) for quarter in ("2021Q1", "2021Q2") for name in "abc"
    ]
    assert news.terms[-1].kind is TermKind.ESTIMATION


def test_the_effects_on_probabilities_sum_to_the_last_digit() -> None:
    news = explained(inputs(known("2020Q4")), inputs(moved(known("2021Q2"), "a", "2018Q3", 2.0)))

    assert news.before.all_clear is not None
    assert news.after.all_clear is not None
    change = news.after.all_clear.probability - news.before.all_clear.probability
    assert sum(term.all_clear or 0.0 for term in news.terms) == change != 0
    for old, new in zip(news.before.verdicts, news.after.verdicts, strict=True):
        effects = [term.on(old.indicator_id) for term in news.terms]
        total = sum(effect.probability for effect in effects if effect)
        growth = sum(effect.expected for effect in effects if effect)
        assert total == new.probability - old.probability != 0
        assert growth == pytest.approx(new.quantiles.median - old.quantiles.median, abs=1e-12)


def test_without_correlation_a_figure_moves_its_own_indicator_alone() -> None:
    """On the same draws nothing else moves by a single path."""
    question = replace(ASK, correlated=False)

    news = explained(inputs(known("2020Q4")), inputs(known("2021Q2")), question)

    for term in news.terms:
        if term.kind is TermKind.FIGURE:
            others = [term.on(name) for name in "abc" if name != term.indicator]
            assert others == [Prospect(0.0, 0.0)] * 2
    own = {term.indicator for term in news.of("a")}
    assert own == {"a", None}


def test_with_parameters_held_estimation_moves_nothing_at_all() -> None:
    before, after = inputs(known("2020Q4")), inputs(known("2021Q1"))

    news = explain(ASK, before, after, estimate=False)

    assert_links(news)
    assert TermKind.ESTIMATION not in {term.kind for term in news.terms}
    told = [term for term in explained(before, after).terms if term.kind is TermKind.FIGURE]
    assert list(news.terms) == told


def test_a_file_with_revisions_alone_has_no_new_figures() -> None:
    news = explained(inputs(known()), inputs(moved(known(), "b", "2020Q4", -1.0)))

    assert kinds(news) == [(TermKind.REVISION, "b"), (TermKind.ESTIMATION, None)]


def test_a_revision_names_the_old_value_and_the_new_one() -> None:
    news = explained(inputs(known()), inputs(moved(known(), "b", "2021Q1", -1.0)))

    (figure,) = news.terms[0].figures
    assert figure.old is not None
    assert figure.new is not None
    assert figure.new.value == pytest.approx(figure.old.value - 1.0)
    assert news.terms[0].quarter == Quarter(2021, 1)
    assert news.terms[0].surprise is None
    effect = news.terms[0].on("b")
    assert effect is not None
    assert effect.probability < 0
    assert effect.expected < 0


def test_a_withdrawn_figure_is_a_revision_without_a_new_value() -> None:
    news = explained(inputs(known("2021Q2")), inputs(known("2021Q1")))

    assert kinds(news)[:3] == [(TermKind.REVISION, name) for name in "abc"]
    assert all(figure.new is None for term in news.terms[:3] for figure in term.figures)


def test_the_order_of_rows_changes_nothing() -> None:
    before, after = known("2020Q4"), moved(known("2021Q2"), "a", "2019Q2", 1.0)
    changes = [
        DefinitionChange("Z", "a", CURRENT, Quarter(year, 1), "note") for year in (2018, 2019)
    ]
    news = explain(ASK, inputs(before), inputs(after, changes=changes))

    for values in (before, after, changes):
        random.Random(3).shuffle(values)
    again = explain(
        ASK, inputs(before, TARGETS[::-1]), inputs(after, TARGETS[::-1], changes=changes)
    )

    assert again.terms == news.terms


def test_a_surprise_is_the_figure_beside_what_was_expected_of_its_quarter() -> None:
    before = known("2020Q4")
    news = explained(inputs(before), inputs(moved(known("2021Q1"), "a", "2021Q1", 3.0)))

    first = news.terms[0].surprise
    assert first is not None
    verdict = judged(inputs(before)).verdicts[0]
    assert first.expected == verdict.fan[0].quantiles.median
    low, high = verdict.fan[0].quantiles.q10, verdict.fan[0].quantiles.q90
    assert first.deviation == pytest.approx((high - low) / 2.5631, rel=1e-4)
    (figure,) = news.terms[0].figures
    assert figure.new is not None
    assert first.actual == pytest.approx(figure.new.value)
    assert first.actual > first.expected
    effect = news.terms[0].on("a")
    assert effect is not None
    assert effect.probability > 0


def test_figures_that_fill_in_the_past_are_told_together_and_surprise_nobody() -> None:
    holes = {Month.parse(period) for period in ("2016Q2", "2017Q3")}
    gaps = [f for f in known() if f.indicator != "a" or f.month not in holes]

    news = explained(inputs(gaps), inputs(known()))

    assert kinds(news) == [(TermKind.FIGURE, "a"), (TermKind.ESTIMATION, None)]
    assert [str(f.new.month) for f in news.terms[0].figures if f.new] == ["2016-06", "2017-09"]
    assert news.terms[0].surprise is None


def test_years_before_the_first_known_one_are_no_new_quarters_either() -> None:
    late = [f for f in known() if f.month > Month(2015, 12)]

    news = explained(inputs(late), inputs(known()))

    assert kinds(news)[:-1] == [(TermKind.FIGURE, "a"), (TermKind.FIGURE, "b")]
    assert all(len(term.figures) == 4 for term in news.terms[:-1])


def test_growth_and_level_of_one_quarter_are_one_term() -> None:
    levels = make_figures({"2021Q2": 50.0}, Measure.LEVEL_YTD, indicator="a")

    news = explained(inputs(known("2021Q1")), inputs([*known("2021Q2"), *levels]))

    first = news.terms[0]
    assert [f.new.measure for f in first.figures if f.new] == [
        Measure.GROWTH_YTD,
        Measure.LEVEL_YTD,
    ]


def test_what_no_forecast_reads_is_not_told() -> None:
    months = make_figures({"2021Q1": 9.0}, Measure.GROWTH_MONTH, indicator="a")
    between = make_figures({"2021-02": 9.0}, indicator="a")
    elsewhere = make_figures({"2021Q1": 9.0}, indicator="a", area="Y")
    other = [replace(f, basis=Basis(PriceBasis.CONSTANT)) for f in between]
    final = [replace(f, status=Status.FLASH, publisher="bureau") for f in known()]

    news = explained(inputs(final), inputs([*known(), *months, *between, *elsewhere, *other]))

    assert news.terms == ()


def test_a_target_that_asks_for_more_is_a_term_of_its_own() -> None:
    targets = [TARGETS[0], replace(TARGETS[1], threshold=8.0), TARGETS[2]]

    news = explained(inputs(known()), inputs(known(), targets))

    (term,) = news.terms
    assert (term.kind, term.indicator) == (TermKind.TARGET, "b")
    assert term.target is not None
    assert term.target.old == TARGETS[1]
    assert term.target.new == targets[1]
    effect = term.on("b")
    assert effect is not None
    assert effect.probability < 0
    assert effect.expected == 0
    assert term.on("a") == Prospect(0.0, 0.0)


def test_where_a_target_is_written_down_asks_nothing() -> None:
    other = [replace(target, document="another", year=2021) for target in TARGETS]

    assert explained(inputs(known()), inputs(known(), other)).terms == ()


def test_a_target_that_stops_counting_moves_the_all_clear_alone() -> None:
    targets = [TARGETS[0], replace(TARGETS[1], counts=False), TARGETS[2]]

    (term,) = explained(inputs(known()), inputs(known(), targets)).terms

    assert term.on("b") == Prospect(0.0, 0.0)
    assert term.all_clear is not None
    assert term.all_clear > 0


def test_a_target_on_another_basis_is_told_as_the_target_it_is() -> None:
    constant = Basis(PriceBasis.CONSTANT)
    figures = [*known(), *(replace(f, basis=constant, value=9.9) for f in wobbling("a", 9.9))]
    targets = [replace(TARGETS[0], basis=constant), *TARGETS[1:]]

    news = explained(inputs(figures), inputs(figures, targets))

    assert (TermKind.TARGET, "a") in kinds(news)
    assert TermKind.REVISION not in {term.kind for term in news.terms}
    assert TermKind.FIGURE not in {term.kind for term in news.terms}


def test_an_indicator_that_comes_or_goes_is_told_last_and_has_no_effect_on_itself() -> None:
    fewer, more = inputs(known(), TARGETS[:2]), inputs(known())

    coming, going = explained(fewer, more).terms[-1], explained(more, fewer).terms[-1]

    for term in (coming, going):
        assert (term.kind, term.indicator) == (TermKind.INDICATORS, "c")
        assert term.on("c") is None
        assert term.all_clear is not None
    assert coming.target is not None
    assert (coming.target.old, coming.target.new) == (None, TARGETS[2])
    assert coming.all_clear is not None
    assert coming.all_clear < 0


def test_an_indicator_whose_figures_were_too_old_comes_with_its_new_ones() -> None:
    stale = [*wobbling("a", 7.5), *wobbling("b", 8.0, "2020Q3")]

    news = explained(inputs(stale, TARGETS[:2]), inputs(known(), TARGETS[:2]))

    assert news.before.excluded[0].target.indicator == "b"
    assert kinds(news)[-1] == (TermKind.INDICATORS, "b")


def test_the_first_indicator_of_all_makes_the_all_clear() -> None:
    stale = wobbling("a", 7.5, "2020Q2")

    news = explained(inputs(stale, TARGETS[:1]), inputs(wobbling("a", 7.5), TARGETS[:1]))

    (term,) = news.terms
    assert term.all_clear is None
    assert term.before.all_clear is None
    assert term.after.all_clear is not None


def test_a_catalogue_in_another_order_is_told_and_sums() -> None:
    other = Catalogue.of([make_indicator(name, place) for place, name in enumerate("xacb")])

    news = explained(inputs(known()), inputs(known("2021Q2"), catalogue=other))

    assert kinds(news)[-1] == (TermKind.INDICATORS, None)


def test_usual_shares_that_a_catalogue_changes_are_told_and_sum() -> None:
    shares = (0.1, 0.2, 0.3, 0.4)
    entries = [make_indicator(name, place, shares) for place, name in enumerate("abc")]

    news = explained(inputs(known()), inputs(known(), catalogue=Catalogue.of(entries)))

    assert kinds(news)[-1] == (TermKind.INDICATORS, None)
    assert news.terms[-1].on("a") != Prospect(0.0, 0.0)


def test_a_recorded_change_is_told_after_revisions_and_before_new_figures() -> None:
    change = DefinitionChange("Z", "a", CURRENT, Quarter(2020, 3), "notice")

    news = explained(
        inputs(known("2020Q4")),
        inputs(moved(known("2021Q1"), "a", "2018Q1", 0.5), changes=[change]),
    )

    assert kinds(news)[:3] == [
        (TermKind.REVISION, "a"),
        (TermKind.DEFINITION, "a"),
        (TermKind.FIGURE, "a"),
    ]
    (definition,) = news.terms[1].definitions
    assert (definition.old, definition.new) == (None, change)


def test_a_change_recorded_with_its_figure_keeps_the_figure_from_moving_much() -> None:
    jumped = moved(known("2021Q1"), "a", "2021Q1", 20.0)
    change = DefinitionChange("Z", "a", CURRENT, Quarter(2021, 1), "notice")
    before = inputs(known("2020Q4"))

    plain = explained(before, inputs(jumped)).terms[0].on("a")
    told = explained(before, inputs(jumped, changes=[change]))

    assert told.terms[0].kind is TermKind.DEFINITION
    assert told.terms[0].on("a") == Prospect(0.0, 0.0)
    absorbed = told.terms[1].on("a")
    assert plain is not None
    assert absorbed is not None
    assert absorbed.expected != plain.expected


def test_the_year_asked_for_need_not_be_the_year_the_old_figures_end_in() -> None:
    news = explained(inputs(known("2020Q4")), inputs(known("2021Q1")))
    assert all(term.surprise for term in news.terms if term.kind is TermKind.FIGURE)

    past = explained(inputs(known("2020Q3")), inputs(known("2021Q1")), replace(ASK, year=2020))
    assert {str(term.quarter) for term in past.terms if term.quarter} == {"2020Q4"}
    assert all(verdict.complete for verdict in past.after.verdicts)


def test_a_published_year_that_is_revised_is_told_though_nothing_is_forecast() -> None:
    question = replace(ASK, year=2020)

    news = explained(inputs(known()), inputs(moved(known(), "a", "2020Q4", -3.0)), question)

    assert news.terms[0].kind is TermKind.REVISION
    effect = news.terms[0].on("a")
    assert effect is not None
    assert effect.expected == pytest.approx(-3.0)


def test_an_area_that_was_not_known_at_all_cannot_be_explained() -> None:
    with pytest.raises(AreaWithoutFigures):
        explain(ASK, inputs([]), inputs(known()))


def test_a_fitting_that_remembers_is_asked_for_the_series_that_judge_asks_for() -> None:
    asked = []

    def counting(batch: Sequence[LogLevels], horizon: int) -> list[FittedPool]:
        asked.append((len(batch), horizon))
        return remembering(batch, horizon)

    explain(ASK, inputs(known("2020Q4")), inputs(known("2021Q1")), counting)

    assert asked == [(3, 4), (3, 3)]


def test_every_figure_and_its_surprise_in_the_zone_of_the_seeds(seeds: Seeds) -> None:
    zone = next(area for area in seeds.areas if area.id == "SAMPLE")
    last = Quarter(2026, 2).end
    old = [figure for figure in seeds.observations if figure.month < last]

    before = Inputs(seeds.catalogue, seeds.targets, old)
    after = seeds.inputs
    question = Question(zone, 2026)

    news = explain(question, before, after)

    for end, vintage in ((news.before, before), (news.after, after)):
        outlook = judge(question, vintage)
        assert to_json(outlook_document(end)) == to_json(outlook_document(outlook))
    assert_links(news)
    figures = [term for term in news.terms if term.kind is TermKind.FIGURE]
    assert len(figures) >= 10
    assert all(term.surprise and term.surprise.deviation > 0 for term in figures)
    errors = [
        (term.surprise.actual - term.surprise.expected) / term.surprise.deviation
        for term in figures
        if term.surprise
    ]
    assert max(map(abs, errors)) < 5


PERIODS = ["2016Q1", "2018Q3", "2019Q4", "2020Q2", "2020Q4", "2021Q1", "2021Q2"]
CHANGES = st.lists(
    st.tuples(
        st.sampled_from("abc"),
        st.sampled_from(PERIODS),
        st.sampled_from([Measure.GROWTH_YTD, Measure.GROWTH_QUARTER, Measure.LEVEL_YTD]),
        st.none() | st.floats(-60, 90).map(lambda value: round(value, 1)),
    ),
    max_size=6,
)
NEW_TARGETS = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from([Comparator.ABOVE, Comparator.BELOW])),
    unique_by=lambda entry: entry[0],
)
RECORDED = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from(PERIODS)), max_size=2, unique=True
)


@given(CHANGES, NEW_TARGETS, RECORDED)
@settings(max_examples=15, deadline=None)
def test_any_change_sums_both_ways(changes, targets, recorded) -> None:  # type: ignore[no-untyped-def]
    figures = {figure.key: figure for figure in known()}
    for name, period, measure, value in changes:
        (figure,) = make_figures({period: value or 0.0}, measure, indicator=name)
        if value is None:
            figures.pop(figure.key, None)
        elif measure.is_growth or value > 0:
            figures[figure.key] = figure
    after = inputs(
        list(figures.values()),
        [make_target(name, comparator=comparator) for name, comparator in targets],
        changes=[
            DefinitionChange("Z", name, CURRENT, Quarter.parse(period), "note")
            for name, period in recorded
        ],
    )

    explained(inputs(known()), after)
    explained(after, inputs(known()))


def months(name: str, growth: float, *labels: str) -> list[Observation]:
    return make_figures(dict.fromkeys(labels, growth), indicator=name)


def test_a_new_month_is_a_term_with_its_surprise_and_the_terms_sum() -> None:
    later = months("a", 5.0, "2021-04"), months("b", 8.0, "2021-05"), months("a", 5.5, "2021-05")

    news = explained(
        inputs(known()), inputs([*known(), *(one for group in later for one in group)])
    )

    figures = [term for term in news.terms if term.kind is TermKind.FIGURE]
    assert [(str(term.quarter), term.indicator) for term in figures] == [
        ("2021-04", "a"),
        ("2021-05", "a"),
        ("2021-05", "b"),
    ]
    first = figures[0].surprise
    assert first is not None
    assert (first.actual, first.expected > 6) == (5.0, True)
    assert news.of("a")[0].on("a").probability < 0  # type: ignore[union-attr]
    total = sum(term.all_clear or 0.0 for term in news.terms)
    assert news.after.all_clear is not None
    assert news.before.all_clear is not None
    assert total == news.after.all_clear.probability - news.before.all_clear.probability
    judged = judge(ASK, inputs([*known(), *(one for group in later for one in group)]))
    assert to_json(outlook_document(news.after)) == to_json(outlook_document(judged))


def test_a_revised_month_is_a_revision() -> None:
    before, after = ([*known(), *months("a", rate, "2021-05")] for rate in (8.0, 6.0))

    news = explained(inputs(before), inputs(after))

    (term,) = (term for term in news.terms if term.kind is not TermKind.ESTIMATION)
    assert (term.kind, str(term.quarter)) == (TermKind.REVISION, "2021-05")


def test_a_month_of_the_past_fills_in_and_growth_of_a_single_month_is_not_told() -> None:
    past = months("a", 7.0, "2020-05", "2020-08")
    now = [*known(), *months("a", 7.0, "2021-05")]
    single = make_figures({"2021-05": 9.0}, Measure.GROWTH_MONTH, indicator="a")

    assert not explained(inputs(known()), inputs([*known(), *single])).terms
    assert not explained(inputs(known()), inputs([*known(), *past])).terms
    (term, *_) = explained(inputs(now), inputs([*now, *past])).terms

    assert (term.kind, len(term.figures), term.surprise) == (TermKind.FIGURE, 2, None)


def test_levels_of_single_months_are_told_where_they_sum_to_what_a_forecast_reads() -> None:
    level = make_figures({"2020-05": 9.0}, Measure.LEVEL_MONTH, indicator="a")
    year = {f"2020-{month:02d}": 9.0 + month for month in range(1, 13)}

    assert not explained(inputs(known()), inputs([*known(), *level])).terms
    figures = [*known(), *make_figures(year, Measure.LEVEL_MONTH, indicator="a")]
    told = [term for term in explained(inputs(known()), inputs(figures)).terms if term.figures]

    assert sum(len(term.figures) for term in told) == 12


def test_a_quarter_that_its_known_part_excludes_is_told_as_a_revision() -> None:
    """Five months at 7.5 and a half-year at 1 would take a June at -31: months were revised."""
    before = [*known(), *months("a", 7.5, "2021-05")]
    quarter = make_figures({"2021Q2": 1.0}, indicator="a")

    news = explained(inputs(before), inputs([*before, *quarter]))

    term = news.terms[0]
    assert (term.kind, str(term.quarter)) == (TermKind.REVISION, "2021Q2")
    assert [(str(one.either.month), one.old is not None) for one in term.figures] == [
        ("2021-05", True),
        ("2021-06", False),
    ]
    assert term.surprise is not None
    assert term.surprise.actual == 1.0
    near = explained(
        inputs(before), inputs([*before, *make_figures({"2021Q2": 7.4}, indicator="a")])
    )
    assert near.terms[0].kind is TermKind.FIGURE
