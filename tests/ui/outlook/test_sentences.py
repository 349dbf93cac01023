"""Golden sentences: each was read aloud before it was written down here."""

from dataclasses import replace

import pytest

from forecasting.figures.indicator import Comparator
from forecasting.figures.period import Quarter
from forecasting.outlook.lights import Light
from forecasting.outlook.outlook import Excluded, Outlook, Reason, Verdict
from forecasting.outlook.pace import Pace
from tests.builders import make_target
from tests.ui.outlooks import both, line, make_outlook, make_verdict
from tests.ui.reading import raw_marks
from tests.ui.speakers import EN, ZH
from ui.language import words
from ui.outlook import sentences

YEAR = (9.0, 8.8, 8.4, 8.1)
NEVER = Pace(4, 35.04, 35.1, 0, 10)


def two(probability: float, **options: object) -> Outlook:
    weaker, other = both(probability)
    verdicts = make_verdict(weaker), make_verdict(other, name="tax")
    return make_outlook(probability, *verdicts, **options)  # type: ignore[arg-type]


def test_the_weakest_link_says_what_its_clearing_would_bring() -> None:
    assert sentences.weakest_link(two(0.38, if_cleared=0.73), ZH) == (
        "短板是**固定资产投资**：上半年增长6.1%，超过7%的把握为44%；若该项超过7%，总体把握可升"
        "至73%左右。"
    )
    assert sentences.weakest_link(two(0.38, if_cleared=0.73), EN) == (
        "The weakest link is **Fixed-asset investment**: it grew 6.1% in H1; the chance that "
        "it will exceed 7% is 44%. If it were certain to exceed 7%, the overall chance "
        "would rise to about 73%."
    )
    assert sentences.weakest_link(two(0.38, if_cleared=0.382), ZH).endswith(
        "；即使该项超过7%，总体把握仍为38%左右。"
    )
    assert "即使该项超过7%，总体把握仍不足1%" in sentences.weakest_link(
        two(0.0, if_cleared=0.0), ZH
    )


def test_a_weakest_link_that_is_not_the_least_likely_says_why_it_is_the_weakest() -> None:
    outlook = make_outlook(0.2, make_verdict(0.34, name="tax"), make_verdict(0.33), if_cleared=0.33)
    assert outlook.all_clear is not None
    assert outlook.all_clear.weakest is not None
    assert outlook.all_clear.weakest.indicator_id == "tax"

    assert sentences.weakest_link(outlook, ZH).startswith(
        "短板是**税收收入**（该项达标，总体把握提升最多）："
    )
    assert "(meeting its target would help most)" in sentences.weakest_link(outlook, EN)


@pytest.mark.parametrize(
    ("probability", "windows", "told"),
    [(0.34, 10, True), (0.55, 10, False), (0.34, 5, False)],
)
def test_odds_far_from_the_probability_say_why(
    probability: float, windows: int, told: bool
) -> None:
    required = Pace(3, 7.2, 7.2, reached=round(0.8 * windows), windows=windows)
    verdict = make_verdict(probability, pace=required)

    assert ("往年实际次数；把握按今年走势推算" in sentences.pace(verdict, ZH)) is told
    assert ("reflects this year's data" in sentences.pace(verdict, EN)) is told


def test_the_pace_says_how_often_it_was_reached() -> None:
    assert sentences.pace(make_verdict(0.5), ZH) == (
        "固定资产投资全年要超过7%，下半年需增长**7.9%以上**；仅有5年可比数据，其中2年达到。"
    )
    assert sentences.pace(make_verdict(0.5), EN) == (
        "Fixed-asset investment: to exceed 7%, growth over H2 must be **at least 7.9%**; only 5 of "
        "the last 10 years can be compared, and 2 of them reached it."
    )


@pytest.mark.parametrize(
    ("pace", "zh"),
    [
        (Pace(4, -0.14, -0.1, 5, 5), "四季度**降幅不超过0.1%即可**；仅有5年可比数据，均达到"),
        (Pace(4, 0.0, 0.0, 5, 5), "四季度**不下降**即可；仅有5年可比数据，均达到"),
        (NEVER, "四季度需增长**35.1%以上**；近10年同期均未达到"),
    ],
)
def test_a_pace_below_zero_never_reached_or_unknown(pace: Pace, zh: str) -> None:
    verdict = make_verdict(0.35, pace=pace)

    assert sentences.pace(verdict, ZH) == f"固定资产投资全年要超过7%，{zh}。"
    assert raw_marks(sentences.pace(verdict, ZH)) == []


