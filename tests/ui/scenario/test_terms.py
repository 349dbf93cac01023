"""Names of what a scenario moves: none missing, none a code, amounts as they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum

import pytest

from forecasting.figures.period import Quarter
from forecasting.scenario.levers import RULES, Lever, LeverKind, Source
from forecasting.scenario.model import Amount, PointLever
from forecasting.scenario.projects import Project
from tests.builders import make_catalogue
from tests.ui.speakers import EN, SPEAKERS, ZH
from ui.language import Speaker, catalogue
from ui.scenario.terms import (
    LEVER_GROUPS,
    LeverGroup,
    assumption_scale,
    assumption_unit,
    assumption_value,
    entry_name,
    lever_change,
    lever_range,
    lever_unit,
    points,
    quantity,
    quarter_name,
    rounded,
    since,
    source_name,
)

ASSUMPTIONS = sorted({name for rule in RULES.values() for name in rule.assumptions})


@pytest.mark.parametrize("say", SPEAKERS)
@pytest.mark.parametrize("kind", LeverKind)
def test_every_lever_has_a_name_a_unit_a_range_and_help(kind: LeverKind, say: Speaker) -> None:
    for text in (say(f"lever.{kind}"), lever_unit(kind, say), lever_range(kind, say)):
        assert text
        assert "_" not in text
        assert "1e" not in text
    assert say(f"lever_help.{kind}").endswith({ZH: "。", EN: "."}[say])


@pytest.mark.parametrize("say", SPEAKERS)
@pytest.mark.parametrize("name", [*ASSUMPTIONS, "start_probability", "size"])
def test_every_assumption_has_a_name_and_help(name: str, say: Speaker) -> None:
    assert "_" not in say(f"assumption.{name}")
    assert say(f"assumption_help.{name}")
    assert "1e" not in assumption_value(name, 0.3, say) + assumption_unit(name, say)
    assert assumption_scale(name) > 0


def test_every_source_has_a_name() -> None:
    assert [source_name(source, ZH) for source in Source] == ["公开案例", "测算", "判断"]
    assert source_name(Source.JUDGEMENT, EN, own=True) == "set in this scenario"


def test_every_lever_stands_in_one_group() -> None:
    placed = [kind for kinds in LEVER_GROUPS.values() for kind in kinds]

    assert sorted(placed) == sorted(LeverKind)
    assert [ZH(f"lever_group.{group}") for group in LeverGroup] == [
        "投资与项目",
        "企业与生产",
        "财税外贸",
        "环境",
    ]


@pytest.mark.parametrize(
    ("section", "known"),
    [
        ("lever", LeverKind),
        ("lever_help", LeverKind),
        ("lever_group", LeverGroup),
    ],
)
def test_a_section_holds_what_there_is_and_no_more(section: str, known: type[StrEnum]) -> None:
    assert set(_section(section)) == set(known)


def _section(name: str) -> Iterator[str]:
    return (
        key.removeprefix(f"{name}.") for key in catalogue(ZH.language) if key.startswith(f"{name}.")
    )


@pytest.mark.parametrize(
    ("value", "unit", "zh", "en"),
    [
        (10, "1e8 CNY", "10亿元", "CNY 1,000m"),
        (0.59, "1e8 CNY", "0.59亿元", "CNY 59m"),
        (-2000, "1e4 CNY", "−2,000万元", "CNY −20m"),
        (300, "1e4 USD", "300万美元", "USD 3m"),
        (1, "firms", "1户", "1 firm"),
        (20, "days", "20天", "20 days"),
        (1.5, "days", "1.5天", "1.5 days"),
        (1, "trains", "1列", "1 train"),
        (100, "mu", "100亩", "100 mu"),
        (2.5, "%", "2.5%", "2.5%"),
        (3, "1e4 t", "3万吨", "30,000 t"),
        (500, "1e4 kWh", "500万千瓦时", "5m kWh"),
        (40, "CNY", "40元", "40 CNY"),
    ],
)
def test_amounts_are_written_out_in_each_language(
    value: float, unit: str, zh: str, en: str
) -> None:
    assert quantity(value, unit, ZH) == zh
    assert quantity(value, unit, EN) == en


def test_ranges_carry_their_unit_once() -> None:
    told = [lever_range(LeverKind(kind), ZH) for kind in ("signed_investment", "tax", "stoppage")]

    assert told == ["0—60亿元", "−5,000至5,000万元", "0—60天"]
    assert lever_range(LeverKind.PRODUCER_PRICES, ZH) == "−10%至10%"
    assert lever_range(LeverKind.SIGNED_INVESTMENT, EN) == "CNY 0–6,000m"
    assert lever_range(LeverKind.FIRMS_RAISED, EN) == "0–15 firms"


@pytest.mark.parametrize(
    ("name", "value", "zh", "en"),
    [
        ("start_rate", 0.588, "58.8%", "58.8%"),
        ("own_growth", -0.05, "−5%", "−5%"),
        ("start_probability", 0.7, "70%", "70%"),
        ("retained", 0.375, "37.5%", "37.5%"),
        ("price_index", 1.02, "1.02", "1.02"),
        ("output_per_firm", 0.2, "2,000万元", "CNY 20m"),
        ("value_per_train", 0.12, "1,200万元", "CNY 12m"),
        ("intensity", 0.03, "300万元/亩", "CNY 3m per mu"),
        ("size", 1.0, "1.0个百分点", "1.0 percentage points"),
    ],
)
def test_assumptions_are_written_in_the_unit_they_are_known_in(
    name: str, value: float, zh: str, en: str
) -> None:
    assert assumption_value(name, value, ZH) == zh
    assert assumption_value(name, value, EN) == en


def test_an_assumption_that_nobody_said_how_to_write_is_not_taken_for_percent() -> None:
    with pytest.raises(KeyError):
        assumption_value("spend_per_visitor", 8e-6, ZH)


def test_levers_that_share_an_assumption_write_it_alike() -> None:
    shown = {(name, one.shown) for rule in RULES.values() for name, one in rule.assumptions.items()}

    assert sorted(name for name, _ in shown) == ASSUMPTIONS


@pytest.mark.parametrize(
    ("kind", "before", "after", "one_off", "said"),
    [
        ("signed_investment", 0.0, 10.0, False, "签约投资增加10亿元"),
        ("signed_investment", 10.0, 4.0, False, "签约投资减少6亿元"),
        ("stoppage", 0.0, 20.0, False, "停限产20天"),
        ("stoppage", 5.0, 20.0, False, "停限产增加15天"),
        ("stoppage", 20.0, 0.0, False, "停限产减少20天"),
        ("tax", 0.0, -500.0, True, "一次性税收减少500万元"),
        ("producer_prices", 0.0, -2.0, False, "工业品出厂价格比基准低2%"),
        ("producer_prices", 2.0, 3.0, False, "工业品出厂价格比基准高1.0个百分点"),
    ],
)
def test_a_turned_lever_is_told_as_what_changes(
    kind: str, before: float, after: float, one_off: bool, said: str
) -> None:
    unit = RULES[LeverKind(kind)].unit

    assert lever_change(kind, before, after, unit, ZH, one_off=one_off) == said


def test_computed_amounts_are_rounded_and_never_to_nothing() -> None:
    amounts = (51.31, 5131.04, 1.0, 0.588, 0.0588, 0.00123, 0.0, -0.294)

    assert [rounded(amount) for amount in amounts] == [
        "51.3",
        "5,131",
        "1",
        "0.59",
        "0.059",
        "0.0012",
        "0",
        "−0.29",
    ]


def test_points_are_at_one_decimal_and_small_ones_do_not_vanish() -> None:
    assert points(1.146, ZH) == "1.1个百分点"
    assert points(0.054, ZH, signed=True) == "+0.05个百分点"
    assert points(0.048, ZH, signed=True) == "+0.05个百分点"
    assert points(0.096, ZH) == "0.1个百分点"
    assert points(-0.0012, ZH, signed=True) == "−0.0012个百分点"
    assert points(-6.67, EN, signed=True) == "−6.7 percentage points"


def test_entries_are_named_so_that_two_of_a_kind_differ() -> None:
    indicators = make_catalogue("output")
    entries = [
        Lever(LeverKind.TAX, 1.0, "*one*"),
        Lever(LeverKind.TAX, 1.0),
        Amount("output", 1.0, "batch"),
        Amount("output", 1.0, points=True),
        PointLever("visits", "output", 1.0, 0.2),
        Project("05", "Cold store"),
        Project("05"),
        Project("项目05"),
    ]

    assert [entry_name(entry, indicators, ZH) for entry in entries] == [
        r"税收增减（\*one\*）",
        "税收增减",
        "output增减（batch）",
        "output拉动",
        "visits",
        "Cold store",
        "项目05",
        "项目05",
    ]
    assert entry_name(Project("05"), indicators, EN) == "Project 05"


def test_quarters_carry_their_year_where_it_is_another() -> None:
    assert since(Quarter(2026, 3), 2026, ZH) == "三季度起"
    assert since(Quarter(2027, 1), 2026, ZH) == "2027年一季度起"
    assert quarter_name(Quarter(2027, 1), 2026, EN) == "Q1 2027"
    assert since(Quarter(2026, 3), 2026, EN) == "from Q3"


@pytest.mark.parametrize("say", SPEAKERS)
def test_no_word_of_scenarios_is_a_code(say: Speaker) -> None:
    sections = ("lever", "assumption", "source", "scenario", "entry", "effect", "quantity")
    for key, message in catalogue(say.language).items():
        if key.startswith(sections):
            bare = re.sub(r"\{[^{}]*\}", "", message)
            assert not re.search(r"[a-z]_[a-z]|None|nan\b", bare), key


def test_ten_thousand_and_more_of_ten_thousands_are_written_in_hundred_millions() -> None:
    assert quantity(9999.0, "1e4 CNY", ZH) == "9,999万元"
    assert quantity(1_000_000.0, "1e4 CNY", ZH) == "100亿元"
    assert quantity(-12_345.0, "1e4 CNY", ZH) == "−1.2345亿元"
