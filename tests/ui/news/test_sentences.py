"""Why an outlook moved, in words: each cause with its effect, the rest in one line."""

from __future__ import annotations

from dataclasses import replace

import pytest

from forecasting.figures.indicator import Catalogue, DefinitionChange, Observation
from forecasting.figures.period import Quarter
from forecasting.news.news import Amended, News, Prospect, Prospects, Surprise, Term, TermKind
from forecasting.outlook.question import Question
from tests.builders import CURRENT, make_figures, make_indicator, make_target
from tests.ui.outlooks import NAMES, NATION, make_outlook, make_verdict
from tests.ui.speakers import EN, ZH
from ui.news.sentences import (
    Cause,
    cause,
    causes,
    effect,
    foremost,
    foremost_cause,
    headline,
    short_cause,
)

CATALOGUE = Catalogue.of(
    [
        replace(make_indicator(name, order), name=names, short=names)
        for order, (name, names) in enumerate(NAMES.items())
    ]
)
QUARTER = Quarter(2026, 3)


def answers(all_clear: float, investment: float, growth: float = 7.1) -> Prospects:
    return Prospects({"investment": Prospect(investment, growth)}, all_clear)


def term(kind: TermKind, **changed: object) -> Term:
    usual = Term(
        kind,
        "investment",
        QUARTER,
        before=answers(0.3, 0.4),
        after=answers(0.35, 0.48, 7.3),
    )
    return replace(usual, **changed)  # type: ignore[arg-type]  # the tests name its fields


def figure(value: float, period: str = "2026Q2") -> Observation:
    return make_figures({period: value}, indicator="investment")[0]


def said(*terms: Term) -> News:
    before = make_outlook(0.3, make_verdict(0.4, median=7.1), make_verdict(0.7, name="tax"))
    after = make_outlook(0.35, make_verdict(0.48, median=7.3), make_verdict(0.7, name="tax"))
    return News(Question(before.area, 2026), before, after, terms)


@pytest.mark.parametrize(
    ("actual", "deviation", "expected"),
    [
        (6.1, 0.5, "固定资产投资2026年前三季度增长6.1%，高于此前预计（增长5.9%）0.2个百分点"),
        (
            4.9,
            0.5,
            ("固定资产投资2026年前三季度增长4.9%，明显低于此前预计（增长5.9%），相差1.0个百分点"),
        ),
        (5.9, 0.5, "固定资产投资2026年前三季度增长5.9%，与此前预计一致"),
        (-0.1, 9.0, "固定资产投资2026年前三季度下降0.1%，低于此前预计（增长5.9%）6.0个百分点"),
    ],
)
def test_a_new_figure_is_told_beside_what_was_expected(
    actual: float, deviation: float, expected: str
) -> None:
    told = term(TermKind.FIGURE, surprise=Surprise(5.9, deviation, actual))

    assert cause(told, CATALOGUE, ZH) == expected
    assert short_cause(told, CATALOGUE, ZH) == "固定资产投资 前三季度"


def test_revisions_name_the_period_and_both_values() -> None:
    one = term(TermKind.REVISION, figures=(Amended(figure(5.4), figure(5.1)),))
    two = replace(one, figures=(*one.figures, Amended(figure(5.0, "2026Q1"), figure(5.2))))
    gone = term(TermKind.REVISION, figures=(Amended(figure(5.4), None),))

    assert cause(one, CATALOGUE, ZH) == "固定资产投资2026年上半年累计增速由5.4%修订为5.1%"
    assert cause(two, CATALOGUE, ZH).startswith("固定资产投资有2个数据修订，其中2026年上半年")
    assert cause(gone, CATALOGUE, ZH) == "固定资产投资2026年上半年累计增速5.4%不再采用"