def test_a_panel_tells_a_pace_below_zero_as_a_fall() -> None:
    pace = Pace(3, -3.21, -3.2, 5, 5)
    verdict = make_verdict(0.9, pace=pace)

    assert sentences.pace_in_short(verdict, pace, ZH) == ("下半年降幅不超过", "3.2%")
    assert sentences.pace_in_short(verdict, pace, EN) == ("H2 may fall by at most", "3.2%")
    assert sentences.pace_rate(verdict, pace, ZH) == "−3.2%"


def test_a_ceiling_asks_to_stay_within() -> None:
    verdict = make_verdict(0.5, target=line(Comparator.AT_MOST, 3.0))

    said = sentences.pace(verdict, ZH)
    assert said.startswith("固定资产投资全年要控制在3%以内，下半年增速须**不超过7.9%**；")


@pytest.mark.parametrize(
    ("probability", "zh", "en"),
    [
        (
            0.96,
            "把握为96%，**可完成**。",
            "the chance that it will exceed 7% is 96%: **on track**.",
        ),
        (
            0.74,
            "把握为74%，**有望完成**；下半年需增长**7.9%以上**。",
            (
                "the chance that it will exceed 7% is 74%: **likely**; growth over H2 must "
                "be **at least 7.9%**."
            ),
        ),
        (
            0.46,
            "把握为46%，**有压力**；下半年需增长**7.9%以上**。",
            "the chance that it will exceed 7% is 46%: **under pressure**; "
            "growth over H2 must be **at least 7.9%**.",
        ),
        (
            0.004,
            "把握不足1%，**完成难度较大**；下半年需增长**7.9%以上**，仅有5年可比数据，其中2年达到。",
            "the chance that it will exceed 7% is below 1%: **difficult**; growth over "
            "H2 must be **at "
            "least 7.9%**; only 5 of the last 10 years can be compared, and 2 of them reached "
            "it.",
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
        f"the full year (80% range: 5.7%–8.5%); {en}"
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
        "Fixed-asset investment fell 5.1% in 2026; the target, to exceed 7%, was **missed** ("
        "published)."
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
        (Comparator.AT_MOST, 0.0, "控制在7%以内", "stay at or below 7%"),
        (
            Comparator.ABOUT,
            0.5,
            "保持在7%左右（上下0.5个百分点）",
            "come to about 7% (within 0.5 percentage points)",
        ),
    ],
)
def test_what_a_target_asks(comparator: Comparator, tolerance: float, zh: str, en: str) -> None:
    target = line(comparator, tolerance=tolerance)

    assert (words.clause(target, ZH), words.clause(target, EN)) == (zh, en)


def test_an_excluded_indicator_says_why() -> None:
    entry = Excluded(make_target(), Reason.STALE, None, Quarter(2022, 4))

    assert sentences.excluded(entry, 2026, ZH) == "数据止于2022年末，缺2025年四季度及以后数据"
    assert sentences.excluded(entry, 2026, EN) == (
        "figures end at the end of 2022; those from Q4 2025 on are missing"
    )
    later = replace(entry, reason=Reason.QUARTER_MISSING, latest=Quarter(2026, 2))
    assert sentences.excluded(later, 2026, ZH) == (
        "数据已到2026年上半年，但中间缺个别季度的增速，2025年全年增速无法推算"
    )
    assert sentences.excluded(later, 2026, EN) == (
        "figures reach H1 2026, but growth of a quarter before is missing, without "
        "which that of all 2025 cannot be computed"
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


def test_nothing_is_a_weakest_link_where_all_is_all_but_sure() -> None:
    assert sentences.weakest_link(two(0.995), ZH) == ""


def test_an_indicator_page_names_year_and_growth() -> None:
    title = sentences.indicator_title(make_verdict(0.45, reference=True), 2026, ZH)
    assert sentences.plain(title) == "固定资产投资2026年全年增速超过7%的可能性为45%"
    title = sentences.indicator_title(make_verdict(0.45), 2026, EN)
    assert sentences.plain(title) == (
        "Fixed-asset investment: the chance that it will exceed 7% in 2026 is 45%"
    )


def test_an_indicator_page_tells_what_is_known_inside_as_such() -> None:
    flash = make_verdict(1.0, ytd=YEAR, median=8.1, flash=True)

    assert sentences.plain(sentences.indicator_title(flash, 2026, ZH)) == (
        "固定资产投资2026年增长8.1%（内部快报）"
    )
    assert flash.shown_light is None
    assert make_verdict(1.0, ytd=YEAR).shown_light is Light.MET


def test_at_the_start_of_a_year_past_full_years_are_told_and_no_pace() -> None:
    def start(reached: int, windows: int) -> Verdict:
        return make_verdict(0.5, ytd=(), pace=Pace(1, 7.05, 7.1, reached, windows))

    assert sentences.pace(start(2, 5), ZH) == "仅有5年的全年数据，其中2年增速超过7%。"
    assert sentences.pace(start(2, 5), EN) == (
        "Only 5 full years can be compared: it grew by more than 7% in 2 of them."
    )
    assert sentences.pace(start(5, 5), ZH) == "仅有5年的全年数据，历年增速超过7%。"
    assert sentences.pace(start(0, 5), ZH) == "仅有5年的全年数据，均未能超过7%。"
    assert sentences.pace(start(1, 1), ZH) == "仅有1年的全年数据，增速超过7%。"
    assert sentences.pace(start(0, 1), ZH) == "仅有1年的全年数据，未能超过7%。"
    assert sentences.pace(start(0, 0), ZH) == "往年全年数据不足，无法比较。"
    assert sentences.verdict_sentence(start(2, 5), 2026, ZH).endswith("**有压力**。")
    assert sentences.pace_support(start(2, 5), ZH) == "仅有5年的全年数据，其中2年增速超过7%。"


@pytest.mark.parametrize(
    ("shown", "zh", "en"),
    [
        (3.0, "四季度增速须**不超过3.0%**", "growth over Q4 must be **at or below 3.0%**"),
        (0.0, "四季度须**不增长**", "Q4 **must not grow**"),
        (-4.1, "四季度降幅须**达到4.1%以上**", "Q4 must **fall by at least 4.1%**"),
    ],
)
def test_a_ceiling_of_the_pace_below_zero_is_a_fall(shown: float, zh: str, en: str) -> None:
    pace = Pace(4, shown, shown, 1, 5)
    verdict = make_verdict(0.4, pace=pace, target=line(Comparator.AT_MOST, 2.0))

    assert (sentences.needed(verdict, pace, ZH), sentences.needed(verdict, pace, EN)) == (zh, en)


def test_a_target_of_about_so_much_needs_a_pace_between_two_ends() -> None:
    pace = Pace(4, -1.2, -1.1, 5, 5)
    target = line(Comparator.ABOUT, tolerance=0.5)
    verdict = make_verdict(0.2, ytd=(9.0, 9.0, 9.0), pace=pace, target=target)

    assert sentences.pace(verdict, ZH) == (
        "固定资产投资全年要保持在7%左右（上下0.5个百分点），四季度增速须**在−1.1%至3.1%之间**；仅有5年可比数据，均达到。"
    )
    assert sentences.needed(verdict, pace, EN) == (
        "growth over Q4 must lie **between −1.1% and 3.1%**"
    )


def test_a_target_below_zero_is_something_to_bring_about() -> None:
    verdict = make_verdict(0.4, target=line(Comparator.ABOVE, -3.0))

    assert sentences.pace(verdict, ZH).startswith("固定资产投资全年要使降幅小于3%或实现增长，")


def test_what_has_made_it_is_no_weakest_link() -> None:
    done = make_verdict(1.0, ytd=YEAR, median=8.1)
    open_ones = make_verdict(1.0, name="tax"), make_verdict(0.999, name="gdp")
    outlook = make_outlook(0.999, done, *open_ones)

    weakest = sentences.weakest(outlook)
    assert weakest is not None
    assert weakest.indicator_id == "gdp"


def test_nothing_known_or_out_of_reach_has_a_weakest_link() -> None:
    missed = make_verdict(0.0, ytd=YEAR, median=5.1)
    flash = make_verdict(1.0, name="tax", ytd=YEAR, median=8.1, flash=True)

    assert (
        sentences.weakest_link(make_outlook(0.0, missed, make_verdict(0.7, name="tax")), ZH) == ""
    )
    assert sentences.weakest_link(make_outlook(0.0, missed, flash), ZH) == ""


def test_documents_are_quoted_and_said_to_be_in_another_language() -> None:
    target = make_target()

    assert words.document(replace(target, document="工作报告"), ZH) == "工作报告"
    assert words.document(replace(target, document="工作报告"), EN) == "工作报告 (in Chinese)"
    assert words.document(replace(target, document=""), EN) == "not stated"
