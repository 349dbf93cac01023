from dataclasses import replace
from typing import Any

from forecasting.figures.indicator import Catalogue
from forecasting.figures.period import Quarter
from forecasting.issues.snapshot import (
    AssumedEffect,
    AssumedEntry,
    AssumedProjects,
    AssumedView,
    Assumptions,
    EntryKind,
    ProjectSum,
)
from forecasting.scenario.levers import Factor, LeverKind, Source
from forecasting.scenario.unseen import UnseenGrowth
from tests.ui import speakers
from tests.ui.report.snapshots import ASSUMED, INDICATORS
from ui.report.document.assumptions import (
    Wording,
    certain,
    in_a_line,
    never_seen,
    section,
    whole,
)
from ui.report.document.blocks import Details, Note, Paragraph, plain

ZH = Wording(2026, Catalogue.of(INDICATORS), speakers.ZH)
EN = replace(ZH, say=speakers.EN)


def told(assumptions: Assumptions, wording: Wording = ZH) -> list[str]:
    blocks = section(assumptions, wording).blocks
    return [plain(block.text) for block in blocks if isinstance(block, Paragraph)]


def test_every_assumption_has_a_sentence() -> None:
    assert told(ASSUMED) == [
        "按例会议定事项测算。",
        "社会消费品零售总额全年增长8.0%。",
        "新开工和在建项目完成投资增加20亿元，四季度起：固定资产投资全年增速+1.4个百分点。",
        "项目台账共12个项目，其中5个影响当年：固定资产投资全年增速+0.8个百分点"
        "（涉及项目不足3个或可相互推算的指标从略）。",
        "税收收入减少0.5亿元：不影响当年（超出通常范围）。",
        "地区生产总值同时采用自下而上测算，权重40%。",
    ]


def test_the_same_in_english() -> None:
    assert told(ASSUMED, EN)[1:3] == [
        "Retail sales to grow 8.0% in the full year.",
        "Investment completed by started projects up CNY 2,000m, from Q4: Fixed-asset "
        "investment +1.4 percentage points over the full year.",
    ]


def starts(points: float | None, *, certain: bool = False, value: float = 20.0) -> AssumedEntry:
    """Return investment started, which moves that of the year by so many points."""
    effect = AssumedEffect("investment", value, "1e8 CNY", points, False)
    kind, unit = EntryKind.LEVER, "1e8 CNY"
    return AssumedEntry(kind, "new_starts", value, unit, None, False, False, (effect,), certain)


def tax(points: float, *, certain: bool = False) -> AssumedEntry:
    effect = AssumedEffect("tax", 0.5, "1e8 CNY", points, False)
    return AssumedEntry(
        EntryKind.AMOUNT, "tax", 0.5, "1e8 CNY", None, False, False, (effect,), certain
    )


def only(*entries: AssumedEntry, **changes: Any) -> Assumptions:
    parts = {"projects": AssumedProjects(0, 0, ()), "pins": (), "bottom_up": ()}
    return replace(ASSUMED, note="", entries=entries, **(parts | changes))


def test_what_moves_most_is_told_first() -> None:
    several = AssumedProjects(4, 4, (ProjectSum("investment", 1.0),))

    for small, large in ((0.4, 1.9), (1.9, 0.4)):
        of_all = only(starts(small), tax(large), projects=several)
        first = "新开工" if small > large else "税收"
        last = "税收" if small > large else "新开工"
        assert told(of_all)[0].startswith(first)
        assert told(of_all)[1].startswith("项目台账")
        assert told(of_all)[2].startswith(last)
        assert in_a_line(of_all, ZH).startswith(first)


def test_what_may_not_be_shown_has_a_place_that_tells_nothing() -> None:
    assert told(only(starts(None), tax(0.01)))[0].startswith("税收")


