"""Golden sentences: each was read aloud before it was written down here."""

from dataclasses import replace

import pytest

from forecasting.indicator import Comparator
from forecasting.outlook import Excluded, Outlook, Pace, Reason
from forecasting.period import Quarter
from tests.builders import make_target
from tests.ui.outlooks import NATION, line, make_outlook, make_verdict
from tests.ui.reading import raw_marks
from ui import sentences, words
from ui.messages import Language

ZH, EN = Language.ZH, Language.EN
NEVER = Pace(4, 35.04, 35.1, 0, 10)


def told(outlook: Outlook, language: Language, *, planned: bool = True) -> str:
    return sentences.plain(sentences.headline(outlook, language, planned=planned))


def two(probability: float, **options: object) -> Outlook:
    verdicts = make_verdict(0.52), make_verdict(0.9, name="tax")
    return make_outlook(probability, *verdicts, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("probability", "zh", "en"),
    [
        (
            0.93,
            "截至2026年上半年，预计全年2项主要指标均可完成，增速全部超过7%的把握在九成以上。",
            "As of H1 2026, all 2 main indicators should make it: "
            "the chance for growth to exceed 7% over the full year is at least 9 in 10.",
        ),
        (
            0.68,
            "截至2026年上半年，预计全年2项主要指标有望全部完成，增速全部超过7%的把握约七成，"
            "关键看固定资产投资。",
            "As of H1 2026, all 2 main indicators are likely to make it: the chance for growth to "
            "exceed 7% over the full year is about 7 in 10, hinging on Fixed-asset investment.",
        ),
        (
            0.38,
            "截至2026年上半年，预计全年2项主要指标增速全部超过7%的把握约四成，总体有压力。",
            "As of H1 2026, the chance for all 2 main indicators to exceed 7% over the full year "
            "is about 4 in 10: under pressure overall.",
        ),
        (
            0.04,
            "截至2026年上半年，预计全年2项主要指标增速全部超过7%的把握不足一成，完成难度较大。",
            "As of H1 2026, the chance for all 2 main indicators to exceed 7% over the full year "
            "is less than 1 in 10: difficult overall.",
        ),
    ],
)
def test_the_headline_of_an_area_with_targets(probability: float, zh: str, en: str) -> None:
    outlook = two(probability)

    assert (told(outlook, ZH), told(outlook, EN)) == (zh, en)


def test_the_headline_counts_indicators_without_a_verdict() -> None:
    assert told(two(0.38, missing=1), ZH) == (
        "截至2026年上半年，预计全年3项主要指标中可研判的2项增速全部超过7%的把握约四成，总体有压力。"
    )


def test_the_headline_of_a_published_year() -> None:
    year = (9.0, 8.8, 8.4, 8.1)
    met = make_verdict(1.0, ytd=year, median=8.1)
    missed = make_verdict(0.0, name="tax", ytd=year, median=5.1)

    assert told(make_outlook(1.0, met, met), ZH) == "2026年，2项主要指标增速全部超过7%（已公布）。"
    assert told(make_outlook(0.0, missed, met), ZH) == (
        "2026年，2项主要指标有1项超过7%，未能全部完成（已公布）。"
    )
    assert told(make_outlook(0.0, missed, met), EN) == (
        "In 2026, 1 of 2 main indicators grew by more than 7%: not all made it (published)."
    )


def test_the_headline_of_a_reference_area_compares_and_does_not_judge() -> None:
    verdicts = [make_verdict(0.001, name=name, reference=True) for name in ("investment", "tax")]
    outlook = make_outlook(0.0, *verdicts, area=NATION, missing=6)

    assert told(outlook, ZH) == (
        "截至2026年上半年，全国8项主要指标中有2项可作比较；2项增速全部超过7%的可能性不足1%"
        "（7%为开发区计划线，仅作对照，不是全国目标）。"
    )
    assert told(outlook, EN) == (
        "As of H1 2026, 2 of 8 main indicators of China can be compared. The probability that "
        "all 2 will exceed 7% is below 1% (7% is the zone's planned line, for comparison only, "
        "not a target of China)."
    )
    assert "7%为所填对照线" in told(outlook, ZH, planned=False)


def test_an_area_where_nothing_can_be_judged_says_so() -> None:
    assert told(make_outlook(0.0, area=NATION, missing=2), ZH) == "全国2026年没有可以研判的指标。"


