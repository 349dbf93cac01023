"""Scenarios in which everything that is told of a single firm or project is a secret."""

from __future__ import annotations

import random
from dataclasses import dataclass

from hypothesis import strategies as st

from forecasting.figures.period import Quarter
from forecasting.scenario.levers import RULES, Lever, LeverKind
from forecasting.scenario.model import Amount, BottomUp, Item, PointLever, Rest, Scenario
from forecasting.scenario.projects import Project, Stage
from forecasting.scenario.risks import Constraint, Risk

SECRET = "绝密企业"
"""Every text that must not be told holds it."""
STARTED = Quarter(2021, 3)


@dataclass(frozen=True)
class Shape:
    """A scenario but for its secrets.

    Attributes
    ----------
    projects
        When each starts, whether it is industrial, and whether it surely comes in time.
    items
        Firms in the view from below; without any there is none.
    """

    levers: tuple[tuple[LeverKind, float], ...]
    amount: float
    projects: tuple[tuple[Quarter | None, bool, bool], ...]
    items: int
    weight: float


shapes = st.builds(
    Shape,
    st.lists(
        st.tuples(st.sampled_from(LeverKind), st.sampled_from([2.0, 7.0, 700.0])), max_size=4
    ).map(tuple),
    st.sampled_from([0.25, -0.4]),
    st.lists(
        st.tuples(
            st.sampled_from([None, STARTED, STARTED + 1]), st.booleans(), st.booleans()
        ),
        max_size=5,
    ).map(tuple),
    st.integers(0, 4),
    st.sampled_from([0.0, 0.25, 0.5]),
)  # fmt: skip


class Secrets:
    """Texts and numbers that stand nowhere else, each once; other numbers by another seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # figures of a test, not keys
        self._count = 0

    @property
    def text(self) -> str:
        self._count += 1
        return f"{SECRET}{self._count}"

    @property
    def number(self) -> float:
        return 0.3 + self._random.random() / 2


def scenario_of(shape: Shape, seed: int) -> Scenario:
    """Return a scenario in which every text and number of a firm or project is a secret."""
    secret = Secrets(seed)
    view = BottomUp(
        "fixed_asset_investment",
        Rest(secret.number, secret.number),
        tuple(_item(secret) for _ in range(shape.items)),
        shape.weight,
    )
    return Scenario(
        levers=tuple(_lever(secret, *turned) for turned in shape.levers),
        amounts=(Amount("tax_revenue", shape.amount, secret.text),),
        points=(PointLever(secret.text, "gdp", 1.0, 0.5),),
        projects=tuple(_project(secret, *kind) for kind in shape.projects),
        bottom_up=(view,) if shape.items else (),
        risks=(_risk(secret),),
    )


def _lever(secret: Secrets, kind: LeverKind, value: float) -> Lever:
    """Return a lever that says what only the zone knows, and is counted this year.

    All of it comes: a drawn share of one that is many times what is usual would order all paths,
    so that a quantile of the view from below would be on the same path as that of the outlook.
    """
    unknown = [name for name, rule in RULES[kind].assumptions.items() if rule.default is None]
    start = Quarter(2020, 4) if RULES[kind].next_year else STARTED
    own = tuple((name, secret.number / 10) for name in unknown)
    return Lever(kind, value, secret.text, start, lag=0, assumptions=own, certain=True)


def _project(secret: Secrets, started: Quarter | None, industrial: bool, certain: bool) -> Project:
    start = secret.number
    return Project(
        id=secret.text,
        name=secret.text,
        stage=Stage.STARTED,
        total_investment=secret.number,
        started=started,
        recorded=STARTED,
        producing=started,
        counted=Quarter(2021, 4),
        completion=((2021, secret.number), (2022, secret.number)),
        output=secret.number,
        value_added_rate=secret.number,
        ramp=(secret.number,),
        tax=100 * secret.number,
        retained=secret.number,
        industrial=industrial,
        start_probability=1.0 if certain else start,
        delay=(1.0,) if certain else (start, 1 - start),
        blocking=secret.text,
        owner=secret.text,
    )


def _item(secret: Secrets) -> Item:
    return Item(
        secret.text,
        (secret.number,),
        (secret.number, secret.number),
        growth=secret.number,
        spread=secret.number,
        probability=secret.number,
    )


def _risk(secret: Secrets) -> Risk:
    return Risk(
        secret.text,
        Constraint.SAFETY,
        secret.number,
        secret.number,
        note=secret.text,
        owner=secret.text,
    )
