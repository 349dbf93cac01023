"""What a stored scenario leaves out means what it meant when it was stored."""

from dataclasses import MISSING, fields

from forecasting.scenario.levers import RULES, LeverKind
from forecasting.scenario.projects import Project

OF_OUTPUT = {
    "value_added_rate": (0.186, 0.01, 1.0),
    "price_index": (1.0, 0.5, 2.0),
    "sales_rate": (1.0, 0.0, 1.5),
}
LEFT_OUT = {
    LeverKind.SIGNED_INVESTMENT: (
        0,
        {"start_rate": (0.588, 0.0, 1.0), "completion": (0.10, 0.0, 1.0)},
    ),
    LeverKind.NEW_STARTS: (0, {}),
    LeverKind.TECHNICAL_TRANSFORMATION: (0, {}),
    LeverKind.PROJECT_OUTPUT: (1, {"reach": (0.72, 0.0, 1.0), **OF_OUTPUT}),
    LeverKind.FIRMS_RAISED: (
        0,
        {"output_per_firm": (0.2, 0.0, 100.0), "own_growth": (None, -1.0, 5.0), **OF_OUTPUT},
    ),
    LeverKind.TOP_FIRMS_OUTPUT: (0, {"weight": (None, 0.0, 1.0)}),
    LeverKind.STOPPAGE: (0, {"weight": (None, 0.0, 1.0)}),
    LeverKind.PRODUCER_PRICES: (0, {}),
    LeverKind.TAX: (0, {"retained": (0.375, 0.0, 1.0)}),
    LeverKind.FOREIGN_CAPITAL: (0, {"probability": (None, 0.0, 1.0)}),
    LeverKind.FREIGHT_TRAINS: (0, {"value_per_train": (None, 0.0, 10.0)}),
    LeverKind.LAND_SUPPLY: (4, {"intensity": (None, 0.0, 1.0)}),
}
"""By kind the lag, and of each assumption the usual value and between which it may be set."""


def test_what_levers_leave_out_means_what_it_meant_or_a_new_schema_says_otherwise() -> None:
    """A change here changes stored scenarios and links.

    It needs a new schema, whose predecessors read what they left out as it stands in this table.
    """
    assert {
        kind: (
            rule.lag,
            {name: (one.default, one.low, one.high) for name, one in rule.assumptions.items()},
        )
        for kind, rule in RULES.items()
    } == LEFT_OUT


PROJECTS_LEAVE_OUT = {
    "value_added_rate": 0.186,
    "retained": 0.375,
    "ramp": None,
    "delay": None,
    "start_probability": None,
    "plan_share": None,
    "certain": False,
}


def test_what_projects_leave_out_is_what_their_reader_puts() -> None:
    usual = {field.name: field.default for field in fields(Project) if field.default is not MISSING}

    assert {name: usual[name] for name in PROJECTS_LEAVE_OUT} == PROJECTS_LEAVE_OUT