def test_recorded_changes_and_figures_of_the_past_are_told_without_an_expectation() -> None:
    change = DefinitionChange("Z", "investment", CURRENT, Quarter(2026, 3), "made-up notice")
    recorded = term(TermKind.DEFINITION, definitions=(Amended(None, change),))
    deleted = term(TermKind.DEFINITION, definitions=(Amended(change, None),))
    past = term(TermKind.FIGURE, figures=(Amended(None, figure(5.0)),) * 2)

    assert cause(recorded, CATALOGUE, ZH) == "固定资产投资自2026年三季度起口径变更"
    assert cause(deleted, CATALOGUE, ZH) == "删除固定资产投资自2026年三季度起的口径变更记录"
    assert cause(past, CATALOGUE, ZH) == "固定资产投资补充2个以往数据"
    assert short_cause(past, CATALOGUE, ZH) == "固定资产投资 补充"


def test_what_is_of_no_single_indicator_names_none() -> None:
    estimation = term(TermKind.ESTIMATION, indicator=None)
    order = term(TermKind.INDICATORS, indicator=None)

    assert cause(estimation, CATALOGUE, ZH) == "按新数据重新估计模型"
    assert cause(order, CATALOGUE, ZH) == "指标目录的次序或季度权重有变"
    assert short_cause(order, CATALOGUE, ZH) == "指标目录"


def test_targets_name_the_old_and_the_new_line() -> None:
    seven, eight = make_target("investment"), make_target("investment", threshold=8.0)

    changed = cause(term(TermKind.TARGET, target=Amended(seven, eight)), CATALOGUE, ZH)
    added = cause(term(TermKind.INDICATORS, target=Amended(None, eight)), CATALOGUE, ZH)
    gone = cause(term(TermKind.INDICATORS, target=Amended(seven, None)), CATALOGUE, EN)
    uncounted = Amended(seven, replace(seven, counts=False))
    otherwise = cause(term(TermKind.TARGET, target=uncounted), CATALOGUE, ZH)

    assert changed == "固定资产投资的目标线由超过7%改为超过8%"
    assert added == "新计入固定资产投资（超过8%）"
    assert gone == "Fixed-asset investment no longer counted"
    assert otherwise == "固定资产投资目标线的口径或计入方式有变"


def test_an_effect_tells_probability_and_growth() -> None:
    assert effect(Cause("", "", 0.031), ZH, reference=False) == "总体把握上升3.1个百分点"
    assert effect(Cause("", "", -0.01, -0.2), ZH, reference=True) == (
        "该项的可能性下降1.0个百分点，预计全年增速下调0.2个百分点"
    )
    assert effect(Cause("", "", 0.0001), EN, reference=False) == ("overall chance almost unchanged")


def test_what_moves_next_to_nothing_is_told_in_one_line_and_still_sums() -> None:
    still = {"before": answers(0.35, 0.48, 7.3), "after": answers(0.3501, 0.48, 7.3)}
    moved = term(TermKind.FIGURE, surprise=Surprise(5.9, 0.5, 6.1))
    news = said(
        moved,
        term(TermKind.ESTIMATION, indicator=None, **still),
        term(
            TermKind.TARGET,
            target=Amended(make_target("investment"), make_target("investment")),
            **still,
        ),
    )

    told = causes(news, None, CATALOGUE, ZH)

    assert [entry.name for entry in told] == ["固定资产投资 前三季度", "其余2项"]
    assert sum(entry.change for entry in told) == pytest.approx(0.0502)


def test_the_headline_names_what_moved_most() -> None:
    news = said(term(TermKind.FIGURE, surprise=Surprise(5.9, 0.5, 6.1)))

    assert headline(news, None, CATALOGUE, ZH) == (
        "2026年全部2项达到目标的把握由30%升至:primary[35%]，上升5.0个百分点；推升最多的一项："
        "固定资产投资2026年前三季度增长6.1%，高于此前预计（增长5.9%）0.2个百分点。"
    )
    assert headline(news, "investment", CATALOGUE, ZH).startswith(
        "2026年固定资产投资达到目标的把握由40%升至:primary[48%]，上升8.0个百分点，"
        "预计全年增速由7.1%变为7.3%；"
    )


