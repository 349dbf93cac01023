"""The brief tells a fall as a fall, and marks the figure that is an internal flash."""

from __future__ import annotations

from dataclasses import replace

import pytest

from forecasting.figures.indicator import Basis, Names, PriceBasis
from forecasting.figures.period import Month, Quarter
from forecasting.issues.snapshot import Above, BriefLine, GrowthToDate
from forecasting.outlook.outlook import Verdict
from tests.builders import make_target
from tests.ui.outlooks import make_verdict
from tests.ui.report.snapshots import brief_line, make_snapshot, six
from tests.ui.speakers import EN, ZH
from ui.language import Speaker
from ui.report.document import brief
from ui.report.document.blocks import Details, Paragraph, plain

SHANXI = Names("山西省", "Shanxi")


def told(line: BriefLine, verdict: Verdict, say: Speaker = ZH) -> str:
    """Return the sentence of one line."""
    outlook = replace(six(0.38), verdicts=(verdict,))
    section = brief.section(make_snapshot(outlook, brief=(line,)), say)
    assert section is not None
    (details, _) = section.blocks
    assert isinstance(details, Details)
    (sentence,) = details.blocks
    assert isinstance(sentence, Paragraph)
    return plain(sentence.text)


def of(then: float, now: float, say: Speaker = ZH, *, level: float | None = None) -> str:
    """Return the sentence of growth at half of the year and after its third quarter."""
    verdict = make_verdict(0.46, ytd=(then, then, now))
    return told(brief_line(verdict, level=level, above=None), verdict, say)


@pytest.mark.parametrize(
    ("then", "now", "wanted"),
    [
        (6.1, 6.2, "增长6.2%，增速比2026年上半年加快0.1个百分点；"),
        (6.2, 6.1, "增长6.1%，增速比2026年上半年回落0.1个百分点；"),
        (6.2, 6.2, "增长6.2%，增速与2026年上半年持平；"),
        (-5.1, -2.3, "下降2.3%，降幅比2026年上半年收窄2.8个百分点；"),
        (-2.3, -5.1, "下降5.1%，降幅比2026年上半年扩大2.8个百分点；"),
        (-2.3, -2.3, "下降2.3%，降幅与2026年上半年持平；"),
        (-5.0, 3.0, "增长3.0%，由2026年上半年下降5.0%转为增长；"),
        (5.1, -2.3, "下降2.3%，由2026年上半年增长5.1%转为下降；"),
        (-2.3, 0.04, "与上年同期持平，由2026年上半年下降2.3%转为持平；"),
        (0.0, 1.0, "增长1.0%，由2026年上半年持平转为增长；"),
        (0.0, 0.0, "与上年同期持平，增速与2026年上半年持平；"),
    ],
)
def test_growth_is_held_against_the_period_before_by_its_sign(
    then: float, now: float, wanted: str
) -> None:
    assert of(then, now).startswith(f"固定资产投资：2026年前三季度{wanted}")


@pytest.mark.parametrize(
    ("then", "now", "wanted"),
    [
        (
            6.1,
            6.2,
            ("grew 6.2% in Q1–Q3 2026, growth 0.1 percentage points higher than in H1 2026;"),
        ),
        (
            -5.1,
            -2.3,
            ("fell 2.3% in Q1–Q3 2026, the decline 2.8 percentage points smaller than in H1 2026;"),
        ),
        (
            -2.3,
            -5.1,
            ("fell 5.1% in Q1–Q3 2026, the decline 2.8 percentage points larger than in H1 2026;"),
        ),
        (-5.0, 3.0, "grew 3.0% in Q1–Q3 2026, after falling 5.0% in H1 2026;"),
        (5.1, -2.3, "fell 2.3% in Q1–Q3 2026, after growing 5.1% in H1 2026;"),
        (
            -2.3,
            0.0,
            ("was unchanged from a year earlier in Q1–Q3 2026, after falling 2.3% in H1 2026;"),
        ),
    ],
)
def test_english_tells_a_smaller_fall_as_that(then: float, now: float, wanted: str) -> None:
    assert wanted in of(then, now, EN)


def test_a_level_without_growth_is_told_as_it_stands() -> None:
    assert "2026年前三季度为120.5亿元，与上年同期持平，" in of(1.0, 0.0, level=120.5)
    assert "was unchanged from a year earlier in Q1–Q3 2026, at " in of(1.0, 0.0, EN, level=120.5)


