"""What a scenario brings, as it could be read aloud."""

from __future__ import annotations

from dataclasses import replace

import pytest

from forecasting.figures.period import Quarter
from forecasting.outlook.outlook import Outlook
from forecasting.scenario.apply import Applied, Effect
from forecasting.scenario.levers import LeverKind
from forecasting.scenario.model import Amount, BottomUp, Pin, PointLever, Rest, Scenario
from forecasting.scenario.projects import Project, carried
from forecasting.scenario.risks import Constraint, Risk
from tests.ui.outlooks import NATION, both, make_outlook, make_verdict
from tests.ui.scenarios import PROJECT, YEAR, applied, at_rest, everything, indicators, lever
from tests.ui.speakers import EN, SPEAKERS, ZH
from ui.language import Speaker
from ui.outlook.sentences import plain
from ui.scenario.sentences import (
    ProjectChange,
    changes,
    comparison,
    conditions,
    differences,
    headline,
    percent_of,
    project_changes,
    step_of,
)

SIGNED = lever(LeverKind.SIGNED_INVESTMENT, 10.0)
STOPPED = lever(LeverKind.STOPPAGE, 20.0)


def two(probability: float, name: str = "investment", **changed: object) -> Outlook:
    """Return the outlook of two indicators, that of ``name`` the weakest."""
    other = "tax" if name == "investment" else "investment"
    weaker, stronger = both(probability)
    verdicts = make_verdict(weaker, name=name), make_verdict(stronger, name=other)
    return make_outlook(probability, *verdicts, **changed)  # type: ignore[arg-type]


def said(
    before: float, after: float, scenario: Scenario, say: Speaker = ZH, **changed: object
) -> str:
    """Return the headline of a scenario that brings this, whatever it would really bring."""
    result = Applied(scenario, two(after, **changed), ())
    return plain(headline(two(before, **changed), result, indicators(), say))


def moved_by(*entries: Amount) -> Applied:
    """Return a scenario whose entries each move investment, the first one most."""
    effects = tuple(
        Effect(
            entry, "investment", entry.value, (), "year_points", (0.0, 0.0, 0.0, size), 0.0, 0.0,
            None, (0.0, 0.0, 0.0, size), False, None,
        )
        for size, entry in zip((3.0, 2.0, 1.0), entries, strict=False)
    )  # fmt: skip
    return Applied(Scenario(amounts=entries), two(0.5), effects)


def test_a_scenario_says_how_its_assumptions_count_and_which_count_in_full() -> None:
    usual, sure = Amount("tax", 1.0, points=True), Amount("gdp", 2.0, points=True, certain=True)

    def said_of(*entries: Amount, say: Speaker = ZH) -> list[str]:
        return conditions(moved_by(*entries), indicators(), say)

    assert said_of(usual) == ["按所列假定和到位概率测算，不是对全年的研判"]
    both = said_of(sure, usual)
    assert both[0] == said_of(usual)[0]
    assert "地区生产总值" in both[1]
    assert "税收" not in both[1]
    assert said_of(sure)[0] == "如果以上假定全部实现；不是对全年的研判"
    assert said_of(sure, say=EN)[0].startswith("If all of this happens as assumed")


def test_a_headline_says_what_is_done_and_what_it_brings() -> None:
    scenario = Scenario(levers=(SIGNED, STOPPED))

    assert said(0.41, 0.7, scenario) == (
        "签约投资增加10亿元、停限产20天，2项指标全部超过7%的把握由约四成升至约七成。"
    )
    assert said(0.41, 0.7, scenario, EN) == (
        "With signed investment up CNY 1,000m and 20 days of stoppages, the chance that all "
        "2 indicators will exceed 7% rises from about 4 in 10 to about 7 in 10."
    )
    assert said(0.7, 0.41, scenario).endswith("由约七成降至约四成。")


def test_tenths_never_cross_a_light_and_percents_stand_where_they_are_the_same() -> None:
    scenario = Scenario(levers=(SIGNED,))

    assert said(0.3, 0.59, scenario).endswith("由约三成升至近六成。")
    assert said(0.66, 0.74, scenario).endswith("由66%升至74%，仍为约七成。")
    assert said(0.951, 0.97, scenario).endswith("由95%升至97%，仍在九成以上。")
    assert said(0.004, 0.06, scenario).endswith("由不足1%升至6%，仍不足一成。")
    assert said(0.412, 0.414, scenario).endswith("2项指标全部超过7%的把握仍为约四成。")
    assert said(0.412, 0.414, scenario, EN).endswith("is still about 4 in 10.")