def test_the_weakest_link_says_what_its_clearing_would_bring() -> None:
    assert sentences.weakest_link(two(0.38), ZH) == (
        "短板是**固定资产投资**：上半年增长6.1%，超过7%的把握为52%；"
        "若这一项达标，总体把握可升至73%左右。"
    )
    assert sentences.weakest_link(two(0.38), EN) == (
        "The weakest link is **Fixed-asset investment**: it grew 6.1% in H1; the chance to "
        "exceed 7% is 52%. Were it certain to, the overall chance would rise to about 73%."
    )
    assert "即使这一项达标，总体把握仍不足1%" in sentences.weakest_link(
        two(0.0, if_cleared=0.0), ZH
    )


def test_the_pace_says_how_often_it_was_reached() -> None:
    assert sentences.pace(make_verdict(0.5), ZH) == (
        "要超过7%，下半年需增长**7.9%以上**；近5年同期有2年达到。"
    )
    assert sentences.pace(make_verdict(0.5), EN) == (
        "To exceed 7%, growth over H2 must be **at least 7.9%**; 2 of the last 5 years did."
    )


@pytest.mark.parametrize(
    ("pace", "zh"),
    [
        (Pace(4, -0.14, -0.1, 5, 5), "四季度**降幅不超过0.1%即可**；近5年同期均达到"),
        (Pace(4, 0.0, 0.0, 5, 5), "四季度**不下降**即可；近5年同期均达到"),
        (NEVER, "四季度需增长**35.1%以上**；近10年同期均未达到"),
        (Pace(1, 7.05, 7.1, 0, 0), "全年需增长**7.1%以上**；往年同期数据不足，无从比较"),
    ],
)
def test_a_pace_below_zero_never_reached_or_unknown(pace: Pace, zh: str) -> None:
    verdict = make_verdict(0.5, pace=pace)

    assert sentences.pace(verdict, ZH) == f"要超过7%，{zh}。"
    assert raw_marks(sentences.pace(verdict, ZH)) == []


def test_a_ceiling_asks_to_stay_within() -> None:
    verdict = make_verdict(0.5, target=line(Comparator.AT_MOST, 3.0))

    assert sentences.pace(verdict, ZH).startswith("要不高于3%，下半年须**控制在7.9%以内**；")


@pytest.mark.parametrize(
    ("probability", "zh", "en"),
    [
        (
            0.96,
            "把握为96%，**可完成**。",
            "the chance to exceed 7% is 96%: **on track**.",
        ),
        (
            0.74,
            "把握为74%，**有望完成**；下半年需增长**7.9%以上**。",
            "the chance to exceed 7% is 74%: **likely**; growth over H2 must be **at least 7.9%**.",
        ),
        (
            0.46,
            "把握为46%，**有压力**；下半年需增长**7.9%以上**。",
            "the chance to exceed 7% is 46%: **under pressure**; "
            "growth over H2 must be **at least 7.9%**.",
        ),
        (
            0.004,
            "把握不足1%，**完成难度较大**；下半年需增长**7.9%以上**，近5年同期有2年达到。",
            "the chance to exceed 7% is below 1%: **difficult**; growth over H2 must be "
            "**at least 7.9%**; 2 of the last 5 years did.",
        ),
    ],
)
def test_a_verdict_in_one_sentence(probability: float, zh: str, en: str) -> None:
    verdict = make_verdict(probability)

    assert sentences.verdict_sentence(verdict, 2026, ZH) == (
        f"固定资产投资上半年增长6.1%，预计全年增长7.1%左右（八成可能在5.7%—8.5%），超过7%的{zh}"
    )
    assert sentences.verdict_sentence(verdict, 2026, EN) == (
        "Fixed-asset investment grew 6.1% in H1; it is expected to grow about 7.1% over "
        f"the full year (8 in 10: 5.7%–8.5%); {en}"
    )


def test_a_verdict_before_the_first_figure_of_the_year_has_no_latest_growth() -> None:
    verdict = make_verdict(0.96, ytd=())

    assert sentences.verdict_sentence(verdict, 2026, ZH).startswith("固定资产投资预计全年增长7.1%")


def test_a_published_verdict_is_met_or_missed() -> None:
    year = (9.0, 8.8, 8.4, 8.1)
    met, missed = make_verdict(1.0, ytd=year, median=8.1), make_verdict(0.0, ytd=year, median=-5.1)

    assert sentences.verdict_sentence(met, 2026, ZH) == (
        "固定资产投资2026年增长8.1%，超过7%，**已完成**（已公布）。"
    )
    assert sentences.verdict_sentence(missed, 2026, ZH) == (
        "固定资产投资2026年下降5.1%，未能超过7%，**未完成**（已公布）。"
    )
    assert sentences.verdict_sentence(missed, 2026, EN) == (
        "Fixed-asset investment fell 5.1% in 2026 and did not exceed 7%: **missed** (published)."
    )


