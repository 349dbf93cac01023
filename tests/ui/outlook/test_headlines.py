"""Golden headlines: each was read aloud before it was written down here."""

from dataclasses import replace

import pytest

from forecasting.figures.indicator import Comparator
from forecasting.outlook.lights import Light, light_of
from forecasting.outlook.outlook import Outlook
from tests.ui.outlooks import NATION, both, line, make_outlook, make_verdict
from tests.ui.speakers import EN, ZH
from ui.language import Speaker
from ui.outlook import headlines, sentences

YEAR = (9.0, 8.8, 8.4, 8.1)
SEPTEMBER = (5.4, 6.1, 6.2)


def told(outlook: Outlook, say: Speaker, **options: bool) -> str:
    return sentences.plain(headlines.headline(outlook, say, **options))


def two(probability: float, **options: object) -> Outlook:
    weaker, other = both(probability)
    verdicts = make_verdict(weaker), make_verdict(other, name="tax")
    return make_outlook(probability, *verdicts, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("probability", "zh", "en"),
    [
        (
            0.93,
            "截至2026年上半年，预计全年2项主要指标均可完成，增速全部超过7%的把握在九成以上。",
            "As of H1 2026, all 2 main indicators are on track: the chance that they will "
            "exceed 7% over the full year is at least 9 in 10.",
        ),
        (
            0.68,
            "截至2026年上半年，预计全年2项主要指标有望全部完成，增速全部超过7%的把握约七成，"
            "关键看固定资产投资。",
            "As of H1 2026, all 2 main indicators are likely to exceed 7% over the full year:"
            " the chance is about 7 in 10 and hinges on Fixed-asset investment.",
        ),
        (
            0.38,
            "截至2026年上半年，预计全年2项主要指标增速全部超过7%的把握约四成，总体有压力。",
            "As of H1 2026, the chance that all 2 main indicators will exceed 7% over the "
            "full year is about 4 in 10: under pressure overall.",
        ),
        (
            0.04,
            "截至2026年上半年，预计全年2项主要指标增速全部超过7%的把握不足一成，完成难度较大。",
            "As of H1 2026, the chance that all 2 main indicators will exceed 7% over the "
            "full year is less than 1 in 10: difficult overall.",
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
        "In 2026, 1 of the 2 main indicators grew by more than 7%: not all met their targets "
        "(published)."
    )


def test_the_headline_of_a_reference_area_compares_and_does_not_judge() -> None:
    verdicts = [make_verdict(0.001, name=name, reference=True) for name in ("investment", "tax")]
    outlook = make_outlook(0.0, *verdicts, area=NATION, missing=6)

    assert told(outlook, ZH) == (
        "截至2026年上半年，全国8项主要指标中有2项可比较；2项增速全部超过7%的可能性不足1%（7%"
        "为开发区计划目标，仅作对照，不是全国目标）。"
    )
    assert told(outlook, EN) == (
        "As of H1 2026, of China's 8 main indicators, 2 can be compared. The probability "
        "that all 2 will exceed 7% is below 1% (7% is the zone's planned target, used for "
        "comparison only; it is not a target of China)."
    )
    assert "7%为所填对照线" in told(outlook, ZH, planned=False)


def test_an_area_where_nothing_can_be_judged_says_so() -> None:
    assert told(make_outlook(0.0, area=NATION, missing=2), ZH) == "全国2026年没有可比较的指标。"


def test_targets_that_differ_are_named_together() -> None:
    verdicts = make_verdict(0.5), make_verdict(0.5, target=line(Comparator.ABOVE, 8.0))

    assert "全部达到各自目标" in told(make_outlook(0.4, *verdicts), ZH)


def known(growth: float, name: str = "investment", *, flash: bool = False, **options: bool):  # type: ignore[no-untyped-def]
    """Return a verdict whose year is known."""
    met = float(growth > 7)
    return make_verdict(met, name=name, ytd=YEAR, median=growth, flash=flash, **options)


def test_one_indicator_is_named() -> None:
    def one(probability: float, missing: int = 0) -> Outlook:
        return make_outlook(probability, make_verdict(probability), missing=missing)

    assert told(one(0.95), ZH) == (
        "截至2026年上半年，预计全年固定资产投资可完成，增速超过7%的把握在九成以上。"
    )
    assert told(one(0.7), ZH) == (
        "截至2026年上半年，预计全年固定资产投资有望完成，增速超过7%的把握约七成。"
    )
    assert told(one(0.7), EN) == (
        "As of H1 2026, Fixed-asset investment is likely to exceed 7% over the full year: "
        "the chance is about 7 in 10."
    )
    assert told(one(0.4, missing=6), ZH) == (
        "截至2026年上半年，预计全年7项主要指标中唯一可研判的固定资产投资增速超过7%的把握约四成，有压力。"
    )
    assert told(one(0.05), EN).endswith("is less than 1 in 10: difficult.")


def test_a_line_below_zero_is_no_growth_rate() -> None:
    target = line(Comparator.ABOVE, -3.0)
    verdicts = make_verdict(0.46, target=target), make_verdict(0.7, name="tax", target=target)

    assert told(make_outlook(0.4, *verdicts), ZH) == (
        "截至2026年上半年，预计全年2项主要指标全部降幅小于3%或实现增长的把握约四成，总体有压力。"
    )


def test_a_published_year_that_nobody_made_says_so() -> None:
    none = make_outlook(0.0, known(5.1), known(5.2, "tax"))

    assert told(none, ZH) == "2026年，2项主要指标均未能超过7%（已公布）。"
    assert told(none, EN) == (
        "In 2026, none of the 2 main indicators managed to exceed 7% (published)."
    )
    assert told(make_outlook(0.0, known(5.1)), ZH) == "2026年，固定资产投资未能超过7%（已公布）。"


@pytest.mark.parametrize(
    ("growth", "zh"),
    [
        ((8.0, 9.0), "2026年，4项主要指标中可研判的2项增速全部超过7%（已公布）。"),
        ((5.0, 9.0), "2026年，4项主要指标中可研判的2项有1项超过7%，未能全部完成（已公布）。"),
    ],
)
def test_what_is_published_is_no_forecast_though_a_target_is_unanswered(
    growth: tuple[float, float], zh: str
) -> None:
    verdicts = known(growth[0]), known(growth[1], "tax")
    outlook = make_outlook(min(v.probability for v in verdicts), *verdicts, missing=2)

    assert outlook.light in (Light.ACHIEVABLE, Light.HARD)  # as the engine has it
    assert headlines.light(outlook) is None
    assert told(outlook, ZH) == zh


@pytest.mark.parametrize(
    ("outlook", "zh", "en"),
    [
        (
            make_outlook(1.0, known(8.1, flash=True), known(7.4, "tax", flash=True)),
            "据内部快报，2026年2项主要指标增速全部超过7%（尚未公布）。",
            "According to internal flash figures for 2026, all 2 main indicators grew by "
            "more than 7% (not published yet).",
        ),
        (
            make_outlook(0.0, known(6.1, flash=True), known(7.4, "tax")),
            "据内部快报，2026年2项主要指标有1项超过7%，未能全部完成（其中1项尚未公布）。",
            "According to internal flash figures for 2026, 1 of the 2 main indicators grew "
            "by more than 7%: not all met their targets (1 of them not published yet).",
        ),
        (
            make_outlook(0.0, known(6.1, flash=True)),
            "据内部快报，2026年固定资产投资未能超过7%（尚未公布）。",
            "According to internal flash figures for 2026, Fixed-asset investment did not "
            "exceed 7% (not published yet).",
        ),
    ],
    ids=["all met", "one missed, the other published", "the only one missed"],
)
def test_what_is_known_inside_is_a_fact_that_is_not_published(
    outlook: Outlook, zh: str, en: str
) -> None:
    assert (told(outlook, ZH), told(outlook, EN)) == (zh, en)


def test_a_published_miss_is_no_chance_whatever_the_others_do() -> None:
    open_one = make_verdict(0.7, name="gdp", ytd=SEPTEMBER)
    outlook = make_outlook(0.0, known(5.1), known(8.1, "tax"), open_one)

    assert told(outlook, ZH) == (
        "2026年，固定资产投资增长5.1%，未能超过7%（已公布），3项主要指标已无法全部完成。"
    )
    assert told(outlook, EN) == (
        "In 2026, Fixed-asset investment grew 5.1% and did not exceed 7% (published): the 3 "
        "main indicators can no longer all meet their targets."
    )


def test_misses_are_named_with_their_growth_the_published_ones_first() -> None:
    missed = known(5.1), known(-2.0, "tax")
    flash = known(3.0, "trade", flash=True)
    open_one = make_verdict(0.7, name="gdp", ytd=SEPTEMBER)

    assert told(make_outlook(0.0, *missed, flash, open_one), ZH) == (
        "2026年，固定资产投资（增长5.1%）、税收收入（下降2.0%）未能超过7%（已公布），4项主要"
        "指标已无法全部完成。"
    )
    assert "未能超过7%（内部快报，尚未公布）" in told(make_outlook(0.0, flash, open_one), ZH)


def test_a_miss_of_a_reference_area_is_compared() -> None:
    missed = known(5.1, reference=True)
    open_one = make_verdict(0.7, name="gdp", ytd=SEPTEMBER, reference=True)

    assert told(make_outlook(0.0, missed, open_one, area=NATION, missing=1), ZH) == (
        "2026年，固定资产投资增长5.1%，未能超过7%（已公布），全国3项主要指标中可比较的2项已无"
        "法全部超过7%（7%为开发区计划目标，仅作对照，不是全国目标）。"
    )


def test_a_forecast_runs_from_the_figures_of_what_is_still_open() -> None:
    open_one = make_verdict(0.46, ytd=SEPTEMBER)

    assert told(make_outlook(0.46, open_one, known(8.1, "tax")), ZH).startswith(
        "截至2026年前三季度，"
    )


def test_lines_that_differ_are_no_targets_of_a_reference_area() -> None:
    other = line(Comparator.AT_LEAST, 8.0)
    verdicts = (
        make_verdict(0.46, reference=True),
        make_verdict(0.7, name="tax", target=other, reference=True),
    )
    outlook = make_outlook(0.4, *verdicts, area=NATION)

    assert told(outlook, ZH).endswith(
        "2项增速全部达到各自对照线的可能性为40%（各项对照线取自开发区计划，仅作对照，不是全国目标）。"
    )
    assert told(outlook, EN).endswith(
        "will reach their comparison lines is 40% (the comparison lines are taken from "
        "the zone's plan, "
        "for comparison only; they are not targets of China)."
    )


def test_a_line_that_was_typed_is_told_by_who_typed_it() -> None:
    verdicts = [make_verdict(0.5, name=name, reference=True) for name in ("investment", "tax")]
    outlook = make_outlook(0.3, *verdicts, area=NATION)

    assert "7%为所填对照线" in told(outlook, ZH, planned=False)
    assert "7%为出具人所填对照线" in told(outlook, ZH, planned=False, issued=True)


def test_an_unanswered_target_leaves_an_outlook_its_forecast_light() -> None:
    answered = make_outlook(1.0, known(8.1))

    assert headlines.light(answered) is Light.MET
    assert headlines.light(replace(answered, light=light_of(1.0, complete=False))) is None


def test_a_published_year_where_none_made_it_says_so() -> None:
    year = (5.0, 5.8, 5.4, 5.1)
    verdicts = [make_verdict(0.0, name=n, ytd=year, median=5.1, reference=True)
                for n in ("investment", "tax")]  # fmt: skip
    outlook = make_outlook(0.0, *verdicts, area=NATION)

    assert told(outlook, ZH).startswith(
        "2026年，全国2项主要指标中有2项可比较，没有一项增速超过7%（"
    )
    assert "; none grew by more than 7% (" in told(outlook, EN)


def test_a_single_indicator_that_can_be_compared_is_named() -> None:
    verdict = make_verdict(0.03, reference=True)
    outlook = make_outlook(0.03, verdict, area=NATION, missing=7)

    assert told(outlook, ZH).startswith(
        "截至2026年上半年，全国8项主要指标中仅固定资产投资可比较，增速超过7%的可能性为3%（"
    )