def test_nothing_changed_is_told_as_the_baseline() -> None:
    expected = "没有改动，与基准相同，2项指标全部超过7%的把握仍为约四成。"

    assert said(0.41, 0.41, Scenario()) == expected
    assert said(0.41, 0.41, Scenario(unmoved=("gdp",))) == expected


def test_a_reference_area_is_told_without_verdict_words() -> None:
    scenario = Scenario(levers=(SIGNED,))

    assert said(0.41, 0.7, scenario, area=NATION) == (
        "签约投资增加10亿元，2项指标全部超过7%的可能性由约四成升至约七成。"
    )


def test_one_indicator_is_named_and_excluded_ones_are_said() -> None:
    scenario = Scenario(levers=(SIGNED,))
    single = make_outlook(0.7, make_verdict(0.7))
    some = two(0.7, missing=1)

    assert "固定资产投资超过7%的把握由" in plain(
        headline(make_outlook(0.41, make_verdict(0.41)), Applied(scenario, single, ()),
                 indicators(), ZH)
    )  # fmt: skip
    assert "可研判的2项指标全部超过7%的把握" in plain(
        headline(two(0.41, missing=1), Applied(scenario, some, ()), indicators(), ZH)
    )


def test_a_complete_year_and_an_area_without_verdicts_are_told() -> None:
    done = make_outlook(1.0, make_verdict(1.0, ytd=(7.0, 7.0, 7.0, 7.5)))
    nothing = make_outlook(0.5)
    scenario = Scenario(levers=(SIGNED,))

    assert plain(headline(done, Applied(scenario, done, ()), indicators(), ZH)) == (
        "2026年数据已全部公布，改动不再影响结果。"
    )
    assert plain(headline(nothing, Applied(scenario, nothing, ()), indicators(), EN)) == (
        "Sample zone has no indicator that can be assessed for 2026, so scenarios cannot be "
        "compared."
    )


def test_of_many_changes_those_that_move_most_are_named() -> None:
    many = Scenario(
        levers=(
            lever(LeverKind.SIGNED_INVESTMENT, 1.0),
            lever(LeverKind.NEW_STARTS, 2.0),
            lever(LeverKind.LAND_SUPPLY, 50.0),
            lever(LeverKind.TAX, 2000.0, one_off=True),
        ),
    )
    pinned = replace(many, pins=(Pin("retail_sales", 7.5, Quarter(2026, 3)),))

    opening = {
        scenario: plain(headline(at_rest(), applied(scenario), indicators(), ZH)).split("，")[0]
        for scenario in (many, pinned)
    }
    assert opening[many] == "新开工和在建项目完成投资增加2亿元、一次性税收增加2,000万元等4项改动"
    assert opening[pinned] == (
        "假定社会消费品零售总额三季度增长7.5%、新开工和在建项目完成投资增加2亿元等5项改动"
    )
    assert plain(headline(at_rest(), applied(many), indicators(), EN)).startswith(
        "With 4 changes, including investment completed by started projects up CNY 200m and "
        "one-off tax up CNY 20m, the chance that all 8 indicators will exceed 7% rises from"
    )


def test_the_sample_zone_is_told_from_a_real_application() -> None:
    signed = applied(Scenario(levers=(SIGNED,)))

    assert plain(headline(at_rest(), signed, indicators(), ZH)).startswith(
        "签约投资增加10亿元，8项指标全部超过7%的把握由不足一成升至约一成。"
    )


def phrases(before: Scenario, after: Scenario, say: Speaker = ZH) -> list[str]:
    return [change.text for change in changes(before, after, YEAR, indicators(), say)]


@pytest.mark.parametrize("say", SPEAKERS)
@pytest.mark.parametrize("kind", LeverKind)
def test_every_lever_has_a_phrase_for_more_and_for_less(kind: LeverKind, say: Speaker) -> None:
    low, high = (Scenario(levers=(lever(kind, value),)) for value in (10.0, 30.0))

    more, less, first = (
        phrases(*ends, say) for ends in ((low, high), (high, low), (Scenario(), low))
    )

    assert len({*more, *less}) == 2
    assert "1" in first[0]
    assert "2" in more[0]


