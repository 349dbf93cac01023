"""What it would take: projects, amounts and dates in steps, or how close it gets and why not."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from forecasting.figures.period import Quarter
from forecasting.scenario.apply import Effect
from forecasting.scenario.levers import LeverKind
from forecasting.scenario.model import Entry, Scenario
from forecasting.scenario.tornado import BarKind, Swing, Tornado, TornadoBar
from forecasting.solve.solution import (
    AdvancedProject,
    Alternative,
    AlternativeKind,
    LeverAside,
    Setting,
    Solution,
    SolutionLimits,
    TurnedLever,
    Weakest,
)
from tests.ui.outlooks import NATION, make_outlook, make_verdict
from tests.ui.scenarios import PROJECT, YEAR, at_rest, indicators, lever
from tests.ui.speakers import EN, SPEAKERS, ZH
from ui.language import Speaker
from ui.scenario.explore.sentences import (
    alternative_title,
    is_worth_showing,
    left_aside,
    levers_left_out,
    setting_title,
    solve_bounds,
    solve_sentence,
    solve_steps,
)

NOW = Quarter(YEAR, 3)
STARTS = TurnedLever(
    lever(LeverKind.NEW_STARTS, 3.6), before=1.2, unit="1e8 CNY", effort=0.2, at_bound=False
)
TRANSFORMED = TurnedLever(
    lever(LeverKind.TECHNICAL_TRANSFORMATION, 3.0),
    before=0.0,
    unit="1e8 CNY",
    effort=1.0,
    at_bound=True,
)
EARLIER = AdvancedProject(
    replace(PROJECT, started=Quarter(YEAR, 3)), PROJECT, 1, effort=0.25, at_bound=True
)
WEAKEST = Weakest("fixed_asset_investment", 0.46, 0.71)


def setting(
    probability: float = 0.702,
    levers: tuple[TurnedLever, ...] = (STARTS, TRANSFORMED),
    projects: tuple[AdvancedProject, ...] = (EARLIER,),
    *,
    reached: bool = True,
) -> Setting:
    """Return a setting that, where it does not reach, is a point below the most there is."""
    most = probability if reached else probability + 0.01
    return Setting(
        Scenario(), reached, probability, most, 0.003, 1.0, levers, projects, WEAKEST, ()
    )


def solution(found: Setting) -> Solution:
    return Solution(0.7, 0.071, found, SolutionLimits((), (), (), 1.0), ())


def told(answer: Solution, say: Speaker = ZH) -> str:
    return solve_sentence(answer, at_rest(), indicators(), say)


def test_what_it_takes_is_told_in_steps_of_projects_and_amounts() -> None:
    assert told(solution(setting())) == (
        "要使总体把握由7%提高到70%，代价最小的做法是以下3项，届时把握为**70%**。"
    )
    assert solve_steps(setting(), YEAR, NOW, indicators(), ZH) == [
        "项目05开工由2026年四季度提前到2026年三季度（已到允许的界限）",
        "新开工和在建项目完成投资增加2.4亿元（三季度起完成并纳入统计）",
        "技改投资增加3亿元（三季度起完成并纳入统计，已到允许的界限）",
    ]
    assert solve_steps(setting(), YEAR, NOW, indicators(), EN)[1:] == [
        "investment completed by started projects up CNY 240m (completed and counted from Q3)",
        (
            "investment in technical transformation up CNY 300m (completed and counted from "
            "Q3, at its limit)"
        ),
    ]
    assert solve_bounds(setting(), indicators(), ZH) == "已到允许的界限：项目05、技改投资。"
    assert solve_bounds(setting(levers=(STARTS,), projects=()), indicators(), ZH) == ""


def test_one_step_is_told_in_the_singular() -> None:
    one = solution(setting(levers=(STARTS,), projects=()))

    assert "takes this step; the chance is then **70%**" in told(one, EN)


def test_where_nothing_has_to_be_done_it_says_so() -> None:
    enough = replace(solution(setting(0.72, (), ())), before=0.72)

    assert told(enough) == "总体把握现为72%，已不低于70%，无需再作调整。"


def test_what_cannot_be_reached_is_told_with_the_best_and_the_reason() -> None:
    missed = solution(setting(0.40, reached=False))
    helped = SolutionLimits(("gdp", "retail_sales"), ("retail_sales",), (), 0.52)
    limited = replace(missed, limits=helped)
    over = replace(missed, limits=SolutionLimits((), (), ("gdp",), 0.0))
    unmoved = ("gdp", "exports", "retail_sales", "trade_total")
    many = replace(missed, limits=SolutionLimits(unmoved, unmoved, (), 0.3))
    weak = SolutionLimits((WEAKEST.indicator,), (WEAKEST.indicator,), (), 0.46)

    assert told(missed) == (
        "按所选抓手，总体把握最高可提高到**41%**，达不到70%。短板是**固定资产投资**，该项的把"
        "握为46%；若该项达标，总体把握为71%。"
    )
    assert told(limited).startswith(
        "**社会消费品零售总额**：所选措施均无影响，总体把握因此不会超过52%。按所选抓手"
    )
    assert "地区生产总值" not in told(limited)
    assert told(many).startswith("**地区生产总值、出口总额、社会消费品零售总额等4项指标**：")
    assert told(replace(missed, limits=weak)).count("固定资产投资") == 1
    assert told(over).startswith("地区生产总值2026年数据已公布，未达到目标。")
    assert setting_title(missed.setting, missed, at_rest(), ZH) == "达不到，最高41%"
    assert setting_title(setting(), missed, at_rest(), EN) == "Chance 70%"


def test_the_most_there_is_never_lies_below_what_is() -> None:
    near = setting(0.30, reached=False)
    missed = replace(solution(near), before=0.35)

    assert "最高可提高到**35%**" in told(missed)
    assert setting_title(near, missed, at_rest(), ZH) == "达不到，最高35%"


def test_a_reference_area_is_told_without_verdict_words() -> None:
    compared = make_outlook(0.4, make_verdict(0.4, reference=True), area=NATION)

    for answer in (solution(setting()), solution(setting(0.41, reached=False))):
        assert "把握" not in solve_sentence(answer, compared, indicators(), ZH)


def test_other_ways_are_named_by_what_they_leave() -> None:
    names = [
        alternative_title(Alternative(kind, other, setting()), indicators(), ZH)
        for kind, other in (
            (AlternativeKind.LEVERS_ONLY, None),
            (AlternativeKind.DATES_ONLY, None),
            (AlternativeKind.WITHOUT, TRANSFORMED.entry),
        )
    ]

    assert names == ["时间节点不变", "只调时间节点", "不用技改投资"]


@pytest.mark.parametrize("say", SPEAKERS)
def test_no_answer_holds_a_growth_rate_or_a_code(say: Speaker) -> None:
    lines = [
        told(solution(setting()), say),
        *solve_steps(setting(), YEAR, NOW, indicators(), say),
        *(alternative_title(Alternative(kind, PROJECT, setting()), indicators(), say)
          for kind in AlternativeKind),
    ]  # fmt: skip

    for line in lines:
        assert not re.search(r"增速|增长|growth|grow|[a-z]_[a-z]|None|nan", line)


def test_what_is_missed_is_told_rounded_down() -> None:
    near = replace(setting(0.4963, reached=False), most=0.4963)
    missed = Solution(0.5, 0.071, near, SolutionLimits(("gdp",), ("gdp",), (), 0.4999), ())

    assert "按所选抓手，总体把握最高可提高到**49%**，达不到50%。" in told(missed)
    assert "不会超过49%" in told(missed)
    assert setting_title(near, missed, at_rest(), ZH) == "达不到，最高49%"


def test_steps_that_lead_nowhere_are_not_worth_showing() -> None:
    idle = replace(setting(0.075, reached=False), most=0.075)

    assert not is_worth_showing(replace(solution(idle), before=0.071))
    assert is_worth_showing(solution(setting(0.40, reached=False)))


def test_a_lever_that_counts_once_or_later_says_so() -> None:
    output = TurnedLever(lever(LeverKind.PROJECT_OUTPUT, 4.5), 0.0, "1e8 CNY", 0.3, at_bound=False)
    once = TurnedLever(lever(LeverKind.FOREIGN_CAPITAL, 300.0), 0.0, "1e4 USD", 0.3, at_bound=False)

    told_of = solve_steps(setting(levers=(output, once), projects=()), YEAR, NOW, indicators(), ZH)
    assert told_of == [
        "投产项目年产值增加4.5亿元（四季度内完成并纳入统计）",
        "到位外资增加300万美元（三季度一次性计入）",
    ]


def effect(entry: Entry, indicator: str, amounts: tuple[float, ...], points: float) -> Effect:
    return Effect(
        entry, indicator, 1.0, (), "1e8 CNY", amounts, 0.0, 0.0, 40.0, (points,), False, None
    )


def test_a_step_says_what_it_brings_by_the_end_of_the_year() -> None:
    found = replace(
        setting(),
        effects=(
            effect(TRANSFORMED.entry, "industrial_investment", (0.0, 0.0, 0.5, 0.6), 0.7),
            effect(TRANSFORMED.entry, "fixed_asset_investment", (0.0, 0.0, 0.5, 0.6), 2.0),
            effect(EARLIER.project, "fixed_asset_investment", (0.0, 0.0, 0.0, 0.0), 0.0),
        ),
    )

    earlier, starts, transformed = solve_steps(found, YEAR, NOW, indicators(), ZH)
    assert "到年底合计计入固定资产投资1.1亿元、工业投资1.1亿元" in transformed
    assert "到年底" not in earlier + starts


def test_levers_that_nobody_allowed_are_told_beside_the_answer() -> None:
    def told_of(*aside: LeverAside, say: Speaker = ZH) -> str:
        return levers_left_out(aside, setting(0.40, reached=False), at_rest(), indicators(), say)

    tax = LeverAside(lever(LeverKind.TAX, 5000.0), 0.55)
    prices = LeverAside(lever(LeverKind.PRODUCER_PRICES, 10.0), 0.405)

    assert told_of(tax, prices) == (
        "以上未使用的抓手，如在此基础上单独用足，总体把握可再提高：税收增加5,000万元，升至55%。"
    )
    assert "tax up CNY 50m: 55%" in told_of(tax, say=EN)
    assert told_of(prices) == ""


def test_what_surer_starts_would_bring_is_told_aside() -> None:
    bar = TornadoBar(PROJECT, BarKind.CHANCE, 0.7, None, Swing(0.3, 0.5, 0.2, 0.1))
    little = replace(bar, up=Swing(0.3, 0.305, 0.005, 0.0))

    assert left_aside(Tornado(0.3, (bar,)), at_rest(), ZH) == (
        "以上未考虑提高项目的开工概率：如能确保项目05开工（现为70%），总体把握可由30%升至50%"
        "，见上文“各抓手影响大小”。"
    )
    assert left_aside(Tornado(0.3, (little,)), at_rest(), ZH) == ""
