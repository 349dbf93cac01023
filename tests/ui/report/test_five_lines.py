"""Golden lines: each was read aloud before it was written down here."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from forecasting.figures.indicator import Comparator
from forecasting.issues.snapshot import (
    Apart,
    AssumedProjects,
    ChangeSinceIssue,
    PastIssue,
    Snapshot,
    Unexplained,
)
from forecasting.outlook.outlook import AllClear, Outlook, Verdict
from forecasting.outlook.pace import Pace
from tests.ui.outlooks import NATION, SAMPLE, line, make_outlook, make_verdict
from tests.ui.report.snapshots import (
    ASSUMED,
    CHANGE,
    PACE,
    RECORD,
    SEPTEMBER,
    YEAR,
    ZONE,
    full,
    make_snapshot,
    published,
    reference,
    six,
    three,
    with_scenario,
)
from tests.ui.speakers import EN, SPEAKERS, ZH
from ui.language import Speaker
from ui.report.document.blocks import plain
from ui.report.document.five_lines import five_lines, rest


def told(of: Outlook | Snapshot, say: Speaker = ZH) -> list[str]:
    snapshot = of if isinstance(of, Snapshot) else make_snapshot(of)
    return [plain(text) for text in five_lines(snapshot, say)]


def test_the_five_lines_in_chinese() -> None:
    assert told(make_snapshot(six(0.38), unpublished=True)) == [
        "截至2026年前三季度，预计全年6项主要指标增速全部超过7%的把握约四成，总体有压力。",
        "类似情形出现100次，约有38次能够全部超过7%。",
        "短板是固定资产投资：前三季度增长6.2%，超过7%的把握约四成五；若该项达标，总体把握可升"
        "至七成左右。",
        "固定资产投资全年要超过7%，四季度需增长9.1%以上；仅有五年可比数据，其中两年四季度达到。其余5项把握均在七成以上。",
        "本页为测算结果，非统计部门发布数据；数据截至9月，10月25日出具，全年数据（2027年1月中"
        "旬）公布后更新。所用数据含未公布的内部快报。内部资料，注意保存。",
    ]


def test_the_five_lines_in_english() -> None:
    assert told(make_snapshot(six(0.38), unpublished=True), EN) == [
        "As of Q3 2026, the chance that all 6 main indicators will exceed 7% over the full "
        "year is about 4 in 10: under pressure overall.",
        "In 100 situations like this one, about 38 would see all of them exceed 7%.",
        "The weakest link is Fixed-asset investment: it grew 6.2% in Q1–Q3; the chance that "
        "it will exceed 7% is about 45%. If it were certain to do so, the overall chance "
        "would rise to about 70%.",
        "Fixed-asset investment: to exceed 7%, growth over Q4 must be at least 9.1%; only five "
        "years can be compared, and two of them reached it in Q4. The other 5 have a chance of "
        "70% or more.",
        "Computed results, not statistics published by any statistical office; figures to "
        "Sep, issued 25 Oct; next update when figures for the full year are published ("
        "mid-Jan 2027). Some of the figures used are unpublished internal flash figures. For "
        "internal use only: keep it safe.",
    ]


@pytest.mark.parametrize(
    ("outlook", "zh", "en"),
    [
        (
            six(0.93),
            "截至2026年前三季度，预计全年6项主要指标均可完成，增速全部超过7%的把握在九成以上。",
            "As of Q3 2026, all 6 main indicators are on track: the chance that they will "
            "exceed 7% over the full year is at least 9 in 10.",
        ),
        (
            six(0.68),
            "截至2026年前三季度，预计全年6项主要指标有望全部完成，"
            "增速全部超过7%的把握约七成，关键看固定资产投资。",
            "As of Q3 2026, all 6 main indicators are likely to exceed 7% over the full year:"
            " the chance is about 7 in 10 and hinges on Fixed-asset investment.",
        ),
        (
            three(0.04, 0.08, 0.74, 0.88),
            "截至2026年上半年，预计全年3项主要指标增速全部超过7%的把握不足一成，"
            "完成难度较大；2项有望完成，固定资产投资缺口较大。",
            "As of H1 2026, the chance that all 3 main indicators will exceed 7% over the "
            "full year is less than 1 in 10: difficult overall; 2 are likely to meet their "
            "targets, but Fixed-asset investment falls well short.",
        ),
        (
            three(0.22, 0.4, 0.5, 0.55),
            "截至2026年上半年，预计全年3项主要指标增速全部超过7%的把握约两成，"
            "完成难度较大，主要受固定资产投资拖累。",
            "As of H1 2026, the chance that all 3 main indicators will exceed 7% over the "
            "full year is about 2 in 10: difficult overall, held back mainly by Fixed-asset "
            "investment.",
        ),
        (
            three(0.02, 0.05, 0.2, 0.5),
            "截至2026年上半年，预计全年3项主要指标增速全部超过7%的把握不足一成，"
            "完成难度较大；固定资产投资缺口较大。",
            "As of H1 2026, the chance that all 3 main indicators will exceed 7% over the "
            "full year is less than 1 in 10: difficult overall; Fixed-asset investment falls "
            "well short.",
        ),
    ],
    ids=["achievable", "hopeful", "hard with a gap", "hard all round", "hard alone"],
)
def test_the_first_line_of_every_light(outlook: Outlook, zh: str, en: str) -> None:
    assert (told(outlook)[0], told(outlook, EN)[0]) == (zh, en)


def test_what_would_do_so_far_has_no_gap_but_is_told_with_what_is_expected() -> None:
    slowing = make_verdict(0.08, ytd=(7.4, 7.1), median=6.3)
    others = (make_verdict(0.7, name="tax"), make_verdict(0.95, name="trade"))
    outlook = make_outlook(0.07, slowing, *others, area=ZONE, if_cleared=0.6)

    lines, english = told(outlook), told(outlook, EN)

    assert lines[0].endswith("完成难度较大；2项可完成或有望完成，固定资产投资把握最低。")
    assert lines[2].startswith(
        "短板是固定资产投资：上半年增长7.1%，预计全年增长6.3%左右，超过7%的把握不足一成"
    )
    assert english[0].endswith(
        "2 are on track or likely, but Fixed-asset investment is the least likely."
    )
    assert (
        "it grew 7.1% in H1; it is expected to grow about 6.3% over the full year; the"
        in english[2]
    )


def usually_out_on_the_18th(verdict: Verdict) -> Verdict:
    indicator = replace(verdict.history.indicator, release_day=18)
    return replace(verdict, history=replace(verdict.history, indicator=indicator))


def test_figures_that_should_be_out_are_missed() -> None:
    slow = [usually_out_on_the_18th(verdict) for verdict in three(0.38, 0.46, 0.74, 0.93).verdicts]
    ahead = usually_out_on_the_18th(make_verdict(0.93, name="trade", ytd=SEPTEMBER))
    late, some = (
        make_snapshot(make_outlook(0.38, *verdicts, area=ZONE), issued="2026-11-29T02:00:00+00:00")
        for verdicts in (slow, [*slow[:2], ahead])
    )

    def due(snapshot: Snapshot, say: Speaker) -> list[str]:
        sentences = told(snapshot, say)[-1].replace(". ", "。").split("。")
        return [line for line in sentences if "惯例" in line or "usually been" in line]

    assert due(late, ZH) == ["前三季度数据按惯例应已公布，本期尚未采用"]
    assert due(some, ZH) == ["固定资产投资、税收收入的前三季度数据按惯例应已公布，本期尚未采用"]
    assert due(late, EN) == [
        "Figures for Q1–Q3 have usually been published by now but are not yet included."
    ]
    cut = replace(late.outlook, as_of=late.outlook.latest)
    assert due(replace(late, outlook=cut), ZH) == []


def test_what_is_as_good_as_sure_has_no_weak_link() -> None:
    outlook = three(0.91, 0.93, 0.96, 0.99)

    assert told(outlook)[2] == "各项指标均无明显缺口，把握最低的是固定资产投资，也在九成以上。"
    assert told(outlook, EN)[2] == (
        "No indicator is far from its target: the least certain is Fixed-asset investment, "
        "at 90% or more."
    )


def test_a_weak_link_that_changes_no_tenth_says_so() -> None:
    little = three(0.36, 0.8, 0.6, 0.7, if_cleared=0.41)
    still = three(0.36, 0.999, 0.6, 0.7, if_cleared=0.3601)
    hopeless = three(0.004, 0.03, 0.1, 0.2, if_cleared=0.02)

    assert told(little)[2].endswith("；若该项达标，总体把握略有提高，仍为四成左右。")
    assert told(little, EN)[2].endswith(
        ". If it were certain to do so, the overall chance would rise slightly and still be "
        "about 40%."
    )
    assert told(still)[2].endswith("；即使该项达标，总体把握仍为四成左右。")
    assert told(hopeless)[2].endswith("超过7%的把握不足一成；即使该项达标，总体把握仍不足一成。")
    assert told(hopeless, EN)[2].endswith("the overall chance would still be below 10%.")


@pytest.mark.parametrize(
    ("pace", "zh"),
    [
        (Pace(4, 35.04, 35.1, 0, 10), "四季度需增长35.1%以上；近十年四季度均未达到。"),
        (Pace(4, 7.05, 7.1, 5, 5), "四季度需增长7.1%以上；仅有五年可比数据，四季度均达到。"),
        (Pace(3, -0.14, -0.1, 1, 12), "下半年降幅不超过0.1%即可；近12年下半年有一年达到。"),
        (Pace(4, 9.0, 9.0, 0, 1), "四季度需增长9.0%以上；仅有一年可比数据，四季度未达到。"),
        (Pace(3, 7.05, 7.1, 0, 0), "下半年需增长7.1%以上；往年同期数据不足，无法比较。"),
        (
            Pace(4, -1.2, -1.1, 0, 5),
            "四季度降幅须控制在1.1%以内；仅有五年可比数据，四季度均未达到。",
        ),
        (Pace(4, 0.0, 0.0, 0, 5), "四季度须不下降；仅有五年可比数据，四季度均未达到。"),
    ],
)
def test_what_is_needed_and_how_often_it_was_reached(pace: Pace, zh: str) -> None:
    outlook = make_outlook(0.4, make_verdict(0.4, pace=pace), area=ZONE)

    assert told(outlook)[3] == f"固定资产投资全年要超过7%，{zh}"


@pytest.mark.parametrize(
    ("chances", "zh", "en"),
    [
        (
            (0.4, 0.93, 0.99),
            "其余2项把握均在九成以上。",
            "The other 2 have a chance of 90% or more.",
        ),
        (
            (0.4, 0.55, 0.95),
            "其余2项中，1项可完成、1项有压力。",
            "Of the other 2, 1 is on track and 1 is under pressure.",
        ),
        ((0.4, 0.5, 0.55), "其余2项均有压力。", "The other 2 are under pressure."),
    ],
)
def test_how_the_rest_stands(chances: tuple[float, ...], zh: str, en: str) -> None:
    outlook = three(0.38, *chances)

    assert told(outlook)[3].endswith(zh)
    assert told(outlook, EN)[3].endswith(en)


def test_one_indicator_alone_tells_what_it_is_expected_to_come_to() -> None:
    outlook = make_outlook(0.46, make_verdict(0.46, ytd=SEPTEMBER, pace=PACE), area=ZONE)

    assert told(outlook)[:4] == [
        "截至2026年前三季度，预计全年固定资产投资增速超过7%的把握约五成，有压力。",
        "类似情形出现100次，约有46次能够超过7%。",
        "固定资产投资前三季度增长6.2%，预计全年增长7.1%左右（八成可能在5.7%—8.5%）。",
        "固定资产投资全年要超过7%，四季度需增长9.1%以上；仅有五年可比数据，其中两年四季度达到。",
    ]
    assert told(outlook, EN)[2] == (
        "Fixed-asset investment grew 6.2% in Q1–Q3; it is expected to grow about 7.1% over "
        "the full year (80% range: 5.7%–8.5%)."
    )


def test_indicators_without_a_verdict_are_counted_in_the_first_line() -> None:
    assert "预计全年8项主要指标中可研判的6项增速全部超过7%" in told(six(0.38, missing=2))[0]


def test_targets_that_differ_are_named_together() -> None:
    verdicts = make_verdict(0.5), make_verdict(0.8, target=line(Comparator.ABOVE, 8.0))
    lines = told(make_outlook(0.4, *verdicts, area=ZONE))

    assert lines[1] == "类似情形出现100次，约有40次能够全部达到各自目标。"


def test_a_reference_area_compares_without_verdict_words() -> None:
    outlook = reference(0.07, 0.4, 0.7)

    assert told(outlook) == [
        "截至2026年上半年，全国8项主要指标中有3项可比较；3项增速全部超过7%的可能性不足一成（"
        "7%为开发区计划目标，仅作对照，不是全国目标）。",
        "类似情形出现100次，约有7次能够全部超过7%。",
        "拖累最大的是固定资产投资：上半年增长6.1%，超过7%的可能性不足一成；若剔除该项，总体可"
        "能性为三成左右。",
        "固定资产投资全年要超过7%，下半年需增长7.9%以上；仅有五年可比数据，其中两年下半年达到。"
        "其余2项的可能性最低约四成，最高约七成。",
        "本页为测算结果，非统计部门发布数据；数据截至6月，10月25日出具，全年数据（2027年1月中"
        "旬）公布后更新。",
    ]
    words = "".join(told(outlook) + told(outlook, EN))
    verdict_words = ["把握", "完成", "有望", "压力", "难度", "短板", "达标", "chance", "likely"]
    assert [word for word in verdict_words if word in words] == []


def test_a_reference_area_with_one_indicator_names_it() -> None:
    assert told(reference(0.03, missing=7))[0].startswith(
        "截至2026年上半年，全国8项主要指标中仅固定资产投资可比较，增速超过7%的可能性不足一成（"
    )


def test_a_published_year_that_made_it_names_the_closest() -> None:
    assert told(published(8.1, 7.3, 9.0)) == [
        "2026年，3项主要指标增速全部超过7%（已公布）。",
        "离目标线最近的是税收收入：增长7.3%（目标：超过7%）。",
        "全年结果取自已公布数据；10月25日出具。",
    ]


def test_a_published_year_that_did_not_make_it_names_what_failed() -> None:
    assert told(published(8.1, -2.3, 5.1)) == [
        "2026年，3项主要指标有1项超过7%，未能全部完成（已公布）。",
        "未能超过7%的是税收收入（下降2.3%）、进出口总额（增长5.1%）。",
        "全年结果取自已公布数据；10月25日出具。",
    ]
    assert told(published(8.1, -2.3, 5.1), EN)[1] == (
        "Those that did not exceed 7%: Tax revenue (fell 2.3%) and Imports and exports (grew 5.1%)."
    )


def test_a_published_year_of_a_reference_area_is_compared() -> None:
    assert told(published(5.0, 7.3, area=NATION))[:2] == [
        "2026年，全国2项主要指标中有2项可比较，增速超过7%的有1项（7%为开发区计划目标，仅作对"
        "照，不是全国目标）。",
        "其中固定资产投资增长5.0%、税收收入增长7.3%。",
    ]


def test_one_indicator_that_is_published_tells_its_growth() -> None:
    assert told(published(8.1)) == [
        "2026年，固定资产投资增速超过7%（已公布）。",
        "固定资产投资全年增长8.1%。",
        "全年结果取自已公布数据；10月25日出具。",
    ]


def test_a_year_known_inside_is_told_as_a_fact_that_is_not_published() -> None:
    verdicts = [
        make_verdict(1.0, name=name, ytd=YEAR, median=growth, flash=True)
        for name, growth in (("investment", 8.1), ("tax", 7.4))
    ]

    assert told(make_outlook(1.0, *verdicts, area=ZONE)) == [
        "据内部快报，2026年2项主要指标增速全部超过7%（尚未公布）。",
        "离目标线最近的是税收收入：增长7.4%（目标：超过7%）。",
        "全年结果取自内部快报，以公布数为准；10月25日出具，全年数据（2027年1月中旬）公布后更新。",
    ]


def missed(*others: Verdict) -> Outlook:
    return make_outlook(0.0, make_verdict(0.0, ytd=YEAR, median=5.1), *others, area=ZONE)


def test_out_of_reach_there_are_no_times_in_a_hundred_and_no_weakest_link() -> None:
    met = make_verdict(1.0, name="tax", ytd=YEAR, median=8.1)
    lines = told(missed(met, make_verdict(0.7, name="gdp", ytd=SEPTEMBER)))

    assert lines[:-1] == [
        "2026年，固定资产投资增长5.1%，未能超过7%（已公布），3项主要指标已无法全部完成。",
        "其余2项中，1项已完成（已公布），另1项把握在七成以上。",
    ]
    assert "数据截至9月" in lines[-1]


def test_out_of_reach_a_change_is_still_told_and_a_scenario_moves_the_others_only() -> None:
    outlook = missed(make_verdict(0.7, name="gdp", ytd=SEPTEMBER))
    change = replace(CHANGE, now=0.0)
    issued = make_snapshot(outlook, change=change, record=RECORD)
    scenario = replace(with_scenario(), outlook=outlook, baseline=outlook.all_clear, change=None)

    assert told(issued)[1].startswith("总体把握比上期（7月24日，约五成）下降")
    assert told(scenario)[:2] == [
        told(issued)[0],
        (
            "其余各项按假定测算：社会消费品零售总额全年增长8.0%、新开工和在建项目完成投资增加20亿"
            "元等5项。"
        ),
    ]


def test_what_is_published_is_counted_beside_what_is_not() -> None:
    weakest = make_verdict(0.46, ytd=SEPTEMBER, pace=PACE)
    met = [make_verdict(1.0, name=name, ytd=YEAR, median=8.1) for name in ("tax", "gdp")]
    lines = told(make_outlook(0.46, weakest, *met, area=ZONE))

    assert lines[0].startswith("截至2026年前三季度，")
    assert lines[3].endswith("其余2项均已完成（已公布）。")


def test_a_success_that_is_published_is_not_likely_but_done() -> None:
    met = make_verdict(1.0, name="tax", ytd=YEAR, median=8.1)
    outlook = make_outlook(0.2, make_verdict(0.2, ytd=SEPTEMBER), met, area=ZONE)

    assert "有望完成" not in told(outlook)[0]


def test_at_the_start_of_a_year_the_full_years_are_told() -> None:
    verdicts = make_verdict(0.5, ytd=()), make_verdict(0.7, name="tax", ytd=())

    assert told(make_outlook(0.4, *verdicts, area=ZONE))[3] == (
        "仅有五年的全年数据，其中两年增速超过7%。其余1项把握在七成以上。"
    )


def test_a_simulated_area_says_so_in_the_last_line() -> None:
    assert told(six(0.38, area=SAMPLE))[-1].endswith("示例开发区为虚构地区，数据均为模拟。")
    assert told(six(0.38, area=SAMPLE), EN)[-1].endswith(
        "Sample zone is fictitious: all its figures are simulated."
    )


def test_without_a_date_nothing_is_promised() -> None:
    assert told(make_snapshot(six(0.38), release=None))[-1] == (
        "本页为测算结果，非统计部门发布数据；数据截至9月，10月25日出具。"
    )


def test_the_day_is_that_of_the_zone() -> None:
    snapshot = make_snapshot(six(0.38), issued="2026-10-24T16:30:00+00:00")

    assert "10月25日出具" in told(snapshot)[-1]


def test_under_a_scenario_the_baseline_comes_first_and_has_the_only_verdict() -> None:
    first, second, third, fourth, *_ = told(with_scenario())

    assert first == (
        "不作假定，截至2026年前三季度，预计全年6项主要指标增速全部超过7%的把握约四成，总体有压力。"
        "情景：按所列假定和到位概率测算，该把握约六成。"
    )
    assert second == (
        "类似情形出现100次，能够全部超过7%的，不作假定约38次，情景下约62次。"
        "不作假定时，把握比上期（第11期，约五成）下降，主要因固定资产投资前三季度增速低于此前预计。"
    )
    assert third == (
        "情景假定“抓投资”（按影响由大到小）："
        "社会消费品零售总额全年增长8.0%、新开工和在建项目完成投资增加20亿元等5项。"
    )
    assert fourth.startswith("情景下，短板是固定资产投资：")
    first, second, third, fourth, *_ = told(with_scenario(), EN)
    assert first.endswith(
        "under pressure overall. Scenario: with the listed assumptions, each with its odds, "
        "that chance is about 6 in 10."
    )
    assert second.startswith(
        "In 100 situations like this one, about 38 would see all of them exceed 7% without the "
        "scenario, and about 62 under it. "
        "Without the scenario, the chance is down from about 5 in 10 in the last issue (Issue 11)"
    )
    assert third.startswith('The scenario "抓投资" assumes, the largest effect first: Retail')
    assert fourth.startswith("Under the scenario: The weakest link is")


VERDICTS = {
    ZH: ("可完成", "有望", "有压力", "难度较大", "缺口较大"),
    EN: ("on track", "likely to", "under pressure", "difficult", "falls well short", "make it"),
}


@pytest.mark.parametrize("say", SPEAKERS)
@pytest.mark.parametrize("chance", [0.04, 0.4, 0.68, 0.97])
@pytest.mark.parametrize("guarded", [False, True])
def test_no_word_of_a_verdict_is_said_of_a_scenario(
    say: Speaker, chance: float, guarded: bool
) -> None:
    baseline = None if guarded else six(0.02).all_clear
    for outlook in (six(chance), three(min(chance, 0.1), 0.1, 0.35, 0.7)):
        snapshot = make_snapshot(outlook, baseline=baseline, scenario=ASSUMED)
        first, *others = told(snapshot, say)
        _, between, scenario = first.rpartition("情景：" if say is ZH else "Scenario: ")
        assert between
        for text in (scenario, *others):
            assert not [word for word in VERDICTS[say] if word in text], text


def test_the_light_of_the_baseline_is_that_of_its_own_chance() -> None:
    hard = replace(with_scenario(), baseline=six(0.1).all_clear, change=None)

    assert "约一成，完成难度较大。情景" in told(hard)[0]


def test_everything_assumed_to_come_in_full_is_said_to_be_an_if() -> None:
    entries = tuple(replace(entry, certain=True) for entry in ASSUMED.entries)
    sure = replace(ASSUMED, entries=entries, projects=AssumedProjects(0, 0, ()))
    of_old = replace(ASSUMED, realised=False)

    for scenario in (sure, of_old):
        snapshot = replace(with_scenario(), scenario=scenario)
        assert "情景：如果所列假定全部实现，该把握约六成。" in told(snapshot)[0]
        assert "Scenario: if all of this happens as assumed, that" in told(snapshot, EN)[0]
    assert told(replace(with_scenario(), scenario=sure))[2].endswith(
        "以上均按全部实现计入，不考虑到位概率。"
    )
    assert "按全部实现计入" not in told(replace(with_scenario(), scenario=of_old))[2]


def test_a_reference_area_is_compared_under_a_scenario_too() -> None:
    baseline = reference(0.04, 0.4, 0.7).all_clear
    snapshot = make_snapshot(reference(0.31, 0.4, 0.7), baseline=baseline, scenario=ASSUMED)

    assert told(snapshot)[0].startswith("不作假定，截至2026年上半年，全国8项主要指标中")
    assert told(snapshot)[0].endswith("情景：按所列假定和到位概率测算，该可能性约三成。")


def test_beside_what_is_left_out_a_baseline_is_told_in_tenths() -> None:
    rough = AllClear(0.4, math.nan, math.nan, None)
    first, second, *_ = told(replace(with_scenario(), baseline=rough))

    assert first == (
        "不作假定，截至2026年前三季度，预计全年6项主要指标增速全部超过7%的把握约四成，总体有压力。"
        "情景：按所列假定和到位概率测算，该把握约六成。"
    )
    assert second.startswith("情景下，类似情形出现100次，约有62次能够全部超过7%。")
    assert "约有4" not in second


def test_a_baseline_that_would_give_projects_away_is_not_told() -> None:
    hidden = replace(with_scenario(), baseline=None)
    first, second, *_ = told(hidden)

    assert first == (
        "截至2026年前三季度，情景：按所列假定和到位概率测算，"
        "6项主要指标全年增速全部超过7%的把握约六成。"
    )
    assert second.startswith("情景下，类似情形出现100次，约有62次能够全部超过7%。")
    assert "不作假定时的结果不单列。" in second


def test_a_scenario_is_compared_with_its_own_last_issue() -> None:
    change = ChangeSinceIssue(3, 0.45, 0.62, (), Unexplained.SCENARIO)
    other = PastIssue(3, "2026-04-24T02:00:00+00:00", 2026, 0.2, None)
    own = replace(other, issued_at="2026-07-24T02:00:00+00:00", apart=Apart.SCENARIO)
    snapshot = replace(with_scenario(), change=change, record=(own, other))

    assert told(snapshot)[1].endswith("情景下的把握比同一情景上期（7月24日，约五成）上升。")
    assert told(replace(snapshot, record=()))[1].endswith(
        "情景下的把握比同一情景上期（情景第3期，约五成）上升。"
    )


def test_why_it_moved_stands_above_the_fold() -> None:
    assert told(full())[1] == (
        "类似情形出现100次，约有38次能够全部超过7%。比上期（7月24日，约五成）下降，主要因固定"
        "资产投资前三季度增速低于此前预计。"
    )
    assert told(full(), EN)[1].endswith(
        "Down from about 5 in 10 in the last issue (24 Jul), mainly because Fixed-asset "
        "investment in Q1–Q3 was below the earlier forecast."
    )


def test_an_unchanged_chance_has_no_cause() -> None:
    change = replace(CHANGE, now=0.452)
    snapshot = make_snapshot(six(0.452), change=change, record=RECORD)

    assert told(snapshot)[1].endswith("与上期（7月24日）基本持平。")


def test_an_area_where_nothing_can_be_judged_says_so() -> None:
    outlook = make_outlook(0.0, area=ZONE, missing=2)

    assert told(outlook) == [
        "某开发区2026年没有可以研判的指标。",
        "本页为测算结果，非统计部门发布数据；10月25日出具。",
    ]


def ahead(chance: float, **options: bool) -> Verdict:
    return make_verdict(chance, ytd=SEPTEMBER, **options)


def known(growth: float, **options: bool) -> Verdict:
    return make_verdict(float(growth > 7), ytd=YEAR, median=growth, **options)


@pytest.mark.parametrize(
    ("others", "zh", "en"),
    [
        ([], "", ""),
        ([ahead(0.74)], "其余1项把握在七成以上。", "The other one has a chance of 70% or more."),
        (
            [ahead(0.5), ahead(0.55)],
            "其余2项均有压力。",
            "The other 2 are under pressure.",
        ),
        (
            [ahead(0.2), ahead(0.95), ahead(0.7)],
            "其余3项中，1项可完成、1项有望完成、1项难度较大。",
            "Of the other 3, 1 is on track, 1 is likely and 1 is difficult.",
        ),
        (
            [known(8.0), known(9.0)],
            "其余2项均已完成（已公布）。",
            "The other 2 are already met (published).",
        ),
        (
            [known(8.0), known(5.0), known(8.0, flash=True)],
            "其余3项中，1项已完成（已公布）、1项未完成（已公布）、"
            "1项已达标（内部快报，尚未公布）。",
            "Of the other 3, 1 is already met (published), 1 is missed (published) and 1 is "
            "already met according to internal flash figures (not published yet).",
        ),
        (
            [known(8.0), ahead(0.74), ahead(0.93)],
            "其余3项中，1项已完成（已公布），另2项把握均在七成以上。",
            "Of the other 3, 1 is already met (published), and the remaining 2 have a chance of "
            "70% or more.",
        ),
        (
            [known(8.0), ahead(0.4)],
            "其余2项中，1项已完成（已公布）、1项有压力。",
            "Of the other 2, 1 is already met (published) and 1 is under pressure.",
        ),
        (
            [known(8.0, reference=True), ahead(0.4, reference=True), ahead(0.7, reference=True)],
            "其余3项中，1项已达到对照线（已公布），另2项的可能性最低约四成，最高约七成。",
            "Of the other 3, 1 is known to reach the comparison line (published), and the "
            "remaining 2 range from about 40% to about 70%.",
        ),
    ],
)
def test_what_is_known_is_counted_as_fact_and_what_is_not_by_its_chance(
    others: list[Verdict], zh: str, en: str
) -> None:
    assert (rest(others, ZH), rest(others, EN)) == (zh, en)