def test_a_reference_verdict_compares_only() -> None:
    verdict = make_verdict(0.31, reference=True)

    assert sentences.verdict_sentence(verdict, 2026, ZH) == (
        "固定资产投资上半年增长6.1%，预计全年增长7.1%左右（八成可能在5.7%—8.5%），"
        "超过7%的可能性为31%（仅作对照）。"
    )


@pytest.mark.parametrize(
    ("comparator", "tolerance", "zh", "en"),
    [
        (Comparator.ABOVE, 0.0, "超过7%", "exceed 7%"),
        (Comparator.AT_LEAST, 0.0, "达到7%以上", "reach 7%"),
        (Comparator.BELOW, 0.0, "低于7%", "stay below 7%"),
        (Comparator.AT_MOST, 0.0, "不高于7%", "stay within 7%"),
        (
            Comparator.ABOUT,
            0.5,
            "处于7%左右（上下0.5个百分点）",
            "come to about 7% (within 0.5 points)",
        ),
    ],
)
def test_what_a_target_asks(comparator: Comparator, tolerance: float, zh: str, en: str) -> None:
    target = line(comparator, tolerance=tolerance)

    assert (words.clause(target, ZH), words.clause(target, EN)) == (zh, en)


def test_targets_that_differ_are_named_together() -> None:
    verdicts = make_verdict(0.5), make_verdict(0.5, target=line(Comparator.ABOVE, 8.0))

    assert "全部达到各自目标" in told(make_outlook(0.4, *verdicts), ZH)


def test_an_excluded_indicator_says_why() -> None:
    entry = Excluded(make_target(), Reason.STALE, None, Quarter(2022, 4))

    assert sentences.excluded(entry, 2026, ZH) == "数据止于2022年末，缺2025年四季度及以后数据"
    assert sentences.excluded(entry, 2026, EN) == (
        "figures end with the end of 2022; those from Q4 2025 on are missing"
    )


@pytest.mark.parametrize(
    ("comparator", "zh", "en"),
    [
        (Comparator.ABOVE, "降幅小于3%或实现增长", "fall by less than 3% or grow"),
        (Comparator.AT_LEAST, "降幅不超过3%或实现增长", "fall by no more than 3% or grow"),
        (Comparator.BELOW, "降幅超过3%", "fall by more than 3%"),
        (Comparator.AT_MOST, "降幅达到3%以上", "fall by 3% or more"),
    ],
)
def test_a_line_below_zero_is_told_as_a_fall(comparator: Comparator, zh: str, en: str) -> None:
    target = line(comparator, -3.0)

    assert (words.clause(target, ZH), words.clause(target, EN)) == (zh, en)


def test_a_published_year_where_none_made_it_says_so() -> None:
    year = (5.0, 5.8, 5.4, 5.1)
    verdicts = [make_verdict(0.0, name=n, ytd=year, median=5.1, reference=True)
                for n in ("investment", "tax")]  # fmt: skip
    outlook = make_outlook(0.0, *verdicts, area=NATION)

    assert told(outlook, ZH).startswith(
        "2026年，全国2项主要指标中有2项可作比较，没有一项增速超过7%（"
    )
    assert "; none grew by more than 7% (" in told(outlook, EN)


def test_a_single_indicator_that_can_be_compared_is_named() -> None:
    verdict = make_verdict(0.03, reference=True)
    outlook = make_outlook(0.03, verdict, area=NATION, missing=7)

    assert told(outlook, ZH).startswith(
        "截至2026年上半年，全国8项主要指标中仅固定资产投资可作比较，其增速超过7%的可能性为3%（"
    )


def test_nothing_is_a_weakest_link_where_all_is_all_but_sure() -> None:
    assert sentences.weakest_link(two(0.995), ZH) == ""


def test_an_indicator_page_names_year_and_growth() -> None:
    title = sentences.indicator_title(make_verdict(0.45, reference=True), 2026, ZH)
    assert sentences.plain(title) == "固定资产投资2026年全年增速超过7%的可能性为45%"
    title = sentences.indicator_title(make_verdict(0.45), 2026, EN)
    assert sentences.plain(title) == (
        "Fixed-asset investment: the chance for growth in 2026 to exceed 7% is 45%"
    )


def test_documents_are_quoted_and_said_to_be_in_another_language() -> None:
    target = make_target()

    assert words.document(replace(target, document="工作报告"), ZH) == "工作报告"
    assert words.document(replace(target, document="工作报告"), EN) == "工作报告 (in Chinese)"
    assert words.document(replace(target, document=""), EN) == "not stated"
