"""Scenarios of every kind, for tests of properties."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from forecasting.figures.period import Quarter
from forecasting.scenario.levers import RULES, Lever, LeverKind, Source
from forecasting.scenario.model import Amount, BottomUp, Item, Pin, PointLever, Rest, Scenario
from forecasting.scenario.projects import Project, Stage
from forecasting.scenario.reference_class import PRIOR, ClassRate, Rate, ReferenceClass
from forecasting.scenario.risks import Constraint, Risk

INDICATORS = ("gdp", "exports", "tax_revenue")

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
names = texts.filter(bool)
numbers = st.floats(-1e6, 1e6).map(lambda number: number + 0.0)
shares = st.floats(0, 1).map(lambda number: number + 0.0)
quarters = st.builds(Quarter, st.integers(2000, 2099), st.integers(1, 4))
days = st.none() | quarters
ramps = st.lists(shares, min_size=1, max_size=3).map(tuple)
indicators = st.sampled_from(INDICATORS)
OF_PROJECTS = [
    one for one in ReferenceClass if one not in (ReferenceClass.AMOUNT, ReferenceClass.CONDITION)
]


@st.composite
def rates(draw: st.DrawFn) -> Rate:
    """Return a rate that is possible: its ends lie about its mean as far from one."""
    expected = draw(shares)
    low, high = (expected - draw(st.floats(0, expected)), expected + draw(st.floats(0, 1)))
    rate = Rate(expected, low + 0.0, high)
    return rate if rate.possible else Rate(expected, expected, expected)


class_rates = st.builds(
    lambda key, rate: ClassRate(*key, rate.expected, rate.low, rate.high),
    st.sampled_from(sorted(PRIOR)),
    rates(),
)


@st.composite
def levers(draw: st.DrawFn) -> Lever:
    kind = draw(st.sampled_from(LeverKind))
    assumed = [
        (name, draw(st.floats(rule.low, rule.high)) + 0.0)
        for name, rule in RULES[kind].assumptions.items()
        if draw(st.booleans())
    ]
    lag = draw(st.none() | st.integers(0, 8))
    return Lever(
        kind, draw(numbers), draw(texts), draw(days), lag, draw(st.booleans()), draw(ramps),
        tuple(assumed), draw(st.none() | rates()), draw(st.booleans()),
    )  # fmt: skip


by_year = st.dictionaries(st.integers(2000, 2099), shares, max_size=2).map(
    lambda years: tuple(years.items())
)
_plain = st.builds(
    Project,
    id=names,
    name=texts,
    stage=st.sampled_from(Stage),
    total_investment=shares,
    signed=days,
    started=days,
    recorded=days,
    producing=days,
    counted=days,
    completion=by_year,
    output=shares,
    value_added_rate=shares,
    ramp=st.none() | ramps,
    tax=numbers,
    retained=shares,
    industrial=st.booleans(),
    start_probability=st.none() | shares,
    delay=st.sampled_from([None, (1.0,), (0.5, 0.25, 0.25)]),
    completed=by_year,
    start_planned=days,
    reference=st.none() | st.sampled_from(OF_PROJECTS),
    plan_share=st.none() | rates(),
    certain=st.booleans(),
    blocking=texts,
    owner=texts,
)
projects = st.builds(
    lambda project, plan: replace(project, in_trend=plan), _plain, st.none() | _plain
)
risks = st.builds(
    Risk,
    name=names,
    line=st.sampled_from(Constraint),
    probability=shares,
    deduction=shares,
    count=st.integers(0, 9).map(float),
    note=texts,
    owner=texts,
)


@st.composite
def items(draw: st.DrawFn) -> Item:
    known = tuple(draw(st.lists(shares, max_size=4)))
    growth = amount = None
    if len(known) < 4:
        growth = draw(st.none() | st.floats(-100, 1e4).map(lambda number: number + 0.0))
        amount = draw(shares) if growth is None else None
    base = draw(shares.map(lambda level: (level,)) | st.tuples(shares, shares, shares, shares))
    return Item(draw(names), base, known, growth, amount, draw(shares), draw(shares))


views = st.builds(
    BottomUp,
    indicator=indicators,
    rest=st.builds(Rest, st.floats(-100, 1e4).map(lambda number: number + 0.0), shares),
    items=st.lists(items(), max_size=2, unique_by=lambda item: item.name).map(tuple),
    weight=shares,
    unit=texts,
)
scenarios = st.builds(
    Scenario,
    name=texts,
    note=texts,
    levels=st.dictionaries(indicators, st.floats(0.1, 1e6)).map(
        lambda levels: tuple(levels.items())
    ),
    unmoved=st.lists(indicators, max_size=2).map(tuple),
    levers=st.lists(levers(), max_size=3).map(tuple),
    amounts=st.lists(
        st.builds(
            Amount, indicators, numbers, texts, st.booleans(), days, st.none() | rates(),
            st.booleans(),
        ),
        max_size=2,
    ).map(tuple),
    points=st.lists(
        st.builds(
            PointLever, names, indicators, numbers, numbers, shares, days, ramps,
            realised=st.none() | rates(), certain=st.booleans(),
        )
        | st.builds(
            PointLever, names, indicators, numbers, numbers, st.floats(0.1, 1), days, ramps,
            st.just(Source.ESTIMATED),
        ),
        max_size=2,
    ).map(tuple),
    projects=st.lists(projects, max_size=2, unique_by=lambda project: project.id).map(tuple),
    pins=st.lists(st.builds(Pin, indicators, numbers, days, st.booleans()), max_size=2).map(tuple),
    bottom_up=st.lists(views, max_size=2, unique_by=lambda view: view.indicator).map(tuple),
    risks=st.lists(risks, max_size=2).map(tuple),
    price_index=st.just(1.0) | st.floats(0.5, 2),
    sales_rate=st.just(1.0) | shares,
    rates=st.lists(class_rates, max_size=3, unique_by=lambda one: one.name).map(tuple),
    zone_factor=shares,
)  # fmt: skip
