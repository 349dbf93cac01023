"""How plausible assumed growth is: distance, frequency and a word with a stated threshold."""

from __future__ import annotations

import pytest

from forecasting.figures.period import Quarter
from forecasting.scenario.model import Pin
from forecasting.scenario.pins import (
    Commonness,
    JointPlausibility,
    Likelihood,
    Plausibility,
    commonness,
    plausibility,
)
from tests.ui.scenarios import YEAR, baseline, indicators
from tests.ui.speakers import EN, ZH
from ui.language import Speaker
from ui.scenario.assumptions.sentences import (
    often,
    plausibility_lines,
    thresholds_note,
)

FULL_YEAR = Pin("fixed_asset_investment", 9.0)


def found(deviations: float, probability: float, path: float | None = None) -> JointPlausibility:
    """Return one pinned indicator this far out; its path as probable, unless it is said."""
    growth = Likelihood(deviations, probability)
    whole = Likelihood(abs(deviations), probability if path is None else path)
    return JointPlausibility((Plausibility("fixed_asset_investment", growth, whole),), whole)


def lines(plausible: JointPlausibility | None, *pins: Pin, say: Speaker = ZH) -> list[str]:
    return plausibility_lines(plausible, pins or (FULL_YEAR,), YEAR, indicators(), say)


def test_a_pin_is_told_with_its_distance_and_how_often_such_a_thing_happens() -> None:
    assert lines(found(1.8, 0.072)) == [
        (
            "固定资产投资全年增长9.0%：比基准预测高1.8个标准差，按模型推算，偏离达到这一程度的概"
            "率约1/14，属**少见**。"
        )
    ]
    assert lines(found(-2.4, 0.0164), say=EN) == [
        "Fixed-asset investment, assumed to grow 9.0% in the full year: 2.4 standard "
        "deviations below the baseline, a deviation this large occurs about once in 61 "
        "times, which is **very unusual**."
    ]


def test_what_is_as_expected_needs_no_frequency() -> None:
    assert lines(found(0.02, 0.98)) == ["固定资产投资全年增长9.0%：与基准预测相当，属正常范围。"]


def test_what_is_far_out_is_called_practically_impossible() -> None:
    assert lines(found(37.0, 0.0)) == [
        (
            "固定资产投资全年增长9.0%：比基准预测高8个标准差以上，按模型推算，偏离达到这一程度的"
            "概率不到1/10000，**几乎不可能**。"
        )
    ]


def test_a_path_of_an_unusual_shape_is_told_beside_its_growth() -> None:
    pins = (
        Pin("fixed_asset_investment", -3.0, Quarter(2026, 3)),
        Pin("fixed_asset_investment", 15.0, Quarter(2026, 4), cumulative=True),
    )

    assert lines(found(0.6, 0.55, path=0.004), *pins) == [
        "固定资产投资三季度下降3.0%、全年增长15.0%：比基准预测高0.6个标准差，按模型推算，偏离"
        "达到这一程度的概率约六成，属正常范围。各季增速合并来看，按模型推算，偏离达到这一程度"
        "的概率约1/250，属**罕见**。"
    ]


def test_pins_that_are_plausible_alone_may_not_be_so_together() -> None:
    one = found(1.0, 0.32).each[0]
    other = Plausibility("tax_revenue", one.growth, one.path)
    pins = (FULL_YEAR, Pin("tax_revenue", 3.0))

    apart = lines(JointPlausibility((one, other), Likelihood(3.0, 0.0027)), *pins)
    alike = lines(JointPlausibility((one, other), Likelihood(1.0, 0.3)), *pins)

    assert apart[-1] == (
        "2项指标的假定增速分别来看较为常见，但同时成立：按模型推算，偏离达到这一程度的概率约1"
        "/370，属**罕见**。"
    )
    assert alike[-1] == (
        "2项指标的假定增速同时成立：按模型推算，偏离达到这一程度的概率约三成，属正常范围。"
    )


@pytest.mark.parametrize(
    ("probability", "word"),
    [
        (0.2, Commonness.ORDINARY),
        (0.199, Commonness.UNUSUAL),
        (0.05, Commonness.UNUSUAL),
        (0.049, Commonness.RARE),
        (0.001, Commonness.RARE),
        (0.0009, Commonness.IMPOSSIBLE),
    ],
)
def test_words_change_at_the_thresholds_that_the_note_states(
    probability: float, word: Commonness
) -> None:
    assert commonness(Likelihood(1.0, probability)) is word
    assert thresholds_note(ZH) == (
        "出现概率低于1/5为少见，低于1/20为罕见，低于1/1,000为几乎不可能。"
    )


def test_frequencies_bear_two_digits() -> None:
    told = [often(Likelihood(1.0, p), EN) for p in (0.5, 0.149, 1 / 234, 1 / 2345, 1e-5)]

    assert told == [
        "the model gives a deviation this large a probability of about 5 in 10",
        "a deviation this large occurs about once in 7 times",
        "a deviation this large occurs about once in 230 times",
        "a deviation this large occurs about once in 2,300 times",
        "a deviation this large occurs less than once in 10,000 times",
    ]


def test_real_pins_of_the_sample_zone_are_told_and_none_say_nothing() -> None:
    pins = (FULL_YEAR, Pin("tax_revenue", 5.0, Quarter(2026, 3)))
    told = lines(plausibility(baseline(), pins), *pins)

    assert len(told) == 3
    assert told[0].startswith("固定资产投资全年增长9.0%：比基准预测高")
    assert "税收收入三季度增长5.0%：" in told[1]
    assert lines(None) == []


def test_what_follows_a_pin_is_no_cause() -> None:
    assert "不代表因果" in ZH("plausible.association")
    assert "not cause" in EN("plausible.association")