def test_changes_are_told_from_where_the_other_scenario_stands() -> None:
    ten, twenty = (Scenario(levers=(lever(LeverKind.STOPPAGE, days),)) for days in (10.0, 20.0))
    two_percent, five = (
        Scenario(levers=(lever(LeverKind.PRODUCER_PRICES, rate),)) for rate in (2.0, 5.0)
    )

    assert phrases(Scenario(), ten) == ["停限产10天"]
    assert phrases(ten, twenty) == ["停限产增加10天"]
    assert phrases(twenty, Scenario()) == ["停限产减少20天"]
    assert phrases(Scenario(), two_percent) == ["工业品出厂价格比基准高2%"]
    assert phrases(two_percent, five) == ["工业品出厂价格比基准高3.0个百分点"]
    assert phrases(ten, Scenario(levers=(lever(LeverKind.STOPPAGE, 10.0, lag=1),))) == [
        "停产、限产的时间或参数有调整"
    ]


def test_two_levers_of_a_kind_are_told_apart() -> None:
    both = Scenario(levers=(replace(SIGNED, name="甲批"), replace(SIGNED, name="乙*批")))

    assert phrases(Scenario(), both) == [
        "签约投资增加10亿元（甲批）",
        r"签约投资增加10亿元（乙\*批）",
    ]


def test_amounts_points_and_pins_have_their_phrases() -> None:
    scenario = Scenario(
        amounts=(Amount("gdp", 2.0), Amount("gdp", -0.5, points=True, name="b")),
        points=(PointLever("客流", "retail_sales", -1.0, 0.4),),
        pins=(Pin("tax_revenue", -3.0), Pin("gdp", 0.02, Quarter(2026, 3))),
    )

    assert phrases(Scenario(), scenario) == [
        "假定税收收入全年下降3.0%",
        "假定地区生产总值三季度持平（0.0%）",
        "地区生产总值增加2亿元",
        "拉低地区生产总值增速0.5个百分点（b）",
        "客流下调1档",
    ]
    assert phrases(scenario, Scenario())[0] == "不再假定税收收入全年增速"


def named(found: list[ProjectChange]) -> list[str]:
    return [one.named for one in found]


def test_projects_are_told_by_name_with_what_moves() -> None:
    earlier = replace(PROJECT, started=Quarter(2026, 3), completion=((2026, 4.2), (2027, 1.0)))
    later = replace(PROJECT, producing=Quarter(2027, 1), start_probability=0.8, output=3.0)

    assert named(project_changes(PROJECT, earlier, YEAR, ZH)) == [
        "项目05开工由四季度提前到三季度",
        "项目05年内完成投资增加1.2亿元",
        "项目052027年完成投资增加1亿元",
    ]
    assert named(project_changes(PROJECT, later, YEAR, ZH)) == [
        "项目05投产由三季度推迟到2027年一季度",
        "项目05达产年产值减少1亿元",
        "项目05开工概率由70%改为80%",
    ]
    assert named(project_changes(PROJECT, replace(PROJECT, started=None), YEAR, ZH)) == [
        "项目05开工时间待定"
    ]
    assert named(project_changes(PROJECT, replace(PROJECT, blocking="land"), YEAR, EN)) == [
        "Project 05 adjusted"
    ]


def test_a_project_that_moves_as_a_whole_is_told_in_one_phrase() -> None:
    moved = replace(
        PROJECT,
        started=Quarter(2026, 3),
        producing=Quarter(2026, 2),
        counted=Quarter(2026, 3),
    )

    assert named(project_changes(PROJECT, moved, YEAR, ZH)) == [
        "项目05整体提前1个季度（开工由四季度提前到三季度）"
    ]
    assert named(project_changes(moved, PROJECT, YEAR, EN)) == [
        "Project 05 postponed by 1 quarter (start from Q3 to Q4)"
    ]


def test_beside_its_name_a_project_is_told_without_it() -> None:
    start = replace(PROJECT, name="start")
    earlier = replace(start, started=Quarter(2026, 3), completion=((2026, 4.2), (2027, 1.0)))
    later = replace(start, producing=Quarter(2027, 1), start_probability=0.8, output=3.0)

    assert [one.unnamed for one in project_changes(start, earlier, YEAR, EN)] == [
        "start brought forward from Q4 to Q3",
        "investment completed this year up CNY 120m",
        "investment completed in 2027 up CNY 100m",
    ]
    assert [one.unnamed for one in project_changes(start, later, YEAR, EN)] == [
        "production postponed from Q3 to Q1 2027",
        "annual output at capacity down CNY 100m",
        "probability of starting changed from 70% to 80%",
    ]


