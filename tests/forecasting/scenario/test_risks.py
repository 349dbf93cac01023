import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasting.cli.views import outlook_document
from forecasting.outlook.judge import Baseline, outlook_of
from forecasting.scenario.apply import apply
from forecasting.scenario.model import Scenario
from forecasting.scenario.risks import TEMPLATES, Constraint, Risk, deductions
from tests.forecasting.scenario.strategies import risks

ACCIDENT = Risk("一般以上事故", Constraint.SAFETY, 0.1, 1.0)
PROBLEMS = Risk("督察问题", Constraint.ECOLOGY, 0.5, 0.3, count=4)


def test_a_risk_costs_how_often_times_how_probable_times_how_much() -> None:
    told = deductions([ACCIDENT, PROBLEMS])

    assert told.each == ((ACCIDENT, pytest.approx(0.1)), (PROBLEMS, pytest.approx(0.6)))
    assert told.total == pytest.approx(0.7)
    assert told.by_line == {
        Constraint.ECOLOGY: pytest.approx(0.6),
        Constraint.SAFETY: pytest.approx(0.1),
        Constraint.STABILITY: 0,
    }


@given(register=st.lists(risks, max_size=4))
def test_the_lines_of_a_register_add_up_to_its_total(register: list[Risk]) -> None:
    told = deductions(register)

    assert sum(told.by_line.values()) == pytest.approx(told.total)
    assert 0 <= told.total <= sum(risk.count * risk.deduction for risk in register) + 1e-9


def test_risks_stand_beside_the_outlook_and_move_nothing(baseline: Baseline) -> None:
    scenario = Scenario(risks=(ACCIDENT, PROBLEMS))

    assert scenario.empty
    assert not scenario.silent
    assert outlook_document(apply(baseline, scenario).outlook) == outlook_document(
        outlook_of(baseline)
    )


def test_templates_are_the_two_deductions_of_the_measure() -> None:
    assert [(one.line, one.deduction) for one in TEMPLATES] == [
        (Constraint.ECOLOGY, 0.3),
        (Constraint.SAFETY, 1.0),
    ]