def test_a_lever_at_zero_is_nowhere_named() -> None:
    """Release 0.1.0 kept levers at zero in its documents: 小升规少0户."""
    at_rest = only(starts(0.0, value=0.0), tax(0.2))

    assert in_a_line(at_rest, ZH) == "税收收入增加0.5亿元"
    assert len(told(at_rest)) == 1


def test_what_is_certain_by_assumption_is_named() -> None:
    some = only(starts(1.4, certain=True), tax(0.2))

    assert told(some)[0].endswith("固定资产投资全年增速+1.4个百分点（按全部实现计入）。")
    assert "全部实现" not in told(some)[1]
    assert certain(some, ZH) == (
        "其中按全部实现计入、不考虑到位概率的：**新开工和在建项目完成投资增加20亿元**。"
    )
    assert (certain(only(tax(0.2)), ZH), whole(some)) == ("", False)
    assert section(some, ZH).note == (
        "情景结果以这些假定为前提，按影响由大到小；金额和时间按到位概率计入；不列单个企业和项目"
    )


def test_of_many_that_are_certain_a_line_names_three() -> None:
    entries = (starts(4.0), *(starts(size, certain=True) for size in (0.4, 0.3, 0.2, 0.1)))

    assert certain(only(*entries), ZH).endswith("等4项**。")
    assert sum("按全部实现计入" in line for line in told(only(*entries))) == 4


def test_of_projects_it_is_told_how_many_are_certain() -> None:
    sure = AssumedProjects(5, 4, (ProjectSum("investment", 1.0),), certain=4)

    assert "其中4个按全部实现计入" in told(only(projects=sure))[0]
    assert certain(only(tax(0.2), projects=sure), ZH).endswith("**4个项目**。")
    assert whole(only(projects=sure))
    assert not whole(only(projects=replace(sure, certain=3)))


def test_an_issue_of_the_first_release_counted_everything_in_full() -> None:
    old = only(starts(1.4, certain=True), realised=False)
    wording = replace(ZH, realised=False)

    assert whole(old)
    assert certain(old, wording) == ""
    assert "全部实现" not in told(old, wording)[0]
    assert "以这些假定全部实现为前提" in section(old, wording).note


def test_growth_that_was_never_seen_is_told_with_the_most_there_was() -> None:
    unseen = (
        UnseenGrowth("investment", Quarter(2026, 4), 45.3, 20.1, 10),
        UnseenGrowth("investment", None, 25.3, 18.1, 9),
    )

    assert never_seen(only(), ZH) == ""
    assert never_seen(only(unseen=unseen), ZH) == (
        "历史上未有的增速：固定资产投资四季度预计增长45.3%左右（此前10年同季最高为增长20.1%）；"
        "固定资产投资全年预计增长25.3%左右（此前9年最高为增长18.1%）。"
    )
    assert "共4处" in never_seen(only(unseen=unseen * 2), ZH)


def test_the_scenario_is_told_by_its_name() -> None:
    assert section(ASSUMED, ZH).title == "情景假定：抓投资"
    assert section(ASSUMED, EN).title == "What the scenario assumes: 抓投资"
    assert section(replace(ASSUMED, name=" "), ZH).title == "情景假定"


def test_the_rates_are_told_with_where_they_come_from() -> None:
    (details,) = [b for b in section(ASSUMED, ZH).blocks if isinstance(b, Details)]
    (note,) = details.blocks

    assert isinstance(note, Note)
    assert plain(note.text) == "新开工和在建项目完成投资增加20亿元：年内完成比例40%（判断）。"


def test_what_all_projects_assume_is_told_among_the_rates() -> None:
    dearer = Factor("price_index", 1.03, True, Source.JUDGEMENT)
    projects = replace(ASSUMED.projects, common=(dearer,))

    (details,) = [
        block
        for block in section(replace(ASSUMED, entries=(), projects=projects), ZH).blocks
        if isinstance(block, Details)
    ]

    (note,) = details.blocks
    assert isinstance(note, Note)
    assert plain(note.text) == "项目台账共12个项目，其中5个影响当年：价格比1.03（判断）。"