def figure_of(
    name: str, actual: float, all_clear: tuple[float, float], own: tuple[float, float]
) -> Term:
    """Return a new figure of an indicator of which 5.9% was expected."""
    old, new = (
        Prospects({name: Prospect(probability, 7.1)}, together)
        for probability, together in zip(own, all_clear, strict=True)
    )
    surprise = Surprise(5.9, 0.5, actual)
    return term(TermKind.FIGURE, indicator=name, surprise=surprise, before=old, after=new)


def test_a_rise_names_what_raised_it_and_that_more_fell() -> None:
    news = said(
        figure_of("tax", 5.0, (0.30, 0.236), (0.7, 0.6)),
        figure_of("investment", 6.5, (0.236, 0.286), (0.4, 0.5)),
        term(
            TermKind.ESTIMATION,
            indicator=None,
            before=answers(0.286, 0.48),
            after=answers(0.35, 0.48),
        ),
    )

    assert headline(news, None, CATALOGUE, ZH) == (
        "2026年全部2项达到目标的把握由30%升至:primary[35%]，上升5.0个百分点（各项影响有升有降"
        "，此为相抵后的结果）；推升最多的一项：按新数据重新估计模型。"
    )
    assert headline(news, None, CATALOGUE, EN).endswith(
        "by 5.0 percentage points (some factors raise it and others lower it; this is "
        "the net result). "
        "The largest increase came from: Models re-estimated on the new figures."
    )


@pytest.mark.parametrize(
    ("way", "named"), [(1, "rise"), (-1, "fall"), (0, "fall")], ids=["up", "down", "same"]
)
def test_the_foremost_cause_goes_the_way_of_the_whole(way: int, named: str) -> None:
    told = [Cause("rise", "", 0.05), Cause("fall", "", -0.064)]

    assert foremost_cause(told, way).name == named


@pytest.mark.parametrize(
    ("actual", "own", "counts", "told"),
    [
        (6.5, (0.4, 0.5), True, ""),  # better, and up
        (5.9, (0.4, 0.5), True, "（该期由预计数变为实际数，不确定性减少）"),
        (5.2, (0.4, 0.5), True, "（该期由预计数变为实际数，不确定性减少）"),
        (5.2, (0.4, 0.3), True, "（通过与其他指标的历史相关性产生影响）"),
        (6.5, (0.4, 0.5), False, "（该项不计入总体，通过与其他指标的历史相关性产生影响）"),
    ],
)
def test_an_effect_that_a_surprise_does_not_explain_says_why(
    actual: float, own: tuple[float, float], counts: bool, told: str
) -> None:
    target = replace(make_target("investment"), counts=counts)
    investment, tax = make_verdict(0.4, target=target), make_verdict(0.7, name="tax")
    outlook = make_outlook(0.3 if counts else 0.7, investment, tax)
    figures = figure_of("investment", actual, (0.3, 0.319), own)
    news = News(Question(outlook.area, 2026), outlook, outlook, (figures,))

    (found,) = causes(news, None, CATALOGUE, ZH)

    assert effect(found, ZH, reference=False) == f"总体把握上升1.9个百分点{told}"


def test_a_figure_that_moves_another_indicator_does_so_by_correlation() -> None:
    old, new = (Prospects({"investment": Prospect(p, 7.1), "tax": Prospect(0.7, 7.1)}, 0.3)
                for p in (0.4, 0.45))  # fmt: skip
    told = term(
        TermKind.FIGURE, indicator="tax", surprise=Surprise(5.9, 0.5, 5.0), before=old, after=new
    )

    (found,) = causes(said(told), "investment", CATALOGUE, EN)

    assert effect(found, EN, reference=False) == (
        "its chance up 5.0 percentage points (through past correlation with the others)"
    )


def test_all_together_come_first_unless_they_stand_still() -> None:
    assert foremost(said()) is None

    before = make_outlook(
        0.0, make_verdict(0.0, median=3.0), make_verdict(0.1, name="tax"), area=NATION
    )
    after = make_outlook(
        0.0, make_verdict(0.0, median=3.4), make_verdict(0.1, name="tax"), area=NATION
    )

    assert foremost(News(Question(NATION, 2026), before, after, ())) == "investment"