@pytest.mark.parametrize(
    ("now", "there", "wanted"),
    [
        (6.2, 5.7, "，高于山西省0.5个百分点；"),
        (6.2, -5.7, "，高于山西省11.9个百分点；"),
        (6.2, 6.2, "，与山西省持平；"),
        (-2.3, 1.0, "，增速比山西省低3.3个百分点；"),
        (-2.3, -3.0, "，降幅比山西省小0.7个百分点；"),
        (-2.3, -1.0, "，降幅比山西省大1.3个百分点；"),
        (-2.3, -2.3, "，降幅与山西省持平；"),
    ],
)
def test_growth_is_held_against_the_area_above_by_its_sign(
    now: float, there: float, wanted: str
) -> None:
    verdict = make_verdict(0.46, ytd=(now, now, now))
    line = brief_line(verdict, above=Above("CN-SX", SHANXI, there))

    assert wanted in told(line, verdict)


def test_the_distance_to_the_target_is_that_of_the_figures_shown() -> None:
    """What is 6.96 is published 7.0, which is no less than a line of 7."""
    assert "；与目标（7%）持平，" in of(6.0, 6.96)
    assert "；比目标（7%）低0.1个百分点，" in of(6.0, 6.94)


@pytest.mark.parametrize(
    ("basis", "wanted"),
    [
        (Basis(PriceBasis.COMPARABLE), "；增速按可比价格计算，不能由绝对量直接推算。"),
        (
            Basis(PriceBasis.CURRENT, "comparable_scope"),
            "；增速按可比口径计算，不能由绝对量直接推算。",
        ),
        (Basis(PriceBasis.CURRENT), "；比目标（7%）低0.8个百分点。"),
    ],
)
def test_growth_that_its_levels_contradict_says_what_it_is_computed_on(
    basis: Basis, wanted: str
) -> None:
    target = replace(make_target("investment"), basis=basis)
    verdict = make_verdict(0.46, ytd=(6.1, 6.1, 6.2), target=target)
    line = brief_line(verdict)
    apart = replace(line, progress=replace(line.progress, share=None))

    assert told(apart, verdict).endswith(wanted)
    assert "直接推算" not in told(line, verdict)
    assert "直接推算" not in told(replace(apart, level=None), verdict)


def flash(*quarters: Quarter, **changes: object) -> str:
    """Return the sentence of a line that holds a flash, the history's of these quarters."""
    verdict = make_verdict(0.46, ytd=(5.4, 6.1, 6.2))
    history = replace(verdict.history, unpublished=frozenset(quarters))
    line = brief_line(verdict, unpublished=True, **changes)
    return told(line, replace(verdict, history=history))


def test_a_flash_is_marked_behind_the_figure_that_it_is() -> None:
    june, september = Quarter(2026, 2), Quarter(2026, 3)

    assert "增长6.2%（内部快报），增速比2026年上半年加快" in flash(september)
    assert "增长6.2%，增速比2026年上半年（内部快报）加快" in flash(june)
    both = flash(june, september)
    assert both.count("（内部快报）") == 2


def test_a_flash_that_no_history_knows_is_marked_behind_the_whole_line() -> None:
    """It is the level, a month between the ends of quarters, or the figure of the area above."""
    assert flash().endswith("，相当于按目标增速推算的全年数的71.2%（含内部快报）。")
    october = flash(latest=GrowthToDate(Month(2026, 10), 6.3))
    assert october.endswith("（含内部快报）。")
    assert "（内部快报）" not in flash()


@pytest.mark.parametrize(
    ("say", "end"), [(ZH, "；2026年尚无数据。"), (EN, "; no figure for 2026 yet.")]
)
def test_a_figure_of_last_year_is_held_against_no_target_of_this_one(
    say: Speaker, end: str
) -> None:
    line = brief_line(make_verdict(0.46), level=120.5, above=None)
    line = replace(line, latest=GrowthToDate(Month(2025, 12), 2.7), before=None)
    assert line.progress.share is not None

    sentence = told(line, make_verdict(0.46), say)

    assert sentence.endswith(end)
    assert "%" not in sentence.replace("2.7%", "")