def test_a_line_names_two_and_counts_all() -> None:
    assert in_a_line(ASSUMED, ZH) == (
        "社会消费品零售总额全年增长8.0%、新开工和在建项目完成投资增加20亿元等5项"
    )


def test_every_kind_of_lever_has_a_phrase_in_both_directions() -> None:
    for kind in LeverKind:
        for value in (1.0, -1.0):
            entry = AssumedEntry(EntryKind.LEVER, kind, value, "%", None, True, False, ())
            alone = Assumptions("", "", (entry,), AssumedProjects(0, 0, ()), (), ())
            assert in_a_line(alone, ZH)
            assert in_a_line(alone, EN)


def test_other_entries_are_told_without_the_name_they_were_given() -> None:
    entries = (
        AssumedEntry(EntryKind.POINT, "gdp", 2.0, "", None, False, False, ()),
        AssumedEntry(EntryKind.AMOUNT, "gdp", 0.5, "year_points", None, False, False, ()),
    )
    alone = only(*entries)

    assert told(alone)[:2] == [
        "其他因素使地区生产总值上调2档：不影响当年。",
        "拉动地区生产总值增长0.5个百分点：不影响当年。",
    ]


def test_amounts_that_could_not_be_counted_are_named() -> None:
    blocks = section(replace(ASSUMED, unmeasured=("tax", "trade")), ZH).blocks
    notes = [plain(block.text) for block in blocks if isinstance(block, Note)]

    assert notes[0] == "缺少上年基数，金额未能计入：税收收入、进出口总额。"


HIDDEN = AssumedEntry(
    EntryKind.LEVER,
    "stoppage",
    10.0,
    "days",
    None,
    False,
    False,
    (AssumedEffect("investment", None, "", None, None),),
)
"""A lever whose effect would tell what only the zone knows."""


def test_an_effect_that_would_tell_a_firm_s_figure_is_said_to_be_left_out() -> None:
    assumptions = replace(
        ASSUMED,
        note="",
        entries=(HIDDEN,),
        pins=(),
        bottom_up=(AssumedView("gdp", 0.4, few=True),),
        projects=AssumedProjects(0, 0, ()),
    )

    assert told(assumptions) == [
        "停限产10天（对固定资产投资的影响从略，以免推算出单个企业的数据）。",
        "地区生产总值同时采用自下而上测算，权重40%（列入的企业和项目不足3个，测算结果从略）。",
    ]
    assert (
        "effect on Fixed-asset investment is not shown, as a single firm's"
        in told(assumptions, EN)[0]
    )
    assert "as it covers fewer than 3 firms and projects" in told(assumptions, EN)[1]


def test_an_effect_that_may_be_told_stands_beside_one_that_may_not() -> None:
    both = replace(
        HIDDEN,
        effects=(*HIDDEN.effects, AssumedEffect("tax", None, "", -0.4, False)),
    )

    (line,) = told(Assumptions("", "", (both,), AssumedProjects(0, 0, ()), (), ()))

    assert line == (
        "停限产10天：税收收入全年增速−0.4个百分点"
        "（对固定资产投资的影响从略，以免推算出单个企业的数据）。"
    )


def test_what_is_left_out_is_not_told_by_the_results_without_it() -> None:
    guarded = Assumptions("", "", (HIDDEN,), AssumedProjects(0, 0, ()), (), ())

    def notes(*, compared: bool) -> list[str]:
        blocks = section(guarded, ZH, compared=compared).blocks
        return [plain(block.text) for block in blocks if isinstance(block, Note)]

    assert notes(compared=False) == [
        "为避免推算出从略的部分，不作假定的结果至多列出总体把握的成数，变化原因不列。"
    ]
    assert notes(compared=True) == [
        "为避免推算出从略的部分，不作假定的结果至多列出总体把握的成数。"
    ]
    open_ = replace(guarded, entries=())
    assert not any(isinstance(block, Note) for block in section(open_, ZH).blocks)
