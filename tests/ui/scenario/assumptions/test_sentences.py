"""Views from below and the risk register: told beside a scenario, never as dials."""

from __future__ import annotations

import pytest

from forecasting.outlook.quantiles import Quantiles
from forecasting.scenario.bottom_up import BottomUpAnswer, YearAnswer
from forecasting.scenario.risks import TEMPLATES, Constraint, Risk, deductions
from tests.ui.outlooks import NATION, make_outlook, make_verdict
from tests.ui.scenarios import at_rest, indicators
from tests.ui.speakers import EN, SPEAKERS, ZH
from ui.language import Speaker
from ui.scenario.assumptions.sentences import (
    bottom_up_sentence,
    risks_sentence,
)


def year(probability: float, median: float) -> YearAnswer:
    steps = (-3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0)
    spread = Quantiles(*(round(median + step, 1) for step in steps))
    return YearAnswer(probability, spread, ())


def view(weight: float = 0.3, listed: float | None = 0.42, projects: float = 0.0) -> BottomUpAnswer:
    return BottomUpAnswer(
        "fixed_asset_investment", weight, 51.31, listed, projects, year(0.74, 7.9), year(0.46, 7.0)
    )


def test_a_view_from_below_stands_beside_the_model_with_its_weight() -> None:
    assert bottom_up_sentence(view(), at_rest(), indicators(), ZH) == (
        "固定资产投资自下而上测算：所列企业和项目占上年基数51.31亿元的42%，预计全年增长7.9%左"
        "右（八成可能在5.9%—9.9%），达到目标的把握为74%；模型预计增长7.0%左右，把握为46%。合"
        "并时，自下而上测算占30%。"
    )
    told = bottom_up_sentence(view(0.0, None, 1.3), at_rest(), indicators(), EN)
    assert told == (
        "Fixed-asset investment, bottom-up estimate: it is expected to grow about 7.9% "
        "over the full "
        "year (80% range: 5.9%–9.9%), and the chance that it will meet the target is "
        "74%. The model "
        "expects it to grow about 7.0%; its chance is 46%. Both results include the effect "
        "of the project list (+1.3 percentage points). The bottom-up estimate has no weight: it is "
        "shown for comparison and has no effect."
    )


def test_a_reference_area_has_no_chance_of_a_target() -> None:
    compared = make_outlook(0.4, make_verdict(0.4, reference=True), area=NATION)

    assert "把握" not in bottom_up_sentence(view(), compared, indicators(), ZH)


def test_a_register_is_told_as_expected_deductions_by_line() -> None:
    found = deductions(
        [
            Risk("a", Constraint.ECOLOGY, 0.5, 0.3, count=4),
            Risk("b", Constraint.SAFETY, 0.1, 1.0),
        ]
    )

    assert risks_sentence(found, ZH) == (
        "风险清单共2项，预计考核扣分0.7分（生态环境0.6分、安全生产0.1分）。只作提示，不影响各"
        "项指标的把握。"
    )
    assert risks_sentence(deductions([Risk("c", Constraint.STABILITY, 1.0, 1.0)]), EN) == (
        "1 risk is registered, with an expected deduction of 1 point (stability 1 point). "
        "For information only: the indicators' chances do not change."
    )
    assert risks_sentence(deductions([]), ZH) == "风险清单为空。"


@pytest.mark.parametrize("say", SPEAKERS)
def test_every_line_and_every_published_deduction_has_a_name(say: Speaker) -> None:
    names = [say(f"risk_line.{line}") for line in Constraint]
    names += [say(f"risk_template.{template.code}") for template in TEMPLATES]

    assert len(set(names)) == len(Constraint) + len(TEMPLATES)
    assert not any("_" in name for name in names)