def test_views_from_below_and_risks_are_told_where_they_differ() -> None:
    rest = Rest(5.0)
    shown = Scenario(bottom_up=(BottomUp("gdp", rest),))
    mixed = Scenario(bottom_up=(BottomUp("gdp", rest, weight=0.3),))
    risky = Scenario(risks=(Risk("a", Constraint.SAFETY, 0.1, 1.0),))

    assert phrases(Scenario(), mixed) == ["地区生产总值自下而上测算的权重由0%改为30%"]
    assert phrases(Scenario(), shown) == ["地区生产总值自下而上测算有调整"]
    assert phrases(Scenario(), risky) == ["风险清单有调整"]
    assert said(0.41, 0.41, shown).startswith("没有改动，")


def test_what_all_projects_assume_is_told_where_it_differs() -> None:
    dearer = Scenario(price_index=1.05)

    assert phrases(Scenario(), dearer) == ["价格比按1.05计算"]
    assert phrases(dearer, Scenario(sales_rate=0.95)) == [
        "价格比按1计算",
        "收入产值比按95%计算",
    ]
    assert said(0.41, 0.41, dearer).startswith("没有改动，")


def test_growth_since_january_is_told_by_its_months() -> None:
    pinned = Scenario(pins=(Pin("gdp", 6.0, Quarter(2026, 3), cumulative=True),))

    assert phrases(Scenario(), pinned) == ["假定地区生产总值前三季度增长6.0%"]
    assert phrases(Scenario(), pinned, EN) == [
        "Gross domestic product assumed to grow 6.0% in Q1–Q3"
    ]


def test_projects_added_are_counted_where_they_are_many() -> None:
    one, nine = (
        Scenario(projects=tuple(Project(str(n)) for n in range(count))) for count in (1, 9)
    )

    assert phrases(Scenario(), one) == ["计入项目0"]
    assert phrases(one, nine) == ["新增计入8个项目"]
    assert phrases(nine, Scenario(), EN) == ["9 projects removed"]


def test_a_difference_is_told_as_the_figures_are_shown() -> None:
    assert step_of(0.384, 0.386, EN) == "up 1 percentage point"
    assert step_of(0.381, 0.383, ZH) == "变化不足1个百分点"
    assert step_of(0.38, 0.38, ZH) == "没有变化"
    assert step_of(0.384, 0.3, ZH) == "下降8个百分点"


def test_a_probability_is_read_aloud_at_both_ends() -> None:
    assert [percent_of(value, ZH) for value in (0.004, 0.384, 0.996)] == [
        "不足1%",
        "38%",
        "99%以上",
    ]


def test_scenarios_side_by_side_are_told_in_one_sentence() -> None:
    results = [
        (name, Applied(Scenario(), two(probability), ()))
        for name, probability in (("加快*建设*", 0.67), ("稳", 0.44), ("停产", 0.2))
    ]

    assert comparison(two(0.38), results, ZH) == (
        r"3个情景中，“加快\*建设\*”的把握最高，为67%（基准38%，上升29个百分点）；"
        "“停产”最低，为20%。"
    )
    assert comparison(two(0.38), results[1:2], ZH) == (
        "“稳”的把握为44%，基准为38%，上升6个百分点。"
    )
    assert comparison(two(0.38), [], ZH) == ""
    alike = [results[0], ("b", results[0][1])]
    assert comparison(two(0.38), alike, EN) == (
        "All 2 scenarios have the same chance, 67%; that of the baseline is 38%."
    )


def test_what_differs_is_told_in_one_sentence() -> None:
    one, other = Scenario(levers=(SIGNED,)), Scenario(levers=(SIGNED, STOPPED), unmoved=("gdp",))

    assert differences(one, other, YEAR, indicators(), ZH) == ("停限产20天、不受影响的指标有调整。")
    assert differences(one, one, YEAR, indicators(), EN) == "No differences."


@pytest.mark.parametrize("say", SPEAKERS)
def test_no_headline_or_difference_holds_a_code_or_a_gap(say: Speaker) -> None:
    result = applied(everything())
    lines = [
        plain(headline(at_rest(), result, indicators(), say)),
        differences(Scenario(), result.scenario, YEAR, indicators(), say),
    ]

    for line in lines:
        assert line
        assert not any(sign in line for sign in ("_", "None", "nan", "1e", "|", "、、"))


def test_projects_that_the_trend_carries_are_listed_and_not_counted() -> None:
    under_way = carried(replace(PROJECT, started=Quarter(2025, 4)))
    listed = Scenario(projects=(under_way,))
    moved = replace(listed, projects=(replace(under_way, completion=((2026, 9.0),)),))

    assert differences(Scenario(), listed, 2026, indicators(), ZH) == ("1个项目已含在基准预测中。")
    assert differences(Scenario(), moved, 2026, indicators(), ZH) == (
        "项目05年内完成投资增加6亿元。"
    )
