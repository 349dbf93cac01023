"""Figures that do not fit are asked about or explained, and real ones are left in peace."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.store.seed import read_seeds
from data.workbook.book import Place
from data.workbook.check.checks import checked
from data.workbook.questions import SKIP, Answers, Asked, Question
from data.workbook.reading import Context, ReadFigure, Remark
from forecasting.figures.indicator import Basis, Measure, Observation, PriceBasis
from forecasting.figures.period import Month
from forecasting.figures.seeds import Seeds

CURRENT = Basis(PriceBasis.CURRENT, currency="CNY")
REAL = Basis(PriceBasis.COMPARABLE, currency="CNY")
SCOPE = Basis(PriceBasis.CURRENT, "comparable_scope", "CNY")
GROWTH, LEVEL = Measure.GROWTH_YTD, Measure.LEVEL_YTD
Values = Mapping[str, float]


@cache
def seeds() -> Seeds:
    return read_seeds(Path(__file__).parents[4] / "seeds")


def observed(
    values: Values, measure: Measure, *, name: str = "tax_revenue", basis: Basis = CURRENT
) -> list[Observation]:
    unit = "%" if measure.is_growth else "1e8 CNY"
    return [
        Observation("SAMPLE", name, measure, Month.parse(month), value, unit, basis)
        for month, value in values.items()
    ]


def in_file(
    figures: Sequence[Observation], sheet: str = "表", column: int = 3
) -> tuple[ReadFigure, ...]:
    return tuple(
        ReadFigure(figure, Place(sheet, row, column), str(figure.value))
        for row, figure in enumerate(figures, start=2)
    )


def context(known: Sequence[Observation] = ()) -> Context:
    return Context(seeds().catalogue, seeds().areas, "SAMPLE", 2026, {it.key: it for it in known})


@dataclass(frozen=True)
class Doubts:
    """What was asked and remarked of figures, and what became of them."""

    figures: tuple[ReadFigure, ...]
    questions: tuple[Question, ...]
    answered: Mapping[str, str]
    remarks: tuple[Remark, ...]


def doubts(figures: Sequence[ReadFigure], around: Context, given: Mapping[str, str]) -> Doubts:
    answers = Answers(given, {}, "", {})
    result = checked(figures, around, answers)
    return Doubts(result.figures, answers.questions(), answers.used(), result.remarks)


def looked_at(
    figures: Sequence[Observation],
    known: Sequence[Observation] = (),
    answers: Mapping[str, str] | None = None,
) -> Doubts:
    return doubts(in_file(figures), context(known), answers or {})


def values_of(result: Doubts) -> list[float]:
    return [figure.observation.value for figure in result.figures]


def only(result: Doubts) -> Question:
    assert len(result.questions) == 1, [question.id for question in result.questions]
    return result.questions[0]


def codes(result: Doubts) -> list[str]:
    return [remark.code for remark in result.remarks]


def quarters(first: int, last: int, base: float, yearly: float = 1.07) -> dict[str, float]:
    """Return cumulative levels that grow by the same rate every year."""
    return {
        f"{year}Q{quarter}": round(base * quarter * yearly ** (year - first), 2)
        for year in range(first, last + 1)
        for quarter in (1, 2, 3, 4)
    }


LEVELS = observed(quarters(2021, 2025, 3.0), LEVEL)
STEADY = observed(
    {
        f"{year}Q{quarter}": rate
        for year in range(2021, 2026)
        for quarter, rate in enumerate((7.4, 7.2, 7.3, 7.1), start=1)
    },
    GROWTH,
)


# --- Units ---------------------------------------------------------------------------------


@pytest.mark.parametrize("factor", [1e4, 1e8, 1e-4, 1e-8])
def test_a_level_in_another_unit_than_history_is_asked_about_not_guessed(factor: float) -> None:
    figure = observed({"2026Q1": 4.3 * factor}, LEVEL)

    result = looked_at(figure, LEVELS)

    question = only(result)
    assert question.code is Asked.SCALE
    assert (question.count, question.suggested) == (1, "scaled")
    assert [option.id for option in question.options] == ["as_is", "scaled", SKIP]
    assert result.figures[0].doubts == (question.id,)


@pytest.mark.parametrize(("answer", "left"), [("as_is", [43000.0]), ("scaled", [4.3]), (SKIP, [])])
def test_an_answer_about_the_unit_is_done(answer: str, left: list[float]) -> None:
    figure = observed({"2026Q1": 43000.0}, LEVEL)
    asked = only(looked_at(figure, LEVELS))

    result = looked_at(figure, LEVELS, {asked.id: answer})

    assert values_of(result) == left
    assert all(figure.doubts == () for figure in result.figures)
    assert [question.id for question in result.questions] == [asked.id]


def test_an_answer_that_was_never_offered_leaves_the_question_open() -> None:
    figure = observed({"2026Q1": 43000.0}, LEVEL)
    asked = only(looked_at(figure, LEVELS))

    result = looked_at(figure, LEVELS, {asked.id: "perhaps"})

    assert result.figures[0].doubts == (asked.id,)


def test_a_series_in_the_wrong_unit_is_one_question() -> None:
    figures = observed({f"2026Q{q}": 43000.0 * q for q in (1, 2, 3)}, LEVEL)

    assert only(looked_at(figures, LEVELS)).count == 3


def test_a_column_in_the_wrong_unit_is_one_question_whatever_it_holds() -> None:
    known = [replace(it, indicator=name) for name in ("a", "b", "c") for it in LEVELS]
    figures = [
        replace(it, indicator=name)
        for name in ("a", "b", "c")
        for it in observed({"2026Q1": 43000.0}, LEVEL)
    ]

    question = only(looked_at(figures, known))
    result = looked_at(figures, known, {question.id: "scaled"})

    assert (question.count, len(question.places)) == (3, 3)
    assert values_of(result) == [4.3, 4.3, 4.3]


def test_rows_in_the_wrong_unit_beside_right_ones_are_a_question_each() -> None:
    names = ("a", "b", "c", "d", "e")
    known = [replace(it, indicator=name) for name in names for it in LEVELS]
    figures = [
        replace(it, indicator=name)
        for name, value in zip(names, (43000.0, 43000.0, 4.3, 4.3, 4.3), strict=True)
        for it in observed({"2026Q1": value}, LEVEL)
    ]

    result = looked_at(figures, known)

    assert [question.count for question in result.questions] == [1, 1]
    assert len({question.id for question in result.questions}) == 2


def test_ten_places_stand_for_a_long_series() -> None:
    figures = observed({f"{y}Q{q}": 40000.0 * q for y in (2026, 2027, 2028) for q in (1, 2, 3, 4)},
                       LEVEL)  # fmt: skip

    question = only(looked_at(figures, LEVELS))

    assert (question.count, len(question.places)) == (12, 10)


def test_without_history_the_other_figures_of_the_file_tell_the_unit() -> None:
    values = quarters(2021, 2023, 3.0)
    values["2023Q4"] *= 10000

    question = only(looked_at(observed(values, LEVEL)))

    assert (question.code, question.count) == (Asked.SCALE, 1)
    assert question.values["period"] == "2023-12"


def test_the_same_figure_alone_and_unknown_is_nothing_to_ask_about() -> None:
    assert looked_at(observed({"2026Q1": 43000.0}, LEVEL)).questions == ()


def test_a_jump_that_is_only_near_a_unit_is_asked_about_without_a_suggestion() -> None:
    question = only(looked_at(observed({"2026Q1": 4.3 * 30000}, LEVEL), LEVELS))

    assert (question.code, question.suggested) == (Asked.SCALE, "")


def test_a_quarter_is_held_against_a_quarter_of_the_year_where_only_years_are_known() -> None:
    year = observed({"2025Q4": 12.0}, LEVEL)

    question = only(looked_at(observed({"2026Q1": 32000.0}, LEVEL), year))

    assert (question.values["expected"], question.suggested) == (3.0, "scaled")


def test_a_base_near_zero_is_no_unit_slip() -> None:
    small = observed({f"{year}Q1": 0.01 for year in range(2021, 2026)}, LEVEL)

    result = looked_at(observed({"2026Q1": 3.0}, LEVEL), small)

    assert result.questions == ()


def test_the_id_of_a_question_does_not_say_where_the_figure_stands() -> None:
    figures = observed({"2026Q1": 43000.0}, LEVEL)

    moved = doubts(in_file(figures, "别的表", 9), context(LEVELS), {})

    assert only(moved).id == only(looked_at(figures, LEVELS)).id


# --- Decimal points ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("found", "meant"), [(73.0, 7.3), (730.0, 7.3), (0.073, 7.3), (0.73, 7.3), (-73.0, None)]
)
def test_growth_with_a_slipped_point_is_asked_about(found: float, meant: float | None) -> None:
    result = looked_at(observed({"2026Q1": found}, GROWTH), STEADY)

    if meant is None:
        assert result.questions == ()
        return
    question = only(result)
    assert question.code is Asked.DECIMAL
    moved = looked_at(observed({"2026Q1": found}, GROWTH), STEADY, {question.id: "moved"})
    assert values_of(moved) == [meant]


def test_of_a_slip_whose_right_value_the_file_says_as_well_the_value_is_asked() -> None:
    slipped, right = (observed({"2026Q1": value}, GROWTH) for value in (73.0, 7.3))

    result = looked_at([*slipped, *right], STEADY)

    assert only(result).code is Asked.TWICE
    assert values_of(result) == [73.0, 7.3]


@pytest.mark.parametrize("found", [25.6, -6.8, 0.7, 12.4, 0.0])
def test_growth_that_may_well_be_real_is_not_asked_about(found: float) -> None:
    assert looked_at(observed({"2026Q1": found}, GROWTH), STEADY).questions == ()


def test_growth_near_zero_may_well_become_ten_times_as_much() -> None:
    slow = [replace(figure, value=figure.value - 6.8) for figure in STEADY]

    assert looked_at(observed({"2026Q1": 5.0}, GROWTH), slow).questions == ()


def test_without_history_the_growth_around_it_shows_a_slipped_point() -> None:
    values = {figure.month: figure.value for figure in STEADY}
    labels = {str(month): value for month, value in values.items()}

    question = only(looked_at(observed(labels | {"2024-06": 72.0}, GROWTH)))

    assert (question.code, question.count) == (Asked.DECIMAL, 1)
    assert question.values["period"] == "2024-06"


def test_a_wild_series_tells_no_slip_from_a_jump() -> None:
    wild = observed(
        {f"{y}Q{q}": (-1) ** q * 40.0 * q for y in range(2021, 2026) for q in (1, 2, 3, 4)},
        GROWTH,
    )

    result = looked_at(observed({"2026Q1": 29924.0}, GROWTH), wild)

    assert result.questions == ()
    assert codes(result) == ["steep"]


@pytest.mark.parametrize(("name", "told"), [("污水处理率", []), ("污水处理量", ["steep"])])
def test_a_ratio_of_a_hundred_percent_is_no_jump(name: str, told: list[str]) -> None:
    assert codes(looked_at(observed({"2026Q1": 100.0}, GROWTH, name=name))) == told


@pytest.mark.parametrize("step", [10, 100, 1000])
def test_a_level_with_a_slipped_point_is_asked_about(step: int) -> None:
    question = only(looked_at(observed({"2026Q1": 4.3 * step}, LEVEL), LEVELS))

    assert (question.code, question.suggested) == (Asked.DECIMAL, "moved")


def test_growth_written_as_fractions_is_asked_about_once_even_without_history() -> None:
    figures = [
        replace(it, indicator=name)
        for name, value in (("a", 0.073), ("b", 0.085), ("c", -0.0112), ("d", 0.07))
        for it in observed({"2026Q1": value}, GROWTH)
    ]

    question = only(looked_at(figures))
    result = looked_at(figures, (), {question.id: "moved"})

    assert (question.code, question.count) == (Asked.DECIMAL, 4)
    assert values_of(result) == [7.3, 8.5, -1.12, 7.0]


def test_a_column_of_fractions_is_asked_about_once_if_history_tells_one_of_them() -> None:
    """0.108 and -0.021 might be percent by themselves; beside 0.074 they are not."""
    figures = [
        replace(it, indicator=name)
        for name, value in (("tax_revenue", 0.074), ("b", 0.108), ("c", -0.021), ("d", 0.08))
        for it in observed({"2026Q1": value}, GROWTH)
    ]
    around = [
        replace(it, indicator=name) for name in ("tax_revenue", "b", "c", "d") for it in STEADY
    ]
    around = [*STEADY, *(replace(it, value=-it.value) if it.indicator == "c" else it
                         for it in around if it.indicator != "tax_revenue")]  # fmt: skip

    question = only(looked_at(figures, around))
    result = looked_at(figures, around, {question.id: "moved"})

    assert (question.code, question.count, question.suggested) == (Asked.DECIMAL, 4, "moved")
    assert values_of(result) == [7.4, 10.8, -2.1, 8.0]


def test_small_growth_in_percent_is_no_column_of_fractions() -> None:
    figures = [
        replace(it, indicator=name)
        for name, value in (("tax_revenue", 0.5), ("b", 0.3), ("c", -0.2), ("d", 0.8))
        for it in observed({"2026Q1": value}, GROWTH)
    ]

    assert looked_at(figures, STEADY).questions == ()


def test_growth_with_which_levels_agree_once_its_point_is_moved_is_asked_about() -> None:
    figures = [
        *observed({"2025Q3": 40.72, "2026Q3": 40.19}, LEVEL),
        *observed({"2026Q3": -13.0}, GROWTH),
    ]
    question = only(looked_at(figures))

    assert (question.code, question.suggested) == (Asked.DECIMAL, "moved")
    assert (question.values["expected"], question.values["by_levels"]) == (-1.3, 1)
    assert values_of(looked_at(figures, (), {question.id: "moved"}))[-1] == -1.3
    as_written = looked_at(figures, (), {question.id: "as_is"})
    assert (values_of(as_written)[-1], codes(as_written)) == (-13.0, ["growth_levels"])


def test_stored_levels_tell_a_slip_of_growth_as_well() -> None:
    known = observed({"2025Q3": 40.72, "2026Q3": 40.19}, LEVEL)

    assert only(looked_at(observed({"2026Q3": -0.13}, GROWTH), known)).suggested == "moved"


@pytest.mark.parametrize("growth", [-1.3, -3.9, 1.3, 3.0, -30.0])
def test_growth_that_levels_give_in_no_place_of_its_point_is_not_asked_about(
    growth: float,
) -> None:
    figures = [
        *observed({"2025Q3": 40.72, "2026Q3": 40.19}, LEVEL),
        *observed({"2026Q3": growth}, GROWTH),
    ]

    assert looked_at(figures).questions == ()


# --- Growth for level ----------------------------------------------------------------------


def test_a_level_among_growth_is_asked_about_and_becomes_a_level() -> None:
    known = [*observed({f"{y}Q1": 246.0 + y - 2020 for y in range(2021, 2026)}, LEVEL), *STEADY]
    figure = observed({"2026Q1": 263.6}, GROWTH)

    question = only(looked_at(figure, known))
    turned = looked_at(figure, known, {question.id: "turned"}).figures[0].observation

    assert question.code is Asked.KIND
    assert (turned.measure, turned.unit, turned.value) == (LEVEL, "1e8 CNY", 263.6)


def test_a_level_among_growth_may_be_in_a_smaller_unit() -> None:
    figure = observed({"2026Q1": 43000.0}, GROWTH)

    question = only(looked_at(figure, [*LEVELS, *STEADY]))
    turned = looked_at(figure, [*LEVELS, *STEADY], {question.id: "turned"}).figures[0]

    assert (turned.observation.measure, turned.observation.value) == (LEVEL, 4.3)


def test_growth_among_levels_is_asked_about_and_becomes_growth() -> None:
    known = [*observed({f"{y}Q1": 246.0 * 1.05 ** (y - 2021) for y in range(2021, 2026)}, LEVEL),
             *STEADY]  # fmt: skip
    figure = observed({"2026Q1": 7.3}, LEVEL)

    question = only(looked_at(figure, known))
    turned = looked_at(figure, known, {question.id: "turned"}).figures[0].observation

    assert question.code is Asked.KIND
    assert (turned.measure, turned.unit, turned.value) == (GROWTH, "%", 7.3)


# --- Two values ----------------------------------------------------------------------------


def test_two_values_for_one_figure_are_asked_about_and_one_is_chosen() -> None:
    figures = [*observed({"2026Q1": 7.0}, GROWTH), *observed({"2026Q1": 7.2}, GROWTH)]

    first = looked_at(figures)
    question = only(first)
    result = looked_at(figures, (), {question.id: "value:7.2"})

    assert question.code is Asked.TWICE
    assert [option.id for option in question.options] == ["value:7.0", "value:7.2", SKIP]
    assert [figure.doubts for figure in first.figures] == [(question.id,), (question.id,)]
    assert values_of(result) == [7.2]
    assert values_of(looked_at(figures, (), {question.id: SKIP})) == []


def test_columns_of_different_values_are_told_by_their_letters() -> None:
    periods = ("2025Q1", "2025Q2", "2025Q3", "2025Q4")
    figures = [
        replace(figure, place=Place("", row, column))
        for column, growth in ((2, 7.0), (4, 7.5))
        for row, figure in enumerate(in_file(observed(dict.fromkeys(periods, growth), GROWTH)), 2)
    ]

    question = only(doubts(figures, context(()), {}))

    assert question.code is Asked.TWICE
    assert [option.values.get("column") for option in question.options] == ["B", "D", None]


def test_a_figure_that_is_repeated_is_kept_once_and_said() -> None:
    figures = [*observed({"2026Q1": 7.0}, GROWTH), *observed({"2026Q1": 7.0}, GROWTH)]

    result = looked_at(figures)

    assert (values_of(result), codes(result)) == ([7.0], ["repeated"])


def test_of_two_values_that_agree_once_rounded_the_finer_stays() -> None:
    figures = [*observed({"2026Q1": 40.2}, LEVEL), *observed({"2026Q1": 40.2123}, LEVEL)]

    result = looked_at(figures)

    assert (values_of(result), result.questions) == ([40.2123], ())


def test_a_whole_number_may_be_a_rounded_one_or_another() -> None:
    figures = [*observed({"2026Q1": 4.0}, LEVEL), *observed({"2026Q1": 4.2}, LEVEL)]

    assert only(looked_at(figures)).code is Asked.TWICE


def test_tables_that_disagree_throughout_are_one_question() -> None:
    ones = observed({f"2026-{month:02d}": 7.0 + month / 10 for month in range(3, 10)}, GROWTH)
    others = [replace(figure, value=figure.value + 0.3) for figure in ones]
    figures = (*in_file(ones, "初步"), *in_file(others, "核定"))

    question = only(doubts(figures, context(), {}))
    result = doubts(figures, context(), {question.id: "sheet:核定"})

    assert question.count == 7
    assert values_of(result) == [figure.value for figure in others]


def test_a_sheet_called_as_an_option_is_not_taken_for_it() -> None:
    ones = observed({f"2026-{month:02d}": 7.0 + month / 10 for month in range(3, 10)}, GROWTH)
    others = [replace(figure, value=figure.value + 0.3) for figure in ones]
    figures = (*in_file(ones, SKIP), *in_file(others, "核定"))

    question = only(doubts(figures, context(), {}))
    chosen, other, neither = (option.id for option in question.options)

    def kept(answer: str) -> list[float]:
        return values_of(doubts(figures, context(), {question.id: answer}))

    assert kept(chosen) == [figure.value for figure in ones]
    assert kept(other) == [figure.value for figure in others]
    assert kept(neither) == []


def test_questions_about_different_sheets_differ() -> None:
    def question(*names: str) -> Question:
        sheets = [
            in_file(observed({f"2026-{month:02d}": 7.0 + number for month in range(3, 10)}, GROWTH),
                    name)
            for number, name in enumerate(names)
        ]  # fmt: skip
        return only(doubts([*itertools.chain(*sheets)], context(), {}))

    assert question("a|b", "c").id != question("a", "b|c").id
    assert question("a", "a", "b").id != question("a", "b", "b").id


def test_a_value_that_agrees_once_its_unit_is_settled_is_no_second_value() -> None:
    figures = [*observed({"2026Q1": 4.3}, LEVEL), *observed({"2026Q1": 43000.0}, LEVEL)]

    result = looked_at(figures, LEVELS)

    assert {question.code for question in result.questions} == {Asked.SCALE}


# --- Remarks -------------------------------------------------------------------------------


def test_growth_that_levels_do_not_give_is_explained_and_not_corrected() -> None:
    figures = [
        *observed({"2025Q3": 37.58, "2026Q3": 41.34}, LEVEL),
        *observed({"2026Q3": 3.2}, GROWTH),
    ]

    result = looked_at(figures)

    assert (result.questions, codes(result)) == ((), ["growth_levels"])
    assert values_of(result) == [37.58, 41.34, 3.2]
    assert result.remarks[0].values["implied"] == 10.0


def test_growth_on_a_comparable_scope_is_explained_by_the_scope() -> None:
    figures = [
        *observed({"2025Q3": 37.58, "2026Q3": 41.34}, LEVEL, basis=SCOPE),
        *observed({"2026Q3": 3.2}, GROWTH, basis=SCOPE),
    ]

    assert codes(looked_at(figures)) == ["growth_scope"]


@pytest.mark.parametrize(("growth", "said"), [(5.0, []), (-12.0, ["rising_level"])])
def test_prices_part_real_growth_from_levels(growth: float, said: list[str]) -> None:
    figures = [
        *observed({"2025Q3": 100.0, "2026Q3": 108.0}, LEVEL, basis=REAL),
        *observed({"2026Q3": growth}, GROWTH, basis=REAL),
    ]

    assert codes(looked_at(figures)) == said


def test_a_falling_level_beside_positive_growth_is_explained() -> None:
    figures = [
        *observed({"2025Q3": 16.95, "2026Q3": 15.80}, LEVEL),
        *observed({"2026Q3": 12.0}, GROWTH),
    ]

    assert codes(looked_at(figures)) == ["falling_level"]


def test_rounding_alone_is_not_worth_a_word() -> None:
    figures = [
        *observed({"2025Q3": 1.1, "2026Q3": 1.2}, LEVEL),
        *observed({"2026Q3": 4.6}, GROWTH),
    ]

    assert codes(looked_at(figures)) == []


def test_a_cumulative_level_below_the_one_before_it_is_pointed_out() -> None:
    result = looked_at(observed({"2026Q1": 4.3, "2026Q2": 4.1, "2026Q3": 12.9}, LEVEL))

    assert codes(result) == ["cumulative_fell"]
    assert result.remarks[0].values["period"] == "2026-06"


def test_what_the_store_holds_already_is_not_remarked_on_again() -> None:
    figures = [
        *observed({"2025Q3": 37.58, "2026Q3": 41.34}, LEVEL),
        *observed({"2026Q3": 3.2}, GROWTH),
    ]

    assert looked_at(figures, figures).remarks == ()


# --- Beside other questions ----------------------------------------------------------------


def test_a_figure_whose_unit_is_still_asked_about_is_left_alone() -> None:
    figures = in_file(observed({"2026Q1": 43000.0}, LEVEL))
    waiting = tuple(replace(figure, doubts=("unit:税收",)) for figure in figures)

    result = doubts(waiting, context(LEVELS), {})

    assert (result.figures, result.questions) == (waiting, ())


def test_a_figure_whose_status_is_still_asked_about_is_looked_at() -> None:
    figures = in_file(observed({"2026Q1": 43000.0}, LEVEL))
    waiting = tuple(replace(figure, doubts=("status:",)) for figure in figures)

    result = doubts(waiting, context(LEVELS), {})

    assert result.figures[0].doubts == ("status:", only(result).id)


# --- Real figures --------------------------------------------------------------------------


HALF_YEARS = [Month(year, month) for year in range(2003, 2027) for month in (1, 7)]


def test_everything_published_is_taken_without_a_question_by_an_empty_store() -> None:
    result = looked_at(seeds().observations)

    assert result.questions == ()
    assert {remark.code for remark in result.remarks} == {
        "falling_level", "growth_levels", "growth_prices", "growth_scope", "steep",
    }  # fmt: skip


def test_a_file_of_what_is_stored_raises_nothing_at_all() -> None:
    result = looked_at(seeds().observations, seeds().observations)

    assert (result.questions, result.remarks) == ((), ())
    assert len(result.figures) == len(seeds().observations)


@pytest.mark.parametrize("cut", HALF_YEARS, ids=str)
def test_every_half_year_of_history_came_without_a_question(cut: Month) -> None:
    end = Month(cut.year, cut.month + 5)
    figures = [it for it in seeds().observations if cut <= it.month <= end]
    known = [it for it in seeds().observations if it.month < cut]

    assert [question.id for question in looked_at(figures, known).questions] == []


@pytest.mark.parametrize("factor", [1e4, 1e8, 1e-4, 1e-8])
def test_every_latest_level_in_another_unit_is_noticed(factor: float) -> None:
    latest = {it.key[:4]: it for it in seeds().observations if not it.measure.is_growth}
    for key, figure in latest.items():
        known = [it for it in seeds().observations if it.key != figure.key]
        slipped = replace(figure, value=figure.value * factor)

        question = only(looked_at([slipped], known))

        assert (question.code, question.suggested) == (Asked.SCALE, "scaled"), key


@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from(["a", "b"]),
            st.sampled_from(list(Measure)),
            st.integers(0, 30),
            st.floats(allow_nan=False, allow_infinity=False, min_value=-1e60, max_value=1e60),
        ),
        max_size=30,
    ),
    split=st.integers(0, 30),
    answer=st.sampled_from(["as_is", "scaled", "moved", "turned", SKIP, ""]),
)
def test_any_figures_are_looked_at_and_answers_settle_what_was_asked(
    rows: list[tuple[str, Measure, int, float]], split: int, answer: str
) -> None:
    figures = [
        replace(it, indicator=name)
        for name, measure, step, value in rows
        for it in observed({f"{2020 + step // 12}-{step % 12 + 1:02d}": value}, measure)
    ]
    known = {it.key: it for it in figures[:split]}
    before = in_file(figures[split:])

    first = doubts(before, Context(seeds().catalogue, (), "SAMPLE", 2026, known), {})
    answers = {
        question.id: answer if answer in {it.id for it in question.options} else SKIP
        for question in first.questions
    }
    result = doubts(before, Context(seeds().catalogue, (), "SAMPLE", 2026, known), answers)

    answers |= {it.id: SKIP for it in result.questions if it.id not in answers}
    last = doubts(before, Context(seeds().catalogue, (), "SAMPLE", 2026, known), answers)
    assert [figure.doubts for figure in last.figures if figure.doubts] == []
    asked = {question.id for question in first.questions}
    assert {doubt for figure in first.figures for doubt in figure.doubts} == asked
    assert len({question.id for question in first.questions}) == len(first.questions)
    assert not asked & {doubt for figure in result.figures for doubt in figure.doubts}
    for question in first.questions:
        assert len({option.id for option in question.options}) == len(question.options)
        assert question.options[-1].id == SKIP
        assert 1 <= len(question.places) <= 10
