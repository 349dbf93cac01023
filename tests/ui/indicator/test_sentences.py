"""What is said of a model: golden sentences."""

from __future__ import annotations

import math

import pytest

from forecasting.figures.period import Quarter
from forecasting.models.diagnostics import Autocorrelation, Check, Diagnostics
from forecasting.models.predictive import Candidate, ModelReport
from forecasting.outlook.outlook import MemberVerdict
from tests.ui.speakers import EN, ZH
from ui.indicator import sentences as said

FIRST = Quarter(2020, 1)


def found(independence: float, normality: float, *beyond: int) -> Diagnostics:
    lags = tuple(Autocorrelation(k, 0.5 if k in beyond else 0.1, 0.3) for k in range(1, 9))
    return Diagnostics(40, Check(9.0, independence), 6, Check(0.9, normality), lags)


@pytest.mark.parametrize(
    ("diagnostics", "zh", "en"),
    [
        (
            found(0.3, 0.2),
            "误差未见明显规律。误差分布与正态分布没有明显差异。",
            "The errors show no remaining pattern. Their distribution does not clearly "
            "differ from the normal one.",
        ),
        (
            found(0.3, 0.2, 3),
            "误差未见明显规律。误差分布与正态分布没有明显差异。",
            "The errors show no remaining pattern. Their distribution does not clearly "
            "differ from the normal one.",
        ),
        (
            found(0.01, 0.2, 1, 4),
            "误差中仍有模型未反映的规律（相隔1、4个季度的误差彼此相关），预测区间可能偏窄。误"
            "差分布与正态分布没有明显差异。",
            "The errors still show a pattern that the model does not capture (errors 1, 4 "
            "quarters apart are correlated), so the ranges may be too narrow. Their "
            "distribution does not clearly differ from the normal one.",
        ),
        (
            found(0.01, 0.001),
            "误差中仍有模型未反映的规律，预测区间可能偏窄。误差分布明显偏离正态分布，区间两端"
            "的概率仅为近似值。",
            "The errors still show a pattern that the model does not capture, so the ranges "
            "may be too narrow. Their distribution clearly differs from the normal one, so "
            "probabilities at the ends of the ranges are approximate.",
        ),
    ],
)
def test_the_errors_are_told_in_one_sentence(diagnostics: Diagnostics, zh: str, en: str) -> None:
    assert said.diagnosis(diagnostics, 40, ZH) == zh
    assert said.diagnosis(diagnostics, 40, EN) == en


def test_too_few_errors_and_errors_that_do_not_vary_are_told_apart() -> None:
    assert "不足16个" in said.diagnosis(None, 15, ZH)
    assert said.diagnosis(None, 40, ZH) == "以往误差没有变化，无法检验。"


def test_the_model_is_told_with_its_companions() -> None:
    candidates = (Candidate("ARIMA(0,1,1)", 0.6), Candidate("ARIMA(1,1,0)", 0.4))
    report = ModelReport("sarima", (0, 1, 1), (0, 1, 0), (), (), 49, (), candidates)
    members = [MemberVerdict(m, 0.5, (), None, None) for m in ("sarima", "persistence")]

    assert said.model(report, members[:1], ZH) == (
        "季节ARIMA模型用49个季度的数据（取对数）估计，是2个候选模型的加权平均，其中权重最大的"
        "是 (0,1,1)×(0,1,0)₄。"
    )
    assert said.model(report, members, EN) == (
        "Combined by weight from ARIMA, Cumulative growth carried forward; each "
        "simulated path uses one of "
        "these models, drawn at random by weight. The seasonal ARIMA is estimated on 49 "
        "quarterly figures (in logarithms): a weighted average of 2 candidate models, of "
        "which (0,1,1)×(0,1,0)₄ has the largest weight."
    )


def test_a_chart_of_errors_is_told_to_those_who_cannot_see_it() -> None:
    errors = tuple((FIRST + row, value) for row, value in enumerate((0.4, -2.6, 1.9, 2.1)))

    assert said.errors_alt("生产总值", errors, ZH) == (
        "生产总值模型的误差，2020年一季度至2020年四季度，以标准差为单位："
        "4个中有2个超出±2，最大的为−2.6。"
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.9249, "0.92"),
        (0.1, "0.10"),
        (0.0512, "0.051"),
        (0.0004, "<0.001"),
        (math.ulp(0), "<0.001"),
    ],
)
def test_a_small_p_value_keeps_a_decimal_more(value: float, text: str) -> None:
    assert said.p_value(value) == text
